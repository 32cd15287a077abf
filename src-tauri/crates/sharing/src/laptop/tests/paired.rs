use futures::executor::block_on;
use proptest::prelude::*;
use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, CircleId};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{Mandate, MayObject};
use salus_vault::Epoch;
use salus_wire::{Category, ErrorCode};
use zeroize::Zeroizing;

use super::super::certificate::name_commitment;
use super::super::code::What;
use super::super::handover::HandoverError;
use super::super::pair::{Offer, PairError, Reveal, resign};
use super::super::post::{Line, find, leave};
use super::super::{Answering, Asking, Certificate, Changed, Handover, Meeting, News, Veto};
use super::{computer, keys, rng};
use crate::town::{NOW, Town};

const CHAIN: ChainId = ChainId([3; 32]);

fn identity(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn asking(seed: u64) -> Asking {
    Asking::begin(&keys(seed), computer(1), &CHAIN, &mut rng(seed + 1000))
}

fn answering(offer: &Offer, seed: u64) -> Answering {
    let identity = identity(9).verifying_key();
    Answering::answer(offer.clone(), &keys(seed), identity, "Anna", &CHAIN, &mut rng(seed + 1000)).unwrap()
}

/// An honest exchange: the digits of the new laptop and of the old one.
fn exchange(new: u64, old: u64) -> (String, String) {
    let mut asking = asking(new);
    let offer = Offer::read_signed(&asking.offer.encode(), &CHAIN).unwrap();
    let mut answering = answering(&offer, old);
    assert_eq!((asking.digits(&CHAIN), answering.digits(&CHAIN)), (None, None), "nothing to compare before");
    let reveal = asking.take(&answering.hello.encode(), &keys(new), &CHAIN).unwrap();
    answering.take(&reveal.encode(), &CHAIN).unwrap();
    (asking.digits(&CHAIN).unwrap(), answering.digits(&CHAIN).unwrap())
}

#[test]
fn both_laptops_show_the_same_six_digits() {
    let (new, old) = exchange(1, 2);
    assert_eq!(new, old);
    assert!(new.len() == 7 && new.replace(' ', "").parse::<u32>().is_ok(), "{new}");
    assert_ne!(new, exchange(1, 3).0, "other nonces, other digits");
}

#[test]
fn somebody_in_between_with_keys_of_their_own_sees_two_different_numbers() {
    let mut differ = 0;
    for seed in 0..32 {
        let mut asking = asking(seed);
        // To the old laptop they are the new one, to the new one the old one.
        let mut as_new = self::asking(seed + 100);
        let mut answering = answering(&as_new.offer, seed + 200);
        let as_old = self::answering(&asking.offer, seed + 300);
        asking.take(&as_old.hello.encode(), &keys(seed), &CHAIN).unwrap();
        let reveal = as_new.take(&answering.hello.encode(), &keys(seed + 100), &CHAIN).unwrap();
        answering.take(&reveal.encode(), &CHAIN).unwrap();
        differ += u32::from(asking.digits(&CHAIN) != answering.digits(&CHAIN));
    }
    assert_eq!(differ, 32, "each would agree once in a million");
}

#[test]
fn who_opens_another_nonce_than_the_one_committed_to_is_refused() {
    let mut asking = asking(1);
    let mut answering = answering(&asking.offer, 2);
    let reveal = asking.take(&answering.hello.encode(), &keys(1), &CHAIN).unwrap();
    let mut other = reveal.clone();
    resign(&mut other, [7; 32], &keys(1), &CHAIN);
    assert_eq!(answering.take(&other.encode(), &CHAIN), Err(PairError::Commitment));
    resign(&mut other, [7; 32], &keys(5), &CHAIN);
    assert!(matches!(answering.take(&other.encode(), &CHAIN), Err(PairError::Signature(_))));
    assert_eq!(answering.digits(&CHAIN), None);
    assert_eq!(answering.take(&reveal.encode(), &CHAIN), Ok(()));
}

#[test]
fn an_answer_to_something_else_and_a_second_answer_are_refused() {
    let mut asking = asking(1);
    let (first, second) = (answering(&asking.offer, 2), answering(&asking.offer, 3));
    let elsewhere = answering(&self::asking(4).offer, 5);
    let own = keys(1);
    assert_eq!(asking.take(&elsewhere.hello.encode(), &own, &CHAIN).err(), Some(PairError::OtherOffer));
    let reveal = asking.take(&first.hello.encode(), &own, &CHAIN).unwrap();
    assert_eq!(asking.take(&first.hello.encode(), &own, &CHAIN).unwrap(), reveal, "the same again");
    assert_eq!(asking.take(&second.hello.encode(), &own, &CHAIN).err(), Some(PairError::Two));
    // What was revealed to one is no answer to another.
    let mut second = second;
    assert_eq!(second.take(&reveal.encode(), &CHAIN), Err(PairError::OtherOffer));
    // Nor on another chain.
    assert!(Offer::read_signed(&asking.offer.encode(), &ChainId([4; 32])).is_err());
}

#[test]
fn a_code_is_short_reads_back_and_says_where() {
    let meeting = Meeting::random(&mut rng(1));
    let words = meeting.to_words();
    assert!(words.split(' ').count() == 12 && words.len() <= 12 * 9, "{words}");
    assert_eq!(Meeting::from_text(&words.to_uppercase().replace(' ', ", ")).unwrap(), meeting);
    let code = |text: &str| Meeting::from_text(text).unwrap_err().code();
    assert_eq!(code(words.rsplit_once(' ').unwrap().0), (ErrorCode::WordCount, Some(11)));
    assert_eq!(code(&format!("xyzzy {words}")), (ErrorCode::UnknownWord, Some(1)));
    assert_eq!(code(&"zoo ".repeat(12)), (ErrorCode::WordsWrong, None));

    // A picture holds the same octets as it always did.
    let drawn = meeting.to_text().unwrap();
    assert!(drawn.starts_with("SN1-") && drawn.len() <= 3 + 9 * 6, "{drawn}");
    assert_eq!(Meeting::from_text(&drawn.to_lowercase().replace('-', " ")).unwrap(), meeting);
    for wrong in [&drawn[..drawn.len() - 1], "SC1-00000"] {
        assert_eq!(code(wrong), (ErrorCode::BadLaptopCode, None), "{wrong}");
    }
    assert_ne!(meeting.address(What::Offer).public(), meeting.address(What::Hello).public());
}

fn handover(identity: &SigningKey, laptop: u64, name: &str) -> Handover {
    let to = (keys(laptop).public(), computer(1));
    let commitment = name_commitment(&CHAIN, &[6; 16], "Kitchen");
    let certificate = Certificate::sign(1, to, commitment, NOW, &CHAIN, identity).unwrap();
    Handover {
        certificate,
        line: [5; 32],
        person: "Anna".into(),
        name: name.into(),
        salt: [6; 16],
        series: vec![(Category::BloodPressure, Zeroizing::new(vec![1, 2, 3]))],
        writers: vec![computer(2)],
    }
}

#[test]
fn a_handover_counts_for_the_laptop_that_the_compared_identity_certified() {
    let (ours, pk) = (identity(9), identity(9).verifying_key());
    let accept = |handover: &Handover, laptop: u64| {
        Handover::accept(&handover.encode(), &keys(laptop), &computer(1), &pk, NOW, &CHAIN)
    };
    let good = handover(&ours, 1, "Kitchen");
    assert_eq!(accept(&good, 1).unwrap(), good);
    assert_eq!(accept(&good, 2), Err(HandoverError::OtherLaptop));
    assert_eq!(accept(&handover(&ours, 1, "Cellar"), 1), Err(HandoverError::OtherLaptop));
    // Another identity's, though it is for our keys and says everything right.
    assert!(matches!(accept(&handover(&identity(8), 1, "Kitchen"), 1), Err(HandoverError::Signature(_))));
    let mut renumbered = good.clone();
    renumbered.certificate.number = 2;
    assert!(matches!(accept(&renumbered, 1), Err(HandoverError::Signature(_))));
    let other = Handover::accept(&good.encode(), &keys(1), &computer(3), &pk, NOW, &CHAIN);
    assert_eq!(other, Err(HandoverError::OtherLaptop));
    assert!(good.certificate.verify(&pk, NOW - 1, &CHAIN).is_err(), "not before");
    let to = (keys(1).public(), computer(1));
    for number in [0, 8] {
        assert!(Certificate::sign(number, to, good.certificate.name, NOW, &CHAIN, &ours).is_err());
    }
}

#[test]
fn letters_come_in_their_turn_from_the_laptop_that_signed_them() {
    let town = Town::new(4);
    let (old, new) = (keys(1), keys(2));
    let line = Line { secret: &[5; 32], from: 0, to: 1 };
    let say = |line: Line<'_>, number, body: &[u8], own: &crate::reader::ReaderSecret| {
        let (until, to) = (NOW + 86_400_000, new.public());
        block_on(line.say(&town, number, body, (own, &to), (until, NOW), &mut rng(number))).unwrap();
    };
    let hear = |line: Line<'_>, number| {
        let heard = block_on(line.hear(&town, number, &new, &old.public().signing())).unwrap();
        heard.map(|body| body.to_vec())
    };
    assert_eq!(hear(line, 1), None);
    say(line, 1, b"one", &old);
    say(line, 2, b"two", &old);
    assert_eq!((hear(line, 1).unwrap(), hear(line, 2).unwrap()), (b"one".to_vec(), b"two".to_vec()));
    // Somebody with the line's secret and other keys, as a laptop that was removed.
    say(line, 3, b"three", &keys(7));
    assert_eq!(hear(line, 3), None);
    // The other direction, another pair, and another secret are other places.
    for elsewhere in
        [Line { from: 1, to: 0, ..line }, Line { to: 2, ..line }, Line { secret: &[6; 32], ..line }]
    {
        assert_eq!(hear(elsewhere, 1), None);
    }
    let heard = block_on(line.hear(&town, 1, &keys(8), &old.public().signing())).unwrap();
    assert_eq!(heard, None, "sealed to the laptop's own key");
}

#[test]
fn what_lies_at_a_meeting_is_found_once_and_opened_by_whom_it_is_for() {
    let town = Town::new(4);
    let (meeting, new) = (Meeting::random(&mut rng(1)), keys(2));
    let until = (NOW + 600_000, NOW);
    let put = |what, octets: &[u8], to: Option<&salus_chain::ids::ReaderKey>, seed| {
        block_on(leave(&town, (&meeting, what), octets, to, until, &mut rng(seed))).unwrap();
    };
    put(What::Offer, b"offer", None, 3);
    put(What::Offer, b"offer", None, 4);
    put(What::Handover, b"keys", Some(&new.public()), 5);
    let stranger = keys(9);
    let found = |what, own| block_on(find(&town, (&meeting, what), own)).unwrap();
    assert_eq!(found(What::Offer, None), [Zeroizing::new(b"offer".to_vec())]);
    assert_eq!(found(What::Handover, Some(&new)), [Zeroizing::new(b"keys".to_vec())]);
    assert!(found(What::Handover, Some(&stranger)).is_empty() && found(What::Reveal, None).is_empty());
}

#[test]
fn the_encodings_are_strict() {
    let news = News {
        changed: vec![Changed { category: Category::HeartRate, epoch: Epoch::new(7).unwrap(), readings: 3 }],
        left: 4,
        told: vec![b"{}".to_vec()],
        hands: vec![identity(1).verifying_key()],
        series: vec![(Category::HeartRate, Zeroizing::new(vec![1]))],
        writers: vec![computer(1)],
        ..News::default()
    };
    // Of another kind as soon as a circle is told of; what is kept of before is read as it was.
    let mandate = Mandate { mandate_pk: identity(2).verifying_key(), salt: [3; 32] };
    let may = MayObject::sign(&CircleId([4; 32]), mandate, &CHAIN, &identity(1));
    let vetoes = vec![Veto { circle: CircleId([4; 32]), hand: 6, may }];
    let told = News { circle: b"{}".to_vec(), vetoes, ..news.clone() };
    let octets = told.encode();
    assert_eq!((octets[1], News::decode(&octets)), (0x76, Ok(told)));
    assert!((0..octets.len()).all(|cut| News::decode(&octets[..cut]).is_err()));
    let octets = news.encode();
    assert_eq!((octets[1], News::decode(&octets)), (0x75, Ok(news)));
    assert!((0..octets.len()).all(|cut| News::decode(&octets[..cut]).is_err()));
    assert!(News::default().is_empty());
    let handover = handover(&identity(9), 1, "Kitchen").encode();
    assert!((0..handover.len()).all(|cut| Handover::decode(&handover[..cut]).is_err()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_octets_are_answered(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut asking = asking(1);
        prop_assert!(asking.take(&octets, &keys(1), &CHAIN).is_err());
        prop_assert!(answering(&asking.offer, 2).take(&octets, &CHAIN).is_err());
        prop_assert!(Offer::read_signed(&octets, &CHAIN).is_err());
        let _ = (News::decode(&octets).is_ok(), Handover::decode(&octets).is_ok());
        let _ = (Certificate::decode(&octets).is_ok(), Reveal::decode(&octets).is_ok());
    }

    // Whatever bit of what travels is bent, nothing is compared as if it were whole.
    #[test]
    fn a_bent_bit_never_leads_to_digits(bit in 0usize..4096) {
        let mut asking = asking(1);
        let mut answering = answering(&asking.offer, 2);
        let bend = |octets: Vec<u8>| {
            let mut octets = octets;
            let at = bit % (octets.len() * 8);
            octets[at / 8] ^= 1 << (at % 8);
            octets
        };
        prop_assert!(Offer::read_signed(&bend(asking.offer.encode()), &CHAIN).is_err());
        prop_assert!(asking.take(&bend(answering.hello.encode()), &keys(1), &CHAIN).is_err());
        let reveal = asking.take(&answering.hello.encode(), &keys(1), &CHAIN).unwrap();
        prop_assert!(answering.take(&bend(reveal.encode()), &CHAIN).is_err());
        prop_assert_eq!(answering.digits(&CHAIN), None);
    }
}

//! A card as it is printed, and what is none.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::sign::SigningKey;

use super::*;

const CHAIN: ChainId = ChainId([7; 32]);
/// A card of [`golden`], and what was printed of the same before a card named its issuer. Computed outside this code.
const GOLDEN: &str = "SE100X04H870W3GE1R70W3QS0BK74W37DAY9CSGHDB1V8TM40R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60R3Q0DAE4R";
const GOLDEN_BEFORE: &str =
    "SE100N02H870W3GE1R70W3G60R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60R30C1G60Y0MF4G6";

fn issuer(n: u8) -> VerifyingKey {
    SigningKey::from_bytes(&[n; 32]).verifying_key()
}

fn golden() -> Card {
    Card::of(&CHAIN, &issuer(9), Zeroizing::new([3; 32]))
}

fn card() -> (Card, Zeroizing<String>) {
    let card = Card::generate(&CHAIN, &issuer(9), &mut ChaCha20Rng::seed_from_u64(3));
    let text = card.to_text().unwrap();
    (card, text)
}

#[test]
fn a_card_reads_back_also_without_its_separators() {
    let (card, text) = card();
    assert!(text.starts_with("SE1-"), "{}", *text);
    for text in [text.to_string(), text.replace(['-', '\n'], ""), text.to_lowercase()] {
        let read = Card::from_text(&text, &CHAIN).unwrap();
        assert_eq!(read.reader().public(), card.reader().public());
    }
    // One line for a QR code: nothing but the alphabet of its dense mode, and few enough for a small one.
    let one_line = text.replace(['-', '\n'], "");
    assert!(one_line.len() == 106 && one_line.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
}

#[test]
fn its_octets_and_its_text_are_these() {
    let issuer = hex::decode("7c8173393833b55e4b3308b561da3542").unwrap();
    let octets = [&[2, KIND][..], &[7; 8], &issuer[..], &[3; 32]].concat();
    assert_eq!(golden().encode(), octets);
    assert_eq!(golden().to_text().unwrap().replace(['-', '\n'], ""), GOLDEN);
    assert_eq!(Card::from_text(GOLDEN, &CHAIN).unwrap().encode(), octets);
}

#[test]
fn a_card_of_before_is_told_from_one_that_is_mistyped() {
    assert_eq!(Card::from_text(GOLDEN_BEFORE, &CHAIN).unwrap_err(), CardError::NamesNobody);
    let cut = &GOLDEN_BEFORE[..GOLDEN_BEFORE.len() - 1];
    assert!(matches!(Card::from_text(cut, &CHAIN), Err(CardError::Text(_))));
}

#[test]
fn a_card_names_one_key_for_its_reader_and_its_members() {
    let card = golden();
    assert!(card.is_by(&CHAIN, &issuer(9)));
    assert!(!card.is_by(&CHAIN, &issuer(8)) && !card.is_by(&ChainId([8; 32]), &issuer(9)));
    // The same key on another card is named by other octets.
    let other = Card::of(&CHAIN, &issuer(9), Zeroizing::new([4; 32]));
    assert!(other.is_by(&CHAIN, &issuer(9)) && other.issuer != card.issuer);
    // What is printed holds nothing that the key could be found by on the chain.
    assert!(!hex::encode(card.encode()).contains(&hex::encode(&issuer(9).0[..8])));
    for at in 0..ISSUER {
        let mut bent = golden();
        bent.issuer[at] ^= 1;
        assert!(!bent.is_by(&CHAIN, &issuer(9)), "{at}");
    }
}

#[test]
fn a_wrong_card_is_refused_and_named() {
    let (_, text) = card();
    let other = ChainId([8; 32]);
    assert_eq!(Card::from_text(&text, &other).unwrap_err(), CardError::OtherMembers);
    let plain = text.replace(['-', '\n'], "");
    for at in 3..plain.len() {
        let mut bent = plain.clone().into_bytes();
        bent[at] = if bent[at] == b'7' { b'8' } else { b'7' };
        let bent = String::from_utf8(bent).unwrap();
        assert!(matches!(Card::from_text(&bent, &CHAIN), Err(CardError::Text(_))), "{at}");
        assert!(matches!(Card::from_text(&plain[..at], &CHAIN), Err(CardError::Text(_))), "{at}");
    }
    assert_eq!(Card::from_text("", &CHAIN).unwrap_err(), CardError::Text(TextError::Empty));
    let long = "0".repeat(salus_chain::text::MAX_TEXT + 1);
    assert_eq!(Card::from_text(&long, &CHAIN).unwrap_err(), CardError::Text(TextError::TooLong));
    let code = to_text(Kind::Code, &[1; 42]).unwrap();
    assert_eq!(
        Card::from_text(&code, &CHAIN).unwrap_err(),
        CardError::Text(TextError::OtherKind(Kind::Code))
    );
    // Well written, and no card.
    for (octets, why) in [
        (vec![3; 58], CodecError::Version(3)),
        ([vec![2, 0x43], vec![7; 56]].concat(), CodecError::Kind(0x43)),
        ([vec![2, KIND], vec![7; 57]].concat(), CodecError::TooLong { length: 59, limit: 58 }),
        ([vec![2, KIND], vec![7; 55]].concat(), CodecError::Truncated),
        // The seed of a card of before under this version.
        ([vec![2, KIND], vec![7; 40]].concat(), CodecError::Truncated),
    ] {
        let text = to_text(Kind::Card, &octets).unwrap();
        assert_eq!(Card::from_text(&text, &CHAIN).unwrap_err(), CardError::Codec(why));
    }
}

fn card_of(rng: &mut ChaCha20Rng) -> Card {
    Card::generate(&CHAIN, &issuer(9), rng)
}

#[test]
fn two_cards_share_nothing_but_their_members() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let (one, two) = (card_of(&mut rng), card_of(&mut rng));
    assert_ne!(one.issuer, two.issuer);
    assert_ne!(one.reader().public(), two.reader().public());
    assert!(!format!("{one:?}").contains(&hex::encode(*one.seed)));
}

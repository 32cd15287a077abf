use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::ids::VerifyingKey;
use salus_chain::state::EnrolmentRecord;
use salus_chain::tx::enrolment_commitment;
use salus_keeper::{Scope, Slot};
use salus_vault::WriterId;
use salus_wire::{Category, DeviceId, SeriesId};

use super::*;
use crate::wrap::WRAP;

const CHAIN: ChainId = ChainId([3; 32]);

fn disclosure() -> Disclosure {
    Disclosure { writer: WriterId([4; 16]), enrolment: VerifyingKey([6; 32]), salt: [7; 32] }
}

/// So many firmwares of one device, each text as long as it may be.
fn devices(many: usize) -> Vec<ToldDevice> {
    let one = |i: usize| ToldDevice {
        device: DeviceId([9; 16]),
        model: Some("é".repeat(MAX_TOLD / 2)),
        firmware: Some(format!("{i:0>80}")),
        link_encrypted: [None, Some(true), Some(false)][i % 3],
        since: i64::try_from(i).unwrap(),
    };
    (0..many).map(one).collect()
}

fn content(wraps: usize) -> Content {
    let one = |i: usize| Wrapped { slot: Slot::new(0, u32::try_from(i).unwrap()).unwrap(), wrap: [7; WRAP] };
    Content {
        commitments: vec![[1; 32]; 3],
        series: vec![SeriesWraps {
            series: SeriesId([2; 16]),
            generation: 9,
            category: Category::HeartRate,
            wraps: (0..wraps).map(one).collect(),
        }],
        writers: vec![salus_vault::Writer { id: WriterId([4; 16]), key: [5; 32] }],
        patient: "Maria K.".into(),
        scope: Scope::new(1, 2).unwrap(),
        disclosures: vec![disclosure()],
        devices: devices(2),
        days: Vec::new(),
    }
}

fn sealed(readers: usize, wraps: usize) -> (Capsule, Vec<ReaderSecret>) {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let readers: Vec<_> = (0..readers).map(|_| ReaderSecret::generate(&mut rng)).collect();
    let header = Header {
        grant: GrantId([8; 32]),
        readers: readers.iter().map(ReaderSecret::public).collect(),
        salt: [6; 32],
    };
    let secret = GrantSecret::from_bytes([9; 32]);
    (Capsule::seal(header, &content(wraps), &secret, &CHAIN, &mut rng).unwrap(), readers)
}

#[test]
fn each_listed_reader_opens_it_and_nobody_else() {
    let (capsule, readers) = sealed(3, 5);
    let read = Capsule::decode(&capsule.encode()).unwrap();
    assert_eq!(read, capsule);
    for reader in &readers {
        let (secret, opened) = read.open(reader, &capsule.chain_hash(), &CHAIN).unwrap();
        assert_eq!((secret.expose(), opened), (&[9; 32], content(5)));
    }
    let stranger = ReaderSecret::generate(&mut ChaCha20Rng::seed_from_u64(99));
    let refused = read.open(&stranger, &capsule.chain_hash(), &CHAIN).unwrap_err();
    assert_eq!(refused, CapsuleError::OtherReader);
    let elsewhere = read.open(&readers[0], &capsule.chain_hash(), &ChainId([4; 32])).unwrap_err();
    assert_eq!(elsewhere, CapsuleError::Altered);
    let other = read.open(&readers[0], &Hash32([0; 32]), &CHAIN).unwrap_err();
    assert_eq!(other, CapsuleError::OtherHash);
}

#[test]
fn the_seals_alone_refuse_a_flipped_bit_anywhere() {
    let (capsule, readers) = sealed(1, 2);
    let octets = capsule.encode();
    for at in 0..octets.len() {
        let mut bent = octets.clone();
        bent[at] ^= 1 << (at % 8);
        // Also when the chain's hash is that of the bent one.
        let opened =
            Capsule::decode(&bent).ok().and_then(|c| c.open(&readers[0], &c.chain_hash(), &CHAIN).ok());
        assert!(opened.is_none(), "{at}");
    }
    for cut in 0..octets.len() {
        assert!(Capsule::decode(&octets[..cut]).is_err(), "{cut}");
    }
}

#[test]
fn limits_hold_on_both_sides() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let secret = GrantSecret::from_bytes([9; 32]);
    let header = |n| Header { grant: GrantId([8; 32]), readers: vec![ReaderKey([9; 64]); n], salt: [0; 32] };
    for readers in [0, MAX_READERS + 1] {
        let refused = Capsule::seal(header(readers), &content(1), &secret, &CHAIN, &mut rng);
        assert_eq!(refused, Err(CapsuleError::TooLarge));
    }
    let refused = Capsule::seal(header(1), &content(MAX_WRAPS + 1), &secret, &CHAIN, &mut rng);
    assert_eq!(refused, Err(CapsuleError::TooLarge));
    let full = Content { devices: devices(MAX_DEVICES), ..content(MAX_WRAPS) };
    let reader = ReaderSecret::generate(&mut rng).public();
    let for_one = Header { readers: vec![reader], ..header(1) };
    let full = Capsule::seal(for_one, &full, &secret, &CHAIN, &mut rng).unwrap();
    assert!(full.encode().len() <= MAX_CAPSULE);
    let small = Header { readers: vec![ReaderKey([0; 64])], ..header(1) };
    assert_eq!(Capsule::seal(small, &content(1), &secret, &CHAIN, &mut rng), Err(CapsuleError::Altered));
    let nameless = Content { patient: String::new(), ..content(1) };
    assert!(Capsule::seal(header(1), &nameless, &secret, &CHAIN, &mut rng).is_err());
    // A count that promises more than there is reserves nothing.
    let mut octets = content(2).encode();
    let at = 2 + 2 + 3 * 32 + 2 + 16 + 4 + 1;
    octets[at..at + 4].copy_from_slice(&40_000u32.to_be_bytes());
    assert_eq!(Content::decode(&octets), Err(CodecError::Truncated));
    octets[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert!(matches!(Content::decode(&octets), Err(CodecError::TooLong { .. })));
}

#[test]
fn content_of_earlier_versions_is_read_as_what_it_told() {
    let now = content(3);
    let third = now.encode();
    assert_eq!((third[0], Content::parse(&third)), (3, Ok(now.clone())));
    // The second version ended before the list of devices, the first before that of disclosures: count u16, then what
    // it counts, of a disclosure 16 + 32 + 32 octets.
    let untold = Content { devices: Vec::new(), ..now };
    let mut second = untold.encode();
    second.truncate(second.len() - 2);
    second[0] = 2;
    let mut first = second[..second.len() - 2 - 80].to_vec();
    first[0] = 1;
    assert_eq!(Content::parse(&second), Ok(untold.clone()));
    assert_eq!(Content::parse(&first), Ok(Content { disclosures: Vec::new(), ..untold }));
    for (version, octets) in [(1, &first), (2, &second)] {
        assert_eq!(Content::decode(octets), Err(CodecError::Version(version)));
    }
    // None passes for another, nor for one of daily summaries.
    for (octets, others) in [(&first, [2, 3, 4, 0]), (&second, [1, 3, 4, 0]), (&third, [1, 2, 4, 0])] {
        for version in others {
            let mut octets = octets.clone();
            octets[0] = version;
            assert!(Content::parse(&octets).is_err(), "{version}");
        }
        for cut in 0..octets.len() {
            assert!(Content::parse(&octets[..cut]).is_err(), "{cut}");
        }
    }
}

#[test]
fn content_of_daily_summaries_has_a_version_of_its_own_and_no_key_of_readings() {
    let day = |day: u32| WrappedDay { slot: Slot::new(4, 32).unwrap(), day, wrap: [5; WRAP] };
    let daily = Content { days: vec![vec![day(3), day(4)]], ..content(0) };
    assert_eq!(daily.check(), Ok(()));
    let octets = daily.octets();
    assert_eq!((octets[0], Content::parse(&octets)), (4, Ok(daily.clone())));
    assert_eq!(Content::decode(&octets), Err(CodecError::Version(4)));
    for cut in 0..octets.len() {
        assert!(Content::parse(&octets[..cut]).is_err(), "{cut}");
    }
    for version in [1, 2, 3] {
        let mut octets = octets.clone();
        octets[0] = version;
        assert!(Content::parse(&octets).is_err(), "{version}");
    }
    let many = vec![vec![day(3); MAX_WRAPS + 1]];
    assert_eq!(Content { days: many, ..content(0) }.check(), Err(CapsuleError::TooLarge));
    // Keys of readings beside the days, and days of a series that there is not.
    let both = Content { days: vec![vec![day(3)]], ..content(1) };
    let more = Content { days: vec![vec![day(3)], vec![]], ..content(0) };
    for bad in [both, more] {
        assert!(bad.check().is_err() && Content::parse(&bad.octets()).is_err());
    }
    let late = Content { days: vec![vec![day(1 << 20)]], ..content(0) };
    assert_eq!(Content::parse(&late.octets()), Err(CodecError::Value("day")));
}

#[test]
fn devices_that_no_capsule_may_tell_are_neither_sealed_nor_read() {
    let mut rng = ChaCha20Rng::seed_from_u64(4);
    let secret = GrantSecret::from_bytes([9; 32]);
    let reader = ReaderSecret::generate(&mut rng).public();
    let mut refused = |devices: Vec<ToldDevice>| {
        let content = Content { devices, ..content(1) };
        let header = Header { grant: GrantId([8; 32]), readers: vec![reader], salt: [0; 32] };
        assert!(Capsule::seal(header, &content, &secret, &CHAIN, &mut rng).is_err());
        Content::decode(&content.encode()).unwrap_err()
    };
    let [one, later] = <[ToldDevice; 2]>::try_from(devices(2)).unwrap();
    let said = |text: &str| vec![ToldDevice { model: Some(text.into()), ..one.clone() }];
    assert_eq!(
        refused(devices(MAX_DEVICES + 1)),
        CodecError::TooLong { length: MAX_DEVICES + 1, limit: MAX_DEVICES }
    );
    let long = "é".repeat(MAX_TOLD / 2) + "x";
    assert_eq!(refused(said(&long)), CodecError::TooLong { length: MAX_TOLD + 1, limit: MAX_TOLD });
    for text in ["1\u{202e}0", "1\n0", " 1.0", &"x".repeat(81)] {
        assert_eq!(refused(said(text)), CodecError::Value("name"), "{text:?}");
    }
    for since in [-1, i64::MIN, i64::MAX] {
        let at = ToldDevice { since, ..one.clone() };
        assert_eq!(refused(vec![at]), CodecError::Value("instant"), "{since}");
    }
    for unordered in [vec![later.clone(), one.clone()], vec![one.clone(), one.clone()]] {
        assert_eq!(refused(unordered), CodecError::Value("devices"));
    }
    let other = ToldDevice { device: DeviceId([1; 16]), ..later };
    assert_eq!(refused(vec![one, other]), CodecError::Value("devices"));
    // The link stands before the last eight octets, which are the instant.
    let mut octets = content(1).encode();
    let at = octets.len() - 9;
    octets[at] = 3;
    assert_eq!(Content::decode(&octets), Err(CodecError::Value("link")));
}

#[test]
fn a_disclosure_opens_the_enrolment_of_its_gateway_only() {
    let one = disclosure();
    let commitment = enrolment_commitment(&CHAIN, &one.salt, &VerifyingKey([5; 32]));
    let record = EnrolmentRecord { commitment, height: 1, time_ms: 2, withdrawn: None };
    assert!(one.opens(&record, &CHAIN, &[5; 32]));
    assert!(!one.opens(&record, &CHAIN, &[6; 32]));
    assert!(!one.opens(&record, &ChainId([4; 32]), &[5; 32]));
    assert!(!Disclosure { salt: [8; 32], ..one }.opens(&record, &CHAIN, &[5; 32]));
}

#[test]
fn a_note_is_for_one_reader_on_one_chain() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (reader, other) = (ReaderSecret::generate(&mut rng), ReaderSecret::generate(&mut rng));
    let pointer = Pointer { grant: GrantId([1; 32]), capsule: Hash32([2; 32]) };
    let sealed = pointer.seal(&reader.public(), &CHAIN, &mut rng).unwrap();
    assert_eq!(Pointer::open(&sealed, &reader, &CHAIN), Ok(pointer));
    assert_eq!(Pointer::open(&sealed, &other, &CHAIN), Err(PointerError::Sealed));
    assert_eq!(Pointer::open(&sealed, &reader, &ChainId([4; 32])), Err(PointerError::Sealed));
    for cut in 0..sealed.len() {
        assert_eq!(Pointer::open(&sealed[..cut], &reader, &CHAIN), Err(PointerError::Sealed));
    }
    for bit in 0..sealed.len() * 8 {
        let mut bent = sealed.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Pointer::open(&bent, &reader, &CHAIN), Err(PointerError::Sealed), "{bit}");
    }
}

proptest! {
    #[test]
    fn content_round_trips(
        wraps in 0usize..50,
        name in "[a-zA-Z]{1,80}",
        first in 0u32..1000,
        length in 0u32..1000,
        disclosed in 0usize..4,
        told in 0usize..4,
    ) {
        let scope = Scope::new(first, first + length).unwrap();
        let (disclosures, devices) = (vec![disclosure(); disclosed], devices(told));
        let content = Content { patient: name, scope, disclosures, devices, ..content(wraps) };
        prop_assert_eq!(Content::decode(&content.encode()), Ok(content));
    }

    #[test]
    fn any_octets_are_answered_without_a_panic(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Capsule::decode(&octets);
        for version in [1, 2, 3, 4] {
            let _ = Content::parse(&[&[version, 0x4E], octets.as_slice()].concat());
        }
        let _ = Capsule::decode(&[&[1, 0x4C], octets.as_slice()].concat());
    }
}

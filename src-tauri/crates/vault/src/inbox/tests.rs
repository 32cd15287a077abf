use proptest::prelude::*;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity};

use super::*;

const RECORD: [u8; 16] = [7; 16];
fn secret() -> Key {
    Key::new([3; 32])
}

fn psk() -> Key {
    Key::new([4; 32])
}

fn reading(at: i64) -> Reading {
    Reading {
        at: 1_795_000_000_000 + at,
        arrived: 1_795_000_000_000 + at,
        device: DeviceId([9; 16]),
        category: Category::HeartRate,
        components: vec![Component { quantity: Quantity::HeartRate, value: Decimal::whole(60) }],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

fn inbox(path: &Path) -> Inbox {
    let to = envelope::public(&secret()).unwrap();
    let pass = Pass { record: RECORD, session: [5; 16], to, psk: psk() };
    Inbox::open(path, pass, ChaCha20Rng::seed_from_u64(1)).unwrap()
}

/// What opens, and how many entries do not.
fn opened(bytes: &[u8]) -> (Vec<Reading>, usize) {
    let (mut readings, mut refused) = (Vec::new(), 0);
    for found in Entries::of(&RECORD, bytes).into_iter().flatten() {
        match found {
            Found::Entry(entry) => match entry.open(&RECORD, &secret(), &psk()) {
                Some((_, _, some)) => readings.extend(some),
                None => refused += 1,
            },
            Found::Altered => refused += 1,
        }
    }
    (readings, refused)
}

fn three(path: &Path) -> (Vec<u8>, Vec<usize>) {
    let mut inbox = inbox(path);
    let ends = (0..3).map(|i| {
        inbox.append(1, &[reading(2 * i), reading(2 * i + 1)]).unwrap();
        usize::try_from(inbox.end).unwrap()
    });
    let ends: Vec<usize> = ends.collect();
    (std::fs::read(path).unwrap(), ends)
}

#[test]
fn a_torn_end_loses_no_entry_before_it_and_nothing_after_it_is_added_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (bytes, ends) = three(&path);
    for cut in 0..=bytes.len() {
        let whole = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(opened(&bytes[..cut]).0.len(), whole * 2, "cut at {cut}");
        assert_eq!(opened(&bytes[..cut]).1, 0, "cut at {cut}");
    }
    for cut in (0..=bytes.len()).step_by(97).chain([bytes.len() - 1]) {
        // Torn octets, then a session that goes on.
        let mut torn = bytes[..cut].to_vec();
        torn.resize(cut + 40, 0);
        std::fs::write(&path, torn).unwrap();
        inbox(&path).append(1, &[reading(9)]).unwrap();
        let whole = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(opened(&std::fs::read(&path).unwrap()).0.len(), whole * 2 + 1, "cut at {cut}");
    }
}

#[test]
fn what_is_taken_is_synced_before_it_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    drop((files::synced::lengths(), files::synced::directories()));
    let mut inbox = inbox(&path);
    let length = || std::fs::metadata(&path).unwrap().len();
    assert_eq!(files::synced::lengths(), [length()], "the file itself");
    assert_eq!(files::synced::directories(), [dir.path()], "and its name");
    for n in 0..3 {
        inbox.append(1, &[reading(n)]).unwrap();
        assert_eq!(files::synced::lengths(), [length()], "entry {n}");
    }
    assert_eq!(files::synced::directories().len(), 0);
    drop(inbox);
    discard(&path).unwrap();
    assert_eq!(files::synced::directories(), [dir.path()], "gone, also after a power cut");
}

#[test]
fn an_altered_octet_costs_its_own_entry_only() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, ends) = three(&dir.path().join("inbox"));
    for at in FILE_HEAD..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x20;
        let (readings, refused) = opened(&altered);
        let entry = ends.iter().filter(|end| **end <= at).count();
        assert_eq!(readings.len(), 4, "octet {at}");
        assert!(readings.iter().all(|r| !(reading(0).at + entry as i64 * 2..).take(2).any(|t| t == r.at)));
        // The last one is no torn end, and that is told too.
        let told = refused + usize::from(ends_altered(&altered));
        assert_eq!(told, 1, "octet {at}");
        assert!(entry == 2 || refused == 1, "octet {at}");
    }
}

/// Whether what lies behind the last entry is more than a torn end.
fn ends_altered(bytes: &[u8]) -> bool {
    Entries::of(&RECORD, bytes).is_some_and(|mut entries| {
        while entries.next().is_some() {}
        entries.ends_altered()
    })
}

#[test]
fn a_torn_end_is_not_called_altered() {
    let dir = tempfile::tempdir().unwrap();
    let (bytes, _) = three(&dir.path().join("inbox"));
    assert!((0..=bytes.len()).all(|cut| !ends_altered(&bytes[..cut])));
}

#[test]
fn several_altered_in_a_row_are_each_counted_and_whoever_goes_on_appends_behind_them() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (mut bytes, ends) = three(&path);
    for at in [FILE_HEAD + 60, ends[0] + 60] {
        bytes[at] ^= 1;
    }
    assert_eq!((opened(&bytes).0.len(), opened(&bytes).1), (2, 2));
    // The length of the first one: what comes behind it is not cut off as a torn end.
    bytes[FILE_HEAD + 1] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    drop(inbox(&path));
    assert_eq!(std::fs::read(&path).unwrap().len(), bytes.len());
    assert_eq!(opened(&bytes).0.len(), 2);
}

#[test]
fn a_rotten_head_of_the_file_costs_no_entry_and_is_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (bytes, ends) = three(&path);
    let headless = |bytes: &[u8]| Entries::of(&RECORD, bytes).is_some_and(|entries| entries.is_headless());
    assert!(!headless(&bytes));
    for at in 0..FILE_HEAD {
        let mut rotten = bytes.clone();
        rotten[at] ^= 1;
        assert_eq!((opened(&rotten).0.len(), headless(&rotten)), (6, true), "octet {at}");
        std::fs::write(&path, &rotten).unwrap();
        inbox(&path).append(1, &[reading(9)]).unwrap();
        let after = std::fs::read(&path).unwrap();
        assert_eq!((opened(&after).0.len(), headless(&after)), (7, false), "octet {at}");
    }
    // A disk that gives zeros back for the file's first block: what lay in it is gone, and nothing behind it.
    let mut zeroed = bytes;
    zeroed[..ends[0] + 9].fill(0);
    assert_eq!((opened(&zeroed).0.len(), headless(&zeroed)), (2, true));
}

#[test]
fn what_was_sealed_to_the_public_key_without_the_secret_does_not_open() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let to = envelope::public(&secret()).unwrap();
    // The forger knows the file, the session's number and the public key, and nothing else.
    let pass = Pass { record: RECORD, session: [5; 16], to, psk: Key::new([0; 32]) };
    let mut forger = Inbox::open(&path, pass, ChaCha20Rng::seed_from_u64(1)).unwrap();
    forger.append(1, &[reading(0)]).unwrap();
    drop(forger);
    inbox(&path).append(1, &[reading(1)]).unwrap();
    let (readings, refused) = opened(&std::fs::read(&path).unwrap());
    assert_eq!((readings, refused), (vec![reading(1)], 1));
}

#[test]
fn a_file_of_another_record_is_begun_anew_and_two_cannot_append() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let (bytes, _) = three(&path);
    assert!(Entries::of(&[8; 16], &bytes).is_none());
    let to = envelope::public(&secret()).unwrap();
    let pass = || Pass { record: [8; 16], session: [5; 16], to, psk: psk() };
    let open = || Inbox::open(&path, pass(), ChaCha20Rng::seed_from_u64(1));
    let first = open().unwrap();
    assert!(matches!(open(), Err(VaultError::InUse)));
    assert!(matches!(take(&path), Err(VaultError::InUse)));
    drop(first);
    let mut head = std::fs::read(&path).unwrap();
    assert_eq!(head.len(), FILE_HEAD);
    // One of a newer version is left alone.
    head[8] = VERSION + 1;
    std::fs::write(&path, &head).unwrap();
    assert!(matches!(open(), Err(VaultError::TooNew)));
    assert_eq!(std::fs::read(&path).unwrap(), head);
}

#[test]
fn it_is_limited_and_refuses_what_the_vault_would_refuse() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let mut inbox = inbox(&path);
    let far = Reading { at: -1, ..reading(0) };
    assert_eq!(inbox.append(1, &[far]), Err(VaultError::OutOfBounds));
    inbox.end = MAX_INBOX - 100;
    assert_eq!(inbox.append(1, &[reading(0)]), Err(VaultError::InboxFull));
    inbox.end = FILE_HEAD as u64;
    // More than an entry takes become several.
    let many: Vec<Reading> = (0..300).map(reading).collect();
    inbox.append(2, &many).unwrap();
    assert_eq!(opened(&std::fs::read(&path).unwrap()).0, many);
    // Whatever somebody appends, no more is read.
    inbox.file.set_len(2 * MAX_INBOX).unwrap();
    drop(inbox);
    let bytes = read(&mut take(&path).unwrap().unwrap()).unwrap();
    assert_eq!(bytes.len() as u64, MAX_INBOX);
    assert_eq!(opened(&bytes), (many, 0));
}

/// Two entries from a seed: what is on people's disks does not change.
#[test]
fn golden_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("inbox");
    let mut inbox = inbox(&path);
    inbox.append(1, &[reading(0), reading(1000)]).unwrap();
    inbox.append(2, &[reading(2000)]).unwrap();
    let hash = Sha256::digest(std::fs::read(&path).unwrap());
    assert_eq!(hex::encode(hash), "226f37c3a874f22e61d8dfdd549897879384ba829390514db34df6eaf85f0b4c");
}

proptest! {
    #[test]
    fn any_octets_are_read_without_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400), head in any::<bool>()) {
        let start = [MAGIC.as_slice(), &[VERSION], &RECORD].concat();
        let bytes = if head { [start, bytes].concat() } else { bytes };
        prop_assert_eq!(opened(&bytes).0.len(), 0);
        prop_assert!(parse(&bytes).is_none_or(|(_, readings)| readings.len() <= bytes.len()));
    }
}

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::file::VERSIONS;
use super::*;
use crate::NoKeyring;

const PASS: &str = "correct horse battery";

fn slots() -> (Keyslots, Key, RecoveryKey) {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (master, recovery) = (Key::random(&mut rng), RecoveryKey::random(&mut rng));
    let mut slots = Keyslots::new([7; 16]);
    slots.set_passphrase(&master, PASS, PassphraseCost::FLOOR, None, &mut rng).unwrap();
    slots.set_recovery(&master, &recovery, &mut rng);
    (slots, master, recovery)
}

/// A keyring that holds one secret, or none.
pub(super) struct Holds(pub(super) Option<Key>);

impl Keyring for Holds {
    fn read(&self, _: &[u8; 16]) -> Result<Option<Key>, crate::keyring::Unavailable> {
        Ok(self.0.clone())
    }

    fn write(&self, _: &[u8; 16], _: &Key) -> Result<(), crate::keyring::Unavailable> {
        Err(crate::keyring::Unavailable)
    }
}

/// The file with another cost in slot A and a fresh checksum.
fn with_cost(slots: &Keyslots, cost: PassphraseCost) -> Keyslots {
    let mut altered = slots.clone();
    altered.slots[0].1[..argon::ENCODED].copy_from_slice(&cost.encode());
    Keyslots::decode(&altered.encode()).unwrap()
}

#[test]
fn both_slots_open_to_the_same_master() {
    let (slots, master, recovery) = slots();
    let read = Keyslots::decode(&slots.encode()).unwrap();
    assert_eq!(read.open(Unlock::Passphrase(PASS), &NoKeyring), Ok(master.clone()));
    assert_eq!(read.open(Unlock::RecoveryKey(&recovery), &NoKeyring), Ok(master));
    assert_eq!(
        read.open(Unlock::Passphrase("correct horse batterY"), &NoKeyring),
        Err(VaultError::WrongPassphrase)
    );
    assert_eq!(read.open(Unlock::Passphrase("short"), &NoKeyring), Err(VaultError::WrongPassphrase));
    let other = RecoveryKey::random(&mut ChaCha20Rng::seed_from_u64(2));
    assert_eq!(read.open(Unlock::RecoveryKey(&other), &NoKeyring), Err(VaultError::WrongPassphrase));
}

#[test]
fn costs_outside_the_limits_are_refused_before_hashing() {
    let (slots, ..) = slots();
    let floor = PassphraseCost::FLOOR;
    for cost in [
        PassphraseCost { memory_kib: floor.memory_kib - 1, ..floor },
        PassphraseCost { memory_kib: 1024 * 1024 + 1, ..floor },
        PassphraseCost { memory_kib: u32::MAX, ..floor },
        PassphraseCost { passes: 2, ..floor },
        PassphraseCost { passes: u32::MAX, ..floor },
        PassphraseCost { lanes: 3, ..floor },
        PassphraseCost { lanes: 0, ..floor },
    ] {
        let opened = with_cost(&slots, cost).open(Unlock::Passphrase(PASS), &NoKeyring);
        assert_eq!(opened, Err(VaultError::BadParameters), "{cost:?}");
    }
}

#[test]
fn the_cost_is_bound_to_the_slot() {
    let (slots, ..) = slots();
    let more = PassphraseCost { passes: 4, ..PassphraseCost::FLOOR };
    assert_eq!(
        with_cost(&slots, more).open(Unlock::Passphrase(PASS), &NoKeyring),
        Err(VaultError::WrongPassphrase)
    );
}

#[test]
fn slots_of_another_record_do_not_open() {
    let (mut slots, _, recovery) = slots();
    slots.record = [8; 16];
    assert_eq!(slots.open(Unlock::RecoveryKey(&recovery), &NoKeyring), Err(VaultError::WrongPassphrase));
}

#[test]
fn any_altered_octet_is_damage() {
    let (slots, ..) = slots();
    let bytes = slots.encode();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x40;
        assert!(matches!(Keyslots::decode(&altered), Err(e) if e == DAMAGED), "octet {at}");
        assert!(Keyslots::decode(&bytes[..at]).is_err());
    }
}

#[test]
fn a_newer_file_is_told_and_unknown_kinds_are_kept() {
    let (mut slots, _, recovery) = slots();
    slots.slots.push((9, vec![1, 2, 3]));
    let read = Keyslots::decode(&slots.encode()).unwrap();
    assert_eq!(read.slots.len(), 3);
    assert!(read.open(Unlock::RecoveryKey(&recovery), &NoKeyring).is_ok());
    let mut newer = slots.encode();
    newer.truncate(newer.len() - 32);
    newer[8] = VERSIONS[1] + 1;
    let sum = Sha256::digest(&newer);
    newer.extend_from_slice(&sum);
    assert!(matches!(Keyslots::decode(&newer), Err(VaultError::TooNew)));
}

#[test]
fn weak_passphrases_are_refused() {
    let (mut slots, master, _) = slots();
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    for weak in ["", "seven77", &"x".repeat(1025)] {
        let set = slots.set_passphrase(&master, weak, PassphraseCost::FLOOR, None, &mut rng);
        assert_eq!(set, Err(VaultError::WeakPassphrase));
    }
}

#[test]
fn two_ways_with_a_passphrase_or_two_slots_of_a_kind_are_damage() {
    let (slots, ..) = slots();
    for extra in [(BOUND, vec![0; 3]), (PASSPHRASE, vec![0; 3])] {
        let mut doubled = slots.clone();
        doubled.slots.push(extra);
        doubled.slots.sort_by_key(|(k, _)| *k);
        assert!(matches!(Keyslots::decode(&doubled.encode()), Err(e) if e == DAMAGED));
    }
}

/// A file of version 1, one of version 2, and the guardians' parts, as the first release that has them writes them.
const GOLDEN: [&str; 3] = [
    "29f553443faf07fcc5030c6f6d60b33326c39510ebb444230b262ef4fa90bd11",
    "66a41d7c3a227b896b0a8c7b4062c27318b9ddad25032cbbf46c6d9a1639a405",
    "170e015bd28788b548c24b2ca9329b5cc507106ead1b2b77aa7a6348f4c1bd59",
];

/// The whole file of each version, from seeds: what is on people's disks does not change.
#[test]
fn golden_files() {
    let (mut slots, master, _) = slots();
    let hash = |slots: &Keyslots| hex::encode(Sha256::digest(slots.encode()));
    assert_eq!(slots.encode()[8], 1);
    let first = hash(&slots);
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let secret = Key::new([0x5A; 32]);
    slots.set_passphrase(&master, PASS, PassphraseCost::FLOOR, Some(&secret), &mut rng).unwrap();
    let guardians = [1, 2, 3].map(|n| crate::envelope::public(&Key::new([n; 32])).unwrap());
    let (slot, shares) = GuardianSlot::fresh(slots.record, &guardians, 2, &mut rng).unwrap();
    slots.set_guardians(&slot, &master).unwrap();
    assert_eq!(slots.encode()[8], 2);
    assert_eq!(slots.slots.iter().map(|(k, _)| *k).collect::<Vec<_>>(), [RECOVERY, BOUND, GUARDIANS]);
    let parts: Vec<u8> = shares.iter().flat_map(|s| *s.to_bytes()).collect();
    assert_eq!([first, hash(&slots), hex::encode(Sha256::digest(parts))], GOLDEN);
}

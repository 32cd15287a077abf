//! Parts of guardians: how many open the record, and which do not.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;

use super::super::{Keyslots, Unlock};
use super::*;
use crate::NoKeyring;

const RECORD: [u8; 16] = [7; 16];
const CHECK_LEN: usize = 16;

struct Family {
    slots: Keyslots,
    master: Key,
    sealed: Vec<SealedShare>,
}

fn secret(n: u8) -> Key {
    Key::new([n; 32])
}

fn publics(n: u8) -> Vec<[u8; 32]> {
    (1..=n).map(|i| envelope::public(&secret(i)).unwrap()).collect()
}

fn family(n: u8, needed: u8, seed: u64) -> Family {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let master = Key::new([9; 32]);
    let (slot, sealed) = GuardianSlot::fresh(RECORD, &publics(n), needed, &mut rng).unwrap();
    let mut slots = Keyslots::new(RECORD);
    slots.set_guardians(&slot, &master).unwrap();
    Family { slots: Keyslots::decode(&slots.encode()).unwrap(), master, sealed }
}

impl Family {
    fn share(&self, n: u8) -> Share {
        self.sealed[usize::from(n) - 1].open(&secret(n)).unwrap()
    }

    fn open(&self, shares: &[Share]) -> Result<Key, VaultError> {
        self.slots.open(Unlock::Guardians(shares), &NoKeyring)
    }
}

#[test]
fn any_needed_ones_open_it_and_fewer_do_not() {
    let f = family(4, 3, 1);
    assert_eq!(f.slots.guardians(), Some((3, 4)));
    for left_out in 1..=4 {
        let three: Vec<Share> = (1..=4).filter(|n| *n != left_out).map(|n| f.share(n)).collect();
        assert_eq!(f.open(&three), Ok(f.master.clone()), "without {left_out}");
        let few = Err(VaultError::TooFewGuardians { have: 2, need: 3 });
        assert_eq!(f.open(&three[..2]), few);
        // The same part twice is one part.
        assert_eq!(f.open(&[three[0].clone(), three[1].clone(), three[1].clone()]), few);
    }
    assert_eq!(f.open(&[]), Err(VaultError::TooFewGuardians { have: 0, need: 3 }));
}

#[test]
fn a_bad_part_among_enough_good_ones_hinders_nobody() {
    let f = family(5, 2, 1);
    let other = family(5, 2, 2);
    let mut bent = f.share(1);
    bent.part.y = Key::new([1; 32]);
    let mut nowhere = f.share(2);
    nowhere.part.x = 0;
    let foreign = other.share(3);
    let bad = [bent, nowhere, foreign];
    assert_eq!(f.open(&bad), Err(VaultError::TooFewGuardians { have: 0, need: 2 }));
    let enough = [&bad[..], &[f.share(4), f.share(5)]].concat();
    assert_eq!(f.open(&enough), Ok(f.master.clone()));
}

#[test]
fn a_part_that_does_not_fit_is_told_from_one_that_does() {
    let (f, other) = (family(3, 2, 1), family(3, 2, 2));
    let checks = f.slots.checks().unwrap();
    assert_eq!((checks.needed(), checks.parts()), (2, 3));
    let read = Checks::from_bytes(&checks.to_bytes()).unwrap();
    assert_eq!(read, checks);
    assert!((1..=3).all(|n| read.fits(&f.share(n))));
    let mut bent = f.share(1);
    bent.part.y = Key::new([1; 32]);
    let mut moved = f.share(1);
    moved.part.x = 2;
    for bad in [&bent, &moved, &other.share(1)] {
        assert!(!read.fits(bad));
    }
    assert_eq!(read.key(&[bent, f.share(2)]), Err(VaultError::TooFewGuardians { have: 1, need: 2 }));
    let octets = checks.to_bytes();
    for cut in 0..octets.len() {
        assert_eq!(Checks::from_bytes(&octets[..cut]), None, "{cut}");
    }
    assert_eq!(Checks::from_bytes(&[octets.as_slice(), &[0; CHECK_LEN]].concat()), None);
}

#[test]
fn a_part_is_proven_for_one_question_and_to_who_kept_its_proof_key() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (slot, sealed) = GuardianSlot::fresh(RECORD, &publics(3), 2, &mut rng).unwrap();
    let (one, two) = (sealed[0].open(&secret(1)).unwrap(), sealed[1].open(&secret(2)).unwrap());
    let [first, second, _] = slot.proof_keys() else { panic!("three guardians") };
    let proof = one.prove(&[5; 32]);
    assert!(proves(first, &[5; 32], &proof));
    assert!(!proves(first, &[6; 32], &proof) && !proves(second, &[5; 32], &proof));
    assert!(!proves(first, &[5; 32], &two.prove(&[5; 32])));
    // The next guardians' parts are others, also those of the same people.
    let (next, _) = GuardianSlot::fresh(RECORD, &publics(3), 2, &mut rng).unwrap();
    assert!(!proves(&next.proof_keys()[0], &[5; 32], &proof));
}

#[test]
fn a_part_is_given_back_to_another_key_and_is_the_same_part() {
    let f = family(3, 2, 1);
    let mut rng = ChaCha20Rng::seed_from_u64(3);
    let to = envelope::public(&secret(9)).unwrap();
    let back =
        |n: u8, rng: &mut ChaCha20Rng| f.sealed[usize::from(n) - 1].reseal(&secret(n), &to, rng).unwrap();
    let both = [back(1, &mut rng), back(3, &mut rng)];
    assert!(matches!(both[0].open(&secret(1)), Err(VaultError::WrongPassphrase)));
    let shares = both.map(|sealed| sealed.open(&secret(9)).unwrap());
    assert_eq!(f.open(&shares), Ok(f.master.clone()));
    assert!(f.sealed[0].reseal(&secret(2), &to, &mut rng).is_err());
    assert!(f.sealed[0].reseal(&secret(1), &[0; 32], &mut rng).is_err());
}

#[test]
fn a_part_opens_for_its_guardian_only_and_unaltered() {
    let f = family(3, 2, 1);
    assert!(matches!(f.sealed[0].open(&secret(2)), Err(VaultError::WrongPassphrase)));
    for at in 0..SEALED_SHARE {
        let mut altered = *f.sealed[0].to_bytes();
        altered[at] ^= 1;
        let opened = SealedShare::from_bytes(&altered).map(|s| s.open(&secret(1)));
        assert!(!matches!(opened, Some(Ok(_))), "octet {at}");
    }
    assert_eq!(SealedShare::from_bytes(&f.sealed[0].to_bytes()[1..]), None);
    assert_eq!(SealedShare::from_bytes(f.sealed[0].to_bytes()).as_ref(), Some(&f.sealed[0]));
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let mut fresh = |keys: &[[u8; 32]], needed| GuardianSlot::fresh(RECORD, keys, needed, &mut rng).err();
    let out = Some(VaultError::OutOfBounds);
    let many: Vec<[u8; 32]> = (1..=11).map(|i| envelope::public(&secret(i)).unwrap()).collect();
    assert_eq!(fresh(&many, 2), out);
    assert_eq!(fresh(&publics(1), 1), out);
    assert_eq!(fresh(&publics(3), 1), out);
    assert_eq!(fresh(&publics(3), 4), out);
    assert_eq!(fresh(&[publics(1)[0]; 2], 2), out);
    assert_eq!(fresh(&[[0; 32], publics(1)[0]], 2), out, "a key of small order");
    assert_eq!(fresh(&publics(10), 10), None);
}

#[test]
fn a_slot_goes_into_its_own_record_only() {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let (slot, _) = GuardianSlot::fresh([8; 16], &publics(2), 2, &mut rng).unwrap();
    let mut slots = Keyslots::new(RECORD);
    assert_eq!(slots.set_guardians(&slot, &Key::new([1; 32])), Err(VaultError::OutOfBounds));
}

#[test]
fn the_last_way_back_is_never_removed() {
    let mut f = family(3, 2, 1);
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    assert_eq!(f.slots.remove_guardians(), Err(VaultError::LastDoor));
    f.slots.set_recovery(&f.master.clone(), &crate::RecoveryKey::random(&mut rng), &mut rng);
    assert_eq!(f.slots.remove_guardians(), Ok(()));
    assert_eq!(f.slots.remove_recovery(), Err(VaultError::LastDoor));
    assert!(f.slots.has_way_back());
}

//! Slot A': the passphrase together with a secret of this computer's keyring.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::argon::{self, PassphraseCost};
use super::{DAMAGED, SALT};
use crate::keyring::{Keyring, Unavailable};
use crate::secret::extract_sha512;
use crate::{Key, VaultError};

const VERSION: u8 = 1;
const CHECK: usize = 16;

/// version u8 || cost 12 || salt 32 || check 16.
pub(super) const HEAD: usize = 1 + argon::ENCODED + SALT + CHECK;

pub(super) fn head(record: &[u8; 16], cost: PassphraseCost, salt: &[u8; SALT], secret: &Key) -> Vec<u8> {
    [&[VERSION], cost.encode().as_slice(), salt, &check(record, salt, secret)].concat()
}

pub(super) fn prk(
    passphrase: &str,
    cost: PassphraseCost,
    salt: &[u8],
    secret: &Key,
) -> Result<Zeroizing<[u8; 64]>, VaultError> {
    let hashed = cost.derive(passphrase, salt)?;
    Ok(extract_sha512(salt, &[&*hashed, secret.expose()]))
}

/// Asks the keyring, and hashes only once its secret is the right one.
pub(super) fn open(
    record: &[u8; 16],
    head: &[u8],
    passphrase: &str,
    keyring: &dyn Keyring,
) -> Result<Zeroizing<[u8; 64]>, VaultError> {
    let ([version], rest) = head.split_first_chunk().ok_or(DAMAGED)?;
    if *version != VERSION {
        return Err(VaultError::TooNew);
    }
    let cost = PassphraseCost::decode(rest)?;
    let (salt, expected) = rest[argon::ENCODED..].split_first_chunk::<SALT>().ok_or(DAMAGED)?;
    argon::check_passphrase(passphrase).map_err(|_| VaultError::WrongPassphrase)?;
    let secret = match keyring.read(record) {
        Ok(Some(secret)) => secret,
        Ok(None) => return Err(VaultError::KeyringMissing),
        Err(Unavailable) => return Err(VaultError::KeyringUnavailable),
    };
    if !bool::from(check(record, salt, &secret).ct_eq(expected)) {
        return Err(VaultError::KeyringReplaced);
    }
    prk(passphrase, cost, salt, &secret)
}

/// Tells one secret from another without the passphrase. The secret is 32 random octets: its hash says nothing about it.
fn check(record: &[u8; 16], salt: &[u8; SALT], secret: &Key) -> [u8; CHECK] {
    let mac = secret.mac(&[b"salus/keyslot/keyring/v1", record, salt]);
    let mut half = [0; CHECK];
    half.copy_from_slice(&mac[..CHECK]);
    half
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    use super::super::tests::Holds;
    use super::super::{BOUND, Keyslots, Unlock};
    use super::*;
    use crate::NoKeyring;

    const PASS: &str = "correct horse battery";

    fn slots(secret: &Key) -> (Keyslots, Key) {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let master = Key::random(&mut rng);
        let mut slots = Keyslots::new([7; 16]);
        slots.set_passphrase(&master, PASS, PassphraseCost::FLOOR, Some(secret), &mut rng).unwrap();
        (slots, master)
    }

    #[test]
    fn it_opens_with_both_and_each_lack_has_its_own_name() {
        let secret = Key::new([3; 32]);
        let (slots, master) = slots(&secret);
        let slots = Keyslots::decode(&slots.encode()).unwrap();
        let open = |pass, keyring: &dyn Keyring| slots.open(Unlock::Passphrase(pass), keyring);
        let holds = Holds(Some(secret));
        assert_eq!(open(PASS, &holds), Ok(master));
        assert_eq!(open("correct horse batterY", &holds), Err(VaultError::WrongPassphrase));
        assert_eq!(open("short", &holds), Err(VaultError::WrongPassphrase));
        assert_eq!(open(PASS, &Holds(None)), Err(VaultError::KeyringMissing));
        assert_eq!(open(PASS, &Holds(Some(Key::new([4; 32])))), Err(VaultError::KeyringReplaced));
        assert_eq!(open(PASS, &NoKeyring), Err(VaultError::KeyringUnavailable));
    }

    #[test]
    fn a_downgraded_or_huge_cost_is_refused() {
        let secret = Key::new([3; 32]);
        let (slots, _) = slots(&secret);
        let opened = |change: &dyn Fn(&mut [u8])| {
            let mut altered = slots.clone();
            let (_, slot) = altered.slots.iter_mut().find(|(k, _)| *k == BOUND).unwrap();
            change(slot);
            Keyslots::decode(&altered.encode())
                .unwrap()
                .open(Unlock::Passphrase(PASS), &Holds(Some(secret.clone())))
        };
        let floor = PassphraseCost::FLOOR;
        for cost in [
            PassphraseCost { memory_kib: floor.memory_kib / 2, ..floor },
            PassphraseCost { memory_kib: 1024 * 1024 + 1, ..floor },
            PassphraseCost { memory_kib: u32::MAX, ..floor },
            PassphraseCost { passes: 1, ..floor },
            PassphraseCost { passes: u32::MAX, ..floor },
            PassphraseCost { lanes: 1, ..floor },
        ] {
            let set = |slot: &mut [u8]| slot[1..=argon::ENCODED].copy_from_slice(&cost.encode());
            assert_eq!(opened(&set), Err(VaultError::BadParameters), "{cost:?}");
        }
        // Within the limits, it is bound to the slot.
        let more = PassphraseCost { passes: 4, ..floor };
        let set = |slot: &mut [u8]| slot[1..=argon::ENCODED].copy_from_slice(&more.encode());
        assert_eq!(opened(&set), Err(VaultError::WrongPassphrase));
        assert_eq!(opened(&|slot| slot[0] = 2), Err(VaultError::TooNew));
    }
}

//! The age identities that open a backup: one that a recovery key stands for, and one that guardians' parts stand for together.
//!
//! ```text
//! prk      = HKDF-Extract-SHA512(salt = "salus/backup/v1", ikm = the 20 octets of the recovery key)
//! prk      = HKDF-Extract-SHA512(salt = "salus/backup/guardians/v1", ikm = the 32 octets of slot C's key)
//! scalar   = HKDF-Expand-SHA512(prk, info = "age x25519 identity", 32)
//! identity = Bech32("AGE-SECRET-KEY-", scalar), in capitals
//! ```
//!
//! Only that key goes in: whoever holds the paper, or enough parts, and nothing else, opens the file. 160 random bits need no
//! slow hash.
//!
//! # Source
//! RFC 5869; <https://age-encryption.org/v1> (native X25519 recipients); BIP 173 for Bech32.

use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use crate::keyslot::{Checks, Share};
use crate::secret::{expand_sha512, extract_sha512};
use crate::{Key, RecoveryKey, VaultError};

const SALT: &[u8] = b"salus/backup/v1";
const GUARDIANS: &[u8] = b"salus/backup/guardians/v1";
const INFO: &[u8] = b"age x25519 identity";
const PREFIX: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// The identity, `AGE-SECRET-KEY-1...`, 74 characters, as the stock tool reads it from a file.
#[must_use]
pub fn identity(key: &RecoveryKey) -> Zeroizing<String> {
    derived(SALT, key.expose())
}

/// The recipient that belongs to it, `age1...`, 62 characters: public, and opens nothing.
#[must_use]
pub fn recipient(key: &RecoveryKey) -> String {
    public(&identity(key))
}

/// The identity that enough guardians' parts stand for: of the backups that were made while this slot was the record's.
///
/// # Errors
/// [`VaultError::TooFewGuardians`].
pub fn identity_of_parts(checks: &Checks, shares: &[Share]) -> Result<Zeroizing<String>, VaultError> {
    Ok(derived(GUARDIANS, checks.key(shares)?.expose()))
}

/// The recipient that belongs to the key of a slot of guardians.
pub(crate) fn recipient_of_parts(key: &Key) -> String {
    public(&derived(GUARDIANS, key.expose()))
}

fn derived(salt: &[u8], ikm: &[u8]) -> Zeroizing<String> {
    let prk = extract_sha512(salt, &[ikm]);
    let mut scalar = Zeroizing::new([0; 32]);
    expand_sha512(&*prk, &[INFO], &mut *scalar);
    let text = bech32::encode_upper::<Bech32>(PREFIX, &*scalar);
    Zeroizing::new(text.unwrap_or_else(|_| unreachable!("32 octets are far below Bech32's limit")))
}

fn public(identity: &str) -> String {
    parsed(identity).to_public().to_string()
}

/// As the library reads it.
pub(crate) fn parsed(identity: &str) -> age::x25519::Identity {
    identity.parse().unwrap_or_else(|_| unreachable!("an identity of our own making is one"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The octets 1 to 20. Computed apart from this program: HMAC-SHA-512 and Bech32 in Python, the recipient by
    /// `age-keygen -y` 1.1.1.
    const KEY: &str = "0410-6105-0R3G-G28A-1C60-T3GF-208H-44RM-JNQJ";
    const IDENTITY: &str = "AGE-SECRET-KEY-1KATE0NKVW3KPZHM3XXFYHTQRCLL6SUF8U37A66HYMS96J3Y64T9QSRWUL3";
    const RECIPIENT: &str = "age18z7e76g8tkz3afl3khs8ngdg34p6aecr88h8utg5rhdvnjmv4veqax4hmc";

    /// A change makes every backup unreadable.
    #[test]
    fn the_derivation_stays() {
        let key: RecoveryKey = KEY.parse().unwrap();
        assert_eq!(*identity(&key), IDENTITY);
        assert_eq!(recipient(&key), RECIPIENT);
        let other =
            RecoveryKey::random(&mut <rand::rngs::ChaCha20Rng as rand_core::SeedableRng>::seed_from_u64(4));
        assert_ne!(*identity(&other), IDENTITY);
    }
}

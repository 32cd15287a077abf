//! The age identity that a recovery key stands for.
//!
//! ```text
//! prk      = HKDF-Extract-SHA512(salt = "salus/backup/v1", ikm = the 20 octets of the recovery key)
//! scalar   = HKDF-Expand-SHA512(prk, info = "age x25519 identity", 32)
//! identity = Bech32("AGE-SECRET-KEY-", scalar), in capitals
//! ```
//!
//! Only the recovery key goes in: whoever holds the paper, and nothing else, opens the file. 160 random bits need no
//! slow hash.
//!
//! # Source
//! RFC 5869; <https://age-encryption.org/v1> (native X25519 recipients); BIP 173 for Bech32.

use bech32::{Bech32, Hrp};
use zeroize::Zeroizing;

use crate::RecoveryKey;
use crate::secret::{expand_sha512, extract_sha512};

const SALT: &[u8] = b"salus/backup/v1";
const INFO: &[u8] = b"age x25519 identity";
const PREFIX: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// The identity, `AGE-SECRET-KEY-1...`, 74 characters, as the stock tool reads it from a file.
#[must_use]
pub fn identity(key: &RecoveryKey) -> Zeroizing<String> {
    let prk = extract_sha512(SALT, &[key.expose()]);
    let mut scalar = Zeroizing::new([0; 32]);
    expand_sha512(&*prk, &[INFO], &mut *scalar);
    let text = bech32::encode_upper::<Bech32>(PREFIX, &*scalar);
    Zeroizing::new(text.unwrap_or_else(|_| unreachable!("32 octets are far below Bech32's limit")))
}

/// The recipient that belongs to it, `age1...`, 62 characters: public, and opens nothing.
#[must_use]
pub fn recipient(key: &RecoveryKey) -> String {
    parsed(key).to_public().to_string()
}

/// As the library reads it.
pub(crate) fn parsed(key: &RecoveryKey) -> age::x25519::Identity {
    identity(key).parse().unwrap_or_else(|_| unreachable!("an identity of our own making is one"))
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

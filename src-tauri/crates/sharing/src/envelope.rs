//! One message sealed to one X25519 key: HPKE base mode, suite 0x01, one context per message.
//!
//! ```text
//! envelope = enc32 || ciphertext || tag16
//! ```
//!
//! An all-zero shared secret is refused by the library, on sealing and on opening.
//!
//! # Source
//! RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.

use salus_chain::ids::KemPublicKey;
use salus_keeper::envelope::{self, Envelope, KemSecretKey, TAG_LEN};
use zeroize::Zeroizing;

pub(crate) use salus_keeper::envelope::EnvelopeError;

const ENC: usize = 32;

/// Octets that an envelope adds to its message.
pub(crate) const OVERHEAD: usize = ENC + TAG_LEN;

/// Seals `message` to `to`.
pub(crate) fn seal(
    to: &KemPublicKey,
    info: &[u8],
    aad: &[u8],
    message: &[u8],
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, EnvelopeError> {
    let Envelope { enc, ciphertext } = envelope::seal(to, info, aad, message, rng)?;
    Ok([enc.as_slice(), &ciphertext].concat())
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    let (enc, ciphertext) = sealed.split_first_chunk::<ENC>().ok_or(EnvelopeError)?;
    let sealed = Envelope { enc: *enc, ciphertext: ciphertext.to_vec() };
    KemSecretKey::from_bytes(*key).open(info, aad, &sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{SeedableRng, rngs::ChaCha20Rng};
    use x25519_dalek::{PublicKey, StaticSecret};

    #[test]
    fn opens_only_whole_and_in_its_place() {
        let mut rng = ChaCha20Rng::from_seed([1; 32]);
        let secret = StaticSecret::from([9; 32]);
        let to = KemPublicKey(PublicKey::from(&secret).to_bytes());
        let sealed = seal(&to, b"info", b"aad", b"message", &mut rng).unwrap();
        assert_eq!(sealed.len(), OVERHEAD + 7);
        assert_eq!(open(&secret.to_bytes(), b"info", b"aad", &sealed).unwrap().as_slice(), b"message");
        assert_eq!(open(&secret.to_bytes(), b"infx", b"aad", &sealed), Err(EnvelopeError));
        assert_eq!(open(&secret.to_bytes(), b"info", b"aax", &sealed), Err(EnvelopeError));
        assert_eq!(open(&[8; 32], b"info", b"aad", &sealed), Err(EnvelopeError));
        for cut in 0..sealed.len() {
            assert_eq!(open(&secret.to_bytes(), b"info", b"aad", &sealed[..cut]), Err(EnvelopeError));
        }
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            // The key agreement ignores the highest bit of a point, but the encapsulated octets are part of its context.
            assert_eq!(open(&secret.to_bytes(), b"info", b"aad", &flipped), Err(EnvelopeError), "bit {bit}");
        }
    }

    #[test]
    fn a_point_of_small_order_is_refused_both_ways() {
        let mut rng = ChaCha20Rng::from_seed([2; 32]);
        assert_eq!(seal(&KemPublicKey([0; 32]), b"", b"", b"m", &mut rng), Err(EnvelopeError));
        let mut forged = vec![0; OVERHEAD + 1];
        assert_eq!(open(&[9; 32], b"", b"", &forged), Err(EnvelopeError));
        forged[0] = 1;
        assert_eq!(open(&[9; 32], b"", b"", &forged), Err(EnvelopeError));
    }
}

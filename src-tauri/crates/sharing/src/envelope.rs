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

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroizing;

type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

const ENC: usize = 32;

/// Octets that an envelope adds to its message.
pub(crate) const OVERHEAD: usize = ENC + 16;

/// The envelope does not open with this key, or the key to seal to is not a usable one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the sealed message does not open")]
pub(crate) struct EnvelopeError;

/// Seals `message` to `to`.
pub(crate) fn seal(
    to: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    message: &[u8],
    rng: &mut impl rand_core::CryptoRng,
) -> Result<Vec<u8>, EnvelopeError> {
    let to = Public::from_bytes(to).map_err(|_| EnvelopeError)?;
    let (enc, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &to,
        info,
        message,
        aad,
        rng,
    )
    .map_err(|_| EnvelopeError)?;
    let mut out = enc.to_bytes().to_vec();
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    key: &[u8; 32],
    info: &[u8],
    aad: &[u8],
    envelope: &[u8],
) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
    let (enc, sealed) = envelope.split_at_checked(ENC).ok_or(EnvelopeError)?;
    let enc = Encapped::from_bytes(enc).map_err(|_| EnvelopeError)?;
    let key = Private::from_bytes(key).map_err(|_| EnvelopeError)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key,
        &enc,
        info,
        sealed,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| EnvelopeError)
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
        let to = PublicKey::from(&secret).to_bytes();
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
        assert_eq!(seal(&[0; 32], b"", b"", b"m", &mut rng), Err(EnvelopeError));
        let mut forged = vec![0; OVERHEAD + 1];
        assert_eq!(open(&[9; 32], b"", b"", &forged), Err(EnvelopeError));
        forged[0] = 1;
        assert_eq!(open(&[9; 32], b"", b"", &forged), Err(EnvelopeError));
    }
}

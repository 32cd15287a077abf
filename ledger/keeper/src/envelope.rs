//! HPKE base mode, suite 0x01: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305 (RFC 9180). One context
//! for each message. An all-zero Diffie-Hellman result is refused on both sides.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::KemPublicKey;
use zeroize::{Zeroize, Zeroizing};

/// Octets that sealing adds to a text: the authentication tag.
pub const TAG_LEN: usize = 16;

/// Sealing or opening failed: a key of small order, or octets that were not sealed to this key, info and aad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed for this key and context")]
pub struct EnvelopeError;

/// A sealed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The sender's one-time public key.
    pub enc: [u8; 32],
    /// Ciphertext and tag.
    pub ciphertext: Vec<u8>,
}

/// An X25519 secret key; wiped on drop, never shown.
#[derive(Clone)]
pub struct KemSecretKey([u8; 32]);

impl Drop for KemSecretKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for KemSecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KemSecretKey(..)")
    }
}

impl KemSecretKey {
    /// A fresh key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut octets = [0u8; 32];
        rng.fill_bytes(&mut octets);
        Self(octets)
    }

    /// The key of these octets; any octets are a key.
    pub fn from_bytes(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// The octets: for sealing at rest, never for showing.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0)
    }

    /// The public half.
    ///
    /// # Errors
    /// [`EnvelopeError`] never happens for 32 octets; it is the library's signature.
    pub fn public_key(&self) -> Result<KemPublicKey, EnvelopeError> {
        let secret = self.secret()?;
        Ok(KemPublicKey(X25519HkdfSha256::sk_to_pk(&secret).to_bytes().into()))
    }

    fn secret(&self) -> Result<<X25519HkdfSha256 as Kem>::PrivateKey, EnvelopeError> {
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| EnvelopeError)
    }

    /// Opens what was sealed to this key with the same `info` and `aad`.
    ///
    /// # Errors
    /// [`EnvelopeError`].
    pub fn open(
        &self,
        info: &[u8],
        aad: &[u8],
        envelope: &Envelope,
    ) -> Result<Zeroizing<Vec<u8>>, EnvelopeError> {
        let enc =
            <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(&envelope.enc).map_err(|_| EnvelopeError)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.secret()?,
            &enc,
            info,
            &envelope.ciphertext,
            aad,
        )
        .map(Zeroizing::new)
        .map_err(|_| EnvelopeError)
    }
}

/// Seals `text` to `to`.
///
/// # Errors
/// [`EnvelopeError`] when the key is of small order.
pub fn seal(
    to: &KemPublicKey,
    info: &[u8],
    aad: &[u8],
    text: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<Envelope, EnvelopeError> {
    let to = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).map_err(|_| EnvelopeError)?;
    let (enc, ciphertext) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &to,
            info,
            text,
            aad,
            rng,
        )
        .map_err(|_| EnvelopeError)?;
    Ok(Envelope { enc: enc.to_bytes().into(), ciphertext })
}

impl Envelope {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.fixed(self.enc);
        out.lp(&self.ciphertext);
    }

    pub(crate) fn read(input: &mut Reader<'_>, limit: usize) -> Result<Self, CodecError> {
        Ok(Self { enc: input.array()?, ciphertext: input.lp(limit)?.to_vec() })
    }
}

#[cfg(test)]
mod vectors;

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    #[test]
    fn only_the_key_info_and_aad_it_was_sealed_with_open_it() {
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let (key, other) = (KemSecretKey::generate(&mut rng), KemSecretKey::generate(&mut rng));
        let sealed = seal(&key.public_key().unwrap(), b"info", b"aad", b"text", &mut rng).unwrap();
        assert_eq!(key.open(b"info", b"aad", &sealed).unwrap().as_slice(), b"text");
        assert_eq!(other.open(b"info", b"aad", &sealed), Err(EnvelopeError));
        assert_eq!(key.open(b"Info", b"aad", &sealed), Err(EnvelopeError));
        assert_eq!(key.open(b"info", b"Aad", &sealed), Err(EnvelopeError));
        for bit in 0..8 * sealed.ciphertext.len() {
            let mut flipped = sealed.clone();
            flipped.ciphertext[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.open(b"info", b"aad", &flipped), Err(EnvelopeError));
        }
    }

    #[test]
    fn an_all_zero_result_is_refused_on_both_sides() {
        let mut rng = ChaCha20Rng::seed_from_u64(2);
        let mut one = [0u8; 32];
        one[0] = 1;
        for small in [[0u8; 32], one] {
            assert_eq!(seal(&KemPublicKey(small), b"", b"", b"x", &mut rng), Err(EnvelopeError));
            let sealed = Envelope { enc: small, ciphertext: vec![0; 17] };
            assert_eq!(KemSecretKey::generate(&mut rng).open(b"", b"", &sealed), Err(EnvelopeError));
        }
    }
}

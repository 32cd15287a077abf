//! HPKE of suite DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305: base mode, and PSK mode where the sender must
//! prove that it is ours.
//!
//! # Source
//! RFC 9180 sections 5.1.1 and 5.1.2; the library refuses an all-zero Diffie-Hellman result (section 7.1.4).

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256 as X25519;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, PskBundle, Serializable};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::Key;

/// Octets of an encapsulated key.
pub(crate) const ENC: usize = 32;
/// Octets that sealing adds: the encapsulated key and the tag.
pub(crate) const OVERHEAD: usize = ENC + 16;

/// Not sealed to this key, for this purpose, by who had to seal it; or a key of small order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotForUs;

/// What sender and receiver agree on beside the key: what for, where, and (in PSK mode) a secret that both have.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) info: &'a [u8],
    pub(crate) aad: &'a [u8],
    pub(crate) psk: Option<(&'a Key, &'a [u8])>,
}

/// The public half of a secret key.
pub(crate) fn public(secret: &Key) -> Result<[u8; 32], NotForUs> {
    let secret = <X25519 as Kem>::PrivateKey::from_bytes(secret.expose()).map_err(|_| NotForUs)?;
    Ok(X25519::sk_to_pk(&secret).to_bytes().into())
}

/// Seals to a public key: enc 32 || ciphertext and tag.
pub(crate) fn seal(
    to: &[u8; 32],
    context: Context<'_>,
    plain: &[u8],
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<Vec<u8>, NotForUs> {
    let to = <X25519 as Kem>::PublicKey::from_bytes(to).map_err(|_| NotForUs)?;
    let mode = match context.psk {
        None => OpModeS::Base,
        Some((psk, id)) => OpModeS::Psk(PskBundle::new(psk.expose(), id).map_err(|_| NotForUs)?),
    };
    let (enc, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &mode,
        &to,
        context.info,
        plain,
        context.aad,
        &mut &mut *rng,
    )
    .map_err(|_| NotForUs)?;
    Ok([enc.to_bytes().as_slice(), &sealed].concat())
}

/// Opens what [`seal`] made.
pub(crate) fn open(
    secret: &Key,
    context: Context<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, NotForUs> {
    let (enc, sealed) = sealed.split_first_chunk::<ENC>().ok_or(NotForUs)?;
    let secret = <X25519 as Kem>::PrivateKey::from_bytes(secret.expose()).map_err(|_| NotForUs)?;
    let enc = <X25519 as Kem>::EncappedKey::from_bytes(enc).map_err(|_| NotForUs)?;
    let mode = match context.psk {
        None => OpModeR::Base,
        Some((psk, id)) => OpModeR::Psk(PskBundle::new(psk.expose(), id).map_err(|_| NotForUs)?),
    };
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519>(
        &mode,
        &secret,
        &enc,
        context.info,
        sealed,
        context.aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| NotForUs)
}

#[cfg(test)]
mod vectors;

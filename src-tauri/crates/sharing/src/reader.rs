//! The secret half of one invitation.

use salus_chain::ids::{KemPublicKey, ReaderKey};
use salus_chain::sign::SigningKey;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// The clinician's keys of one invitation: one signs receipts, one opens what is sealed. Wiped on drop.
#[derive(Clone)]
pub struct ReaderSecret {
    signing: SigningKey,
    kem: StaticSecret,
}

impl ReaderSecret {
    /// Fresh keys.
    #[must_use]
    pub fn generate(rng: &mut impl rand_core::CryptoRng) -> Self {
        let mut octets = Zeroizing::new([0; 64]);
        rng.fill_bytes(&mut *octets);
        Self::from_bytes(&octets)
    }

    /// From what [`ReaderSecret::to_bytes`] gave.
    #[must_use]
    pub fn from_bytes(octets: &[u8; 64]) -> Self {
        let (mut signing, mut kem) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        signing.copy_from_slice(&octets[..32]);
        kem.copy_from_slice(&octets[32..]);
        Self { signing: SigningKey::from_bytes(&signing), kem: StaticSecret::from(*kem) }
    }

    /// Signing seed, then X25519 secret: for sealing at rest only.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 64]> {
        let mut octets = Zeroizing::new([0; 64]);
        octets[..32].copy_from_slice(&*Zeroizing::new(self.signing.to_bytes()));
        octets[32..].copy_from_slice(self.kem.as_bytes());
        octets
    }

    /// The public half, as the code carries it.
    #[must_use]
    pub fn public(&self) -> ReaderKey {
        ReaderKey::new(self.signing.verifying_key(), KemPublicKey(PublicKey::from(&self.kem).to_bytes()))
    }

    pub(crate) const fn signing(&self) -> &SigningKey {
        &self.signing
    }

    pub(crate) fn kem(&self) -> &[u8; 32] {
        self.kem.as_bytes()
    }
}

impl core::fmt::Debug for ReaderSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "ReaderSecret(of {})", self.public())
    }
}

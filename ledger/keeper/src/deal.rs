//! Dealing: the patient's device makes a polynomial for one grant, commits to it, and gives each keeper a share.

use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::{Identity, VartimeMultiscalarMul};
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand_core::CryptoRng;
use salus_chain::genesis::MAX_MEMBERS;
use salus_chain::ids::{GrantId, Hash32, KeeperSetId, sha256};
use zeroize::{Zeroize, Zeroizing};

mod accept;
mod refused;
#[cfg(test)]
mod tests;

pub use accept::{accept, seal_deal, share_aad, share_info};
pub use refused::DealRefused;

/// Commitments at most: the threshold of 21 members is 13.
pub const MAX_COMMITMENTS: usize = 2 * ((MAX_MEMBERS - 1) / 3) + 1;

/// x_i, a keeper's value of the polynomial; wiped on drop, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Share(Scalar);

impl Drop for Share {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl std::fmt::Debug for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Share(..)")
    }
}

impl Share {
    /// The share of canonical octets; zero is refused.
    ///
    /// # Errors
    /// [`DealRefused::Share`].
    pub fn from_bytes(octets: &[u8; 32]) -> Result<Self, DealRefused> {
        Option::from(Scalar::from_canonical_bytes(*octets))
            .filter(|scalar| *scalar != Scalar::ZERO)
            .map(Self)
            .ok_or(DealRefused::Share)
    }

    /// The octets: for the sealed message and the key file only.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    pub(crate) fn scalar(&self) -> &Scalar {
        &self.0
    }

    /// X_i = x_i * G.
    pub fn public(&self) -> RistrettoPoint {
        RistrettoPoint::mul_base(&self.0)
    }
}

/// A_0 .. A_{t-1}: canonical points, none the identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitments {
    octets: Vec<[u8; 32]>,
    points: Vec<RistrettoPoint>,
}

impl Commitments {
    /// Parses exactly `threshold` points.
    ///
    /// # Errors
    /// [`DealRefused::PointCount`], [`DealRefused::Point`] or [`DealRefused::Identity`].
    pub fn parse(octets: &[[u8; 32]], threshold: u16) -> Result<Self, DealRefused> {
        if threshold == 0 || octets.len() != usize::from(threshold) || octets.len() > MAX_COMMITMENTS {
            return Err(DealRefused::PointCount);
        }
        let points = octets.iter().map(|octets| {
            let point = CompressedRistretto(*octets).decompress().ok_or(DealRefused::Point)?;
            if point == RistrettoPoint::identity() { Err(DealRefused::Identity) } else { Ok(point) }
        });
        Ok(Self { octets: octets.to_vec(), points: points.collect::<Result<_, _>>()? })
    }

    /// The encodings.
    pub fn octets(&self) -> &[[u8; 32]] {
        &self.octets
    }

    /// t.
    pub fn threshold(&self) -> u16 {
        u16::try_from(self.octets.len()).unwrap_or(u16::MAX)
    }

    /// SHA-256("hg/v1/commit" || grant_id || keeper_set_id || u16 t || A_0..A_{t-1}).
    pub fn hash(&self, grant: &GrantId, keepers: &KeeperSetId) -> Hash32 {
        let t = self.threshold().to_be_bytes();
        Hash32(sha256(&[b"hg/v1/commit", &grant.0, &keepers.0, &t, self.octets.as_flattened()]))
    }

    /// X_i = sum of A_k * i^k: what keeper `index`'s share must be the logarithm of.
    ///
    /// # Errors
    /// [`DealRefused::Index`] for index 0.
    pub fn public_share(&self, index: u16) -> Result<RistrettoPoint, DealRefused> {
        if index == 0 {
            return Err(DealRefused::Index);
        }
        let x = Scalar::from(index);
        let powers = std::iter::successors(Some(Scalar::ONE), |power| Some(power * x));
        let powers: Vec<Scalar> = powers.take(self.points.len()).collect();
        Ok(RistrettoPoint::vartime_multiscalar_mul(powers, &self.points))
    }

    /// Checks x_i * G == X_i.
    ///
    /// # Errors
    /// [`DealRefused::Mismatch`] or [`DealRefused::Index`].
    pub fn verify_share(&self, index: u16, share: &Share) -> Result<(), DealRefused> {
        if share.public() == self.public_share(index)? { Ok(()) } else { Err(DealRefused::Mismatch) }
    }
}

/// The polynomial of one grant, in the patient's memory only; wiped on drop.
pub struct Dealing {
    coefficients: Vec<Scalar>,
    commitments: Commitments,
}

impl Drop for Dealing {
    fn drop(&mut self) {
        self.coefficients.zeroize();
    }
}

impl std::fmt::Debug for Dealing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Dealing(threshold {})", self.commitments.threshold())
    }
}

impl Dealing {
    /// A fresh polynomial of degree `threshold` - 1.
    ///
    /// # Errors
    /// [`DealRefused::PointCount`] for a threshold of zero or above [`MAX_COMMITMENTS`].
    pub fn generate(threshold: u16, rng: &mut impl CryptoRng) -> Result<Self, DealRefused> {
        Self::from_coefficients((0..threshold).map(|_| Scalar::random(rng)).collect())
    }

    /// The polynomial with these coefficients, the constant first.
    ///
    /// # Errors
    /// [`DealRefused::PointCount`] or [`DealRefused::Identity`].
    pub fn from_coefficients(coefficients: Vec<Scalar>) -> Result<Self, DealRefused> {
        let threshold = u16::try_from(coefficients.len()).map_err(|_| DealRefused::PointCount)?;
        let octets: Vec<[u8; 32]> =
            coefficients.iter().map(|a| RistrettoPoint::mul_base(a).compress().to_bytes()).collect();
        let commitments = Commitments::parse(&octets, threshold)?;
        Ok(Self { coefficients, commitments })
    }

    /// The commitments.
    pub fn commitments(&self) -> &Commitments {
        &self.commitments
    }

    /// f(index), by Horner's rule.
    ///
    /// # Errors
    /// [`DealRefused::Index`] for index 0; [`DealRefused::Share`] when the value is zero.
    pub fn share(&self, index: u16) -> Result<Share, DealRefused> {
        if index == 0 {
            return Err(DealRefused::Index);
        }
        let x = Scalar::from(index);
        let value = self.coefficients.iter().rev().fold(Scalar::ZERO, |sum, a| sum * x + a);
        if value == Scalar::ZERO { Err(DealRefused::Share) } else { Ok(Share(value)) }
    }

    /// x_g = a_0: the whole key, for the patient's own check of what readers will compute.
    pub fn secret(&self) -> Share {
        Share(self.coefficients.first().copied().unwrap_or(Scalar::ZERO))
    }
}

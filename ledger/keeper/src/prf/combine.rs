//! From t keepers' values to the PRF's output.

use curve25519_dalek::traits::{Identity, MultiscalarMul};
use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

use super::SlotPrf;

/// Why values cannot be combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CombineError {
    /// Fewer keepers than the threshold.
    #[error("{have} of {need} answers")]
    TooFew {
        /// Verified answers.
        have: usize,
        /// The threshold.
        need: usize,
    },
    /// An index is zero or appears twice.
    #[error("a keeper's index is zero or doubled")]
    Index,
    /// The keepers answered for different numbers of slots.
    #[error("the answers are for different slots")]
    Slots,
    /// The result is the identity: no honest dealing gives it.
    #[error("the result is not a key")]
    Identity,
}

/// lambda_i at zero for each index.
///
/// # Errors
/// [`CombineError::Index`] when an index is zero or doubled.
pub fn lagrange_at_zero(indices: &[u16]) -> Result<Vec<Scalar>, CombineError> {
    let points: Vec<Scalar> = indices.iter().map(|index| Scalar::from(*index)).collect();
    let coefficient = |(place, x): (usize, &Scalar)| {
        let others = points.iter().enumerate().filter(|(other, _)| *other != place);
        let (top, bottom) =
            others.fold((Scalar::ONE, Scalar::ONE), |(top, bottom), (_, y)| (top * y, bottom * (y - x)));
        if *x == Scalar::ZERO || bottom == Scalar::ZERO {
            return Err(CombineError::Index);
        }
        Ok(top * bottom.invert())
    };
    points.iter().enumerate().map(coefficient).collect()
}

/// The output for each slot from the verified values of exactly the first `threshold` of `values`.
///
/// # Errors
/// [`CombineError`].
pub fn combine(
    threshold: u16,
    inputs: &[Vec<u8>],
    values: &[(u16, Vec<RistrettoPoint>)],
) -> Result<Vec<SlotPrf>, CombineError> {
    let need = usize::from(threshold);
    let chosen =
        values.get(..need).filter(|_| need > 0).ok_or(CombineError::TooFew { have: values.len(), need })?;
    if chosen.iter().any(|(_, points)| points.len() != inputs.len()) {
        return Err(CombineError::Slots);
    }
    let indices: Vec<u16> = chosen.iter().map(|(index, _)| *index).collect();
    let lambdas = lagrange_at_zero(&indices)?;
    let outputs = inputs.iter().enumerate().map(|(slot, input)| {
        let z = RistrettoPoint::multiscalar_mul(&lambdas, chosen.iter().map(|(_, points)| points[slot]));
        if z == RistrettoPoint::identity() { Err(CombineError::Identity) } else { Ok(finalize(input, &z)) }
    });
    outputs.collect()
}

/// SHA-512(u16 length || input || u16 32 || Z || "Finalize").
pub fn finalize(input: &[u8], z: &RistrettoPoint) -> SlotPrf {
    let length = u16::try_from(input.len()).unwrap_or(u16::MAX);
    let element = Zeroizing::new(z.compress().to_bytes());
    let hash = Sha512::new()
        .chain_update(length.to_be_bytes())
        .chain_update(input)
        .chain_update(32u16.to_be_bytes())
        .chain_update(*element)
        .chain_update(b"Finalize");
    Zeroizing::new(hash.finalize().into())
}

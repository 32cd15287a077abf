//! Evaluation with one batched proof, and its verification.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_POINT as G;
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::traits::{Identity, MultiscalarMul, VartimeMultiscalarMul};
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand_core::CryptoRng;
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

use super::hash::{CONTEXT, hash_to_group, hash_to_scalar};

/// One keeper's values for the slots of one request, and the proof that all were made with its share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Y of each slot, in the order of the request.
    pub points: Vec<[u8; 32]>,
    /// c || s (RFC 9497 section 2.2.1).
    pub proof: [u8; 64],
}

/// Why an evaluation is not the keeper's honest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefused {
    /// Not one point for each slot.
    #[error("not one value for each slot")]
    Count,
    /// A point or scalar that is not canonical, or the identity.
    #[error("a value is not a canonical group element")]
    Encoding,
    /// The proof does not hold.
    #[error("the proof does not hold")]
    Proof,
}

/// Y_i = share * HashToGroup(input_i), with one proof for all. The nonce is hedged: it depends on the share,
/// on `rng` and on the statement, so neither a stuck generator nor a repeated statement reveals the share.
pub fn evaluate(share: &Scalar, inputs: &[Vec<u8>], rng: &mut impl CryptoRng) -> Evaluation {
    let bases: Vec<RistrettoPoint> = inputs.iter().map(|input| hash_to_group(input)).collect();
    let mut fresh = Zeroizing::new([0u8; 32]);
    rng.fill_bytes(&mut *fresh);
    let statement =
        bases.iter().fold(Sha512::new(), |hash, base| hash.chain_update(base.compress().as_bytes()));
    let wide: Zeroizing<[u8; 64]> = Zeroizing::new(
        Sha512::new()
            .chain_update(b"hg/v1/dleq-nonce")
            .chain_update(share.as_bytes())
            .chain_update(*fresh)
            .chain_update(statement.finalize())
            .finalize()
            .into(),
    );
    let nonce = Zeroizing::new(Scalar::from_bytes_mod_order_wide(&wide));
    evaluate_bases(share, &bases, &nonce)
}

// The RFC's BlindEvaluate with its random scalar given, so that its vectors can be checked.
pub(super) fn evaluate_bases(share: &Scalar, bases: &[RistrettoPoint], nonce: &Scalar) -> Evaluation {
    let public = RistrettoPoint::mul_base(share).compress();
    let values: Vec<RistrettoPoint> = bases.iter().map(|base| base * share).collect();
    let points: Vec<[u8; 32]> = values.iter().map(|value| value.compress().to_bytes()).collect();
    let weights = composite_weights(&public, bases, &points);
    // The bases are public; the products with the share and the nonce are constant-time.
    let m = RistrettoPoint::multiscalar_mul(&weights, bases);
    let z = m * share;
    let (t2, t3) = (RistrettoPoint::mul_base(nonce), m * nonce);
    let c = challenge(&public, [m, z, t2, t3]);
    let s = nonce - c * share;
    let mut proof = [0u8; 64];
    proof[..32].copy_from_slice(c.as_bytes());
    proof[32..].copy_from_slice(s.as_bytes());
    Evaluation { points, proof }
}

/// The points of an evaluation when it was made with the secret of `public`.
///
/// # Errors
/// [`ProofRefused`].
pub fn verify(
    public: &RistrettoPoint,
    inputs: &[Vec<u8>],
    evaluation: &Evaluation,
) -> Result<Vec<RistrettoPoint>, ProofRefused> {
    let bases: Vec<RistrettoPoint> = inputs.iter().map(|input| hash_to_group(input)).collect();
    verify_bases(public, &bases, evaluation)
}

pub(super) fn verify_bases(
    public: &RistrettoPoint,
    bases: &[RistrettoPoint],
    evaluation: &Evaluation,
) -> Result<Vec<RistrettoPoint>, ProofRefused> {
    if bases.is_empty() || evaluation.points.len() != bases.len() {
        return Err(ProofRefused::Count);
    }
    let values = evaluation.points.iter().map(|octets| {
        let point = CompressedRistretto(*octets).decompress().ok_or(ProofRefused::Encoding)?;
        if point == RistrettoPoint::identity() { Err(ProofRefused::Encoding) } else { Ok(point) }
    });
    let values: Vec<RistrettoPoint> = values.collect::<Result<_, _>>()?;
    let c = scalar(&evaluation.proof, 0)?;
    let s = scalar(&evaluation.proof, 32)?;
    let compressed = public.compress();
    let weights = composite_weights(&compressed, bases, &evaluation.points);
    let m = RistrettoPoint::vartime_multiscalar_mul(&weights, bases);
    let z = RistrettoPoint::vartime_multiscalar_mul(&weights, &values);
    let t2 = RistrettoPoint::vartime_multiscalar_mul([s, c], [G, *public]);
    let t3 = RistrettoPoint::vartime_multiscalar_mul([s, c], [m, z]);
    if challenge(&compressed, [m, z, t2, t3]) == c { Ok(values) } else { Err(ProofRefused::Proof) }
}

fn scalar(proof: &[u8; 64], at: usize) -> Result<Scalar, ProofRefused> {
    let mut octets = [0u8; 32];
    octets.copy_from_slice(&proof[at..at + 32]);
    Option::from(Scalar::from_canonical_bytes(octets)).ok_or(ProofRefused::Encoding)
}

const ELEMENT: [u8; 2] = 32u16.to_be_bytes();

// d_i of ComputeComposites (RFC 9497 section 2.2.1).
fn composite_weights(
    public: &CompressedRistretto,
    bases: &[RistrettoPoint],
    points: &[[u8; 32]],
) -> Vec<Scalar> {
    let dst_len = u16::try_from(b"Seed-".len() + CONTEXT.len()).unwrap_or(u16::MAX).to_be_bytes();
    let seed = Sha512::new()
        .chain_update(ELEMENT)
        .chain_update(public.as_bytes())
        .chain_update(dst_len)
        .chain_update(b"Seed-")
        .chain_update(CONTEXT)
        .finalize();
    let pairs = (0u16..).zip(bases.iter().zip(points));
    pairs
        .map(|(index, (base, point))| {
            hash_to_scalar(&[
                &64u16.to_be_bytes(),
                &seed,
                &index.to_be_bytes(),
                &ELEMENT,
                base.compress().as_bytes(),
                &ELEMENT,
                point,
                b"Composite",
            ])
        })
        .collect()
}

fn challenge(public: &CompressedRistretto, points: [RistrettoPoint; 4]) -> Scalar {
    let mut transcript = Vec::with_capacity(5 * 34 + 9);
    for octets in std::iter::once(*public).chain(points.iter().map(RistrettoPoint::compress)) {
        transcript.extend_from_slice(&ELEMENT);
        transcript.extend_from_slice(octets.as_bytes());
    }
    transcript.extend_from_slice(b"Challenge");
    hash_to_scalar(&[&transcript])
}

//! Hashing to the group and to scalars.

use curve25519_dalek::{RistrettoPoint, Scalar};
use sha2::{Digest, Sha512};

/// "OPRFV1-" || I2OSP(mode VOPRF = 1, 1) || "-ristretto255-SHA512".
pub(super) const CONTEXT: &[u8] = b"OPRFV1-\x01-ristretto255-SHA512";

// RFC 9380 section 5.3.1 for exactly one block of output (ell = 1): b_0, then b_1.
fn expand_message_xmd(parts: &[&[u8]], label: &[u8]) -> [u8; 64] {
    let dst_len = u8::try_from(label.len() + CONTEXT.len()).unwrap_or(u8::MAX);
    let dst = |hash: Sha512| hash.chain_update(label).chain_update(CONTEXT).chain_update([dst_len]);
    // Z_pad: one input block of SHA-512 (128 octets) of zeros.
    let mut first = Sha512::new().chain_update([0u8; 128]);
    for part in parts {
        first.update(part);
    }
    // l_i_b_str: the 64 octets of output, as two octets; then I2OSP(0, 1).
    let b_0 = dst(first.chain_update([0, 64, 0])).finalize();
    dst(Sha512::new().chain_update(b_0).chain_update([1])).finalize().into()
}

/// HashToGroup of the suite: DST "HashToGroup-" || contextString.
pub fn hash_to_group(input: &[u8]) -> RistrettoPoint {
    RistrettoPoint::from_uniform_bytes(&expand_message_xmd(&[input], b"HashToGroup-"))
}

/// HashToScalar of the suite: DST "HashToScalar-" || contextString.
pub(super) fn hash_to_scalar(parts: &[&[u8]]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&expand_message_xmd(parts, b"HashToScalar-"))
}

//! Padding that hides most of a length: `u32 length || plain || zeros`, to 256 octets and then to Padmé steps.
//!
//! # Source
//! Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", 2019, section 4.3:
//! at most 12 % overhead, and `O(log log M)` bits leaked.

use zeroize::Zeroizing;

/// Octets of the length before the plain text.
pub(super) const PREFIX: usize = 4;

/// The least padded length and the granule of small ones.
const GRANULE: usize = 256;

/// The padded length of `plain` octets.
#[must_use]
pub fn padded_len(plain: usize) -> usize {
    padme((plain + PREFIX).next_multiple_of(GRANULE))
}

fn padme(len: usize) -> usize {
    // E = floor(log2 L); S = floor(log2 E) + 1; the E - S low bits become zero.
    let e = len.max(2).ilog2();
    let s = e.max(1).ilog2() + 1;
    len.next_multiple_of(1 << e.saturating_sub(s))
}

/// Pads.
#[must_use]
pub(crate) fn pad(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let len = u32::try_from(plain.len()).unwrap_or_else(|_| unreachable!("every caller limits to megabytes"));
    let total = padded_len(plain.len());
    let mut out = Zeroizing::new(Vec::with_capacity(total));
    out.extend_from_slice(&len.to_be_bytes());
    out.extend_from_slice(plain);
    out.resize(total, 0);
    out
}

/// The plain text; `None` unless the padding is exactly the one that [`pad`] makes.
#[must_use]
pub(crate) fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (prefix, rest) = padded.split_first_chunk::<PREFIX>()?;
    let len = usize::try_from(u32::from_be_bytes(*prefix)).ok()?;
    let (plain, zeros) = rest.split_at_checked(len)?;
    (padded.len() == padded_len(len) && zeros.iter().all(|z| *z == 0)).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_are_the_documented_ones() {
        for (plain, padded) in
            [(0, 256), (252, 256), (253, 512), (8188, 8192), (8189, 8704), (20_000, 20_480)]
        {
            assert_eq!(padded_len(plain), padded, "{plain}");
        }
    }

    #[test]
    fn other_paddings_are_refused() {
        let mut p = pad(b"abc").to_vec();
        assert_eq!(unpad(&p), Some(&b"abc"[..]));
        p.push(0);
        assert_eq!(unpad(&p), None);
        p.pop();
        *p.last_mut().unwrap() = 1;
        assert_eq!(unpad(&p), None);
        assert_eq!(unpad(&[255; 256]), None);
        assert_eq!(unpad(&[]), None);
    }

    proptest! {
        #[test]
        fn round_trip(plain in proptest::collection::vec(any::<u8>(), 0..40_000)) {
            let p = pad(&plain);
            prop_assert_eq!(unpad(&p), Some(&plain[..]));
            prop_assert!(p.len() <= 256.max((plain.len() + 4) * 112 / 100 + 256));
        }
    }
}

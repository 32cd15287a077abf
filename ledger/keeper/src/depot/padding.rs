//! Padded sizes of fetched blobs.

/// The smallest size that a reply hides behind.
const FLOOR: usize = 256;

/// Length after padding: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
/// Communication with PURBs", section 4) above 256 octets, at most 12 % more.
pub fn padded_len(len: usize) -> usize {
    if len <= FLOOR {
        return FLOOR;
    }
    let exponent = len.ilog2();
    let digits = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - digits)) - 1;
    len.saturating_add(mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_small_and_stable() {
        assert_eq!((padded_len(0), padded_len(256), padded_len(257)), (256, 256, 272));
        for len in (0..1 << 22).step_by(997) {
            let padded = padded_len(len);
            assert!(padded >= len && padded <= len.max(FLOOR) + len / 8, "{len} {padded}");
            assert_eq!(padded_len(padded), padded);
        }
    }
}

//! CSC Measurement 2A5B and CSC Feature 2A5C.
//!
//! ```text
//! 2A5B  flags u8  bit 0 wheel, bit 1 crank
//!       wheel u32 revolutions, u16 time of the last one
//!       crank u16 revolutions, u16 time of the last one
//! 2A5C  u16  bit 0 wheel, 1 crank, 2 several sensor locations
//! ```
//!
//! Revolutions count from an unknown start and wrap. Times are in 1/1024 s and wrap after 64 s.

use super::{Malformed, Octets};

/// A wheel's counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wheel {
    /// Revolutions so far.
    pub revolutions: u32,
    /// When the last one ended, in ticks of the characteristic.
    pub ticks: u16,
}

/// A crank's counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crank {
    /// Revolutions so far.
    pub revolutions: u16,
    /// When the last one ended, in ticks of the characteristic.
    pub ticks: u16,
}

/// One packet, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycling {
    /// The wheel, 1/1024 s.
    pub wheel: Option<Wheel>,
    /// The crank, 1/1024 s.
    pub crank: Option<Crank>,
}

/// What a sensor can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Wheel revolutions.
    pub wheel: bool,
    /// Crank revolutions.
    pub crank: bool,
    /// It can be mounted at several places.
    pub locations: bool,
}

/// Decodes 2A5B.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn decode(bytes: &[u8]) -> Result<Cycling, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let wheel = if flags & 0x01 == 0 { None } else { Some(wheel(&mut octets)?) };
    let crank = if flags & 0x02 == 0 { None } else { Some(crank(&mut octets)?) };
    octets.end()?;
    Ok(Cycling { wheel, crank })
}

/// Decodes 2A5C.
///
/// # Errors
/// Not two octets.
pub fn features(bytes: &[u8]) -> Result<Features, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = octets.u16()?;
    octets.end()?;
    Ok(Features { wheel: bits & 0x01 != 0, crank: bits & 0x02 != 0, locations: bits & 0x04 != 0 })
}

pub(super) fn wheel(octets: &mut Octets<'_>) -> Result<Wheel, Malformed> {
    Ok(Wheel { revolutions: octets.take().map(u32::from_le_bytes)?, ticks: octets.u16()? })
}

pub(super) fn crank(octets: &mut Octets<'_>) -> Result<Crank, Malformed> {
    Ok(Crank { revolutions: octets.u16()?, ticks: octets.u16()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let full = [0x03, 0x10, 0x00, 0x00, 0x80, 0x00, 0x04, 0xFF, 0xFF, 0x00, 0x08];
        let packet = decode(&full).unwrap();
        assert_eq!(packet.wheel, Some(Wheel { revolutions: 0x8000_0010, ticks: 1024 }));
        assert_eq!(packet.crank, Some(Crank { revolutions: 65_535, ticks: 2048 }));
        for cut in 0..full.len() {
            assert_eq!(decode(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(decode(&[0, 0]), Err(Malformed::Trailing));
        assert_eq!(decode(&[0]), Ok(Cycling { wheel: None, crank: None }));
    }

    #[test]
    fn features_are_two_octets() {
        assert_eq!(features(&[0x05, 0xF0]), Ok(Features { wheel: true, crank: false, locations: true }));
        assert_eq!(features(&[0]), Err(Malformed::Truncated));
        assert_eq!(features(&[0; 3]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..16)) {
            if let Ok(c) = decode(&bytes) {
                let wheel = 6 * usize::from(c.wheel.is_some());
                prop_assert_eq!(bytes.len(), 1 + wheel + 4 * usize::from(c.crank.is_some()));
            }
            let _ = features(&bytes);
        }
    }
}

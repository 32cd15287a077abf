//! RSC Measurement 2A53 and RSC Feature 2A54.
//!
//! ```text
//! 2A53  flags    u8   bit 0 stride, bit 1 distance, bit 2 running instead of walking
//!       speed    u16  1/256 m/s
//!       cadence  u8   /min
//!       stride   u16  cm
//!       distance u32  0.1 m since the last reset
//! 2A54  u16  bit 0 stride, 1 distance, 2 walking or running, 3 calibration, 4 several sensor locations
//! ```

use super::{Malformed, Octets};

/// One packet, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Speed now, 1/256 m/s.
    pub speed_256: u16,
    /// Steps a minute now.
    pub cadence: u8,
    /// Length of a stride now, cm.
    pub stride_cm: Option<u16>,
    /// Distance since the last reset, 0.1 m.
    pub distance_dm: Option<u32>,
    /// Running; else walking, or the sensor cannot tell.
    pub running: bool,
}

/// What a sensor can send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// Length of a stride.
    pub stride: bool,
    /// Distance.
    pub distance: bool,
    /// Whether the person walks or runs.
    pub walking_or_running: bool,
    /// It can be calibrated.
    pub calibration: bool,
    /// It can be worn at several places.
    pub locations: bool,
}

/// Decodes 2A53.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn decode(bytes: &[u8]) -> Result<Running, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let speed_256 = octets.u16()?;
    let cadence = octets.u8()?;
    let stride_cm = if flags & 0x01 == 0 { None } else { Some(octets.u16()?) };
    let distance_dm = if flags & 0x02 == 0 { None } else { Some(octets.take().map(u32::from_le_bytes)?) };
    octets.end()?;
    Ok(Running { speed_256, cadence, stride_cm, distance_dm, running: flags & 0x04 != 0 })
}

/// Decodes 2A54.
///
/// # Errors
/// Not two octets.
pub fn features(bytes: &[u8]) -> Result<Features, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = octets.u16()?;
    octets.end()?;
    Ok(Features {
        stride: bits & 0x01 != 0,
        distance: bits & 0x02 != 0,
        walking_or_running: bits & 0x04 != 0,
        calibration: bits & 0x08 != 0,
        locations: bits & 0x10 != 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let full = [0x07, 0x80, 0x02, 170, 0x6E, 0x00, 0x10, 0x27, 0x00, 0x00];
        let run = decode(&full).unwrap();
        assert_eq!((run.speed_256, run.cadence, run.running), (640, 170, true));
        assert_eq!((run.stride_cm, run.distance_dm), (Some(110), Some(10_000)));
        for cut in 0..full.len() {
            assert_eq!(decode(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(decode(&[0, 0, 0, 0, 0]), Err(Malformed::Trailing));
    }

    #[test]
    fn features_are_two_octets() {
        let all = features(&[0x1F, 0xFF]).unwrap();
        assert!(all.stride && all.distance && all.walking_or_running && all.calibration && all.locations);
        assert!(!features(&[0, 0]).unwrap().stride);
        assert_eq!(features(&[0]), Err(Malformed::Truncated));
        assert_eq!(features(&[0; 3]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..16)) {
            if let Ok(run) = decode(&bytes) {
                let stride = 2 * usize::from(run.stride_cm.is_some());
                prop_assert_eq!(bytes.len(), 4 + stride + 4 * usize::from(run.distance_dm.is_some()));
            }
            let _ = features(&bytes);
        }
    }
}

//! Heart Rate Measurement 2A37, Body Sensor Location 2A38 and Heart Rate Control Point 2A39.
//!
//! ```text
//! flags  u8   bit 0 rate is u16, bits 1 and 2 contact (00 and 01 not supported, 10 none, 11 contact),
//!             bit 3 energy, bit 4 RR intervals
//! rate   u8 or u16, /min
//! energy u16, kJ since the last reset; FFFF = that or more
//! RR     u16 each to the end, 1/1024 s, oldest first
//!
//! 2A38   u8, see Location
//! 2A39   u8, written: 01 resets the energy
//! ```

use core::fmt;

use super::{Malformed, Octets};

/// Most RR intervals in one packet that are accepted: what a reading has room for beside rate and energy. A packet of
/// the default size holds 9; a larger MTU can carry more.
pub const MAX_RR: usize = salus_wire::Reading::MAX_COMPONENTS - 2;

/// One packet, exactly as sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HeartRate {
    /// Beats a minute; 0 is what straps send without a pulse.
    pub bpm: u16,
    /// Skin contact; `None` when the sensor cannot tell.
    pub contact: Option<bool>,
    /// Energy expended, kJ.
    pub energy_kj: Option<u16>,
    rr: [u16; MAX_RR],
    rr_len: u8,
}

impl HeartRate {
    /// RR intervals in 1/1024 s, oldest first.
    #[must_use]
    pub fn rr_1024(&self) -> &[u16] {
        &self.rr[..usize::from(self.rr_len)]
    }
}

impl fmt::Debug for HeartRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeartRate")
            .field("bpm", &self.bpm)
            .field("contact", &self.contact)
            .field("energy_kj", &self.energy_kj)
            .field("rr_1024", &self.rr_1024())
            .finish()
    }
}

/// Decodes one packet.
///
/// # Errors
/// A missing octet, an octet too many, half an RR interval, the RR flag without an interval, or more than [`MAX_RR`].
pub fn decode(bytes: &[u8]) -> Result<HeartRate, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let bpm = if flags & 0x01 == 0 { u16::from(octets.u8()?) } else { octets.u16()? };
    let contact = if flags & 0x04 == 0 { None } else { Some(flags & 0x02 != 0) };
    let energy_kj = if flags & 0x08 == 0 { None } else { Some(octets.u16()?) };
    let mut rr = [0; MAX_RR];
    let mut rr_len = 0;
    if flags & 0x10 != 0 {
        for slot in &mut rr {
            *slot = octets.u16()?;
            rr_len += 1;
            if octets.is_empty() {
                break;
            }
        }
    }
    octets.end()?;
    Ok(HeartRate { bpm, contact, energy_kj, rr, rr_len })
}

/// Where the sensor is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// None of the others.
    Other,
    /// Chest.
    Chest,
    /// Wrist.
    Wrist,
    /// Finger.
    Finger,
    /// Hand.
    Hand,
    /// Ear lobe.
    EarLobe,
    /// Foot.
    Foot,
}

/// Decodes 2A38.
///
/// # Errors
/// Not one octet, or a location that is not defined.
pub fn location(bytes: &[u8]) -> Result<Location, Malformed> {
    let mut octets = Octets::new(bytes);
    let code = octets.u8()?;
    octets.end()?;
    Ok(match code {
        0 => Location::Other,
        1 => Location::Chest,
        2 => Location::Wrist,
        3 => Location::Finger,
        4 => Location::Hand,
        5 => Location::EarLobe,
        6 => Location::Foot,
        _ => return Err(Malformed::Undefined),
    })
}

/// What is written to 2A39 so that the energy counts from 0 again.
pub const RESET_ENERGY: [u8; 1] = [0x01];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_location_is_one_known_octet() {
        assert_eq!(location(&[1]), Ok(Location::Chest));
        assert_eq!(location(&[6]), Ok(Location::Foot));
        assert_eq!(location(&[7]), Err(Malformed::Undefined));
        assert_eq!(location(&[]), Err(Malformed::Truncated));
        assert_eq!(location(&[1, 0]), Err(Malformed::Trailing));
    }

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let full = [0x1F, 0x01, 0x01, 0x32, 0x01, 0x01, 0x00, 0x02, 0x01, 0xFF, 0xFF];
        let hr = decode(&full).unwrap();
        assert_eq!((hr.bpm, hr.contact, hr.energy_kj), (257, Some(true), Some(306)));
        assert_eq!(hr.rr_1024(), [1, 258, 65535]);
        for cut in 0..full.len() {
            // Two cuts fall between RR intervals and leave a shorter, whole packet.
            assert_eq!(decode(&full[..cut]).is_ok(), cut == 7 || cut == 9, "{cut}");
        }
    }

    #[test]
    fn contact_is_unknown_unless_supported() {
        for (flags, contact) in [(0, None), (2, None), (4, Some(false)), (6, Some(true))] {
            assert_eq!(decode(&[flags, 60]).unwrap().contact, contact);
        }
    }

    #[test]
    fn octets_too_many_are_refused() {
        assert_eq!(decode(&[0, 60, 0]), Err(Malformed::Trailing));
        let mut long = vec![0x10, 60];
        long.extend([0; 2 * MAX_RR]);
        assert!(decode(&long).is_ok());
        long.extend([0; 2]);
        assert_eq!(decode(&long), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(hr) = decode(&bytes) {
                let wide = usize::from(bytes[0] & 1);
                let energy = 2 * usize::from(hr.energy_kj.is_some());
                prop_assert_eq!(bytes.len(), 2 + wide + energy + 2 * hr.rr_1024().len());
            }
        }
    }
}

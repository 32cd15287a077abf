//! Cycling Power Measurement 2A63 and Feature 2A65.
//!
//! ```text
//! flags    u16  bit 0 balance, 1 balance is the left pedal's, 2 torque, 3 torque at the crank instead of the wheel,
//!               4 wheel, 5 crank, 6 forces, 7 torques, 8 angles, 9 top, 10 bottom, 11 energy,
//!               12 offset compensation due
//! power    i16  W
//! balance  u8   0.5 %
//! torque   u16  1/32 Nm, accumulated; wraps
//! wheel    u32 revolutions, u16 time of the last one in 1/2048 s; both wrap
//! crank    u16 revolutions, u16 time of the last one in 1/1024 s; both wrap
//! forces   i16 largest, i16 smallest, N
//! torques  i16 largest, i16 smallest, 1/32 Nm
//! angles   u24: low 12 bits of the largest, high 12 bits of the smallest force or torque, degrees
//! top      u16  degrees
//! bottom   u16  degrees
//! energy   u16  kJ, accumulated; wraps
//!
//! 2A65     u32, see Features
//! ```

use super::cycling::{self, Crank, Wheel};
use super::{Malformed, Octets};

/// How the two pedals share the power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Share of one pedal, 0.5 %.
    pub half_percent: u8,
    /// It is the left one; else unknown which.
    pub left: bool,
}

/// Torque that was added up at each revolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Torque {
    /// So far, 1/32 Nm.
    pub nm_32: u16,
    /// Measured at the crank; else at the wheel.
    pub at_crank: bool,
}

/// The largest and the smallest value of a revolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extremes<T> {
    /// Largest.
    pub largest: T,
    /// Smallest.
    pub smallest: T,
}

/// One packet, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CyclingPower {
    /// Power now, W.
    pub watt: i16,
    /// How the pedals share it.
    pub balance: Option<Balance>,
    /// Accumulated torque.
    pub torque: Option<Torque>,
    /// The wheel, 1/2048 s.
    pub wheel: Option<Wheel>,
    /// The crank, 1/1024 s.
    pub crank: Option<Crank>,
    /// Forces, N.
    pub forces: Option<Extremes<i16>>,
    /// Torques, 1/32 Nm.
    pub torques: Option<Extremes<i16>>,
    /// Angles of the crank at these, degrees.
    pub angles: Option<Extremes<u16>>,
    /// Top dead spot, degrees.
    pub top_dead_spot: Option<u16>,
    /// Bottom dead spot, degrees.
    pub bottom_dead_spot: Option<u16>,
    /// Mechanical work so far, kJ.
    pub energy_kj: Option<u16>,
    /// The sensor asks to be calibrated.
    pub offset_compensation: bool,
}

/// Decodes one packet.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn decode(bytes: &[u8]) -> Result<CyclingPower, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u16()?;
    let has = |bit: u8| flags >> bit & 1 != 0;
    let watt = octets.take().map(i16::from_le_bytes)?;
    let balance = if has(0) { Some(Balance { half_percent: octets.u8()?, left: has(1) }) } else { None };
    let torque = if has(2) { Some(Torque { nm_32: octets.u16()?, at_crank: has(3) }) } else { None };
    let wheel = if has(4) { Some(cycling::wheel(&mut octets)?) } else { None };
    let crank = if has(5) { Some(cycling::crank(&mut octets)?) } else { None };
    let forces = if has(6) { Some(extremes(&mut octets)?) } else { None };
    let torques = if has(7) { Some(extremes(&mut octets)?) } else { None };
    let angles = if has(8) { Some(angles(octets.take()?)) } else { None };
    let top_dead_spot = if has(9) { Some(octets.u16()?) } else { None };
    let bottom_dead_spot = if has(10) { Some(octets.u16()?) } else { None };
    let energy_kj = if has(11) { Some(octets.u16()?) } else { None };
    octets.end()?;
    Ok(CyclingPower {
        watt,
        balance,
        torque,
        wheel,
        crank,
        forces,
        torques,
        angles,
        top_dead_spot,
        bottom_dead_spot,
        energy_kj,
        offset_compensation: has(12),
    })
}

/// What a power meter can measure and be set to, as bits; 22 to 31 are reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Features(pub u32);

impl Features {
    /// How the two pedals share the power.
    pub const BALANCE: u32 = 1 << 0;
    /// Accumulated torque.
    pub const TORQUE: u32 = 1 << 1;
    /// Revolutions of the wheel.
    pub const WHEEL: u32 = 1 << 2;
    /// Revolutions of the crank.
    pub const CRANK: u32 = 1 << 3;
    /// Largest and smallest force or torque.
    pub const EXTREMES: u32 = 1 << 4;
    /// The angles of the crank at these.
    pub const ANGLES: u32 = 1 << 5;
    /// Top and bottom dead spot.
    pub const DEAD_SPOTS: u32 = 1 << 6;
    /// Accumulated energy.
    pub const ENERGY: u32 = 1 << 7;
    /// It asks to be calibrated.
    pub const OFFSET_INDICATOR: u32 = 1 << 8;
    /// It measures torques; else forces.
    pub const MEASURES_TORQUE: u32 = 1 << 16;

    /// True when any of `bits` is set.
    #[must_use]
    pub const fn any(self, bits: u32) -> bool {
        self.0 & bits != 0
    }
}

/// Decodes the feature.
///
/// # Errors
/// Not four octets.
pub fn features(bytes: &[u8]) -> Result<Features, Malformed> {
    let mut octets = Octets::new(bytes);
    let bits = octets.take().map(u32::from_le_bytes)?;
    octets.end().map(|()| Features(bits))
}

fn extremes(octets: &mut Octets<'_>) -> Result<Extremes<i16>, Malformed> {
    let largest = octets.take().map(i16::from_le_bytes)?;
    let smallest = octets.take().map(i16::from_le_bytes)?;
    Ok(Extremes { largest, smallest })
}

const fn angles([low, middle, high]: [u8; 3]) -> Extremes<u16> {
    Extremes {
        largest: u16::from_le_bytes([low, middle & 0x0F]),
        smallest: u16::from_le_bytes([middle >> 4 | high << 4, high >> 4]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: &str = "ff1f fa00 64 2003 64000000 0008 3200 0004 2c01 9cff 4006 c0f9 bc3a12 5a00 0e01 3300";

    #[test]
    fn a_full_packet_and_all_its_cuts() {
        let full = hex::decode(FULL.replace(' ', "")).unwrap();
        let p = decode(&full).unwrap();
        assert_eq!(p.watt, 250);
        assert_eq!(p.balance, Some(Balance { half_percent: 100, left: true }));
        assert_eq!(p.torque, Some(Torque { nm_32: 800, at_crank: true }));
        assert_eq!(p.wheel, Some(Wheel { revolutions: 100, ticks: 2048 }));
        assert_eq!(p.crank, Some(Crank { revolutions: 50, ticks: 1024 }));
        assert_eq!(p.forces, Some(Extremes { largest: 300, smallest: -100 }));
        assert_eq!(p.torques, Some(Extremes { largest: 1600, smallest: -1600 }));
        assert_eq!(p.angles, Some(Extremes { largest: 0xABC, smallest: 0x123 }));
        assert_eq!((p.top_dead_spot, p.bottom_dead_spot, p.energy_kj), (Some(90), Some(270), Some(51)));
        assert!(p.offset_compensation);
        for cut in 0..full.len() {
            assert_eq!(decode(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(decode(&[&full[..], &[0]].concat()), Err(Malformed::Trailing));
    }

    #[test]
    fn a_rider_can_brake_the_crank() {
        assert_eq!(decode(&[0, 0, 0xF6, 0xFF]).unwrap().watt, -10);
    }

    #[test]
    fn features_are_four_octets() {
        let f = features(&[0x0C, 0, 0x01, 0xFF]).unwrap();
        assert!(f.any(Features::WHEEL) && f.any(Features::CRANK) && f.any(Features::MEASURES_TORQUE));
        assert!(!f.any(Features::BALANCE | Features::ENERGY));
        assert_eq!(features(&[0; 3]), Err(Malformed::Truncated));
        assert_eq!(features(&[0; 5]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(features(&bytes).is_ok(), bytes.len() == 4);
            if decode(&bytes).is_ok() {
                let flags = u16::from_le_bytes([bytes[0], bytes[1]]);
                let fields = [(0, 1), (2, 2), (4, 6), (5, 4), (6, 4), (7, 4), (8, 3), (9, 2), (10, 2), (11, 2)];
                let optional: usize = fields.iter().filter(|(bit, _)| flags >> bit & 1 == 1).map(|(_, n)| n).sum();
                prop_assert_eq!(bytes.len(), 4 + optional);
            }
        }
    }
}

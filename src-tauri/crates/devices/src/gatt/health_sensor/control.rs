//! What surrounds the observations.
//!
//! ```text
//! 2BF3  Health Sensor Features: flags u8 (bit 0 specializations), count u8, u32 MDC codes of observations,
//!       then count u8, each term u16 (MDC partition 8) and version u8
//! 2BF1  Observation Schedule Changed: u32 MDC code, FLOAT measuring period s, FLOAT update interval s
//! 2BF4  GHS Control Point, written: 01 starts, 02 stops live observations; indicated: 80 done, 81 busy, 82 not allowed
//! ```

use super::super::number::{self, float};
use super::super::{Malformed, Octets};
use super::{Codes, codes, u32};

/// What is written to 2BF4 so that live observations are sent.
pub const START_LIVE: [u8; 1] = [0x01];

/// What is written to 2BF4 so that they are sent no more.
pub const STOP_LIVE: [u8; 1] = [0x02];

/// What a sensor observes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features<'a> {
    /// MDC codes of its observations.
    pub kinds: Codes<'a>,
    /// The device standards that it follows.
    pub specializations: Specializations<'a>,
}

/// Device standards, each a term of MDC partition 8 and a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Specializations<'a>(&'a [[u8; 3]]);

impl<'a> Specializations<'a> {
    /// Terms and versions in order; at most 255.
    pub fn iter(&self) -> impl Iterator<Item = (u16, u8)> + use<'a> {
        self.0.iter().map(|[low, high, version]| (u16::from_le_bytes([*low, *high]), *version))
    }
}

/// How often something is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// MDC code.
    pub kind: u32,
    /// Over how long one value is measured, s.
    pub period: number::Value,
    /// How long after one value the next comes, s.
    pub interval: number::Value,
}

/// What a sensor answers at the control point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// Done.
    Done,
    /// The sensor is busy.
    Busy,
    /// Live observations are not subscribed to.
    NotAllowed,
}

/// Decodes 2BF3.
///
/// # Errors
/// A missing octet or an octet too many.
pub fn features(bytes: &[u8]) -> Result<Features<'_>, Malformed> {
    let mut octets = Octets::new(bytes);
    let flags = octets.u8()?;
    let kinds = codes(&mut octets)?;
    let mut specializations = Specializations::default();
    if flags & 0x01 != 0 {
        let count = usize::from(octets.u8()?);
        specializations = Specializations(octets.slice(3 * count)?.as_chunks().0);
    }
    octets.end()?;
    Ok(Features { kinds, specializations })
}

/// Decodes 2BF1.
///
/// # Errors
/// Not 12 octets.
pub fn schedule(bytes: &[u8]) -> Result<Schedule, Malformed> {
    let mut octets = Octets::new(bytes);
    let kind = u32(&mut octets)?;
    let (period, interval) = (float(u32(&mut octets)?), float(u32(&mut octets)?));
    octets.end()?;
    Ok(Schedule { kind, period, interval })
}

/// Decodes an answer of 2BF4.
///
/// # Errors
/// Not one octet, or not an answer.
pub fn response(bytes: &[u8]) -> Result<Response, Malformed> {
    let mut octets = Octets::new(bytes);
    let code = octets.u8()?;
    octets.end()?;
    match code {
        0x80 => Ok(Response::Done),
        0x81 => Ok(Response::Busy),
        0x82 => Ok(Response::NotAllowed),
        _ => Err(Malformed::Undefined),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn features_and_all_their_cuts() {
        let full = hex::decode("0102b84b02001a480200010710".to_owned() + "01").unwrap();
        let f = features(&full).unwrap();
        assert_eq!(f.kinds.iter().collect::<Vec<_>>(), [150_456, 149_530]);
        assert_eq!(f.specializations.iter().collect::<Vec<_>>(), [(0x1007, 1)]);
        for cut in 0..full.len() {
            assert_eq!(features(&full[..cut]), Err(Malformed::Truncated), "{cut}");
        }
        assert_eq!(features(&[0, 0, 0]), Err(Malformed::Trailing));
    }

    #[test]
    fn a_schedule_has_two_times() {
        let s = schedule(&hex::decode("b84b0200140000ff3c000000").unwrap()).unwrap();
        assert_eq!((s.kind, s.period.unwrap().to_string()), (150_456, "2.0".into()));
        assert_eq!(s.interval.unwrap().to_string(), "60");
        assert_eq!(schedule(&[0; 11]), Err(Malformed::Truncated));
        assert_eq!(schedule(&[0; 13]), Err(Malformed::Trailing));
    }

    #[test]
    fn a_request_is_not_an_answer() {
        assert_eq!(response(&[0x80]), Ok(Response::Done));
        assert_eq!(response(&[0x81]), Ok(Response::Busy));
        assert_eq!(response(&[0x82]), Ok(Response::NotAllowed));
        assert_eq!(response(&START_LIVE), Err(Malformed::Undefined));
        assert_eq!(response(&[0x80, 1]), Err(Malformed::Trailing));
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(f) = features(&bytes) {
                let specializations = usize::from(bytes[0] & 1) + 3 * f.specializations.iter().count();
                prop_assert_eq!(bytes.len(), 2 + 4 * f.kinds.iter().count() + specializations);
            }
            let _ = (schedule(&bytes), response(&bytes));
        }
    }
}

//! CGM Specific Ops Control Point 2AAC: reads how a sensor is set.
//!
//! ```text
//! request   02 interval, 05 calibration with u16 record, 08 and 0B patient high and low, 0E hypo, 11 hyper,
//!           14 and 17 rate of decrease and increase; crc when the feature says so
//! response  03 interval, minutes, u8 (u16 in later editions)
//!           06 SFLOAT mg/dL, u16 time, u8 fluid and site, u16 next time, u16 record, u8 status
//!           09, 0C, 0F, 12 SFLOAT mg/dL; 15, 18 SFLOAT mg/dL/min
//!           1C op code of the request u8, result u8
//! ```
//!
//! Only reads can be encoded: what sets an alert, a calibration or a session changes a therapy and stays with the
//! maker's own application.

use crate::gatt::crc::Protection;
use crate::gatt::number::{Value, sfloat};
use crate::gatt::{Malformed, Octets, glucose};

/// A limit at which the sensor warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The person's upper level, mg/dL.
    PatientHigh,
    /// The person's lower level, mg/dL.
    PatientLow,
    /// The hypo level, mg/dL.
    Hypo,
    /// The hyper level, mg/dL.
    Hyper,
    /// How fast it may fall, mg/dL/min.
    Decrease,
    /// How fast it may rise, mg/dL/min.
    Increase,
}

impl Limit {
    /// Every limit with the op code that reads it; the answer's is one higher.
    const OPS: [(u8, Limit); 6] = [
        (0x08, Limit::PatientHigh),
        (0x0B, Limit::PatientLow),
        (0x0E, Limit::Hypo),
        (0x11, Limit::Hyper),
        (0x14, Limit::Decrease),
        (0x17, Limit::Increase),
    ];

    const fn op(self) -> u8 {
        match self {
            Limit::PatientHigh => 0x08,
            Limit::PatientLow => 0x0B,
            Limit::Hypo => 0x0E,
            Limit::Hyper => 0x11,
            Limit::Decrease => 0x14,
            Limit::Increase => 0x17,
        }
    }
}

/// What may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// How often the sensor sends.
    Interval,
    /// One calibration record; FFFF is the newest.
    Calibration(u16),
    /// A limit.
    Limit(Limit),
}

impl Request {
    /// The octets to write.
    #[must_use]
    pub fn encode(self, protection: Protection) -> Vec<u8> {
        let mut bytes = match self {
            Request::Interval => vec![0x02],
            Request::Calibration(record) => {
                let [low, high] = record.to_le_bytes();
                vec![0x05, low, high]
            }
            Request::Limit(limit) => vec![limit.op()],
        };
        protection.close(&mut bytes);
        bytes
    }
}

/// One calibration of the sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calibration {
    /// The reference, mg/dL.
    pub glucose: Value,
    /// When, minutes since the session's start.
    pub offset_minutes: u16,
    /// Fluid code, 4 bits, as in 2A18.
    pub fluid: u8,
    /// Site code, 4 bits, as in 2A18.
    pub site: u8,
    /// When the next one is due, minutes since the session's start.
    pub next_minutes: u16,
    /// The record's number.
    pub record: u16,
    /// Bit 0 rejected, 1 out of range, 2 pending.
    pub status: u8,
}

/// What a sensor answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// It sends every so many minutes; 0 never, and the highest code as fast as it can.
    Interval(u16),
    /// A calibration.
    Calibration(Calibration),
    /// A limit.
    Limit(Limit, Value),
    /// A request ended without a value.
    Ended {
        /// Op code of the request, as sent.
        request: u8,
        /// 1 success, 2 op code not supported, 3 operand invalid, 4 not completed, 5 out of range.
        result: u8,
    },
}

/// Decodes a response.
///
/// # Errors
/// A missing octet, an octet too many, a wrong checksum, or an op code that is no response.
pub fn decode(bytes: &[u8], protection: Protection) -> Result<Response, Malformed> {
    let mut octets = Octets::new(protection.open(bytes)?);
    let response = match octets.u8()? {
        0x03 => {
            let low = octets.u8()?;
            // The service's own specification gives one octet, the later supplement two.
            let high = if octets.is_empty() { 0 } else { octets.u8()? };
            Response::Interval(u16::from_le_bytes([low, high]))
        }
        0x06 => {
            let value = sfloat(octets.u16()?);
            let offset_minutes = octets.u16()?;
            let (fluid, site) = glucose::halves(octets.u8()?);
            Response::Calibration(Calibration {
                glucose: value,
                offset_minutes,
                fluid,
                site,
                next_minutes: octets.u16()?,
                record: octets.u16()?,
                status: octets.u8()?,
            })
        }
        0x1C => Response::Ended { request: octets.u8()?, result: octets.u8()? },
        op => {
            let read = Limit::OPS.into_iter().find(|(request, _)| request + 1 == op);
            let (_, limit) = read.ok_or(Malformed::Undefined)?;
            Response::Limit(limit, sfloat(octets.u16()?))
        }
    };
    octets.end().map(|()| response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn requests_to_the_octet_and_none_is_a_response() {
        for (request, octets) in [
            (Request::Interval, &[0x02][..]),
            (Request::Calibration(0xFFFF), &[0x05, 0xFF, 0xFF]),
            (Request::Limit(Limit::PatientHigh), &[0x08]),
            (Request::Limit(Limit::Increase), &[0x17]),
        ] {
            assert_eq!(request.encode(Protection::Plain), octets);
            assert_eq!(decode(octets, Protection::Plain), Err(Malformed::Undefined));
        }
        let sealed = Request::Interval.encode(Protection::Checked);
        assert_eq!(Protection::Checked.open(&sealed), Ok(&[0x02][..]));
    }

    #[test]
    fn responses() {
        assert_eq!(decode(&[3, 5], Protection::Plain), Ok(Response::Interval(5)));
        assert_eq!(decode(&[3, 5, 1], Protection::Plain), Ok(Response::Interval(261)));
        assert_eq!(decode(&[3, 5, 1, 0], Protection::Plain), Err(Malformed::Trailing));
        assert_eq!(decode(&[0x1C, 2, 1], Protection::Plain), Ok(Response::Ended { request: 2, result: 1 }));
        for (op, limit) in Limit::OPS {
            assert_eq!(limit.op(), op);
            let Ok(Response::Limit(got, value)) = decode(&[op + 1, 70, 0], Protection::Plain) else {
                panic!("{op}")
            };
            assert_eq!((got, value.unwrap().to_string()), (limit, "70".into()));
        }
        let calibration = [6, 90, 0, 30, 0, 0x11, 0x30, 2, 4, 0, 0b100];
        let Ok(Response::Calibration(c)) = decode(&calibration, Protection::Plain) else { panic!() };
        assert_eq!(
            (c.glucose.unwrap().to_string(), c.offset_minutes, c.next_minutes),
            ("90".into(), 30, 560)
        );
        assert_eq!((c.fluid, c.site, c.record, c.status), (1, 1, 4, 4));
        for cut in 0..calibration.len() {
            assert_eq!(decode(&calibration[..cut], Protection::Plain), Err(Malformed::Truncated), "{cut}");
        }
    }

    proptest! {
        #[test]
        fn never_panics_and_never_invents(bytes in proptest::collection::vec(any::<u8>(), 0..16)) {
            for (protection, crc) in [(Protection::Plain, 0), (Protection::Checked, 2)] {
                let Ok(response) = decode(&bytes, protection) else { continue };
                let lengths = match response {
                    Response::Interval(_) => 2..=3,
                    Response::Calibration(_) => 11..=11,
                    Response::Limit(..) | Response::Ended { .. } => 3..=3,
                };
                prop_assert!(lengths.contains(&(bytes.len() - crc)));
            }
        }
    }
}

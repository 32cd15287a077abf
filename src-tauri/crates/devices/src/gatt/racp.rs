//! Record Access Control Point 2A52: asks a device for what it has stored.
//!
//! ```text
//! request   op u8 (01 report records, 03 abort, 04 report their number, 07 report records and their number), operator
//!           u8 (00 none, 01 all, 03 from), with "from": filter type u8, lowest u16, or u32 for a record number
//! response  05, 00, number of records u16 or u32
//!           06, 00, op code of the request u8, result u8
//!           08, 00, number of records that were sent u16 or u32
//! ```
//!
//! Op code 02, delete, cannot be encoded: a person's records stay on the person's device. Which width a number has depends on
//! the service: generic health sensors have 32 bits, all others 16. The combined report (07) is for generic health sensors
//! only; those of them that do not know it are asked with 01.
//!
//! # Source
//! GATT Specification Supplement, Record Access Control Point; Generic Health Sensor Service 1.0 for 32 bits and for 07.

mod fetch;

pub use fetch::{End, Fetch, IDLE, Step};

use super::{Malformed, Octets};

/// What a lower bound counts; each service numbers its filters for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Glucose and blood pressure: the record's sequence number.
    SequenceNumber,
    /// CGM: minutes since the session's start.
    TimeOffset,
    /// Generic health sensors: the record's number, 32 bits.
    RecordNumber,
}

impl Filter {
    /// The filter type's code; every service gives its number the first one.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Filter::SequenceNumber | Filter::TimeOffset | Filter::RecordNumber => 1,
        }
    }

    /// The highest number that there is.
    #[must_use]
    pub const fn highest(self) -> u32 {
        match self {
            Filter::SequenceNumber | Filter::TimeOffset => 0xFFFF,
            Filter::RecordNumber => u32::MAX,
        }
    }
}

/// Which records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Records {
    /// Every one.
    All,
    /// Those whose number is this or higher.
    From(Filter, u32),
}

/// What a client may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Request {
    /// Send the records.
    Report(Records),
    /// Send the records, and then how many they were.
    Combined(Records),
    /// Send their number.
    Count(Records),
    /// Stop sending.
    Abort,
}

impl Request {
    /// The op code, which a response names.
    #[must_use]
    pub const fn op(self) -> u8 {
        match self {
            Request::Report(_) => 0x01,
            Request::Abort => 0x03,
            Request::Count(_) => 0x04,
            Request::Combined(_) => 0x07,
        }
    }

    /// The octets to write: 2, 5 or 7.
    #[must_use]
    pub fn encode(self) -> Vec<u8> {
        let op = self.op();
        match self {
            Request::Abort => vec![op, 0x00],
            Request::Report(records) | Request::Count(records) | Request::Combined(records) => {
                match records {
                    Records::All => vec![op, 0x01],
                    Records::From(filter, lowest) => {
                        let octets = lowest.min(filter.highest()).to_le_bytes();
                        let width = if filter == Filter::RecordNumber { 4 } else { 2 };
                        [&[op, 0x03, filter.code()], &octets[..width]].concat()
                    }
                }
            }
        }
    }
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Done.
    Success,
    /// The op code is not supported.
    OpCodeNotSupported,
    /// The operator does not fit the op code.
    InvalidOperator,
    /// The operator is not supported.
    OperatorNotSupported,
    /// The operand is not what the service defines.
    InvalidOperand,
    /// Nothing meets the request; not an error.
    NoRecords,
    /// Sending could not be stopped.
    AbortUnsuccessful,
    /// The device gave up.
    NotCompleted,
    /// The filter type is not supported.
    OperandNotSupported,
    /// The device does something else.
    Busy,
    /// A reserved code.
    Reserved(u8),
}

impl Outcome {
    const CODES: [(u8, Outcome); 10] = [
        (0x01, Outcome::Success),
        (0x02, Outcome::OpCodeNotSupported),
        (0x03, Outcome::InvalidOperator),
        (0x04, Outcome::OperatorNotSupported),
        (0x05, Outcome::InvalidOperand),
        (0x06, Outcome::NoRecords),
        (0x07, Outcome::AbortUnsuccessful),
        (0x08, Outcome::NotCompleted),
        (0x09, Outcome::OperandNotSupported),
        (0x0A, Outcome::Busy),
    ];

    fn from_code(code: u8) -> Self {
        Self::CODES.into_iter().find(|(c, _)| *c == code).map_or(Outcome::Reserved(code), |(_, o)| o)
    }

    /// The code as sent.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Outcome::Reserved(code) => code,
            named => Self::CODES.into_iter().find(|(_, o)| *o == named).map_or(0, |(c, _)| c),
        }
    }
}

/// What a device answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Response {
    /// So many records meet the request.
    Number(u32),
    /// A combined report ended: so many records were sent.
    Sent(u32),
    /// A request ended.
    Ended {
        /// Op code of the request, as sent: a device may answer what was never asked.
        request: u8,
        /// How it ended.
        outcome: Outcome,
    },
}

/// Decodes a response.
///
/// # Errors
/// A missing octet, an octet too many, an operator other than 0, or an op code that is no response: a client must not
/// take its own request, echoed by a faulty device, for an answer.
pub fn decode(bytes: &[u8]) -> Result<Response, Malformed> {
    let mut octets = Octets::new(bytes);
    let op = octets.u8()?;
    if !matches!(op, 0x05 | 0x06 | 0x08) || octets.u8()? != 0 {
        return Err(Malformed::Undefined);
    }
    let response = match op {
        0x05 => Response::Number(number(&mut octets)?),
        0x08 => Response::Sent(number(&mut octets)?),
        _ => Response::Ended { request: octets.u8()?, outcome: Outcome::from_code(octets.u8()?) },
    };
    octets.end().map(|()| response)
}

/// Four octets are one number, two are one; what is between them is a cut one.
fn number(octets: &mut Octets<'_>) -> Result<u32, Malformed> {
    if octets.len() >= 4 { octets.take().map(u32::from_le_bytes) } else { octets.u16().map(u32::from) }
}

#[cfg(test)]
mod tests;

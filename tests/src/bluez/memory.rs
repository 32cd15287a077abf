//! What a device has stored, and how it hands it out: the server's side of a Record Access Control Point.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::peripheral::{Packets, Written, once};

/// The control point.
pub const CONTROL: u16 = 0x2A52;

/// What a control point understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skill {
    /// Counting, and records from a number on.
    Full,
    /// No filter: all records or none.
    AllOnly,
    /// No filter, and no counting either.
    NoCount,
    /// As a generic health sensor: numbers of 32 bits, and records only together with their number.
    Wide,
    /// Counts and sends all but the last, and then says nothing more.
    Stalls,
    /// As [`Skill::Stalls`]; told to stop it says that it cannot, and sends the last.
    KeepsOn,
    /// Knows no request.
    Refuses,
}

/// One record: its number, and the packets that it is sent in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// By which it is asked for.
    pub number: u32,
    /// Characteristic and octets.
    pub packets: Vec<(u16, Vec<u8>)>,
}

/// Stored records.
#[derive(Debug)]
pub struct Memory {
    skill: Skill,
    records: Mutex<Vec<Record>>,
    requests: Mutex<Vec<Vec<u8>>>,
    /// What is still to be sent of the request that runs.
    held_back: Mutex<Vec<Record>>,
}

const SUCCESS: u8 = 0x01;
const OP_NOT_SUPPORTED: u8 = 0x02;
const OPERATOR_NOT_SUPPORTED: u8 = 0x04;
const NO_RECORDS: u8 = 0x06;
const ABORT_UNSUCCESSFUL: u8 = 0x07;

impl Memory {
    /// An empty one.
    #[must_use]
    pub fn new(skill: Skill) -> Arc<Self> {
        Arc::new(Self {
            skill,
            records: Mutex::default(),
            requests: Mutex::default(),
            held_back: Mutex::default(),
        })
    }

    /// Stores one more record.
    pub fn store(&self, number: impl Into<u32>, packets: Vec<(u16, Vec<u8>)>) {
        lock(&self.records).push(Record { number: number.into(), packets });
    }

    /// What it was asked so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Vec<u8>> {
        lock(&self.requests).clone()
    }

    /// What a write to the control point does.
    #[must_use]
    pub fn written(self: &Arc<Self>) -> Written {
        let memory = Arc::clone(self);
        Written::new(move |request| Some(memory.answer(request)))
    }

    fn answer(&self, request: &[u8]) -> Packets {
        lock(&self.requests).push(request.to_vec());
        let op = request.first().copied().unwrap_or_default();
        if self.skill == Skill::Refuses || op == 0x04 && self.skill == Skill::NoCount {
            return ended(op, OP_NOT_SUPPORTED);
        }
        let wide = self.skill == Skill::Wide;
        let report = if wide { 0x07 } else { 0x01 };
        let lowest = match request {
            [0x03, 0x00] => return self.abort(),
            [op, ..] if *op != report && *op != 0x04 => return ended(*op, OP_NOT_SUPPORTED),
            [_, 0x01] => 0,
            [_, 0x03, 0x01, low, high] if self.skill == Skill::Full => {
                u32::from(u16::from_le_bytes([*low, *high]))
            }
            [_, 0x03, 0x01, a, b, c, d] if wide => u32::from_le_bytes([*a, *b, *c, *d]),
            _ => return ended(op, OPERATOR_NOT_SUPPORTED),
        };
        let wanted: Vec<Record> =
            lock(&self.records).iter().filter(|r| r.number >= lowest).cloned().collect();
        let count = u32::try_from(wanted.len()).unwrap_or(u32::MAX).to_le_bytes();
        if op == 0x04 {
            return number(0x05, &count[..if wide { 4 } else { 2 }]);
        }
        if wanted.is_empty() {
            return ended(op, NO_RECORDS);
        }
        if matches!(self.skill, Skill::Stalls | Skill::KeepsOn) {
            let mut now = wanted;
            *lock(&self.held_back) = now.split_off(now.len().saturating_sub(1));
            return Box::new(now.into_iter().flat_map(|r| r.packets));
        }
        let end = if wide { number(0x08, &count) } else { ended(op, SUCCESS) };
        Box::new(wanted.into_iter().flat_map(|r| r.packets).chain(end))
    }

    /// Abort operation: the server stops what runs, sends nothing more of it, and answers with success; or that it was not
    /// successful, and then what runs goes on to its end.
    ///
    /// Source: Glucose Service, Abort Operation; GATT Specification Supplement, Record Access Control Point.
    fn abort(&self) -> Packets {
        let left = core::mem::take(&mut *lock(&self.held_back));
        if self.skill != Skill::KeepsOn || left.is_empty() {
            return ended(0x03, SUCCESS);
        }
        let rest = left.into_iter().flat_map(|r| r.packets);
        Box::new(ended(0x03, ABORT_UNSUCCESSFUL).chain(rest).chain(ended(0x01, SUCCESS)))
    }
}

fn number(op: u8, octets: &[u8]) -> Packets {
    once(CONTROL, [&[op, 0x00], octets].concat())
}

fn ended(op: u8, result: u8) -> Packets {
    once(CONTROL, vec![0x06, 0x00, op, result])
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

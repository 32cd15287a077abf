//! What a capsule holds, once opened.
//!
//! ```text
//! content    = 03 || 4E || common || count u16 || disclosure each || count u16 || device each
//! common     = count u16 || A_k 32 each || count u16 || series each || count u16 || writer id 16, key 32 each
//!              || lp(patient's name) || first epoch u32 || last epoch u32
//! series     = series_id 16 || generation u32 || category u8 || count u32 || level u8, start u32, wrap 80 each
//! disclosure = writer id 16 || enrolment_pk 32 || salt 32
//! device     = device id 16 || lp(model) || lp(firmware) || link u8 || since i64, see `told`
//! ```
//!
//! Version 04 is that of a permission for daily summaries only, see `days`. Version 01 is common alone, version 02 ends with the
//! disclosures. Both of these are still read, as content that tells of no device, the first also as content that discloses no
//! enrolment, and never written.

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, VerifyingKey};
use salus_chain::state::EnrolmentRecord;
use salus_chain::tx::enrolment_commitment;
use salus_keeper::deal::MAX_COMMITMENTS;
use salus_keeper::{Scope, Slot};
use salus_vault::WriterId;
use salus_wire::{Category, SeriesId};

use super::days::{self, Daily, WrappedDay};
use super::earlier::{First, Second};
use super::told::{self, MAX_DEVICES, ToldDevice};
use super::{CapsuleError, MAX_CAPSULE};
use crate::wrap::WRAP;

/// Wraps in one capsule at most: with padding and the rest they stay below [`MAX_CAPSULE`].
pub const MAX_WRAPS: usize = 40_000;

pub(super) const KIND: u8 = 0x4E;
/// Series in one capsule at most, each generation of one counted: more than a record has.
pub(crate) const MAX_SERIES: usize = 1024;
const MAX_WRITERS: usize = 64;
const WRAPPED: usize = 1 + 4 + WRAP;

/// One wrapped node key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapped {
    /// The slot that opens it.
    pub slot: Slot,
    /// The wrap.
    pub wrap: [u8; WRAP],
}

/// One generation of a series, with its wrapped node keys: no epoch is of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesWraps {
    /// The series.
    pub series: SeriesId,
    /// The generation of its root.
    pub generation: u32,
    /// What it measures.
    pub category: Category,
    /// Oldest first.
    pub wraps: Vec<Wrapped>,
}

/// What lets a reader tell that an enrolment is that of a writer: nobody else can, as long as the salt is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Disclosure {
    /// The computer.
    pub writer: WriterId,
    /// The one-time key that names its enrolment on the chain.
    pub enrolment: VerifyingKey,
    /// The commitment's salt.
    pub salt: [u8; 32],
}

/// What a capsule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// A_0 .. A_{t-1}: what the members' answers are checked against.
    pub commitments: Vec<[u8; 32]>,
    /// The series.
    pub series: Vec<SeriesWraps>,
    /// The computers whose manifests count, with the keys that verify them.
    pub writers: Vec<salus_vault::Writer>,
    /// The name under which the patient wants to appear.
    pub patient: String,
    /// The epochs that are covered.
    pub scope: Scope,
    /// The writers' enrolments, as far as they have any.
    pub disclosures: Vec<Disclosure>,
    /// What the patient's devices said of themselves, in order of device and time.
    pub devices: Vec<ToldDevice>,
    /// Where only daily summaries are given: the days of each series, in the order of the series, whose own wraps are none.
    /// Empty where readings are given.
    pub days: Vec<Vec<WrappedDay>>,
}

impl Disclosure {
    /// Whether a proven record is the enrolment of the gateway that signs with `gateway`.
    #[must_use]
    pub fn opens(&self, record: &EnrolmentRecord, chain: &ChainId, gateway: &[u8; 32]) -> bool {
        enrolment_commitment(chain, &self.salt, &VerifyingKey(*gateway)) == record.commitment
    }
}

impl Content {
    /// The octets, in the version that says what is given.
    pub(super) fn octets(&self) -> Vec<u8> {
        if self.days.is_empty() { self.encode() } else { Daily(self.clone()).encode() }
    }

    /// Reads content of this version, or of one before it, or of daily summaries.
    ///
    /// # Errors
    /// [`CodecError`].
    pub fn parse(octets: &[u8]) -> Result<Self, CodecError> {
        match octets.first() {
            Some(&First::VERSION) => First::decode(octets).map(|First(content)| content),
            Some(&Second::VERSION) => Second::decode(octets).map(|Second(content)| content),
            Some(&Daily::VERSION) => Daily::decode(octets).map(|Daily(content)| content),
            _ => Self::decode(octets),
        }
    }

    pub(crate) fn check(&self) -> Result<(), CapsuleError> {
        let wraps: usize = self.series.iter().map(|s| s.wraps.len()).sum();
        let sized = wraps <= MAX_WRAPS
            && (1..=MAX_SERIES).contains(&self.series.len())
            && self.writers.len() <= MAX_WRITERS
            && self.disclosures.len() <= MAX_WRITERS
            && self.devices.len() <= MAX_DEVICES
            && self.commitments.len() <= MAX_COMMITMENTS;
        check_name(&self.patient)?;
        told::check(&self.devices)?;
        days::check(self)?;
        if sized { Ok(()) } else { Err(CapsuleError::TooLarge) }
    }
}

impl SeriesWraps {
    fn write(&self, out: &mut Writer) {
        out.fixed(self.series.as_bytes());
        out.u32(self.generation);
        out.u8(self.category.code());
        out.u32(u32::try_from(self.wraps.len()).unwrap_or(u32::MAX));
        for one in &self.wraps {
            out.u8(one.slot.level());
            out.u32(one.slot.start());
            out.fixed(one.wrap);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let series = SeriesId(input.array()?);
        let generation = input.u32()?;
        let category = Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))?;
        let length = usize::try_from(input.u32()?).unwrap_or(usize::MAX);
        if length > MAX_WRAPS {
            return Err(CodecError::TooLong { length, limit: MAX_WRAPS });
        }
        if length > input.left() / WRAPPED {
            return Err(CodecError::Truncated);
        }
        let wraps = (0..length).map(|_| Wrapped::read(input)).collect::<Result<_, _>>()?;
        Ok(Self { series, generation, category, wraps })
    }
}

impl Wrapped {
    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (level, start) = (input.u8()?, input.u32()?);
        let slot = Slot::new(level, start).map_err(|_| CodecError::Value("slot"))?;
        Ok(Self { slot, wrap: input.array()? })
    }
}

impl Content {
    pub(super) fn write_common(&self, out: &mut Writer) {
        out.list(&self.commitments, |out, point| out.fixed(point));
        out.list(&self.series, |out, series| series.write(out));
        out.list(&self.writers, |out, writer| {
            out.fixed(writer.id.0);
            out.fixed(writer.key);
        });
        out.lp(&self.patient);
        out.u32(self.scope.first_epoch);
        out.u32(self.scope.last_epoch);
    }

    pub(super) fn read_common(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let commitments = input.list(MAX_COMMITMENTS, Reader::array)?;
        let series = input.list(MAX_SERIES, SeriesWraps::read)?;
        let writers = input.list(MAX_WRITERS, |input| {
            Ok(salus_vault::Writer { id: WriterId(input.array()?), key: input.array()? })
        })?;
        let patient = input.text(4 * MAX_NAME)?;
        check_name(&patient)?;
        let scope = Scope::new(input.u32()?, input.u32()?).map_err(|_| CodecError::Value("scope"))?;
        let (disclosures, devices, days) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { commitments, series, writers, patient, scope, disclosures, devices, days })
    }

    pub(super) fn write_disclosed(&self, out: &mut Writer) {
        self.write_common(out);
        out.list(&self.disclosures, |out, disclosure| {
            out.fixed(disclosure.writer.0);
            out.fixed(disclosure.enrolment);
            out.fixed(disclosure.salt);
        });
    }

    pub(super) fn read_disclosed(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let common = Self::read_common(kind, input)?;
        let disclosures = input.list(MAX_WRITERS, |input| {
            Ok(Disclosure {
                writer: WriterId(input.array()?),
                enrolment: input.verifying_key()?,
                salt: input.array()?,
            })
        })?;
        Ok(Self { disclosures, ..common })
    }

    pub(super) fn write_told(&self, out: &mut Writer) {
        self.write_disclosed(out);
        out.list(&self.devices, |out, device| device.write(out));
    }

    pub(super) fn read_told(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let disclosed = Self::read_disclosed(kind, input)?;
        let devices = input.list(MAX_DEVICES, ToldDevice::read)?;
        told::check(&devices)?;
        Ok(Self { devices, ..disclosed })
    }
}

impl Record for Content {
    const MAX: usize = MAX_CAPSULE;
    const VERSION: u8 = 3;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.write_told(out);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Self::read_told(kind, input)
    }
}

//! What the state holds, and its encodings.

use crate::codec::{CodecError, Reader, Record, Writer};
use crate::genesis::MAX_MEMBERS;
use crate::ids::{GrantId, Hash32, ReaderKey, TxHash};
use crate::time::UnixMillis;
use crate::tx::{CredentialBody, CredentialStatus, GrantTerms};

/// Where a permission stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantStatus {
    /// Recorded, and its beginning has not come.
    NotYet,
    /// In force.
    Active,
    /// Stopped.
    Revoked,
    /// Run out.
    Expired,
}

/// A permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRecord {
    /// What is permitted.
    pub terms: GrantTerms,
    /// The recording transaction.
    pub tx_hash: TxHash,
    /// The height it was recorded at.
    pub height: u64,
    /// Keepers that acknowledged a share; bit i - 1 for keeper i.
    pub acks: u32,
    /// How it ended; `None` while it has not, whatever the clock says.
    pub end: Option<GrantEnd>,
    /// Keepers that confirmed erasure; bit i - 1 for keeper i.
    pub erased: u32,
    /// Receipts in its log.
    pub access_count: u32,
    /// Head of the log's hash chain.
    pub access_head: Hash32,
    /// Epoch of the last receipt.
    pub access_epoch: u32,
    /// Receipts in that epoch.
    pub access_in_epoch: u32,
}

/// How and at which height a permission ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantEnd {
    /// Stopped, rather than run out.
    pub revoked: bool,
    /// The height at which it was recorded as ended.
    pub height: u64,
}

impl GrantRecord {
    /// Where it stands at an instant; the end time counts also before a block has recorded it.
    pub fn status_at(&self, instant: UnixMillis) -> GrantStatus {
        match self.end {
            Some(GrantEnd { revoked: true, .. }) => GrantStatus::Revoked,
            Some(GrantEnd { revoked: false, .. }) => GrantStatus::Expired,
            None if instant >= self.terms.expires_ms => GrantStatus::Expired,
            None if instant < self.terms.not_before_ms => GrantStatus::NotYet,
            None => GrantStatus::Active,
        }
    }

    /// Whether keeper `index` acknowledged a share.
    pub fn acked(&self, index: u16) -> bool {
        bit(index).is_some_and(|bit| self.acks & bit != 0)
    }

    /// Whether keeper `index` confirmed erasure.
    pub fn erasure_confirmed(&self, index: u16) -> bool {
        bit(index).is_some_and(|bit| self.erased & bit != 0)
    }

    /// How many keepers acknowledged, and how many confirmed erasure.
    pub fn counts(&self) -> (u32, u32) {
        (self.acks.count_ones(), self.erased.count_ones())
    }
}

/// The bit of keeper `index`, from 1 to 21.
pub(crate) fn bit(index: u16) -> Option<u32> {
    let place = usize::from(index).checked_sub(1).filter(|place| *place < MAX_MEMBERS)?;
    1u32.checked_shl(u32::try_from(place).ok()?)
}

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRecord {
    /// The recording transaction.
    pub tx_hash: TxHash,
    /// The permission.
    pub grant_id: GrantId,
    /// Place in the grant's log, from 0.
    pub place: u32,
    /// Who.
    pub reader_pk: ReaderKey,
    /// Hash of the salted request.
    pub request_hash: Hash32,
    /// Hash of the key that releases are sealed to.
    pub epk_hash: Hash32,
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
}

/// Where the receipt of a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccessPointer {
    /// The permission.
    pub grant_id: GrantId,
    /// Place in its log.
    pub place: u32,
    /// The height it was recorded at.
    pub height: u64,
}

/// The newest statement about a clinician's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialRecord {
    /// The statement.
    pub body: CredentialBody,
    /// The height it was recorded at.
    pub height: u64,
}

impl CredentialRecord {
    /// Whether it is in force at an instant.
    pub fn in_force(&self, instant: UnixMillis) -> bool {
        self.body.status == CredentialStatus::Active && instant < self.body.valid_until_ms
    }

    /// Whether this is another person's key than `other`, as far as members say. Of two keys of one member both have to say
    /// whose they are. Of keys of two members nobody can tell, and they count as two persons'.
    pub fn another_person(&self, other: &Self) -> bool {
        let (one, two) = (&self.body, &other.body);
        if one.credential_pk == two.credential_pk {
            return false;
        }
        if one.member_index != two.member_index {
            return true;
        }
        one.subject.zip(two.subject).is_some_and(|(one, two)| one != two)
    }
}

/// Where an enrolment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnrolmentStatus {
    /// Not enrolled yet at that instant.
    NotYet,
    /// Enrolled.
    Enrolled,
    /// Withdrawn.
    Withdrawn,
}

/// When an enrolment was withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Withdrawn {
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
}

/// An enrolled gateway; kept also after the withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnrolmentRecord {
    /// Commitment to the gateway's signing key ([`crate::tx::enrolment_commitment`]).
    pub commitment: Hash32,
    /// The height it was recorded at.
    pub height: u64,
    /// The time of that block.
    pub time_ms: UnixMillis,
    /// The withdrawal, if any.
    pub withdrawn: Option<Withdrawn>,
}

impl EnrolmentRecord {
    /// Where it stood at an instant.
    pub fn status_at(&self, instant: UnixMillis) -> EnrolmentStatus {
        match self.withdrawn {
            Some(withdrawn) if instant >= withdrawn.time_ms => EnrolmentStatus::Withdrawn,
            _ if instant < self.time_ms => EnrolmentStatus::NotYet,
            _ => EnrolmentStatus::Enrolled,
        }
    }
}

/// Totals; makes the tree non-empty from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainRecord {
    /// Names the chain.
    pub chain_id: crate::ids::ChainId,
    /// Grants ever recorded.
    pub grants: u64,
    /// Entries in the expiry heap.
    pub heap_len: u32,
}

/// An entry of the expiry heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ExpiryEntry {
    pub(crate) expires_ms: UnixMillis,
    pub(crate) grant_id: GrantId,
}

fn expect(kind: u8, own: u8) -> Result<(), CodecError> {
    if kind == own { Ok(()) } else { Err(CodecError::Kind(kind)) }
}

impl Record for GrantRecord {
    const MAX: usize = 512;

    fn kind(&self) -> u8 {
        0x11
    }

    fn write(&self, out: &mut Writer) {
        self.terms.write(out);
        out.fixed(self.tx_hash);
        out.u64(self.height);
        out.u32(self.acks);
        let (how, height) = match self.end {
            None => (0, 0),
            Some(GrantEnd { revoked: true, height }) => (1, height),
            Some(GrantEnd { revoked: false, height }) => (2, height),
        };
        out.u8(how);
        out.u64(height);
        out.u32(self.erased);
        out.u32(self.access_count);
        out.fixed(self.access_head);
        out.u32(self.access_epoch);
        out.u32(self.access_in_epoch);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x11)?;
        Ok(Self {
            terms: GrantTerms::read(input)?,
            tx_hash: input.tx_hash()?,
            height: input.u64()?,
            acks: input.u32()?,
            end: match (input.u8()?, input.u64()?) {
                (0, 0) => None,
                (1, height) => Some(GrantEnd { revoked: true, height }),
                (2, height) => Some(GrantEnd { revoked: false, height }),
                _ => return Err(CodecError::Value("end")),
            },
            erased: input.u32()?,
            access_count: input.u32()?,
            access_head: input.hash()?,
            access_epoch: input.u32()?,
            access_in_epoch: input.u32()?,
        })
    }
}

impl Record for AccessRecord {
    const MAX: usize = 512;

    fn kind(&self) -> u8 {
        0x12
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.tx_hash);
        out.fixed(self.grant_id);
        out.u32(self.place);
        out.fixed(self.reader_pk);
        out.fixed(self.request_hash);
        out.fixed(self.epk_hash);
        out.u64(self.height);
        out.instant(self.time_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x12)?;
        Ok(Self {
            tx_hash: input.tx_hash()?,
            grant_id: input.grant_id()?,
            place: input.u32()?,
            reader_pk: input.reader_key()?,
            request_hash: input.hash()?,
            epk_hash: input.hash()?,
            height: input.u64()?,
            time_ms: input.instant()?,
        })
    }
}

impl Record for AccessPointer {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x13
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.u32(self.place);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x13)?;
        Ok(Self { grant_id: input.grant_id()?, place: input.u32()?, height: input.u64()? })
    }
}

impl Record for CredentialRecord {
    const MAX: usize = 256;

    fn kind(&self) -> u8 {
        if self.body.subject.is_some() { 0x1f } else { 0x14 }
    }

    fn write(&self, out: &mut Writer) {
        self.body.write(out);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = match kind {
            0x14 => CredentialBody::read(input)?,
            0x1f => CredentialBody::read_told(input)?,
            other => return Err(CodecError::Kind(other)),
        };
        Ok(Self { body, height: input.u64()? })
    }
}

impl Record for ChainRecord {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x15
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.chain_id);
        out.u64(self.grants);
        out.u32(self.heap_len);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x15)?;
        Ok(Self { chain_id: input.chain_id()?, grants: input.u64()?, heap_len: input.u32()? })
    }
}

impl Record for ExpiryEntry {
    const MAX: usize = 64;

    fn kind(&self) -> u8 {
        0x16
    }

    fn write(&self, out: &mut Writer) {
        out.instant(self.expires_ms);
        out.fixed(self.grant_id);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x16)?;
        Ok(Self { expires_ms: input.instant()?, grant_id: input.grant_id()? })
    }
}

impl Record for EnrolmentRecord {
    const MAX: usize = 128;

    fn kind(&self) -> u8 {
        0x17
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.commitment);
        out.u64(self.height);
        out.instant(self.time_ms);
        // Heights count from 1, so height 0 can stand for none.
        let withdrawn = self.withdrawn.unwrap_or(Withdrawn { height: 0, time_ms: 0 });
        out.u64(withdrawn.height);
        out.instant(withdrawn.time_ms);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        expect(kind, 0x17)?;
        Ok(Self {
            commitment: input.hash()?,
            height: input.u64()?,
            time_ms: input.instant()?,
            withdrawn: match (input.u64()?, input.instant()?) {
                (0, 0) => None,
                (0, _) => return Err(CodecError::Value("withdrawn")),
                (height, time_ms) => Some(Withdrawn { height, time_ms }),
            },
        })
    }
}

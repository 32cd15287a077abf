//! A circle as the state holds it.
//!
//! ```text
//! 19 = circle_id 32 || patient_pk 32 || patient_since_ms i64 || revision u32 || next_seat u8
//!      || delegates || guardians || policy || pending (list of at most one) || handover_ms i64 (0 none)
//!      || retired_ms i64 (0 none) || height u64
//! delegate in it = seat u8 || power || keys that attested
//! pending        = change || subject 32 || proposer u8 || approvals || needs u8 || effective_ms i64 (0 none)
//! ```
//!
//! What is stored is how the circle was when something last happened to it; [`CircleRecord::at`] is how it is.

use super::field::{read_instant, write_instant};
use super::{ATTESTATIONS, Beginning, MAX_DELEGATES};
use super::{Change, Delegate, Guardians, Policy, Signer};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{CircleId, Hash32, VerifyingKey};
use crate::time::UnixMillis;

/// A delegate in a circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The seat, from 1: given once, in the order of coming.
    pub seat: u8,
    /// The power.
    pub delegate: Delegate,
    /// Clinicians that attested so far, for a power that waits for them.
    pub attested: Vec<VerifyingKey>,
}

/// A change that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The change.
    pub change: Change,
    /// Its name ([`Change::subject`]).
    pub subject: Hash32,
    /// Who asked.
    pub proposer: Signer,
    /// Who approved, in order; the proposer is never among them.
    pub approvals: Vec<Signer>,
    /// How many approvals it needs.
    pub needs: u8,
    /// When it takes effect unless somebody objects; none while approvals are missing.
    pub effective_ms: Option<UnixMillis>,
}

/// Who may act for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleRecord {
    /// Names the circle.
    pub circle_id: CircleId,
    /// The person's key of this circle.
    pub patient_pk: VerifyingKey,
    /// Since when it is that key.
    pub patient_since_ms: UnixMillis,
    /// Counts what happened to the circle; a change and an approval name it, so that neither can be played back.
    pub revision: u32,
    /// The seat that the next delegate gets.
    pub next_seat: u8,
    /// By increasing seat.
    pub delegates: Vec<Seated>,
    /// Who can give the person a new key.
    pub guardians: Guardians,
    /// What delegates need one another for.
    pub policy: Policy,
    /// The change that waits, if any.
    pub pending: Option<Pending>,
    /// When the circle was handed over; from then on no power of it holds.
    pub handover_ms: Option<UnixMillis>,
    /// When the person's key last retired for another, unless guardians gave one since.
    pub retired_ms: Option<UnixMillis>,
    /// The height it was last recorded at.
    pub height: u64,
}

impl CircleRecord {
    /// Whose key this is.
    pub fn find(&self, pk: &VerifyingKey) -> Option<Signer> {
        if *pk == self.patient_pk {
            return Some(Signer::Patient);
        }
        if let Some(seated) = self.delegates.iter().find(|seated| seated.delegate.pk == *pk) {
            return Some(Signer::Delegate(seated.seat));
        }
        let place = self.guardians.keys.iter().position(|key| key == pk)?;
        u8::try_from(place).ok().map(Signer::Guardian)
    }

    /// The delegate in a seat.
    pub fn seated(&self, seat: u8) -> Option<&Seated> {
        self.delegates.iter().find(|seated| seated.seat == seat)
    }

    /// Whether the power in a seat is in force at an instant, with what this record says.
    pub fn in_force(&self, seat: u8, now: UnixMillis) -> bool {
        let holds = |seated: &Seated| {
            let sprung =
                seated.delegate.beginning == Beginning::AtOnce || seated.attested.len() >= ATTESTATIONS;
            sprung && seated.delegate.holds_at(now)
        };
        self.handover_ms.is_none() && self.seated(seat).is_some_and(holds)
    }
}

impl Seated {
    /// Octets of the largest encoding.
    const MAX_OCTETS: usize = 1 + Delegate::OCTETS + 2 + 32 * ATTESTATIONS;

    fn write(&self, out: &mut Writer) {
        out.u8(self.seat);
        self.delegate.write(out);
        out.list(&self.attested, |out, pk| out.fixed(pk));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            seat: input.u8()?,
            delegate: Delegate::read(input)?,
            attested: input.list(ATTESTATIONS, Reader::verifying_key)?,
        })
    }
}

impl Pending {
    /// Approvals that are kept at most: every delegate or guardian.
    const APPROVALS: usize = MAX_DELEGATES;
    /// Octets of the largest encoding.
    const MAX_OCTETS: usize = Change::MAX_OCTETS + 32 + 1 + 2 + Self::APPROVALS + 1 + 8;

    fn write(&self, out: &mut Writer) {
        self.change.write(out);
        out.fixed(self.subject);
        self.proposer.write(out);
        out.list(&self.approvals, |out, signer| signer.write(out));
        out.u8(self.needs);
        write_instant(out, self.effective_ms);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            change: Change::read(input)?,
            subject: input.hash()?,
            proposer: Signer::read(input)?,
            approvals: input.list(Self::APPROVALS, Signer::read)?,
            needs: input.u8()?,
            effective_ms: read_instant(input)?,
        })
    }
}

impl Record for CircleRecord {
    /// Version and kind, five fields, eight delegates, guardians, policy, a pending change, three fields: 2,560 octets.
    const MAX: usize = 2
        + (32 + 32 + 8 + 4 + 1)
        + (2 + MAX_DELEGATES * Seated::MAX_OCTETS)
        + Guardians::MAX_OCTETS
        + Policy::OCTETS
        + (2 + Pending::MAX_OCTETS)
        + (8 + 8 + 8);

    fn kind(&self) -> u8 {
        0x19
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.fixed(self.patient_pk);
        out.instant(self.patient_since_ms);
        out.u32(self.revision);
        out.u8(self.next_seat);
        out.list(&self.delegates, |out, seated| seated.write(out));
        self.guardians.write(out);
        self.policy.write(out);
        out.list(self.pending.as_slice(), |out, pending| pending.write(out));
        write_instant(out, self.handover_ms);
        write_instant(out, self.retired_ms);
        out.u64(self.height);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x19 {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            circle_id: input.circle_id()?,
            patient_pk: input.verifying_key()?,
            patient_since_ms: input.instant()?,
            revision: input.u32()?,
            next_seat: input.u8()?,
            delegates: input.list(MAX_DELEGATES, Seated::read)?,
            guardians: Guardians::read(input)?,
            policy: Policy::read(input)?,
            pending: input.list(1, Pending::read)?.pop(),
            handover_ms: read_instant(input)?,
            retired_ms: read_instant(input)?,
            height: input.u64()?,
        })
    }
}

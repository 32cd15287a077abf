//! A permission that a delegate recorded: what it waits for, and whether it holds.
//!
//! ```text
//! 1a = circle_id 32 || proposer u8 (seat) || needs u8 || approvals (seats) || proposed_ms i64 || ready_ms i64 (0 none)
//!      || objected u8 || confirmed_by 32 (0 none) || readers: leaf 32 || credential 32 each
//! ```
//!
//! It holds when it is ready, its time has come, and nobody objected. It *rests* when its delegate was removed or the circle
//! was handed over, until the person's present key confirms it; a new key of the person has to confirm again.

use super::field::{later, read_flag, read_instant, write_instant};
use super::{CircleRecord, MAX_DELEGATES, MAX_GRANT_READERS, Role, Signer};
use crate::codec::{CodecError, Reader, Record, Writer};
use crate::ids::{CircleId, Hash32, ReaderKey, VerifyingKey};
use crate::state::TxRefused;
use crate::time::UnixMillis;

/// A reader of a delegated permission, and the credential that answers for the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantReader {
    /// [`ReaderKey::leaf`].
    pub leaf: Hash32,
    /// The clinician's attested key: it has to be in force at each opening.
    pub credential_pk: VerifyingKey,
}

/// What makes a recorded permission a delegated one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CircleGrantRecord {
    /// Under whose circle.
    pub circle_id: CircleId,
    /// Seat of the steward who recorded it.
    pub proposer: u8,
    /// How many approvals it needs; 0 for one that needed none.
    pub needs: u8,
    /// Seats of who approved, in order.
    pub approvals: Vec<u8>,
    /// When it was recorded.
    pub proposed_ms: UnixMillis,
    /// First instant at which it may be opened; none while approvals are missing.
    pub ready_ms: Option<UnixMillis>,
    /// Whether somebody objected: for ever.
    pub objected: bool,
    /// The person's key that confirmed it, if any.
    pub confirmed_by: Option<VerifyingKey>,
    /// Who may open it.
    pub readers: Vec<GrantReader>,
}

impl CircleGrantRecord {
    /// Whether it may be opened at an instant, as far as its circle is concerned.
    pub fn opens(&self, circle: &CircleRecord, now: UnixMillis) -> bool {
        let circle = circle.at(now);
        let ready = self.ready_ms.is_some_and(|ready| now >= ready);
        circle.circle_id == self.circle_id
            && ready
            && !self.objected
            && (!self.rests(&circle) || self.confirmed(&circle))
    }

    /// The credential that answers for a reader.
    pub fn credential_of(&self, reader: &ReaderKey) -> Option<VerifyingKey> {
        let leaf = reader.leaf();
        self.readers.iter().find(|reader| reader.leaf == leaf).map(|reader| reader.credential_pk)
    }

    /// The key whose credential answers for a reader: in a delegate's permission the one that it names for the reader, in any
    /// other the reader's own signing key.
    pub fn answering(given: Option<&Self>, reader: &ReaderKey) -> VerifyingKey {
        given.and_then(|given| given.credential_of(reader)).unwrap_or_else(|| reader.signing())
    }

    fn rests(&self, circle: &CircleRecord) -> bool {
        circle.handover_ms.is_some() || circle.seated(self.proposer).is_none()
    }

    fn confirmed(&self, circle: &CircleRecord) -> bool {
        self.confirmed_by == Some(circle.patient_pk) && may_confirm(circle)
    }

    /// The permission after an approval by a delegate, or a confirmation by the person; `circle` is the circle at that time.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn approve(&self, now: UnixMillis, circle: &CircleRecord, signer: Signer) -> Result<Self, TxRefused> {
        let seat = match signer {
            Signer::Patient => return self.confirm(circle),
            Signer::Delegate(seat) => seat,
            Signer::Guardian(_) => return Err(TxRefused::BeyondRole),
        };
        if seat == self.proposer {
            return Err(TxRefused::Concerned);
        }
        let still_steward = circle.seated(self.proposer).is_some_and(|s| s.delegate.role == Role::Steward);
        if !still_steward || !circle.in_force(self.proposer, now) || !circle.in_force(seat, now) {
            return Err(TxRefused::PowerNotInForce);
        }
        if self.approvals.contains(&seat) || self.ready_ms.is_some() {
            return Err(TxRefused::AlreadySaid);
        }
        let mut after = self.clone();
        // Who was removed meanwhile does not count, and makes room.
        after.approvals.retain(|earlier| circle.seated(*earlier).is_some());
        after.approvals.push(seat);
        let standing = after.approvals.iter().filter(|seat| circle.in_force(**seat, now)).count();
        if standing >= usize::from(self.needs) {
            after.ready_ms = Some(later(now, circle.policy.veto_ms));
        }
        Ok(after)
    }

    fn confirm(&self, circle: &CircleRecord) -> Result<Self, TxRefused> {
        // Nothing can be confirmed in advance: it would outlive the day it is meant for.
        if !self.rests(circle) {
            return Err(TxRefused::NothingWaits);
        }
        if !may_confirm(circle) {
            return Err(TxRefused::BeyondRole);
        }
        if self.confirmed(circle) {
            return Err(TxRefused::AlreadySaid);
        }
        Ok(Self { confirmed_by: Some(circle.patient_pk), ..self.clone() })
    }

    /// The permission after an objection; `circle` is the circle at that time. Once it may be opened this is a stop, which the
    /// person and every delegate may ask for; before, the policy says whose objection counts.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn object(&self, now: UnixMillis, circle: &CircleRecord, signer: Signer) -> Result<Self, TxRefused> {
        if self.objected {
            return Err(TxRefused::AlreadySaid);
        }
        let ready = self.ready_ms.is_some_and(|ready| now >= ready);
        let named = circle.policy.objector;
        let counts = match signer {
            Signer::Patient => true,
            Signer::Delegate(seat) => ready || named == 0 || named == seat,
            Signer::Guardian(_) => !ready && named == 0,
        };
        if counts { Ok(Self { objected: true, ..self.clone() }) } else { Err(TxRefused::BeyondRole) }
    }
}

/// Whether the person's present key may confirm: after a handover only one that came later, so that who handed over cannot.
fn may_confirm(circle: &CircleRecord) -> bool {
    circle.handover_ms.is_none_or(|handover| circle.patient_since_ms > handover)
}

impl Record for CircleGrantRecord {
    /// Version and kind, three fields, approvals, two times, two marks, readers: 353 octets.
    const MAX: usize =
        2 + (32 + 1 + 1) + (2 + MAX_DELEGATES) + (8 + 8) + (1 + 32) + (2 + 64 * MAX_GRANT_READERS);

    fn kind(&self) -> u8 {
        0x1a
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle_id);
        out.u8(self.proposer);
        out.u8(self.needs);
        out.list(&self.approvals, |out, seat| out.u8(*seat));
        out.instant(self.proposed_ms);
        write_instant(out, self.ready_ms);
        out.u8(u8::from(self.objected));
        // No signature verifies under the zero key, so it can stand for none.
        out.fixed(self.confirmed_by.unwrap_or(VerifyingKey([0; 32])));
        out.list(&self.readers, |out, reader| {
            out.fixed(reader.leaf);
            out.fixed(reader.credential_pk);
        });
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != 0x1a {
            return Err(CodecError::Kind(kind));
        }
        Ok(Self {
            circle_id: input.circle_id()?,
            proposer: input.u8()?,
            needs: input.u8()?,
            approvals: input.list(MAX_DELEGATES, Reader::u8)?,
            proposed_ms: input.instant()?,
            ready_ms: read_instant(input)?,
            objected: read_flag(input)?,
            confirmed_by: Some(input.verifying_key()?).filter(|pk| *pk != VerifyingKey([0; 32])),
            readers: input.list(MAX_GRANT_READERS, |input| {
                Ok(GrantReader { leaf: input.hash()?, credential_pk: input.verifying_key()? })
            })?,
        })
    }
}

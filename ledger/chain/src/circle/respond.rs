//! Approving and objecting to a change that waits.

use super::field::later;
use super::{CircleRecord, DELAY_MS, Pending, Signer};
use crate::ids::Hash32;
use crate::state::TxRefused;
use crate::time::UnixMillis;

impl CircleRecord {
    /// The circle after an approval; `self` is the circle at that time. The last approval starts the 72 hours.
    ///
    /// # Errors
    /// Why the approval does not count.
    pub fn approve(&self, now: UnixMillis, signer: Signer, subject: &Hash32) -> Result<Self, TxRefused> {
        let mut circle = self.clone();
        let pending = circle.pending.as_mut().filter(|pending| pending.subject == *subject);
        let pending = pending.ok_or(TxRefused::NothingWaits)?;
        // Delegates approve what delegates ask for, guardians what guardians ask for.
        match (signer, pending.proposer) {
            (Signer::Delegate(seat), Signer::Delegate(_)) if !self.in_force(seat, now) => {
                return Err(TxRefused::PowerNotInForce);
            }
            (Signer::Delegate(seat), Signer::Delegate(_)) if pending.change.concerns() == Some(seat) => {
                return Err(TxRefused::Concerned);
            }
            (Signer::Delegate(_), Signer::Delegate(_)) | (Signer::Guardian(_), Signer::Guardian(_)) => {}
            _ => return Err(TxRefused::BeyondRole),
        }
        if signer == pending.proposer {
            return Err(TxRefused::Concerned);
        }
        // An approval beyond the last would move the end of the 72 hours.
        if pending.approvals.contains(&signer) || pending.effective_ms.is_some() {
            return Err(TxRefused::AlreadySaid);
        }
        pending.approvals.push(signer);
        if self.standing(&pending.approvals, now) >= usize::from(pending.needs) {
            pending.effective_ms = Some(later(now, DELAY_MS));
        }
        Ok(circle)
    }

    /// How many of those who approved still count: a delegate only while their power is in force.
    pub(super) fn standing(&self, approvals: &[Signer], now: UnixMillis) -> usize {
        let stands = |signer: &&Signer| match signer {
            Signer::Delegate(seat) => self.in_force(*seat, now),
            Signer::Guardian(_) => true,
            Signer::Patient => false,
        };
        approvals.iter().filter(stands).count()
    }

    /// Whether somebody of the circle may object to the change that waits: a young key of the person not to what guardians ask for,
    /// because it may be the thief's.
    ///
    /// # Errors
    /// [`TxRefused::BeyondRole`].
    pub fn may_object(&self, now: UnixMillis, signer: Signer) -> Result<(), TxRefused> {
        let by_guardians = |pending: &Pending| matches!(pending.proposer, Signer::Guardian(_));
        let taken_back = self.pending.as_ref().is_some_and(by_guardians);
        if signer == Signer::Patient && taken_back && self.is_young(now) {
            return Err(TxRefused::BeyondRole);
        }
        Ok(())
    }

    /// The circle after an objection by any of the circle to the change that waits; `self` is the circle at that time.
    ///
    /// # Errors
    /// [`TxRefused::NothingWaits`] when no change of that name waits.
    pub fn object(&self, subject: &Hash32) -> Result<Self, TxRefused> {
        let mut circle = self.clone();
        if circle.pending.as_ref().is_none_or(|pending| pending.subject != *subject) {
            return Err(TxRefused::NothingWaits);
        }
        circle.pending = None;
        circle.revision = circle.revision.saturating_add(1);
        Ok(circle)
    }
}

//! Who may ask for which change, and what it waits for.
//!
//! | who | at once | after 72 h | never |
//! |---|---|---|---|
//! | the person | what takes power away, a review, the handover, the key's retirement | everything else | |
//! | a delegate in force | their own going | add, raise or review another, policy, handover: with the approvals of others | the rest |
//! | a guardian | | a new key of the person: with the other guardians | the rest |
//!
//! Whoever took somebody's laptop has the person's key too, and may be the first to retire it. So within 30 days of that the person's
//! key is [`CircleRecord::is_young`]: it retires for no other, names no other guardians, and keeps the guardians from nothing. They
//! ask for another key whatever the young one has waiting, and neither its objection nor a change of its own takes that back.
//! Delegates and guardians object as ever; so a young key adds no delegate where there are guardians, because one of its own would
//! object for it.

use super::field::later;
use super::{Change, CircleRecord, DELAY_MS, Pending, Signer};
use crate::ids::Hash32;
use crate::state::TxRefused;
use crate::time::UnixMillis;

/// What a change waits for.
enum Way {
    AtOnce,
    Waits { needs: u8 },
}

impl CircleRecord {
    /// The circle after `signer` asks for a change in a block of this time; `self` is the circle at that time and `subject`
    /// the change's name.
    ///
    /// # Errors
    /// Why the change may not be asked for.
    pub fn propose(
        &self,
        now: UnixMillis,
        signer: Signer,
        change: &Change,
        subject: Hash32,
    ) -> Result<Self, TxRefused> {
        if !self.possible(change, now) {
            return Err(TxRefused::CircleForm);
        }
        let mut circle = self.clone();
        circle.revision = circle.revision.checked_add(1).ok_or(TxRefused::CircleRevision)?;
        match self.way(now, signer, change)? {
            Way::AtOnce => {
                circle.make_void(change, now);
                circle.apply(change, now);
            }
            Way::Waits { .. } if !self.gives_way(now, signer) => return Err(TxRefused::ChangeWaits),
            Way::Waits { needs } => {
                let effective_ms = (needs == 0).then(|| later(now, DELAY_MS));
                let (change, approvals) = (change.clone(), Vec::new());
                circle.pending =
                    Some(Pending { change, subject, proposer: signer, approvals, needs, effective_ms });
            }
        }
        Ok(circle)
    }

    /// Whether what waits gives way to what somebody asks for. The person's own does: nobody can keep the person from asking; and
    /// what a young key asked for does to the guardians.
    fn gives_way(&self, now: UnixMillis, signer: Signer) -> bool {
        let Some(pending) = &self.pending else { return true };
        let by_guardians = matches!(pending.proposer, Signer::Guardian(_));
        match signer {
            Signer::Patient => !(by_guardians && self.is_young(now)),
            Signer::Guardian(_) => pending.proposer == Signer::Patient && self.is_young(now),
            Signer::Delegate(_) => false,
        }
    }

    fn way(&self, now: UnixMillis, signer: Signer, change: &Change) -> Result<Way, TxRefused> {
        match signer {
            Signer::Patient => self.by_patient(now, change),
            Signer::Delegate(seat) => self.by_delegate(now, seat, change),
            Signer::Guardian(_) => match change {
                // The one who asks is the first of the threshold.
                Change::ReplacePatient(_) => {
                    Ok(Way::Waits { needs: self.guardians.threshold.saturating_sub(1) })
                }
                _ => Err(TxRefused::BeyondRole),
            },
        }
    }

    fn by_patient(&self, now: UnixMillis, change: &Change) -> Result<Way, TxRefused> {
        Ok(match change {
            // Of whoever took the key, somebody who objects to the guardians for good.
            Change::AddDelegate(_) if self.is_young(now) && !self.guardians.keys.is_empty() => {
                return Err(TxRefused::BeyondRole);
            }
            Change::RemoveDelegate(_)
            | Change::LowerDelegate(..)
            | Change::ConfirmReview { .. }
            | Change::Handover
            | Change::RetireKey(_) => Way::AtOnce,
            Change::SetPolicy(policy) if policy.as_strict_as(&self.policy) => Way::AtOnce,
            Change::SetPolicy(_)
            | Change::AddDelegate(_)
            | Change::RaiseDelegate(..)
            | Change::SetGuardians(_)
            | Change::ReplacePatient(_) => Way::Waits { needs: 0 },
        })
    }

    fn by_delegate(&self, now: UnixMillis, seat: u8, change: &Change) -> Result<Way, TxRefused> {
        // Laying a power down needs no power.
        if *change == Change::RemoveDelegate(seat) {
            return Ok(Way::AtOnce);
        }
        if !self.in_force(seat, now) {
            return Err(TxRefused::PowerNotInForce);
        }
        if change.concerns() == Some(seat) {
            return Err(TxRefused::Concerned);
        }
        let allowed = match change {
            Change::AddDelegate(_) | Change::SetPolicy(_) | Change::Handover => true,
            // Never narrower in any field: that would be removing another by another name.
            Change::RaiseDelegate(other, to) => {
                self.seated(*other).is_some_and(|seated| seated.delegate.within(to))
            }
            Change::ConfirmReview { seat: other, review_ms } => {
                self.seated(*other).is_some_and(|seated| seated.delegate.review_ms < Some(*review_ms))
            }
            Change::RemoveDelegate(_)
            | Change::LowerDelegate(..)
            | Change::SetGuardians(_)
            | Change::ReplacePatient(_)
            | Change::RetireKey(_) => false,
        };
        if allowed { Ok(Way::Waits { needs: self.policy.approvals }) } else { Err(TxRefused::BeyondRole) }
    }
}

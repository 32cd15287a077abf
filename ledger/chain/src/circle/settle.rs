//! How a circle is at an instant: what has come due takes effect without any block doing it.

use std::collections::BTreeSet;

use super::field::later;
use super::{Change, CircleRecord, Guardians, LAST_SEAT, MAX_DELEGATES, Pending, Policy, REVIEW_AHEAD_MS};
use super::{RETIRED_MS, Seated, Signer};
use crate::ids::VerifyingKey;
use crate::time::UnixMillis;

impl CircleRecord {
    /// The circle at an instant: a pending change whose time has come is applied, at its own time. What became impossible
    /// meanwhile is dropped. Doing it twice is doing it once.
    #[must_use]
    pub fn at(&self, now: UnixMillis) -> Self {
        let mut circle = self.clone();
        let due = |pending: &Pending| pending.effective_ms.filter(|effective| *effective <= now);
        if let Some(effective) = circle.pending.as_ref().and_then(due)
            && let Some(pending) = circle.pending.take()
        {
            circle.revision = circle.revision.saturating_add(1);
            if circle.possible(&pending.change, effective) {
                circle.apply(&pending.change, effective);
                // The guardians' word settles whose the key is.
                if matches!(pending.proposer, Signer::Guardian(_)) {
                    circle.retired_ms = None;
                }
            }
        }
        circle
    }

    /// Whether the change fits the circle, whoever asks for it.
    pub(super) fn possible(&self, change: &Change, now: UnixMillis) -> bool {
        match change {
            Change::RemoveDelegate(seat) => self.seated(*seat).is_some(),
            Change::LowerDelegate(seat, to) => {
                to.fits() && self.seated(*seat).is_some_and(|seated| to.within(&seated.delegate))
            }
            Change::AddDelegate(new) => {
                let room = self.delegates.len() < MAX_DELEGATES && self.next_seat <= LAST_SEAT;
                new.fits() && room && self.find(&new.pk).is_none()
            }
            Change::RaiseDelegate(seat, to) => {
                to.fits() && self.seated(*seat).is_some_and(|seated| seated.delegate.pk == to.pk)
            }
            Change::SetPolicy(policy) => self.allows(policy),
            Change::SetGuardians(guardians) => {
                guardians.fits() && self.keys_differ(guardians) && !self.is_young(now)
            }
            Change::ReplacePatient(pk) => self.find(pk).is_none(),
            Change::ConfirmReview { seat, review_ms } => {
                let reviewed = self.seated(*seat).is_some_and(|seated| seated.delegate.review_ms.is_some());
                let ahead = review_ms.saturating_sub(now);
                reviewed && (1..=REVIEW_AHEAD_MS).contains(&ahead)
            }
            Change::Handover => self.handover_ms.is_none(),
            // After a handover a key speaks only once it waited: what rests is confirmed by one that came afterwards.
            Change::RetireKey(pk) => {
                self.find(pk).is_none() && self.handover_ms.is_none() && !self.is_young(now)
            }
        }
    }

    /// True while the person's key came by its retirement of another so lately that guardians may still take it back, and it cannot
    /// keep them from that.
    pub fn is_young(&self, now: UnixMillis) -> bool {
        self.retired_ms.is_some_and(|at| now < later(at, RETIRED_MS))
    }

    /// Makes a possible change.
    pub(super) fn apply(&mut self, change: &Change, at: UnixMillis) {
        match change {
            Change::RemoveDelegate(seat) => {
                self.delegates.retain(|seated| seated.seat != *seat);
                // A seat with nobody in it would leave nobody but the person to object.
                if self.policy.objector == *seat {
                    self.policy.objector = 0;
                }
            }
            Change::LowerDelegate(seat, to) => self.change(*seat, |seated| seated.delegate = *to),
            Change::AddDelegate(new) => {
                let seat = self.next_seat;
                self.next_seat = seat.saturating_add(1);
                self.delegates.push(Seated { seat, delegate: *new, attested: Vec::new() });
            }
            // What clinicians attested was for the power as it was.
            Change::RaiseDelegate(seat, to) => self.change(*seat, |seated| {
                seated.delegate = *to;
                seated.attested.clear();
            }),
            Change::SetPolicy(policy) => self.policy = *policy,
            Change::SetGuardians(guardians) => self.guardians = guardians.clone(),
            Change::ReplacePatient(pk) => {
                self.patient_pk = *pk;
                self.patient_since_ms = at;
            }
            Change::ConfirmReview { seat, review_ms } => {
                self.change(*seat, |seated| seated.delegate.review_ms = Some(*review_ms));
            }
            Change::Handover => self.handover_ms = Some(at),
            Change::RetireKey(pk) => {
                self.patient_pk = *pk;
                self.patient_since_ms = at;
                self.retired_ms = Some(at);
            }
        }
    }

    fn change(&mut self, seat: u8, to: impl FnOnce(&mut Seated)) {
        if let Some(seated) = self.delegates.iter_mut().find(|seated| seated.seat == seat) {
            to(seated);
        }
    }

    /// Whether the policy can become that of this circle. What was reachable before somebody went may stay as it is: else the
    /// person would have to loosen it to change anything else.
    fn allows(&self, policy: &Policy) -> bool {
        let stays = policy.approvals == self.policy.approvals;
        (stays || policy.reachable(self.delegates.len())) && policy.fits() && self.names_somebody(policy)
    }

    /// Whether the objector of a policy is anybody, or sits in this circle.
    pub(super) fn names_somebody(&self, policy: &Policy) -> bool {
        policy.objector == 0 || self.seated(policy.objector).is_some()
    }

    /// Whether nobody has two duties: the person, the delegates and these guardians are all different keys.
    pub(super) fn keys_differ(&self, guardians: &Guardians) -> bool {
        let delegates = self.delegates.iter().map(|seated| seated.delegate.pk);
        let keys: Vec<VerifyingKey> =
            [self.patient_pk].into_iter().chain(delegates).chain(guardians.keys.iter().copied()).collect();
        keys.iter().collect::<BTreeSet<_>>().len() == keys.len()
    }

    /// Takes back what a change that takes effect at once makes void: what waits for the same power or the same policy, and
    /// what somebody said who may say it no longer.
    pub(super) fn make_void(&mut self, change: &Change, now: UnixMillis) {
        let Some(mut pending) = self.pending.take() else { return };
        let same_power = change.concerns().is_some() && change.concerns() == pending.change.concerns();
        let void = match change {
            Change::RemoveDelegate(seat) => same_power || pending.proposer == Signer::Delegate(*seat),
            Change::LowerDelegate(..) | Change::ConfirmReview { .. } => same_power,
            Change::SetPolicy(_) => matches!(pending.change, Change::SetPolicy(_)),
            Change::Handover => {
                matches!(pending.proposer, Signer::Delegate(_)) || pending.change == Change::Handover
            }
            // Whoever else has the retired key may have asked for it.
            Change::RetireKey(_) => pending.proposer == Signer::Patient,
            Change::AddDelegate(_)
            | Change::RaiseDelegate(..)
            | Change::SetGuardians(_)
            | Change::ReplacePatient(_) => false,
        };
        if void {
            return;
        }
        if let Change::RemoveDelegate(seat) = change {
            pending.approvals.retain(|signer| *signer != Signer::Delegate(*seat));
            if self.standing(&pending.approvals, now) < usize::from(pending.needs) {
                pending.effective_ms = None;
            }
        }
        self.pending = Some(pending);
    }
}

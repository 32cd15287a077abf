//! What happened between two states of a circle that came one after the other. Pure.
//!
//! ```text
//! waited and waits still, with more approvals    agreed, by each
//! waited, and its effect is there                done, by who asked, with who agreed
//! waited, and nothing else is another            objected: the members' record does not name by whom
//! waited, and neither                            dropped
//! waits since                                    announced, by who asked
//! an effect that nothing waited for              done: by the patient, where only the patient could
//! ```

use salus_chain::circle::{Change, CircleRecord, Guardians, Pending, Policy, Signer};
use salus_chain::ids::VerifyingKey;
use salus_insight::fhir::{Deed, Stage};
use salus_wire::UnixMillis;

/// Whose key it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// The person whose circle it is.
    Patient,
    /// Somebody who helped.
    Helper(VerifyingKey),
    /// Somebody who can help to get back.
    Guardian(VerifyingKey),
    /// A clinician.
    Clinician(VerifyingKey),
    /// Somebody of the circle: which of them is not known.
    Somebody,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    pub(crate) deed: Deed,
    pub(crate) stage: Stage,
    pub(crate) by: Who,
    /// Who else had to agree, and did.
    pub(crate) agreed: Vec<Who>,
    /// The helper whom it is about.
    pub(crate) about: Option<VerifyingKey>,
    pub(crate) at: UnixMillis,
    /// When it takes effect, of what was announced.
    pub(crate) effective: Option<UnixMillis>,
    /// How many others have to agree, of what was announced.
    pub(crate) needs: u8,
    /// So many of those who can help to get back, and how many they are, where others were named.
    pub(crate) guardians: Option<(u8, usize)>,
    /// What it is known by: the name of the change that waited, else the height of the state that shows it.
    key: Vec<u8>,
}

impl Passed {
    fn new(deed: Deed, stage: Stage, by: Who, at: UnixMillis, key: &[u8]) -> Self {
        Self {
            deed,
            stage,
            by,
            agreed: Vec::new(),
            about: None,
            at,
            effective: None,
            needs: 0,
            guardians: None,
            key: key.to_vec(),
        }
    }

    /// The change that somebody objected to.
    pub(super) fn objected_to(&self) -> Option<[u8; 32]> {
        let objected = self.stage == Stage::Objected;
        <[u8; 32]>::try_from(self.key.as_slice()).ok().filter(|_| objected)
    }

    /// What tells it from everything else that happened to the circle, the same however often it is looked at.
    pub(crate) fn name(&self) -> Vec<u8> {
        let by = match self.by {
            Who::Helper(pk) | Who::Guardian(pk) | Who::Clinician(pk) => pk.0,
            Who::Patient | Who::Somebody => [0; 32],
        };
        let about = self.about.map(|pk| pk.0).unwrap_or_default();
        let kind = format!("{:?} {:?}", self.deed, self.stage);
        [self.key.as_slice(), &by, &about, kind.as_bytes()].concat()
    }
}

/// An effect: what, about whom, and when, where the state says it.
type Effect = (Deed, Option<VerifyingKey>, Option<UnixMillis>);

/// What happened up to the first state that is known. Of one that is not a circle's first nothing is known but what waits.
pub(super) fn begun(first: &CircleRecord, now: UnixMillis) -> Vec<Passed> {
    let mut before = CircleRecord { pending: None, ..first.clone() };
    if first.revision == 0 {
        before.delegates = Vec::new();
        before.guardians = Guardians { keys: Vec::new(), threshold: 0 };
    }
    let mut all = between(&before, first, now);
    // Who made it is the person; clinicians may have spoken since.
    let made = |passed: &&mut Passed| passed.stage == Stage::Done && passed.deed != Deed::PowerAttested;
    all.iter_mut().filter(made).for_each(|passed| passed.by = Who::Patient);
    all
}

/// What happened from one state to the next, which a block of this time showed.
pub(super) fn between(before: &CircleRecord, after: &CircleRecord, now: UnixMillis) -> Vec<Passed> {
    let mut effects = effects(before, after);
    let mut all = Vec::new();
    if let Some(pending) = &before.pending {
        all.extend(settled(before, after, pending, &mut effects, now));
    }
    let alone = after.revision == before.revision.saturating_add(1);
    for (deed, about, at) in effects {
        let by = match deed {
            // It may be the helper who went.
            Deed::HelperRemoved => Who::Somebody,
            _ if alone => Who::Patient,
            _ => Who::Somebody,
        };
        let key = after.height.to_be_bytes();
        let mut passed = Passed::new(deed, Stage::Done, by, at.unwrap_or(now), &key);
        (passed.about, passed.guardians) = (about, guardians(deed, &after.guardians));
        all.push(passed);
    }
    all.extend(attested(before, after, now));
    let waits = after.pending.as_ref();
    let new = waits.filter(|new| before.pending.as_ref().is_none_or(|old| old.subject != new.subject));
    if let Some(pending) = new {
        let (deed, about) = effect_of(&pending.change, after);
        let by = who(after, pending.proposer);
        let mut passed = Passed::new(deed, Stage::Announced, by, now, &pending.subject.0);
        (passed.about, passed.effective, passed.needs) = (about, pending.effective_ms, pending.needs);
        if let Change::SetGuardians(named) = &pending.change {
            passed.guardians = guardians(deed, named);
        }
        all.push(passed);
        all.extend(agreed(after, pending, &[], now));
    }
    all
}

/// What became of what waited; what it brought about is taken out of the effects.
fn settled(
    before: &CircleRecord,
    after: &CircleRecord,
    pending: &Pending,
    effects: &mut Vec<Effect>,
    now: UnixMillis,
) -> Vec<Passed> {
    let still = after.pending.as_ref().filter(|still| still.subject == pending.subject);
    if let Some(still) = still {
        return agreed(before, still, &pending.approvals, now);
    }
    let (deed, about) = effect_of(&pending.change, before);
    let by = who(before, pending.proposer);
    let place = effects.iter().position(|effect| (effect.0, effect.1) == (deed, about));
    let due = pending.effective_ms.filter(|effective| *effective <= now);
    let mut passed = match place.zip(due) {
        Some((place, effective)) => {
            effects.remove(place);
            let mut done = Passed::new(deed, Stage::Done, by, effective, &pending.subject.0);
            done.agreed = pending.approvals.iter().map(|signer| who(before, *signer)).collect();
            done.guardians = guardians(deed, &after.guardians);
            done
        }
        None if only_taken_back(before, after) => {
            Passed::new(deed, Stage::Objected, Who::Somebody, now, &pending.subject.0)
        }
        None => Passed::new(deed, Stage::Dropped, Who::Somebody, now, &pending.subject.0),
    };
    passed.about = about;
    vec![passed]
}

/// Whether nothing is another but that a change waits no longer, by somebody's word and not by its time.
fn only_taken_back(before: &CircleRecord, after: &CircleRecord) -> bool {
    let (revision, height) = (before.revision.saturating_add(1), after.height);
    let expected = CircleRecord { pending: None, revision, height, ..before.clone() };
    after.height != before.height && expected == *after
}

/// Who agreed to what waits and had not before.
fn agreed(circle: &CircleRecord, pending: &Pending, before: &[Signer], now: UnixMillis) -> Vec<Passed> {
    let (deed, about) = effect_of(&pending.change, circle);
    let new = pending.approvals.iter().filter(|signer| !before.contains(signer));
    new.map(|signer| {
        let by = who(circle, *signer);
        let agreed = Passed::new(deed, Stage::Agreed, by, now, &pending.subject.0);
        Passed { about, effective: pending.effective_ms, ..agreed }
    })
    .collect()
}

/// Which clinicians said since that a power may begin.
fn attested(before: &CircleRecord, after: &CircleRecord, now: UnixMillis) -> Vec<Passed> {
    let mut all = Vec::new();
    for seated in &after.delegates {
        let known = before.seated(seated.seat).map(|before| before.attested.as_slice()).unwrap_or_default();
        for clinician in seated.attested.iter().filter(|clinician| !known.contains(clinician)) {
            let (by, key) = (Who::Clinician(*clinician), after.height.to_be_bytes());
            let passed = Passed::new(Deed::PowerAttested, Stage::Done, by, now, &key);
            all.push(Passed { about: Some(seated.delegate.pk), ..passed });
        }
    }
    all
}

/// What is another in the second state.
fn effects(before: &CircleRecord, after: &CircleRecord) -> Vec<Effect> {
    let mut all: Vec<Effect> = Vec::new();
    for seated in &after.delegates {
        let pk = Some(seated.delegate.pk);
        let Some(old) = before.seated(seated.seat) else {
            all.push((Deed::HelperAdded, pk, None));
            continue;
        };
        let mut reviewed = old.delegate;
        reviewed.review_ms = seated.delegate.review_ms;
        if old.delegate == seated.delegate {
            continue;
        }
        let only_reviewed = reviewed == seated.delegate;
        all.push((if only_reviewed { Deed::PowerReviewed } else { Deed::PowerChanged }, pk, None));
    }
    let gone = before.delegates.iter().filter(|old| after.seated(old.seat).is_none());
    let gone: Vec<Effect> = gone.map(|old| (Deed::HelperRemoved, Some(old.delegate.pk), None)).collect();
    if before.guardians != after.guardians {
        all.push((Deed::GuardiansNamed, None, None));
    }
    // Whose objection counts ends with that helper's seat.
    let rules = |circle: &CircleRecord| {
        if gone.is_empty() { circle.policy } else { Policy { objector: 0, ..circle.policy } }
    };
    if rules(before) != rules(after) {
        all.push((Deed::RulesSet, None, None));
    }
    all.extend(gone);
    if before.patient_pk != after.patient_pk {
        let retired = after.retired_ms.filter(|_| after.retired_ms != before.retired_ms);
        let deed = if retired.is_some() { Deed::KeyRetired } else { Deed::KeyGiven };
        all.push((deed, None, Some(after.patient_since_ms)));
    }
    if before.handover_ms.is_none() {
        all.extend(after.handover_ms.map(|at| (Deed::HandedOver, None, Some(at))));
    }
    all
}

/// What a change brings about, and whom it is about.
fn effect_of(change: &Change, circle: &CircleRecord) -> (Deed, Option<VerifyingKey>) {
    let pk = |seat: u8| circle.seated(seat).map(|seated| seated.delegate.pk);
    match change {
        Change::RemoveDelegate(seat) => (Deed::HelperRemoved, pk(*seat)),
        Change::LowerDelegate(seat, _) | Change::RaiseDelegate(seat, _) => (Deed::PowerChanged, pk(*seat)),
        Change::AddDelegate(new) => (Deed::HelperAdded, Some(new.pk)),
        Change::SetPolicy(_) => (Deed::RulesSet, None),
        Change::SetGuardians(_) => (Deed::GuardiansNamed, None),
        Change::ReplacePatient(_) => (Deed::KeyGiven, None),
        Change::ConfirmReview { seat, .. } => (Deed::PowerReviewed, pk(*seat)),
        Change::Handover => (Deed::HandedOver, None),
        Change::RetireKey(_) => (Deed::KeyRetired, None),
    }
}

fn who(circle: &CircleRecord, signer: Signer) -> Who {
    match signer {
        Signer::Patient => Who::Patient,
        Signer::Delegate(seat) => {
            circle.seated(seat).map_or(Who::Somebody, |seated| Who::Helper(seated.delegate.pk))
        }
        Signer::Guardian(place) => {
            let pk = circle.guardians.keys.get(usize::from(place));
            pk.map_or(Who::Somebody, |pk| Who::Guardian(*pk))
        }
    }
}

fn guardians(deed: Deed, named: &Guardians) -> Option<(u8, usize)> {
    (deed == Deed::GuardiansNamed).then_some((named.threshold, named.keys.len()))
}

#[cfg(test)]
mod tests;

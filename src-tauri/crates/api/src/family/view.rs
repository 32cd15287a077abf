//! What screens show of families: from what was proven last, and the present time.

use salus_chain::circle::{Change, CircleRecord, Pending, Seated, Signer};
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::time::Epoch;
use salus_sharing::circle::{Estate, Notice};
use salus_vault::Vault;
use salus_wire::command::GetFamily;
use salus_wire::view::{
    CircleView, ClinicianView, FamilyChange, FamilyRules, FamilyView, GivenState, GivenView, HelpedView,
    HelperLimits, HelperRole, HelperView, WaitingView, WatchedView,
};
use salus_wire::{ChangeId, CircleId, Failure, GrantId, UnixMillis};

use super::kept::{Coded, Own};
use super::seen::{self, Given, Seen};
use super::{
    before, clinicians, emergency, gone, guardians, handover, limits, lost, meantime, reach, recover, stops,
    watched,
};
use crate::share::condition;
use crate::{App, Run, laptops};

impl Run for GetFamily {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        of(app, &open.vault).await
    }
}

/// Who helps whom.
pub(super) async fn of(app: &App, vault: &Vault) -> Result<FamilyView, Failure> {
    let mut view = FamilyView { own: own(app, vault).await?, ..FamilyView::default() };
    for coded in Coded::all(vault).await? {
        match coded.facts.circle {
            Some(_) => view.helped.extend(helped(app, vault, &coded).await?),
            None => view.codes = view.codes.saturating_add(1),
        }
    }
    view.recovery = lost::shown_of(vault).await?;
    view.meantime = meantime::shown(app, vault).await?;
    if view.own.is_some() {
        view.parts = lost::parts_of(vault).await?;
    }
    view.watched = self::watched(app, vault).await?;
    Ok(view)
}

/// The circle of the record's person, on a laptop that was added.
pub(super) async fn watched(app: &App, vault: &Vault) -> Result<Option<WatchedView>, Failure> {
    let Some(watched) = watched::load(vault).await? else { return Ok(None) };
    let Some(seen) = Seen::load(vault, &watched.circle).await? else { return Ok(None) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let may_object = laptops::may_object(vault, &watched.circle, &circle.patient_pk).await?;
    let eyes = Eyes { circle: &circle, now, own: watched.person, names: watched.names, left: &[] };
    let mut all = given(app, vault, &eyes, &seen).await?;
    for given in &mut all {
        // That takes the key of the first laptop.
        (given.may_agree, given.may_stop, given.may_object) = (false, false, false);
    }
    Ok(Some(WatchedView {
        circle: CircleId(watched.circle.0),
        waiting: circle.pending.as_ref().map(|pending| eyes.waiting(pending)),
        given: all,
        may_object,
        speaks: eyes.signer() == Some(Signer::Patient),
        handed_over: circle.handover_ms,
        retired: circle.retired_ms.filter(|_| circle.is_young(now)),
        proof: seen.proof,
    }))
}

/// Who looks at a circle, and what they know of the others.
struct Eyes<'a> {
    circle: &'a CircleRecord,
    now: UnixMillis,
    own: VerifyingKey,
    names: Vec<(VerifyingKey, String)>,
    /// What the person chose to leave at rest.
    left: &'a [GrantId],
}

async fn own(app: &App, vault: &Vault) -> Result<Option<CircleView>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(None) };
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(None) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let known = own.helpers.iter().map(|h| &h.relative).chain(own.guardians.iter().map(|g| &g.relative));
    let names = known.map(|known| (known.pk, known.name.clone())).collect();
    let eyes = Eyes { circle: &circle, now, own: own.key(vault).verifying_key(), names, left: &own.left };
    let helper = |seated: &Seated| {
        let known = own.helper(&seated.delegate.pk);
        let kept = known.map(|known| match circle.handover_ms {
            // As it was: that no power holds any more says the state.
            Some(_) => known.limits.clone(),
            None => reach::within(vault, &own, &circle, known).limits,
        });
        let (categories, data_from, clinicians) =
            kept.map(|kept| (kept.categories, kept.data_from, kept.clinicians)).unwrap_or_default();
        let told = limits::told(seated);
        // Somebody objected to what was left: a steward of nothing agrees, objects and stops.
        let nothing = categories.is_empty() && seated.delegate.categories_root == Hash32::ZERO;
        let role = if nothing { HelperRole::Approver } else { told.role };
        let limits = HelperLimits { role, categories, data_from, clinicians, ..told };
        eyes.helper(seated, limits, known.and_then(|h| h.keys_until))
    };
    Ok(Some(CircleView {
        circle: CircleId(own.circle.0),
        helpers: circle.delegates.iter().map(helper).collect(),
        // Whose objection counts ends with that helper's seat: as it is proven, not as it was said.
        rules: FamilyRules {
            objector: Some(circle.policy.objector).filter(|seat| *seat != 0),
            ..own.current(vault, &circle).clone()
        },
        waiting: circle.pending.as_ref().map(|pending| eyes.waiting(pending)),
        given: given(app, vault, &eyes, &seen).await?,
        recovery: guardians::shown_of(app, vault, &own, &circle.guardians).await?,
        speaks: eyes.signer() == Some(Signer::Patient),
        handed_over: circle.handover_ms,
        retired: circle.retired_ms.filter(|_| circle.is_young(now)),
        handing: handover::handing(&own, &circle)?,
        given_back: own.given_back,
        made_here: own.is_made_here(),
        new_keys: gone::last(vault).await?,
        still_hold: gone::shown(vault, &own, &circle, now),
        lets_stop: own.lets_stop == Some(true),
        before: before::shown(vault, &own, eyes.signer() == Some(Signer::Patient), now).await?,
        proof: seen.proof,
    }))
}

async fn helped(app: &App, vault: &Vault, coded: &Coded) -> Result<Option<HelpedView>, Failure> {
    let Some(word) = coded.word(vault).await? else { return Ok(None) };
    let Some(seen) = Seen::load(vault, &word.circle).await? else { return Ok(None) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let known = word.helpers.iter().map(|h| &h.relative).chain(&word.guardians);
    let names = known.map(|known| (known.pk, known.name.clone())).collect();
    let eyes = Eyes { circle: &circle, now, own: coded.pk(), names, left: &[] };
    let (emergencies, unseen) = emergency::shown_of(vault, &coded.pk(), &eyes.names).await?;
    let estate = word.estate.as_ref();
    let helper = |seated: &Seated| {
        let told = limits::told(seated);
        if seated.delegate.pk != coded.pk() {
            return eyes.helper(seated, told, None);
        }
        let categories = word.allowed.iter().copied().collect();
        let first = estate.map(|e| Epoch(e.content.scope.first_epoch).start());
        let clinicians = clinicians::named(&word.recipients);
        let limits = HelperLimits { categories, data_from: first.unwrap_or_default(), clinicians, ..told };
        eyes.helper(seated, limits, estate.map(Estate::until))
    };
    Ok(Some(HelpedView {
        circle: CircleId(word.circle.0),
        person: word.person.clone(),
        helpers: circle.delegates.iter().map(helper).collect(),
        ordinary: word.ordinary.iter().copied().collect(),
        waiting: circle.pending.as_ref().map(|pending| eyes.waiting(pending)),
        given: given(app, vault, &eyes, &seen).await?,
        own_given: stops::shown_of(vault, &coded.pk(), now).await?,
        handed_over: circle.handover_ms,
        retired: circle.retired_ms.filter(|_| circle.is_young(now)),
        emergencies,
        unseen,
        guardian: matches!(eyes.signer(), Some(Signer::Guardian(_))),
        back: recover::digits(coded, &circle),
        proof: seen.proof,
    }))
}

/// Every permission of a circle, newest first.
async fn given(app: &App, vault: &Vault, eyes: &Eyes<'_>, seen: &Seen) -> Result<Vec<GivenView>, Failure> {
    let mut all = Vec::new();
    for notice in seen::notices(vault, &eyes.circle.circle_id).await? {
        let known = seen.given.iter().find(|given| given.id.0 == notice.grant.0);
        if let Some(known) = known {
            all.push(eyes.given(app, &notice, known)?);
        }
    }
    all.sort_by_key(|given| std::cmp::Reverse(given.starts));
    Ok(all)
}

impl Eyes<'_> {
    fn name(&self, pk: &VerifyingKey) -> Option<String> {
        self.names.iter().find(|(known, _)| known == pk).map(|(_, name)| name.clone())
    }

    fn name_of(&self, seat: u8) -> Option<String> {
        self.circle.seated(seat).and_then(|seated| self.name(&seated.delegate.pk))
    }

    fn signer(&self) -> Option<Signer> {
        self.circle.find(&self.own)
    }

    fn helper(&self, seated: &Seated, limits: HelperLimits, keys_until: Option<UnixMillis>) -> HelperView {
        HelperView {
            seat: seated.seat,
            name: self.name(&seated.delegate.pk).unwrap_or_default(),
            limits,
            state: limits::standing(self.circle, seated, self.now),
            you: seated.delegate.pk == self.own,
            paper: seated.delegate.instrument_hash != Hash32::ZERO,
            keys_until,
        }
    }

    fn waiting(&self, pending: &Pending) -> WaitingView {
        let (what, about) = match &pending.change {
            Change::RemoveDelegate(seat) => (FamilyChange::Removed, self.name_of(*seat)),
            Change::LowerDelegate(seat, _) => (FamilyChange::Lowered, self.name_of(*seat)),
            Change::AddDelegate(new) => (FamilyChange::Added, self.name(&new.pk)),
            Change::RaiseDelegate(seat, _) => (FamilyChange::Raised, self.name_of(*seat)),
            Change::SetPolicy(_) => (FamilyChange::Rules, None),
            Change::SetGuardians(_) => (FamilyChange::Guardians, None),
            // A retirement never waits.
            Change::ReplacePatient(_) | Change::RetireKey(_) => (FamilyChange::NewKey, None),
            Change::ConfirmReview { seat, .. } => (FamilyChange::Reviewed, self.name_of(*seat)),
            Change::Handover => (FamilyChange::HandedOver, None),
        };
        let by = match pending.proposer {
            Signer::Patient => None,
            Signer::Delegate(seat) => Some(self.name_of(seat).unwrap_or_default()),
            Signer::Guardian(place) => {
                let pk = self.circle.guardians.keys.get(usize::from(place));
                Some(pk.and_then(|pk| self.name(pk)).unwrap_or_default())
            }
        };
        // The circle's own rule says who may agree.
        let agrees = |signer| self.circle.approve(self.now, signer, &pending.subject).is_ok();
        WaitingView {
            change: ChangeId(pending.subject.0),
            what,
            about,
            by,
            effective: pending.effective_ms,
            agreed: u8::try_from(pending.approvals.len()).unwrap_or(u8::MAX),
            needs: pending.needs,
            // A guardian agrees to a request in hand, whose digits they have heard, and not to whatever waits.
            may_agree: self.signer().is_some_and(|s| !matches!(s, Signer::Guardian(_)) && agrees(s)),
        }
    }

    fn given(&self, app: &App, notice: &Notice, known: &Given) -> Result<GivenView, Failure> {
        let (grant, given) = (known.grant()?, known.given()?);
        let person = &notice.attestation.person;
        let (now, terms) = (self.now, &grant.terms);
        let ended = grant.end.is_some() || now >= terms.expires_ms;
        let state = match grant.end {
            Some(_) if given.objected => GivenState::Objected,
            Some(end) if end.revoked => GivenState::Stopped,
            _ if ended => GivenState::Ended,
            _ => match given.ready_ms {
                None => GivenState::AwaitsOthers,
                Some(ready) if now < ready => GivenState::AwaitsTime,
                Some(_) if !given.opens(self.circle, now) => GivenState::Rests,
                Some(_) if now < terms.not_before_ms => GivenState::NotYet,
                Some(_) => GivenState::Active,
            },
        };
        let signer = self.signer();
        let agrees = |signer| given.approve(now, self.circle, signer).is_ok();
        // After that time an objection is a stop, which has a button of its own.
        let waits = given.ready_ms.is_none_or(|ready| now < ready);
        let objects = |signer| given.object(now, self.circle, signer).is_ok();
        let named = Some(self.circle.policy.objector).filter(|seat| *seat != 0);
        let scope = notice.scope;
        Ok(GivenView {
            id: known.id,
            clinician: ClinicianView {
                name: person.name.clone(),
                organisation: person.organisation.clone(),
                attested_by: app.0.network.name_of(notice.attestation.member_index),
                proven_at_height: grant.height.to_string(),
                asks: None,
                on_duty: false,
            },
            categories: notice.categories.iter().copied().collect(),
            data_from: Epoch(scope.first_epoch).start(),
            data_to: Epoch(scope.last_epoch).end(),
            starts: terms.not_before_ms,
            ends: terms.expires_ms,
            condition: condition::view(&known.policy),
            by: self.name_of(given.proposer).unwrap_or_default(),
            state,
            agreed: u8::try_from(given.approvals.len()).unwrap_or(u8::MAX),
            needs: given.needs,
            ready: given.ready_ms,
            may_agree: !ended && signer.is_some_and(agrees),
            may_stop: !ended && matches!(signer, Some(Signer::Patient | Signer::Delegate(_))),
            may_object: !ended && waits && signer.is_some_and(objects),
            objector: named.map(|seat| self.name_of(seat).unwrap_or_default()),
            opened: known.opened.iter().rev().copied().collect(),
            left: self.left.contains(&known.id),
        })
    }
}

#[cfg(test)]
mod tests {
    use salus_wire::ErrorCode;
    use salus_wire::command::{LayDown, MakeFamilyCode};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    #[tokio::test]
    async fn nobody_helps_anybody_at_first_and_without_members_nobody_can() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        assert_eq!(app.run(GetFamily {}).await.unwrap(), FamilyView::default());
        let refused = app.run(MakeFamilyCode {}).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Offline);
        let strange = app.run(LayDown { circle: CircleId([7; 32]) }).await.unwrap_err();
        assert_eq!(strange.code, ErrorCode::Offline);
        app.close().await.unwrap();
    }
}

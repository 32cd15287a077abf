//! Helpers stop what the person gave herself, where she lets them: her app tells each of them of what runs, with its stop signed in
//! advance, and theirs prove where it stands.
//!
//! ```text
//! person   let_helpers_stop (native confirmation) -> keep_up: tell, whenever what runs is not what they were told last
//! helper   keep_up: take, look (proven) -> get_family -> stop_for_relative: the stop that came, to the members
//! ```
//!
//! Only with her word: to whom somebody goes for help is theirs to tell. Emergency cards have a way of their own
//! ([`super::emergency`]). What another laptop of hers gave goes with the stop of the mandate under which it did, whose key her first
//! laptop has.

mod held;

use salus_chain::codec::Record;
use salus_chain::ids::{self, VerifyingKey};
use salus_chain::state::TxRefused;
use salus_light::LightClient;
use salus_sharing::circle::stops::{self, MAX_STOPS, Told};
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::circle::{CircleError, Stops};
use salus_sharing::issue::Progress;
use salus_sharing::stop::{stop_of, stop_tx};
use salus_vault::Vault;
use salus_wire::command::LetHelpersStop;
use salus_wire::event::Event;
use salus_wire::view::{FamilyView, OwnGivenView, PowerState};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use self::held::{Held, One, Standing, is_over};
use super::kept::{Coded, Own};
use super::letters::{Read, is_newer, proven};
use super::seen::spoken_in;
use super::{limits, sentence, view};
use crate::asked::Asked;
use crate::failure::Fail;
use crate::inbox::find;
use crate::laptops::{self, Elsewhere};
use crate::lock::Open;
use crate::outbox;
use crate::share::keep_up::state_of;
use crate::share::kept as permissions;
use crate::{App, Run};

impl Run for LetHelpersStop {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        let known = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        if self.on && known.lets_stop != Some(true) {
            app.ask(Asked::Stops, &sentence::stops(app.tongue())).await?;
        }
        let _turn = open.sharing.take().await;
        // While the question stood, something else may have changed.
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        if self.on || own.lets_stop.is_some() {
            own.lets_stop = Some(self.on);
            own.save(&open.vault).await?;
        }
        app.tell(Event::PermissionsChanged);
        view::of(app, &open.vault).await
    }
}

/// Whether helpers were ever told of what the person gave, and can have stopped it.
pub(crate) async fn ever_let(vault: &Vault) -> Result<bool, Failure> {
    Ok(Own::load(vault).await?.is_some_and(|own| own.lets_stop.is_some()))
}

/// What screens show a helper of what the person gave and lets them stop.
pub(super) async fn shown_of(
    vault: &Vault,
    pk: &VerifyingKey,
    now: UnixMillis,
) -> Result<Vec<OwnGivenView>, Failure> {
    Ok(Held::load(vault, pk).await?.views(now))
}

/// Something that runs, and that a stop by a key of this record ends.
enum Running {
    /// By the permission's own key.
    Here(Box<permissions::Kept>),
    /// Another laptop gave it: by the key of its mandate.
    There(Box<Elsewhere>),
}

impl Running {
    fn id(&self) -> GrantId {
        match self {
            Self::Here(kept) => kept.id(),
            Self::There(one) => one.id,
        }
    }

    fn ends(&self) -> UnixMillis {
        match self {
            Self::Here(kept) => kept.facts.ends,
            Self::There(one) => one.ends,
        }
    }

    fn with_stop(&self, vault: &Vault, client: &LightClient) -> Told {
        let (stop, replaces, clinician, categories) = match self {
            Self::Here(kept) => {
                let stop = stop_tx(&kept.permission, client.genesis(), &kept.own_key(vault));
                let facts = &kept.facts;
                (stop, facts.replaces, &facts.clinician, &facts.categories)
            }
            Self::There(one) => {
                let stop = stop_of(ids::GrantId(one.id.0), client.genesis(), &one.key);
                (stop, None, &one.clinician, &one.categories)
            }
        };
        let replaces = replaces.map(|id| ids::GrantId(id.0));
        let whom = (clinician.name.as_str(), clinician.organisation.as_str());
        Told::new(&stop, replaces, whom, categories.iter().copied().collect())
    }
}

/// What runs and helpers may be told of: no card.
async fn running(vault: &Vault, now: UnixMillis) -> Result<Vec<Running>, Failure> {
    let runs = |kept: &permissions::Kept| {
        let recorded = matches!(kept.permission.progress(), Progress::Recorded(_));
        let own = kept.own_key(vault).verifying_key() == kept.permission.terms().patient_grant_pk;
        recorded && own && kept.facts.card.is_none() && !is_over(kept.state(now))
    };
    let here = permissions::all(vault).await?.into_iter().filter(runs);
    let there = laptops::elsewhere(vault, now).await?.into_iter().map(|one| Running::There(Box::new(one)));
    let mut all: Vec<Running> = here.map(|kept| Running::Here(Box::new(kept))).chain(there).collect();
    // How long the others' last is the word of the laptops that gave them, and one of them may be in other hands.
    let there = |one: &Running| matches!(one, Running::There(_));
    all.sort_by_key(|one| (there(one), std::cmp::Reverse((one.ends(), one.id().0))));
    all.truncate(MAX_STOPS);
    Ok(all)
}

/// Tells every helper whose power is in force of what the person gave and lets them stop, when it is not what they were told last; true
/// when one was told.
pub(super) async fn tell(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    let Some(lets) = own.lets_stop else { return Ok(false) };
    let (now, key) = (app.now(), own.key(vault));
    let circle = spoken_in(vault, &own, now).await?.filter(|circle| circle.handover_ms.is_none());
    let Some(circle) = circle else { return Ok(false) };
    let running = if lets { running(vault, now).await? } else { Vec::new() };
    let ids: Vec<GrantId> = running.iter().map(Running::id).collect();
    let mut written = false;
    for at in 0..own.helpers.len() {
        let helper = &own.helpers[at];
        let (pk, inbox) = (helper.relative.pk, helper.relative.inbox);
        let Some(seated) = circle.delegates.iter().find(|seated| seated.delegate.pk == pk) else { continue };
        let in_force = limits::standing(&circle, seated, now) == PowerState::InForce;
        let wanted = if in_force { ids.clone() } else { Vec::new() };
        let nothing = wanted.is_empty() && helper.stops.is_none();
        if nothing || helper.stops.as_ref() == Some(&wanted) {
            continue;
        }
        let those = running.iter().filter(|_| in_force);
        let told: Vec<Told> = those.map(|one| one.with_stop(vault, client)).collect();
        let said = Stops::sign(own.circle, pk, now, &told, &client.chain_id(), &key);
        let until = now.saturating_add(KEEP_MS);
        if let Err(error) = outbox::send(vault, client, &said.encode(), &inbox, (until, now)).await {
            tracing::debug!(%error, "a helper is told of a permission later");
            continue;
        }
        own.helpers[at].stops = Some(wanted);
        own.save(vault).await?;
        written = true;
    }
    Ok(written)
}

/// A helper takes in what they can stop.
pub(super) async fn take(
    vault: &Vault,
    client: &LightClient,
    coded: &Coded,
    told: &Stops,
) -> Result<Read, Failure> {
    let mut held = Held::load(vault, &coded.pk()).await?;
    if coded.facts.circle != Some(told.circle) {
        return Ok(Read::Nothing);
    }
    let Some(circle) = proven(client, &told.circle).await? else { return Ok(Read::Later) };
    if !told.holds(client.genesis(), &circle, &coded.pk())
        || !is_newer(held.last(&circle.patient_pk), told.number)
    {
        return Ok(Read::Nothing);
    }
    held.turn_to(told);
    held.by = Some(circle.patient_pk);
    held.save(vault, &coded.pk()).await?;
    Ok(Read::News)
}

/// Proves where everything stands that this record's person can stop for somebody; true when something changed.
pub(super) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut changed = false;
    for coded in Coded::all(&open.vault).await? {
        let pk = coded.pk();
        let mut held = Held::load(&open.vault, &pk).await?;
        let before = held.clone();
        for one in held.all.iter_mut().filter(|one| !one.is_over()) {
            if let Err(failure) = prove(app, client, one).await {
                tracing::debug!(code = %failure.code, "what somebody gave is looked at later");
            }
        }
        if held != before {
            held.save(&open.vault, &pk).await?;
            changed = true;
        }
    }
    Ok(changed)
}

async fn prove(app: &App, client: &LightClient, one: &mut One) -> Result<(), Failure> {
    let proven = client.prove_grant(&ids::GrantId(one.id.0)).await.map_err(|e| app.0.network.failure(&e))?;
    let Some(record) = proven.value else { return Ok(()) };
    // One with another key the stop would not end.
    let ends = one.proven.is_some() || record.terms.patient_grant_pk == one.own;
    if !ends && !is_under(app, client, one).await? {
        return Ok(());
    }
    let policy = match &one.proven {
        // A contract is never changed.
        Some(known) => known.policy.clone(),
        None => find::policy(app, client, &record.terms.contract_hash).await?.unwrap_or_default(),
    };
    let new = Standing {
        starts: record.terms.not_before_ms,
        ends: record.terms.expires_ms,
        state: state_of(record.status_at(proven.head.time_ms)),
        openings: record.access_count,
        policy,
        proof: app.0.network.proof(&proven.head),
    };
    // A newer head that says the same is not a change.
    let same = |old: &Standing| (old.state, old.openings) == (new.state, new.openings);
    if !one.proven.as_ref().is_some_and(same) {
        one.proven = Some(new);
    }
    Ok(())
}

/// Whether the key that signed the stop is that of the mandate under which another laptop of the person gave it.
async fn is_under(app: &App, client: &LightClient, one: &One) -> Result<bool, Failure> {
    let given = client.prove_mandate(&one.own).await.map_err(|e| app.0.network.failure(&e))?.value;
    Ok(given.is_some_and(|given| given.grant_id.0 == one.id.0))
}

/// Stops one for its person, and what was given in its place; false when it is none that the person lets this helper stop.
pub(super) async fn stop(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    coded: &Coded,
    id: &GrantId,
) -> Result<bool, Failure> {
    let mut held = Held::load(vault, &coded.pk()).await?;
    let Some(asked) = held.all.iter().find(|one| one.id == *id).cloned() else { return Ok(false) };
    stops::stop(client, &asked.told()).await.map_err(Fail::fail)?;
    for one in held.all.iter().filter(|one| one.is_beside(&asked) && !one.is_over()) {
        match stops::stop(client, &one.told()).await {
            Ok(_) | Err(CircleError::Refused(TxRefused::Ended | TxRefused::UnknownGrant)) => {}
            Err(error) => return Err(error.fail()),
        }
    }
    for one in held.all.iter_mut().filter(|one| one.id == *id || one.is_beside(&asked)) {
        if let Err(failure) = prove(app, client, one).await {
            tracing::debug!(code = %failure.code, "the stop is proven; where it stands is proven again later");
        }
    }
    held.save(vault, &coded.pk()).await?;
    Ok(true)
}

//! What a helper permitted who helps no longer, and to which the person agreed again: it goes on as the person's own.
//!
//! ```text
//! it rests as soon as the helper goes (the members) -> the person confirms it (`confirm_permission`): it opens what was sealed before
//!   -> under the new keys it is given as the person's own, to the same key, with the same categories, window,
//!      times and contract
//!   -> proven to be recorded: the helper's is stopped
//! ```
//!
//! Nobody else could: who went gets no new keys, and the others did not give it. The window is the one that the helper told and the
//! person saw when they agreed, no further back than the helper could read.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::ids;
use salus_chain::state::GrantRecord;
use salus_chain::time::Epoch;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::circle::{Notice, Voice, notice, speak};
use salus_vault::Vault;
use salus_wire::view::ClinicianView;
use salus_wire::{Category, Failure, GrantId, UnixMillis};

use super::kept::{Helper, Own};
use super::seen::{self, Seen};
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::again::{Taken, take, taken};
use crate::share::kept;

/// Prepares what is due, and stops what the person's own is in the place of; true when something changed that a screen shows.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(own) = Own::load(vault).await? else { return Ok(false) };
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(false) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    if circle.patient_pk != own.key(vault).verifying_key() {
        // Somebody else speaks for the person by now, and decides.
        return Ok(false);
    }
    let (mut changed, all) = (false, kept::all(vault).await?);
    for told in seen::notices(vault, &own.circle).await? {
        let id = GrantId(told.grant.0);
        let Some(known) = seen.given.iter().find(|given| given.id == id) else { continue };
        let (grant, given) = (known.grant()?, known.given()?);
        let Some(helper) = own.helper(&told.by) else { continue };
        if !is_kept(&circle, &grant, &given, now) || !is_behind(vault, helper, &told) {
            continue;
        }
        match taken(&all, id) {
            None => {
                let taken = of(app, client, &told, &grant, helper, &known.policy).await?;
                if !take(app, open, client, taken).await? {
                    continue;
                }
            }
            Some(true) => {
                let key = own.key(vault);
                let voice = Voice { circle: own.circle, key: &key };
                speak::stop(client, voice, ids::GrantId(id.0)).await.or_fail()?;
            }
            Some(false) => continue,
        }
        changed = true;
    }
    Ok(changed)
}

/// True for one by somebody who helps no longer, to which the person agreed again.
fn is_kept(circle: &CircleRecord, grant: &GrantRecord, given: &CircleGrantRecord, now: UnixMillis) -> bool {
    let gone = circle.seated(given.proposer).is_none();
    let runs = grant.end.is_none() && now < grant.terms.expires_ms;
    gone && runs && given.opens(circle, now)
}

/// True when something of its window is sealed under keys that its helper did not have.
fn is_behind(vault: &Vault, helper: &Helper, told: &Notice) -> bool {
    let last = Epoch(told.scope.last_epoch).end();
    told.categories.iter().any(|category| helper.reaches(vault, *category).is_some_and(|until| until < last))
}

/// It as the person's own. Its key is in the transaction that the chain holds of it.
async fn of(
    app: &App,
    client: &LightClient,
    told: &Notice,
    grant: &GrantRecord,
    helper: &Helper,
    policy: &str,
) -> Result<Taken, Failure> {
    let reader = notice::reader(client, grant).await.or_fail()?;
    let first = told.scope.first_epoch.max(Epoch::at(helper.limits.data_from).0).min(told.scope.last_epoch);
    let scope = Scope::new(first, told.scope.last_epoch).unwrap_or(told.scope);
    let (person, terms) = (&told.attestation.person, &grant.terms);
    let mut categories: Vec<Category> = told.categories.iter().copied().collect();
    categories.sort_by_key(|category| category.code());
    Ok(Taken {
        id: GrantId(terms.grant_id.0),
        reader,
        clinician: ClinicianView {
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            attested_by: app.0.network.name_of(told.attestation.member_index),
            proven_at_height: grant.height.to_string(),
            asks: None,
            on_duty: false,
        },
        credential: person.credential_pk.0,
        categories,
        scope,
        times: (terms.not_before_ms, terms.expires_ms),
        condition: (terms.contract_hash, policy.to_owned()),
    })
}

//! Where each circle and what its helpers gave stands, proven by the members and kept in the record.

use salus_chain::ids::CircleId;
use salus_light::LightClient;
use salus_sharing::circle::Notice;
use salus_vault::Vault;
use salus_wire::{Failure, GrantId};

use super::kept::{Coded, Own};
use super::seen::{self, Given, Seen};
use super::{history, watched};
use crate::App;
use crate::inbox::find;
use crate::lock::Open;

/// Every circle that this record has a part in, and the one that it watches on a laptop that was added.
pub(super) async fn circles(vault: &Vault) -> Result<Vec<CircleId>, Failure> {
    let own = Own::load(vault).await?.map(|own| own.circle);
    let helped = Coded::all(vault).await?.into_iter().filter_map(|coded| coded.facts.circle);
    let watched = watched::load(vault).await?.map(|watched| watched.circle);
    Ok(own.into_iter().chain(helped).chain(watched).collect())
}

/// Proves every circle; true when something that screens show has changed. One that cannot be proven now holds up no other.
pub(super) async fn all(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut changed = false;
    for circle in circles(&open.vault).await? {
        match one(app, open, client, &circle).await {
            Ok(new) => changed |= new,
            Err(failure) => tracing::debug!(code = %failure.code, "a circle is looked at later"),
        }
    }
    Ok(changed)
}

async fn one(app: &App, open: &Open, client: &LightClient, circle: &CircleId) -> Result<bool, Failure> {
    let proven = client.prove_circle(circle).await.map_err(|e| app.0.network.failure(&e))?;
    // Not recorded yet: nothing has happened.
    let Some(record) = proven.value else { return Ok(false) };
    let before = Seen::load(&open.vault, circle).await?;
    let mut given = Vec::new();
    for notice in seen::notices(&open.vault, circle).await? {
        let known = before.as_ref().and_then(|seen| seen.given.iter().find(|g| g.id.0 == notice.grant.0));
        given.extend(permission(app, client, &notice, known).await?);
    }
    let now = Seen::new(&record, app.0.network.proof(&proven.head), given);
    let changed = before.as_ref().is_none_or(|before| before.differs(&now));
    if changed {
        // Of a record from before states were kept: what it knows is the first of them.
        if let Some(before) = &before
            && let Ok(circle) = before.circle()
        {
            history::keep(&open.vault, &circle, &before.proof).await?;
        }
        history::keep(&open.vault, &record, &now.proof).await?;
        now.save(&open.vault, circle).await?;
    }
    Ok(changed)
}

/// A permission with its openings; one that has ended is not asked about again.
async fn permission(
    app: &App,
    client: &LightClient,
    notice: &Notice,
    known: Option<&Given>,
) -> Result<Option<Given>, Failure> {
    if let Some(known) = known
        && known.grant()?.end.is_some()
    {
        return Ok(Some(known.clone()));
    }
    let log = client.grant_log(&notice.grant).await.map_err(|e| app.0.network.failure(&e))?;
    let given = client.prove_delegated(&notice.grant).await.map_err(|e| app.0.network.failure(&e))?;
    let Some(((grant, receipts), given)) = log.value.zip(given.value) else { return Ok(None) };
    let opened = receipts.iter().map(|receipt| receipt.time_ms).collect();
    let policy = match known {
        // A contract is never changed.
        Some(known) if !known.policy.is_empty() => known.policy.clone(),
        _ => find::policy(app, client, &grant.terms.contract_hash).await?.unwrap_or_default(),
    };
    Ok(Some(Given::new(GrantId(notice.grant.0), &grant, &given, opened, policy)))
}

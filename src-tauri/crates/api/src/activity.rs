//! Every act on every permission, each proven.

use salus_chain::state::{AccessRecord, GrantEnd, GrantRecord};
use salus_light::LightClient;
use salus_wire::Failure;
use salus_wire::command::ListActivity;
use salus_wire::view::{ActivityEntry, ActivityKind, ActivityView, ProofView};

use crate::lock::Open;
use crate::share::kept::{self, Kept};
use crate::{App, Run};

/// Proofs of heights kept in memory.
const MOST_PROOFS: usize = 1024;

impl Run for ListActivity {
    async fn run(self, app: &App) -> Result<ActivityView, Failure> {
        let open = app.open().await?;
        let all = kept::all(&open.vault).await?;
        let client = app.0.network.client()?;
        let (mut entries, mut complete, mut newest) = (Vec::new(), true, None);
        for kept in &all {
            match of(app, &open, &client, kept).await {
                Ok(Some((mut more, proof))) => {
                    entries.append(&mut more);
                    newest = Some(proof);
                }
                // Not recorded yet: nothing has happened.
                Ok(None) => {}
                Err(failure) => {
                    tracing::debug!(code = %failure.code, "a permission's log is not proven now");
                    complete = false;
                    entries.extend(remembered(kept));
                }
            }
        }
        if newest.is_none() {
            newest = app.0.network.newest().0.map(|h| app.0.network.proof(&h));
        }
        entries.sort_by_key(|e| std::cmp::Reverse(e.at));
        Ok(ActivityView { entries, complete, proof: newest })
    }
}

/// What the record remembers of a permission whose log cannot be proven now.
fn remembered(kept: &Kept) -> Option<ActivityEntry> {
    let proof = kept.facts.proven.as_ref()?.proof.clone();
    Some(entry(kept, ActivityKind::Given, proof))
}

fn entry(kept: &Kept, kind: ActivityKind, proof: ProofView) -> ActivityEntry {
    ActivityEntry {
        kind,
        at: proof.time,
        permission: kept.id(),
        clinician: kept.facts.clinician.name.clone(),
        proof,
    }
}

async fn of(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &Kept,
) -> Result<Option<(Vec<ActivityEntry>, ProofView)>, Failure> {
    let log = client.grant_log(&kept.permission.id()).await.map_err(|e| app.0.network.failure(&e))?;
    let newest = app.0.network.proof(&log.head);
    let Some((record, receipts)) = log.value else { return Ok(None) };
    let mut entries =
        vec![entry(kept, ActivityKind::Given, proof_at(app, open, client, record.height).await?)];
    for AccessRecord { height, .. } in receipts {
        entries.push(entry(kept, ActivityKind::Opened, proof_at(app, open, client, height).await?));
    }
    if let Some(GrantEnd { revoked, height }) = record.end {
        let kind = if revoked { ActivityKind::Stopped } else { ActivityKind::Ended };
        entries.push(entry(kept, kind, proof_at(app, open, client, height).await?));
        if all_erased(&record, client.genesis().n()) {
            entries.push(entry(kept, ActivityKind::Erased, newest.clone()));
        }
    }
    Ok(Some((entries, newest)))
}

/// Whether every member confirmed that it deleted its part.
pub(crate) fn all_erased(record: &GrantRecord, members: u16) -> bool {
    (1..=members).all(|member| record.erasure_confirmed(member))
}

/// The proof of a height; heights do not change, so it is asked for once.
pub(crate) async fn proof_at(
    app: &App,
    open: &Open,
    client: &LightClient,
    height: u64,
) -> Result<ProofView, Failure> {
    let proofs = || open.proofs.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = proofs().get(&height) {
        return Ok(known.clone());
    }
    let head = client.head_at(height).await.map_err(|e| app.0.network.failure(&e))?;
    let proof = app.0.network.proof(&head);
    let mut proofs = proofs();
    proofs.insert(height, proof.clone());
    while proofs.len() > MOST_PROOFS {
        proofs.pop_first();
    }
    Ok(proof)
}

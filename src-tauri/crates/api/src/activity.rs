//! Every act on every permission, each proven.

use salus_chain::ids::{Hash32, TxHash};
use salus_chain::state::{AccessRecord, GrantEnd, GrantRecord};
use salus_chain::tx::Purpose;
use salus_light::LightClient;
use salus_wire::Failure;
use salus_wire::command::ListActivity;
use salus_wire::view::{ActivityEntry, ActivityKind, ActivityView, OpenerView, ProofView, SecondView};

use crate::lock::Open;
use crate::share::kept::{self, Kept};
use crate::{App, Run};

/// Proofs of heights kept in memory, and of second clinicians.
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
        second: None,
        on_duty: None,
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
    for AccessRecord { height, tx_hash, reader_pk, .. } in receipts {
        let mut opened = entry(kept, ActivityKind::Opened, proof_at(app, open, client, height).await?);
        if kept.facts.group.is_some() {
            by_one_on_duty(kept, &reader_pk.signing().0, &mut opened);
        }
        // Without a contract nobody asks for a second one.
        if record.terms.contract_hash != Hash32::ZERO {
            opened.second = second(app, open, client, kept, &tx_hash).await?;
        }
        entries.push(opened);
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

/// Names who of those on duty it was, as far as the organisation said it.
fn by_one_on_duty(kept: &Kept, signer: &[u8; 32], entry: &mut ActivityEntry) {
    let group = kept.facts.clinician.name.clone();
    let opener = kept.facts.openers.iter().find(|opener| opener.key == *signer);
    if let Some(opener) = opener {
        entry.clinician.clone_from(&opener.name);
    }
    entry.on_duty = Some(OpenerView { group, known: opener.is_some() });
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

/// Who agreed to an opening besides the clinician, proven. What was stated with an opening does not change, so it is asked for
/// once; the member is the one that attests the second clinician at that time.
async fn second(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &Kept,
    tx: &TxHash,
) -> Result<Option<SecondView>, Failure> {
    let seconds = || open.seconds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = seconds().get(tx) {
        return Ok(known.clone());
    }
    let stated = client.prove_statement(tx).await.map_err(|e| app.0.network.failure(&e))?.value;
    // With an emergency card the card's own screen says who opened, and who agreed.
    let treatment = stated.filter(|statement| statement.purpose == Purpose::Treatment);
    let people = treatment.and_then(|statement| statement.second_pk.zip(statement.opener_pk));
    let second = match people {
        None => None,
        Some((key, opener)) => {
            let proven = client.prove_credential(&key).await.map_err(|e| app.0.network.failure(&e))?;
            let member = proven.value.map(|credential| app.0.network.name_of(credential.body.member_index));
            // The two are two; that one of them is whom the permission is for, only the record knows.
            let by_another = kept.facts.credential.is_some_and(|own| own != opener.0);
            Some(SecondView { attested_by: member.unwrap_or_default(), by_another })
        }
    };
    let mut seconds = seconds();
    seconds.insert(*tx, second.clone());
    while seconds.len() > MOST_PROOFS {
        seconds.pop_first();
    }
    Ok(second)
}

//! Every act on every permission, each proven.

mod second;
pub(crate) mod subject;

use salus_chain::ids::{GrantId, Hash32};
use salus_chain::state::{AccessRecord, GrantEnd, GrantRecord};
use salus_light::LightClient;
use salus_sharing::Members;
use salus_wire::Failure;
use salus_wire::command::ListActivity;
use salus_wire::view::{ActivityEntry, ActivityKind, ActivityView, OpenerView, ProofView};

use self::second::second;
use self::subject::Subject;
use crate::lock::Open;
use crate::share::kept::Opener;
use crate::{App, Run, laptops};

/// Proofs of heights kept in memory, and of second clinicians.
const MOST_PROOFS: usize = 1024;

impl Run for ListActivity {
    async fn run(self, app: &App) -> Result<ActivityView, Failure> {
        let open = app.open().await?;
        let all = subject::all(app, &open.vault).await?;
        let client = app.0.network.client()?;
        let (mut entries, mut complete, mut newest) = (Vec::new(), true, None);
        for subject in &all {
            match of(app, &open, &client, subject).await {
                Ok(Some((mut more, proof))) => {
                    entries.append(&mut more);
                    newest = Some(proof);
                }
                // Not recorded yet: nothing has happened.
                Ok(None) => {}
                Err(failure) => {
                    tracing::debug!(code = %failure.code, "a permission's log is not proven now");
                    complete = false;
                    entries.extend(remembered(subject));
                }
            }
        }
        if newest.is_none() {
            newest = app.0.network.newest().0.map(|h| app.0.network.proof(&h));
        }
        entries.sort_by_key(|e| std::cmp::Reverse(e.at));
        let (others, _) = laptops::known(&open.vault).await?;
        let elsewhere = others.iter().any(|laptop| laptop.removed.is_none());
        Ok(ActivityView { entries, complete, proof: newest, elsewhere })
    }
}

/// What the record remembers of a permission whose log cannot be proven now.
fn remembered(subject: &Subject) -> Option<ActivityEntry> {
    let (at, proof) = subject.remembered.clone()?;
    Some(ActivityEntry { at, ..given(subject, proof) })
}

fn given(subject: &Subject, proof: ProofView) -> ActivityEntry {
    ActivityEntry { by: Some(subject.given.clone()), ..entry(subject, ActivityKind::Given, proof) }
}

fn entry(subject: &Subject, kind: ActivityKind, proof: ProofView) -> ActivityEntry {
    ActivityEntry {
        kind,
        by: None,
        at: proof.time,
        permission: subject.id,
        clinician: subject.name.clone(),
        second: None,
        on_duty: None,
        proof,
    }
}

async fn of(
    app: &App,
    open: &Open,
    client: &LightClient,
    subject: &Subject,
) -> Result<Option<(Vec<ActivityEntry>, ProofView)>, Failure> {
    let log = client.grant_log(&GrantId(subject.id.0)).await.map_err(|e| app.0.network.failure(&e))?;
    let newest = app.0.network.proof(&log.head);
    let Some((record, receipts)) = log.value else { return Ok(None) };
    let mut entries = vec![given(subject, proof_at(app, open, client, record.height).await?)];
    for AccessRecord { height, tx_hash, reader_pk, .. } in receipts {
        let mut opened = entry(subject, ActivityKind::Opened, proof_at(app, open, client, height).await?);
        if let Some(openers) = &subject.duty {
            by_one_on_duty(openers, &reader_pk.signing().0, &mut opened);
        }
        // Without a contract nobody asks for a second one.
        if record.terms.contract_hash != Hash32::ZERO {
            opened.second = second(app, open, client, subject.credential, &tx_hash).await?;
        }
        entries.push(opened);
    }
    if let Some(GrantEnd { revoked, height }) = record.end {
        let kind = if revoked { ActivityKind::Stopped } else { ActivityKind::Ended };
        let by = revoked.then(|| subject.stopped.clone());
        let proof = proof_at(app, open, client, height).await?;
        entries.push(ActivityEntry { by, ..entry(subject, kind, proof) });
        if all_erased(&record, client.genesis().n(), subject.holding) {
            entries.push(entry(subject, ActivityKind::Erased, newest.clone()));
        }
    }
    Ok(Some((entries, newest)))
}

/// Names who of those on duty it was, as far as the organisation said it; until then the name is the group's.
fn by_one_on_duty(openers: &[Opener], signer: &[u8; 32], entry: &mut ActivityEntry) {
    let group = entry.clinician.clone();
    let opener = openers.iter().find(|opener| opener.key == *signer);
    if let Some(opener) = opener {
        entry.clinician.clone_from(&opener.name);
    }
    entry.on_duty = Some(OpenerView { group, known: opener.is_some() });
}

/// Whether every member that holds a part confirmed that it deleted it: those that acknowledged theirs when it was recorded, and
/// `holding`, some of which may have got theirs later. One that never got a part has nothing to delete, and says nothing. Where it is not
/// known who got one later, every member is one that may have. One that took its part and never said so is not known to hold it: it is
/// not waited for either, and too few of those make no key.
pub(crate) fn all_erased(record: &GrantRecord, members: u16, holding: Option<Members>) -> bool {
    let holds = |member: u16| holding.is_none_or(|later| record.acked(member) || later.contains(member));
    (1..=members).filter(|member| holds(*member)).all(|member| record.erasure_confirmed(member))
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

#[cfg(test)]
mod tests {
    use salus_chain::ids::{KeeperSetId, TxHash, VerifyingKey};
    use salus_chain::tx::GrantTerms;

    use super::*;

    fn record(acks: u32, erased: u32) -> GrantRecord {
        let terms = GrantTerms {
            grant_id: GrantId([1; 32]),
            patient_grant_pk: VerifyingKey([2; 32]),
            reader_pk_root: Hash32([3; 32]),
            keeper_set_id: KeeperSetId([4; 32]),
            threshold: 3,
            commit_hash: Hash32([5; 32]),
            capsule_hash: Hash32([6; 32]),
            not_before_ms: 1,
            expires_ms: 2,
            contract_hash: Hash32::ZERO,
            revoker_root: Hash32::ZERO,
        };
        GrantRecord {
            terms,
            tx_hash: TxHash([7; 32]),
            height: 1,
            acks,
            end: Some(GrantEnd { revoked: true, height: 2 }),
            erased,
            access_count: 0,
            access_head: Hash32::ZERO,
            access_epoch: 0,
            access_in_epoch: 0,
        }
    }

    #[test]
    fn who_never_got_a_part_is_not_waited_for_and_who_got_one_later_is() {
        let (none, fourth) = (Members::default(), [4].into_iter().collect::<Members>());
        assert!(!all_erased(&record(0b0111, 0b0011), 4, Some(none)));
        assert!(all_erased(&record(0b0111, 0b0111), 4, Some(none)));
        assert!(!all_erased(&record(0b0111, 0b0111), 4, Some(fourth)));
        assert!(all_erased(&record(0b0111, 0b1111), 4, Some(fourth)));
        // Given on another computer: any member may have got one later.
        assert!(
            !all_erased(&record(0b0111, 0b0111), 4, None) && all_erased(&record(0b0111, 0b1111), 4, None)
        );
    }
}

//! What became of the own circle: every state of it that the members proved here, kept sealed. The members keep the newest state only,
//! so that what happened follows from two that came one after the other.
//!
//! ```text
//! look::one   a state that differs -> keep
//! say         the person objected  -> said: the members' record does not name who did
//! export      all -> the newest asked for once more -> what happened (between)
//! ```
//!
//! Not in it: what happened and was undone between two looks, and what happened before this computer looked first.

mod between;

use salus_chain::circle::CircleRecord;
use salus_chain::codec::Record;
use salus_chain::ids::CircleId;
use salus_vault::Vault;
use salus_wire::view::ProofView;
use salus_wire::{ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

pub(crate) use between::{Passed, Who};

use super::kept::{self, Own};
use crate::App;
use crate::failure::OrFail;
use crate::namespace::{FAMILY_HISTORY, FAMILY_SAID};

/// States that are kept: each took a transaction of somebody of the circle, which costs them work.
const MOST: usize = 512;

#[derive(Serialize, Deserialize)]
struct Row {
    circle: String,
    proof: ProofView,
}

/// A state of the circle, and the block that showed it.
struct State {
    circle: CircleRecord,
    proof: ProofView,
}

/// What happened, with the block that showed it.
pub(crate) struct Shown {
    pub(crate) circle: salus_wire::CircleId,
    pub(crate) passed: Passed,
    pub(crate) proof: ProofView,
}

/// Names sort by the circle, and within it by time.
fn name(circle: &CircleId, height: u64) -> Vec<u8> {
    [&circle.0[..], &height.to_be_bytes()].concat()
}

/// Keeps a state of the own circle; of one that is another's nothing is kept.
pub(super) async fn keep(vault: &Vault, circle: &CircleRecord, proof: &ProofView) -> Result<(), Failure> {
    let own = Own::load(vault).await?.map(|own| own.circle);
    if own != Some(circle.circle_id) {
        return Ok(());
    }
    let row = Row { circle: hex::encode(circle.encode()), proof: proof.clone() };
    let name = name(&circle.circle_id, circle.height);
    // The first block that showed it stays: that is nearest to when it happened.
    if vault.cabinet().get(FAMILY_HISTORY, &name).await.or_fail()?.is_some() {
        return Ok(());
    }
    kept::save(vault, FAMILY_HISTORY, &name, &row).await?;
    let rows = vault.cabinet().readable(FAMILY_HISTORY).await.or_fail()?;
    for (name, _) in rows.iter().take(rows.len().saturating_sub(MOST)) {
        vault.cabinet().remove(FAMILY_HISTORY, name).await.or_fail()?;
    }
    Ok(())
}

/// Notes that the person objected to, or stopped, what has this name: a change's, or a permission's.
pub(super) async fn said(vault: &Vault, subject: &[u8; 32], at: UnixMillis) -> Result<(), Failure> {
    vault.cabinet().put(FAMILY_SAID, subject, &at.to_be_bytes()).await.or_fail()
}

/// Whether the person did.
pub(super) async fn has_said(vault: &Vault, subject: &[u8; 32]) -> Result<bool, Failure> {
    Ok(vault.cabinet().get(FAMILY_SAID, subject).await.or_fail()?.is_some())
}

/// Takes what one record kept of a circle over into another.
pub(super) async fn carry(from: &Vault, to: &Vault) -> Result<(), Failure> {
    for namespace in [FAMILY_HISTORY, FAMILY_SAID] {
        for (name, value) in from.cabinet().readable(namespace).await.or_fail()? {
            to.cabinet().put(namespace, &name, &value).await.or_fail()?;
        }
    }
    Ok(())
}

/// Everything that happened to the own circle, oldest first. The newest state is asked for, so that a change that took effect by its
/// time is among it; without members it is the one that was proven last.
pub(crate) async fn all(app: &App, vault: &Vault) -> Result<Vec<Shown>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(Vec::new()) };
    let mut states = states(vault, &own.circle).await?;
    states.extend(newest(app, &own.circle).await);
    if let Some(State { circle, proof }) = states.last() {
        // What came due by that block took effect without any transaction.
        let (circle, proof) = (circle.at(proof.time), proof.clone());
        states.push(State { circle, proof });
    }
    let mut all = Vec::new();
    let mut before: Option<&CircleRecord> = None;
    for State { circle, proof } in &states {
        let passed = match before {
            None => between::begun(circle, proof.time),
            Some(before) => between::between(before, circle, proof.time),
        };
        for mut passed in passed {
            if let Some(subject) = passed.objected_to()
                && has_said(vault, &subject).await?
            {
                passed.by = Who::Patient;
            }
            let circle = salus_wire::CircleId(circle.circle_id.0);
            all.push(Shown { circle, passed, proof: proof.clone() });
        }
        before = Some(circle);
    }
    Ok(all)
}

/// What is kept of a circle. A row that does not read is left out: the rest is worth having.
async fn states(vault: &Vault, circle: &CircleId) -> Result<Vec<State>, Failure> {
    let mut all = Vec::new();
    for (name, value) in vault.cabinet().readable(FAMILY_HISTORY).await.or_fail()? {
        if !name.starts_with(&circle.0) {
            continue;
        }
        let row: Row = serde_json::from_slice(&value).map_err(|_| Failure::from(ErrorCode::Damaged))?;
        let octets = hex::decode(&row.circle).map_err(|_| Failure::from(ErrorCode::Damaged))?;
        let circle = CircleRecord::decode(&octets).map_err(|_| Failure::from(ErrorCode::Damaged))?;
        all.push(State { circle, proof: row.proof });
    }
    Ok(all)
}

async fn newest(app: &App, circle: &CircleId) -> Option<State> {
    let client = app.0.network.client().ok()?;
    match client.prove_circle(circle).await {
        Ok(proven) => {
            let proof = app.0.network.proof(&proven.head);
            proven.value.map(|circle| State { circle, proof })
        }
        Err(error) => {
            tracing::debug!(%error, "the circle is exported as it was proven last");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::circle::{Guardians, Policy};
    use salus_chain::ids::{ChainId, Hash32, VerifyingKey};

    use super::*;
    use crate::family::limits;
    use crate::testing::{Hands, NOON, patient};

    fn proof(height: u64) -> ProofView {
        ProofView { height: height.to_string(), block: "bb".repeat(32), time: NOON, signed_by: Vec::new() }
    }

    fn state(circle: CircleId, height: u64) -> CircleRecord {
        CircleRecord {
            circle_id: circle,
            patient_pk: VerifyingKey([1; 32]),
            patient_since_ms: NOON,
            revision: 0,
            next_seat: 1,
            delegates: Vec::new(),
            guardians: Guardians { keys: Vec::new(), threshold: 0 },
            policy: Policy { approvals: 1, long_ms: 0, ordinary_root: Hash32::ZERO, veto_ms: 0, objector: 0 },
            pending: None,
            handover_ms: None,
            retired_ms: None,
            height,
        }
    }

    #[tokio::test]
    async fn states_of_the_own_circle_are_kept_once_and_in_order_and_no_others() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let vault = &open.vault;
        let own = Own::new(vault, &ChainId([1; 32]), [7; 16], limits::usual());
        own.save(vault).await.unwrap();
        keep(vault, &state(own.circle, 700), &proof(701)).await.unwrap();
        keep(vault, &state(own.circle, 30), &proof(31)).await.unwrap();
        keep(vault, &state(own.circle, 30), &proof(90)).await.unwrap();
        keep(vault, &state(CircleId([9; 32]), 40), &proof(41)).await.unwrap();
        let kept = states(vault, &own.circle).await.unwrap();
        let heights: Vec<&str> = kept.iter().map(|state| state.proof.height.as_str()).collect();
        assert_eq!(heights, ["31", "701"]);
        said(vault, &[3; 32], NOON).await.unwrap();
        assert!(has_said(vault, &[3; 32]).await.unwrap() && !has_said(vault, &[4; 32]).await.unwrap());
        drop(open);
        app.close().await.unwrap();
    }
}

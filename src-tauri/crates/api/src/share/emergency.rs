//! What happened with emergency cards, each act proven, and what the patient says to it.

use salus_chain::ids;
use salus_chain::state::{AccessRecord, StatementRecord};
use salus_chain::tx::Purpose;
use salus_light::{LightClient, LightError};
use salus_wire::command::{GetEmergency, ReviewEmergency};
use salus_wire::view::{CardView, EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, Verdict};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Kept};
use super::{card, condition};
use crate::activity::proof_at;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::{App, Run};

const REVIEWS: &str = crate::namespace::REVIEWS;

impl Run for GetEmergency {
    async fn run(self, app: &App) -> Result<EmergencyView, Failure> {
        view(app, &*app.open().await?).await
    }
}

impl Run for ReviewEmergency {
    async fn run(self, app: &App) -> Result<EmergencyView, Failure> {
        let open = app.open().await?;
        let mut view = view(app, &open).await?;
        let same =
            |u: &&mut EmergencyUseView| (u.permission, u.act, u.at) == (self.permission, self.act, self.at);
        let reviewed = view.uses.iter_mut().find(same).ok_or(ErrorCode::BadRequest)?;
        let verdict = serde_json::to_vec(&self.verdict).map_err(|_| bug("a verdict has no JSON form"))?;
        let key = key(&self.permission, self.act, self.at);
        open.vault.cabinet().put(REVIEWS, &key, &verdict).await.or_fail()?;
        reviewed.verdict = Some(self.verdict);
        Ok(view)
    }
}

/// The card in force, and everything that happened with this one and those before it.
pub(super) async fn view(app: &App, open: &Open) -> Result<EmergencyView, Failure> {
    let (mut uses, mut complete) = (Vec::new(), true);
    let all = kept::all(&open.vault).await?;
    for kept in all.iter().filter(|k| k.facts.card.is_some()) {
        let proven = match app.0.network.client() {
            Ok(client) => of(app, open, &client, &kept.permission.id()).await,
            Err(failure) => Err(failure),
        };
        match proven {
            Ok(mut more) => uses.append(&mut more),
            Err(failure) => {
                tracing::debug!(code = %failure.code, "what happened with a card is not proven now");
                complete = false;
            }
        }
    }
    for one in &mut uses {
        one.verdict = verdict(open, one).await?;
    }
    uses.sort_by_key(|u| std::cmp::Reverse((u.at, u.act)));
    let now = app.now();
    let newest = card::running(&open.vault, now).await?.into_iter().next();
    Ok(EmergencyView { card: newest.map(|k| card_view(&k, now)), uses, complete })
}

fn card_view(kept: &Kept, now: UnixMillis) -> CardView {
    let card = kept.facts.card.clone().unwrap_or_default();
    CardView {
        id: kept.id(),
        categories: kept.facts.categories.clone(),
        call: card.call,
        made: kept.facts.starts,
        ends: kept.facts.ends,
        state: kept.state(now),
        condition: condition::view(&kept.facts.policy),
        used: card.announced.is_some() || card.opened.is_some(),
    }
}

/// The announcement and the openings of the card with this permission, whosever it is.
pub(crate) async fn of(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: &ids::GrantId,
) -> Result<Vec<EmergencyUseView>, Failure> {
    let fail = |error: LightError| app.0.network.failure(&error);
    let (permission, mut uses) = (GrantId(id.0), Vec::new());
    let emergency = client.prove_emergency(id).await.map_err(fail)?;
    if let Some((at, reason)) = emergency.value.and_then(|e| Some((e.announced_ms?, e.reason))) {
        let proof = app.0.network.proof(&emergency.head);
        uses.push(EmergencyUseView {
            permission,
            act: EmergencyAct::Announced,
            at,
            reason: EmergencyReason::from_code(reason),
            attested_by: None,
            clinician_key: None,
            verdict: None,
            proof,
        });
    }
    let log = client.grant_log(id).await.map_err(fail)?;
    for AccessRecord { tx_hash, height, time_ms, .. } in log.value.map(|(_, log)| log).unwrap_or_default() {
        let stated = client.prove_statement(&tx_hash).await.map_err(fail)?.value;
        let Some(stated) = stated.filter(|s| s.purpose == Purpose::Emergency) else { continue };
        uses.push(EmergencyUseView {
            permission,
            act: EmergencyAct::Opened,
            at: time_ms,
            reason: EmergencyReason::from_code(stated.reason),
            attested_by: attested_by(app, client, &stated).await.map_err(fail)?,
            clinician_key: stated.second_pk.map(|pk| hex::encode(pk.0)),
            verdict: None,
            proof: proof_at(app, open, client, height).await?,
        });
    }
    Ok(uses)
}

/// The member that said last who answers for an opening is; only its own word puts another one there.
async fn attested_by(
    app: &App,
    client: &LightClient,
    stated: &StatementRecord,
) -> Result<Option<String>, LightError> {
    let Some(pk) = &stated.second_pk else { return Ok(None) };
    let credential = client.prove_credential(pk).await?.value;
    Ok(credential.map(|c| app.0.network.name_of(c.body.member_index)))
}

/// What a verdict is kept under.
fn key(permission: &GrantId, act: EmergencyAct, at: UnixMillis) -> Vec<u8> {
    let act = match act {
        EmergencyAct::Announced => 1_u8,
        EmergencyAct::Opened => 2,
    };
    [permission.0.as_slice(), &[act], &at.to_be_bytes()].concat()
}

async fn verdict(open: &Open, one: &EmergencyUseView) -> Result<Option<Verdict>, Failure> {
    let stored = open.vault.cabinet().get(REVIEWS, &key(&one.permission, one.act, one.at)).await.or_fail()?;
    stored.map(|v| serde_json::from_slice(&v).map_err(|_| ErrorCode::Damaged.into())).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_has_a_review_of_its_own() {
        let (one, two) = (GrantId([1; 32]), GrantId([2; 32]));
        let keys = [
            key(&one, EmergencyAct::Announced, 5),
            key(&one, EmergencyAct::Opened, 5),
            key(&one, EmergencyAct::Opened, 6),
            key(&two, EmergencyAct::Opened, 5),
        ];
        for (i, key) in keys.iter().enumerate() {
            assert!(key.len() == 41 && !keys[..i].contains(key));
        }
    }
}

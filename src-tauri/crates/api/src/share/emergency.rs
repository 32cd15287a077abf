//! What happened with emergency cards, each act proven, and what the patient says to it: recorded with the members, for good.

use salus_chain::ids::{self, TxHash, VerifyingKey};
use salus_chain::state::AccessRecord;
use salus_chain::tx;
use salus_light::{LightClient, LightError};
use salus_sharing::emergency::review;
use salus_wire::command::{GetEmergency, ReviewEmergency};
use salus_wire::event::Event;
use salus_wire::view::{
    CardView, EmergencyAct, EmergencyReason, EmergencyUseView, EmergencyView, ProofView, SaidView, Verdict,
};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Kept};
use super::{card, condition, keep_up};
use crate::activity::proof_at;
use crate::asked::Asked;
use crate::lock::Open;
use crate::tongue::Tongue;
use crate::{App, Run, family, laptops};

impl Run for GetEmergency {
    async fn run(self, app: &App) -> Result<EmergencyView, Failure> {
        view(app, &*app.open().await?).await
    }
}

impl Run for ReviewEmergency {
    async fn run(self, app: &App) -> Result<EmergencyView, Failure> {
        let act: TxHash = self.id.parse().map_err(|_| ErrorCode::BadRequest)?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let kept = kept::one(&open.vault, &self.permission).await?;
        let uses = of_kept(app, &open, &client, &kept).await?;
        let one = uses.iter().find(|one| one.id == act.to_string()).ok_or(ErrorCode::BadRequest)?;
        match one.verdict {
            None => {}
            // Said and recorded, and the answer was lost on the way.
            Some(before) if before == self.verdict => return view(app, &open).await,
            Some(_) => return Err(ErrorCode::NothingWaits.into()),
        }
        app.ask(Asked::Review, sentence(app.tongue(), self.verdict)).await?;
        let _turn = open.sharing.take().await;
        let mut kept = kept::one(&open.vault, &self.permission).await?;
        let key = kept.own_key(&open.vault);
        let said = review(&client, &kept.permission.id(), &act, recorded(self.verdict), &key).await;
        said.map_err(|error| app.0.network.failure(&error))?;
        if let Err(failure) = keep_up::prove(app, &client, &mut kept).await {
            tracing::debug!(code = %failure.code, "where a card stands after a review is proven later");
        }
        kept.save(&open.vault).await?;
        app.tell(Event::PermissionsChanged);
        view(app, &open).await
    }
}

/// What a person confirms before it is said for good, outside the page.
const fn sentence(tongue: Tongue, verdict: Verdict) -> &'static str {
    match (tongue, verdict) {
        (Tongue::English, Verdict::Right) => {
            "You say that this was right. It is recorded with the members, and cannot be taken back or changed."
        }
        (Tongue::English, Verdict::Objected) => {
            "You object to this. It is recorded with the members, and the organisation that confirms the clinician sees it. It \
             cannot be taken back or changed. Your card goes on working."
        }
        (Tongue::English, Verdict::Stopped) => {
            "You object to this, and your emergency card is stopped: nothing more can be opened with it. It is recorded with the \
             members, and the organisation that confirms the clinician sees it. It cannot be taken back or changed, and neither \
             can what has already been opened."
        }
        (Tongue::Arabic, Verdict::Right) => {
            "تقول إن هذا كان صوابًا. يُسجَّل ذلك لدى الأعضاء، ولا يمكن استرجاعه ولا تغييره."
        }
        (Tongue::Arabic, Verdict::Objected) => {
            "تعترض على هذا. يُسجَّل ذلك لدى الأعضاء، وتراه المؤسسة التي تؤكد هوية الطبيب. لا يمكن استرجاعه ولا تغييره. وتبقى بطاقتك \
             صالحة."
        }
        (Tongue::Arabic, Verdict::Stopped) => {
            "تعترض على هذا، وتُوقَف بطاقة الطوارئ: لا يمكن فتح شيء آخر بها. يُسجَّل ذلك لدى الأعضاء، وتراه المؤسسة التي تؤكد هوية \
             الطبيب. لا يمكن استرجاعه ولا تغييره، ولا يمكن استرجاع ما فُتح من قبل."
        }
    }
}

pub(crate) const fn recorded(verdict: Verdict) -> tx::Verdict {
    match verdict {
        Verdict::Right => tx::Verdict::Justified,
        Verdict::Objected => tx::Verdict::Objected,
        Verdict::Stopped => tx::Verdict::Stopped,
    }
}

const fn said(verdict: tx::Verdict) -> Verdict {
    match verdict {
        tx::Verdict::Justified => Verdict::Right,
        tx::Verdict::Objected => Verdict::Objected,
        tx::Verdict::Stopped => Verdict::Stopped,
    }
}

/// The card in force, and everything that happened with this one and those before it; on an added laptop also with those of the first.
pub(super) async fn view(app: &App, open: &Open) -> Result<EmergencyView, Failure> {
    let (mut uses, mut complete) = (Vec::new(), true);
    let all = kept::all(&open.vault).await?;
    for kept in all.iter().filter(|k| k.facts.card.is_some()) {
        let proven = match app.0.network.client() {
            Ok(client) => of_kept(app, open, &client, kept).await,
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
    let mut others = laptops::emergencies(&open.vault).await?;
    let elsewhere = others.iter().map(|one| one.id.clone()).collect();
    uses.append(&mut others);
    uses.sort_by_key(|u| std::cmp::Reverse((u.at, u.act)));
    family::name_those_who_said(&open.vault, &mut uses).await?;
    let now = app.now();
    let newest = card::running(&open.vault, now).await?.into_iter().next();
    let makes = laptops::may_make_cards(&open.vault).await?;
    Ok(EmergencyView { card: newest.map(|k| card_view(open, &k, now)), uses, complete, makes, elsewhere })
}

fn card_view(open: &Open, kept: &Kept, now: UnixMillis) -> CardView {
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
        before_loss: kept.facts.identity() < open.vault.identity(),
    }
}

/// Something that happened with a card.
struct Happened {
    act: EmergencyAct,
    tx: TxHash,
    by: Option<VerifyingKey>,
    second: Option<VerifyingKey>,
    at: UnixMillis,
    reason: u8,
    proof: ProofView,
}

async fn of_kept(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &Kept,
) -> Result<Vec<EmergencyUseView>, Failure> {
    let own = kept.permission.terms().patient_grant_pk;
    of(app, open, client, &kept.permission.id(), &own).await
}

/// The announcements and the openings of the card with this permission, whosever it is, and what was said of each; `own` is the
/// permission's own key, which is the person's.
pub(crate) async fn of(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: &ids::GrantId,
    own: &VerifyingKey,
) -> Result<Vec<EmergencyUseView>, Failure> {
    let fail = |error: LightError| app.0.network.failure(&error);
    let (permission, mut uses) = (GrantId(id.0), Vec::new());
    let emergency = client.prove_emergency(id).await.map_err(fail)?;
    for one in emergency.value.map(|emergency| emergency.announcements).unwrap_or_default() {
        let (act, tx, by, second) = (EmergencyAct::Announced, one.tx, Some(one.by), None);
        let proof = app.0.network.proof(&emergency.head);
        let happened = Happened { act, tx, by, second, at: one.at_ms, reason: one.reason, proof };
        uses.push(shown(app, client, permission, own, happened).await.map_err(fail)?);
    }
    let log = client.grant_log(id).await.map_err(fail)?;
    for AccessRecord { tx_hash, height, time_ms, .. } in log.value.map(|(_, log)| log).unwrap_or_default() {
        let stated = client.prove_statement(&tx_hash).await.map_err(fail)?.value;
        let Some(stated) = stated.filter(|s| s.purpose == tx::Purpose::Emergency) else { continue };
        let (act, by, second) = (EmergencyAct::Opened, stated.opener_pk, stated.second_pk);
        let proof = proof_at(app, open, client, height).await?;
        let happened = Happened { act, tx: tx_hash, by, second, at: time_ms, reason: stated.reason, proof };
        uses.push(shown(app, client, permission, own, happened).await.map_err(fail)?);
    }
    Ok(uses)
}

async fn shown(
    app: &App,
    client: &LightClient,
    permission: GrantId,
    own: &VerifyingKey,
    happened: Happened,
) -> Result<EmergencyUseView, LightError> {
    let act = client.prove_act(&happened.tx).await?.value;
    let (mut verdict, mut helpers) = (None, Vec::new());
    for review in act.map(|act| act.reviews).unwrap_or_default() {
        if review.by == *own {
            verdict = Some(said(review.verdict));
        } else {
            helpers.push(SaidView {
                key: review.by.to_string(),
                name: String::new(),
                you: false,
                verdict: said(review.verdict),
                at: review.at_ms,
            });
        }
    }
    Ok(EmergencyUseView {
        permission,
        id: happened.tx.to_string(),
        act: happened.act,
        at: happened.at,
        reason: EmergencyReason::from_code(happened.reason),
        attested_by: attested_by(app, client, happened.by.as_ref()).await?,
        clinician_key: happened.by.map(|pk| hex::encode(pk.0)),
        second_by: attested_by(app, client, happened.second.as_ref()).await?,
        verdict,
        helpers,
        proof: happened.proof,
    })
}

/// The member that said last who a clinician is; only its own word puts another one there.
async fn attested_by(
    app: &App,
    client: &LightClient,
    pk: Option<&VerifyingKey>,
) -> Result<Option<String>, LightError> {
    let Some(pk) = pk else { return Ok(None) };
    let credential = client.prove_credential(pk).await?.value;
    Ok(credential.map(|c| app.0.network.name_of(c.body.member_index)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_confirmed_says_that_it_is_for_good_and_what_it_does() {
        for verdict in [Verdict::Right, Verdict::Objected, Verdict::Stopped] {
            let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, verdict));
            assert!(text.contains("cannot be taken back"), "{text}");
            assert!(arabic.contains("لا يمكن استرجاعه ولا تغييره"), "{arabic}");
            assert_eq!(said(recorded(verdict)), verdict);
        }
        let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, Verdict::Stopped));
        assert!(text.contains("is stopped") && arabic.contains("تُوقَف بطاقة الطوارئ"), "{arabic}");
        let [text, arabic] = Tongue::ALL.map(|tongue| sentence(tongue, Verdict::Objected));
        assert!(text.contains("goes on working") && arabic.contains("وتبقى بطاقتك صالحة"), "{arabic}");
    }
}

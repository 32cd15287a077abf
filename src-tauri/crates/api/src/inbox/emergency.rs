//! A clinician with an emergency card: whose it is, announcing, asking a colleague, agreeing for one, opening.
//!
//! The card is asked for with each command and kept nowhere; what was announced and opened is read from the members' record.

use std::sync::{MutexGuard, PoisonError};

use salus_chain::ids::ReaderKey;
use salus_chain::sign::SigningKey;
use salus_chain::time::Epoch;
use salus_light::LightClient;
use salus_sharing::emergency::{
    Ask, CONTRACT, Card, EmergencyError, Found, Prepared, SET_MS, SecondError, Standing, Word, alone,
    announce, find, seconded, standing,
};
use salus_sharing::open::Step;
use salus_wire::command::{
    AnnounceEmergency, AskEmergencySecond, Command, OpenEmergency, ReadCard, SecondEmergency,
};
use salus_wire::view::{EmergencyReason, HandOverView, HeldCardView, OpenedView, PermissionState};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};

use super::kept::{self, Shared};
use super::open;
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::bug;
use crate::lock::Open;
use crate::share::keep_up::state_of;
use crate::tongue::Tongue;
use crate::{App, Run, record};

/// An opening that waits for another clinician's word; it goes with the lock.
pub(crate) struct AskedSecond {
    card: ReaderKey,
    reason: EmergencyReason,
    prepared: Prepared,
}

impl Run for ReadCard {
    async fn run(self, app: &App) -> Result<HeldCardView, Failure> {
        let client = app.0.network.client()?;
        let own = kept::credential(&app.open().await?.vault).verifying_key();
        let (_, found) = held(app, &client, &self.card).await?;
        let standing = standing(&client, &found.shared.grant(), Some(&own)).await;
        Ok(view(&found, &standing.map_err(|e| app.0.network.failure(&e))?))
    }
}

impl Run for AnnounceEmergency {
    async fn run(self, app: &App) -> Result<HeldCardView, Failure> {
        let client = app.0.network.client()?;
        let own = own(&*app.open().await?).await?;
        let (card, found) = held(app, &client, &self.card).await?;
        let announced = announce(&client, &found, &card, self.reason.code(), &own, app.now()).await;
        Ok(view(&found, &announced.map_err(|e| failure(app, &e))?))
    }
}

impl Run for AskEmergencySecond {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let own = own(&open).await?;
        let (card, found) = held(app, &client, &self.card).await?;
        let reader = card.reader();
        let at = found.proven.head.time_ms.min(app.now());
        let prepared = Prepared::new(&found.shared, &reader, self.reason.code(), at, &mut rng());
        let prepared = prepared.map_err(|e| failure(app, &e))?;
        let text = prepared.ask(own.verifying_key()).to_text().map_err(|_| bug("an ask has no text"))?;
        *asked(&open) = Some(AskedSecond { card: reader.public(), reason: self.reason, prepared });
        Ok(HandOverView { text })
    }
}

impl Run for SecondEmergency {
    async fn run(self, app: &App) -> Result<HandOverView, Failure> {
        let open = app.open().await?;
        let own = own(&open).await?;
        let chain = app.0.network.genesis()?.chain_id();
        let fail = |e: SecondError| failure(app, &e.into());
        let ask = Ask::from_text(&self.ask).map_err(fail)?;
        let word = ask.answer(&chain, &own).map_err(fail)?;
        let sentence = agreement(app.tongue(), EmergencyReason::from_code(ask.reason));
        app.ask(Asked::EmergencySecond, &sentence).await?;
        Ok(HandOverView { text: word.to_text().map_err(|_| bug("a word has no text"))? })
    }
}

impl Run for OpenEmergency {
    async fn run(self, app: &App) -> Result<OpenedView, Failure> {
        record::span(0, 1, self.width, 0)?;
        app.opening(Box::pin(opened(self, app))).await
    }
}

async fn opened(asked: OpenEmergency, app: &App) -> Result<OpenedView, Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let own = own(&open).await?;
    let (card, found) = held(app, &client, &asked.card).await?;
    let (now, reason) = (app.now(), asked.reason.code());
    let mut tell = |step: Step| open::progress(app, OpenEmergency::NAME, step);
    let opened = match &asked.word {
        None => alone(&client, &found, &card, reason, &own, now, &mut rng(), &mut tell).await,
        Some(text) => {
            let waiting = waiting(&open, &client, &card, asked.reason, &own, text);
            let (word, prepared) = waiting.map_err(|e| failure(app, &e.into()))?;
            seconded(&client, &found, &card, prepared, word, &own, now, &mut tell).await
        }
    };
    let opened = opened.map_err(|e| failure(app, &e))?;
    let shared = shared(&found, app.now());
    let devices = found.shared.devices();
    open::view(app, &open, &client, opened, devices, &shared, asked.width).await
}

/// The card and its permission.
async fn held(app: &App, client: &LightClient, text: &str) -> Result<(Card, Found), Failure> {
    let card = Card::from_text(text, &client.chain_id()).map_err(|e| failure(app, &e.into()))?;
    let found = find(client, &card).await.map_err(|e| failure(app, &e))?;
    Ok((card, found))
}

/// This clinician's attested key; whether it still is in force the members say.
async fn own(open: &Open) -> Result<SigningKey, Failure> {
    kept::attestation(&open.vault).await?.ok_or(ErrorCode::NotAttested)?;
    Ok(kept::credential(&open.vault))
}

fn asked(open: &Open) -> MutexGuard<'_, Option<AskedSecond>> {
    open.asked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The other clinician's word, and the opening that it is for. A word that does not fit leaves the opening waiting.
fn waiting(
    open: &Open,
    client: &LightClient,
    card: &Card,
    reason: EmergencyReason,
    own: &SigningKey,
    text: &str,
) -> Result<(Word, Prepared), SecondError> {
    let word = Word::from_text(text)?;
    let mut asked = asked(open);
    let public = card.reader().public();
    let of_this = asked.take_if(|asked| {
        let fits = asked.card == public && asked.reason == reason;
        fits && asked.prepared.check(&word, &client.chain_id(), own).is_ok()
    });
    let waiting = of_this.ok_or(SecondError::OtherOpening)?;
    Ok((word, waiting.prepared))
}

fn view(found: &Found, standing: &Standing) -> HeldCardView {
    let terms = found.shared.terms();
    let state = found.proven.value.as_ref().map(|record| state_of(record.status_at(standing.head.time_ms)));
    HeldCardView {
        id: GrantId(terms.grant_id.0),
        patient: found.shared.patient().to_owned(),
        categories: found.shared.categories(),
        ends: terms.expires_ms,
        state: state.unwrap_or(PermissionState::Pending),
        announced: standing.serving,
        alone_from: standing.alone_from(),
        opened: standing.opened,
        until: standing.until(),
    }
}

/// What was opened, as a record that is not kept.
fn shared(found: &Found, now: UnixMillis) -> Shared {
    let (terms, scope) = (found.shared.terms(), found.shared.scope());
    Shared {
        id: GrantId(terms.grant_id.0),
        invitation: String::new(),
        patient: found.shared.patient().to_owned(),
        note: String::new(),
        asks: None,
        categories: found.shared.categories(),
        data_from: Epoch(scope.first_epoch).start().max(now.saturating_sub(SET_MS)),
        data_to: Epoch(scope.last_epoch).end(),
        starts: terms.not_before_ms,
        ends: terms.expires_ms,
        state: PermissionState::Active,
        found: now,
        opened: true,
        policy: CONTRACT.text().unwrap_or_default(),
        asked: Vec::new(),
        by_helper: None,
    }
}

/// What a clinician confirms for a colleague, outside the page.
fn agreement(tongue: Tongue, reason: Option<EmergencyReason>) -> String {
    use EmergencyReason as R;
    match tongue {
        Tongue::English => {
            let why = match reason {
                Some(R::Unconscious) => "the patient is unconscious",
                Some(R::CannotAnswer) => "the patient cannot answer",
                Some(R::DangerToLife) => "the patient's life is in danger",
                Some(R::CannotDecide) => "the patient is confused and cannot decide",
                Some(R::Other) | None => "there is another emergency",
            };
            format!(
                "A colleague who holds a patient's emergency card asks you to agree that the last 30 days of that patient's readings are \
                 opened at once, because {why}. Agree only when you know who asks and why. That you agreed is recorded, and the patient \
                 sees it. What has been opened cannot be taken back."
            )
        }
        Tongue::Arabic => {
            let why = match reason {
                Some(R::Unconscious) => "المريض فاقد الوعي",
                Some(R::CannotAnswer) => "المريض لا يستطيع الإجابة",
                Some(R::DangerToLife) => "حياة المريض في خطر",
                Some(R::CannotDecide) => "المريض مشوَّش ولا يستطيع أن يقرر",
                Some(R::Other) | None => "هناك حالة طارئة أخرى",
            };
            format!(
                "يطلب منك زميل يحمل بطاقة طوارئ لمريض أن توافق على فتح قراءات ذلك المريض لآخر 30 يومًا فورًا، لأن {why}. لا توافق إلا إذا كنت تعرف \
                 من يطلب ولماذا. تُسجَّل موافقتك ويراها المريض. أما ما فُتح فلا يمكن استرجاعه."
            )
        }
    }
}

/// A failure in an emergency, with the member to name.
fn failure(app: &App, error: &EmergencyError) -> Failure {
    match error {
        EmergencyError::Open(error) => super::failure(app, error),
        error => {
            tracing::debug!(%error, "nothing was opened in an emergency");
            error.code().into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_colleague_confirms_says_why_and_holds_the_promise() {
        for reason in EmergencyReason::ALL {
            let [text, arabic] = Tongue::ALL.map(|tongue| agreement(tongue, Some(reason)));
            assert!(text.contains("cannot be taken back") && text.contains("because the"), "{text}");
            assert!(arabic.contains("فلا يمكن استرجاعه") && arabic.contains("لأن "), "{arabic}");
        }
    }
}

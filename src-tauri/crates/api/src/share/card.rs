//! Making an emergency card and showing it for printing. The key on it is kept sealed in the record, so that it can be printed
//! again.

use salus_light::LightClient;
use salus_sharing::emergency::{CONTRACT, Card, SET_MS};
use salus_sharing::issue::{Plan, Progress, SeriesKey, Shares, prepare};
use salus_sharing::stop::{StopError, stop};
use salus_vault::Vault;
use salus_wire::command::{MakeCard, ShowCard};
use salus_wire::event::Event;
use salus_wire::view::{
    ClinicianView, Condition, EmergencyView, MAX_CALL, MAX_ON_CARD, PermissionDraft, PermissionState,
    PrintView,
};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::draft::Draft;
use super::kept::{self, Facts, Kept, OnCard};
use super::{Fail, emergency, enrol, issue, keep_up, qr, sentence, upload};
use crate::app::{rng, utc_offset_minutes};
use crate::asked::Asked;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::{App, Run, laptops};

const CARDS: &str = crate::namespace::CARDS;
/// A card works for half a year: what it covers is sealed into one permission beforehand.
const LASTS_MS: i64 = 180 * 86_400_000;

impl Run for MakeCard {
    async fn run(self, app: &App) -> Result<EmergencyView, Failure> {
        let now = app.now();
        let call = self.call.trim();
        if call.chars().count() > MAX_CALL || call.chars().any(char::is_control) {
            return Err(Failure::with(ErrorCode::BadRequest, "call"));
        }
        let client = app.0.network.client()?;
        let draft = draft(&self.categories, now, client.genesis().params.max_grant_ms)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        if !laptops::may_make_cards(&open.vault).await? {
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        let sentence = sentence::of_card(app.tongue(), &draft, utc_offset_minutes(now));
        app.ask(Asked::Card, &sentence).await?;
        let _turn = open.sharing.take().await;
        let before = running(&open.vault, app.now()).await?;
        let (mut kept, card) = prepared(app, &open, &client, call, &draft, sentence).await?;
        let text = card.to_text().map_err(|_| bug("a card has no text"))?;
        open.vault.cabinet().put(CARDS, &kept.id().0, text.as_bytes()).await.or_fail()?;
        kept.save(&open.vault).await?;
        if let Err(failure) = issue::give(app, &open, &client, &mut kept).await {
            if kept::one(&open.vault, &kept.id()).await.is_err() {
                open.vault.cabinet().remove(CARDS, &kept.id().0).await.or_fail()?;
            }
            return Err(failure);
        }
        keep_up::prove(app, &client, &mut kept).await?;
        kept.save(&open.vault).await?;
        if let Err(failure) = upload::all(app, &open, &client, &mut kept, upload::Running::Now).await {
            tracing::warn!(code = %failure.code, "sealed readings are sent later");
        }
        issue::progress(app, issue::STEPS);
        kept.save(&open.vault).await?;
        // The cards before it go once this one is certain to work: nobody is left without.
        let given = !matches!(kept.permission.progress(), Progress::Pending);
        let replaced = if given { replace(app, &open, &client, before).await } else { Ok(()) };
        app.tell(Event::PermissionsChanged);
        replaced?;
        emergency::view(app, &open).await
    }
}

impl Run for ShowCard {
    async fn run(self, app: &App) -> Result<PrintView, Failure> {
        let open = app.open().await?;
        let all = running(&open.vault, app.now()).await?;
        let kept = all.first().ok_or(ErrorCode::UnknownPermission)?;
        let stored = open.vault.cabinet().get(CARDS, &kept.id().0).await.or_fail()?;
        let stored = stored.ok_or(ErrorCode::Damaged)?;
        let text = core::str::from_utf8(&stored).map_err(|_| ErrorCode::Damaged)?;
        Ok(PrintView {
            name: app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default(),
            call: kept.facts.card.as_ref().map(|c| c.call.clone()).unwrap_or_default(),
            ends: kept.facts.ends,
            text: text.to_owned(),
            picture: qr::square(&text.replace(['-', '\n'], ""))?,
        })
    }
}

/// The cards that open something or may come to, newest first.
pub(super) async fn running(vault: &Vault, now: UnixMillis) -> Result<Vec<Kept>, Failure> {
    let over = |k: &Kept| matches!(k.state(now), PermissionState::Ended | PermissionState::Stopped);
    let all = kept::all(vault).await?;
    Ok(all.into_iter().filter(|k| k.facts.card.is_some() && !k.facts.void && !over(k)).collect())
}

fn draft(categories: &[Category], now: UnixMillis, longest: i64) -> Result<Draft, Failure> {
    if categories.len() > MAX_ON_CARD {
        return Err(Failure::with(ErrorCode::BadRequest, "categories"));
    }
    let ends = now.saturating_add(LASTS_MS.min(longest));
    let data_from = now.saturating_sub(SET_MS).max(0);
    let categories = categories.to_vec();
    let (code, condition) = (String::new(), Condition::Whenever);
    let draft = PermissionDraft { code, categories, data_from, data_to: ends, starts: now, ends, condition };
    // Nobody can choose this condition: it is the card's.
    Ok(Draft { contract: Some(CONTRACT), ..Draft::check(&draft, now, longest)? })
}

async fn prepared(
    app: &App,
    open: &Open,
    client: &LightClient,
    call: &str,
    draft: &Draft,
    sentence: String,
) -> Result<(Kept, Card), Failure> {
    let (identity, nonce) = (open.vault.identity(), laptops::nonce(&open.vault).await?);
    let grant_key = Kept::key(&open.vault, identity, &nonce);
    let card = Card::generate(&client.chain_id(), &grant_key.verifying_key(), &mut rng());
    let disclosures = enrol::disclosures(&open.vault).await?;
    let keys = |c: &Category| SeriesKey::of(open.vault.parts(*c));
    let series: Vec<SeriesKey> = draft.categories.iter().flat_map(keys).collect();
    let generations = issue::newest(&series);
    let plan = Plan {
        reader: card.reader().public(),
        series,
        writers: open.vault.writers().to_vec(),
        disclosures,
        // What a capsule says in clear to whoever holds the card is as little as can be.
        devices: Vec::new(),
        patient: app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        scope: draft.scope,
        shares: Shares::Readings,
        not_before: draft.starts,
        expires: draft.ends,
        contract: draft.contract,
        grant_key,
    };
    let mut permission = prepare(&plan, client.genesis(), app.now(), &mut rng()).or_fail()?;
    laptops::let_stop(&open.vault, (identity, &nonce), &mut permission).await?;
    let facts = Facts {
        clinician: nobody(),
        categories: draft.categories.clone(),
        data_from: draft.data_from,
        data_to: draft.data_to,
        starts: draft.starts,
        ends: draft.ends,
        card: Some(OnCard { call: call.to_owned(), ..OnCard::default() }),
        sentence,
        policy: draft.policy(),
        credential: None,
        unconfirmed: None,
        nonce,
        identity: identity.0,
        proven: None,
        uploaded: Vec::new(),
        generations,
        replaces: None,
        group: None,
        openers: Vec::new(),
        named: 0,
        void: false,
    };
    Ok((Kept { facts, permission }, card))
}

/// Puts what is printed on a card beside the permission that Salus gives in the place of the card's; nothing for one that is none.
pub(super) async fn print_again(vault: &Vault, before: &Kept, after: &Kept) -> Result<(), Failure> {
    match vault.cabinet().get(CARDS, &before.id().0).await.or_fail()? {
        Some(text) => vault.cabinet().put(CARDS, &after.id().0, &text).await.or_fail(),
        None => Ok(()),
    }
}

/// Forgets what is printed on the card of a permission that is not in force any more.
pub(super) async fn forget(vault: &Vault, kept: &Kept) -> Result<(), Failure> {
    vault.cabinet().remove(CARDS, &kept.id().0).await.or_fail().map(drop)
}

/// A card is for whoever is there; pages have a word for that.
fn nobody() -> ClinicianView {
    let none = String::new;
    ClinicianView {
        name: none(),
        organisation: none(),
        attested_by: none(),
        proven_at_height: none(),
        asks: None,
        on_duty: false,
    }
}

/// Stops the cards that were in force; all of them are tried.
async fn replace(app: &App, open: &Open, client: &LightClient, before: Vec<Kept>) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for mut old in before {
        let key = old.own_key(&open.vault);
        match stop(client, &mut old.permission, &key).await {
            Ok(_) | Err(StopError::Ended) => {}
            Err(StopError::NotRecorded) if old.permission.progress() == Progress::Pending => {
                old.discard(&open.vault).await?;
                continue;
            }
            Err(error) => {
                outcome = Err(error.fail());
                continue;
            }
        }
        old.save(&open.vault).await?;
        if let Err(failure) = keep_up::prove(app, client, &mut old).await {
            tracing::debug!(code = %failure.code, "where a card stands that was stopped is proven later");
        }
        old.save(&open.vault).await?;
        open.vault.cabinet().remove(CARDS, &old.id().0).await.or_fail()?;
    }
    outcome
}

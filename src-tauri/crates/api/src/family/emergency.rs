//! Helpers are told of an emergency: the person's computer names the cards to them, and their own looks at the members' record, so
//! that they see it also while the person's is off. Each announcement and each opening is proven.

mod held;

use salus_chain::circle::Signer;
use salus_chain::codec::Record;
use salus_chain::ids::{self, TxHash, VerifyingKey};
use salus_chain::tx;
use salus_light::LightClient;
use salus_sharing::circle::watch::{self, MAX_CARDS, Watch};
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::emergency::{entrust, review_by_helper};
use salus_vault::Vault;
use salus_wire::command::{ReviewForRelative, SeenEmergencies};
use salus_wire::view::{EmergencyUseView, FamilyView};
use salus_wire::{ErrorCode, Failure, GrantId};

use self::held::{Card, Watched};
use super::kept::{Coded, Own, Part};
use super::letters::{Read, is_newer, proven};
use super::seen::spoken_in;
use super::{sentence, shown, view};
use crate::asked::Asked;
use crate::lock::Open;
use crate::outbox;
use crate::share::emergency;
use crate::share::kept as permissions;
use crate::share::looked;
use crate::{App, Run};

/// What screens show of one person's emergencies: what happened, and how much of it was not seen. `names` are of helpers.
pub(super) async fn shown_of(
    vault: &Vault,
    pk: &VerifyingKey,
    names: &[(VerifyingKey, String)],
) -> Result<(Vec<EmergencyUseView>, u32), Failure> {
    let watched = Watched::load(vault, pk).await?;
    let mut uses = watched.uses();
    name(&mut uses, names, Some(pk));
    Ok((uses, watched.unseen()))
}

/// Says who it was that said something, where that is known; `own` is the key of whoever looks.
fn name(uses: &mut [EmergencyUseView], names: &[(VerifyingKey, String)], own: Option<&VerifyingKey>) {
    for said in uses.iter_mut().flat_map(|one| &mut one.helpers) {
        let known = names.iter().find(|(pk, _)| pk.to_string() == said.key);
        said.name = known.map(|(_, name)| name.clone()).unwrap_or_default();
        said.you = own.is_some_and(|own| own.to_string() == said.key);
    }
}

/// The same for the person whose card it is.
pub(super) async fn name_for_person(vault: &Vault, uses: &mut [EmergencyUseView]) -> Result<(), Failure> {
    name(uses, &super::names(vault).await?, None);
    Ok(())
}

impl Run for ReviewForRelative {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let act: TxHash = self.id.parse().map_err(|_| ErrorCode::BadRequest)?;
        let client = app.0.network.client()?;
        let open = app.open().await?;
        let circle = ids::CircleId(self.circle.0);
        let Part::Helper(coded) = Part::of(&open.vault, &circle).await? else {
            return Err(ErrorCode::NotYours.into());
        };
        let pk = coded.pk();
        let known = |watched: &Watched| {
            let of = |card: &&Card| card.stands.uses.iter().any(|one| one.id == self.id);
            watched.cards.iter().find(of).cloned().ok_or(ErrorCode::BadRequest)
        };
        let card = known(&Watched::load(&open.vault, &pk).await?)?;
        let word = coded.word(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let sentence = sentence::review(app.tongue(), &word.person, self.verdict);
        app.ask(Asked::Review, &sentence).await?;
        let _turn = open.sharing.take().await;
        let entrusted =
            tx::Entrusted { circle_id: circle, patient_grant_pk: card.own, signature: card.signature };
        let (id, verdict) = (ids::GrantId(card.id.0), emergency::recorded(self.verdict));
        let said =
            review_by_helper(&client, &id, &act, verdict, &coded.secret.signing, Some(entrusted)).await;
        said.map_err(|error| app.0.network.failure(&error))?;
        let uses = emergency::of(app, &open, &client, &id, &card.own).await;
        let mut watched = Watched::load(&open.vault, &pk).await?;
        if let (Ok(uses), Some(card)) = (uses, watched.cards.iter_mut().find(|one| one.id == card.id)) {
            card.stands.uses = uses;
        }
        watched.save(&open.vault, &pk).await?;
        shown(app, &open, &client).await
    }
}

impl Run for SeenEmergencies {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        let _turn = open.sharing.take().await;
        if let Part::Helper(coded) = Part::of(&open.vault, &ids::CircleId(self.circle.0)).await? {
            let mut watched = Watched::load(&open.vault, &coded.pk()).await?;
            // What is listed: something that comes meanwhile is not seen by this.
            watched.seen = watched.uses().first().map_or(watched.seen, |newest| newest.at.max(watched.seen));
            watched.save(&open.vault, &coded.pk()).await?;
        }
        view::of(app, &open.vault).await
    }
}

/// Tells every helper which cards there are, when it is not what they were told last; true when one was told.
pub(super) async fn tell(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    let (now, key) = (app.now(), own.key(vault));
    let circle = spoken_in(vault, &own, now).await?.filter(|circle| circle.handover_ms.is_none());
    let Some(circle) = circle else { return Ok(false) };
    let all = permissions::all(vault).await?;
    let cards = all.iter().filter(|kept| kept.facts.card.is_some()).take(MAX_CARDS);
    let chain = client.chain_id();
    let watched = |kept: &permissions::Kept| {
        let (grant, key) = (kept.permission.id(), kept.own_key(vault));
        watch::Watched { grant, entrusted: entrust(&chain, &grant, own.circle, &key) }
    };
    let cards: Vec<watch::Watched> = cards.map(watched).collect();
    let told: Vec<GrantId> = cards.iter().map(|card| GrantId(card.grant.0)).collect();
    let mut written = false;
    for at in 0..own.helpers.len() {
        let helper = &own.helpers[at];
        let (pk, inbox) = (helper.relative.pk, helper.relative.inbox);
        let seated = matches!(circle.find(&pk), Some(Signer::Delegate(_)));
        let nothing = told.is_empty() && helper.watches.is_none();
        if !seated || nothing || helper.watches.as_ref() == Some(&told) {
            continue;
        }
        let watch = Watch::sign(own.circle, pk, now, &cards, &chain, &key);
        let until = now.saturating_add(KEEP_MS);
        if let Err(error) = outbox::send(vault, client, &watch.encode(), &inbox, (until, now)).await {
            tracing::debug!(%error, "a helper is told of a card later");
            continue;
        }
        own.helpers[at].watches = Some(told.clone());
        own.save(vault).await?;
        written = true;
    }
    Ok(written)
}

/// A helper takes in which cards to look at.
pub(super) async fn take(
    vault: &Vault,
    client: &LightClient,
    coded: &Coded,
    watch: &Watch,
) -> Result<Read, Failure> {
    let mut watched = Watched::load(vault, &coded.pk()).await?;
    if coded.facts.circle != Some(watch.circle) {
        return Ok(Read::Nothing);
    }
    let Some(circle) = proven(client, &watch.circle).await? else { return Ok(Read::Later) };
    if !watch.holds(&client.chain_id(), &circle, &coded.pk())
        || !is_newer(watched.last(&circle.patient_pk), watch.number)
    {
        return Ok(Read::Nothing);
    }
    watched.turn_to(watch);
    watched.by = Some(circle.patient_pk);
    watched.save(vault, &coded.pk()).await?;
    Ok(Read::News)
}

/// Looks at every card that this record's person was told of; true when something happened with one.
pub(super) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut changed = false;
    for coded in Coded::all(&open.vault).await? {
        let pk = coded.pk();
        let mut watched = Watched::load(&open.vault, &pk).await?;
        let before = watched.clone();
        looked::again(&mut watched.cards, app, open, client).await;
        if watched != before {
            watched.save(&open.vault, &pk).await?;
            changed |= watched.uses() != before.uses();
        }
    }
    Ok(changed)
}

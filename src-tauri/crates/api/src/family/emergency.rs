//! Helpers are told of an emergency: the person's computer names the cards to them, and their own looks at the members' record, so
//! that they see it also while the person's is off. Each announcement and each opening is proven.

use std::collections::BTreeSet;

use salus_chain::circle::Signer;
use salus_chain::codec::Record;
use salus_chain::ids::{self, Signature, TxHash, VerifyingKey};
use salus_chain::tx;
use salus_light::LightClient;
use salus_sharing::circle::letter;
use salus_sharing::circle::watch::{self, MAX_CARDS, Watch};
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::emergency::{entrust, review_by_helper, standing};
use salus_vault::Vault;
use salus_wire::command::{ReviewForRelative, SeenEmergencies};
use salus_wire::view::{EmergencyUseView, FamilyView};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Coded, Own, Part};
use super::letters::Read;
use super::seen::Seen;
use super::{sentence, shown, view};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::FAMILY_WATCHES;
use crate::share::emergency;
use crate::share::kept as permissions;
use crate::{App, Run};

/// What was said of an emergency is asked for so often.
const AGAIN_MS: i64 = 60_000;
/// And for so long after it.
const LATELY_MS: i64 = 30 * 86_400_000;

/// One card, as proven last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Card {
    id: GrantId,
    /// The person's word that the circle may review: the permission's own key, and its signature.
    own: VerifyingKey,
    signature: Signature,
    openings: u32,
    announced: Option<UnixMillis>,
    /// Nothing more can be done with it.
    over: bool,
    looked: UnixMillis,
    uses: Vec<EmergencyUseView>,
}

/// What a helper looks at for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Watched {
    number: i64,
    cards: Vec<Card>,
    /// Everything up to then was marked as seen.
    seen: UnixMillis,
}

impl Card {
    /// Something can happen with it, or be said of what happened lately.
    fn matters(&self, now: UnixMillis) -> bool {
        let newest = self.uses.iter().map(|one| one.at).max();
        !self.over || newest.is_some_and(|at| now.saturating_sub(at) <= LATELY_MS)
    }
}

impl Watched {
    async fn load(vault: &Vault, pk: &VerifyingKey) -> Result<Self, Failure> {
        Ok(kept::load(vault, FAMILY_WATCHES, &pk.0).await?.unwrap_or_default())
    }

    async fn save(&self, vault: &Vault, pk: &VerifyingKey) -> Result<(), Failure> {
        kept::save(vault, FAMILY_WATCHES, &pk.0, self).await
    }

    /// Everything that happened, newest first.
    fn uses(&self) -> Vec<EmergencyUseView> {
        let mut all: Vec<EmergencyUseView> = self.cards.iter().flat_map(|card| card.uses.clone()).collect();
        all.sort_by_key(|one| std::cmp::Reverse((one.at, one.act)));
        all
    }

    fn unseen(&self) -> u32 {
        let new = self.cards.iter().flat_map(|card| &card.uses).filter(|one| one.at > self.seen).count();
        u32::try_from(new).unwrap_or(u32::MAX)
    }

    /// Looks at these cards from now on, and at those of before that something happened with.
    fn turn_to(&mut self, watch: &Watch) {
        self.number = watch.number;
        let named: BTreeSet<GrantId> = watch.items.iter().map(|card| GrantId(card.grant.0)).collect();
        self.cards.retain(|card| named.contains(&card.id) || !card.uses.is_empty());
        for card in watch.items.iter().rev() {
            let (id, entrusted) = (GrantId(card.grant.0), &card.entrusted);
            if !self.cards.iter().any(|known| known.id == id) {
                let (own, signature) = (entrusted.patient_grant_pk, entrusted.signature);
                let (openings, announced, over, looked) = (0, None, false, 0);
                self.cards.push(Card {
                    id,
                    own,
                    signature,
                    openings,
                    announced,
                    over,
                    looked,
                    uses: Vec::new(),
                });
            }
        }
        let extra = self.cards.len().saturating_sub(2 * MAX_CARDS);
        self.cards.drain(..extra);
    }
}

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
            let of = |card: &&Card| card.uses.iter().any(|one| one.id == self.id);
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
            card.uses = uses;
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
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(false) };
    let (now, key) = (app.now(), own.key(vault));
    let circle = seen.circle()?.at(now);
    if circle.patient_pk != key.verifying_key() || circle.handover_ms.is_some() {
        return Ok(false);
    }
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
        if let Err(error) = letter::send(client, &watch.encode(), &inbox, until, now, &mut rng()).await {
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
    if coded.facts.circle != Some(watch.circle) || watch.number <= watched.number {
        return Ok(Read::Nothing);
    }
    let proven = client.prove_circle(&watch.circle).await.or_fail()?;
    let Some(circle) = proven.value.map(|circle| circle.at(proven.head.time_ms)) else {
        return Ok(Read::Later);
    };
    if !watch.holds(&client.chain_id(), &circle, &coded.pk()) {
        return Ok(Read::Nothing);
    }
    watched.turn_to(watch);
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
        let now = app.now();
        for card in watched.cards.iter_mut().filter(|card| card.matters(now)) {
            match one(app, open, client, card).await {
                Ok(()) => {}
                Err(failure) => tracing::debug!(code = %failure.code, "a card is looked at later"),
            }
        }
        if watched != before {
            watched.save(&open.vault, &pk).await?;
            changed |= watched.uses() != before.uses();
        }
    }
    Ok(changed)
}

async fn one(app: &App, open: &Open, client: &LightClient, card: &mut Card) -> Result<(), Failure> {
    let id = ids::GrantId(card.id.0);
    let record = client.prove_grant(&id).await.map_err(|e| app.0.network.failure(&e))?;
    // Not recorded yet, or another chain's.
    let Some(grant) = record.value else { return Ok(()) };
    let standing = standing(client, &id, None).await.map_err(|e| app.0.network.failure(&e))?;
    let (openings, announced) = (grant.access_count, standing.announced);
    let happened = (openings, announced) != (card.openings, card.announced);
    let now = app.now();
    // The openings of a card are few, and each is proven by itself, with what was said of it.
    if happened || (!card.uses.is_empty() && now.saturating_sub(card.looked) >= AGAIN_MS) {
        card.uses = emergency::of(app, open, client, &id, &grant.terms.patient_grant_pk).await?;
        (card.openings, card.announced, card.looked) = (openings, announced, now);
    }
    card.over = grant.end.is_some();
    Ok(())
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::{ChainId, CircleId};
    use salus_chain::sign::SigningKey;
    use salus_wire::view::{EmergencyAct, ProofView};

    use super::*;

    fn happened(permission: GrantId, at: UnixMillis) -> EmergencyUseView {
        let proof = ProofView { height: "1".into(), block: String::new(), time: at, signed_by: Vec::new() };
        EmergencyUseView {
            permission,
            id: at.to_string(),
            act: EmergencyAct::Announced,
            at,
            reason: None,
            attested_by: None,
            clinician_key: None,
            second_by: None,
            verdict: None,
            helpers: Vec::new(),
            proof,
        }
    }

    fn watch(number: i64, cards: &[u8]) -> Watch {
        let key = SigningKey::from_bytes(&[1; 32]);
        let card = |n: &u8| {
            let (grant, circle) = (ids::GrantId([*n; 32]), CircleId([1; 32]));
            watch::Watched { grant, entrusted: entrust(&ChainId([1; 32]), &grant, circle, &key) }
        };
        let cards: Vec<watch::Watched> = cards.iter().map(card).collect();
        Watch::sign(CircleId([1; 32]), key.verifying_key(), number, &cards, &ChainId([1; 32]), &key)
    }

    #[test]
    fn a_replaced_card_stays_listed_when_something_happened_with_it() {
        let mut watched = Watched::default();
        watched.turn_to(&watch(1, &[1, 2]));
        let ids = |watched: &Watched| watched.cards.iter().map(|card| card.id.0[0]).collect::<Vec<_>>();
        assert_eq!(ids(&watched), [2, 1], "the newest last");
        watched.cards[1].uses = vec![happened(GrantId([1; 32]), 5), happened(GrantId([1; 32]), 9)];
        watched.turn_to(&watch(2, &[3]));
        assert_eq!(ids(&watched), [1, 3]);
        let card = &watched.cards[0];
        assert!(card.matters(9) && !Card { over: true, ..card.clone() }.matters(10 + LATELY_MS));
        let times: Vec<UnixMillis> = watched.uses().iter().map(|one| one.at).collect();
        assert_eq!((times, watched.unseen()), (vec![9, 5], 2));
        watched.seen = 5;
        assert_eq!(watched.unseen(), 1);
        for n in 4..40 {
            watched.turn_to(&watch(i64::from(n), &[n]));
            if let Some(card) = watched.cards.last_mut() {
                card.uses = vec![happened(card.id, i64::from(n))];
            }
        }
        assert!(watched.cards.len() <= 2 * MAX_CARDS, "{}", watched.cards.len());
    }
}

//! Helpers are told of an emergency: the person's computer names the cards to them, and their own looks at the members' record, so
//! that they see it also while the person's is off. Each announcement and each opening is proven.

use std::collections::BTreeSet;

use salus_chain::circle::Signer;
use salus_chain::codec::Record;
use salus_chain::ids::{self, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::letter;
use salus_sharing::circle::watch::{MAX_CARDS, Watch};
use salus_sharing::circle::word::KEEP_MS;
use salus_sharing::emergency::standing;
use salus_vault::Vault;
use salus_wire::command::SeenEmergencies;
use salus_wire::view::{EmergencyUseView, FamilyView};
use salus_wire::{Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Coded, Own, Part};
use super::letters::Read;
use super::seen::Seen;
use super::view;
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::FAMILY_WATCHES;
use crate::share::emergency;
use crate::share::kept as permissions;
use crate::{App, Run};

/// One card, as proven last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Card {
    id: GrantId,
    openings: u32,
    announced: Option<UnixMillis>,
    /// Nothing more can happen with it.
    over: bool,
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
        let named: BTreeSet<GrantId> = watch.cards.iter().map(|card| GrantId(card.0)).collect();
        self.cards.retain(|card| named.contains(&card.id) || !card.uses.is_empty());
        for id in named {
            if !self.cards.iter().any(|card| card.id == id) {
                self.cards.push(Card { id, openings: 0, announced: None, over: false, uses: Vec::new() });
            }
        }
        let extra = self.cards.len().saturating_sub(2 * MAX_CARDS);
        self.cards.drain(..extra);
    }
}

/// What screens show of one person's emergencies: what happened, and how much of it was not seen.
pub(super) async fn shown_of(
    vault: &Vault,
    pk: &VerifyingKey,
) -> Result<(Vec<EmergencyUseView>, u32), Failure> {
    let watched = Watched::load(vault, pk).await?;
    Ok((watched.uses(), watched.unseen()))
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
    let cards: Vec<ids::GrantId> = cards.map(|kept| kept.permission.id()).collect();
    let told: Vec<GrantId> = cards.iter().map(|card| GrantId(card.0)).collect();
    let mut written = false;
    for at in 0..own.helpers.len() {
        let helper = &own.helpers[at];
        let (pk, inbox) = (helper.relative.pk, helper.relative.inbox);
        let seated = matches!(circle.find(&pk), Some(Signer::Delegate(_)));
        let nothing = told.is_empty() && helper.watches.is_none();
        if !seated || nothing || helper.watches.as_ref() == Some(&told) {
            continue;
        }
        let watch = Watch::sign(own.circle, pk, now, &cards, &client.chain_id(), &key);
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
        for card in watched.cards.iter_mut().filter(|card| !card.over) {
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
    let standing = standing(client, &id).await.map_err(|e| app.0.network.failure(&e))?;
    let (openings, announced) = (grant.access_count, standing.announced);
    // The openings of a card are few, and each is proven by itself: only when there is another one.
    if (openings, announced) != (card.openings, card.announced) {
        let earlier = std::mem::replace(&mut card.uses, emergency::of(app, open, client, &id).await?);
        // The members keep the newest announcement; one before it was proven too, and stays listed.
        for one in earlier {
            if !card.uses.iter().any(|new| (new.act, new.at) == (one.act, one.at)) {
                card.uses.push(one);
            }
        }
        (card.openings, card.announced) = (openings, announced);
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
            act: EmergencyAct::Announced,
            at,
            reason: None,
            attested_by: None,
            clinician_key: None,
            verdict: None,
            proof,
        }
    }

    fn watch(number: i64, cards: &[u8]) -> Watch {
        let cards: Vec<ids::GrantId> = cards.iter().map(|n| ids::GrantId([*n; 32])).collect();
        let key = SigningKey::from_bytes(&[1; 32]);
        Watch::sign(CircleId([1; 32]), key.verifying_key(), number, &cards, &ChainId([1; 32]), &key)
    }

    #[test]
    fn a_replaced_card_stays_listed_when_something_happened_with_it() {
        let mut watched = Watched::default();
        watched.turn_to(&watch(1, &[1, 2]));
        let ids = |watched: &Watched| watched.cards.iter().map(|card| card.id.0[0]).collect::<Vec<_>>();
        assert_eq!(ids(&watched), [1, 2]);
        watched.cards[0].uses = vec![happened(GrantId([1; 32]), 5), happened(GrantId([1; 32]), 9)];
        watched.turn_to(&watch(2, &[3]));
        assert_eq!(ids(&watched), [1, 3]);
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

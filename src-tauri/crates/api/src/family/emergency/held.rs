//! What a helper keeps of somebody's emergency cards: those they look at, and what happened with each.

use salus_chain::ids::{Signature, VerifyingKey};
use salus_sharing::circle::watch::{self, Watch};
use salus_vault::Vault;
use salus_wire::view::EmergencyUseView;
use salus_wire::{Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::family::kept;
use crate::namespace::FAMILY_WATCHES;
use crate::share::looked::{self, Looked};

/// One card, as proven last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) id: GrantId,
    /// The person's word that the circle may review: the permission's own key, and its signature.
    pub(super) own: VerifyingKey,
    pub(super) signature: Signature,
    /// What happened with it.
    #[serde(flatten)]
    pub(super) stands: Looked,
}

impl looked::Card for Card {
    fn id(&self) -> GrantId {
        self.id
    }

    fn stands(&self) -> &Looked {
        &self.stands
    }

    fn stands_mut(&mut self) -> &mut Looked {
        &mut self.stands
    }
}

/// What a helper looks at for one person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Watched {
    pub(super) number: i64,
    /// The person's key that said it; not kept of before it was asked for.
    #[serde(default)]
    pub(super) by: Option<VerifyingKey>,
    pub(super) cards: Vec<Card>,
    /// Everything up to then was marked as seen.
    pub(super) seen: UnixMillis,
}

impl Watched {
    pub(super) async fn load(vault: &Vault, pk: &VerifyingKey) -> Result<Self, Failure> {
        Ok(kept::load(vault, FAMILY_WATCHES, &pk.0).await?.unwrap_or_default())
    }

    pub(super) async fn save(&self, vault: &Vault, pk: &VerifyingKey) -> Result<(), Failure> {
        kept::save(vault, FAMILY_WATCHES, &pk.0, self).await
    }

    /// Number of what this key of the person said last, if anything was said by it.
    pub(super) fn last(&self, person: &VerifyingKey) -> Option<i64> {
        self.by.is_none_or(|by| by == *person).then_some(self.number)
    }

    /// Everything that happened, newest first.
    pub(super) fn uses(&self) -> Vec<EmergencyUseView> {
        let mut all = looked::uses(&self.cards);
        all.sort_by_key(|one| std::cmp::Reverse((one.at, one.act)));
        all
    }

    pub(super) fn unseen(&self) -> u32 {
        let new =
            self.cards.iter().flat_map(|card| &card.stands.uses).filter(|one| one.at > self.seen).count();
        u32::try_from(new).unwrap_or(u32::MAX)
    }

    /// Looks at these cards from now on, and at those of before that something happened with.
    pub(super) fn turn_to(&mut self, watch: &Watch) {
        self.number = watch.number;
        let card = |one: &watch::Watched| Card {
            id: GrantId(one.grant.0),
            own: one.entrusted.patient_grant_pk,
            signature: one.entrusted.signature,
            stands: Looked::default(),
        };
        looked::turn_to(&mut self.cards, watch.items.iter().map(card).collect());
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::{self, ChainId, CircleId};
    use salus_chain::sign::SigningKey;
    use salus_sharing::circle::watch::MAX_CARDS;
    use salus_sharing::emergency::entrust;
    use salus_wire::view::EmergencyAct;

    use super::*;
    use crate::share::looked::LATELY_MS;
    use crate::testing;

    fn happened(permission: GrantId, at: UnixMillis) -> EmergencyUseView {
        testing::happened(permission, &at.to_string(), EmergencyAct::Announced, at)
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
        watched.cards[1].stands.uses = vec![happened(GrantId([1; 32]), 5), happened(GrantId([1; 32]), 9)];
        watched.turn_to(&watch(2, &[3]));
        assert_eq!(ids(&watched), [1, 3]);
        let stands = &watched.cards[0].stands;
        assert!(stands.matters(9) && !Looked { over: true, ..stands.clone() }.matters(10 + LATELY_MS));
        let octets = serde_json::to_vec(&watched).unwrap();
        assert_eq!(serde_json::from_slice::<Watched>(&octets).unwrap(), watched);
        let times: Vec<UnixMillis> = watched.uses().iter().map(|one| one.at).collect();
        assert_eq!((times, watched.unseen()), (vec![9, 5], 2));
        watched.seen = 5;
        assert_eq!(watched.unseen(), 1);
        for n in 4..40 {
            watched.turn_to(&watch(i64::from(n), &[n]));
            if let Some(card) = watched.cards.last_mut() {
                card.stands.uses = vec![happened(card.id, i64::from(n))];
            }
        }
        assert!(watched.cards.len() <= 2 * MAX_CARDS, "{}", watched.cards.len());
    }
}

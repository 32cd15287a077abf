//! What the first laptop tells the others of besides what laptops permitted: its emergency cards, and what helpers permitted. Each
//! asks the members itself what came of it, so that the person hears of an emergency on whichever laptop is on.
//!
//! ```text
//! first laptop   for_laptop: {"card": name}, {"given": a helper's notice}, among what is told -> added laptop
//! added laptop   take -> look: what happened with each card; each notice proven and kept, for the circle that it watches
//! ```
//!
//! A card's name opens nothing. Nothing is told of as gone: what happened with a card stays listed, and a permission of a helper ends as
//! the members say.

use salus_light::LightClient;
use salus_sharing::circle::watch::MAX_CARDS;
use salus_vault::Vault;
use salus_wire::view::EmergencyUseView;
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::is_added;
use crate::App;
use crate::failure::{OrFail, bug};
use crate::family;
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::share::kept as permissions;
use crate::share::looked::{self, Looked};

const NAME: &[u8] = b"beside";
/// Notices that are kept until they are proven, at most.
const MOST: usize = 64;

/// One of them, as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Beside {
    Card(GrantId),
    /// A helper's notice, in hexadecimal.
    Given(String),
}

/// A card of the first laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Card {
    id: GrantId,
    #[serde(flatten)]
    stands: Looked,
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

/// What an added laptop was told.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Heard {
    cards: Vec<Card>,
    /// Not proven yet.
    given: Vec<String>,
}

impl Heard {
    async fn load(vault: &Vault) -> Result<Self, Failure> {
        let stored = vault.cabinet().get(LAPTOPS, NAME).await.or_fail()?;
        let read = |octets: &[u8]| serde_json::from_slice(octets).map_err(|_| ErrorCode::Damaged.into());
        stored.map_or_else(|| Ok(Self::default()), |octets| read(&octets))
    }

    async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("what was told has no JSON form"))?;
        vault.cabinet().put(LAPTOPS, NAME, &octets).await.or_fail()
    }

    /// Looks at these cards from now on, newest first, and proves these notices.
    fn turn_to(&mut self, named: &[GrantId], given: Vec<String>) {
        let card = |id: &GrantId| Card { id: *id, stands: Looked::default() };
        looked::turn_to(&mut self.cards, named.iter().map(card).collect());
        self.given = given;
        self.given.truncate(MOST);
    }

    fn uses(&self) -> Vec<EmergencyUseView> {
        looked::uses(&self.cards)
    }
}

/// On the first laptop: what the others are told.
pub(super) async fn for_laptop(vault: &Vault, now: UnixMillis) -> Result<Vec<Vec<u8>>, Failure> {
    let all = permissions::all(vault).await?;
    let cards = all.iter().filter(|kept| kept.facts.card.is_some()).take(MAX_CARDS);
    let cards = cards.map(|kept| Beside::Card(kept.id()));
    let given = family::to_tell(vault, now, MOST).await?;
    let given = given.iter().map(|notice| Beside::Given(hex::encode(notice)));
    let text = |one: Beside| serde_json::to_vec(&one).map_err(|_| bug("what is told has no JSON form"));
    cards.chain(given).map(text).collect()
}

/// On an added laptop: takes what the first one told, everything that it tells now.
pub(super) async fn take(vault: &Vault, texts: &[Vec<u8>]) -> Result<(), Failure> {
    let before = Heard::load(vault).await?;
    let (mut named, mut given) = (Vec::new(), Vec::new());
    for text in texts {
        match serde_json::from_slice(text) {
            Ok(Beside::Card(id)) => named.push(id),
            Ok(Beside::Given(notice)) => given.push(notice),
            // What a laptop permitted, or something that a newer Salus tells.
            Err(_) => {}
        }
    }
    let mut heard = before.clone();
    heard.turn_to(&named, given);
    if heard == before { Ok(()) } else { heard.save(vault).await }
}

/// On an added laptop: asks the members what came of it; true when something happened with a card.
pub(super) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    if !is_added(vault).await? {
        return Ok(false);
    }
    let mut heard = Heard::load(vault).await?;
    let before = heard.clone();
    looked::again(&mut heard.cards, app, open, client).await;
    for notice in core::mem::take(&mut heard.given) {
        let octets = hex::decode(&notice).unwrap_or_default();
        if !family::take_given(vault, client, &octets).await? {
            heard.given.push(notice);
        }
    }
    if heard == before {
        return Ok(false);
    }
    heard.save(vault).await?;
    Ok(heard.uses() != before.uses())
}

/// What happened with the cards of the first laptop, on one that was added.
pub(crate) async fn emergencies(vault: &Vault) -> Result<Vec<EmergencyUseView>, Failure> {
    if is_added(vault).await? { Ok(Heard::load(vault).await?.uses()) } else { Ok(Vec::new()) }
}

#[cfg(test)]
mod tests {
    use salus_wire::view::EmergencyAct;

    use super::*;
    use crate::testing::{Hands, NOON, happened, patient};

    fn ids(heard: &Heard) -> Vec<u8> {
        heard.cards.iter().map(|card| card.id.0[0]).collect()
    }

    #[tokio::test]
    async fn cards_and_what_helpers_permitted_are_taken_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let text = |one: &Beside| serde_json::to_vec(one).unwrap();
        let card = |n: u8| text(&Beside::Card(GrantId([n; 32])));
        let given = text(&Beside::Given("00".into()));
        take(&open.vault, &[card(2), card(1), given.clone(), b"{\"more\":1}".to_vec()]).await.unwrap();
        let heard = Heard::load(&open.vault).await.unwrap();
        assert_eq!((ids(&heard), heard.given.as_slice()), (vec![1, 2], ["00".to_owned()].as_slice()));
        // On the first laptop nothing of it counts, whoever told it.
        assert!(emergencies(&open.vault).await.unwrap().is_empty());
        assert!(for_laptop(&open.vault, NOON).await.unwrap().is_empty(), "there is no card and no helper");

        let mut heard = heard;
        let act = happened(GrantId([1; 32]), "act", EmergencyAct::Announced, NOON);
        heard.cards[0].stands.uses = vec![act];
        heard.save(&open.vault).await.unwrap();
        // A card that was replaced stays listed where something happened with it.
        take(&open.vault, &[card(3)]).await.unwrap();
        let heard = Heard::load(&open.vault).await.unwrap();
        assert_eq!((ids(&heard), heard.uses().len()), (vec![1, 3], 1));
        let many: Vec<Vec<u8>> = (10..60).map(card).collect();
        take(&open.vault, &many).await.unwrap();
        assert!(Heard::load(&open.vault).await.unwrap().cards.len() <= MAX_CARDS + 1);
        drop(open);
        app.close().await.unwrap();
    }
}

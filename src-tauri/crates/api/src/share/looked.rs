//! An emergency card as somebody else looks at it than the laptop that made it: whoever helps the person, and the person's other laptops.
//! Its permission's name is all that it takes.

use salus_chain::ids;
use salus_light::LightClient;
use salus_sharing::circle::watch::MAX_CARDS;
use salus_sharing::emergency::standing;
use salus_wire::view::EmergencyUseView;
use salus_wire::{Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::emergency;
use crate::App;
use crate::lock::Open;

/// What was said of an emergency is asked for so long after it.
pub(crate) const LATELY_MS: i64 = 30 * 86_400_000;
/// And so often.
const AGAIN_MS: i64 = 60_000;

/// What happened with it, as proven last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Looked {
    pub(crate) openings: u32,
    pub(crate) announced: Option<UnixMillis>,
    /// Nothing more can be done with it.
    pub(crate) over: bool,
    pub(crate) looked: UnixMillis,
    pub(crate) uses: Vec<EmergencyUseView>,
}

impl Looked {
    /// Something can happen with it, or be said of what happened lately.
    pub(crate) fn matters(&self, now: UnixMillis) -> bool {
        let newest = self.uses.iter().map(|one| one.at).max();
        !self.over || newest.is_some_and(|at| now.saturating_sub(at) <= LATELY_MS)
    }

    /// Asks the members once more.
    async fn again(
        &mut self,
        app: &App,
        open: &Open,
        client: &LightClient,
        card: GrantId,
    ) -> Result<(), Failure> {
        let id = ids::GrantId(card.0);
        let record = client.prove_grant(&id).await.map_err(|e| app.0.network.failure(&e))?;
        // Not recorded yet, or another chain's.
        let Some(grant) = record.value else { return Ok(()) };
        let standing = standing(client, &id, None).await.map_err(|e| app.0.network.failure(&e))?;
        let (openings, announced) = (grant.access_count, standing.announced);
        let happened = (openings, announced) != (self.openings, self.announced);
        let now = app.now();
        // The openings of a card are few, and each is proven by itself, with what was said of it.
        if happened || (!self.uses.is_empty() && now.saturating_sub(self.looked) >= AGAIN_MS) {
            self.uses = emergency::of(app, open, client, &id, &grant.terms.patient_grant_pk).await?;
            (self.openings, self.announced, self.looked) = (openings, announced, now);
        }
        self.over = grant.end.is_some();
        Ok(())
    }
}

/// A card in a list of those that are looked at, the newest last.
pub(crate) trait Card {
    fn id(&self) -> GrantId;
    fn stands(&self) -> &Looked;
    fn stands_mut(&mut self) -> &mut Looked;
}

/// Looks at these from now on, the newest of them first, and at those of before that something happened with.
pub(crate) fn turn_to<C: Card>(cards: &mut Vec<C>, named: Vec<C>) {
    let is_named = |card: &C| named.iter().any(|one| one.id() == card.id());
    cards.retain(|card| is_named(card) || !card.stands().uses.is_empty());
    for card in named.into_iter().take(MAX_CARDS).rev() {
        if !cards.iter().any(|known| known.id() == card.id()) {
            cards.push(card);
        }
    }
    let extra = cards.len().saturating_sub(2 * MAX_CARDS);
    cards.drain(..extra);
}

/// Asks the members about each that matters now; what cannot be asked now is asked later.
pub(crate) async fn again<C: Card>(cards: &mut [C], app: &App, open: &Open, client: &LightClient) {
    let now = app.now();
    for card in cards {
        let id = card.id();
        if card.stands().matters(now)
            && let Err(failure) = card.stands_mut().again(app, open, client, id).await
        {
            tracing::debug!(code = %failure.code, "a card is looked at later");
        }
    }
}

/// Everything that happened with any of them.
pub(crate) fn uses<C: Card>(cards: &[C]) -> Vec<EmergencyUseView> {
    cards.iter().flat_map(|card| card.stands().uses.iter().cloned()).collect()
}

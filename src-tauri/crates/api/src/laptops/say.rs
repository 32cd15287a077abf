//! What is new, said to each of the other laptops in one letter.

use salus_chain::codec::Record;
use salus_chain::ids::sha256;
use salus_light::LightClient;
use salus_sharing::laptop::News;
use salus_wire::Failure;

use super::kept::{self, Listed, Own};
use super::power::{self, HANDS, IN_HAND};
use super::{marks, pair, told};
use crate::App;
use crate::app::rng;
use crate::failure::{OrFail, bug};
use crate::family;
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::outbox;
use crate::share::enrol;

/// Epochs of one letter: as many as are read within one round.
const MOST: usize = 96;
/// Letters are kept as long as what they tell of.
const KEEP_MS: i64 = 400 * 86_400_000;

/// Writes to everybody for whom there is something; true when something was said.
pub(super) async fn all(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let own = Own::load(&open.vault).await?;
    if own.removed().is_some() {
        return Ok(false);
    }
    let mut said = false;
    for number in own.present() {
        said |= to(app, open, client, number).await?;
    }
    Ok(said)
}

async fn to(app: &App, open: &Open, client: &LightClient, number: u8) -> Result<bool, Failure> {
    let vault = &open.vault;
    if deliver(app, open, client, number).await? {
        return Ok(true);
    }
    let mut own = Own::load(vault).await?;
    let first = own.is_first();
    let told = told::for_laptop(app, vault, &own, number).await?;
    let told_hash = told::hash(&told);
    let listed = if first { list(&own)? } else { Vec::new() };
    let listed_hash = sha256(&[&listed.concat()]);
    let circle = if first { family::told(vault).await? } else { None };
    let circle_hash = circle.as_ref().map(|text| sha256(&[text]));
    let (changed, left) = marks::next(vault, number, MOST).await?;
    let generation = pair::newest(open);
    let mut news = own.peer(number)?.owes()?;
    news.changed.clone_from(&changed);
    news.left = left;
    let peer = own.peer(number)?;
    if peer.told != told_hash {
        news.told = told;
    }
    if let Some(circle) = circle.filter(|_| peer.circle != circle_hash) {
        news.circle = circle;
    }
    if first && peer.listed != listed_hash {
        news.laptops = listed;
        news.writers = vault.writers().to_vec();
    }
    if first && peer.generation < generation {
        news.series = vault.series_keys().await.or_fail()?;
    }
    let mut hand = None;
    if let Some(joined) = &mut own.joined {
        let powers = kept::powers(vault).await?;
        news.wanted = u8::try_from(IN_HAND.saturating_sub(powers.blanks.len())).unwrap_or_default();
        // The first laptop uses them in their order: the newest mandate says how many are left there.
        let vetoes = powers.vetoes.iter().map(|v| v.hand);
        let used = powers.blanks.iter().map(|b| b.hand).chain(powers.stops.iter().map(|s| s.hand));
        let used = used.chain(vetoes).max();
        let left = joined.hand.saturating_sub(used.unwrap_or(joined.base));
        if usize::try_from(left).unwrap_or(usize::MAX) <= HANDS / 2 {
            news.first_hand = joined.hand;
            news.hands = power::hands(vault, joined.hand, HANDS);
            hand = Some(joined.hand.saturating_add(u32::try_from(HANDS).unwrap_or_default()));
        }
        if !joined.told_withdrawal {
            news.withdrawal = enrol::withdrawal(vault, client).await?;
        }
    }
    // Asking for what was asked for before is nothing new.
    let peer = own.peer(number)?;
    let asks = news.wanted > 0 && news.wanted != peer.wanted;
    let quiet = News { hands: Vec::new(), first_hand: 0, wanted: 0, left: 0, heard: 0, ..news.clone() };
    if quiet.is_empty() && !asks && hand.is_none() {
        return Ok(false);
    }
    news.heard = peer.heard;
    // Written down before it is sent: under one number nothing else is said, however often that is tried.
    let body = zeroize::Zeroizing::new(news.encode());
    vault.cabinet().put(LAPTOPS, &unsent(number), &body).await.or_fail()?;
    peer.said = peer.said.saturating_add(1);
    peer.told = told_hash;
    peer.listed = listed_hash;
    peer.circle = circle_hash.or(peer.circle);
    peer.generation = peer.generation.max(generation);
    peer.owed = Vec::new();
    if !first {
        peer.wanted = news.wanted;
    }
    if let Some(joined) = &mut own.joined {
        joined.hand = hand.unwrap_or(joined.hand);
        joined.told_withdrawal |= !news.withdrawal.is_empty();
    }
    own.save(vault).await?;
    marks::told(vault, number, &changed).await?;
    deliver(app, open, client, number).await
}

/// Where the letter lies that was written to a laptop and is not known to be sent.
pub(super) fn unsent(number: u8) -> [u8; 2] {
    [b'w', number]
}

/// Sends what was written and not sent; true when there was something. Killed after it was written and before its number was
/// noted, it goes under the one before, which the other has read: what it says is said again in the next.
async fn deliver(app: &App, open: &Open, client: &LightClient, number: u8) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(body) = vault.cabinet().get(LAPTOPS, &unsent(number)).await.or_fail()? else { return Ok(false) };
    let mut own = Own::load(vault).await?;
    let (own_number, now) = (own.number, app.now());
    let peer = own.peer(number)?;
    let (keys, until) = (kept::keys(vault), now.saturating_add(KEEP_MS));
    let line = peer.to(own_number);
    let said = line.say(client, peer.said, &body, (&keys, &peer.laptop), (until, now), &mut rng()).await;
    outbox::keep(vault, client.genesis().n(), &said.or_fail()?).await;
    vault.cabinet().remove(LAPTOPS, &unsent(number)).await.or_fail()?;
    Ok(true)
}

/// The person's laptops, as the others are told.
fn list(own: &Own) -> Result<Vec<Vec<u8>>, Failure> {
    let this = Listed { number: own.number, name: own.name.clone(), added: 0, seen: None, removed: None };
    let others = own.peers.iter().map(|peer| Listed {
        number: peer.number,
        name: peer.name.clone(),
        added: peer.added,
        // To the day: otherwise each letter would be an occasion for another one.
        seen: peer.seen.map(|seen| seen - seen.rem_euclid(86_400_000)),
        removed: peer.removed,
    });
    let text = |one: Listed| serde_json::to_vec(&one).map_err(|_| bug("a laptop has no JSON form"));
    std::iter::once(this).chain(others).map(text).collect()
}

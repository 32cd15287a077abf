//! What another laptop said, taken in letter by letter: readings are in the journal before the letter counts as read.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::issue::SeriesKey;
use salus_sharing::laptop::news::MAX_TOLD;
use salus_sharing::laptop::read::read;
use salus_sharing::laptop::{Changed, News};
use salus_sharing::open::OpenError;
use salus_vault::{Epoch, Writer};
use salus_wire::event::Event;
use salus_wire::{Category, Failure, Reading};

use super::kept::{self, Own};
use super::{beside, marks, power, told, veto};
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, family, import};

/// How long a letter waits for what it tells of when the depots that answer lack it: a week. What is still missing then comes
/// with the next sealing of its hour.
const PATIENCE_MS: i64 = 7 * 86_400_000;
/// Epochs whose readings are taken in at once.
const TOGETHER: usize = 64;
/// Keys of another laptop for mandates that are kept.
const MOST_HANDS: usize = 256;

/// Takes the next letter of each laptop; true when one was taken.
pub(super) async fn next(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let own = Own::load(&open.vault).await?;
    if own.removed().is_some() || own.joined.as_ref().is_some_and(|joined| joined.paused) {
        return Ok(false);
    }
    let mut heard = false;
    for number in own.present() {
        heard |= from(app, open, client, number).await?;
    }
    Ok(heard)
}

async fn from(app: &App, open: &Open, client: &LightClient, number: u8) -> Result<bool, Failure> {
    let vault = &open.vault;
    let mut own = Own::load(vault).await?;
    let own_number = own.number;
    let (next, signed_by, line) = {
        let peer = own.peer(number)?;
        (peer.heard.saturating_add(1), peer.laptop.signing(), peer.clone())
    };
    let heard = line.from(own_number).hear(client, next, &kept::keys(vault), &signed_by).await.or_fail()?;
    let Some(body) = heard else { return Ok(false) };
    let Ok(news) = News::decode(&body) else {
        // Signed by that laptop and not to be read: a newer Salus. It is looked at again after an update.
        return Ok(false);
    };
    // Newer keys first: what is told of may be sealed under them.
    if number == kept::FIRST && !news.series.is_empty() {
        vault.follow_generations(&news.series, &[]).await.or_fail()?;
    }
    if number == kept::FIRST && !news.writers.is_empty() {
        kept::save_writers(vault, &news.writers).await?;
    }
    let writers = if own.is_first() { vec![line.computer()] } else { kept::writers(vault, &own).await? };
    let whole = readings(app, open, client, (number, &writers), &news.changed).await?;
    let peer = own.peer(number)?;
    let since = *peer.short.get_or_insert(app.now());
    if !whole && app.now().saturating_sub(since) < PATIENCE_MS {
        own.save(vault).await?;
        return Ok(false);
    }
    peer.short = None;
    peer.heard = next;
    // A copy of this record that was restored begins behind what the other has read already.
    peer.said = peer.said.max(news.heard);
    peer.seen = Some(app.now());
    peer.taken = peer.taken.saturating_add(u32::try_from(news.changed.len()).unwrap_or_default());
    peer.left = news.left;
    let first = own.is_first();
    let peer = own.peer(number)?;
    if first {
        let counted = (0..).zip(news.hands.iter().copied());
        let fresh = counted.filter_map(|(at, key)| Some((news.first_hand.checked_add(at)?, key)));
        let newest = peer.hands.last().map(|(hand, _)| *hand);
        peer.hands.extend(fresh.filter(|(hand, _)| newest.is_none_or(|newest| *hand > newest)));
        peer.hands.truncate(MOST_HANDS);
        // What was drawn and not read yet is on its way.
        let all_read = news.heard >= peer.said && peer.owed.is_empty();
        peer.wanted = if all_read { news.wanted } else { peer.wanted.min(news.wanted) };
        if told::withdrawal(&news.withdrawal).is_some() {
            peer.withdrawal.clone_from(&news.withdrawal);
        }
    } else {
        if !(news.blanks.is_empty() && news.stops.is_empty() && news.vetoes.is_empty()) {
            let mut powers = kept::powers(vault).await?;
            for new in &news.blanks {
                // The same letter taken twice, after a kill, gives nothing twice.
                let known = powers.blanks.iter().any(|known| known.hand == new.hand);
                if !known && !power::is_used(vault, new.hand).await? {
                    powers.blanks.push(*new);
                }
            }
            for new in &news.stops {
                if !powers.stops.iter().any(|known| known.grant == new.grant) {
                    powers.stops.push(new.clone());
                }
            }
            // What is over needs no stop: the newest are kept.
            let extra = powers.stops.len().saturating_sub(MAX_TOLD);
            powers.stops.drain(..extra);
            veto::take(&mut powers, &news);
            kept::save_powers(vault, &powers).await?;
        }
        if !news.circle.is_empty() {
            family::take_told(vault, &news.circle).await?;
        }
        // What was asked for came, or is asked for again.
        peer.wanted = 0;
        if let Some(joined) = own.joined.as_mut().filter(|_| !news.laptops.is_empty()) {
            joined.laptops =
                news.laptops.iter().filter_map(|text| serde_json::from_slice(text).ok()).collect();
            let named = joined.laptops.iter().find(|one| one.number == own_number);
            own.name = named.map_or_else(|| own.name.clone(), |one| one.name.clone());
        }
    }
    if !news.told.is_empty() {
        told::take(vault, &own, number, &news.told).await?;
        if number == kept::FIRST {
            beside::take(vault, &news.told).await?;
        }
    }
    own.save(vault).await?;
    app.tell(Event::MembersChanged);
    app.tell(Event::PermissionsChanged);
    Ok(true)
}

/// Takes the readings of epochs into the journal, and notes what is theirs and need not be sent back; true when all of them were
/// there.
async fn readings(
    app: &App,
    open: &Open,
    client: &LightClient,
    (from, writers): (u8, &[Writer]),
    changed: &[Changed],
) -> Result<bool, Failure> {
    let vault = &open.vault;
    let own = Own::load(vault).await?;
    // Where there are others, they know this laptop's sealing of it, and not that of the one who told.
    let others = own.present().iter().any(|number| *number != from);
    let keys = |category: &Category| SeriesKey::of(vault.parts(*category));
    let held: Vec<SeriesKey> = Category::ALL.iter().flat_map(keys).collect();
    let gone = import::taken_out(vault).await?;
    let (mut whole, mut new) = (true, false);
    for some in changed.chunks(TOGETHER) {
        let found = match read(client, &held, writers, some, &mut |_| {}).await {
            Err(OpenError::SegmentMissing { .. } | OpenError::SegmentAltered { .. }) => {
                whole = false;
                continue;
            }
            found => found.map_err(|error| Failure::new(error.code()))?,
        };
        whole &= some.iter().all(|one| has(vault, one, &found));
        // What was taken out here does not come back from a laptop that has it still.
        let mine: Vec<Reading> =
            found.iter().filter(|reading| !gone.contains(&reading.device)).cloned().collect();
        new |= vault.record(&mine).await.or_fail()?.new > 0;
        for category in Category::ALL.iter().filter(|_| !others) {
            let of = some.iter().filter(|one| one.category == *category && has(vault, one, &found));
            let of: Vec<(Epoch, u32)> = of.map(|one| (one.epoch, one.readings)).collect();
            if !of.is_empty() {
                marks::note(vault, *category, &of, &[]).await?;
            }
        }
    }
    if new {
        app.tell(Event::ReadingsChanged);
    }
    Ok(whole)
}

/// Whether as many readings of an epoch were found as were told of; of a time that was deleted here none are looked for.
fn has(vault: &salus_vault::Vault, told: &Changed, found: &[Reading]) -> bool {
    if !vault.holds(told.category, told.epoch) {
        return true;
    }
    let of = |one: &&Reading| one.category == told.category && Epoch::at(one.at) == Some(told.epoch);
    found.iter().filter(of).count() >= usize::try_from(told.readings).unwrap_or(usize::MAX)
}

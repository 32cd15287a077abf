//! What this laptop sealed and the others cannot know goes into the depots, where they find it by the keys that all have.

use std::time::Duration;

use salus_chain::time::Epoch as ChainEpoch;
use salus_light::LightClient;
use salus_sharing::issue::Held;
use salus_vault::{Epoch, VaultError};
use salus_wire::{Category, Failure};
use tokio::time::Instant;

use super::kept::Own;
use super::marks::{self, Marks};
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::repeat::{self, Repeat};

/// Depots keep it so long: a laptop that is switched off for longer is added anew.
const KEEP_MS: i64 = 400 * 86_400_000;
/// Epochs that are put into the depots in one go.
const TOGETHER: usize = 16;
/// By itself a running epoch is sealed for the others at most once in this time.
const PAUSE: Duration = Duration::from_secs(600);

/// Puts some of what is new into the depots; true when there is more.
pub(super) async fn some(
    app: &App,
    open: &Open,
    client: &LightClient,
    at_once: bool,
) -> Result<bool, Failure> {
    let own = Own::load(&open.vault).await?;
    let tell = own.present();
    if tell.is_empty() || own.removed().is_some() {
        return Ok(false);
    }
    let now = app.now();
    readable(open.vault.close_epochs(now).await.map(drop))?;
    let running = Epoch::new(ChainEpoch::at(now).0).unwrap_or(Epoch::LAST);
    // Not while a person waits for what is new.
    let mut may = if at_once {
        Repeat::nothing(&open.repeated.laptops)
    } else {
        Repeat::since(&open.repeated.laptops, Instant::now())
    };
    let mut more = false;
    for category in Category::ALL.iter().copied() {
        if due(open, category, at_once) {
            readable(open.vault.flush_epoch(category, running).await.map(drop))?;
        }
        let known = marks::of(&open.vault, category).await?;
        let first = Epoch::at(0).unwrap_or(Epoch::LAST);
        let heads = open.vault.epochs(category, first..=running).await.or_fail()?;
        // The newest first: what was measured today matters before what was measured last year.
        let new = heads.iter().rev().filter(|head| {
            let mark = known.get(&head.epoch.number()).copied().unwrap_or_default();
            head.readings > u64::from(mark)
        });
        let mut new: Vec<Epoch> = new.map(|head| head.epoch).take(TOGETHER + 1).collect();
        more |= new.len() > TOGETHER;
        new.truncate(TOGETHER);
        if new.is_empty() && may.is_spent() {
            continue;
        }
        let mut repeats = marks::repeats(&open.vault, category).await?;
        let again = once_more(&repeats, &new, &mut may);
        if new.is_empty() && again.is_empty() {
            continue;
        }
        let (mut sealed, mut noted) = (Vec::new(), Vec::new());
        for epoch in new.iter().chain(&again).copied() {
            // A damaged hour is left out, and told where it is read.
            let found = open.vault.sealed_segments(category, epoch..=epoch).await;
            let Some(found) = readable(found)? else { continue };
            // The others know of what is sent once more.
            let told = found.iter().filter(|one| !again.contains(&one.head.epoch));
            noted.extend(
                told.map(|one| (one.head.epoch, u32::try_from(one.head.readings).unwrap_or(u32::MAX))),
            );
            sealed.extend(found);
        }
        let held = if sealed.is_empty() {
            Vec::new()
        } else {
            let until = now.saturating_add(KEEP_MS);
            salus_sharing::issue::upload(client, &sealed, until, now).await.or_fail()?
        };
        // Before they count as known: what is not is sent as new.
        if sent(&mut repeats, &new, &again, &held, client.genesis().n()) {
            marks::save_repeats(&open.vault, category, &repeats).await?;
        }
        if !noted.is_empty() {
            marks::note(&open.vault, category, &noted, &tell).await?;
        }
    }
    Ok(more)
}

/// Epochs that are sent once more now, the newest first, besides those that are new.
fn once_more(repeats: &Marks, new: &[Epoch], may: &mut Repeat<'_>) -> Vec<Epoch> {
    let known = repeats.iter().rev().filter_map(|(number, left)| Some((Epoch::new(*number)?, times(*left))));
    let due = known.filter(|(epoch, left)| !new.contains(epoch) && may.takes(*left, Instant::now()));
    due.map(|(epoch, _)| epoch).collect()
}

/// Notes how often what was sent is to be sent once more, because one of so many members lacks it; true when that is something else
/// than before. Of what nothing was sealed any more nothing is.
fn sent(repeats: &mut Marks, new: &[Epoch], again: &[Epoch], held: &[Held], members: u16) -> bool {
    let before = repeats.clone();
    for epoch in new.iter().chain(again) {
        let everywhere = held.iter().filter(|one| one.epoch == *epoch).all(|one| one.depots.len() >= members);
        let known = repeats.get(&epoch.number()).filter(|_| again.contains(epoch));
        let left = repeat::left(known.map(|left| times(*left)), everywhere);
        repeats.insert(epoch.number(), u32::from(left));
    }
    repeats.retain(|_, left| *left > 0);
    *repeats != before
}

fn times(left: u32) -> u8 {
    u8::try_from(left).unwrap_or(u8::MAX)
}

fn readable<T>(sealed: Result<T, VaultError>) -> Result<Option<T>, Failure> {
    match sealed {
        Err(VaultError::Damaged { .. }) => Ok(None),
        sealed => sealed.or_fail().map(Some),
    }
}

/// Whether a category's running epoch is to be sealed, noted as done when it is.
fn due(open: &Open, category: Category, at_once: bool) -> bool {
    let mut flushed = open.flushed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let now = Instant::now();
    let due = at_once || flushed.get(&category).is_none_or(|last| now.duration_since(*last) >= PAUSE);
    if due {
        flushed.insert(category, now);
    }
    due
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use salus_sharing::Members;
    use salus_wire::SeriesId;

    use super::*;

    fn epoch(number: u32) -> Epoch {
        Epoch::new(number).unwrap()
    }

    fn held(number: u32, depots: &[u16]) -> Held {
        let depots: Members = depots.iter().copied().collect();
        Held { series: SeriesId([1; 16]), epoch: epoch(number), version: 1, depots }
    }

    #[test]
    fn what_a_depot_lacks_is_sent_three_times_more_and_no_longer_once_all_have_it() {
        let mut repeats = Marks::new();
        let (all, some) = (held(7, &[1, 2, 3, 4]), held(8, &[1, 2, 4]));
        assert!(sent(&mut repeats, &[epoch(7), epoch(8)], &[], &[all, some], 4));
        assert_eq!(repeats, Marks::from([(8, 3)]));
        for left in [2, 1] {
            let last = Mutex::default();
            let now = Instant::now();
            assert!(once_more(&repeats, &[epoch(8)], &mut Repeat::since(&last, now)).is_empty(), "it is new");
            assert!(once_more(&repeats, &[], &mut Repeat::nothing(&last)).is_empty());
            assert_eq!(once_more(&repeats, &[], &mut Repeat::since(&last, now)), [epoch(8)]);
            assert!(once_more(&repeats, &[], &mut Repeat::since(&last, now)).is_empty(), "minutes apart");
            assert!(sent(&mut repeats, &[], &[epoch(8)], &[some], 4));
            assert_eq!(repeats, Marks::from([(8, left)]));
        }
        // Sealed anew it begins from there, and what is not there any more is forgotten.
        assert!(sent(&mut repeats, &[epoch(8)], &[], &[some], 4));
        assert_eq!(repeats, Marks::from([(8, 3)]));
        assert!(sent(&mut repeats, &[], &[epoch(8)], &[], 4));
        assert!(repeats.is_empty() && !sent(&mut repeats, &[epoch(7)], &[], &[all], 4));
    }
}

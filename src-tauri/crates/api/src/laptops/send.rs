//! What this laptop sealed and the others cannot know goes into the depots, where they find it by the keys that all have.

use std::time::Duration;

use salus_chain::time::Epoch as ChainEpoch;
use salus_light::LightClient;
use salus_vault::{Epoch, VaultError};
use salus_wire::{Category, Failure};
use tokio::time::Instant;

use super::kept::Own;
use super::marks;
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;

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
        let (mut sealed, mut noted) = (Vec::new(), Vec::new());
        for epoch in new {
            // A damaged hour is left out, and told where it is read.
            let found = open.vault.sealed_segments(category, epoch..=epoch).await;
            let Some(found) = readable(found)? else { continue };
            noted.extend(
                found
                    .iter()
                    .map(|one| (one.head.epoch, u32::try_from(one.head.readings).unwrap_or(u32::MAX))),
            );
            sealed.extend(found);
        }
        if noted.is_empty() {
            continue;
        }
        salus_sharing::issue::upload(client, &sealed, now.saturating_add(KEEP_MS), now).await.or_fail()?;
        marks::note(&open.vault, category, &noted, &tell).await?;
    }
    Ok(more)
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

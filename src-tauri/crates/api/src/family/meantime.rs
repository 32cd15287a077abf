//! After a recovery: what was measured in the record of the meantime is taken over into the regained one, which lies beside it.
//!
//! ```text
//! regain_readings      which record that was is kept in the regained one
//! take_over_meantime   that record's passphrase opens it beside this one, for reading
//!   what its devices said of themselves, its imports -> readings, an hour at a time -> notes, where this record has none
//! ```
//!
//! Nothing is taken out there, and nothing that is here changes. A copy of a reading is known ([`salus_vault::copy`]), so doing it
//! again adds nothing, and cut off anywhere it goes on. What was deleted here for ever, and imports that were taken out here, do not
//! come back. What waits there, because it was received while that record was locked or because nobody said yet whose it is, only
//! that record can take in; then this is done again.

#[cfg(test)]
mod tests;

use salus_vault::{Epoch, Unlock, Vault};
use salus_wire::command::{Command, TakeOverMeantime};
use salus_wire::event::Event;
use salus_wire::view::{FamilyView, MeantimeView};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::{kept, view};
use crate::app::rng;
use crate::entry::{day_notes, notes};
use crate::failure::OrFail;
use crate::lock::Open;
use crate::namespace::{FAMILY, UNCLAIMED};
use crate::profile::RECORD;
use crate::work::Running;
use crate::{App, Run, import, people};

const NAME: &[u8] = b"meantime";
/// Readings that are stored in one transaction.
const TOGETHER: usize = 200;

/// The record of the meantime, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Meantime {
    /// Names it among the records on this computer.
    id: String,
    /// Its own identifier: another record in its place is another one.
    record: [u8; 16],
    taken: Option<UnixMillis>,
    /// Readings that came, in all.
    readings: u64,
    /// As they were the last time.
    deleted: u64,
    damaged: u32,
    waits: bool,
}

impl Meantime {
    async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        kept::load(vault, FAMILY, NAME).await
    }

    async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        kept::save(vault, FAMILY, NAME, self).await
    }
}

/// Keeps in a regained record which one was used in the meantime: the one that is open.
pub(super) async fn remember(app: &App, from: &Vault, to: &Vault) -> Result<(), Failure> {
    let (id, record) = (people::current(app), from.record_id());
    let (taken, readings, deleted, damaged, waits) = (None, 0, 0, 0, false);
    Meantime { id, record, taken, readings, deleted, damaged, waits }.save(to).await
}

/// The same as screens show it; nothing once that record is not on this computer.
pub(super) async fn shown(app: &App, vault: &Vault) -> Result<Option<MeantimeView>, Failure> {
    let Some(kept) = Meantime::load(vault).await? else { return Ok(None) };
    if people::other(app, &kept.id)?.is_none() {
        return Ok(None);
    }
    let Meantime { taken, readings, deleted, damaged, waits, .. } = kept;
    Ok(Some(MeantimeView { taken, readings, deleted, damaged, waits }))
}

impl Run for TakeOverMeantime {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let running = app.begin(Self::NAME)?;
        let open = app.open().await?;
        let mut kept = Meantime::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let dir = people::other(app, &kept.id)?.ok_or(ErrorCode::NothingYet)?;
        let keyring = app.0.config.keyring.clone();
        let key = Unlock::Passphrase(&self.passphrase);
        let from = Vault::open_on(&dir.join(RECORD), key, keyring, rng()).await.or_fail()?;
        let taken = if from.record_id() == kept.record {
            take(&open, &from, &running).await
        } else {
            Err(ErrorCode::NothingYet.into())
        };
        if let Err(error) = from.lock().await {
            tracing::debug!(%error, "the record of the meantime is closed as it is");
        }
        // Also of a part: what came is there.
        app.tell(Event::ReadingsChanged);
        let taken: Taken = taken?;
        kept.taken = Some(app.now());
        kept.readings = kept.readings.saturating_add(taken.new);
        (kept.deleted, kept.damaged, kept.waits) = (taken.deleted, taken.damaged, taken.waits);
        kept.save(&open.vault).await?;
        app.tell(Event::PermissionsChanged);
        view::of(app, &open.vault).await
    }
}

/// What came.
#[derive(Default)]
struct Taken {
    new: u64,
    deleted: u64,
    damaged: u32,
    waits: bool,
}

async fn take(open: &Open, from: &Vault, running: &Running) -> Result<Taken, Failure> {
    let to = &open.vault;
    let gone = import::taken_out(to).await?;
    // Before the readings: none is there without what it came from.
    open.devices.take_over(from, to).await?;
    import::take_over(from, to).await?;
    let mut hours: Vec<(Category, Epoch)> = Vec::new();
    for category in Category::ALL {
        let first = Epoch::at(0).unwrap_or(Epoch::LAST);
        let heads = from.epochs(*category, first..=Epoch::LAST).await.or_fail()?;
        let holds = heads.iter().filter(|head| head.readings > 0 || head.unsealed > 0);
        hours.extend(holds.map(|head| (*category, head.epoch)));
    }
    let (mut taken, total) = (Taken::default(), hours.len() as u64);
    for (done, (category, epoch)) in (0_u64..).zip(hours) {
        running.watch.step(done, total).or_fail()?;
        let (mut readings, damaged) = from.readable(category, epoch.start(), epoch.end()).await.or_fail()?;
        taken.damaged = taken.damaged.saturating_add(damaged);
        if !to.holds(category, epoch) {
            taken.deleted = taken.deleted.saturating_add(readings.len() as u64);
            continue;
        }
        readings.retain(|reading| !gone.contains(&reading.device));
        for some in readings.chunks(TOGETHER) {
            let recorded = to.record(some).await.or_fail()?;
            taken.new = taken.new.saturating_add(recorded.new as u64);
        }
    }
    notes::take_over(from, to).await?;
    day_notes::take_over(from, to).await?;
    taken.waits = waits(from).await?;
    running.watch.step(total, total).or_fail()?;
    Ok(taken)
}

/// Whether something of it is outside of its journal yet.
async fn waits(from: &Vault) -> Result<bool, Failure> {
    let unclaimed = !from.cabinet().readable(UNCLAIMED).await.or_fail()?.is_empty();
    Ok(unclaimed || !from.arrived().await.or_fail()?.batches.is_empty())
}

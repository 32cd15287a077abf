//! A writer that never ends by itself, and the check of what it left: used by whoever interrupts it.
//!
//! Step `n` records batch `n`, then puts note `n` into the cabinet, where it replaces note `n - 16`; now and then an
//! epoch is sealed early, or every epoch that is over, or a day is summed up, or the keys begin anew with the running epoch. Each step
//! is acknowledged only after the vault returned.

use core::convert::Infallible;

use salus_vault::shared::{open_manifest, open_segment};
use salus_vault::{Epoch, Vault, VaultError};
use salus_wire::{Category, Level};

use crate::record::{T0, run};

const HR: Category = Category::HeartRate;
const DAY: i64 = 86_400_000;
pub(crate) const BATCH: i64 = 20;
const NOTES: i64 = 16;

/// How many batches and notes were acknowledged, or are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Progress {
    pub(crate) batches: i64,
    pub(crate) notes: i64,
}

/// The first instant of a batch.
fn start(batch: i64) -> i64 {
    T0 + batch * BATCH * 1000
}

fn note(n: i64) -> Vec<u8> {
    n.to_be_bytes().repeat(60 + usize::try_from(n % 7).unwrap() * 40)
}

/// Goes on from what is stored until something fails; `acknowledge` hears of each step once the vault returned.
pub(crate) async fn go_on(
    vault: &Vault,
    mut stored: Progress,
    mut acknowledge: impl FnMut(Progress),
) -> Result<Infallible, VaultError> {
    loop {
        if stored.notes < stored.batches {
            let n = stored.notes;
            vault.cabinet().put("notes", &(n % NOTES).to_be_bytes(), &note(n)).await?;
            stored.notes += 1;
        } else {
            let n = stored.batches;
            vault.record(&run(start(n), BATCH)).await?;
            stored.batches += 1;
            acknowledge(stored);
            match n % 9 {
                2 | 5 => drop(vault.flush_epoch(HR, epoch_of(n)).await?),
                7 => drop(vault.close_epochs(start(n)).await?),
                1 | 4 | 8 => {
                    vault.compact(start(n), 0).await?;
                }
                6 => drop(vault.new_generations(&[HR], epoch_of(n), &[]).await?),
                _ => {}
            }
        }
        acknowledge(stored);
    }
}

/// Checks that everything acknowledged is there exactly once and as it was, that each step is there whole or not at all,
/// and that what is sealed agrees with its manifest; returns what is stored.
pub(crate) async fn check(vault: &Vault, acknowledged: Progress) -> Result<Progress, VaultError> {
    let readings = vault.readings(HR, 0, i64::MAX).await?;
    let stored = i64::try_from(readings.len()).unwrap();
    assert_eq!(stored % BATCH, 0, "a batch is all or nothing");
    assert!(readings == run(T0, stored), "a reading is twice there, missing or altered");
    assert_eq!(vault.count(HR).await?, u64::try_from(stored).unwrap());
    let batches = stored / BATCH;
    let days = vault.summaries(HR, Level::Day, T0 - DAY, start(batches) + 2 * DAY).await?;
    let summed: u64 = days.iter().map(|d| d.count).sum();
    assert_eq!(summed, u64::try_from(stored).unwrap(), "the days do not add up");

    let list = vault.cabinet().list("notes").await?;
    let last = |value: &[u8]| i64::from_be_bytes(value[..8].try_into().unwrap());
    let notes = list.iter().map(|(_, value)| last(value) + 1).max().unwrap_or(0);
    assert_eq!(list.len(), usize::try_from(notes.min(NOTES)).unwrap());
    for n in (notes - NOTES).max(0)..notes {
        let value = vault.cabinet().get("notes", &(n % NOTES).to_be_bytes()).await?;
        assert!(value.is_some_and(|v| *v == note(n)), "note {n} is missing or altered");
    }
    sealed_agrees(vault, batches).await?;

    let found = Progress { batches, notes };
    let (b, n) = (acknowledged.batches, acknowledged.notes);
    assert!((b..=b + 1).contains(&batches), "acknowledged {acknowledged:?}, found {found:?}");
    assert!((n..=n + 1).contains(&notes), "acknowledged {acknowledged:?}, found {found:?}");
    Ok(found)
}

/// The two newest epochs open as a clinician would open them.
async fn sealed_agrees(vault: &Vault, batches: i64) -> Result<(), VaultError> {
    let newest = epoch_of(batches).number();
    let range = Epoch::new(newest - 1).unwrap()..=Epoch::new(newest).unwrap();
    for sealed in vault.sealed_segments(HR, range).await? {
        let leaf = vault.leaf(HR, sealed.head.epoch).unwrap();
        let manifest = open_manifest(&leaf, &sealed.origin, &sealed.manifest).unwrap();
        assert_eq!(manifest.version, sealed.head.version);
        let readings = sealed.segments.iter().map(|s| open_segment(&leaf, &manifest, s).unwrap().len());
        assert_eq!(readings.sum::<usize>() as u64, sealed.head.readings);
    }
    Ok(())
}

fn epoch_of(batch: i64) -> Epoch {
    Epoch::at(start(batch)).unwrap()
}

//! Unlocking apart from Argon2id, with ten years of hours that each hold a reading.

use anyhow::Result;
use salus_tests::figure::Figure;
use salus_vault::tree::EPOCH_SECONDS;
use salus_vault::{Unlock, Vault};
use salus_wire::{Component, Decimal, Quantity};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};

use crate::data::{START, reading};
use crate::disk::{compact, ms, record, rng, size};

const EPOCHS: i64 = 10 * 365 * 86_400 / EPOCH_SECONDS;
const ROUNDS: u64 = 5;

/// Every head as it lies there, through the same library.
async fn read(record: &std::path::Path) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(record.join("vault.db")).read_only(true);
    let mut db = SqliteConnection::connect_with(&options).await?;
    let rows: Vec<(i64, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("SELECT id, tag, head FROM epoch").fetch_all(&mut db).await?;
    anyhow::ensure!(i64::try_from(rows.len())? == EPOCHS, "{} heads", rows.len());
    Ok(db.close().await?)
}

pub(crate) async fn measure() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (vault, key, _) = record(dir.path()).await?;
    let rate = Component { quantity: Quantity::HeartRate, value: Decimal::whole(60) };
    let readings: Vec<_> =
        (0..EPOCHS).map(|n| reading(START - n * EPOCH_SECONDS * 1000, vec![rate])).collect();
    for batch in readings.chunks(4096) {
        vault.record(batch).await?;
    }
    compact(&vault, i64::MAX).await?;
    vault.lock().await?;
    let rows = ms(read(dir.path())).await?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let mut opened = None;
        times.push(
            ms(async {
                opened = Some(Vault::open(dir.path(), Unlock::RecoveryKey(&key), rng(10 + round)).await?);
                anyhow::Ok(())
            })
            .await?,
        );
        if let Some(vault) = opened {
            vault.lock().await?;
        }
    }
    times.sort_by(f64::total_cmp);
    let median = times[times.len() / 2];
    Figure {
        name: format!("unlock apart from Argon2id, 10 years ({EPOCHS} hours sealed)"),
        target: "<= 200 ms".to_owned(),
        measured: median,
        unit: "ms".to_owned(),
        baseline: format!(
            "reading the same rows sealed {rows:.0} ms; {} MB on disk; slowest of {ROUNDS} {:.0} ms",
            size(dir.path())? / 1_000_000,
            times[times.len() - 1]
        ),
        ok: Some(median <= 200.0),
    }
    .print()
}

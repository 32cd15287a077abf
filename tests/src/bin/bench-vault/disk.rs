//! A noisy day on disk with everything that belongs to it, durable ingest, and single commits.

use std::path::Path;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_tests::figure::Figure;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Compacted, RecoveryKey, Unlock, Vault};
use salus_wire::{Category, Component, Decimal, Quantity, Reading};

use crate::baseline::{Baselines, bare_fsync, percentiles};
use crate::data::{Beats, DAY, SEED, START, noisy_day, reading};

/// Single readings whose commits are timed.
const COMMITS: i64 = 500;

pub(crate) async fn measure(baselines: &Baselines) -> Result<()> {
    on_disk(baselines, "1 Hz heart rate, a noisy day, whole directory", true, &noisy_day(0, Beats::Left))
        .await?;
    on_disk(baselines, "the same with every RR interval", false, &noisy_day(0, Beats::Kept)).await?;
    commits(baselines).await
}

pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(SEED + seed)
}

/// A new record, unlocked again.
pub(crate) async fn record(dir: &Path) -> Result<(Vault, RecoveryKey, u64)> {
    let cost = PassphraseCost::FLOOR;
    let (vault, key) = Vault::create_with(dir, "a bench's passphrase", cost, START, rng(1)).await?;
    vault.lock().await?;
    let empty = size(dir)?;
    Ok((Vault::open(dir, Unlock::RecoveryKey(&key), rng(2)).await?, key, empty))
}

/// Steps until everything is sealed and summed up.
pub(crate) async fn compact(vault: &Vault, now: i64) -> Result<()> {
    while vault.compact(now, 0).await? != Compacted::Nothing {}
    Ok(())
}

async fn on_disk(baselines: &Baselines, name: &str, compared: bool, readings: &[Reading]) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (vault, _, empty) = record(dir.path()).await?;
    let mut durable = 0.0;
    for hour in readings.chunks(3600) {
        durable += ms(async { vault.record(hour).await.map(drop) }).await?;
        compact(&vault, hour.last().context("an hour has readings")?.at).await?;
    }
    compact(&vault, i64::MAX).await?;
    let stored = vault.readings(Category::HeartRate, 0, i64::MAX).await?;
    anyhow::ensure!(stored == readings, "what was measured does not read back");
    vault.lock().await?;
    #[expect(clippy::cast_precision_loss, reason = "sizes of megabytes are exact")]
    let per = |octets: u64| octets as f64 / readings.len() as f64;
    let total = per(size(dir.path())?);
    let others = baselines.databases("bytes_per_reading", |n| format!("{n:.1} B"));
    let age = baselines.age("bytes_per_reading", |n| format!("of CSV {n:.1} B"));
    Figure {
        name: name.to_owned(),
        // An empty record is half of it: the design's figure is judged over a year (`year.rs`).
        target: String::new(),
        measured: total,
        unit: "B per reading".to_owned(),
        baseline: match compared {
            true => format!("{others}; {age}; of it an empty record {:.2}", per(empty)),
            false => format!("of it an empty record {:.2}", per(empty)),
        },
        ok: None,
    }
    .print()?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a day are exact")]
    let rate = readings.len() as f64 / durable * 1000.0;
    Figure {
        name: format!("{name}: durable ingest, batches of an hour"),
        target: ">= 100,000 readings/s".to_owned(),
        measured: rate,
        unit: "readings/s".to_owned(),
        baseline: baselines.databases("ingest_per_second", |n| format!("{n:.0}/s")),
        ok: Some(rate >= 100_000.0),
    }
    .print()
}

async fn commits(baselines: &Baselines) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (vault, ..) = record(dir.path()).await?;
    let mut times = Vec::new();
    for second in 0..COMMITS {
        let rate = Component { quantity: Quantity::HeartRate, value: Decimal::whole(60 + second % 40) };
        let one = [reading(START + (DAY + second) * 1000, vec![rate])];
        times.push(ms(async { vault.record(&one).await.map(drop) }).await?);
    }
    let (p50, p99) = percentiles(times);
    let bare = percentiles(bare_fsync(dir.path(), usize::try_from(COMMITS)?)?);
    vault.lock().await?;
    for (name, at, bare, what, target) in [
        ("median", p50, bare.0, "commit_p50_ms", None),
        ("99th percentile", p99, bare.1, "commit_p99_ms", Some(20.0)),
    ] {
        Figure {
            name: format!("one reading, commit to acknowledgement, {name}"),
            target: target.map_or(String::new(), |t| format!("<= {t} ms")),
            measured: at,
            unit: "ms".to_owned(),
            baseline: format!(
                "bare sync {bare:.2} ms; {}",
                baselines.databases(what, |n| format!("{n:.2} ms"))
            ),
            ok: target.map(|t| at <= t),
        }
        .print()?;
    }
    Ok(())
}

/// How long something of the vault takes, in milliseconds.
pub(crate) async fn ms<E: Into<anyhow::Error>>(work: impl Future<Output = Result<(), E>>) -> Result<f64> {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    let started = std::time::Instant::now();
    work.await.map_err(Into::into)?;
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

pub(crate) fn size(dir: &Path) -> Result<u64> {
    std::fs::read_dir(dir)?.map(|e| Ok(e?.metadata()?.len())).sum()
}

//! A year of 1 Hz heart rate: opened and decoded, and drawn from its summaries after an unlocking.

use anyhow::Result;
use salus_insight::chart::{Scene, level};
use salus_tests::figure::Figure;
use salus_vault::{Unlock, Vault};
use salus_wire::{Category, Level};

use crate::baseline::Baselines;
use crate::bulk::bare_rate;
use crate::data::{Beats, DAY, START, noisy_day};
use crate::disk::{compact, ms, record, rng, size};

const DAYS: i64 = 365;
const WIDTH: u16 = 720;
const EPOCH_MS: i64 = salus_vault::tree::EPOCH_SECONDS * 1000;
const HR: Category = Category::HeartRate;

pub(crate) async fn measure(baselines: &Baselines) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (vault, key, _) = record(dir.path()).await?;
    let mut stored = 0u64;
    for day in 0..DAYS {
        for hours in noisy_day(day, Beats::Left).chunks(6 * 3600) {
            stored += vault.record(hours).await?.new as u64;
        }
        compact(&vault, START + (day + 1) * DAY * 1000).await?;
    }
    compact(&vault, i64::MAX).await?;
    vault.lock().await?;
    on_disk(baselines, size(dir.path())?, stored)?;

    let vault = Vault::open(dir.path(), Unlock::RecoveryKey(&key), rng(3)).await?;
    scene(&vault).await?;
    open_and_decode(&vault, baselines, stored).await?;
    vault.lock().await?;
    Ok(())
}

/// What the design's figure is about: over a year, where what an empty record takes counts for nothing.
fn on_disk(baselines: &Baselines, octets: u64, stored: u64) -> Result<()> {
    #[expect(clippy::cast_precision_loss, reason = "sizes of megabytes are exact")]
    let each = octets as f64 / stored as f64;
    Figure {
        name: "1 Hz heart rate, a noisy year, whole directory with log, manifests and summaries".to_owned(),
        target: "<= 2.0 B".to_owned(),
        measured: each,
        unit: "B per reading".to_owned(),
        baseline: format!(
            "{}; {stored} readings in {} MB",
            baselines.databases("bytes_per_reading", |n| format!("{n:.1} B")),
            octets / 1_000_000
        ),
        ok: Some(each <= 2.0),
    }
    .print()
}

/// The first drawing after the unlocking, then the same from everything without summaries.
async fn scene(vault: &Vault) -> Result<()> {
    let (from, to) = (START, START + DAYS * DAY * 1000);
    let level = level(from, to, WIDTH).unwrap_or(Level::Minute);
    let mut points = 0;
    let from_summaries = ms(async {
        let rows = vault.cover(HR, level, from, to).await?;
        let mut scene = Scene::new(HR, from, to, WIDTH);
        rows.iter().for_each(|row| scene.push_summary(row));
        points = scene.finish().lines.iter().flat_map(|l| &l.runs).map(Vec::len).sum();
        anyhow::Ok(())
    })
    .await?;
    anyhow::ensure!(points > usize::from(WIDTH) / 2, "the year drew {points} columns");
    let month = to - 30 * DAY * 1000;
    let from_readings = ms(async {
        let mut scene = Scene::new(HR, month, to, WIDTH);
        for day in 0..30 {
            let at = month + day * DAY * 1000;
            vault.readings(HR, at, at + DAY * 1000).await?.iter().for_each(|r| scene.push(r));
        }
        let _scene = scene.finish();
        anyhow::Ok(())
    })
    .await?;
    let whole = from_readings * 365.0 / 30.0;
    Figure {
        name: "a year's chart, from unlocked vault to scene".to_owned(),
        target: "<= 50 ms".to_owned(),
        measured: from_summaries,
        unit: "ms".to_owned(),
        baseline: format!("from the readings {whole:.0} ms (30 days, times 365/30)"),
        ok: Some(from_summaries <= 50.0),
    }
    .print()
}

async fn open_and_decode(vault: &Vault, baselines: &Baselines, stored: u64) -> Result<()> {
    let (first, last) = (START / EPOCH_MS, (START + (DAYS + 1) * DAY * 1000) / EPOCH_MS);
    let (mut read, mut sum, mut took) = (0u64, 0i64, 0.0);
    for epoch in (first - 1..=last).step_by(21) {
        took += ms(async {
            for columns in vault.columns(HR, epoch * EPOCH_MS, (epoch + 21) * EPOCH_MS).await? {
                read += columns.len() as u64;
                columns.each(HR.drawn(), |at, _, _, value| sum = sum.wrapping_add(at + value.mantissa));
            }
            anyhow::Ok(())
        })
        .await?;
    }
    std::hint::black_box(sum);
    anyhow::ensure!(read == stored, "{read} of {stored} readings came back");
    let (mut apart, mut slow) = (0u64, 0.0);
    for day in -1..=DAYS {
        let at = START + day * DAY * 1000;
        slow += ms(async {
            apart += vault.readings(HR, at, at + DAY * 1000).await?.len() as u64;
            anyhow::Ok(())
        })
        .await?;
    }
    anyhow::ensure!(apart == stored, "{apart} of {stored} readings came back");
    let mut sealed = 0usize;
    for day in 0..DAYS {
        let at = |n: i64| salus_vault::Epoch::at(START + n * DAY * 1000);
        let (Some(first), Some(last)) = (at(day), at(day + 1)) else { continue };
        let epochs = vault.sealed_segments(HR, first..=last).await?;
        let inside = epochs.iter().filter(|e| e.head.epoch < last || day == DAYS - 1);
        sealed += inside.flat_map(|e| &e.segments).map(Vec::len).sum::<usize>();
    }
    #[expect(clippy::cast_precision_loss, reason = "sizes of megabytes and counts are exact")]
    let (mib, readings) = (sealed as f64 / f64::from(1 << 20), read as f64);
    let bare = mib / bare_rate(&vec![7; 16 << 20]) * 1000.0;
    let others = baselines.databases("read_per_second", |rate| format!("{:.1} s", readings / rate));
    Figure {
        name: "the same, taken apart into readings".to_owned(),
        target: String::new(),
        measured: slow / 1000.0,
        unit: "s".to_owned(),
        baseline: String::new(),
        ok: None,
    }
    .print()?;
    Figure {
        name: format!("open and decode a year ({:.1} M readings, {mib:.0} MiB sealed)", readings / 1e6),
        target: "<= 1.0 s".to_owned(),
        measured: took / 1000.0,
        unit: "s".to_owned(),
        baseline: format!("{others}, at the rate of fewer days"),
        ok: Some(took <= 1000.0),
    }
    .print()?;
    Figure {
        name:
            "the same beside the bare cipher on the sealed octets (decompression is in it: decisions-vault.md)"
                .to_owned(),
        target: ">= 0.5".to_owned(),
        measured: bare / took,
        unit: "of its speed".to_owned(),
        baseline: format!("bare ChaCha20-Poly1305 {:.3} s", bare / 1000.0),
        ok: Some(bare / took >= 0.5),
    }
    .print()
}

//! Measures sealing beside the bare cipher on the same bytes, and a noisy day of 1 Hz heart rate on disk.

use std::hint::black_box;
use std::path::Path;

use anyhow::{Context, Result};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};
use salus_tests::figure::{Figure, median_ms};
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Key, Unlock, Vault, seal};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

const SEED: u64 = 20_261_122;
const MIB: usize = 1 << 20;
const ROUNDS: usize = 21;
const DAY: i64 = 86_400;
/// 2026-11-18, the start of an epoch.
const START: i64 = 438_232 * 4_096_000;

#[tokio::main]
async fn main() -> Result<()> {
    eprintln!("seed {SEED}");
    sealing()?;
    on_disk("1 Hz heart rate, a noisy day, whole directory", Some(2.0), noisy_day(Beats::Left)).await?;
    on_disk("the same with every RR interval", None, noisy_day(Beats::Kept)).await?;
    Ok(())
}

fn sealing() -> Result<()> {
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    let (key, cipher) = (Key::new([1; 32]), ChaCha20Poly1305::new(&[1; 32].into()));
    let mut plain = vec![0; 16 * MIB];
    rng.fill(&mut plain[..]);
    let bare = median_ms(ROUNDS, || {
        let mut copy = plain.clone();
        let tag = cipher.encrypt_inout_detached(&Nonce::default(), &[], copy.as_mut_slice().into());
        black_box((copy, tag.is_ok()))
    });
    let sealed = seal::seal(&key, b"bench", &plain, &mut rng);
    let sealing = median_ms(ROUNDS, || seal::seal(&key, b"bench", &plain, &mut rng));
    let opening = median_ms(ROUNDS, || seal::open(&key, b"bench", &sealed).is_ok());
    seal::open(&key, b"bench", &sealed).context("what was measured does not open")?;
    let rate = |ms: f64| 16_000.0 / ms;
    for (name, ms) in [("sealing 16 MiB", sealing), ("opening 16 MiB", opening)] {
        let ratio = bare / ms;
        Figure {
            name: name.to_owned(),
            target: ">= 0.5 of the bare cipher".to_owned(),
            measured: rate(ms),
            unit: "MiB/s".to_owned(),
            baseline: format!("bare ChaCha20-Poly1305: {:.0} MiB/s, ratio {ratio:.2}", rate(bare)),
            ok: Some(ratio >= 0.5),
        }
        .print()?;
    }
    Ok(())
}

/// Whether the day keeps its RR intervals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beats {
    Kept,
    Left,
}

/// A heart that drifts, breathes and jitters; packets arrive up to 15 ms early or late and one in 500 is lost.
fn noisy_day(beats: Beats) -> Vec<Reading> {
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    let mut drift = 0.0f64;
    let mut next_beat = 0.0f64;
    (0..DAY)
        .filter_map(|second| {
            #[expect(clippy::cast_precision_loss, reason = "a day's seconds are exact")]
            let t = second as f64;
            drift = drift * 0.995 + rng.random_range(-0.8..0.8);
            let bpm = 68.0 + 12.0 * (t / 14_000.0).sin() + 3.0 * (t / 4.1).sin() + drift;
            let mut rr = Vec::new();
            while next_beat < t + 1.0 {
                let interval = 60.0 / bpm + rng.random_range(-0.03..0.03);
                next_beat += interval;
                // The profile's unit is 1/1024 s; in ms that is an exact decimal with seven places.
                #[expect(clippy::cast_possible_truncation, reason = "an interval is about a second")]
                rr.push((interval * 1024.0).round() as i64 * 9_765_625);
            }
            let at = START + second * 1000 + rng.random_range(-15..=15);
            #[expect(clippy::cast_possible_truncation, reason = "a rate is about 70")]
            let rate = Component { quantity: Quantity::HeartRate, value: Decimal::whole(bpm.round() as i64) };
            let intervals = rr.into_iter().map(|mantissa| Component {
                quantity: Quantity::RrInterval,
                value: Decimal { mantissa, exponent: -7 },
            });
            let kept = intervals.filter(|_| beats == Beats::Kept);
            let reading = Reading {
                at,
                arrived: at,
                device: DeviceId([7; 16]),
                category: Category::HeartRate,
                components: std::iter::once(rate).chain(kept).collect(),
                quality: Quality(0),
                device_time: None,
                user: None,
            };
            (rng.random_range(0..500) != 0).then_some(reading)
        })
        .collect()
}

async fn on_disk(name: &str, target: Option<f64>, readings: Vec<Reading>) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let rng = |seed| ChaCha20Rng::seed_from_u64(SEED + seed);
    let made =
        Vault::create_with(dir.path(), "a bench's passphrase", PassphraseCost::FLOOR, START, rng(1)).await;
    let (vault, key) = made?;
    vault.lock().await?;
    let empty = size(dir.path())?;
    let vault = Vault::open(dir.path(), Unlock::RecoveryKey(&key), rng(2)).await?;
    let mut durable_ms = 0.0;
    for hour in readings.chunks(3600) {
        #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
        let started = std::time::Instant::now();
        vault.record(hour).await?;
        durable_ms += started.elapsed().as_secs_f64() * 1000.0;
        vault.close_epochs(hour.last().context("an hour has readings")?.at).await?;
    }
    vault.close_epochs(i64::MAX).await?;
    let stored = vault.readings(Category::HeartRate, 0, i64::MAX).await?;
    anyhow::ensure!(stored == readings, "what was measured does not read back");
    vault.lock().await?;
    #[expect(clippy::cast_precision_loss, reason = "sizes of megabytes are exact")]
    let per = |octets: u64| octets as f64 / readings.len() as f64;
    let total = per(size(dir.path())?);
    Figure {
        name: name.to_owned(),
        target: target.map_or(String::new(), |t| format!("<= {t:.1} B")),
        measured: total,
        unit: "B per reading".to_owned(),
        baseline: format!("an empty directory over the same day: {:.2}", per(empty)),
        ok: target.map(|t| total <= t),
    }
    .print()?;
    #[expect(clippy::cast_precision_loss, reason = "counts of a day are exact")]
    let rate = readings.len() as f64 / durable_ms * 1000.0;
    Figure {
        name: format!("{name}: durable ingest, batches of an hour"),
        target: ">= 100,000 readings/s".to_owned(),
        measured: rate,
        unit: "readings/s".to_owned(),
        baseline: String::new(),
        ok: Some(rate >= 100_000.0),
    }
    .print()
}

fn size(dir: &Path) -> Result<u64> {
    std::fs::read_dir(dir)?.map(|e| Ok(e?.metadata()?.len())).sum()
}

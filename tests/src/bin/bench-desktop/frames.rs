//! Frames while somebody moves over a year of 1 Hz heart rate with the keys of the record's chart, beside a page with nothing on it.
//!
//! The page tells its own frames: the time between two calls of `requestAnimationFrame`, all of them, also while what was asked of
//! the application is on its way and when its answer is drawn. Keys are pressed by the page itself, one in every second frame, which
//! is as fast as a keyboard repeats.

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{PASSPHRASE, START as TODAY};
use salus_tests::figure::Figure;
use salus_tests::story::bare::rng;
use salus_tests::strap::{Beats, DAY, START, noisy_day};
use salus_vault::{Compacted, Unlock, Vault};
use serde::Deserialize;
use serde_json::json;

use crate::order::{median, most};
use crate::record::Record;
use crate::window::{APP, DRAWN, EMPTY, Window};

const DAYS: i64 = 365;
/// How often the whole way is gone: a year, an eighth of it, a quarter of a year earlier and back, a year.
const ROUNDS: usize = 6;
/// The design's target: 60 frames in a second, in whole milliseconds.
const ALLOWED_MS: f64 = 17.0;

/// The year that ends with the day of [`TODAY`], 2026-11-18.
const YEAR: &str = "#/readings/heart_rate/year/2025-11-19";
const YEAR_SHOWN: &str = "input[name=record-length][value=year]:checked";
const SCENE: &str = ".series[data-category=HeartRate] svg.scene";

/// Key, whether Shift is held, how often; a pause after each.
const KEYS: [(&str, bool, usize); 4] =
    [("+", false, 3), ("ArrowLeft", true, 8), ("ArrowRight", true, 8), ("-", false, 3)];
/// Frames after each of them, in which the view stands, is asked for, and what was answered is drawn.
const PAUSE: usize = 24;

/// Goes the way once.
const WALK: &str = "
    const [selector, keys, pause, done] = arguments;
    const scene = () => document.querySelector(selector), drawn = () => scene()?.querySelector('.line path')?.getAttribute('d');
    const plan = keys.flatMap(([key, shiftKey, times]) =>
        [...Array(times).fill([{ key, shiftKey, bubbles: true, cancelable: true }, null]).flat(), ...Array(pause).fill(null)]);
    const frames = [];
    let last = null, seen = drawn(), pressed = 0, changed = 0;
    const frame = (now) => {
        if (last !== null) frames.push(now - last);
        last = now;
        const now_drawn = drawn();
        if (now_drawn !== seen) { seen = now_drawn; changed += 1; }
        if (plan.length === 0) return done({ frames, pressed, changed });
        const press = plan.shift();
        if (press) { pressed += 1; scene()?.dispatchEvent(new KeyboardEvent('keydown', press)); }
        requestAnimationFrame(frame);
    };
    scene()?.focus();
    requestAnimationFrame(frame);";

/// What one walk was.
#[derive(Debug, Default, Deserialize)]
struct Walk {
    /// Milliseconds from each frame to the next.
    frames: Vec<f64>,
    /// Keys.
    pressed: usize,
    /// Frames in which the line was another one than before.
    changed: usize,
}

pub(crate) async fn measure() -> Result<()> {
    let record = Record::made().await?;
    let stored = a_year(&record).await?;
    record.set_clock(TODAY)?;
    let home = record.path().join("home");
    let window = Window::open(APP, &record.arguments(), &home, &[]).await?;
    window.unlock(PASSPHRASE).await?;
    window.go(YEAR, YEAR_SHOWN).await?;
    window.there(&format!("{SCENE} .line path")).await?;
    let year = walks(&window, SCENE).await?;
    window.close().await?;
    // One that takes long may answer two keys at once.
    ensure!(
        year.changed * 2 >= year.pressed,
        "{} keys were pressed, and the line was drawn anew {} times: it does not move with them",
        year.pressed,
        year.changed
    );
    let other = record.path().join("empty");
    let window = Window::open(EMPTY, &["--empty".to_owned()], &other, &[DRAWN]).await?;
    window.there("#scene").await?;
    let empty = walks(&window, "#scene").await?;
    window.close().await?;
    tell(stored, &year.frames, &empty.frames)
}

fn tell(stored: u64, year: &[f64], empty: &[f64]) -> Result<()> {
    let late = year.iter().filter(|frame| **frame > ALLOWED_MS).count();
    // Web engines round what they tell of time; then 16 and 17 ms are one frame of 60 in a second.
    let whole = year.iter().chain(empty).all(|frame| (frame - frame.round()).abs() < 1e-6);
    let told = if whole { ", told in whole ms" } else { "" };
    for (name, measured, baseline) in
        [("median", median(year), median(empty)), ("95th percentile", most(year), most(empty))]
    {
        Figure {
            name: format!(
                "pan and zoom by keys over a year of 1 Hz heart rate ({:.1} M readings), time per frame in WebKitGTK under Xvfb, {name}",
                stored as f64 / 1e6
            ),
            target: format!("<= {ALLOWED_MS} ms"),
            measured,
            unit: "ms".to_owned(),
            baseline: format!(
                "the same keys on an empty page {baseline:.1} ms; {late} of {} frames took longer than {ALLOWED_MS} ms{told}",
                year.len()
            ),
            ok: Some(measured <= ALLOWED_MS),
        }
        .print()?;
    }
    Ok(())
}

/// Every walk's frames one after the other.
async fn walks(window: &Window, selector: &str) -> Result<Walk> {
    let mut all = Walk::default();
    for _ in 0..ROUNDS {
        let arguments = vec![selector.into(), json!(KEYS), PAUSE.into()];
        let walk: Walk = window.page.execute_async(WALK, arguments).await?.convert()?;
        all.frames.extend(walk.frames);
        all.pressed += walk.pressed;
        all.changed += walk.changed;
    }
    ensure!(all.frames.len() > 100, "{} frames only", all.frames.len());
    Ok(all)
}

/// Stores a year, sealed and summed up as it is with the time; how many readings that is.
async fn a_year(record: &Record) -> Result<u64> {
    let vault = Vault::open(&record.vault(), Unlock::Passphrase(PASSPHRASE), rng()?).await?;
    let mut stored = 0u64;
    for day in 0..DAYS {
        for hours in noisy_day(day, Beats::Left).chunks(6 * 3600) {
            stored += vault.record(hours).await?.new as u64;
        }
        sealed(&vault, START + (day + 1) * DAY * 1000).await?;
    }
    sealed(&vault, i64::MAX).await?;
    vault.lock().await.context("the year is not written back")?;
    Ok(stored)
}

async fn sealed(vault: &Vault, now: i64) -> Result<()> {
    while vault.compact(now, 0).await? != Compacted::Nothing {}
    Ok(())
}

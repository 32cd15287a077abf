//! Memory of the program and of its web view while a strap sends for an hour.
//!
//! The hour is simulated: each of 3,600 notifications comes a second later by the application's clock, and [`FASTER`] times as fast by
//! ours. The page's timers run as much faster, so that it draws as often as it would in a real hour; what the web engine does by its
//! own clock, such as collecting garbage, does not.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::bus::VARIABLE;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{PASSPHRASE, START};
use salus_tests::figure::Figure;
use salus_tests::network::{PATIENCE, eventually};
use serde_json::{Value, json};

use crate::process::{WEB, resident};
use crate::record::Record;
use crate::window::{APP, Window};

const MINUTES: usize = 60;
/// From where growth counts: what is loaded once is loaded.
const WARM: usize = 10;
/// How much faster than a real hour.
const FASTER: u32 = 50;
const SECOND_MS: i64 = 1000;
/// Heart Rate Measurement.
const RATE: u16 = 0x2A37;

/// Timers run faster from now on, and changes of the page are counted. A minute and more stays: with that the driver, whose scripts
/// run in the page, limits them.
const HASTEN: &str = "
    const [faster] = arguments;
    for (const name of ['setTimeout', 'setInterval']) {
        const real = window[name].bind(window);
        window[name] = (act, ms, ...more) => real(act, ms < 60000 ? ms / faster : ms, ...more);
    }
    window.drawn = 0;
    const all = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(() => { window.drawn += 1; }).observe(document.body, all);";

/// MiB at one moment.
#[derive(Clone, Copy)]
struct Held {
    app: f64,
    web: f64,
}

impl Held {
    fn now(window: &Window) -> Result<Self> {
        let group = window.group()?;
        Ok(Self { app: resident(group, APP)?, web: resident(group, WEB)? })
    }

    fn both(self) -> f64 {
        self.app + self.web
    }
}

pub(crate) async fn measure() -> Result<()> {
    let record = Record::made().await?;
    record.set_clock(START)?;
    let bluez = SimulatedBluez::start(record.path(), vec![Peripheral::heart_rate_strap(1)]).await?;
    let bus = [(VARIABLE, bluez.address())];
    let window = Window::open(APP, &record.arguments(), &record.path().join("home"), &bus).await?;
    window.unlock(PASSPHRASE).await?;
    connects(&window).await?;
    window.go("#/", "main h1").await?;
    window.page.execute(HASTEN, vec![FASTER.into()]).await?;

    let mut wave = Wave::new(20_261_130);
    let mut pace = tokio::time::interval(Duration::from_millis(1000) / FASTER);
    pace.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut held = vec![Held::now(&window)?];
    let mut now = record.now()?;
    for minute in 1..=MINUTES {
        for _ in 0..60 {
            pace.tick().await;
            // Also where waiting took longer than a second, no clock goes back.
            now = (now + SECOND_MS).max(record.now()?);
            record.set_clock(now)?;
            ensure!(bluez.send(0, RATE, &wave.heart_rate()).await?, "nobody listens in minute {minute}");
        }
        // Somebody is there: a record closes by itself otherwise.
        window.ask("keep_open", json!({})).await?;
        are_stored(&window, minute * 60).await?;
        held.push(Held::now(&window)?);
    }
    let drawn = window.page.execute("return window.drawn;", vec![]).await?;
    let drawn = drawn.json().as_u64().context("the page began anew")?;
    ensure!(drawn > 0, "the page was never drawn anew");
    window.close().await?;
    tell(&held, drawn)
}

/// The strap is found, added, and listened to.
async fn connects(window: &Window) -> Result<()> {
    let found = window.ask("scan_devices", json!({})).await?;
    let device = found.get(0).map(|d| d["id"].clone()).context("no device in range")?;
    window.ask("add_device", json!({ "device": device })).await?;
    let up = eventually(PATIENCE, async || {
        let one = first(window).await?;
        (one["state"] == "connected" && one["model"].is_string()).then_some(())
    });
    up.await.context("the strap is not connected")
}

/// What is known of the one device.
async fn first(window: &Window) -> Option<Value> {
    window.ask("list_devices", json!({})).await.ok()?.get(0).cloned()
}

/// Everything that was sent is in the record: the program keeps pace.
async fn are_stored(window: &Window, sent: usize) -> Result<()> {
    let stored = eventually(PATIENCE, async || first(window).await.filter(|one| one["stored"] == sent));
    stored.await.map(drop).with_context(|| format!("not all of {sent} notifications are stored"))
}

fn tell(held: &[Held], drawn: u64) -> Result<()> {
    let at = |minute: usize| held.get(minute).copied().context("a minute is missing");
    let (start, warm, end) = (at(0)?, at(WARM)?, at(MINUTES)?);
    type Part = (&'static str, fn(&Held) -> f64);
    let parts: [Part; 2] = [("the program", |h| h.app), ("the web view's process", |h| h.web)];
    for (name, of) in parts {
        let largest = held.iter().map(of).fold(0.0, f64::max);
        Figure {
            name: format!(
                "resident memory of {name} after an hour of simulated streaming (3,600 notifications a second apart by its clock, {FASTER} times as fast by ours)"
            ),
            target: String::new(),
            measured: of(&end),
            unit: "MiB".to_owned(),
            baseline: format!(
                "before the first one {:.1} MiB, minute {WARM} {:.1} MiB, largest of every minute {largest:.1} MiB",
                of(&start),
                of(&warm)
            ),
            ok: None,
        }
        .print()?;
    }
    Figure {
        name: format!("the same, growth of both together from minute {WARM} to minute {MINUTES}"),
        target: String::new(),
        measured: end.both() - warm.both(),
        unit: "MiB".to_owned(),
        baseline: format!("before the first one {:.1} MiB; the page changed {drawn} times", start.both()),
        ok: None,
    }
    .print()
}

//! From the start of the program to a lock screen that takes a passphrase, beside a window with a static page.
//!
//! Both are started by the driver and looked into by it, so that its share is in both; the empty window is also started without it.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::desk::START;
use salus_tests::figure::Figure;
use salus_tests::network::PATIENCE;
use salus_tests::stage::{screen, session};
use salus_tests::story::app::program;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::order::median;
use crate::record::Record;
use crate::window::{APP, DRAWN, EMPTY, Group, LOOK, Window, now, since};

/// Starts that count; one more goes before, so that every program and library is in the page cache.
const ROUNDS: usize = 5;
/// The design's targets.
const ALLOWED_S: f64 = 1.5;
const ALLOWED_RATIO: f64 = 1.5;

/// Whether the field is shown, may be typed into, and has the focus now.
const FOCUSABLE: &str = "
    const field = document.querySelector(arguments[0]);
    if (!field || field.disabled || !field.checkVisibility()) return false;
    field.focus();
    return document.activeElement === field;";

pub(crate) async fn measure() -> Result<()> {
    let record = Record::made().await?;
    record.set_clock(START)?;
    let arguments = record.arguments();
    let (home, other) = (record.path().join("home"), record.path().join("empty"));
    let (mut starts, mut empties, mut alone) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let one = start(APP, &arguments, &home, &[], "#unlock").await?;
        // The driver has arguments of its own for a program that is given none.
        let empty = start(EMPTY, &["--empty".to_owned()], &other, &[DRAWN], "#field").await?;
        let by_itself = loaded(&other).await?;
        if round > 0 {
            starts.push(one);
            empties.push(empty);
            alone.push(by_itself);
        }
    }
    let (own, empty) = (median(&starts) / 1000.0, median(&empties) / 1000.0);
    let slowest = starts.iter().copied().fold(0.0, f64::max) / 1000.0;
    let ratio = own / empty;
    Figure {
        name: format!(
            "cold start to a lock screen that takes a passphrase, real window through its driver, page cache warm, median of {ROUNDS} after one"
        ),
        target: format!("<= {ALLOWED_S} s, and <= {ALLOWED_RATIO} times an empty Tauri window"),
        measured: own,
        unit: "s".to_owned(),
        baseline: format!(
            "empty Tauri window in the same way {empty:.3} s, ratio {ratio:.2}; without a driver it says that it is loaded after {:.3} s; slowest of {ROUNDS} {slowest:.3} s",
            median(&alone) / 1000.0
        ),
        ok: Some(own <= ALLOWED_S && ratio <= ALLOWED_RATIO),
    }
    .print()
}

/// Milliseconds until the field can be typed into.
async fn start(
    name: &str,
    arguments: &[String],
    home: &Path,
    variables: &[(&str, &str)],
    field: &str,
) -> Result<f64> {
    let window = Window::open(name, arguments, home, variables).await?;
    loop {
        // While the page begins there may be nothing to look into.
        let looked = window.page.execute(FOCUSABLE, vec![field.into()]).await;
        let took = since(window.begun);
        if looked.is_ok_and(|answer| answer.json() == &Value::Bool(true)) {
            window.close().await?;
            return Ok(took);
        }
        ensure!(window.begun.elapsed() < PATIENCE, "{name} shows no {field}");
        tokio::time::sleep(LOOK).await;
    }
}

/// Milliseconds until the empty window, started with its bus and without a driver, says that its page is loaded.
async fn loaded(home: &Path) -> Result<f64> {
    let (_screen, display) = screen().await?;
    let mut command = session(home, &display)?;
    command.arg(program(EMPTY)?).env(DRAWN.0, DRAWN.1).stdout(Stdio::piped()).stderr(Stdio::null());
    let begun = now();
    let mut group = Group::begin(&mut command)?;
    let out = group.child().stdout.take().context("no standard output")?;
    let mut lines = BufReader::new(out).lines();
    // The session's own services speak in between.
    let loaded = async {
        while let Some(line) = lines.next_line().await? {
            if line == "loaded" {
                return Ok(since(begun));
            }
        }
        bail!("it ended before it was loaded")
    };
    tokio::time::timeout(PATIENCE, loaded).await.context("it does not load")?
}

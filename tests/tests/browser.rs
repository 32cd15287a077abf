//! Every screen in a real browser over the real network, as `cargo xtask browser` walks through them (`tests/src/browser`,
//! `tests/browser`). `cargo xtask test` tells it of the browser and of what drives it.

use std::path::PathBuf;

use anyhow::Result;
use salus_tests::browser::{Arguments, run};
use salus_tests::small_disk::skipped;

/// What `cargo xtask test` sets, where it can.
fn told(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_in_a_browser() -> Result<()> {
    let (Some(python), Some(chromium), Some(out)) =
        (told("SALUS_BROWSER_PYTHON"), told("SALUS_BROWSER_CHROMIUM"), told("SALUS_BROWSER_OUT"))
    else {
        skipped(
            "every_screen_in_a_browser",
            "no Chromium, or no Playwright that drives it: `cargo xtask test` says which, before the tests",
        );
        return Ok(());
    };
    let page = salus_tests::place::package().join("../ui");
    let (ui, design) = (page.join("dist"), page.join("dist-design"));
    run(&Arguments { python, chromium, ui, design, out, update: false, only: None }).await
}

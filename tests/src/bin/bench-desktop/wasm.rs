//! How large the page's program is on its way into the package.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::figure::Figure;

/// Octets that the design allows: 1.2 MB.
const ALLOWED: usize = 1_200_000;

pub(crate) fn measure(page: &Path) -> Result<()> {
    let mut found = Vec::new();
    let files = std::fs::read_dir(page).with_context(|| format!("no page in {}", page.display()))?;
    for entry in files {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "wasm") {
            found.push(path);
        }
    }
    let [wasm] = &found[..] else { bail!("{} wasm files in {}", found.len(), page.display()) };
    let packed = Command::new("gzip").args(["--best", "--no-name", "--stdout"]).arg(wasm).output();
    let packed = packed.context("gzip is missing")?;
    ensure!(packed.status.success(), "gzip ended with {}", packed.status);
    let (plain, octets) = (std::fs::read(wasm)?.len(), packed.stdout.len());
    ensure!(octets > 0 && octets < plain, "{octets} octets packed, {plain} before");
    let mb = |octets: usize| octets as f64 / 1e6;
    Figure {
        name: "the page's wasm, release, gzip --best".to_owned(),
        target: "<= 1.2 MB".to_owned(),
        measured: mb(octets),
        unit: "MB".to_owned(),
        baseline: format!("not packed {:.3} MB", mb(plain)),
        ok: Some(octets <= ALLOWED),
    }
    .print()
}

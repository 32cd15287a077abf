//! Measures the time from the click on "Open" to the record on the clinician's page, on the story's own stage.

use std::time::Duration;

use clap::Parser;
use salus_tests::figure::Figure;
use salus_tests::story::Options;
use salus_tests::story::click::clicks;

const ROUNDS: usize = 7;
/// What the target allows beside two block times.
const ALLOWED_MS: f64 = 300.0;

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let dir = tempfile::tempdir()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let clicks = runtime.block_on(clicks(&options, dir.path(), ROUNDS))?;
    let open = median(clicks.iter().map(|c| c.open));
    let receipt = median(clicks.iter().map(|c| c.receipt));
    let target = 2.0 * receipt + ALLOWED_MS;
    Figure {
        name: format!(
            "click \"Open\" to the record on the page, {} members, median of {ROUNDS}",
            options.members
        ),
        target: format!("<= 2 block times + 300 ms = {target:.0} ms"),
        measured: open,
        unit: "ms".to_owned(),
        baseline: format!("one receipt to its proof: {receipt:.0} ms, ratio {:.2}", open / receipt),
        ok: Some(open <= target),
    }
    .print()?;
    Ok(())
}

fn median(times: impl Iterator<Item = Duration>) -> f64 {
    let mut ms: Vec<f64> = times.map(|t| t.as_secs_f64() * 1000.0).collect();
    ms.sort_by(f64::total_cmp);
    ms.get(ms.len() / 2).copied().unwrap_or_default()
}

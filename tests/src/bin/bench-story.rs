//! Measures the time from the click on "Open" to the record at the page's door, on the story's own stage.

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
    let open = median(clicks.iter().map(|c| c.open.as_secs_f64() * 1000.0));
    let receipt = median(clicks.iter().map(|c| c.receipt.as_secs_f64() * 1000.0));
    let blocks: Vec<f64> = clicks.iter().flat_map(|c| &c.blocks).map(|ms| *ms as f64).collect();
    anyhow::ensure!(blocks.len() > ROUNDS, "only {} blocks were seen to follow another", blocks.len());
    let block = median(blocks.iter().copied());
    let target = 2.0 * block + ALLOWED_MS;
    Figure {
        name: format!(
            "click \"Open\" to the record at the page's door (salus-host, nothing drawn), {} members, median of {ROUNDS}",
            options.members
        ),
        target: format!("<= 2 block times of {block:.0} ms + 300 ms = {target:.0} ms"),
        measured: open,
        unit: "ms".to_owned(),
        baseline: format!(
            "block time: median of {}; one receipt to its proof: {receipt:.0} ms, ratio {:.2}",
            blocks.len(),
            open / receipt
        ),
        ok: Some(open <= target),
    }
    .print()?;
    Ok(())
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

//! Measures what one keeper does for a full release: the evaluation beside the bare curve multiplications that it cannot
//! avoid, and the whole release of a member, with its store and its log on disk, beside the evaluation.

mod permission;
mod release;

use anyhow::{Context, Result};
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::ids::{ChainId, GrantId};
use salus_keeper::deal::Dealing;
use salus_keeper::{Slot, prf};
use salus_tests::figure::{Figure, median_ms};

const SLOTS: u32 = 64;
const ROUNDS: usize = 41;

fn main() -> Result<()> {
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    let dealing = Dealing::generate(3, &mut rng)?;
    let share = dealing.share(1)?;
    let secret = Option::<Scalar>::from(Scalar::from_canonical_bytes(*share.to_bytes()))
        .context("a share is a scalar")?;
    let inputs: Vec<Vec<u8>> = (0..SLOTS)
        .map(|epoch| Ok(Slot::new(0, 430_000 + epoch)?.input(&ChainId([1; 32]), &GrantId([2; 32]))))
        .collect::<Result<_>>()?;
    let points: Vec<RistrettoPoint> = inputs.iter().map(|input| prf::hash_to_group(input)).collect();

    let bare = median_ms(ROUNDS, || points.iter().map(|p| (p * secret).compress()).collect::<Vec<_>>());
    let released = median_ms(ROUNDS, || prf::evaluate(&secret, &inputs, &mut rng));
    let evaluation = prf::evaluate(&secret, &inputs, &mut rng);
    let checked = median_ms(ROUNDS, || prf::verify(&share.public(), &inputs, &evaluation));
    prf::verify(&share.public(), &inputs, &evaluation).context("the measured evaluation does not verify")?;

    let row = |name: &str, ms: f64, baseline: &str| Figure {
        name: name.to_owned(),
        target: String::new(),
        measured: ms,
        unit: "ms".to_owned(),
        baseline: baseline.to_owned(),
        ok: None,
    };
    let against = format!("{SLOTS} bare multiplications: {bare:.3} ms, ratio {:.2}", released / bare);
    row("evaluation of 64 slots by one keeper, with its proof", released, &against).print()?;
    let against = format!("the keeper's work: {released:.3} ms, ratio {:.2}", checked / released);
    row("checking one keeper's 64 slots", checked, &against).print()?;

    let whole = release::measured(ROUNDS)?;
    let against = format!(
        "the evaluation above: {released:.3} ms, ratio {:.2}; {} octets written and synced beside the log: {:.3} ms, ratio {:.2}",
        whole.ms / released,
        whole.entry,
        whole.sync_ms,
        whole.ms / whole.sync_ms
    );
    let name =
        "release of 64 slots by one member's keeper: rule, store, synced log, evaluation, HPKE, signature";
    row(name, whole.ms, &against).print()?;
    Ok(())
}

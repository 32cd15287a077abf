//! One measured figure of `cargo xtask bench`: what was measured, beside its target and a baseline from the same run.

#![expect(clippy::print_stdout, reason = "figures are printed for cargo xtask bench")]

use std::time::{Duration, Instant};

use serde::Serialize;

/// One line of the table.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// The design's target, as text; empty where the design sets none.
    pub target: String,
    /// The measurement.
    pub measured: f64,
    /// Its unit.
    pub unit: String,
    /// The baseline of the same run and the ratio to it, as text.
    pub baseline: String,
    /// Whether the target holds; `None` where there is none.
    pub ok: Option<bool>,
}

impl Figure {
    /// Prints the figure as one JSON object on a line of its own.
    ///
    /// # Errors
    /// If a number is not finite.
    pub fn print(&self) -> anyhow::Result<()> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}

/// The time `work` takes, and what it gives.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// The median time of `rounds` runs of `work`, in milliseconds.
pub fn median_ms<T>(rounds: usize, mut work: impl FnMut() -> T) -> f64 {
    let mut times: Vec<f64> = (0..rounds.max(1))
        .map(|_| {
            let (time, result) = timed(&mut work);
            std::hint::black_box(result);
            time.as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

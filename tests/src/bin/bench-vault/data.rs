//! The days that are stored, and one of them for the others.

use anyhow::Result;
pub(crate) use salus_tests::strap::{Beats, DAY, SEED, START, noisy_day, reading};
use salus_wire::{Quantity, Reading};

/// A day for `salus-bench-baselines`: at i64 || rate i64 per reading, little-endian.
pub(crate) fn write(file: &std::path::Path) -> Result<()> {
    let number = |r: &Reading| r.value(Quantity::HeartRate).map_or(0, |v| v.mantissa);
    let day = noisy_day(0, Beats::Left);
    let octets: Vec<u8> =
        day.iter().flat_map(|r| [r.at.to_le_bytes(), number(r).to_le_bytes()].concat()).collect();
    Ok(std::fs::write(file, octets)?)
}

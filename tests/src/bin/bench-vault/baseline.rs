//! What others did with the same readings in the same run, as text beside a figure.

use anyhow::{Context, Result};
use serde_json::Value;

/// What `salus-bench-baselines` printed; nothing when it could not be built here.
pub(crate) struct Baselines(Option<Value>);

impl Baselines {
    pub(crate) fn load(file: Option<&str>) -> Result<Self> {
        let Some(file) = file else { return Ok(Self(None)) };
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {file}"))?;
        Ok(Self(Some(serde_json::from_str(&text)?)))
    }

    fn number(&self, of: &str, what: &str) -> Option<f64> {
        self.0.as_ref()?.get(of)?.get(what)?.as_f64()
    }

    /// "SQLite 61.2 B, SQLCipher 62.0 B": one figure of each of both databases, made into text.
    pub(crate) fn databases(&self, what: &str, text: impl Fn(f64) -> String) -> String {
        let one = |of: &str, name: &str| self.number(of, what).map(|n| format!("{name} {}", text(n)));
        let both = [one("sqlite", "SQLite"), one("sqlcipher", "SQLCipher")];
        let both: Vec<String> = both.into_iter().flatten().collect();
        if both.is_empty() { "SQLite and SQLCipher: not built here".to_owned() } else { both.join(", ") }
    }

    /// One figure of the age file.
    pub(crate) fn age(&self, what: &str, text: impl Fn(f64) -> String) -> String {
        self.number("age", what)
            .map_or_else(|| "age: not built here".to_owned(), |n| format!("age {}", text(n)))
    }
}

/// The median and the 99th percentile of times in milliseconds.
pub(crate) fn percentiles(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or(0.0);
    (at(50), at(99))
}

/// Writes of 4 KiB to the end of a file, each followed by a sync of its own; milliseconds.
pub(crate) fn bare_fsync(dir: &std::path::Path, rounds: usize) -> Result<Vec<f64>> {
    use std::io::Write;
    let mut file = std::fs::File::create(dir.join("bare"))?;
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let (time, done) =
            salus_tests::figure::timed(|| file.write_all(&[7; 4096]).and_then(|()| file.sync_data()));
        done?;
        times.push(time.as_secs_f64() * 1000.0);
    }
    Ok(times)
}

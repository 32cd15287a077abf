//! Reduction of a line to at most one column per pixel. Extremes are kept, gaps are kept.

use salus_wire::UnixMillis;
use salus_wire::view::ColumnView;

/// A line under reduction.
#[derive(Debug, Clone)]
pub struct Columns {
    from: UnixMillis,
    to: UnixMillis,
    width: u16,
    bridge: i64,
    runs: Vec<Vec<ColumnView>>,
    /// Pixel column and time of the newest value taken in.
    newest: Option<(i128, UnixMillis)>,
}

impl Columns {
    /// An empty line over `[from, to)`; a silence longer than `bridge` milliseconds ends a run.
    #[must_use]
    pub fn new(from: UnixMillis, to: UnixMillis, width: u16, bridge: i64) -> Self {
        Self { from, to, width, bridge, runs: Vec::new(), newest: None }
    }

    /// Takes in a value. Values come in time order; one outside the span, older than the newest, or not finite is left out.
    pub fn push(&mut self, at: UnixMillis, value: f64) {
        self.push_column(ColumnView { at, min: value, max: value, last: value }, at);
    }

    /// Takes in what lies between `column.at` and `until`, as [`Columns::push`] does a value.
    pub fn push_column(&mut self, new: ColumnView, until: UnixMillis) {
        let at = new.at;
        let late = self.newest.is_some_and(|(_, t)| at < t);
        let finite = [new.min, new.max, new.last].into_iter().all(f64::is_finite);
        if at < self.from || at >= self.to || late || !finite {
            return;
        }
        let span = i128::from(self.to) - i128::from(self.from);
        let pixel = (i128::from(at) - i128::from(self.from)) * i128::from(self.width) / span;
        let gap = self.newest.is_none_or(|(_, t)| at.saturating_sub(t) > self.bridge);
        let same_pixel = self.newest.is_some_and(|(p, _)| p == pixel);
        self.newest = Some((pixel, until.max(at)));
        if gap {
            self.runs.push(Vec::new());
        }
        let Some(run) = self.runs.last_mut() else { return };
        match run.last_mut() {
            Some(column) if same_pixel => {
                column.min = column.min.min(new.min);
                column.max = column.max.max(new.max);
                column.last = new.last;
            }
            _ => run.push(new),
        }
    }

    /// The runs; nothing is drawn between them.
    #[must_use]
    pub fn into_runs(self) -> Vec<Vec<ColumnView>> {
        self.runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reduce(values: &[(i64, f64)], to: i64, width: u16, bridge: i64) -> Vec<Vec<ColumnView>> {
        let mut columns = Columns::new(0, to, width, bridge);
        for (at, v) in values {
            columns.push(*at, *v);
        }
        columns.into_runs()
    }

    #[test]
    fn a_spike_of_one_value_survives_any_zoom() {
        let mut values: Vec<_> = (0..86_400).map(|s| (s * 1000, 60.0)).collect();
        values[43_210].1 = 187.0;
        let runs = reduce(&values, 86_400_000, 200, 60_000);
        assert_eq!(runs.len(), 1);
        assert!(runs[0].len() <= 200);
        assert_eq!(runs[0].iter().map(|c| c.max).fold(0.0, f64::max), 187.0);
    }

    #[test]
    fn a_silence_longer_than_the_bridge_is_a_gap() {
        let runs = reduce(&[(0, 1.0), (1000, 2.0), (62_000, 3.0)], 100_000, 200, 60_000);
        assert_eq!(runs.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        let runs = reduce(&[(0, 1.0), (1000, 2.0), (61_000, 3.0)], 100_000, 200, 60_000);
        assert_eq!(runs.len(), 1);
    }

    proptest! {
        #[test]
        fn reduction_keeps_extremes_order_and_bounds(
            mut values in proptest::collection::vec((0i64..2_000_000, -500.0f64..500.0), 0..400),
            width in 200u16..4000,
        ) {
            values.sort_by_key(|v| v.0);
            let runs = reduce(&values, 1_000_000, width, 5_000);
            let inside: Vec<_> = values.iter().filter(|v| v.0 < 1_000_000).collect();
            let columns: Vec<_> = runs.iter().flatten().collect();
            prop_assert_eq!(inside.is_empty(), columns.is_empty());
            let low = |it: &mut dyn Iterator<Item = f64>| it.fold(f64::INFINITY, f64::min);
            prop_assert_eq!(low(&mut inside.iter().map(|v| v.1)), low(&mut columns.iter().map(|c| c.min)));
            prop_assert_eq!(low(&mut inside.iter().map(|v| -v.1)), low(&mut columns.iter().map(|c| -c.max)));
            prop_assert!(columns.windows(2).all(|w| w[0].at <= w[1].at));
            prop_assert!(columns.iter().all(|c| c.min <= c.last && c.last <= c.max));
            // No run bridges a silence: a gap between neighbours in time is a gap between runs.
            let gaps = inside.windows(2).filter(|w| w[1].0 - w[0].0 > 5_000).count();
            prop_assert_eq!(runs.len(), if inside.is_empty() { 0 } else { gaps + 1 });
        }
    }
}

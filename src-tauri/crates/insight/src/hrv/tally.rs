//! Windows of 5 minutes and stretches of 24 hours, and when they hold enough.

use salus_wire::view::{BeatKind, SpreadView, VariabilityView};
use salus_wire::{Decimal, UnixMillis};

use super::exact::{nearest, root};
use super::filter::Judged;

/// Length of a window of the RMSSD, milliseconds; windows begin at whole multiples of it since 1970, so that one window
/// has one value on every screen.
pub const WINDOW: i64 = 5 * 60_000;
/// Used intervals must be this share of a window's intervals, and fill this share of its time, percent. Salus's own choice:
/// four minutes of five.
pub const LEAST_VALID: u8 = 80;
/// Length of a stretch of the SDNN, milliseconds.
pub const DAY: i64 = 24 * 3_600_000;
/// Time that used intervals must fill in a stretch of 24 hours, milliseconds: the Task Force's 18 hours.
pub const LEAST_DAY: i64 = 18 * 3_600_000;
/// The night of a stretch that begins at midnight, milliseconds: its first six hours. Salus's own choice of hours for the Task
/// Force's whole night.
pub const NIGHT: i64 = 6 * 3_600_000;
/// Time that used intervals must fill in that night, milliseconds: five of the six hours. Salus's own choice.
pub const LEAST_NIGHT: i64 = 5 * 3_600_000;

/// Used intervals of one window.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    index: i64,
    received: u64,
    used: u64,
    micros: u128,
    pairs: u64,
    /// Sum of the squared differences of pairs, microseconds squared.
    squares: u128,
    /// The interval before, when it was used and nothing lies between.
    previous: Option<i64>,
}

impl Window {
    pub(super) fn push(&mut self, micros: Option<u64>) {
        self.received += 1;
        let Some(micros) = micros else {
            self.previous = None;
            return;
        };
        self.used += 1;
        self.micros += u128::from(micros);
        let this = i64::try_from(micros).ok();
        if let Some((before, this)) = self.previous.zip(this) {
            self.pairs += 1;
            self.squares += u128::from(before.abs_diff(this)).pow(2);
        }
        self.previous = this;
    }

    /// The root of the mean squared difference of successive intervals, microseconds; `None` when there are too few.
    fn rmssd(&self) -> Option<u128> {
        let least = u64::from(LEAST_VALID);
        let share = self.used * 100 >= self.received * least;
        let time = self.micros * 100 >= u128::from(WINDOW.unsigned_abs()) * 1000 * u128::from(least);
        (share && time && self.pairs > 0).then(|| self.differences())
    }

    /// The root of the mean squared difference, of however many there are; 0 of none.
    pub(super) fn differences(&self) -> u128 {
        root(self.squares, self.pairs.into())
    }
}

/// Used intervals of one stretch of 24 hours.
#[derive(Debug, Clone, Default)]
pub(super) struct Stretch {
    index: i64,
    used: u128,
    micros: u128,
    squares: u128,
    /// Of the time, what lies in the first [`NIGHT`].
    night: u128,
}

/// Time that used intervals fill in one stretch of 24 hours, microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Filled {
    /// All of it.
    pub(crate) day: u128,
    /// What ended in the first [`NIGHT`].
    pub(crate) night: u128,
}

impl Stretch {
    pub(super) fn push(&mut self, micros: u64) {
        self.used += 1;
        self.micros += u128::from(micros);
        self.squares += u128::from(micros).pow(2);
    }

    const fn filled(&self) -> Filled {
        Filled { day: self.micros, night: self.night }
    }

    /// The standard deviation of a sample (n - 1 below the line), microseconds; `None` when there are too few.
    fn sdnn(&self) -> Option<u128> {
        (self.micros >= u128::from(LEAST_DAY.unsigned_abs()) * 1000).then(|| self.deviation())
    }

    pub(super) fn deviation(&self) -> u128 {
        // n * sum(x^2) - sum(x)^2 over n * (n - 1): whole numbers below 2^107 for 2^32 intervals of 2 s.
        let over = (self.used * self.squares).saturating_sub(self.micros.pow(2));
        root(over, self.used * self.used.saturating_sub(1))
    }
}

/// Lowest, highest and sum, microseconds.
#[derive(Debug, Clone, Default)]
struct Spread {
    count: u32,
    min: u128,
    max: u128,
    sum: u128,
}

impl Spread {
    fn push(&mut self, micros: u128) {
        self.absorb(&Self { count: 1, min: micros, max: micros, sum: micros });
    }

    fn absorb(&mut self, other: &Self) {
        if other.count == 0 {
            return;
        }
        self.min = if self.count == 0 { other.min } else { self.min.min(other.min) };
        self.max = self.max.max(other.max);
        self.sum += other.sum;
        self.count = self.count.saturating_add(other.count);
    }

    fn finish(&self) -> Option<SpreadView> {
        let text = |micros: u128, by: u128| {
            let millis = nearest(micros, by * 1000);
            Decimal::whole(i64::try_from(millis).unwrap_or(i64::MAX)).to_string()
        };
        (self.count > 0).then(|| SpreadView {
            count: self.count,
            min: text(self.min, 1),
            mean: text(self.sum, self.count.into()),
            max: text(self.max, 1),
        })
    }
}

/// What closed windows and stretches gave.
#[derive(Debug, Clone, Default)]
pub(super) struct Totals {
    received: u64,
    used: u64,
    short: u32,
    rmssd: Spread,
    sdnn: Spread,
    /// Of the stretch that holds the most.
    filled: Filled,
}

impl Totals {
    pub(super) const fn filled(&self) -> Filled {
        self.filled
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.received += other.received;
        self.used += other.used;
        self.short = self.short.saturating_add(other.short);
        self.rmssd.absorb(&other.rmssd);
        self.sdnn.absorb(&other.sdnn);
        self.filled = self.filled.max(other.filled);
    }

    pub(super) fn finish(self, kind: BeatKind) -> VariabilityView {
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        VariabilityView {
            kind,
            received: count(self.received),
            used: count(self.used),
            rejected: self.rejected(),
            window_minutes: u16::try_from(WINDOW / 60_000).unwrap_or(u16::MAX),
            least_valid: LEAST_VALID,
            short_windows: self.short,
            rmssd: self.rmssd.finish(),
            sdnn: self.sdnn.finish(),
        }
    }

    /// Percent, rounded half to even; never 0 when one was left out, never 100 when one was used.
    fn rejected(&self) -> u8 {
        let out = self.received - self.used;
        let percent = nearest(u128::from(out) * 100, self.received.into());
        let (low, high) = (u128::from(out > 0), if self.used > 0 { 99 } else { 100 });
        u8::try_from(percent.clamp(low, high)).unwrap_or(100)
    }
}

/// One device's windows and stretches under way.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    from: UnixMillis,
    window: Option<Window>,
    stretch: Option<Stretch>,
    totals: Totals,
}

impl Tally {
    pub(super) fn new(from: UnixMillis) -> Self {
        Self { from, window: None, stretch: None, totals: Totals::default() }
    }

    /// Takes in the next interval. One that ends a little before the one before it, because packets come late and early, stays in
    /// the window under way.
    pub(super) fn push(&mut self, judged: &Judged) {
        let at = judged.interval.at;
        let used = if judged.used { u64::try_from(judged.interval.micros).ok() } else { None };
        self.totals.received += 1;
        let index = at.div_euclid(WINDOW);
        if self.window.as_ref().is_some_and(|w| w.index < index) {
            self.close_window();
        }
        self.window.get_or_insert_with(|| Window { index, ..Window::default() }).push(used);
        let Some(micros) = used else { return };
        self.totals.used += 1;
        let since = at.saturating_sub(self.from);
        let index = since.div_euclid(DAY);
        if self.stretch.as_ref().is_some_and(|s| s.index < index) {
            self.close_stretch();
        }
        let stretch = self.stretch.get_or_insert_with(|| Stretch { index, ..Stretch::default() });
        stretch.push(micros);
        if since.rem_euclid(DAY) <= NIGHT {
            stretch.night += u128::from(micros);
        }
    }

    /// What comes next does not follow what came before.
    pub(super) const fn cut(&mut self) {
        if let Some(window) = &mut self.window {
            window.previous = None;
        }
    }

    pub(super) fn finish(mut self) -> Totals {
        self.close_window();
        self.close_stretch();
        self.totals
    }

    fn close_window(&mut self) {
        let Some(window) = self.window.take() else { return };
        match window.rmssd() {
            Some(micros) => self.totals.rmssd.push(micros),
            None => self.totals.short = self.totals.short.saturating_add(1),
        }
    }

    fn close_stretch(&mut self) {
        let Some(stretch) = self.stretch.take() else { return };
        self.totals.filled = self.totals.filled.max(stretch.filled());
        if let Some(micros) = stretch.sdnn() {
            self.totals.sdnn.push(micros);
        }
    }
}

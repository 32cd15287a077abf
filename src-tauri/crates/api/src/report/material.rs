//! From what the rooms know to what a report says: dates instead of instants, charts on a grid, names of devices.

use salus_insight::clinical::{Date, WallTime};
use salus_report::content::{Figure, MOST_SOURCES, Moment, Part, Sketch, Source, Summed, shortened};
use salus_wire::view::{ClinicalSummary, Outcome, ProvenanceView, RecordView};
use salus_wire::{Failure, UnixMillis};

use super::offset;
use crate::failure::bug;

/// Columns of a chart of the own record; the narrowest.
pub(super) const WIDTH: u16 = salus_insight::chart::MIN_WIDTH;
/// A day of pressures begins at four in the morning, minutes.
const NIGHT: u16 = 240;
/// Half a day, milliseconds: days of other lengths begin an hour off, and their middle is in them.
const HALF: i64 = 12 * 3_600_000;

/// An instant by this computer's clock.
pub(super) fn moment(at: UnixMillis) -> Result<Moment, Failure> {
    let offset = offset(at);
    let clock = WallTime::fixed(offset.into());
    let date = Date::of_day(clock.day(at, 0)).ok_or_else(|| bug("the clock shows a date"))?;
    Ok(Moment { at, date, minute: clock.minute(at), offset })
}

/// The date of an instant; `None` far from our times.
pub(super) fn date(clock: &WallTime, at: UnixMillis) -> Option<Date> {
    Date::of_day(clock.day(at, 0))
}

/// First and last date of a span whose end is exclusive.
pub(super) fn dates(clock: &WallTime, from: UnixMillis, to: UnixMillis) -> Option<(Date, Date)> {
    Some((date(clock, from)?, date(clock, to.saturating_sub(1).max(from))?))
}

/// A convention's outcome with its dates.
pub(super) fn summed(clock: &WallTime, summary: ClinicalSummary) -> Option<Summed> {
    let (from, to, begins) = match &summary {
        ClinicalSummary::Pressure(Outcome::Enough(home)) => (home.from, home.to, NIGHT),
        ClinicalSummary::Pressure(Outcome::NotEnough(short)) => (short.from, short.to, NIGHT),
        ClinicalSummary::Glucose(Outcome::Enough(profile)) => (profile.from, profile.to, 0),
        ClinicalSummary::Variability(Outcome::Enough(trend)) => {
            let middle = trend.day.start.saturating_add(HALF);
            (middle, middle.saturating_add(1), 0)
        }
        ClinicalSummary::Glucose(Outcome::NotEnough(short))
        | ClinicalSummary::Variability(Outcome::NotEnough(short)) => (short.from, short.to, 0),
    };
    let on = |at: UnixMillis| Date::of_day(clock.day(at, begins));
    let (first, last) = (on(from)?, on(to.saturating_sub(1).max(from))?);
    Some(Summed { first, last, summary: shortened(summary) })
}

/// Whether a visit's page says it: a sensor or a strap that is not worn is not missing.
pub(super) fn worth_saying(summary: &ClinicalSummary) -> bool {
    match summary {
        ClinicalSummary::Pressure(_)
        | ClinicalSummary::Glucose(Outcome::Enough(_))
        | ClinicalSummary::Variability(Outcome::Enough(_)) => true,
        ClinicalSummary::Glucose(Outcome::NotEnough(short)) => short.lacks.iter().any(|l| l.have > 0),
        ClinicalSummary::Variability(Outcome::NotEnough(_)) => false,
    }
}

/// One category of a visit's page, from its screen.
pub(super) fn part(view: &RecordView, summary: Option<Summed>) -> Part {
    let figure = |s: &salus_wire::view::SummaryView| Figure {
        quantity: s.quantity,
        count: s.count,
        min: s.min.clone(),
        mean: s.mean.clone(),
        max: s.max.clone(),
        coverage: s.coverage,
    };
    Part {
        category: view.category,
        total: view.total,
        figures: view.summary.iter().map(figure).collect(),
        summary,
        sketch: Sketch::of(&view.chart),
    }
}

/// Where the values of a page came from.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sources {
    /// What measured.
    pub(super) devices: Vec<Source>,
    /// Whether some were typed.
    pub(super) typed: bool,
    /// Whether some came out of files.
    pub(super) imported: bool,
}

/// Where values came from, as far as the rows of the screens tell.
pub(super) fn sources<'a>(views: impl Iterator<Item = &'a RecordView>) -> Sources {
    let (mut devices, mut typed, mut imported) = (Vec::<Source>::new(), false, false);
    for row in views.flat_map(|view| &view.rows) {
        match &row.provenance {
            ProvenanceView::Typed { .. } => typed = true,
            ProvenanceView::Imported { .. } => imported = true,
            ProvenanceView::Measured(measured) => {
                let found = source(&row.device, measured.model.as_deref());
                let new = found.filter(|s| devices.len() < MOST_SOURCES && !devices.contains(s));
                devices.extend(new);
            }
        }
    }
    devices.sort_unstable();
    Sources { devices, typed, imported }
}

fn source(name: &str, model: Option<&str>) -> Option<Source> {
    match (name, model) {
        ("", None) => None,
        ("", Some(model)) => Some(Source::new(model, None)),
        (name, model) => Some(Source::new(name, model)),
    }
}

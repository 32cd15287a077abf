//! What was opened since the record was unlocked, as far as the list of patients and comparisons use it: sums, in memory only.
//!
//! The same rules as for clinical summaries: only what lies in the permission's window; nothing once the permission is over as far
//! as is known here; locking drops all of it.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use salus_insight::clinical::{Material, WallTime};
use salus_insight::compare::{self, Sums};
use salus_wire::command::{ComparePeriods, GetOpenedRecord, GetOpenedTrend};
use salus_wire::view::{
    ClinicalSummary, ComparisonView, GlimpseView, Outcome, Period, RangeView, RecordView, TrendView,
};
use salus_wire::{Category, ErrorCode, Failure, GrantId, Reading, Summary, UnixMillis};

use super::kept::Shared;
use super::over::over;
use crate::clinical::wall;
use crate::lock::Open;
use crate::{App, Run, record};

/// Opened records whose sums are kept; for one more, those of the one that was opened longest ago go. Its line in the list stays.
const MOST: usize = 4;
/// Lines of the list that are kept.
const MOST_LINES: usize = 256;

/// What was opened.
#[derive(Default)]
pub(crate) struct Desk(BTreeMap<GrantId, Seen>);

struct Seen {
    glimpse: GlimpseView,
    sums: Vec<Sums>,
    /// What of the data window there was: its start, and its end, exclusive; not after the opening.
    reach: (UnixMillis, UnixMillis),
    /// The permission's end, exclusive.
    ends: UnixMillis,
}

/// Keeps what an opening came to, in place of an earlier one with the same permission.
pub(super) fn keep(
    open: &Open,
    shared: &Shared,
    readings: &[(Category, Vec<Reading>)],
    summaries: &[(Category, Vec<Summary>)],
    now: UnixMillis,
) {
    let (from, to) = reached((shared.data_from, shared.data_to), now);
    let single = readings.iter().map(|(category, all)| Sums::of_readings(*category, all, from, to));
    let daily = summaries.iter().map(|(category, all)| Sums::of_days(*category, all, from, to));
    let sums: Vec<Sums> = single.chain(daily).collect();
    let clock = wall(from, to);
    let pressure = at_home(readings, &clock, from, to);
    let glimpse = line(&sums, pressure, &clock, (from, to), now);
    desk(open).insert(shared.id, Seen { glimpse, sums, reach: (from, to), ends: shared.ends });
}

/// What of a permission's data window there can be now: its start, and its end, exclusive.
pub(crate) fn reached((from, to): (UnixMillis, UnixMillis), now: UnixMillis) -> (UnixMillis, UnixMillis) {
    (from, to.min(now.saturating_add(1)).max(from))
}

/// What an opening comes to in a line. The patient's look through a permission is made here too, so that the two cannot differ.
pub(crate) fn line(
    sums: &[Sums],
    pressure: Option<RangeView>,
    clock: &WallTime,
    (from, to): (UnixMillis, UnixMillis),
    now: UnixMillis,
) -> GlimpseView {
    let (days, of_days) = compare::days_with(sums, clock, from, to);
    let by_usual = |sums: &Sums| match &pressure {
        // One rule is enough for one category: the convention's where it has enough readings.
        Some(_) if sums.category() == Category::BloodPressure => None,
        _ => compare::against_usual(sums, clock),
    };
    let ranges = pressure.iter().cloned().chain(sums.iter().filter_map(by_usual)).collect();
    GlimpseView { opened: now, last: compare::newest(sums), days, of_days, ranges }
}

/// The week at home of blood pressures in `[from, to)`, where there are enough of them.
fn at_home(
    readings: &[(Category, Vec<Reading>)],
    clock: &WallTime,
    from: UnixMillis,
    to: UnixMillis,
) -> Option<RangeView> {
    let (category, all) = readings.iter().find(|(category, _)| *category == Category::BloodPressure)?;
    let inside = |r: &&Reading| r.category == *category && (from..to).contains(&r.at);
    let inside: Vec<Reading> = all.iter().filter(inside).cloned().collect();
    let mut material = Material::new(clock.clone());
    material.take(&inside, |_| String::new());
    week(&material, to)
}

/// The week at home of what was taken in, where there is enough of it.
pub(crate) fn week(material: &Material, to: UnixMillis) -> Option<RangeView> {
    match material.summary(Category::BloodPressure, to)? {
        ClinicalSummary::Pressure(Outcome::Enough(week)) => Some(compare::home_pressure(&week)),
        _ => None,
    }
}

impl Desk {
    /// What is kept of a category while its permission is in force, and what of the data window there was; `said` is what the members
    /// said about its end. What is over is dropped.
    fn in_force(
        &mut self,
        id: &GrantId,
        category: Category,
        said: Option<ErrorCode>,
        now: UnixMillis,
    ) -> Result<(&Sums, (UnixMillis, UnixMillis)), Failure> {
        let ended = self.0.get(id).filter(|seen| now >= seen.ends).map(|_| ErrorCode::Ended);
        if let Some(code) = said.or(ended) {
            self.0.remove(id);
            return Err(code.into());
        }
        let seen = self.0.get(id).filter(|seen| !seen.sums.is_empty()).ok_or(ErrorCode::NothingYet)?;
        if !Sums::sums_up(category) {
            return Err(Failure::with(ErrorCode::BadRequest, "category"));
        }
        let sums =
            seen.sums.iter().find(|sums| sums.category() == category).ok_or(ErrorCode::OutsideScope)?;
        Ok((sums, seen.reach))
    }

    fn insert(&mut self, id: GrantId, seen: Seen) {
        self.0.insert(id, seen);
        let mut by_age: Vec<(UnixMillis, GrantId)> =
            self.0.iter().map(|(id, seen)| (seen.glimpse.opened, *id)).collect();
        by_age.sort_unstable_by_key(|entry| std::cmp::Reverse(*entry));
        for (_, id) in by_age.iter().skip(MOST) {
            if let Some(seen) = self.0.get_mut(id) {
                seen.sums = Vec::new();
            }
        }
        for (_, id) in by_age.iter().skip(MOST_LINES) {
            self.0.remove(id);
        }
    }
}

/// What an opening showed, while the permission is in force by the own clock.
pub(super) fn glimpse(open: &Open, id: &GrantId, now: UnixMillis) -> Option<GlimpseView> {
    let held = desk(open);
    held.0.get(id).filter(|seen| now < seen.ends).map(|seen| seen.glimpse.clone())
}

impl Run for ComparePeriods {
    async fn run(self, app: &App) -> Result<ComparisonView, Failure> {
        record::span(0, 1, self.width, 0)?;
        period(self.first, "first")?;
        period(self.second, "second")?;
        let now = app.now();
        let open = app.open().await?;
        let said = over(&open.vault, &self.id).await?;
        let mut held = desk(&open);
        let (sums, _) = held.in_force(&self.id, self.category, said, now)?;
        Ok(compare::compare(self.id, sums, self.first, self.second, self.width, now))
    }
}

impl Run for GetOpenedRecord {
    async fn run(self, app: &App) -> Result<RecordView, Failure> {
        record::span(0, 1, self.width, 0)?;
        period(self.period, "period")?;
        let now = app.now();
        let open = app.open().await?;
        let said = over(&open.vault, &self.id).await?;
        let mut held = desk(&open);
        let (sums, _) = held.in_force(&self.id, self.category, said, now)?;
        Ok(compare::side(sums, self.period, self.width, now))
    }
}

impl Run for GetOpenedTrend {
    async fn run(self, app: &App) -> Result<TrendView, Failure> {
        let now = app.now();
        let open = app.open().await?;
        let said = over(&open.vault, &self.id).await?;
        let mut held = desk(&open);
        let (sums, (from, to)) = held.in_force(&self.id, self.category, said, now)?;
        Ok(compare::before(sums, &wall(from, to), to))
    }
}

fn period(period: Period, name: &'static str) -> Result<(), Failure> {
    let length = period.to.checked_sub(period.from);
    match length {
        Some(length) if period.from >= 0 && (1..=Period::LONGEST).contains(&length) => Ok(()),
        _ => Err(Failure::with(ErrorCode::BadRequest, name)),
    }
}

fn desk(open: &Open) -> MutexGuard<'_, Desk> {
    open.desk.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;

//! What each day comes to: of a table, and of how a person's days compare.

use salus_insight::chart::MIN_WIDTH;
use salus_insight::trend::{DAYS, Day, sent_every, trend};
use salus_vault::{Epoch, Vault, VaultError};
use salus_wire::command::{GetTrend, SumDays};
use salus_wire::view::{DayView, TrendView};
use salus_wire::{Category, Failure, Level, Quantity, Summary, UnixMillis};

use super::wall::{self, Bounds};
use crate::failure::OrFail;
use crate::{App, Run};

/// Most days of a table: those of the longest span, and what lies over its edges.
const MOST_DAYS: usize = 402;

impl Run for GetTrend {
    async fn run(self, app: &App) -> Result<TrendView, Failure> {
        let now = app.now();
        let bounds = wall::until(now, DAYS);
        let open = app.open().await?;
        let (days, damaged) = by_day(&open.vault, self.category, &bounds).await?;
        let all = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
        let heads = open.vault.epochs(self.category, all).await.or_fail()?;
        let begins = heads.iter().find(|h| h.readings + h.unsealed > 0).map(|h| h.epoch.start());
        Ok(TrendView { begins, damaged, ..trend(self.category, &days, now) })
    }
}

impl Run for SumDays {
    async fn run(self, app: &App) -> Result<Vec<DayView>, Failure> {
        let now = app.now();
        super::span(self.from, self.to, MIN_WIDTH, now)?;
        let bounds = wall::within(self.from, self.to, MOST_DAYS);
        let open = app.open().await?;
        let (days, _) = by_day(&open.vault, self.category, &bounds).await?;
        let quantities: Vec<(Quantity, Option<u16>)> =
            self.category.drawn().iter().map(|q| (*q, sent_every(&days, *q))).collect();
        let rows = days.iter().rev().flat_map(|day| {
            let row = move |(q, sent): &(Quantity, Option<u16>)| Some(view(day, &day.sum(*q)?, now, *sent));
            quantities.iter().filter_map(row)
        });
        Ok(rows.collect())
    }
}

fn view(day: &Day, sum: &Summary, now: UnixMillis, sent: Option<u16>) -> DayView {
    DayView {
        start: day.from,
        quantity: sum.quantity,
        count: u32::try_from(sum.count).unwrap_or(u32::MAX),
        min: sum.min.to_string(),
        mean: sum.mean().map(|mean| mean.to_string()),
        max: sum.max.to_string(),
        coverage: day.coverage(sum.quantity, now, sent).percent().max(1),
    }
}

/// The summaries of days that follow one another, and how many of these are left out because a part of them is damaged.
async fn by_day(vault: &Vault, category: Category, bounds: &[Bounds]) -> Result<(Vec<Day>, u32), Failure> {
    let (Some((first, _)), Some((_, last))) = (bounds.first(), bounds.last()) else {
        return Ok((Vec::new(), 0));
    };
    let hours =
        bounds.iter().all(|(from, to)| Level::Hour.floor(*from) == *from && Level::Hour.floor(*to) == *to);
    if hours {
        match vault.summaries(category, Level::Hour, *first, *last).await {
            Err(VaultError::Damaged { .. }) => {}
            rows => return Ok((apart(bounds, rows.or_fail()?), 0)),
        }
    }
    // Midnight lies within an hour of UTC, or an hour cannot be read: day by day.
    let (mut days, mut damaged) = (Vec::with_capacity(bounds.len()), 0u32);
    for (from, to) in bounds.iter().copied() {
        let rows = match vault.cover(category, Level::Hour, from, to).await {
            Err(VaultError::Damaged { .. }) => {
                damaged = damaged.saturating_add(1);
                Vec::new()
            }
            rows => rows.or_fail()?,
        };
        days.push(Day { from, to, rows });
    }
    Ok((days, damaged))
}

/// Hours, each to its day.
fn apart(bounds: &[Bounds], rows: Vec<Summary>) -> Vec<Day> {
    let mut days: Vec<Day> =
        bounds.iter().map(|(from, to)| Day { from: *from, to: *to, rows: Vec::new() }).collect();
    for row in rows {
        let place = days.partition_point(|day| day.to <= row.start);
        if let Some(day) = days.get_mut(place) {
            day.rows.push(row);
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use salus_wire::command::TypeReading;
    use salus_wire::view::{Compared, TrendSpan, ValueView};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    const DAY: i64 = 86_400_000;

    async fn pressure(app: &App, at: i64, systolic: i64) {
        let value = |quantity, n: i64| ValueView { quantity, value: n.to_string() };
        let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, systolic - 50)];
        app.run(TypeReading { category: Category::BloodPressure, values, at, note: None }).await.unwrap();
    }

    #[tokio::test]
    async fn a_day_is_compared_with_the_four_weeks_before_it() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        for day in 1..=28 {
            pressure(&app, NOON - day * DAY, 120 + day % 9).await;
        }
        let ask = || app.run(GetTrend { category: Category::BloodPressure });
        let before = ask().await.unwrap();
        assert_eq!((before.span, before.lines[0].days), (TrendSpan::Week, 22));
        pressure(&app, NOON, 145).await;
        let view = ask().await.unwrap();
        assert_eq!((view.span, view.compared), (TrendSpan::Today, Some(Compared::Higher)));
        assert_eq!((view.lines[0].value.as_deref(), view.lines[0].days), (Some("145"), 28));
        assert_eq!(view.week.iter().map(|d| d.count).collect::<Vec<_>>(), [1; 7]);
        let begins = view.begins.unwrap();
        assert!(begins <= NOON - 28 * DAY && NOON - 28 * DAY < begins + 4_096_000);
        assert_eq!(app.run(GetTrend { category: Category::HeartRate }).await.unwrap().begins, None);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_table_of_days_holds_each_day_once() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        for (day, systolic) in [(0, 120), (0, 131), (3, 125)] {
            pressure(&app, NOON - day * DAY - systolic * 1000, systolic).await;
        }
        let ask = |from, to| app.run(SumDays { category: Category::BloodPressure, from, to });
        let days = ask(NOON - 10 * DAY, NOON + DAY).await.unwrap();
        let said: Vec<_> =
            days.iter().map(|d| (d.quantity, d.count, d.min.as_str(), d.max.as_str())).collect();
        let expected = [
            (Quantity::Systolic, 2, "120", "131"),
            (Quantity::Diastolic, 2, "70", "81"),
            (Quantity::Systolic, 1, "125", "125"),
            (Quantity::Diastolic, 1, "75", "75"),
        ];
        assert_eq!(said, expected);
        assert!(ask(0, 401 * DAY).await.is_err() && ask(1, 1).await.is_err());
        app.close().await.unwrap();
    }
}

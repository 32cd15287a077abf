//! Clinical summaries: of the own record, and of what a clinician opened.
//!
//! ```text
//! get_clinical         own record, only the days that the convention looks at --> insight::clinical
//! open_record          readings of the permission's window --> kept in memory --> get_opened_clinical, score_news
//!                      what the screen showed of it, beside it   --> make_opened_report
//! see_first_minute     the same of the own record, for who looks through a permission (share::minute)
//! foresee_for_relative the same of what a steward reads, before they permit it (share::minute)
//! open_relative        what a steward was shown --> kept in memory --> make_relative_report
//! ```
//!
//! Guarantees: of an opened record only what was opened and lies in the permission's window is summed up; no member is asked and no
//! receipt is left for it; after the permission's end, or once it is known to be stopped, nothing is summed up any more, and what
//! was kept is dropped. Locking drops all of it.

mod helped;
mod opened;

pub(crate) use helped::{Helped, forget_helped, keep_helped, of_helped};
pub(crate) use opened::{Held, Opened, With, keep, keep_records, of_opened, of_shared};

use salus_insight::clinical::material::reach;
use salus_insight::clinical::{Material, WallTime};
use salus_wire::command::GetClinical;
use salus_wire::view::{ClinicalView, WallClock};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use crate::app::utc_offset_minutes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// Readings are taken from the record a day at a time. 24 hours.
const CHUNK_MS: i64 = 24 * 3_600_000;

impl Run for GetClinical {
    async fn run(self, app: &App) -> Result<ClinicalView, Failure> {
        let until = until(self.until, app.now())?;
        let open = app.open().await?;
        own(&open, self.category, until).await
    }
}

/// The end of what is asked about: after now there is nothing.
fn until(asked: Option<UnixMillis>, now: UnixMillis) -> Result<UnixMillis, Failure> {
    let end = now.saturating_add(1);
    match asked {
        None => Ok(end),
        Some(until) if (0..=end).contains(&until) => Ok(until),
        Some(_) => Err(Failure::with(ErrorCode::BadRequest, "until")),
    }
}

/// This computer's wall clock around a span.
pub(crate) fn wall(from: UnixMillis, to: UnixMillis) -> WallTime {
    WallTime::observed(from.saturating_sub(2 * CHUNK_MS), to.saturating_add(2 * CHUNK_MS), utc_offset_minutes)
}

/// A category of the open record by its convention, as of `until`.
pub(crate) async fn own(open: &Open, category: Category, until: UnixMillis) -> Result<ClinicalView, Failure> {
    let (material, damaged) = gathered(open, category, until).await?;
    let none = || Failure::with(ErrorCode::BadRequest, "category");
    let summary = material.summary(category, until).ok_or_else(none)?;
    Ok(ClinicalView { category, clock: WallClock::Own, summary, damaged })
}

/// What the convention of a category uses of the open record before `until`, and how many of its hours are damaged.
pub(crate) async fn gathered(
    open: &Open,
    category: Category,
    until: UnixMillis,
) -> Result<(Material, u32), Failure> {
    let none = || Failure::with(ErrorCode::BadRequest, "category");
    let start = until.saturating_sub(reach(category).ok_or_else(none)?).max(0);
    let mut material = Material::new(wall(start, until));
    let (mut from, mut damaged) = (start, 0u32);
    while from < until {
        let to = from.saturating_add(CHUNK_MS).min(until);
        let (readings, unreadable) = open.vault.readable(category, from, to).await.or_fail()?;
        material.take(&readings, |r| open.devices.name_of(r.device));
        damaged = damaged.saturating_add(unreadable);
        from = to;
    }
    Ok((material, damaged))
}

#[cfg(test)]
mod tests {
    use salus_wire::command::TypeReading;
    use salus_wire::view::{ClinicalSummary, Lack, LackView, Outcome, PressureView, ValueView};
    use salus_wire::{Quantity, UnixMillis};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    async fn pressure(app: &App, at: UnixMillis, systolic: &str, diastolic: &str) {
        let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
        let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, diastolic)];
        let typed = TypeReading { category: Category::BloodPressure, values, at, note: None };
        app.run(typed).await.unwrap();
    }

    /// A wall clock of this computer's: whatever zone the test runs in, these are its mornings and evenings.
    fn times() -> Vec<UnixMillis> {
        let clock = wall(NOON - 10 * CHUNK_MS, NOON);
        let today = clock.day(NOON, 0);
        let hour = |day: i64, hour: u16, minute: i64| clock.start(day, hour * 60) + minute * 60_000;
        (today - 7..today)
            .flat_map(|day| [hour(day, 7, 0), hour(day, 7, 1), hour(day, 20, 0), hour(day, 20, 1)])
            .collect()
    }

    #[tokio::test]
    async fn a_week_that_was_typed_is_summed_up_and_a_day_is_not_enough() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hands::at(NOON);
        let app = patient(dir.path(), &clock).await;
        let ask = |until| GetClinical { category: Category::BloodPressure, until };
        let times = times();
        for at in &times[..4] {
            pressure(&app, *at, "128", "79").await;
        }
        let view = app.run(ask(None)).await.unwrap();
        assert_eq!((view.clock, view.damaged), (WallClock::Own, 0));
        let ClinicalSummary::Pressure(Outcome::NotEnough(short)) = view.summary else { panic!("a day") };
        assert_eq!(short.lacks[0], LackView { what: Lack::PressureReadings, have: 0, need: 12 });
        for at in &times[4..] {
            pressure(&app, *at, "128", "79").await;
        }
        let view = app.run(ask(None)).await.unwrap();
        let ClinicalSummary::Pressure(Outcome::Enough(home)) = view.summary else { panic!("a week") };
        assert_eq!(
            (home.mean, home.readings, home.days),
            (PressureView { systolic: 128, diastolic: 79 }, 24, 6)
        );
        assert_eq!(home.left_out.first_day, 4);
        // As of the fourth day's end there were twelve after the first day's; as of its morning there were ten.
        let as_of = |n: usize| app.run(ask(Some(times[n] + 1)));
        let enough = async |n| {
            matches!(as_of(n).await.unwrap().summary, ClinicalSummary::Pressure(Outcome::Enough(_)))
        };
        assert!(enough(15).await && !enough(13).await);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_category_without_a_convention_and_the_future_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hands::at(NOON);
        let app = patient(dir.path(), &clock).await;
        let code =
            async |category, until| app.run(GetClinical { category, until }).await.err().map(|f| f.code);
        assert_eq!(code(Category::BodyWeight, None).await, Some(ErrorCode::BadRequest));
        for until in [-1, NOON + 2, i64::MIN, i64::MAX] {
            assert_eq!(code(Category::Glucose, Some(until)).await, Some(ErrorCode::BadRequest), "{until}");
        }
        assert_eq!(code(Category::Glucose, Some(0)).await, None);
        assert_eq!(code(Category::HeartRate, None).await, None);
        app.close().await.unwrap();
    }
}

//! A report of an opened record, or of a relative's that a helper read: of what was shown of it and nothing else.

use salus_report::content::{Body, HELPED, Reach, Report, VERSION, Visit, named};
use salus_wire::view::{MOST_DIARY_DAYS, ReportKind};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::material::{Sources, dates, moment, part, sources, summed, worth_saying};
use super::own::{diary, of_its_days, profile};
use crate::clinical::Held;
use crate::failure::bug;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Who makes it.
pub(super) struct Maker {
    /// As in their own record.
    pub(super) name: String,
    /// What they can read of it, where they help the person.
    pub(super) helps: Option<Reach>,
}

/// The content. Days and hours are those of the maker's computer, as on the screen; the page says whose clock it was.
pub(super) fn report(
    held: &Held,
    kind: ReportKind,
    maker: Maker,
    now: UnixMillis,
) -> Result<Report, Failure> {
    let clock = held.material.clock();
    let shared = |category| held.records.iter().any(|record| record.category == category);
    let outside = || Failure::from(ErrorCode::OutsideScope);
    let no_date = || bug("what was opened has dates");
    let until = held.until.max(held.from.saturating_add(1));
    let mut from = held.from;
    let body = match kind {
        ReportKind::Visit => Body::Visit(visit(held)),
        ReportKind::Diary => {
            if !shared(Category::BloodPressure) {
                return Err(outside());
            }
            // The newest month, as many days as a page has lines for.
            from = from.max(until.saturating_sub(MOST_DIARY_DAYS * DAY));
            Body::Diary(diary(&held.material, from, until, 0).ok_or_else(no_date)?)
        }
        ReportKind::Glucose => {
            if !shared(Category::Glucose) {
                return Err(outside());
            }
            Body::Glucose(profile(&held.material, until, 0).ok_or_else(no_date)?)
        }
    };
    let (first, last) = dates(clock, from, until).ok_or_else(no_date)?;
    Ok(of_its_days(Report {
        salus_report: if maker.helps.is_some() { HELPED } else { VERSION },
        person: named(&held.patient),
        author: Some(named(&maker.name)),
        helper: maker.helps,
        first,
        last,
        from,
        to: until,
        made: moment(now)?,
        body,
    }))
}

fn visit(held: &Held) -> Visit {
    let clock = held.material.clock();
    let one = |record: &salus_wire::view::RecordView| {
        let summary = held.material.summary(record.category, held.until).filter(worth_saying);
        // Where only days were given there are no readings to sum up.
        let summary = summary.filter(|_| record.days.is_empty());
        part(record, summary.and_then(|summary| summed(clock, summary)))
    };
    let Sources { devices, typed, imported } = sources(held.records.iter());
    let damaged = held.records.iter().map(|r| r.damaged).fold(0, u32::saturating_add);
    let parts = held.records.iter().map(one).collect();
    Visit { parts, absent: Vec::new(), devices, typed, imported, damaged }
}

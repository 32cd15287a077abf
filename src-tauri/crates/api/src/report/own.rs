//! A report of the own record.

use salus_insight::Span;
use salus_insight::clinical::Material;
use salus_report::content::{Body, Diary, Profile, Report, VERSION, Visit, named};
use salus_wire::command::MakeReport;
use salus_wire::view::{MOST_DIARY_DAYS, MOST_REPORT_DAYS, RecordView, ReportKind};
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::material::{Sources, WIDTH, dates, moment, part, sources, summed, worth_saying};
use crate::clinical::{gathered, wall};
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::record::{Eyes, view};
use crate::work::Running;
use crate::{App, clinical};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;
/// Days of other lengths are an hour longer.
const LONGER: i64 = 2 * 3_600_000;

/// What was asked for, checked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    kind: ReportKind,
    categories: Vec<Category>,
    from: UnixMillis,
    to: UnixMillis,
    now: UnixMillis,
}

impl Asked {
    /// Refuses what is no report.
    pub(super) fn check(command: &MakeReport, now: UnixMillis) -> Result<Self, Failure> {
        let MakeReport { report: kind, categories, from, to, language: _ } = command;
        let (kind, from, to) = (*kind, *from, *to);
        let bad = |what: &str| Failure::with(ErrorCode::BadRequest, what);
        let most = match kind {
            ReportKind::Visit | ReportKind::Glucose => MOST_REPORT_DAYS,
            ReportKind::Diary => MOST_DIARY_DAYS,
        };
        let length = to.checked_sub(from).ok_or_else(|| bad("to"))?;
        // The end of today is still to come.
        if from < 0 || to > now.saturating_add(DAY + LONGER) || !(1..=most * DAY + LONGER).contains(&length) {
            return Err(bad("to"));
        }
        let apart = categories.iter().enumerate().all(|(i, c)| !categories.iter().take(i).any(|d| d == c));
        let fits = match kind {
            ReportKind::Visit => !categories.is_empty() && apart,
            ReportKind::Diary | ReportKind::Glucose => categories.is_empty(),
        };
        if !fits {
            return Err(bad("categories"));
        }
        Ok(Self { kind, categories: categories.clone(), from, to, now })
    }

    /// After now there is nothing.
    fn until(&self) -> UnixMillis {
        self.to.min(self.now.saturating_add(1))
    }
}

/// The content.
pub(super) async fn report(
    app: &App,
    open: &Open,
    asked: &Asked,
    running: &Running,
) -> Result<Report, Failure> {
    let clock = wall(asked.from, asked.to);
    let no_date = || bug("a checked span has dates");
    let (first, last) = dates(&clock, asked.from, asked.to).ok_or_else(no_date)?;
    let person = app.profile().as_ref().map(|p| named(&p.name)).unwrap_or_default();
    let whole = Report {
        salus_report: VERSION,
        person,
        author: None,
        helper: None,
        first,
        last,
        from: asked.from,
        to: asked.to,
        made: moment(asked.now)?,
        body: match asked.kind {
            ReportKind::Visit => Body::Visit(visit(open, asked, running).await?),
            ReportKind::Diary => {
                running.watch.step(0, 1).or_fail()?;
                let (material, damaged) = gathered(open, Category::BloodPressure, asked.until()).await?;
                Body::Diary(diary(&material, asked.from, asked.until(), damaged).ok_or_else(no_date)?)
            }
            ReportKind::Glucose => {
                running.watch.step(0, 1).or_fail()?;
                let (material, damaged) = gathered(open, Category::Glucose, asked.until()).await?;
                Body::Glucose(profile(&material, asked.until(), damaged).ok_or_else(no_date)?)
            }
        },
    };
    Ok(of_its_days(whole))
}

/// A glucose profile is of the fourteen days that the convention looks at, whatever was asked for.
pub(super) fn of_its_days(report: Report) -> Report {
    match &report.body {
        Body::Glucose(profile) => {
            let (first, last) = (profile.fortnight.first, profile.fortnight.last);
            Report { first, last, ..report }
        }
        Body::Visit(_) | Body::Diary(_) => report,
    }
}

async fn visit(open: &Open, asked: &Asked, running: &Running) -> Result<Visit, Failure> {
    let span = Span { from: asked.from, to: asked.to, width: WIDTH, now: asked.now };
    let total = asked.categories.len() as u64;
    let mut views: Vec<RecordView> = Vec::new();
    let mut parts = Vec::new();
    for (done, category) in asked.categories.iter().enumerate() {
        running.watch.step(done as u64, total).or_fail()?;
        let shown = view(open, *category, span, Eyes::Own).await?;
        let summary = match Material::sums_up(*category) {
            true => outcome(open, *category, asked).await?,
            false => None,
        };
        parts.push(part(&shown, summary));
        views.push(shown);
    }
    let mut absent = Vec::new();
    for category in Category::ALL.iter().filter(|c| !asked.categories.contains(c)) {
        if open.vault.count(*category).await.or_fail()? > 0 {
            absent.push(*category);
        }
    }
    let Sources { devices, typed, imported } = sources(views.iter());
    let damaged = views.iter().map(|v| v.damaged).fold(0, u32::saturating_add);
    Ok(Visit { parts, absent, devices, typed, imported, damaged })
}

/// What a category's convention gives, where all that it looks at is of the report's time.
async fn outcome(
    open: &Open,
    category: Category,
    asked: &Asked,
) -> Result<Option<salus_report::content::Summed>, Failure> {
    let until = asked.until();
    let found = clinical::own(open, category, until).await?;
    let clock = wall(asked.from, asked.to);
    let Some(first) = super::material::date(&clock, asked.from) else { return Ok(None) };
    let found = Some(found.summary).filter(worth_saying).and_then(|summary| summed(&clock, summary));
    Ok(found.filter(|found| found.first >= first))
}

/// A diary of what was gathered.
pub(super) fn diary(material: &Material, from: UnixMillis, until: UnixMillis, damaged: u32) -> Option<Diary> {
    let week = summed(material.clock(), material.summary(Category::BloodPressure, until)?)?;
    Some(Diary { days: material.diary(from, until), week, damaged })
}

/// A profile of what was gathered.
pub(super) fn profile(material: &Material, until: UnixMillis, damaged: u32) -> Option<Profile> {
    let fortnight = summed(material.clock(), material.summary(Category::Glucose, until)?)?;
    Some(Profile { fortnight, traces: material.traces(until), damaged })
}

#[cfg(test)]
mod tests {
    use salus_wire::view::ReportLanguage;

    use super::*;
    use crate::testing::NOON;

    fn asked(kind: ReportKind, categories: &[Category], from: i64, to: i64) -> Option<ErrorCode> {
        let command = MakeReport {
            report: kind,
            categories: categories.to_vec(),
            from,
            to,
            language: ReportLanguage::English,
        };
        Asked::check(&command, NOON).err().map(|failure| failure.code)
    }

    #[test]
    fn what_is_no_report_is_refused() {
        use Category::{BloodPressure, HeartRate};
        let both = [BloodPressure, HeartRate];
        let (from, to) = (NOON - 30 * DAY, NOON + DAY / 2);
        assert_eq!(asked(ReportKind::Visit, &both[..], from, to), None);
        assert_eq!(asked(ReportKind::Diary, &[], from, to), None);
        for (kind, categories, from, to) in [
            (ReportKind::Visit, &both[..0], from, to),
            (ReportKind::Visit, &[HeartRate, HeartRate][..], from, to),
            (ReportKind::Diary, &both[..], from, to),
            (ReportKind::Diary, &[][..], NOON - 40 * DAY, to),
            (ReportKind::Visit, &both[..], NOON - 100 * DAY, to),
            (ReportKind::Visit, &both[..], to, from),
            (ReportKind::Visit, &both[..], from, from),
            (ReportKind::Visit, &both[..], from, NOON + 3 * DAY),
            (ReportKind::Visit, &both[..], -1, to),
            (ReportKind::Visit, &both[..], i64::MIN, i64::MAX),
        ] {
            assert_eq!(asked(kind, categories, from, to), Some(ErrorCode::BadRequest), "{from} {to}");
        }
    }
}

//! Notes of the person's own on days, sealed in the cabinet. They are not shared.
//!
//! ```text
//! kept = JSON of `Kept`, under the date in text: a day of the wall clock, whatever the time zone
//! ```

use chrono::{Datelike, NaiveDate};
use salus_vault::Vault;
use salus_wire::command::{KeepDayNote, ListDayNotes};
use salus_wire::event::Event;
use salus_wire::view::{DayNoteView, KeptNoteView};
use salus_wire::{ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::notes;
use crate::failure::{OrFail, bug};
use crate::{App, Run};

const NAMESPACE: &str = crate::namespace::DAY_NOTES;
/// Most days of one question.
const MOST_DAYS: i64 = 400;

#[derive(Serialize, Deserialize)]
struct Kept {
    text: String,
    written: UnixMillis,
}

impl Run for ListDayNotes {
    async fn run(self, app: &App) -> Result<Vec<DayNoteView>, Failure> {
        let (first, last) = (date(&self.first, "first")?, date(&self.last, "last")?);
        if !(0..MOST_DAYS).contains(&(last - first).num_days()) {
            return Err(Failure::with(ErrorCode::BadRequest, "last"));
        }
        let open = app.open().await?;
        let mut found = Vec::new();
        for (name, kept) in open.vault.cabinet().readable(NAMESPACE).await.or_fail()? {
            let day = core::str::from_utf8(&name).ok().and_then(|name| date(name, "").ok());
            let Some(day) = day.filter(|day| (first..=last).contains(day)) else { continue };
            let Ok(Kept { text, written }) = serde_json::from_slice(&kept) else { continue };
            found.push(DayNoteView { day: day.to_string(), text, written });
        }
        found.sort_by(|a, b| a.day.cmp(&b.day));
        Ok(found)
    }
}

impl Run for KeepDayNote {
    async fn run(self, app: &App) -> Result<KeptNoteView, Failure> {
        let day = date(&self.day, "day")?.to_string();
        let now = notes::checked(self.text.as_deref())?;
        let open = app.open().await?;
        let before = note(&open.vault, &day).await?;
        let cabinet = open.vault.cabinet();
        match &now {
            Some(text) => {
                let kept = Kept { text: text.clone(), written: app.now() };
                let kept = serde_json::to_vec(&kept).map_err(|_| bug("a note has no JSON form"))?;
                cabinet.put(NAMESPACE, day.as_bytes(), &kept).await.or_fail()?;
            }
            None => {
                cabinet.remove(NAMESPACE, day.as_bytes()).await.or_fail()?;
            }
        }
        app.tell(Event::ReadingsChanged);
        Ok(KeptNoteView { before, now })
    }
}

async fn note(vault: &Vault, day: &str) -> Result<Option<String>, Failure> {
    let kept = vault.cabinet().get(NAMESPACE, day.as_bytes()).await.or_fail()?;
    let kept = kept.map(|octets| serde_json::from_slice::<Kept>(&octets));
    kept.transpose().map(|kept| kept.map(|k| k.text)).map_err(|_| ErrorCode::Damaged.into())
}

/// Takes over the notes of another record of the same person on days that have none here.
pub(crate) async fn take_over(from: &Vault, to: &Vault) -> Result<(), Failure> {
    for (day, note) in from.cabinet().readable(NAMESPACE).await.or_fail()? {
        if to.cabinet().get(NAMESPACE, &day).await.or_fail()?.is_none() {
            to.cabinet().put(NAMESPACE, &day, &note).await.or_fail()?;
        }
    }
    Ok(())
}

/// A date of a record: its form is always the same, so that it sorts and is found again.
fn date(text: &str, field: &str) -> Result<NaiveDate, Failure> {
    let found = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    let whole = |day: &NaiveDate| (1970..=2106).contains(&day.year()) && day.to_string() == text;
    found.filter(whole).ok_or_else(|| Failure::with(ErrorCode::BadRequest, field))
}

#[cfg(test)]
mod tests {
    use salus_wire::command::{GetRecord, KeepReadingNote, TypeReading};
    use salus_wire::view::{MOST_NOTE, ValueView};
    use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    async fn keep(app: &App, day: &str, text: Option<&str>) -> Result<KeptNoteView, Failure> {
        app.run(KeepDayNote { day: day.into(), text: text.map(str::to_owned) }).await
    }

    async fn list(app: &App, first: &str, last: &str) -> Result<Vec<String>, Failure> {
        let found = app.run(ListDayNotes { first: first.into(), last: last.into() }).await?;
        Ok(found.into_iter().map(|note| format!("{} {}", note.day, note.text)).collect())
    }

    #[tokio::test]
    async fn a_note_on_a_day_is_kept_changed_removed_and_brought_back() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let new = keep(&app, "2026-11-18", Some("  slept badly ")).await.unwrap();
        assert_eq!(new, KeptNoteView { before: None, now: Some("slept badly".into()) });
        keep(&app, "2026-11-20", Some("dentist")).await.unwrap();
        assert_eq!(list(&app, "2026-11-18", "2026-11-19").await.unwrap(), ["2026-11-18 slept badly"]);
        let gone = keep(&app, "2026-11-18", None).await.unwrap();
        assert_eq!((gone.before.as_deref(), gone.now), (Some("slept badly"), None));
        assert_eq!(list(&app, "2026-11-01", "2026-11-30").await.unwrap(), ["2026-11-20 dentist"]);
        keep(&app, "2026-11-18", gone.before.as_deref()).await.unwrap();
        assert_eq!(list(&app, "2026-11-01", "2026-11-30").await.unwrap().len(), 2);
        for (day, text) in [("2026-11-31", "x"), ("18.11.2026", "x"), ("2026-1-1", "x"), ("1969-12-31", "x")]
        {
            assert_eq!(keep(&app, day, Some(text)).await.unwrap_err().code, ErrorCode::BadRequest, "{day}");
        }
        let long = "x".repeat(MOST_NOTE + 1);
        assert_eq!(keep(&app, "2026-11-18", Some(&long)).await.unwrap_err().code, ErrorCode::TooLarge);
        assert!(list(&app, "2025-01-01", "2026-11-30").await.is_err());
        assert!(list(&app, "2026-11-30", "2026-11-01").await.is_err());
        app.close().await.unwrap();
    }

    fn measured(at: UnixMillis) -> Reading {
        let component = Component { quantity: Quantity::BodyWeight, value: Decimal::whole(71) };
        Reading {
            at,
            arrived: at,
            device: DeviceId([4; 16]),
            category: Category::BodyWeight,
            components: vec![component],
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    }

    #[tokio::test]
    async fn a_note_on_a_reading_is_beside_it_whoever_measured_it() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let category = Category::BodyWeight;
        let at = NOON - 60_000;
        app.open().await.unwrap().vault.record(&[measured(at)]).await.unwrap();
        let keep =
            |at, text: Option<&str>| app.run(KeepReadingNote { category, at, text: text.map(str::to_owned) });
        keep(at, Some("after the holiday")).await.unwrap();
        assert_eq!(keep(at + 1, Some("of nothing")).await.unwrap_err().code, ErrorCode::BadRequest);
        let ask = || app.run(GetRecord { category, from: NOON - 3_600_000, to: NOON + 1, width: 600 });
        let view = ask().await.unwrap();
        assert_eq!(view.rows[0].note.as_deref(), Some("after the holiday"));
        assert_eq!(view.latest.unwrap().note.as_deref(), Some("after the holiday"));
        // What is typed for another instant has its own.
        let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() }];
        app.run(TypeReading { category, values, at: NOON, note: Some("own".into()) }).await.unwrap();
        let notes: Vec<_> = ask().await.unwrap().rows.into_iter().map(|r| r.note).collect();
        assert_eq!(notes, [Some("own".to_owned()), Some("after the holiday".to_owned())]);
        assert_eq!(keep(at, None).await.unwrap().before.as_deref(), Some("after the holiday"));
        assert_eq!(ask().await.unwrap().rows[1].note, None);
        app.close().await.unwrap();
    }
}

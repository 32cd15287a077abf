//! What was opened, as far as clinical conventions use it: in memory until the record is locked, and summed up as often as is asked.

use std::collections::BTreeMap;
use std::sync::{MutexGuard, PoisonError};

use salus_insight::clinical::Material;
use salus_sharing::capsule::ToldDevice;
use salus_wire::command::{GetOpenedClinical, ScoreNews};
use salus_wire::view::{ClinicalView, NewsView, RecordView, WallClock};
use salus_wire::{Category, ErrorCode, Failure, GrantId, Reading, UnixMillis};

use super::{until, wall};
use crate::devices::told;
use crate::lock::Open;
use crate::{App, Run, inbox};

/// Opened records that are kept; for one more, the one that was opened longest ago goes.
const MOST: usize = 8;

/// What was opened since the record was unlocked.
#[derive(Default)]
pub(crate) struct Opened(BTreeMap<GrantId, Kept>);

/// One opened record.
struct Kept {
    material: Material,
    /// What was shown of it, for a report; empty until it was.
    shown: Shown,
    categories: Vec<Category>,
    /// The end of what the permission covers, exclusive; not after the opening.
    until: UnixMillis,
    /// The permission's end, exclusive.
    ends: UnixMillis,
    opened: UnixMillis,
}

/// What was shown of an opened record.
#[derive(Default)]
struct Shown {
    patient: String,
    from: UnixMillis,
    records: Vec<RecordView>,
}

/// What a report of an opened record is made of; a copy, so that nothing waits for the page.
pub(crate) struct Held {
    /// The patient's name, as the permission tells it.
    pub(crate) patient: String,
    /// Start of what the permission covers.
    pub(crate) from: UnixMillis,
    /// Its end, exclusive; not after the opening.
    pub(crate) until: UnixMillis,
    /// What the conventions use of it.
    pub(crate) material: Material,
    /// Each category as it was shown.
    pub(crate) records: Vec<RecordView>,
}

/// The permission that something was opened with.
pub(crate) struct With {
    pub(crate) id: GrantId,
    pub(crate) data_from: UnixMillis,
    pub(crate) data_to: UnixMillis,
    pub(crate) ends: UnixMillis,
}

/// Keeps what the conventions use of an opening, in place of an earlier one with the same permission.
pub(crate) fn keep(
    open: &Open,
    with: &With,
    readings: &[(Category, Vec<Reading>)],
    devices: &[ToldDevice],
    now: UnixMillis,
) {
    let until = with.data_to.min(now.saturating_add(1));
    let mut material = Material::new(wall(with.data_from, until));
    for (category, readings) in readings {
        // Whole hours are decrypted: what lies outside of the permission's window is left out here as on the screen.
        let inside = |r: &&Reading| r.category == *category && (with.data_from..until).contains(&r.at);
        let inside: Vec<Reading> = readings.iter().filter(inside).cloned().collect();
        material.take(&inside, |r| told::origin(devices, r).name);
    }
    let categories = readings.iter().map(|(category, _)| *category).collect();
    let shown = Shown::default();
    let kept = Kept { material, shown, categories, until, ends: with.ends, opened: now };
    opened(open).insert(with.id, kept);
}

/// Keeps what was shown of an opening beside it.
pub(crate) fn keep_records(
    open: &Open,
    id: &GrantId,
    patient: &str,
    from: UnixMillis,
    records: &[RecordView],
) {
    if let Some(kept) = opened(open).0.get_mut(id) {
        kept.shown = Shown { patient: patient.to_owned(), from, records: records.to_vec() };
    }
}

/// What was opened with a permission that is in force, for a report. No member is asked.
pub(crate) async fn of_opened(open: &Open, id: &GrantId, now: UnixMillis) -> Result<Held, Failure> {
    in_force(open, id, now).await?;
    let held = opened(open);
    let kept = held.0.get(id).filter(|kept| !kept.shown.records.is_empty()).ok_or(ErrorCode::NothingYet)?;
    let Shown { patient, from, records } = &kept.shown;
    Ok(Held {
        patient: patient.clone(),
        from: *from,
        until: kept.until,
        material: kept.material.clone(),
        records: records.clone(),
    })
}

impl Opened {
    fn insert(&mut self, id: GrantId, kept: Kept) {
        self.0.insert(id, kept);
        while self.0.len() > MOST {
            let oldest = self.0.iter().min_by_key(|(_, kept)| kept.opened).map(|(id, _)| *id);
            let Some(oldest) = oldest else { return };
            self.0.remove(&oldest);
        }
    }
}

impl Run for GetOpenedClinical {
    async fn run(self, app: &App) -> Result<ClinicalView, Failure> {
        let now = app.now();
        let asked = self.until.map(|asked| until(Some(asked), now)).transpose()?;
        let open = app.open().await?;
        in_force(&open, &self.id, now).await?;
        let held = opened(&open);
        let kept = held.0.get(&self.id).ok_or(ErrorCode::NothingYet)?;
        let none = || Failure::with(ErrorCode::BadRequest, "category");
        if !Material::sums_up(self.category) {
            return Err(none());
        }
        if !kept.categories.contains(&self.category) {
            return Err(ErrorCode::OutsideScope.into());
        }
        let until = asked.unwrap_or(kept.until).min(kept.until);
        let summary = kept.material.summary(self.category, until).ok_or_else(none)?;
        Ok(ClinicalView { category: self.category, clock: WallClock::Reader, summary, damaged: 0 })
    }
}

impl Run for ScoreNews {
    async fn run(self, app: &App) -> Result<NewsView, Failure> {
        let now = app.now();
        let open = app.open().await?;
        in_force(&open, &self.id, now).await?;
        let held = opened(&open);
        let kept = held.0.get(&self.id).ok_or(ErrorCode::NothingYet)?;
        Ok(kept.material.news(self.typed, now))
    }
}

/// Refuses, and drops what was kept, when the permission is over as far as is known here.
async fn in_force(open: &Open, id: &GrantId, now: UnixMillis) -> Result<(), Failure> {
    let said = inbox::over(&open.vault, id).await?;
    let mut held = opened(open);
    let ended = held.0.get(id).filter(|kept| now >= kept.ends).map(|_| ErrorCode::Ended);
    match said.or(ended) {
        None => Ok(()),
        Some(code) => {
            held.0.remove(id);
            Err(code.into())
        }
    }
}

fn opened(open: &Open) -> MutexGuard<'_, Opened> {
    open.opened.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use salus_wire::command::{CreateProfile, Lock, Unlock};
    use salus_wire::view::{
        Alertness, Breathing, ClinicalSummary, NewsTyped, Outcome, Role, SaturationScale,
    };
    use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

    use super::*;
    use crate::MemoryHeads;
    use crate::testing::{Hands, NOON, PASSPHRASE, open};

    const HOUR: i64 = 3_600_000;
    const DAY: i64 = 24 * HOUR;

    fn id(n: u8) -> GrantId {
        GrantId([n; 32])
    }

    fn reading(category: Category, at: UnixMillis, values: &[(Quantity, i64)]) -> Reading {
        let of =
            |(quantity, n): &(Quantity, i64)| Component { quantity: *quantity, value: Decimal::whole(*n) };
        Reading {
            at,
            arrived: at,
            device: DeviceId([1; 16]),
            category,
            components: values.iter().map(of).collect(),
            quality: Quality(0),
            device_time: None,
            user: None,
        }
    }

    /// Two pressures at seven in the morning and two at eight in the evening of the fourteen days before today.
    fn fortnight() -> Vec<Reading> {
        let clock = wall(NOON - 20 * DAY, NOON);
        let today = clock.day(NOON, 0);
        let of = |at, high| {
            let values = [(Quantity::Systolic, high), (Quantity::Diastolic, 80), (Quantity::PulseRate, 60)];
            reading(Category::BloodPressure, at, &values)
        };
        let day = |day: i64| {
            let high = if day < today - 7 { 150 } else { 120 };
            [(7, 0), (7, 1), (20, 0), (20, 1)]
                .map(|(hour, minute)| of(clock.start(day, hour * 60) + minute * 60_000, high))
        };
        (today - 14..today).flat_map(day).collect()
    }

    async fn clinician(dir: &std::path::Path, clock: &Arc<Hands>) -> App {
        let app = open(dir, clock, Arc::new(MemoryHeads::default())).await;
        let profile =
            CreateProfile { name: "Dr Example".into(), role: Role::Clinician, passphrase: PASSPHRASE.into() };
        app.run(profile).await.unwrap();
        app
    }

    fn with(n: u8) -> With {
        With { id: id(n), data_from: NOON - 7 * DAY, data_to: NOON + DAY, ends: NOON + 2 * DAY }
    }

    async fn put(app: &App, with: &With, readings: Vec<(Category, Vec<Reading>)>) {
        let held = app.open().await.unwrap();
        keep(&held, with, &readings, &[], app.now());
    }

    fn ask(n: u8, category: Category) -> GetOpenedClinical {
        GetOpenedClinical { id: id(n), category, until: None }
    }

    async fn refused<C: Run>(app: &App, command: C) -> Option<ErrorCode>
    where
        C::Answer: Send,
    {
        app.run(command).await.err().map(|f| f.code)
    }

    #[tokio::test]
    async fn what_was_opened_is_summed_up_inside_its_window_until_it_ends() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hands::at(NOON);
        let app = clinician(dir.path(), &clock).await;
        let bp = Category::BloodPressure;
        assert_eq!(refused(&app, ask(1, bp)).await, Some(ErrorCode::NothingYet));
        put(&app, &with(1), vec![(bp, fortnight())]).await;
        let view = app.run(ask(1, bp)).await.unwrap();
        assert_eq!(view.clock, WallClock::Reader);
        let ClinicalSummary::Pressure(Outcome::Enough(home)) = view.summary else { panic!("a week") };
        // The days before the window were decrypted with it and are not looked at.
        assert_eq!(home.mean.systolic, 120);
        assert!(home.usual.enough().is_none());
        assert_eq!(refused(&app, ask(1, Category::Glucose)).await, Some(ErrorCode::OutsideScope));
        assert_eq!(refused(&app, ask(1, Category::BodyWeight)).await, Some(ErrorCode::BadRequest));
        assert_eq!(refused(&app, ask(2, bp)).await, Some(ErrorCode::NothingYet));
        let earlier = GetOpenedClinical { until: Some(NOON - 6 * DAY), ..ask(1, bp) };
        let view = app.run(earlier).await.unwrap();
        assert!(matches!(view.summary, ClinicalSummary::Pressure(Outcome::NotEnough(_))));
        let later = GetOpenedClinical { until: Some(NOON + 2), ..ask(1, bp) };
        assert_eq!(refused(&app, later).await, Some(ErrorCode::BadRequest));

        clock.set(NOON + 2 * DAY);
        app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        put(&app, &with(1), vec![(bp, fortnight())]).await;
        assert_eq!(refused(&app, ask(1, bp)).await, Some(ErrorCode::Ended));
        assert_eq!(refused(&app, ask(1, bp)).await, Some(ErrorCode::NothingYet), "and it was dropped");
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn a_score_is_of_what_was_opened_and_what_was_typed() {
        let dir = tempfile::tempdir().unwrap();
        let clock = Hands::at(NOON);
        let app = clinician(dir.path(), &clock).await;
        let one =
            |category, values: &[(Quantity, i64)]| (category, vec![reading(category, NOON - HOUR, values)]);
        put(
            &app,
            &with(1),
            vec![
                one(Category::BloodPressure, &[(Quantity::Systolic, 95), (Quantity::Diastolic, 60)]),
                one(Category::HeartRate, &[(Quantity::HeartRate, 115)]),
                one(Category::OxygenSaturation, &[(Quantity::OxygenSaturation, 93)]),
                one(Category::BodyTemperature, &[(Quantity::BodyTemperature, 39)]),
                one(Category::Respiration, &[(Quantity::RespiratoryRate, 22)]),
            ],
        )
        .await;
        let view = app.run(ScoreNews { id: id(1), typed: None }).await.unwrap();
        assert_eq!(view.vitals.len(), 5);
        assert!(view.score.enough().is_none());
        let typed =
            NewsTyped { alertness: Alertness::Alert, breathing: Breathing::Air, scale: SaturationScale::One };
        let view = app.run(ScoreNews { id: id(1), typed: Some(typed) }).await.unwrap();
        // 22 breaths 2, 93 % 2, air 0, 95 mmHg 2, 115 beats 2, alert 0, 39.0 degrees 1.
        assert_eq!(view.score.enough().map(|s| s.total), Some(9));
        app.run(Lock {}).await.unwrap();
        app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        let forgotten = ScoreNews { id: id(1), typed: Some(typed) };
        assert_eq!(refused(&app, forgotten).await, Some(ErrorCode::NothingYet));
        app.close().await.unwrap();
    }

    #[test]
    fn only_the_newest_openings_are_kept() {
        let mut all = Opened::default();
        for n in 0..20 {
            let material = Material::new(wall(0, 0));
            let opened = i64::from(n);
            all.insert(
                id(n),
                Kept { material, shown: Shown::default(), categories: Vec::new(), until: 0, ends: 0, opened },
            );
        }
        assert_eq!(all.0.keys().copied().collect::<Vec<_>>(), (12..20).map(id).collect::<Vec<_>>());
    }
}

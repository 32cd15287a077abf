//! What conventions make of an opened record, and that it goes with the lock.

use std::sync::Arc;

use salus_wire::command::{CreateProfile, Lock, Unlock};
use salus_wire::view::{Alertness, Breathing, ClinicalSummary, NewsTyped, Outcome, Role, SaturationScale};
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
    let of = |(quantity, n): &(Quantity, i64)| Component { quantity: *quantity, value: Decimal::whole(*n) };
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
    let one = |category, values: &[(Quantity, i64)]| (category, vec![reading(category, NOON - HOUR, values)]);
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

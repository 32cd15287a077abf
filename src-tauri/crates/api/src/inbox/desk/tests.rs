//! What is kept of an opening, for how long, and what marks do.

use std::path::Path;
use std::sync::Arc;

use salus_chain::time::Epoch;
use salus_wire::command::{
    CreateProfile, FlagPatient, GetOpenedClinical, ListPatients, Lock, ScoreNews, SeeFirstMinute, Unlock,
};
use salus_wire::view::{
    Condition, PermissionDraft, PermissionState, RangeRule, Role, SeenOf, Standing, TrendSpan,
};
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity};

use super::*;
use crate::MemoryHeads;
use crate::app::utc_offset_minutes;
use crate::clinical::{self, With};
use crate::share::minute;
use crate::testing::{Hands, NOON, PASSPHRASE, open, patient};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn clinician(dir: &Path, clock: &Arc<Hands>) -> App {
    let app = open(dir, clock, Arc::new(MemoryHeads::default())).await;
    let profile =
        CreateProfile { name: "Dr Example".into(), role: Role::Clinician, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
    app
}

fn shared(n: u8, state: PermissionState) -> Shared {
    Shared {
        id: GrantId([n; 32]),
        invitation: String::new(),
        patient: format!("Patient {n}"),
        note: String::new(),
        asks: None,
        categories: vec![Category::BloodPressure],
        data_from: NOON - 20 * DAY,
        data_to: NOON + DAY,
        starts: NOON - DAY,
        ends: NOON + DAY,
        state,
        found: NOON - i64::from(n),
        opened: true,
        policy: String::new(),
        asked: Vec::new(),
        by_helper: None,
    }
}

/// Two pressures each morning and evening of the days before today, by this computer's clock.
fn pressures(days: i64, high: i64) -> Vec<(Category, Vec<Reading>)> {
    let clock = WallTime::observed(NOON - 40 * DAY, NOON, utc_offset_minutes);
    let today = clock.day(NOON, 0);
    let of = |at: UnixMillis| Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::BloodPressure,
        components: [(Quantity::Systolic, high), (Quantity::Diastolic, 80)]
            .map(|(quantity, n)| Component { quantity, value: Decimal::whole(n) })
            .to_vec(),
        quality: Quality(0),
        device_time: None,
        user: None,
    };
    let hours = |day: i64| [7u16, 20].map(|hour| clock.start(day, hour * 60));
    let twice = |at: UnixMillis| [of(at), of(at + 60_000)];
    vec![(Category::BloodPressure, (today - days..today).flat_map(hours).flat_map(twice).collect())]
}

async fn put(app: &App, shared: &Shared, readings: &[(Category, Vec<Reading>)]) {
    let held = app.open().await.unwrap();
    shared.save(&held.vault).await.unwrap();
    keep(&held, shared, readings, &[], app.now());
}

fn ask(n: u8) -> ComparePeriods {
    ComparePeriods {
        id: GrantId([n; 32]),
        category: Category::BloodPressure,
        first: Period { from: NOON - 14 * DAY, to: NOON - 7 * DAY },
        second: Period { from: NOON - 7 * DAY, to: NOON },
        width: 300,
    }
}

fn look(n: u8, from: UnixMillis, to: UnixMillis) -> GetOpenedRecord {
    let period = Period { from, to };
    GetOpenedRecord { id: GrantId([n; 32]), category: Category::BloodPressure, period, width: 300 }
}

async fn refused<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|f| f.code)
}

#[tokio::test]
async fn what_was_opened_is_a_line_in_the_list_until_it_ends_or_the_record_is_locked() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = clinician(dir.path(), &clock).await;
    put(&app, &shared(1, PermissionState::Active), &pressures(10, 141)).await;
    put(&app, &shared(2, PermissionState::Stopped), &pressures(10, 141)).await;
    let short = Shared { ends: NOON + 60_000, ..shared(3, PermissionState::Active) };
    put(&app, &short, &pressures(10, 141)).await;
    let list = app.run(ListPatients {}).await.unwrap();
    assert_eq!(list.iter().map(|p| p.shared.id.0[0]).collect::<Vec<_>>(), [1, 2, 3], "the newest first");
    let glimpse = list[0].glimpse.clone().unwrap();
    assert_eq!((glimpse.days, glimpse.opened), (10, NOON));
    let [range] = &glimpse.ranges[..] else { panic!("{:?}", glimpse.ranges) };
    assert_eq!((range.rule, range.standing), (RangeRule::HomePressure, Standing::Above));
    assert_eq!((range.value.as_str(), range.range.as_str()), ("141/80", "135/85"));
    assert_eq!(list[1].glimpse, None, "a stopped one shows nothing");

    assert_eq!(app.run(ask(1)).await.unwrap().lines.len(), 2);
    assert_eq!(refused(&app, ask(2)).await, Some(ErrorCode::Stopped));
    assert_eq!(refused(&app, ask(9)).await, Some(ErrorCode::NothingYet));
    let other = ComparePeriods { category: Category::HeartRate, ..ask(1) };
    assert_eq!(refused(&app, other).await, Some(ErrorCode::OutsideScope));
    let ecg = ComparePeriods { category: Category::Electrocardiogram, ..ask(1) };
    assert_eq!(refused(&app, ecg).await, Some(ErrorCode::BadRequest));
    for bad in [(0, 0), (5, 4), (-1, 5), (0, Period::LONGEST + 1), (i64::MIN, i64::MAX)] {
        let first = Period { from: bad.0, to: bad.1 };
        let said = refused(&app, ComparePeriods { first, ..ask(1) }).await;
        assert_eq!(said, Some(ErrorCode::BadRequest), "{bad:?}");
    }

    assert!(list[2].glimpse.is_some() && app.run(ask(3)).await.is_ok());
    clock.set(NOON + 60_000);
    assert_eq!(app.run(ListPatients {}).await.unwrap()[2].glimpse, None, "its time is over");
    assert_eq!(refused(&app, ask(3)).await, Some(ErrorCode::Ended));
    app.close().await.unwrap();
}

#[tokio::test]
async fn any_time_of_what_was_opened_is_drawn_and_nothing_beyond_it() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = clinician(dir.path(), &clock).await;
    put(&app, &shared(1, PermissionState::Active), &pressures(10, 141)).await;
    let short = Shared { ends: NOON + 60_000, ..shared(2, PermissionState::Active) };
    put(&app, &short, &pressures(10, 141)).await;
    let values = |view: &RecordView| {
        view.summary.iter().find(|of| of.quantity == Quantity::Systolic).map(|of| of.count)
    };
    let whole = app.run(look(1, NOON - 20 * DAY, NOON)).await.unwrap();
    // Four of each of ten days; and no rows, which the first screen had.
    assert_eq!((values(&whole), whole.rows.len()), (Some(40), 0));
    let days = app.run(look(1, NOON - 3 * DAY, NOON)).await.unwrap();
    assert!(values(&days).is_some_and(|n| (8..=12).contains(&n)), "{:?}", values(&days));
    assert_eq!((days.chart.from, days.chart.to), (NOON - 3 * DAY, NOON));
    assert!(days.chart.lines.iter().any(|line| !line.runs.is_empty()));
    let before = app.run(look(1, NOON - 40 * DAY, NOON - 20 * DAY)).await.unwrap();
    assert_eq!(values(&before), None, "what was not permitted is not there");

    let of = |category| GetOpenedRecord { category, ..look(1, 0, DAY) };
    assert_eq!(refused(&app, of(Category::HeartRate)).await, Some(ErrorCode::OutsideScope));
    assert_eq!(refused(&app, of(Category::Electrocardiogram)).await, Some(ErrorCode::BadRequest));
    assert_eq!(refused(&app, look(9, 0, DAY)).await, Some(ErrorCode::NothingYet));
    for (from, to) in [(0, 0), (-1, 5), (0, Period::LONGEST + 1), (i64::MIN, i64::MAX)] {
        assert_eq!(refused(&app, look(1, from, to)).await, Some(ErrorCode::BadRequest), "{from} {to}");
    }
    assert_eq!(
        refused(&app, GetOpenedRecord { width: 199, ..look(1, 0, DAY) }).await,
        Some(ErrorCode::BadRequest)
    );
    assert!(app.run(look(2, NOON - DAY, NOON)).await.is_ok());
    clock.set(NOON + 60_000);
    assert_eq!(refused(&app, look(2, NOON - DAY, NOON)).await, Some(ErrorCode::Ended));
    app.close().await.unwrap();
}

#[tokio::test]
async fn what_is_usual_for_the_patient_is_of_what_the_permission_opens_and_of_enough_days() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = clinician(dir.path(), &clock).await;
    let look = |n: u8| GetOpenedTrend { id: GrantId([n; 32]), category: Category::BloodPressure };
    // What came along from before the window, in hours that are opened whole, is another pressure.
    let from = NOON - 20 * DAY;
    let mut all = pressures(30, 141);
    for reading in all[0].1.iter_mut().filter(|reading| reading.at < from) {
        reading.components.iter_mut().for_each(|component| component.value = Decimal::whole(181));
    }
    let short = Shared { ends: NOON + 60_000, ..shared(1, PermissionState::Active) };
    put(&app, &short, &all).await;
    let view = app.run(look(1)).await.unwrap();
    // Today nothing was measured: the days before the last seven, as far as the window reaches.
    assert_eq!((view.span, view.begins), (TrendSpan::Week, None));
    assert!((13..=14).contains(&view.lines[0].days), "{}", view.lines[0].days);
    let usual = view.lines[0].usual.clone().unwrap();
    assert_eq!((usual.low.as_str(), usual.high.as_str()), ("141", "141"));

    // A permission of fewer days has nothing usual, whatever came along.
    let narrow = Shared { data_from: NOON - 12 * DAY, ..shared(2, PermissionState::Active) };
    put(&app, &narrow, &all).await;
    let view = app.run(look(2)).await.unwrap();
    assert!((5..=6).contains(&view.lines[0].days), "{}", view.lines[0].days);
    assert!(view.lines.iter().all(|line| line.usual.is_none()));
    // Of a time that is over the last day is today, and nothing after it is looked at.
    let past = Shared { data_to: NOON - 10 * DAY, ..shared(3, PermissionState::Active) };
    put(&app, &past, &all).await;
    let view = app.run(look(3)).await.unwrap();
    assert!(view.week[0].start < past.data_to && past.data_to - view.week[0].start <= DAY + HOUR);

    let other = |category| GetOpenedTrend { category, ..look(1) };
    assert_eq!(refused(&app, other(Category::HeartRate)).await, Some(ErrorCode::OutsideScope));
    assert_eq!(refused(&app, other(Category::Electrocardiogram)).await, Some(ErrorCode::BadRequest));
    assert_eq!(refused(&app, look(9)).await, Some(ErrorCode::NothingYet));
    put(&app, &shared(4, PermissionState::Stopped), &all).await;
    assert_eq!(refused(&app, look(4)).await, Some(ErrorCode::Stopped));
    clock.set(NOON + 60_000);
    assert_eq!(refused(&app, look(1)).await, Some(ErrorCode::Ended));
    app.close().await.unwrap();
}

/// The patient's look through a permission and the reader's own screen, from the same readings: with too few of them, and with enough.
#[tokio::test]
async fn the_patient_sees_the_first_minute_of_the_reader_s_screen() {
    let (hers, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let clock = Hands::at(NOON);
    let maria = patient(hers.path(), &clock).await;
    let reader = clinician(theirs.path(), &clock).await;
    let (bp, id) = (Category::BloodPressure, GrantId([1; 32]));
    // A permission's window is whole epochs.
    let (data_from, data_to) = (Epoch::at(NOON - 20 * DAY).start(), Epoch::at(NOON + DAY - 1).end());
    let given = Shared { data_from, data_to, ..shared(1, PermissionState::Active) };
    let with = With { id, data_from, data_to, ends: given.ends };
    let draft = PermissionDraft {
        code: String::new(),
        categories: vec![bp],
        data_from,
        data_to,
        starts: NOON,
        ends: NOON + DAY,
        condition: Condition::Whenever,
    };
    let see = |draft: &PermissionDraft| SeeFirstMinute { of: SeenOf::Drafted { draft: draft.clone() } };
    let nothing = maria.run(see(&draft)).await.unwrap();
    assert_eq!((nothing.glimpse.last, nothing.glimpse.days), (None, 0));
    assert!(nothing.glimpse.ranges.is_empty());

    let (_, all) = pressures(10, 141).remove(0);
    let (earlier, yesterday) = all.split_at(36);
    let mut enough = Vec::new();
    for new in [yesterday, earlier] {
        let open = maria.open().await.unwrap();
        open.vault.record(new).await.unwrap();
        let opened = vec![(bp, open.vault.readings(bp, data_from, NOON + 1).await.unwrap())];
        drop(open);
        put(&reader, &given, &opened).await;
        let open = reader.open().await.unwrap();
        clinical::keep(&open, &with, &opened, &[], NOON);
        drop(open);

        let seen = maria.run(see(&draft)).await.unwrap();
        // And who helps her looks ahead at the same, of the readings in hand.
        assert_eq!(minute::of_readings(&opened, (data_from, data_to), &[], NOON), seen);
        let list = reader.run(ListPatients {}).await.unwrap();
        assert_eq!(Some(&seen.glimpse), list[0].glimpse.as_ref());
        let summary = reader.run(GetOpenedClinical { id, category: bp, until: None }).await.unwrap();
        enough.push(matches!(summary.summary, ClinicalSummary::Pressure(Outcome::Enough(_))));
        assert_eq!(seen.clinical, [summary]);
        assert_eq!(seen.news, Some(reader.run(ScoreNews { id, typed: None }).await.unwrap()));
    }
    assert_eq!(enough, [false, true]);

    // Of days there is a first look, and no convention's figure.
    let daily = PermissionDraft { condition: Condition::DailySummaries, ..draft.clone() };
    let daily = maria.run(see(&daily)).await.unwrap();
    assert!(daily.clinical.is_empty() && daily.news.is_none());
    assert!((7..=11).contains(&daily.glimpse.days), "{:?}", daily.glimpse);
    let unknown = SeeFirstMinute { of: SeenOf::Given { id } };
    assert_eq!(refused(&maria, unknown).await, Some(ErrorCode::UnknownPermission));
    let backward = PermissionDraft { data_to: data_from, ..draft };
    assert_eq!(refused(&maria, see(&backward)).await, Some(ErrorCode::BadRequest));
    maria.close().await.unwrap();
    reader.close().await.unwrap();
}

#[tokio::test]
async fn locking_drops_what_was_seen_and_keeps_the_marks() {
    let dir = tempfile::tempdir().unwrap();
    let clock = Hands::at(NOON);
    let app = clinician(dir.path(), &clock).await;
    put(&app, &shared(1, PermissionState::Active), &pressures(10, 120)).await;
    let flag = |n: u8, flagged| FlagPatient { id: GrantId([n; 32]), flagged };
    assert!(app.run(flag(1, true)).await.unwrap()[0].flagged);
    assert_eq!(refused(&app, flag(9, true)).await, Some(ErrorCode::UnknownPermission));
    app.run(Lock {}).await.unwrap();
    app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let list = app.run(ListPatients {}).await.unwrap();
    assert_eq!((list[0].flagged, list[0].glimpse.clone()), (true, None));
    assert_eq!(refused(&app, ask(1)).await, Some(ErrorCode::NothingYet));
    assert!(!app.run(flag(1, false)).await.unwrap()[0].flagged);
    assert!(!app.run(flag(1, false)).await.unwrap()[0].flagged, "twice is once");
    app.close().await.unwrap();
}

#[test]
fn only_the_newest_openings_keep_their_sums() {
    let mut desk = Desk::default();
    for n in 0..10 {
        let glimpse =
            GlimpseView { opened: i64::from(n), last: None, days: 0, of_days: 1, ranges: Vec::new() };
        let sums = vec![Sums::of_days(Category::HeartRate, &[], 0, 1)];
        desk.insert(GrantId([n; 32]), Seen { glimpse, sums, reach: (0, 1), ends: 100 });
    }
    let with: Vec<u8> = desk.0.iter().filter(|(_, s)| !s.sums.is_empty()).map(|(id, _)| id.0[0]).collect();
    assert_eq!((desk.0.len(), with), (10, vec![6, 7, 8, 9]));
}

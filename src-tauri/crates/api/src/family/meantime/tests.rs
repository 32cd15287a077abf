//! Two records on one computer, without members. After a recovery: `tests/tests/journey_family/recovery.rs`.

use std::path::Path;

use salus_wire::command::{
    AddProfile, ChooseProfile, CreateProfile, GetFamily, GetRecord, KeepDayNote, ListDayNotes, Lock,
    TypeReading,
};
use salus_wire::view::{Role, ValueView};
use salus_wire::{Component, Decimal, DeviceId, Quality, Quantity, Reading};

use super::*;
use crate::testing::{Hands, NOON, PASSPHRASE, patient, unlock, weigh};

const HOUR: i64 = 3_600_000;
const WEIGHT: Category = Category::BodyWeight;

fn heart(at: UnixMillis) -> Reading {
    Reading {
        at,
        arrived: at + 5,
        device: DeviceId([7; 16]),
        category: Category::HeartRate,
        components: vec![Component {
            quantity: Quantity::HeartRate,
            value: Decimal { mantissa: 60, exponent: 0 },
        }],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

async fn total(app: &App, category: Category) -> u32 {
    let day = GetRecord { category, from: NOON - 48 * HOUR, to: NOON + HOUR, width: 400 };
    app.run(day).await.unwrap().total
}

async fn take_over(app: &App, passphrase: &str) -> Result<MeantimeView, ErrorCode> {
    let taken = app.run(TakeOverMeantime { passphrase: passphrase.into() }).await;
    taken.map(|view| view.meantime.unwrap()).map_err(|failure| failure.code)
}

/// An application with the record of the meantime, which is named "first", and the regained one, which is open.
async fn two(dir: &Path) -> App {
    let app = patient(dir, &Hands::at(NOON)).await;
    weigh(&app, NOON - 2 * HOUR).await.unwrap();
    let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "71.5".into() }];
    let note = Some("on holiday".to_owned());
    app.run(TypeReading { category: WEIGHT, values, at: NOON - HOUR, note }).await.unwrap();
    app.run(KeepDayNote { day: "2026-11-18".into(), text: Some("slept well".into()) }).await.unwrap();
    app.run(KeepDayNote { day: "2026-11-17".into(), text: Some("of the meantime".into()) }).await.unwrap();
    let record = {
        let open = app.open().await.unwrap();
        let many: Vec<Reading> = (1..300).map(|n| heart(NOON - n * 60_000)).collect();
        open.vault.record(&many).await.unwrap();
        open.vault.record_id()
    };
    app.run(AddProfile {}).await.unwrap();
    let (name, role, passphrase) = ("Maria again".to_owned(), Role::Patient, "another passphrase".to_owned());
    app.run(CreateProfile { name, role, passphrase }).await.unwrap();
    let open = app.open().await.unwrap();
    let (id, taken) = ("first".to_owned(), None);
    let kept = Meantime { id, record, taken, readings: 0, deleted: 0, damaged: 0, waits: false };
    kept.save(&open.vault).await.unwrap();
    drop(open);
    app
}

#[tokio::test]
async fn everything_comes_once_with_its_notes_and_the_other_record_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let app = two(dir.path()).await;
    // Known here already, as a copy; and a note of its own.
    app.open().await.unwrap().vault.record(&[heart(NOON - 60_000)]).await.unwrap();
    app.run(KeepDayNote { day: "2026-11-17".into(), text: Some("of before".into()) }).await.unwrap();
    let view = app.run(GetFamily {}).await.unwrap().meantime.unwrap();
    assert_eq!((view.taken, view.readings), (None, 0));

    assert_eq!(take_over(&app, "no passphrase of it").await, Err(ErrorCode::WrongPassphrase));
    let taken = take_over(&app, PASSPHRASE).await.unwrap();
    assert_eq!((taken.taken, taken.readings, taken.deleted), (Some(NOON), 2 + 298, 0));
    assert!(taken.damaged == 0 && !taken.waits);
    assert_eq!((total(&app, WEIGHT).await, total(&app, Category::HeartRate).await), (2, 299));
    let again = take_over(&app, PASSPHRASE).await.unwrap();
    assert_eq!(again, taken, "a second time adds nothing");
    assert_eq!((total(&app, WEIGHT).await, total(&app, Category::HeartRate).await), (2, 299));
    let day = GetRecord { category: WEIGHT, from: NOON - 2 * HOUR, to: NOON, width: 400 };
    let rows = app.run(day).await.unwrap().rows;
    assert!(rows.iter().any(|row| row.at == NOON - HOUR && row.note.as_deref() == Some("on holiday")));
    let days = ListDayNotes { first: "2026-11-17".into(), last: "2026-11-18".into() };
    let notes = app.run(days).await.unwrap().into_iter().map(|note| note.text).collect::<Vec<_>>();
    assert_eq!(notes, ["of before", "slept well"]);

    app.run(ChooseProfile { id: "first".into() }).await.unwrap();
    unlock(&app).await;
    assert_eq!((total(&app, WEIGHT).await, total(&app, Category::HeartRate).await), (2, 299));
    assert_eq!(app.run(GetFamily {}).await.unwrap().meantime, None, "it is itself that of the meantime");
    app.run(Lock {}).await.unwrap();
}

#[tokio::test]
async fn what_was_deleted_here_stays_there_and_another_record_in_its_place_is_another() {
    let dir = tempfile::tempdir().unwrap();
    let app = two(dir.path()).await;
    let open = app.open().await.unwrap();
    let preview = open.vault.preview_shred(WEIGHT, NOON - 48 * HOUR, NOON + HOUR, NOON).await.unwrap();
    open.vault.shred(&preview.unwrap(), NOON, &[]).await.unwrap();
    let mut kept = Meantime::load(&open.vault).await.unwrap().unwrap();
    drop(open);
    let taken = take_over(&app, PASSPHRASE).await.unwrap();
    assert_eq!((taken.readings, taken.deleted), (299, 2));
    assert_eq!((total(&app, WEIGHT).await, total(&app, Category::HeartRate).await), (0, 299));

    kept.record = [1; 16];
    kept.save(&app.open().await.unwrap().vault).await.unwrap();
    assert_eq!(take_over(&app, PASSPHRASE).await, Err(ErrorCode::NothingYet));
    kept.id = "0123456789abcdef".to_owned();
    kept.save(&app.open().await.unwrap().vault).await.unwrap();
    assert_eq!(app.run(GetFamily {}).await.unwrap().meantime, None, "it is not on this computer");
    assert_eq!(take_over(&app, PASSPHRASE).await, Err(ErrorCode::NothingYet));
    app.close().await.unwrap();
}

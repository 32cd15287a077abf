//! A file from the dialog to the record and out again; stopping, locking, copies, and an export that comes back.

use std::path::Path;
use std::sync::Arc;

use salus_vault::Compacted;
use salus_wire::command::{CreateProfile, ExportRecord, GetRecord, KeepReadingNote, TypeReading, UndoImport};
use salus_wire::view::{
    ExportFormat, ImportAside, ImportFormat, ProvenanceView, RecordView, Role, ValueView,
};
use salus_wire::{Category, DeviceId, Quality, Quantity};

use super::*;
use crate::MemoryHeads;
use crate::testing::{self, Hands, NOON, PASSPHRASE, unlock};

const DAY: i64 = 86_400_000;
const PRESSURE: Category = Category::BloodPressure;

/// A patient's application that is given this file whenever one is asked for.
async fn app(dir: &Path, file: &Path) -> App {
    let app = testing::choosing(dir, &Hands::at(NOON), Arc::new(MemoryHeads::default()), file).await;
    let profile =
        CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
    app
}

/// Two pressures a day for `days` days, with a note on the newest.
fn table(days: i64) -> String {
    let mut text = String::from("time_ms,systolic,diastolic,pulse,note\n");
    for i in 0..days * 2 {
        let note = if i == 0 { "after a walk" } else { "" };
        let line = format!("{},{},{},61,{note}\n", NOON - DAY - i * DAY / 2, 120 + i % 9, 70 + i % 5);
        text.push_str(&line);
    }
    text
}

async fn pressures(app: &App) -> RecordView {
    let (from, to) = (NOON - 300 * DAY, NOON + DAY);
    app.run(GetRecord { category: PRESSURE, from, to, width: 600 }).await.unwrap()
}

async fn seal(app: &App) {
    let open = app.open().await.unwrap();
    while open.vault.compact(NOON, 0).await.unwrap() != Compacted::Nothing {}
}

async fn type_one(app: &App, at: i64) {
    let value = |quantity, text: &str| ValueView { quantity, value: text.into() };
    let values = vec![value(Quantity::Systolic, "131"), value(Quantity::Diastolic, "83")];
    app.run(TypeReading { category: PRESSURE, values, at, note: Some("mine".into()) }).await.unwrap();
}

#[tokio::test]
async fn a_file_is_shown_kept_known_and_taken_out_again() {
    let (dir, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = files.path().join("cuff.csv");
    let mut text = table(30);
    text.push_str("x,1,2,3,\n");
    text.push_str(&format!("{},1300,80,61,\n", NOON - DAY));
    text.push_str(&format!("{},120,80,61,\n", NOON + DAY));
    std::fs::write(&file, &text).unwrap();
    let app = app(dir.path(), &file).await;
    type_one(&app, NOON - 3 * DAY + 5).await;

    let preview = app.run(ChooseImport {}).await.unwrap();
    assert_eq!(
        (preview.format, preview.readings, preview.known, preview.notes),
        (ImportFormat::Table, 60, 0, 1)
    );
    let aside: Vec<_> = preview.aside.iter().map(|a| (a.reason, a.count, a.first.clone())).collect();
    assert_eq!(
        aside,
        [
            (ImportAside::NoTime, 1, vec![62]),
            (ImportAside::OtherTime, 1, vec![64]),
            (ImportAside::Impossible, 1, vec![63])
        ]
    );
    assert_eq!(preview.newest[0].reading.at, NOON - DAY);
    assert_eq!(preview.newest[0].reading.note.as_deref(), Some("after a walk"));
    assert_eq!(pressures(&app).await.total, 1, "nothing is stored by looking");

    assert_eq!(app.run(KeepImport { id: DeviceId([1; 16]) }).await.unwrap_err().code, ErrorCode::NothingYet);
    let kept = app.run(KeepImport { id: preview.id }).await.unwrap();
    assert_eq!((kept.state, kept.readings), (ImportState::Kept, 60));
    let view = pressures(&app).await;
    assert_eq!(view.total, 61);
    let imported = view.rows.iter().filter(|r| r.quality.has(Quality::IMPORTED));
    assert!(imported.clone().all(|r| matches!(r.provenance, ProvenanceView::Imported { entered: NOON })));
    assert_eq!((imported.count(), view.rows[0].note.as_deref()), (60, Some("after a walk")));

    // The same file again: everything is known.
    let again = app.run(ChooseImport {}).await.unwrap();
    assert_eq!((again.readings, again.known), (0, 60));
    app.run(LeaveImport {}).await.unwrap();

    // Sealed, with a note that came later; and out again, with everything else as it was.
    seal(&app).await;
    let noted = KeepReadingNote { category: PRESSURE, at: NOON - 2 * DAY, text: Some("dizzy".into()) };
    app.run(noted).await.unwrap();
    let undone = app.run(UndoImport { id: preview.id }).await.unwrap();
    assert_eq!((undone.state, undone.readings), (ImportState::Undone, 60));
    let left = pressures(&app).await;
    assert_eq!((left.total, left.rows[0].note.as_deref()), (1, Some("mine")));
    assert_eq!(notes::within(&app.open().await.unwrap().vault, PRESSURE, 0, NOON).await.unwrap().len(), 1);
    assert_eq!(app.run(UndoImport { id: preview.id }).await.unwrap(), undone);
    assert_eq!(app.run(ListImports {}).await.unwrap(), [undone]);
    seal(&app).await;
    assert_eq!(pressures(&app).await.total, 1);
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_lock_forgets_what_was_read_and_a_half_can_be_taken_out() {
    let (dir, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = files.path().join("cuff.csv");
    std::fs::write(&file, table(120)).unwrap();
    let app = app(dir.path(), &file).await;
    let preview = app.run(ChooseImport {}).await.unwrap();
    app.lock().await.unwrap();
    unlock(&app).await;
    assert_eq!(app.run(KeepImport { id: preview.id }).await.unwrap_err().code, ErrorCode::NothingYet);

    // Stopped in the middle: what is there is listed as a half, and goes as a whole.
    let preview = app.run(ChooseImport {}).await.unwrap();
    {
        let running = app.begin(KeepImport::NAME).unwrap();
        let open = app.open().await.unwrap();
        let pending = held(&open).take().unwrap();
        let mut facts = Facts::of(&pending, NOON);
        facts.save(&open.vault).await.unwrap();
        let some = Pending { readings: pending.readings[..50].to_vec(), ..pending };
        store(&open, &some, &mut facts, &running).await.unwrap();
        running.watch.stop();
        assert_eq!(store(&open, &some, &mut facts, &running).await.unwrap_err().code, ErrorCode::Cancelled);
    }
    assert_eq!(pressures(&app).await.total, 50);
    assert_eq!(app.run(ListImports {}).await.unwrap()[0].state, ImportState::Unfinished);
    // One at a time.
    let busy = app.begin("something else").unwrap();
    assert_eq!(app.run(UndoImport { id: preview.id }).await.unwrap_err().code, ErrorCode::Busy);
    drop(busy);
    let undone = app.run(UndoImport { id: preview.id }).await.unwrap();
    assert_eq!((undone.state, undone.readings), (ImportState::Undone, 50));
    assert_eq!(pressures(&app).await.total, 0);
    app.close().await.unwrap();
}

#[tokio::test]
async fn an_export_comes_back_into_another_record_in_both_formats() {
    for (format, name) in [(ExportFormat::JsonLines, "all.jsonl"), (ExportFormat::Csv, "all.csv")] {
        let (dir, other, files) =
            (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let file = files.path().join(name);
        let first = app(dir.path(), &file).await;
        for day in 1..=20 {
            type_one(&first, NOON - day * DAY).await;
        }
        first.run(ExportRecord { format }).await.unwrap();
        let before = pressures(&first).await;
        // Into the same record nothing comes twice.
        let same = first.run(ChooseImport {}).await.unwrap();
        assert_eq!((same.readings, same.known), (0, 20), "{name}");
        first.close().await.unwrap();

        let second = app(other.path(), &file).await;
        let preview = second.run(ChooseImport {}).await.unwrap();
        assert_eq!((preview.readings, preview.aside.len(), preview.notes), (20, 0, 20), "{name}");
        second.run(KeepImport { id: preview.id }).await.unwrap();
        let after = pressures(&second).await;
        let plain = |view: &RecordView| {
            view.rows.iter().map(|r| (r.at, r.values.clone(), r.note.clone())).collect::<Vec<_>>()
        };
        assert_eq!(plain(&after), plain(&before), "{name}");
        second.close().await.unwrap();
    }
}

#[tokio::test]
async fn files_of_nothing_are_refused_and_nobody_who_closes_the_dialog_is_told_of_an_error() {
    let (dir, files) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = files.path().join("export.xml");
    let app = app(dir.path(), &file).await;
    let refused = async || app.run(ChooseImport {}).await.unwrap_err().code;
    assert_eq!(refused().await, ErrorCode::NotAnImport, "no such file");
    std::fs::write(&file, "<HealthData></HealthData>").unwrap();
    assert_eq!(refused().await, ErrorCode::NotAnImport);
    std::fs::File::create(&file).unwrap().set_len(salus_insight::import::MAX_FILE + 1).unwrap();
    assert_eq!(refused().await, ErrorCode::TooLarge);
    assert_eq!(app.run(ListImports {}).await.unwrap(), []);
    app.close().await.unwrap();
    let alone = tempfile::tempdir().unwrap();
    let app = testing::patient(alone.path(), &Hands::at(NOON)).await;
    assert_eq!(app.run(ChooseImport {}).await.unwrap_err().code, ErrorCode::Cancelled);
    app.close().await.unwrap();
}

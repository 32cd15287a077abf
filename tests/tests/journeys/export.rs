//! Journey: everything in one file, by the person's own choice of place. That what is exported equals what is stored, for every
//! kind of reading, is tested beside the code (`api/src/export/tests.rs`).

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, START};
use salus_tests::fhir::Validator;
use salus_wire::command as c;
use salus_wire::event::Event;
use salus_wire::view::{ExportFormat, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};

async fn typed(
    desk: &Desk,
    category: Category,
    values: &[(Quantity, &str)],
    note: Option<&str>,
) -> Result<()> {
    let values =
        values.iter().map(|(quantity, value)| ValueView { quantity: *quantity, value: (*value).into() });
    let at = START - 60_000;
    desk.ok(c::TypeReading { category, values: values.collect(), at, note: note.map(Into::into) }).await?;
    Ok(())
}

async fn filled(dir: &Path) -> Result<Desk> {
    let desk = Desk::patient(dir).await?;
    let pressure = [(Quantity::Systolic, "128"), (Quantity::Diastolic, "79")];
    typed(&desk, Category::BloodPressure, &pressure, Some("=HYPERLINK(\"http://x\"), after a walk")).await?;
    typed(&desk, Category::Glucose, &[(Quantity::CapillaryGlucoseMolar, "5.40")], None).await?;
    typed(&desk, Category::BodyTemperature, &[(Quantity::BodyTemperature, "36.60")], Some("two\nlines"))
        .await?;
    Ok(desk)
}

#[tokio::test]
async fn a_table_and_lines_are_written_where_the_person_says() -> Result<()> {
    let (dir, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = filled(dir.path()).await?;
    ensure!(
        desk.refused(c::ExportRecord { format: ExportFormat::Csv }).await == ErrorCode::Cancelled,
        "nothing chosen"
    );
    let table = out.path().join("mine.csv");
    desk.answers.choose(Some(&table));
    let view = desk.ok(c::ExportRecord { format: ExportFormat::Csv }).await?;
    ensure!(view.readings == 3 && view.damaged == 0, "{view:?}");
    let text = std::fs::read_to_string(&table)?;
    ensure!(
        text.starts_with("reading,category,time,time_ms,arrived_ms,quantity,loinc,mdc,value,exponent,unit,")
    );
    let pressure =
        "2026-11-18T11:05:40.000Z,1794999940000,1795000000000,systolic,8480-6,150021,128,0,mm[Hg],,,,,";
    ensure!(text.contains(pressure), "{text}");
    ensure!(
        text.contains(",\"'=HYPERLINK(\"\"http://x\"\"), after a walk\"\r\n"),
        "no formula, quoted: {text}"
    );
    ensure!(text.contains(",capillary_glucose_molar,5.40,-2,mmol/L,"), "as it was typed: {text}");
    ensure!(text.contains(",36.60,-2,Cel,"), "with its precision: {text}");
    let lines = out.path().join("mine.jsonl");
    desk.answers.choose(Some(&lines));
    desk.ok(c::ExportRecord { format: ExportFormat::JsonLines }).await?;
    let text = std::fs::read_to_string(&lines)?;
    ensure!(text.lines().count() == 3);
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        ensure!(
            line["schema"] == "salus-export/1" && line["origin"] == "typed" && line["link"].is_null(),
            "{line}"
        );
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        ensure!(std::fs::metadata(&lines)?.permissions().mode() & 0o077 == 0, "for its owner only");
    }
    ensure!(std::fs::read_dir(out.path())?.count() == 2, "nothing beside them");
    Ok(())
}

/// What permissions add to it is told in `journey_clinician.rs`.
#[tokio::test]
async fn the_bundle_of_a_record_without_members_is_fhir() -> Result<()> {
    let (dir, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = filled(dir.path()).await?;
    let there = out.path().join("mine.fhir.json");
    desk.answers.choose(Some(&there));
    let view = desk.ok(c::ExportRecord { format: ExportFormat::Fhir }).await?;
    let sharing = view.sharing.context("nothing is said of permissions")?;
    ensure!(view.readings == 3 && sharing.permissions == 0 && sharing.openings == 0, "{view:?}");
    let bundle: serde_json::Value = serde_json::from_slice(&std::fs::read(&there)?)?;
    let entries = bundle["entry"].as_array().context("no entries")?;
    let typed = entries.iter().filter(|entry| entry["resource"]["resourceType"] == "Provenance");
    ensure!(typed.count() == 1, "one source, however many readings: {bundle}");
    ensure!(std::fs::read_dir(out.path())?.count() == 1, "nothing beside it");

    let Some(validator) = Validator::find("the_bundle_of_a_record_without_members_is_fhir") else {
        return Ok(());
    };
    let faults = validator.faults(&there)?;
    ensure!(faults.is_empty(), "{faults:#?}");
    for name in ["golden.json", "golden-family.json"] {
        let faults = validator.faults(&golden(name))?;
        ensure!(faults.is_empty(), "{name}: {faults:#?}");
    }
    Ok(())
}

/// A bundle that unit tests hold what is written to.
fn golden(name: &str) -> PathBuf {
    salus_tests::place::package().join("../src-tauri/crates/insight/src/fhir").join(name)
}

/// Where in the bundle of a family something is spoilt, and what stands there then; none for nothing.
const SPOILT: [(&str, Option<&str>); 12] = [
    ("/entry/1/resource/patient", None),
    ("/entry/4/resource/status", Some("gone")),
    ("/entry/4/resource/deviceName/1/type", Some("nickname")),
    ("/entry/5/resource/scope", None),
    ("/entry/5/resource/policyRule", None),
    ("/entry/5/resource/provision/provision/0/type", None),
    ("/entry/5/resource/provision/provision/0/actor/0/role", None),
    ("/entry/6/resource/agent/1/requestor", None),
    ("/entry/6/resource/source/observer", None),
    ("/entry/7/resource/agent/0/who", None),
    ("/entry/10/resource/entity/1/what/reference", Some("urn:uuid:00000000-0000-8000-8000-000000000000")),
    ("/entry/11/resource/outcome", Some("5")),
];

#[tokio::test]
async fn a_family_that_is_spoilt_anywhere_is_not_taken_for_fhir() -> Result<()> {
    let Some(validator) = Validator::find("a_family_that_is_spoilt_anywhere_is_not_taken_for_fhir") else {
        return Ok(());
    };
    let out = tempfile::tempdir()?;
    let whole: serde_json::Value = serde_json::from_slice(&std::fs::read(golden("golden-family.json"))?)?;
    for (place, instead) in SPOILT {
        let mut spoilt = whole.clone();
        let (above, name) = place.rsplit_once('/').context("a place has something above it")?;
        let above = spoilt.pointer_mut(above).and_then(serde_json::Value::as_object_mut);
        let above = above.with_context(|| format!("{place} is nowhere"))?;
        ensure!(above.remove(name).is_some(), "{place} is nowhere");
        if let Some(instead) = instead {
            above.insert(name.to_owned(), instead.into());
        }
        let file = out.path().join("spoilt.json");
        std::fs::write(&file, serde_json::to_vec(&spoilt)?)?;
        ensure!(!validator.faults(&file)?.is_empty(), "{place} was taken for FHIR");
    }
    Ok(())
}

#[tokio::test]
async fn a_place_that_is_not_there_or_full_is_said_and_keeps_what_was_there() -> Result<()> {
    let (dir, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = filled(dir.path()).await?;
    desk.answers.choose(Some(&out.path().join("gone/mine.csv")));
    ensure!(desk.refused(c::ExportRecord { format: ExportFormat::Csv }).await == ErrorCode::TargetMissing);
    let there = out.path().join("mine.csv");
    std::fs::write(&there, "an earlier one")?;
    #[cfg(target_os = "linux")]
    {
        // The temporary name leads to a device that is always full.
        std::os::unix::fs::symlink("/dev/full", out.path().join("mine.csv.part"))?;
        desk.answers.choose(Some(&there));
        ensure!(desk.refused(c::ExportRecord { format: ExportFormat::Csv }).await == ErrorCode::TargetFull);
        ensure!(std::fs::read_to_string(&there)? == "an earlier one");
        ensure!(std::fs::read_dir(out.path())?.count() == 1);
    }
    Ok(())
}

/// Waits for the first word of how far work of this name is, and stops it there.
async fn stop_at_first_progress(desk: &Desk, name: &str) -> Result<u32> {
    let mut events = desk.app.subscribe();
    loop {
        if let Event::Progress { work, done, total } = events.recv().await? {
            ensure!(work == name && total == 100, "{work}: {done} of {total}");
            desk.ok(c::StopWork {}).await?;
            return Ok(done);
        }
    }
}

#[tokio::test]
async fn long_work_says_how_far_it_is_and_stops_when_asked() -> Result<()> {
    let (dir, out) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = filled(dir.path()).await?;
    for hours in 1..60 {
        let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() }];
        let at = START - hours * 2 * 3_600_000;
        desk.ok(c::TypeReading { category: Category::BodyWeight, values, at, note: None }).await?;
    }
    let there = out.path().join("mine.csv");
    desk.answers.choose(Some(&there));
    let export = async { Ok(desk.refused(c::ExportRecord { format: ExportFormat::Csv }).await) };
    let (stopped, done) = tokio::try_join!(export, stop_at_first_progress(&desk, "export_record"))?;
    ensure!(stopped == ErrorCode::Cancelled && done < 100, "{stopped:?} at {done}");
    ensure!(std::fs::read_dir(out.path())?.count() == 0, "nothing half written stays");

    // A backup that nobody stops tells how it goes until it is done, and its test too.
    let mut events = desk.app.subscribe();
    desk.ok(c::MakeBackup {}).await?;
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Progress { work, done, total: 100 } = event {
            ensure!(work == "make_backup");
            told.push(done);
        }
    }
    ensure!(told.len() > 3 && told.is_sorted() && told.last() == Some(&100), "{told:?}");
    Ok(())
}

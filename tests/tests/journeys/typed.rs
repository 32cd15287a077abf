//! Journey: readings typed by hand, taken back, with notes and other units; and a disk that fills while typing.

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::small_disk::SmallDisk;
use salus_wire::command as c;
use salus_wire::view::{OverviewView, ValueView, WithdrawnView};
use salus_wire::{Category, ErrorCode, Quality, Quantity};

fn value(quantity: Quantity, value: &str) -> ValueView {
    ValueView { quantity, value: value.into() }
}

fn pressure(systolic: &str, diastolic: &str) -> c::TypeReading {
    c::TypeReading {
        category: Category::BloodPressure,
        values: vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, diastolic)],
        at: START - 60_000,
        note: None,
    }
}

fn record(category: Category) -> c::GetRecord {
    c::GetRecord { category, from: START - 86_400_000, to: START + 86_400_000, width: 600 }
}

#[tokio::test]
async fn a_typed_pressure_is_kept_with_its_note_and_told_apart() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let stored =
        desk.ok(c::TypeReading { note: Some(" after a walk ".into()), ..pressure("128", "79") }).await?;
    assert_eq!(stored.note.as_deref(), Some("after a walk"));
    assert!(stored.quality.has(Quality::TYPED));
    // The same values for the same minute are another reading, not a copy.
    desk.ok(pressure("128", "79")).await?;
    desk.ok(c::Lock {}).await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    let view = desk.ok(record(Category::BloodPressure)).await?;
    assert_eq!(view.total, 2);
    let notes: Vec<_> = view.rows.iter().map(|r| r.note.as_deref()).collect();
    assert_eq!(notes, [None, Some("after a walk")]);
    let overview = desk.ok(c::GetOverview {}).await?;
    assert_eq!(overview, [OverviewView { category: Category::BloodPressure, total: 2 }]);
    Ok(())
}

#[tokio::test]
async fn what_no_body_has_and_what_is_no_number_is_refused_and_changes_nothing() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    for (command, code) in [
        (pressure("1280", "79"), ErrorCode::OutOfRange),
        (pressure("79", "128"), ErrorCode::OutOfRange),
        (pressure("", "79"), ErrorCode::NotANumber),
        (c::TypeReading { values: vec![], ..pressure("", "") }, ErrorCode::NotANumber),
        (c::TypeReading { at: START + 120_000, ..pressure("128", "79") }, ErrorCode::BadRequest),
        (c::TypeReading { at: i64::MIN, ..pressure("128", "79") }, ErrorCode::BadRequest),
        (c::TypeReading { at: i64::MAX, ..pressure("128", "79") }, ErrorCode::BadRequest),
        (c::TypeReading { note: Some("x".repeat(501)), ..pressure("128", "79") }, ErrorCode::TooLarge),
        (c::TypeReading { category: Category::Surroundings, ..pressure("128", "79") }, ErrorCode::BadRequest),
    ] {
        let name = format!("{command:?}");
        assert_eq!(desk.refused(command).await, code, "{name}");
    }
    assert_eq!(desk.ok(c::GetOverview {}).await?, []);
    Ok(())
}

/// Every quantity of the wire that can be typed, in its own unit or the other one, comes back from the disk as typed.
#[tokio::test]
async fn everything_that_a_person_can_type_is_kept_and_shown_as_typed() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let mut typed = Vec::new();
    for category in Category::ALL.iter().copied().filter(|c| !c.typed().is_empty()) {
        for other_unit in [false, true] {
            let values: Vec<_> = category.typed().iter().map(|q| sample(*q, other_unit)).collect();
            let at = START - i64::try_from(typed.len())? * 60_000;
            desk.ok(c::TypeReading { category, values: values.clone(), at, note: None }).await?;
            typed.push((category, at, values));
        }
    }
    desk.ok(c::Lock {}).await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    for (category, at, values) in typed {
        let view = desk.ok(record(category)).await?;
        let row = view.rows.iter().find(|r| r.at == at).context("the row")?;
        for value in &values {
            ensure!(row.values.contains(value), "{category:?}: {value:?} is not in {:?}", row.values);
            let stored = value.quantity.original_of().unwrap_or(value.quantity);
            ensure!(row.values.iter().any(|v| v.quantity == stored), "{category:?}: {stored:?} is missing");
        }
        let converted = values.iter().any(|v| v.quantity.original_of().is_some());
        assert_eq!(row.quality.has(Quality::CONVERTED), converted, "{category:?}");
    }
    Ok(())
}

/// A value that a device shows or a paper says, in the stored unit or in the other one where there is one.
fn sample(quantity: Quantity, other_unit: bool) -> ValueView {
    let other = Quantity::ALL.iter().copied().find(|q| q.original_of() == Some(quantity));
    let typed = other.filter(|_| other_unit).unwrap_or(quantity);
    let text = match typed {
        q if q.is_coded() => "2",
        Quantity::Systolic => "128",
        Quantity::SystolicKilopascal => "17.1",
        Quantity::Diastolic => "79",
        Quantity::DiastolicKilopascal => "10.5",
        Quantity::MeanPressure => "95.50",
        Quantity::MeanKilopascal => "12.7",
        Quantity::BodyTemperature => "36.80",
        Quantity::BodyTemperatureFahrenheit => "98.6",
        Quantity::BodyHeight => "175",
        Quantity::AirPressure => "1013",
        Quantity::GlycatedHaemoglobin => "6.5",
        Quantity::CapillaryGlucoseMolar | Quantity::InterstitialGlucoseMolar => "5.50",
        _ => "42",
    };
    value(typed, text)
}

#[tokio::test]
async fn a_height_or_a_laboratory_s_value_alone_is_a_reading() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let alone = |category, typed| c::TypeReading { category, values: vec![typed], ..pressure("", "") };
    desk.ok(alone(Category::BodyWeight, value(Quantity::BodyHeight, "175"))).await?;
    desk.ok(alone(Category::Glucose, value(Quantity::GlycatedHaemoglobinMolar, "48"))).await?;
    let height = desk.ok(record(Category::BodyWeight)).await?;
    assert_eq!((height.total, height.summary.len()), (1, 0));
    let glucose = desk.ok(record(Category::Glucose)).await?;
    let latest = glucose.latest.context("the value")?;
    let expected =
        [value(Quantity::GlycatedHaemoglobin, "6.54"), value(Quantity::GlycatedHaemoglobinMolar, "48")];
    assert_eq!(latest.values, expected);
    // A word beside nothing, and one of two pressures.
    let meal = alone(Category::Glucose, value(Quantity::MealContext, "3"));
    assert_eq!(desk.refused(meal).await, ErrorCode::NotANumber);
    let half = alone(Category::BloodPressure, value(Quantity::Diastolic, "79"));
    assert_eq!(desk.refused(half).await, ErrorCode::NotANumber);
    Ok(())
}

#[tokio::test]
async fn a_slip_is_taken_back_and_only_once() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let slip = desk.ok(c::TypeReading { note: Some("wrong arm".into()), ..pressure("182", "79") }).await?;
    let back = || c::WithdrawReading { category: Category::BloodPressure, at: slip.at };
    assert_eq!(desk.ok(back()).await?, WithdrawnView::Withdrawn);
    assert_eq!(desk.ok(back()).await?, WithdrawnView::Kept);
    assert_eq!(desk.ok(record(Category::BloodPressure)).await?.total, 0);
    // A later reading of the same instant does not inherit the note.
    desk.ok(pressure("128", "79")).await?;
    assert_eq!(desk.ok(record(Category::BloodPressure)).await?.rows[0].note, None);
    Ok(())
}

#[tokio::test]
async fn a_disk_that_fills_is_told_and_loses_nothing() -> Result<()> {
    let name = "typed::a_disk_that_fills_is_told_and_loses_nothing";
    let Some(disk) = SmallDisk::mount(name, "2m") else { return Ok(()) };
    let desk = Desk::patient(disk.path()).await?;
    let long = "x".repeat(500);
    let mut stored = 0;
    let code = loop {
        let typed =
            c::TypeReading { note: Some(long.clone()), at: START - stored * 60_000, ..pressure("128", "79") };
        match desk.app.run(typed).await {
            Ok(_) => stored += 1,
            Err(failure) => break failure.code,
        }
        ensure!(stored < 1400, "2 MiB never filled");
    };
    assert_eq!(code, ErrorCode::DiskFull);
    let there = desk.ok(record(Category::BloodPressure)).await?.total;
    // The reading whose note no longer fitted may be there without it; none that was acknowledged is missing.
    assert!(i64::from(there) == stored || i64::from(there) == stored + 1, "{there} of {stored}");
    assert!(disk.resize("16m"));
    desk.ok(c::TypeReading { at: START, ..pressure("131", "83") }).await?;
    assert_eq!(desk.ok(record(Category::BloodPressure)).await?.total, there + 1);
    Ok(())
}

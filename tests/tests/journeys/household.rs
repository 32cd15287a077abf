//! Journey: a laptop with a mother's, a father's and a clinician's record is lost. Each is told of the others by name, as far as the
//! lock screen knows it, and of nothing in their records.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, START};
use salus_wire::view::{LostView, Role, ValueView};
use salus_wire::{Category, ErrorCode, Quantity, command as c};

/// Each has another passphrase.
fn passphrase(name: &str) -> String {
    format!("the long passphrase of {name}")
}

async fn make(desk: &Desk, name: &str, role: Role) -> Result<()> {
    let create = c::CreateProfile { name: name.into(), role, passphrase: passphrase(name) };
    desk.ok(create).await.map(drop)
}

async fn turn_to(desk: &Desk, name: &str) -> Result<()> {
    let all = desk.ok(c::ListProfiles {}).await?;
    let entry = all.into_iter().find(|e| e.profile.name == name).with_context(|| name.to_owned())?;
    desk.ok(c::ChooseProfile { id: entry.id }).await?;
    desk.ok(c::Unlock { passphrase: passphrase(name) }).await.map(drop)
}

/// Names of the others, with what they are for, in the order of the alphabet.
fn others(lost: &LostView) -> Vec<(&str, Role)> {
    let mut all: Vec<_> = lost.others.iter().map(|other| (other.name.as_str(), other.role)).collect();
    all.sort_unstable_by_key(|(name, _)| *name);
    all
}

/// A mother with a reading, a father, and a clinician, whose record is open at the end.
async fn household(dir: &Path) -> Result<Desk> {
    let desk = Desk::open(dir).await?;
    make(&desk, "Mother", Role::Patient).await?;
    let values = vec![ValueView { quantity: Quantity::HeartRate, value: "61".into() }];
    desk.ok(c::TypeReading { category: Category::HeartRate, values, at: START - 60_000, note: None }).await?;
    ensure!(desk.ok(c::GetLost {}).await?.others.is_empty(), "she is alone here");
    for (name, role) in [("Father", Role::Patient), ("Dr Ana", Role::Clinician)] {
        desk.ok(c::AddProfile {}).await?;
        make(&desk, name, role).await?;
    }
    Ok(desk)
}

#[tokio::test]
async fn each_record_tells_of_the_others_on_the_laptop_and_of_nothing_in_them() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = household(dir.path()).await?;
    let (patient, clinician) = (Role::Patient, Role::Clinician);
    let lost = desk.ok(c::GetLost {}).await?;
    ensure!(others(&lost) == [("Father", patient), ("Mother", patient)], "{lost:?}");
    ensure!(lost.held.is_empty() && lost.received.is_empty() && lost.codes == 0, "{lost:?}");
    ensure!(desk.refused(c::WithdrawLost {}).await == ErrorCode::NotAllowed);
    turn_to(&desk, "Father").await?;
    let lost = desk.ok(c::GetLost {}).await?;
    ensure!(others(&lost) == [("Dr Ana", clinician), ("Mother", patient)], "{lost:?}");
    ensure!(lost.held.is_empty(), "her reading is in her record: {lost:?}");
    turn_to(&desk, "Mother").await?;
    let lost = desk.ok(c::GetLost {}).await?;
    ensure!(others(&lost) == [("Dr Ana", clinician), ("Father", patient)], "{lost:?}");
    ensure!(lost.held.len() == 1 && lost.held[0].readings == 1, "{lost:?}");
    desk.ok(c::Lock {}).await?;
    ensure!(desk.refused(c::GetLost {}).await == ErrorCode::Locked, "nothing is told while it is locked");
    Ok(())
}

#[tokio::test]
async fn a_record_whose_name_is_gone_is_told_of_without_one() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = household(dir.path()).await?;
    std::fs::write(dir.path().join("profile.json"), b"{\"name\":\"Mot")?;
    let lost = desk.ok(c::GetLost {}).await?;
    ensure!(others(&lost) == [("?", Role::Patient), ("Father", Role::Patient)], "{lost:?}");
    Ok(())
}

//! Journey: Stop, as the screens of backups and of readings from a file press it. What was stopped leaves nothing half done, and the
//! same work can be begun again.

use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, PASSPHRASE, START, stopped};
use salus_wire::command as c;
use salus_wire::view::{ImportState, Role};
use salus_wire::{Category, ErrorCode};

#[tokio::test]
async fn a_backup_its_test_and_an_import_stop_when_asked_and_can_be_begun_again() -> Result<()> {
    let (dir, files) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = Desk::open(dir.path()).await?;
    let name = "Maria Example".to_owned();
    let key = desk.ok(c::CreateProfile { name, role: Role::Patient, passphrase: PASSPHRASE.into() }).await?;

    ensure!(stopped(&desk.app, c::MakeBackup {}).await == Some(ErrorCode::Cancelled));
    let view = desk.ok(c::GetBackups {}).await?;
    ensure!(view.backups.is_empty() && view.failure == Some(ErrorCode::Cancelled), "{view:?}");
    let view = desk.ok(c::MakeBackup {}).await?;
    ensure!(view.backups.len() == 1 && view.failure.is_none(), "{view:?}");

    let test = || c::RehearseBackup { key: key.groups.join(" ") };
    ensure!(stopped(&desk.app, test()).await == Some(ErrorCode::Cancelled));
    ensure!(desk.ok(c::GetBackups {}).await?.rehearsed.is_none(), "a test that was stopped proves nothing");
    desk.ok(test()).await?;
    ensure!(desk.ok(c::GetBackups {}).await?.rehearsed == Some(START));

    let file = files.path().join("cuff.csv");
    let mut table = String::from("time_ms,systolic,diastolic,pulse,note\n");
    for hour in 1..=60_i64 {
        writeln!(table, "{},121,79,61,", START - hour * 3_600_000)?;
    }
    std::fs::write(&file, table)?;
    desk.answers.choose(Some(&file));
    let shown = desk.ok(c::ChooseImport {}).await?;
    ensure!(stopped(&desk.app, c::KeepImport { id: shown.id }).await == Some(ErrorCode::Cancelled));
    let half = desk.ok(c::ListImports {}).await?.pop().context("what was stopped is listed")?;
    ensure!(half.state == ImportState::Unfinished && half.readings < shown.readings, "{half:?}");
    desk.ok(c::UndoImport { id: shown.id }).await?;
    let shown = desk.ok(c::ChooseImport {}).await?;
    let kept = desk.ok(c::KeepImport { id: shown.id }).await?;
    ensure!((kept.state, kept.readings) == (ImportState::Kept, 60), "{kept:?}");
    let (from, to) = (START - 30 * 86_400_000, START + 86_400_000);
    let record = c::GetRecord { category: Category::BloodPressure, from, to, width: 600 };
    ensure!(desk.ok(record).await?.total == 60);
    Ok(())
}

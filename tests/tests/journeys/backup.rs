//! Journey: backups by hand, the test with the paper, a lost laptop and the record on a new one, bad files and folders.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_wire::command as c;
use salus_wire::view::{AppView, Role, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};

const NEW: &str = "a passphrase on the new laptop";

async fn patient(dir: &Path) -> Result<(Desk, String)> {
    let desk = Desk::open(dir).await?;
    let name = "Maria Example".to_owned();
    let key = desk.ok(c::CreateProfile { name, role: Role::Patient, passphrase: PASSPHRASE.into() }).await?;
    Ok((desk, key.groups.join(" ")))
}

async fn type_pulse(desk: &Desk, value: &str, minutes_ago: i64) -> Result<()> {
    let values = vec![ValueView { quantity: Quantity::HeartRate, value: value.into() }];
    let at = START - minutes_ago * 60_000;
    desk.ok(c::TypeReading { category: Category::HeartRate, values, at, note: Some("a note".into()) })
        .await?;
    Ok(())
}

async fn pulses(desk: &Desk) -> Result<u32> {
    let (from, to) = (START - 7 * 86_400_000, START + 86_400_000);
    Ok(desk.ok(c::GetRecord { category: Category::HeartRate, from, to, width: 600 }).await?.total)
}

fn backups(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        all.push(entry?.path());
    }
    all.sort();
    Ok(all)
}

#[tokio::test]
async fn a_lost_laptops_record_lives_on_on_a_new_one() -> Result<()> {
    let (old_dir, disk, new_dir) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let (old, paper) = patient(old_dir.path()).await?;
    for n in 0..5 {
        type_pulse(&old, &(60 + n).to_string(), n * 90).await?;
    }
    let view = old.ok(c::GetBackups {}).await?;
    ensure!(view.ready && view.backups.is_empty() && view.folder.is_none() && view.failure.is_none());
    // In the record's own folder first, then on a disk.
    let view = old.ok(c::MakeBackup {}).await?;
    ensure!(view.backups.len() == 1 && view.backups[0].at == START);
    ensure!(backups(&old_dir.path().join("backups"))?.len() == 1);
    old.answers.choose(Some(disk.path()));
    let view = old.ok(c::ChooseBackupFolder { own: false }).await?;
    ensure!(view.folder.as_deref() == disk.path().file_name().and_then(|n| n.to_str()), "{view:?}");
    ensure!(view.backups.len() == 1 && !view.restored);
    // The paper opens it.
    let tested = old.ok(c::RehearseBackup { key: paper.to_lowercase() }).await?;
    ensure!(tested.readings == 5 && tested.at == START);
    ensure!(old.ok(c::GetBackups {}).await?.rehearsed == Some(START));
    ensure!(!old_dir.path().join("rehearsal").exists());
    old.app.lock().await.map_err(|f| anyhow::anyhow!("{f}"))?;

    let new = Desk::open(new_dir.path()).await?;
    let file = backups(disk.path())?.pop().context("a backup")?;
    new.answers.choose(Some(&file));
    let restore =
        |key: &str, passphrase: &str| c::RestoreBackup { key: key.into(), passphrase: passphrase.into() };
    ensure!(new.refused(restore("0000", NEW)).await == ErrorCode::WrongRecoveryKey);
    ensure!(new.refused(restore(&paper, "short")).await == ErrorCode::WeakPassphrase);
    ensure!(new.ok(c::GetApp {}).await?.profile.is_none());
    let app: AppView = new.ok(restore(&paper, NEW)).await?;
    ensure!(
        !app.locked
            && app.profile.as_ref().is_some_and(|p| p.name == "Maria Example" && p.role == Role::Patient)
    );
    ensure!(pulses(&new).await? == 5);
    type_pulse(&new, "77", 1).await?;
    new.ok(c::Lock {}).await?;
    ensure!(new.refused(c::Unlock { passphrase: PASSPHRASE.into() }).await == ErrorCode::WrongPassphrase);
    new.ok(c::Unlock { passphrase: NEW.into() }).await?;
    ensure!(pulses(&new).await? == 6);
    let view = new.ok(c::GetBackups {}).await?;
    ensure!(view.restored && view.ready, "{view:?}");
    let lost = new.ok(c::GetLost {}).await?;
    ensure!(lost.computers.len() == 1 && lost.permissions.is_empty(), "{lost:?}");
    let [held] = &lost.held[..] else { anyhow::bail!("one category: {lost:?}") };
    ensure!(
        held.category == Category::HeartRate && held.readings == 6 && held.from < START && START < held.to
    );
    ensure!(
        new.refused(restore(&paper, NEW)).await == ErrorCode::ProfileExists,
        "what is there is left alone"
    );
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_written_or_opened_is_said_and_changes_nothing() -> Result<()> {
    let (dir, disk) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let (desk, paper) = patient(dir.path()).await?;
    ensure!(
        desk.refused(c::ChooseBackupFolder { own: false }).await == ErrorCode::Cancelled,
        "nothing chosen"
    );
    let folder = disk.path().join("backups");
    std::fs::create_dir(&folder)?;
    desk.answers.choose(Some(&folder));
    ensure!(desk.ok(c::ChooseBackupFolder { own: false }).await?.failure.is_none());
    // The disk is pulled out.
    std::fs::rename(&folder, disk.path().join("away"))?;
    ensure!(desk.refused(c::MakeBackup {}).await == ErrorCode::TargetMissing);
    let view = desk.ok(c::GetBackups {}).await?;
    ensure!(view.failure == Some(ErrorCode::TargetMissing) && view.backups.is_empty());
    ensure!(!folder.exists(), "nothing is made in its place");
    std::fs::rename(disk.path().join("away"), &folder)?;
    desk.clock.advance(1000);
    let view = desk.ok(c::MakeBackup {}).await?;
    ensure!(view.failure.is_none() && view.backups.len() == 1, "{view:?}");
    // A paper of another record, and a file that was cut.
    let other = "0410-6105-0R3G-G28A-1C60-T3GF-208H-44RM-JNQJ";
    ensure!(desk.refused(c::RehearseBackup { key: other.into() }).await == ErrorCode::WrongRecoveryKey);
    let newest = backups(&folder)?.pop().context("a backup")?;
    let whole = std::fs::read(&newest)?;
    std::fs::write(&newest, &whole[..whole.len() - 1000])?;
    ensure!(desk.refused(c::RehearseBackup { key: paper.clone() }).await == ErrorCode::BackupAltered);
    ensure!(desk.ok(c::GetBackups {}).await?.rehearsed.is_none());
    let view = desk.ok(c::ChooseBackupFolder { own: true }).await?;
    ensure!(view.folder.is_none() && view.backups.len() == 1);
    Ok(())
}

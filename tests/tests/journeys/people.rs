//! Journey: a mother's and a father's record on one laptop; adversary: whatever of one could reach the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use salus_api::MemoryHeads;
use salus_api::keyring::NoKeyring;
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_wire::command as c;
use salus_wire::view::{Role, StandingView, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _};

const HERS: &str = "her own long passphrase";
const HIS: &str = "his other long passphrase";

async fn create(desk: &Desk, name: &str, passphrase: &str) -> Result<String> {
    let create = c::CreateProfile { name: name.into(), role: Role::Patient, passphrase: passphrase.into() };
    Ok(desk.ok(create).await?.groups.join("-"))
}

async fn type_pulse(desk: &Desk, value: &str) -> Result<()> {
    let values = vec![ValueView { quantity: Quantity::HeartRate, value: value.into() }];
    desk.ok(c::TypeReading { category: Category::HeartRate, values, at: START - 60_000, note: None }).await?;
    Ok(())
}

async fn pulse(desk: &Desk) -> Result<Vec<String>> {
    let view = desk
        .ok(c::GetRecord {
            category: Category::HeartRate,
            from: START - 86_400_000,
            to: START + 1,
            width: 600,
        })
        .await?;
    Ok(view.rows.iter().flat_map(|row| row.values.iter().map(|v| v.value.clone())).collect())
}

async fn turn_to(desk: &Desk, name: &str) -> Result<()> {
    let all = desk.ok(c::ListProfiles {}).await?;
    let entry =
        all.into_iter().find(|e| e.profile.name == name).with_context(|| format!("{name} is listed"))?;
    let app = desk.ok(c::ChooseProfile { id: entry.id }).await?;
    ensure!(app.locked && app.profile.is_some_and(|p| p.name == name), "turned to, and locked");
    Ok(())
}

/// Every file below a directory, by its path within it.
fn files(dir: &Path, below: &Path, into: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, below, into)?;
        } else {
            into.insert(path.strip_prefix(below)?.display().to_string(), std::fs::read(&path)?);
        }
    }
    Ok(())
}

/// A database without the list of the migrations that made it. That says when, by the second, and how long each took: two that were made
/// at once, or equally fast, have runs of it in common, and nothing of a record is in it.
async fn without_its_making(database: &[u8]) -> Result<Vec<u8>> {
    let dir = tempfile::tempdir()?;
    let file = dir.path().join("copy.db");
    std::fs::write(&file, database)?;
    let options = SqliteConnectOptions::new().filename(&file).journal_mode(SqliteJournalMode::Delete);
    let mut db = options.pragma("secure_delete", "ON").connect().await?;
    sqlx::query("DROP TABLE _sqlx_migrations").execute(&mut db).await?;
    db.close().await?;
    Ok(std::fs::read(&file)?)
}

/// The files of a closed desk, each database without the list of its migrations.
async fn all_files(desk: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut all = BTreeMap::new();
    files(desk, desk, &mut all)?;
    for (name, bytes) in &mut all {
        if name.ends_with(".db") {
            *bytes = without_its_making(bytes).await?;
        }
    }
    Ok(all)
}

#[tokio::test]
async fn two_records_on_one_laptop_know_nothing_of_each_other() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::open(dir.path()).await?;
    let her_paper = create(&desk, "Mother", HERS).await?;
    type_pulse(&desk, "61").await?;
    desk.ok(c::MakeBackup {}).await?;
    let begun = desk.ok(c::AddProfile {}).await?;
    ensure!(begun.profile.is_none() && begun.locked);
    ensure!(desk.refused(c::GetOverview {}).await == ErrorCode::NoProfile, "beginning another closes hers");
    let his_paper = create(&desk, "Father", HIS).await?;
    ensure!(his_paper != her_paper);
    ensure!(pulse(&desk).await?.is_empty());
    type_pulse(&desk, "82").await?;
    desk.ok(c::MakeBackup {}).await?;
    ensure!(pulse(&desk).await? == ["82"]);

    // Neither passphrase nor paper of one opens the other.
    turn_to(&desk, "Mother").await?;
    ensure!(desk.refused(c::GetOverview {}).await == ErrorCode::Locked);
    ensure!(desk.refused(c::Unlock { passphrase: HIS.into() }).await == ErrorCode::WrongPassphrase);
    ensure!(
        desk.refused(c::UnlockWithRecoveryKey { key: his_paper.clone() }).await == ErrorCode::WrongPassphrase
    );
    desk.ok(c::Unlock { passphrase: HERS.into() }).await?;
    ensure!(pulse(&desk).await? == ["61"]);
    ensure!(desk.ok(c::GetBackups {}).await?.backups.len() == 1);
    ensure!(desk.refused(c::RehearseBackup { key: his_paper.clone() }).await == ErrorCode::WrongRecoveryKey);
    // Turning away while it is open closes it; and unlocking his opens only his.
    turn_to(&desk, "Father").await?;
    ensure!(desk.refused(c::Unlock { passphrase: HERS.into() }).await == ErrorCode::WrongPassphrase);
    desk.ok(c::UnlockWithRecoveryKey { key: his_paper }).await?;
    ensure!(pulse(&desk).await? == ["82"]);

    // Another name stays with the record it was given to.
    let renamed = desk.ok(c::RenameProfile { name: " Papa ".into() }).await?;
    ensure!(renamed.profile.is_some_and(|p| p.name == "Papa"));
    ensure!(desk.refused(c::RenameProfile { name: "  ".into() }).await == ErrorCode::BadRequest);
    let names: Vec<_> =
        desk.ok(c::ListProfiles {}).await?.into_iter().map(|e| (e.profile.name, e.current)).collect();
    ensure!(names == [("Mother".to_owned(), false), ("Papa".to_owned(), true)], "{names:?}");
    ensure!(desk.refused(c::ChooseProfile { id: "../../etc".into() }).await == ErrorCode::NoProfile);

    // On disk: two directories that have not one run of 32 octets of their own in common.
    desk.ok(c::Lock {}).await?;
    let all = all_files(dir.path()).await?;
    let of = |his: bool| {
        let sealed = all.iter().filter(|(name, _)| name.contains("record/") || name.contains("backups/"));
        let sealed =
            sealed.filter(|(name, _)| name.starts_with("people/") == his && !name.ends_with(".lock"));
        sealed.map(|(_, bytes)| bytes.as_slice()).collect::<Vec<_>>()
    };
    let (hers, his) = (of(false), of(true));
    ensure!(hers.len() == 3 && his.len() == 3, "keyslots, database and a backup each: {:?}", all.keys());
    // What a record without anything in it has in common with every other one: the schema, the head of a backup.
    let empty_dir = tempfile::tempdir()?;
    let empty = Desk::open(empty_dir.path()).await?;
    create(&empty, "Nobody", "nobody's long passphrase").await?;
    empty.ok(c::MakeBackup {}).await?;
    empty.ok(c::Lock {}).await?;
    let of_nobody = all_files(empty_dir.path()).await?;
    let of_nobody: Vec<&[u8]> = of_nobody.values().map(Vec::as_slice).collect();
    let runs = |files: &[&[u8]], length: usize| {
        files.iter().flat_map(|f| f.windows(length)).map(<[u8]>::to_vec).collect::<BTreeSet<_>>()
    };
    let varied = |run: &&Vec<u8>| run.iter().collect::<BTreeSet<_>>().len() > 16;
    let (of_hers, of_his, of_nobody) = (runs(&hers, 32), runs(&his, 32), runs(&of_nobody, 16));
    // By halves: an empty record's pages are filled a little less.
    let in_every_record = |run: &&Vec<u8>| run.windows(16).any(|half| of_nobody.contains(half));
    let common: Vec<_> =
        of_hers.intersection(&of_his).filter(varied).filter(|run| !in_every_record(run)).collect();
    ensure!(common.is_empty(), "{} runs in common, such as {:02x?}", common.len(), common.first());

    // A second start shows the last one, and the first is still there.
    drop(desk);
    let desk = Desk::open(dir.path()).await?;
    ensure!(desk.ok(c::GetApp {}).await?.profile.is_some_and(|p| p.name == "Papa"));
    turn_to(&desk, "Mother").await?;
    desk.ok(c::Unlock { passphrase: HERS.into() }).await?;
    ensure!(pulse(&desk).await? == ["61"]);
    Ok(())
}

#[tokio::test]
async fn a_second_persons_record_can_come_out_of_a_backup() -> Result<()> {
    let (elsewhere, disk, dir) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let father = Desk::open(elsewhere.path()).await?;
    let paper = create(&father, "Father", HIS).await?;
    type_pulse(&father, "82").await?;
    father.answers.choose(Some(disk.path()));
    father.ok(c::ChooseBackupFolder { own: false }).await?;
    let file = std::fs::read_dir(disk.path())?.next().context("a backup")??.path();

    let desk = Desk::patient(dir.path()).await?;
    type_pulse(&desk, "61").await?;
    desk.ok(c::AddProfile {}).await?;
    // Second thoughts: back to the first, and on again.
    turn_to(&desk, "Maria Example").await?;
    desk.ok(c::AddProfile {}).await?;
    desk.answers.choose(Some(&file));
    desk.ok(c::RestoreBackup { key: paper, passphrase: HIS.into() }).await?;
    ensure!(pulse(&desk).await? == ["82"]);
    turn_to(&desk, "Maria Example").await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    ensure!(pulse(&desk).await? == ["61"]);
    Ok(())
}

#[tokio::test]
async fn a_record_that_does_not_open_gets_one_beside_it_out_of_a_backup() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let heads = Arc::new(MemoryHeads::default());
    let desk = Desk::open_on(dir.path(), Arc::new(NoKeyring), heads.clone()).await?;
    let paper = create(&desk, "Mother", HERS).await?;
    type_pulse(&desk, "61").await?;
    let made = desk.ok(c::MakeBackup {}).await?;
    ensure!(made.backups.len() == 1);
    // What came after the backup is in the damaged one only.
    desk.ok(c::Lock {}).await?;
    let keyslots = dir.path().join("record/keyslots");
    std::fs::write(&keyslots, vec![0; std::fs::read(&keyslots)?.len()])?;
    let mut before = BTreeMap::new();
    files(&dir.path().join("record"), dir.path(), &mut before)?;
    ensure!(desk.refused(c::Unlock { passphrase: HERS.into() }).await == ErrorCode::Damaged);
    ensure!(
        desk.refused(c::RestoreBackup { key: paper.clone(), passphrase: HIS.into() }).await
            == ErrorCode::ProfileExists,
        "never in its place"
    );
    ensure!(desk.ok(c::AddProfile {}).await?.profile.is_none());
    let file = std::fs::read_dir(dir.path().join("backups"))?.next().context("a backup")??.path();
    desk.answers.choose(Some(&file));
    let view = desk.ok(c::RestoreBackup { key: paper, passphrase: HIS.into() }).await?;
    ensure!(view.profile.is_some_and(|p| p.name == "Mother"));
    ensure!(pulse(&desk).await? == ["61"]);
    // One that opens is never refused for what the damaged one had come to.
    type_pulse(&desk, "62").await?;
    desk.ok(c::Lock {}).await?;
    drop(desk);
    let desk = Desk::open_on(dir.path(), Arc::new(NoKeyring), heads).await?;
    let view = desk.ok(c::Unlock { passphrase: HIS.into() }).await?;
    ensure!(view.standing == StandingView::Sound, "the restored one is shown first, and sound");
    let mut after = BTreeMap::new();
    files(&dir.path().join("record"), dir.path(), &mut after)?;
    ensure!(before == after, "nothing of the damaged one was touched");
    Ok(())
}

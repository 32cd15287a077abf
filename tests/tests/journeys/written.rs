//! Journey: the recovery key that was shown is typed back from the paper, at once or later; until then the record says that nobody
//! wrote it down, and never shows it again.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use salus_tests::desk::{Desk, PASSPHRASE};
use salus_vault::{RecoveryKey, Spoilt, Unlock, Vault};
use salus_wire::view::{Role, TypedGroup};
use salus_wire::{ErrorCode, Failure, command as c};

/// A new record, and the groups of its recovery key.
async fn made(dir: &Path) -> Result<(Desk, Vec<String>)> {
    let desk = Desk::open(dir).await?;
    let (name, role) = ("Maria Example".to_owned(), Role::Patient);
    let key = desk.ok(c::CreateProfile { name, role, passphrase: PASSPHRASE.into() }).await?.groups;
    Ok((desk, key))
}

fn typed(groups: &[(u8, &str)]) -> c::SetRecoveryKey {
    let typed = groups.iter().map(|(at, text)| TypedGroup { at: *at, text: (*text).to_owned() });
    c::SetRecoveryKey { typed: typed.collect() }
}

async fn refusal(desk: &Desk, groups: &[(u8, &str)]) -> Option<Failure> {
    desk.app.run(typed(groups)).await.err()
}

async fn written(desk: &Desk) -> Result<bool> {
    Ok(desk.ok(c::GetDoors {}).await?.written)
}

async fn reopened(desk: &Desk) -> Result<()> {
    desk.ok(c::Lock {}).await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await.map(drop)
}

#[tokio::test]
async fn groups_of_the_first_key_are_typed_back_and_what_differs_is_named() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (desk, key) = made(dir.path()).await?;
    let keyslots = dir.path().join("record/keyslots");
    let before = std::fs::read(&keyslots)?;
    ensure!(!written(&desk).await?);
    let named = |numbers: &str| Some(Failure::with(ErrorCode::GroupMistyped, numbers));
    ensure!(refusal(&desk, &[(2, &key[2]), (6, "0000")]).await == named("7"));
    ensure!(refusal(&desk, &[(2, &key[6]), (6, &key[2])]).await == named("3 7"), "mixed up");
    ensure!(refusal(&desk, &[(2, &key[2])]).await == Some(ErrorCode::BadRequest.into()), "one is too few");
    ensure!(!written(&desk).await?, "a slip of the pen is no proof");
    desk.ok(typed(&[(2, &key[2].to_lowercase()), (6, &key[6])])).await?;
    ensure!(written(&desk).await?);
    ensure!(std::fs::read(&keyslots)? == before, "the key is the one that it was");
    ensure!(refusal(&desk, &[(2, &key[2]), (6, &key[6])]).await == Some(ErrorCode::NotAsked.into()));
    reopened(&desk).await?;
    ensure!(written(&desk).await?, "it is kept in the record");
    Ok(())
}

#[tokio::test]
async fn one_that_was_left_for_later_is_replaced_and_not_shown_again() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (desk, first) = made(dir.path()).await?;
    reopened(&desk).await?;
    let again = desk.refused(typed(&[(2, &first[2]), (6, &first[6])])).await;
    ensure!(again == ErrorCode::NotAsked, "the page was closed, and with it the key");
    ensure!(!written(&desk).await?);
    let new = desk.ok(c::MakeRecoveryKey { passphrase: PASSPHRASE.into() }).await?.groups;
    ensure!(new != first);
    ensure!(!written(&desk).await?, "shown is not written down");
    desk.ok(typed(&[(2, &new[2]), (6, &new[6])])).await?;
    ensure!(written(&desk).await?);
    let old = c::TryRecoveryKey { key: first.join("-") };
    ensure!(desk.refused(old).await == ErrorCode::WrongPassphrase, "the one that nobody wrote down stops");
    desk.ok(c::TryRecoveryKey { key: new.join("-") }).await?;
    Ok(())
}

#[tokio::test]
async fn whoever_types_the_whole_key_has_it_on_paper() -> Result<()> {
    for way in ["tried", "unlocked", "rehearsed"] {
        let dir = tempfile::tempdir()?;
        let (desk, key) = made(dir.path()).await?;
        let key = key.join("-");
        match way {
            "tried" => desk.ok(c::TryRecoveryKey { key }).await?,
            "unlocked" => {
                desk.ok(c::Lock {}).await?;
                drop(desk.ok(c::UnlockWithRecoveryKey { key }).await?);
            }
            _ => {
                desk.ok(c::MakeBackup {}).await?;
                let _ = desk.ok(c::RehearseBackup { key }).await?;
            }
        }
        ensure!(written(&desk).await?, "{way}");
    }
    Ok(())
}

#[tokio::test]
async fn a_restored_record_knows_it_and_a_damaged_mark_asks_once_more() -> Result<()> {
    let (dir, disk, new) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let (desk, key) = made(dir.path()).await?;
    desk.answers.choose(Some(disk.path()));
    desk.ok(c::ChooseBackupFolder { own: false }).await?;
    ensure!(!written(&desk).await?);
    let file = std::fs::read_dir(disk.path())?.next().context("a backup")??.path();
    let desk = Desk::open(new.path()).await?;
    desk.answers.choose(Some(&file));
    desk.ok(c::RestoreBackup { key: key.join("-"), passphrase: PASSPHRASE.into() }).await?;
    ensure!(written(&desk).await?, "it was typed from the paper");
    desk.ok(c::Lock {}).await?;

    let recovery: RecoveryKey = key.join("-").parse()?;
    let rng = salus_tests::story::bare::rng()?;
    let vault = Vault::open(&new.path().join("record"), Unlock::RecoveryKey(&recovery), rng).await?;
    vault.spoil(Spoilt::Cabinet("doors")).await?;
    vault.lock().await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    ensure!(!written(&desk).await?, "everything else is answered all the same");
    desk.ok(c::TryRecoveryKey { key: key.join("-") }).await?;
    ensure!(written(&desk).await?);
    Ok(())
}

//! Backups that guardians' parts open together: enough of them, with the stock tool and with this one; and for how long.

use std::path::{Path, PathBuf};

use salus_vault::backup::{self, BackupError, Watch};
use salus_vault::keyslot::{Checks, PassphraseCost, SealedShare, Share};
use salus_vault::vault::Returned;
use salus_vault::{Door, RecoveryKey, Unlock, Vault, VaultError};
use salus_wire::Category;

use crate::backup::{backed_up, bash, readings};
use crate::slots::guardian;
use crate::support::{T0, files, open, rng};

const HR: Category = Category::HeartRate;
const HOUR: i64 = 3_600_000;
const NEW: &str = "a new passphrase";

/// Three guardians of whom it takes two, as the record knows them, and their parts.
async fn named(vault: &Vault, from: u8) -> (Checks, Vec<Share>) {
    let people = [from, from + 1, from + 2].map(guardian);
    let publics = people.each_ref().map(|(_, public)| *public);
    let (slot, sealed) = vault.fresh_guardians(&publics, 2).await.unwrap();
    vault.set_guardians(&slot).await.unwrap();
    let opened =
        |(sealed, (secret, _)): (&SealedShare, &(salus_vault::Key, [u8; 32]))| sealed.open(secret).unwrap();
    (slot.checks().clone(), sealed.iter().zip(&people).map(opened).collect())
}

async fn make(vault: &Vault, folder: &Path, hours: i64) -> PathBuf {
    vault.back_up(folder, T0 + hours * HOUR, None, &Watch::silent()).await.unwrap().path
}

async fn restore(
    file: &Path,
    (checks, shares): (&Checks, &[Share]),
    recovery: &RecoveryKey,
    dir: &Path,
) -> Result<Vault, BackupError> {
    let (back, pass) = (Returned { checks, shares, recovery }, (NEW, PassphraseCost::FLOOR));
    let restored = Vault::restore_by_guardians(file, back, dir, pass, rng(7), &Watch::silent()).await?;
    restored.finish().await.map(|(vault, _)| vault)
}

#[tokio::test]
async fn the_stock_tool_opens_a_backup_with_what_enough_parts_give_and_the_paper_still_does() {
    let (dir, folder, out) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key, _) = backed_up(dir.path(), folder.path()).await;
    let (checks, parts) = named(&vault, 1).await;
    assert_eq!(vault.guardian_checks().await.unwrap(), Some(checks.clone()));
    let file = make(&vault, folder.path(), 4).await;
    vault.lock().await.unwrap();
    let by_parts = backup::identity_of_parts(&checks, &parts[1..]).unwrap();
    let few = backup::identity_of_parts(&checks, &parts[2..]).map(drop);
    assert_eq!(few, Err(VaultError::TooFewGuardians { have: 1, need: 2 }));
    for (name, identity) in [("parts", &by_parts), ("paper", &backup::identity(&key))] {
        std::fs::write(out.path().join("identity"), format!("{}\n", **identity)).unwrap();
        std::fs::create_dir(out.path().join(name)).unwrap();
        let file = file.display();
        bash(
            out.path(),
            &format!("age --decrypt --identity identity '{file}' | tar --extract --directory {name}"),
        );
        let sums = bash(&out.path().join(name), "sha256sum --strict --check SHA256SUMS");
        assert!(sums.lines().all(|line| line.ends_with(": OK")), "{sums}");
    }
    let record = out.path().join("parts");
    let vault = Vault::open(&record, Unlock::Guardians(&parts[..2]), rng(3)).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings());
}

#[tokio::test]
async fn enough_parts_restore_the_record_with_new_doors_and_fewer_or_false_ones_do_not() {
    let (dir, folder, to) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, paper, before) = backed_up(dir.path(), folder.path()).await;
    let (checks, parts) = named(&vault, 1).await;
    let file = make(&vault, folder.path(), 4).await;
    let (other, others) = named(&vault, 11).await;
    vault.lock().await.unwrap();
    let new = RecoveryKey::random(&mut rng(9));
    let few = Some(BackupError::Vault(VaultError::TooFewGuardians { have: 1, need: 2 }));
    let refused = async |file: &Path, by: (&Checks, &[Share])| restore(file, by, &new, to.path()).await.err();
    assert_eq!(refused(&file, (&checks, &parts[..1])).await, few);
    let twice = [parts[0].clone(), parts[0].clone(), others[1].clone()];
    assert_eq!(
        refused(&file, (&checks, &twice[..])).await,
        few,
        "the same part twice, and one of other guardians"
    );
    assert_eq!(refused(&file, (&other, &others[..])).await, Some(BackupError::WrongKey), "later guardians");
    assert_eq!(
        refused(&before, (&checks, &parts[..])).await,
        Some(BackupError::WrongKey),
        "before there were any"
    );
    assert!(!Vault::exists(to.path()) && files(to.path()).iter().all(|(name, _)| name != "vault.db"));

    let back = restore(&file, (&checks, &parts[1..]), &new, to.path()).await.unwrap();
    assert_eq!(back.readings(HR, 0, i64::MAX).await.unwrap(), readings());
    let doors = back.doors().await.unwrap();
    assert!(doors.recovery_key && doors.guardians.is_none());
    assert_eq!(back.guardian_checks().await.unwrap(), None);
    // The next backup opens with the new paper alone.
    let next = make(&back, folder.path(), 6).await;
    back.lock().await.unwrap();
    let scratch = to.path().join("scratch");
    let walk = async |key: &RecoveryKey| {
        salus_vault::vault::rehearse(&next, key, &scratch, rng(4), &Watch::silent()).await.map(|w| w.readings)
    };
    assert_eq!(walk(&new).await, Ok(readings().len() as u64));
    assert_eq!(walk(&paper).await, Err(BackupError::WrongKey));
    let other_place = tempfile::tempdir().unwrap();
    let void = restore(&next, (&checks, &parts[..]), &new, other_place.path()).await.err();
    assert_eq!(void, Some(BackupError::WrongKey));
    let by_parts = Vault::open(to.path(), Unlock::Guardians(&parts), rng(5)).await.err();
    assert_eq!(by_parts, Some(VaultError::WrongPassphrase), "the parts were seen together");
    assert!(matches!(open(to.path(), &paper, 5).await, Err(VaultError::WrongPassphrase)));
    Vault::open(to.path(), Unlock::Passphrase(NEW), rng(5)).await.unwrap().lock().await.unwrap();
    open(to.path(), &new, 6).await.unwrap().lock().await.unwrap();
}

#[tokio::test]
async fn parts_are_void_for_what_is_made_after_the_guardians_changed_or_went() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _paper, _) = backed_up(dir.path(), folder.path()).await;
    let (first, old) = named(&vault, 1).await;
    // The same people once more: other parts.
    let (second, new) = named(&vault, 1).await;
    let file = make(&vault, folder.path(), 4).await;
    vault.remove_door(Door::Guardians).await.unwrap();
    let without = make(&vault, folder.path(), 5).await;
    let key = RecoveryKey::random(&mut rng(9));
    let tried = async |file: &Path, by: (&Checks, &[Share])| {
        let to = tempfile::tempdir().unwrap();
        match restore(file, by, &key, to.path()).await {
            Ok(vault) => {
                vault.lock().await.unwrap();
                None
            }
            Err(e) => Some(e),
        }
    };
    assert!(old.iter().all(|part| first.fits(part) && !second.fits(part)));
    assert_eq!(tried(&file, (&first, &old[..])).await, Some(BackupError::WrongKey));
    assert_eq!(tried(&file, (&second, &new[..])).await, None);
    assert_eq!(tried(&without, (&second, &new[..])).await, Some(BackupError::WrongKey));
    let mixed = [old[0].clone(), new[1].clone()];
    let few = Some(BackupError::Vault(VaultError::TooFewGuardians { have: 1, need: 2 }));
    assert_eq!(tried(&file, (&second, &mixed[..])).await, few);
}

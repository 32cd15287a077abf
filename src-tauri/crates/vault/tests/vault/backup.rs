//! Backups: made while the record is open, opened by the stock tool and by this one, and what happens to a bad one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rand::RngExt;
use salus_vault::backup::{self, BackupError, Watch};
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{RecoveryKey, Vault, VaultError};
use salus_wire::Category;

use crate::disk::Mount;
use crate::process::{dots, say, task, write_and_kill};
use crate::record::seed;
use crate::support::{PASS, T0, create, files, find, open, rng, run};

const HR: Category = Category::HeartRate;
const HOUR: i64 = 3_600_000;
const PROFILE: &[u8] = br#"{"name":"Amal","role":"patient"}"#;

/// A record with a sealed epoch, one in the journal and a note, and its backup.
pub(crate) async fn backed_up(dir: &Path, folder: &Path) -> (Vault, RecoveryKey, PathBuf) {
    let (vault, key) = create(dir).await;
    vault.record(&run(T0, 5000)).await.unwrap();
    vault.close_epochs(T0 + 2 * HOUR).await.unwrap();
    vault.record(&run(T0 + 8_192_000, 10)).await.unwrap();
    vault.cabinet().put("notes", b"one", b"a note of the tests").await.unwrap();
    let made = vault.back_up(folder, T0 + 3 * HOUR, Some(PROFILE), &Watch::silent()).await.unwrap();
    (vault, key, made.path)
}

pub(crate) fn readings() -> Vec<salus_wire::Reading> {
    [run(T0, 5000), run(T0 + 8_192_000, 10)].concat()
}

async fn restore(file: &Path, key: &RecoveryKey, dir: &Path) -> Result<Vault, BackupError> {
    let pass = ("a new passphrase", PassphraseCost::FLOOR);
    Vault::restore_with(file, key, dir, pass, rng(7), &Watch::silent()).await.map(|(vault, _)| vault)
}

pub(crate) fn bash(dir: &Path, line: &str) -> String {
    let out = Command::new("bash")
        .args(["-euo", "pipefail", "-c", line])
        .current_dir(dir)
        .stderr(Stdio::inherit())
        .output();
    let out = out.unwrap();
    assert!(
        out.status.success(),
        "{line}: {:?}; the tool `age` is installed by `cargo xtask setup`",
        out.status
    );
    String::from_utf8(out.stdout).unwrap()
}

#[tokio::test]
async fn the_stock_tool_opens_it_with_the_printed_identity() {
    let (dir, folder, out) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key, file) = backed_up(dir.path(), folder.path()).await;
    vault.lock().await.unwrap();
    // The file of today's recovery key is what the paper's text gives.
    let typed: RecoveryKey = key.to_text().to_lowercase().parse().unwrap();
    std::fs::write(out.path().join("identity"), format!("{}\n", *backup::identity(&typed))).unwrap();
    std::fs::create_dir(out.path().join("record")).unwrap();
    let line =
        format!("age --decrypt --identity identity '{}' | tar --extract --directory record", file.display());
    bash(out.path(), &line);
    let record = out.path().join("record");
    assert!(bash(&record, "sha256sum --strict --check SHA256SUMS").lines().all(|l| l.ends_with(": OK")));
    assert_eq!(std::fs::read(record.join("profile.json")).unwrap(), PROFILE);
    assert_eq!(bash(out.path(), "age-keygen -y identity").trim(), backup::recipient(&key));
    // What comes out opens as a record, with the recovery key, and has every reading.
    let vault = open(&record, &key, 3).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings());
    assert_eq!(vault.cabinet().get("notes", b"one").await.unwrap().unwrap()[..], b"a note of the tests"[..]);
}

#[tokio::test]
async fn a_restored_copy_has_everything_and_another_signature() {
    let (dir, folder, to) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (old, key, file) = backed_up(dir.path(), folder.path()).await;
    let new = restore(&file, &key, to.path()).await.unwrap();
    assert_eq!(new.readings(HR, 0, i64::MAX).await.unwrap(), readings());
    assert_ne!(new.writer().id, old.writer().id);
    assert_ne!(new.writer().key, old.writer().key);
    assert_eq!(new.writers(), [new.writer(), old.writer()]);
    assert_ne!(new.sign("test", b"x"), old.sign("test", b"x"), "two copies never sign as one");
    // What the old computer sealed still verifies as its own; what is sealed from now on is the new one's.
    let all = salus_vault::Epoch::at(0).unwrap()..=salus_vault::Epoch::LAST;
    let before = new.sealed_segments(HR, all.clone()).await.unwrap();
    assert_eq!(before, old.sealed_segments(HR, all.clone()).await.unwrap());
    assert!(before.iter().all(|e| e.origin.writer == old.writer()));
    new.close_epochs(T0 + 9 * HOUR).await.unwrap();
    let after = new.sealed_segments(HR, all).await.unwrap();
    for sealed in &after {
        let by = if before.contains(sealed) { old.writer() } else { new.writer() };
        assert_eq!(sealed.origin.writer, by);
        let leaf = new.leaf(HR, sealed.head.epoch).unwrap();
        salus_vault::shared::open_manifest(&leaf, &sealed.origin, &sealed.manifest).unwrap();
    }
    assert!(after.len() > before.len());
    // A late reading seals an old epoch anew, whole and under the new name.
    let late = crate::support::heart_rate(T0 + 500, 71);
    new.record(core::slice::from_ref(&late)).await.unwrap();
    new.close_epochs(T0 + 9 * HOUR).await.unwrap();
    assert_eq!(new.count(HR).await.unwrap(), readings().len() as u64 + 1);
    assert!(new.readings(HR, T0 + 500, T0 + 501).await.unwrap().contains(&late));
    new.lock().await.unwrap();
    // Locked and opened again, with the new passphrase and with the old paper.
    let unlock = salus_vault::Unlock::Passphrase("a new passphrase");
    let new = Vault::open(to.path(), unlock, rng(4)).await.unwrap();
    assert_eq!(new.writers().len(), 2);
    new.lock().await.unwrap();
    let again = open(to.path(), &key, 5).await.unwrap();
    assert_eq!(again.count(HR).await.unwrap(), readings().len() as u64 + 1);
    again.lock().await.unwrap();
    let unlock = salus_vault::Unlock::Passphrase(PASS);
    assert!(matches!(Vault::open(to.path(), unlock, rng(6)).await, Err(VaultError::WrongPassphrase)));
}

#[tokio::test]
async fn restored_twice_every_computer_is_remembered() {
    let rooms: Vec<_> = (0..5).map(|_| tempfile::tempdir().unwrap()).collect();
    let (first, key, file) = backed_up(rooms[0].path(), rooms[1].path()).await;
    let second = restore(&file, &key, rooms[2].path()).await.unwrap();
    let made = second.back_up(rooms[3].path(), T0 + 5 * HOUR, None, &Watch::silent()).await.unwrap();
    let third = restore(&made.path, &key, rooms[4].path()).await.unwrap();
    assert_eq!(third.writers(), [third.writer(), second.writer(), first.writer()]);
    assert_eq!(third.readings(HR, 0, i64::MAX).await.unwrap(), readings());
}

#[tokio::test]
async fn a_directory_that_holds_a_record_is_left_alone() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key, file) = backed_up(dir.path(), folder.path()).await;
    vault.lock().await.unwrap();
    let before = files(dir.path());
    let refused = restore(&file, &key, dir.path()).await;
    assert!(matches!(refused, Err(BackupError::Vault(VaultError::ProfileExists))));
    assert_eq!(files(dir.path()), before);
}

#[tokio::test]
async fn altered_cut_foreign_and_wrongly_keyed_files_are_refused_and_leave_no_record() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_vault, key, file) = backed_up(dir.path(), folder.path()).await;
    let whole = std::fs::read(&file).unwrap();
    let bad = folder.path().join("bad.age");
    let refusal = async |bytes: &[u8], key: &RecoveryKey| {
        std::fs::write(&bad, bytes).unwrap();
        let to = tempfile::tempdir().unwrap();
        let refused = restore(&bad, key, to.path()).await.err();
        assert!(!Vault::exists(to.path()));
        assert!(
            find(&files(to.path()).into_iter().flat_map(|(_, b)| b).collect::<Vec<_>>(), b"SQLite").is_none()
        );
        refused
    };
    let other = RecoveryKey::random(&mut rng(9));
    assert_eq!(refusal(&whole, &other).await, Some(BackupError::WrongKey));
    for flipped in [whole.len() / 3, whole.len() / 2, whole.len() - 1] {
        let mut bytes = whole.clone();
        bytes[flipped] ^= 1;
        assert_eq!(refusal(&bytes, &key).await, Some(BackupError::Altered), "octet {flipped}");
    }
    // In the head: the parts for the keys are authenticated too.
    for flipped in (30..300).step_by(11) {
        let mut bytes = whole.clone();
        bytes[flipped] ^= 1;
        assert!(refusal(&bytes, &key).await.is_some(), "octet {flipped}");
    }
    // At a chunk's end, in a chunk, in the head, and without its last octet.
    for left in [whole.len() - 1, whole.len() / 2, 64 * 1024, 100, 0] {
        let refused = refusal(&whole[..left], &key).await;
        let expected = if left > 300 { BackupError::Altered } else { BackupError::NotABackup };
        assert_eq!(refused, Some(expected), "{left} octets");
    }
    let longer = [&whole[..], &[0; 100]].concat();
    assert_eq!(refusal(&longer, &key).await, Some(BackupError::Altered));
    assert_eq!(refusal(b"a letter", &key).await, Some(BackupError::NotABackup));
    let endless = [b"age-encryption.org/v1\n-> X25519 ".as_slice(), &vec![b'A'; 1 << 20]].concat();
    assert_eq!(refusal(&endless, &key).await, Some(BackupError::NotABackup));
    let missing = restore(&folder.path().join("none.age"), &key, &folder.path().join("to")).await;
    assert!(matches!(missing, Err(BackupError::Unreadable)));
    // An honest age file to the right key that holds something else.
    let (tar, line) = (folder.path().join("other.age"), backup::recipient(&key));
    bash(folder.path(), &format!("echo hello > x; tar -c x | age -r {line} > other.age"));
    assert_eq!(restore(&tar, &key, &folder.path().join("to")).await.err(), Some(BackupError::NotABackup));
    bash(
        folder.path(),
        &format!("echo 'salus-backup 2' > format; tar -c --format=ustar format | age -r {line} > other.age"),
    );
    assert_eq!(restore(&tar, &key, &folder.path().join("to")).await.err(), Some(BackupError::TooNew));
    bash(
        folder.path(),
        &format!("echo 'salus-backup 1' > format; tar -c --format=ustar format | age -r {line} > other.age"),
    );
    assert_eq!(restore(&tar, &key, &folder.path().join("to")).await.err(), Some(BackupError::Altered));
}

#[tokio::test]
async fn a_rehearsal_opens_every_reading_and_leaves_nothing() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (_vault, key, file) = backed_up(dir.path(), folder.path()).await;
    let scratch = dir.path().join("rehearsal");
    let walked = salus_vault::vault::rehearse(&file, &key, &scratch, rng(5), &Watch::silent()).await.unwrap();
    assert_eq!((walked.epochs, walked.readings), (3, readings().len() as u64));
    assert!(!scratch.exists());
    let other = RecoveryKey::random(&mut rng(9));
    let wrong = salus_vault::vault::rehearse(&file, &other, &scratch, rng(5), &Watch::silent()).await;
    assert_eq!(wrong, Err(BackupError::WrongKey));
    assert!(!scratch.exists());
}

#[tokio::test]
async fn nothing_in_a_backup_can_be_read_and_nothing_is_left_beside_it() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key, _file) = backed_up(dir.path(), folder.path()).await;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let paper = key.to_text();
    for (name, bytes) in files(folder.path()).into_iter().chain(files(dir.path())) {
        for secret in [
            b"a note of the tests".as_slice(),
            PROFILE,
            paper.as_bytes(),
            backup::identity(&key).as_bytes(),
            b"age1",
        ] {
            assert_eq!(find(&bytes, secret), None, "{name}");
        }
        assert!(!name.contains("snapshot"), "{name}");
    }
    vault.lock().await.unwrap();
}

#[tokio::test]
async fn a_new_recovery_key_is_what_the_next_backup_opens_with() {
    let (dir, folder, to) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, old, before) = backed_up(dir.path(), folder.path()).await;
    let new = vault.fresh_recovery_key().await.unwrap();
    vault.set_recovery_key(&new).await.unwrap();
    let after = vault.back_up(folder.path(), T0 + 4 * HOUR, None, &Watch::silent()).await.unwrap().path;
    assert_eq!(restore(&after, &old, to.path()).await.err(), Some(BackupError::WrongKey));
    assert_eq!(restore(&before, &new, to.path()).await.err(), Some(BackupError::WrongKey));
    assert!(restore(&after, &new, to.path()).await.is_ok());
    assert!(restore(&before, &old, &to.path().join("other")).await.is_ok());
    assert_eq!(vault.learn(&old).await, Err(VaultError::WrongPassphrase));
}

#[tokio::test]
async fn a_folder_that_is_gone_is_told_and_costs_no_backup() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _key, file) = backed_up(dir.path(), folder.path()).await;
    let make =
        async |to: &Path, hours: i64| vault.back_up(to, T0 + hours * HOUR, None, &Watch::silent()).await;
    let gone = folder.path().join("not plugged in");
    assert_eq!(make(&gone, 4).await, Err(BackupError::FolderMissing));
    assert_eq!(make(&file, 4).await, Err(BackupError::FolderMissing), "a file is no folder");
    assert!(file.exists());
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings());
    assert!(files(dir.path()).iter().all(|(name, _)| !name.contains("snapshot")));
}

#[tokio::test]
async fn a_full_disk_and_a_closed_one_are_told_and_cost_no_backup() {
    let name = "backup::a_full_disk_and_a_closed_one_are_told_and_cost_no_backup";
    let Some(full) = Mount::new(name, "size=32k") else { return };
    let Some(closed) = Mount::new(name, "size=8m") else { return };
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _key, file) = backed_up(dir.path(), folder.path()).await;
    let make =
        async |to: &Path, hours: i64| vault.back_up(to, T0 + hours * HOUR, None, &Watch::silent()).await;
    assert_eq!(make(full.path(), 4).await, Err(BackupError::DiskFull));
    assert_eq!(std::fs::read_dir(full.path()).unwrap().count(), 0, "a full disk gets its room back");
    make(closed.path(), 4).await.unwrap();
    let done = Command::new("mount").args(["-o", "remount,ro"]).arg(closed.path()).status().unwrap();
    assert!(done.success());
    assert_eq!(make(closed.path(), 5).await, Err(BackupError::ReadOnly));
    assert_eq!(backup::list(closed.path(), vault.record_id()).unwrap().len(), 1);
    assert!(file.exists());
    assert!(files(dir.path()).iter().all(|(name, _)| !name.contains("snapshot")));
}

/// Makes backups until it is killed. Does nothing when run as a test.
#[tokio::test]
async fn maker() {
    let Some((dir, key)) = task() else { return };
    let vault = open(&dir, &key, u64::from(std::process::id())).await.unwrap();
    dots();
    for n in 0.. {
        vault.back_up(&dir.join("backups"), T0 + n * HOUR, None, &Watch::silent()).await.unwrap();
        say(&format!("made {n}"));
    }
}

#[tokio::test]
async fn what_a_kill_left_of_a_backup_is_gone_with_the_next_and_nothing_else_is() {
    let mut random = rng(seed());
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("backups");
    std::fs::create_dir(&folder).unwrap();
    let (vault, key, file) = backed_up(dir.path(), &folder).await;
    let record = vault.record_id();
    vault.lock().await.unwrap();
    let unfinished = || {
        let all = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        all.filter(|name| name.ends_with(".new")).collect::<Vec<_>>()
    };
    let mut left = 0;
    for _ in 0..12 {
        let when = (random.random_range(1..4), random.random_range(0..300));
        write_and_kill("backup::maker", (dir.path(), &key), when, |l| l.strip_prefix("made ").map(drop));
        left += unfinished().len();
    }
    eprintln!("{left} unfinished backups");
    // One for sure, and what is somebody else's.
    let name = file.file_name().unwrap().to_str().unwrap();
    std::fs::copy(&file, folder.join(format!("{name}.new"))).unwrap();
    let others = ["salus-abababababababab-20261118-110640.age.new".to_owned(), "letter.new".to_owned()];
    others.iter().for_each(|name| std::fs::write(folder.join(name), b"x").unwrap());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let whole = backup::list(&folder, record).unwrap().len();
    vault.back_up(&folder, T0 + 100_000 * HOUR, None, &Watch::silent()).await.unwrap();
    let mut found = unfinished();
    found.sort();
    let mut expected = others.to_vec();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(backup::list(&folder, record).unwrap().len(), whole + 1);
    vault.lock().await.unwrap();
}

#[tokio::test]
async fn stopped_before_or_while_it_is_written_it_leaves_nothing() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key, file) = backed_up(dir.path(), folder.path()).await;
    let watch = Watch::silent();
    watch.stop();
    assert_eq!(vault.back_up(folder.path(), T0 + 4 * HOUR, None, &watch).await, Err(BackupError::Cancelled));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(files(dir.path()).iter().all(|(name, _)| !name.contains("snapshot")));
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings(), "and the record goes on");
    // While it is taken out of its file: half the database is there, and no record.
    let (heard, to) = (Arc::new(OnceLock::<Watch>::new()), tempfile::tempdir().unwrap());
    let halfway = {
        let heard = heard.clone();
        Watch::new(move |done, total| {
            if done > total / 2
                && let Some(watch) = heard.get()
            {
                watch.stop();
            }
        })
    };
    heard.set(halfway.clone()).unwrap();
    let pass = ("a new passphrase", PassphraseCost::FLOOR);
    let stopped = Vault::restore_with(&file, &key, to.path(), pass, rng(7), &halfway).await;
    assert_eq!(stopped.err(), Some(BackupError::Cancelled));
    assert!(!Vault::exists(to.path()));
    assert!(restore(&file, &key, to.path()).await.is_ok(), "and the next attempt goes through");
}

/// Whatever has a backup's name was read back whole.
#[tokio::test]
async fn stopped_while_it_is_checked_it_never_had_its_name() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _key, file) = backed_up(dir.path(), folder.path()).await;
    let (record, named) = (vault.record_id(), Arc::new(AtomicUsize::new(usize::MAX)));
    let heard = Arc::new(OnceLock::<Watch>::new());
    let checking = {
        let (heard, named, folder) = (heard.clone(), named.clone(), folder.path().to_owned());
        Watch::new(move |done, total| {
            // The second half of the work is the check.
            if done > total / 2
                && let Some(watch) = heard.get()
            {
                named.store(backup::list(&folder, record).unwrap().len(), Ordering::Relaxed);
                watch.stop();
            }
        })
    };
    heard.set(checking.clone()).unwrap();
    let stopped = vault.back_up(folder.path(), T0 + 4 * HOUR, None, &checking).await;
    assert_eq!(stopped, Err(BackupError::Cancelled));
    assert_eq!(named.load(Ordering::Relaxed), 1, "the earlier one alone");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(file.exists());
}

#[tokio::test]
async fn a_record_of_before_learns_its_recovery_key_when_it_is_typed() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key) = create(dir.path()).await;
    assert!(vault.can_back_up().await.unwrap());
    vault.forget_recipient().await.unwrap();
    assert!(!vault.can_back_up().await.unwrap());
    let made = vault.back_up(folder.path(), T0, None, &Watch::silent()).await;
    assert_eq!(made, Err(BackupError::NoRecipient));
    vault.learn(&key).await.unwrap();
    assert!(vault.can_back_up().await.unwrap());
    // Opening with the paper teaches it too.
    vault.forget_recipient().await.unwrap();
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.back_up(folder.path(), T0, None, &Watch::silent()).await.unwrap();
}

#[tokio::test]
async fn old_ones_go_only_after_a_new_one_is_whole_and_only_ones_own() {
    let (dir, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, _key) = create(dir.path()).await;
    let id = vault.record_id();
    let day = 24 * HOUR;
    for n in 0..40 {
        vault.back_up(folder.path(), T0 + n * day, None, &Watch::silent()).await.unwrap();
    }
    let foreign = folder.path().join("salus-0000000000000000-20200101-000000.age");
    std::fs::write(&foreign, "another record's").unwrap();
    std::fs::write(folder.path().join("holiday.jpg"), "a picture").unwrap();
    assert_eq!(backup::list(folder.path(), id).unwrap().len(), 40);
    let removed = backup::prune(folder.path(), id, T0 + 39 * day).unwrap();
    let left = backup::list(folder.path(), id).unwrap();
    assert_eq!(left.len() + removed, 40);
    assert_eq!(left.len(), 7 + 3 + 1, "seven days, three more weeks, one more month");
    assert_eq!(left[0].at, T0 + 39 * day);
    assert!(foreign.exists() && folder.path().join("holiday.jpg").exists());
    // A clock that went back a year: what was just written stays although everything else is newer.
    let back = vault.back_up(folder.path(), T0 - 365 * day, None, &Watch::silent()).await.unwrap();
    backup::prune(folder.path(), id, T0 - 365 * day).unwrap();
    assert!(back.path.exists());
    assert!(matches!(backup::list(&folder.path().join("gone"), id), Err(BackupError::FolderMissing)));
}

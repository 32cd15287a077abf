//! Adversary: a disk that is full or cannot be written. Typed errors, and nothing acknowledged is lost.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Standing, VaultError};
use salus_wire::Category;

use crate::support::{PASS, T0, create, epoch, open, rng, run};

const HR: Category = Category::HeartRate;

/// A memory file system of its own. Only root may mount one; others may within a user namespace of their own.
pub(crate) struct Mount(tempfile::TempDir);

/// The list of skipped tests; set by `cargo xtask test`, which prints it at its end.
const SKIPS: &str = "SALUS_SKIPPED_TESTS";

/// Set in the process that runs in such a namespace.
const WITHIN: &str = "SALUS_TEST_NAMESPACE";

impl Mount {
    /// For the test of this name. `None`: where nobody may mount the test was run whole in a namespace of its own, and passed;
    /// or the system allows neither, which is told at the end of the run.
    pub(crate) fn new(test: &str, options: &str) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(dir.path()).output();
        if done.is_ok_and(|o| o.status.success()) {
            return Some(Self(dir));
        }
        assert!(std::env::var_os(WITHIN).is_none(), "a namespace without the right to mount in it");
        if !namespaces() {
            let why = "no right to mount a small disk, also not in a name space of its own";
            skipped(std::env::var_os(SKIPS).as_deref(), test, why);
            return None;
        }
        let own = std::env::current_exe().unwrap();
        let mut within = Command::new("unshare");
        let within = within.args(["-rm"]).arg(own).args(["--exact", test, "--nocapture"]).env(WITHIN, "1");
        let out = within.output().unwrap();
        let said = [out.stdout, out.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(out.status.success() && said.contains("1 passed"), "in a namespace of its own:\n{said}");
        None
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

/// Says that a test could not be done here: in its own output, which nobody sees when it passes, and in the list.
fn skipped(list: Option<&OsStr>, test: &str, why: &str) {
    let line = format!("salus-vault {test}: {why}\n");
    eprint!("SKIPPED, NOT PASSED: {line}");
    let Some(list) = list else { return };
    let mut list = std::fs::File::options().create(true).append(true).open(list).unwrap();
    list.write_all(line.as_bytes()).unwrap();
}

#[test]
fn a_test_that_is_skipped_leaves_a_line_in_the_list() {
    let dir = tempfile::tempdir().unwrap();
    let list = dir.path().join("skipped-tests");
    for test in ["disk::one", "disk::two"] {
        skipped(Some(list.as_os_str()), test, "no right");
    }
    skipped(None, "disk::three", "no right");
    let lines = std::fs::read_to_string(&list).unwrap();
    assert_eq!(lines, "salus-vault disk::one: no right\nsalus-vault disk::two: no right\n");
}

/// True when this user may mount in a namespace of its own.
fn namespaces() -> bool {
    let mut mount = Command::new("unshare");
    let done = mount.args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"]).output();
    done.is_ok_and(|o| o.status.success())
}

#[tokio::test]
async fn a_full_file_refuses_the_batch_whole_and_keeps_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 50)).await.unwrap();
    vault.cap_pages(3).await.unwrap();
    assert_eq!(vault.record(&run(T0 + 50_000, 2000)).await, Err(VaultError::DiskFull));
    assert_eq!(vault.count(HR).await.unwrap(), 50);
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 50));
    let put = vault.cabinet().put("space", b"name", &vec![0; 100_000]).await;
    assert_eq!(put, Err(VaultError::DiskFull));
    // Several failures in a row, then room: what is acknowledged afterwards must be durable without locking.
    for _ in 0..3 {
        assert_eq!(vault.record(&run(T0 + 50_000, 2000)).await, Err(VaultError::DiskFull));
        assert!(matches!(vault.flush_epoch(HR, epoch(0)).await, Ok(_) | Err(VaultError::DiskFull)));
    }
    vault.cap_pages(10_000).await.unwrap();
    vault.record(&run(T0 + 50_000, 2000)).await.unwrap();
    drop(vault);
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), 2050);
}

#[tokio::test]
async fn a_full_file_system_loses_nothing_that_was_acknowledged() {
    let Some(disk) = Mount::new("disk::a_full_file_system_loses_nothing_that_was_acknowledged", "size=3m")
    else {
        return;
    };
    let record = disk.path().join("record");
    let (vault, key) = create(&record).await;
    let mut stored = 0;
    let full = loop {
        match vault.record(&run(T0 + stored * 1000, 500)).await {
            Ok(_) => stored += 500,
            Err(e) => break e,
        }
        assert!(stored < 100_000, "3 MiB never filled");
    };
    assert_eq!(full, VaultError::DiskFull);
    assert_eq!(vault.count(HR).await.unwrap(), u64::try_from(stored).unwrap());
    // Sealing needs room as well; when there is none it changes nothing.
    if let Err(e) = vault.flush_epoch(HR, epoch(0)).await {
        assert_eq!(e, VaultError::DiskFull);
    }
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len() as i64, stored);
    let locked = vault.lock().await;
    assert!(matches!(locked, Ok(()) | Err(VaultError::DiskFull)), "{locked:?}");

    let grown = Command::new("mount").args(["-o", "remount,size=16m"]).arg(disk.path()).output().unwrap();
    assert!(grown.status.success());
    let vault = open(&record, &key, 2).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len() as i64, stored);
    vault.record(&run(T0 + stored * 1000, 500)).await.unwrap();
    vault.close_epochs(i64::MAX / 2).await.unwrap();
    assert_eq!(vault.count(HR).await.unwrap(), u64::try_from(stored).unwrap() + 500);
}

#[tokio::test]
async fn no_room_for_a_record_is_told_and_leaves_no_record() {
    let Some(disk) = Mount::new("disk::no_room_for_a_record_is_told_and_leaves_no_record", "size=32k") else {
        return;
    };
    let record = disk.path().join("record");
    let made = salus_vault::Vault::create_with(&record, PASS, PassphraseCost::FLOOR, T0, rng(1)).await;
    assert!(matches!(made, Err(VaultError::DiskFull)), "{made:?}");
    assert!(!salus_vault::Vault::exists(&record));
}

#[tokio::test]
async fn no_room_for_a_new_passphrase_is_told_and_the_old_one_stays() {
    let Some(disk) =
        Mount::new("disk::no_room_for_a_new_passphrase_is_told_and_the_old_one_stays", "size=3m")
    else {
        return;
    };
    let record = disk.path().join("record");
    let (vault, key) = create(&record).await;
    let filler = disk.path().join("filler");
    let mut full = std::fs::File::create(&filler).unwrap();
    while full.write_all(&[0; 4096]).is_ok() {}
    let other = "another passphrase";
    assert_eq!(vault.set_passphrase_with(other, PassphraseCost::FLOOR).await, Err(VaultError::DiskFull));
    assert_eq!(vault.set_recovery_key(&key).await, Err(VaultError::DiskFull));
    vault.check_passphrase(PASS).await.unwrap();
    std::fs::remove_file(&filler).unwrap();
    drop(full);
    vault.set_passphrase_with(other, PassphraseCost::FLOOR).await.unwrap();
    vault.lock().await.unwrap();
    assert!(open(&record, &key, 2).await.is_ok());
}

/// Everything can be read, nothing is stored, and nothing says that it was.
async fn reads_only(record: &Path, key: &salus_vault::RecoveryKey) {
    let vault = open(record, key, 2).await.unwrap();
    assert_eq!(vault.standing(), Standing::ReadOnly);
    assert_eq!(vault.compare::<Option<&[u8]>>(None).await.unwrap(), Standing::ReadOnly);
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 5));
    assert_eq!(vault.record(&run(T0 + 10_000, 5)).await, Err(VaultError::ReadOnly));
    assert_eq!(vault.cabinet().put("space", b"name", b"value").await, Err(VaultError::ReadOnly));
    assert_eq!(vault.accept(T0).await, Err(VaultError::ReadOnly));
    let changed = vault.set_passphrase_with("another passphrase", PassphraseCost::FLOOR).await;
    assert_eq!(changed, Err(VaultError::Storage));
    assert!(crate::support::verified(&vault).await.is_whole());
    vault.lock().await.unwrap();
}

/// Where nobody may mount, and a person is not the one who may write everywhere, the folder's own rights do it.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_without_the_right_to_write_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let record = dir.path().join("record");
    let (vault, key) = create(&record).await;
    vault.record(&run(T0, 5)).await.unwrap();
    vault.lock().await.unwrap();
    let rights = |mode| std::fs::set_permissions(&record, std::fs::Permissions::from_mode(mode)).unwrap();
    rights(0o500);
    let binds = std::fs::write(record.join("probe"), b"").is_err();
    if binds {
        reads_only(&record, &key).await;
    } else {
        eprintln!("this user may write everywhere: the mounted file system stands in for the rights");
    }
    rights(0o700);
    assert_eq!(open(&record, &key, 3).await.unwrap().count(HR).await.unwrap(), 5);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let below = file.path().join("record");
    let made = salus_vault::Vault::create_with(&below, PASS, PassphraseCost::FLOOR, T0, rng(1)).await;
    assert!(matches!(made, Err(VaultError::Storage)));

    let Some(disk) = Mount::new("disk::a_folder_that_cannot_be_written_is_told", "size=8m") else { return };
    let record = disk.path().join("record");
    let (vault, key) = create(&record).await;
    vault.record(&run(T0, 5)).await.unwrap();
    vault.lock().await.unwrap();
    let remount = |mode: &str| {
        let done = Command::new("mount").args(["-o", mode]).arg(disk.path()).output().unwrap();
        assert!(done.status.success());
    };
    remount("remount,ro");
    reads_only(&record, &key).await;
    remount("remount,rw");
    assert_eq!(open(&record, &key, 2).await.unwrap().count(HR).await.unwrap(), 5);
}

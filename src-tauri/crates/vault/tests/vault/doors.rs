//! Adversary: another instance, a wrong key, a record of another version, a directory that is not a record.

use salus_vault::backup::Watch;
use salus_vault::error::Part;
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{BackupError, RecoveryKey, Unlock, Vault, VaultError};
use sqlx::{ConnectOptions, sqlite::SqliteConnectOptions};

use crate::support::{PASS, T0, create, open, rng, run};

#[tokio::test]
async fn a_second_instance_is_kept_out_until_the_first_locks() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::InUse)));
    let second = Vault::create_with(dir.path(), PASS, PassphraseCost::FLOOR, T0, rng(3)).await;
    assert!(matches!(second, Err(VaultError::InUse)));
    vault.lock().await.unwrap();
    assert!(open(dir.path(), &key, 4).await.is_ok());
}

#[tokio::test]
async fn dropping_without_locking_lets_the_next_instance_in() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 5)).await.unwrap();
    drop(vault);
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.count(salus_wire::Category::HeartRate).await.unwrap(), 5);
}

#[tokio::test]
async fn a_wrong_passphrase_or_recovery_key_opens_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let unlock = Unlock::Passphrase("a passphrase of the test");
    assert!(matches!(Vault::open(dir.path(), unlock, rng(2)).await, Err(VaultError::WrongPassphrase)));
    let other = RecoveryKey::random(&mut rng(9));
    assert!(matches!(open(dir.path(), &other, 2).await, Err(VaultError::WrongPassphrase)));
    let right = Vault::open(dir.path(), Unlock::Passphrase(PASS), rng(2)).await;
    assert!(right.is_ok());
}

#[tokio::test]
async fn a_record_is_made_once_and_only_of_a_good_passphrase() {
    let dir = tempfile::tempdir().unwrap();
    let none = RecoveryKey::random(&mut rng(9));
    assert!(matches!(open(dir.path(), &none, 2).await, Err(VaultError::NoProfile)));
    let make = |pass, cost| Vault::create_with(dir.path(), pass, cost, T0, rng(3));
    assert!(matches!(make("seven77", PassphraseCost::FLOOR).await, Err(VaultError::WeakPassphrase)));
    let cheap = PassphraseCost { memory_kib: 1024, ..PassphraseCost::FLOOR };
    assert!(matches!(make(PASS, cheap).await, Err(VaultError::BadParameters)));
    assert!(!Vault::exists(dir.path()));
    let (vault, _key) = make(PASS, PassphraseCost::FLOOR).await.unwrap();
    vault.lock().await.unwrap();
    assert!(matches!(make(PASS, PassphraseCost::FLOOR).await, Err(VaultError::ProfileExists)));
}

#[tokio::test]
async fn what_a_crashed_creation_left_is_no_record() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    // As it is between the two: the database is there, and its keyslots are not yet.
    std::fs::remove_file(dir.path().join("keyslots")).unwrap();
    std::fs::write(dir.path().join("unfinished"), b"").unwrap();
    assert!(!Vault::exists(dir.path()));
    assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::NoProfile)));
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    assert!(!dir.path().join("unfinished").exists());
    // Killed just before that was removed: a record, and the next unlocking removes it.
    std::fs::write(dir.path().join("unfinished"), b"").unwrap();
    assert!(Vault::exists(dir.path()));
    open(dir.path(), &key, 2).await.unwrap().lock().await.unwrap();
    assert!(!dir.path().join("unfinished").exists());
}

#[tokio::test]
async fn nothing_is_made_over_a_record_whose_keyslots_are_gone() {
    let (dir, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 5)).await.unwrap();
    let backup = vault.back_up(backups.path(), T0, None, &Watch::silent()).await.unwrap().path;
    vault.lock().await.unwrap();
    let [slots, database] = ["keyslots", "vault.db"].map(|name| dir.path().join(name));
    let whole = [&slots, &database].map(|path| std::fs::read(path).unwrap());
    std::fs::remove_file(&slots).unwrap();

    assert!(Vault::exists(dir.path()));
    let damaged = VaultError::Damaged { part: Part::Keyslots };
    assert_eq!(open(dir.path(), &key, 2).await.unwrap_err().to_string(), damaged.to_string());
    let made = Vault::create_with(dir.path(), PASS, PassphraseCost::FLOOR, T0, rng(3)).await;
    assert!(matches!(made, Err(VaultError::ProfileExists)));
    let new = (PASS, PassphraseCost::FLOOR);
    let restored = Vault::restore_with(&backup, &key, dir.path(), new, rng(4), &Watch::silent()).await;
    assert!(matches!(restored, Err(BackupError::Vault(VaultError::ProfileExists))));
    assert!(std::fs::read(&database).unwrap() == whole[1], "nothing of it was touched");
    // Put back, out of an earlier copy of the file, they open it.
    std::fs::write(&slots, &whole[0]).unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.count(salus_wire::Category::HeartRate).await.unwrap(), 5);
}

#[tokio::test]
async fn a_newer_schema_is_told_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let mut db = SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'later', TRUE, x'00', 0)",
    )
    .execute(&mut db)
    .await
    .unwrap();
    sqlx::Connection::close(db).await.unwrap();
    let before = std::fs::read(dir.path().join("vault.db")).unwrap();
    assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::TooNew)));
    assert_eq!(std::fs::read(dir.path().join("vault.db")).unwrap(), before);
}

//! Adversary: another instance, a wrong key, a record of another version, a directory that is not a record.

use salus_vault::keyslot::PassphraseCost;
use salus_vault::{RecoveryKey, Unlock, Vault, VaultError};
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
    std::fs::remove_file(dir.path().join("keyslots")).unwrap();
    assert!(matches!(open(dir.path(), &key, 2).await, Err(VaultError::NoProfile)));
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    assert!(open(dir.path(), &key, 2).await.is_ok());
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

//! A record's identity gives way to another: a copy from before leads to nothing that is derived from it, and what was derived before
//! stays known.

use std::path::Path;

use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Identity, RecoveryKey, Vault, VaultError};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::migrate::{fixture, schemas};
use crate::support::{PASS, T0, create, epoch, open, rng, run, verified};

const HR: Category = Category::HeartRate;

/// The files of a locked record, as a thief has them.
fn copied(from: &Path) -> tempfile::TempDir {
    let to = tempfile::tempdir().unwrap();
    for name in ["vault.db", "keyslots"] {
        std::fs::copy(from.join(name), to.path().join(name)).unwrap();
    }
    to
}

#[tokio::test]
async fn another_identity_is_derived_from_nothing_that_a_copy_has_and_the_first_stays() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 90)).await.unwrap();
    let first = vault.derive(Identity::FIRST, "grant", b"1");
    assert_eq!((vault.identity(), vault.identities().count()), (Identity::FIRST, 1));
    // One that is not there yet is the newest there is.
    assert_eq!(vault.derive(Identity(7), "grant", b"1"), first);
    vault.lock().await.unwrap();
    let stolen = copied(dir.path());

    let vault = open(dir.path(), &key, 2).await.unwrap();
    let about = [("notes", b"why".to_vec(), b"a laptop is lost".to_vec())];
    assert_eq!(vault.retire(Category::ALL, epoch(0), &about).await.unwrap(), Identity(1));
    let second = vault.derive(Identity(1), "grant", b"1");
    assert_ne!(second, first);
    assert_eq!(vault.retire(&[HR], epoch(1), &[]).await.unwrap(), Identity(2));
    let third = vault.derive(Identity(2), "grant", b"1");
    let known = |vault: &Vault| {
        let of = |identity: Identity| vault.derive(identity, "grant", b"1");
        vault.identities().map(of).collect::<Vec<_>>()
    };
    let all = [third.clone(), second.clone(), first.clone()];
    assert_eq!(known(&vault), all);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!((vault.identity(), known(&vault)), (Identity(2), all.to_vec()));
    assert_eq!(vault.cabinet().get("notes", b"why").await.unwrap().unwrap()[..], *b"a laptop is lost");
    // The series' keys are new with it.
    assert_eq!((vault.series(HR).generation, vault.series(Category::Glucose).generation), (2, 1));
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), run(T0, 90));
    assert!(verified(&vault).await.is_whole());

    // The copy opens, and whatever it derives or begins is another one.
    let thief = open(stolen.path(), &key, 4).await.unwrap();
    assert_eq!((thief.identity(), thief.derive(Identity(2), "grant", b"1")), (Identity::FIRST, first));
    thief.retire(Category::ALL, epoch(0), &[]).await.unwrap();
    let theirs = thief.derive(Identity(1), "grant", b"1");
    assert!(theirs != second && theirs != third);
}

#[tokio::test]
async fn records_of_every_schema_get_another_identity() {
    for schema in schemas() {
        let fixture = fixture(schema);
        let dir = copied(&fixture);
        let key: RecoveryKey =
            std::fs::read_to_string(fixture.join("recovery-key")).unwrap().parse().unwrap();
        let vault = open(dir.path(), &key, 2).await.unwrap();
        let (first, readings) =
            (vault.derive(Identity::FIRST, "grant", b"1"), vault.readings(HR, 0, i64::MAX).await.unwrap());
        assert_eq!(vault.identity(), Identity::FIRST);
        vault.retire(Category::ALL, epoch(3), &[]).await.unwrap();
        vault.lock().await.unwrap();
        let vault = open(dir.path(), &key, 3).await.unwrap();
        assert_eq!(vault.identity(), Identity(1));
        assert_eq!(vault.derive(Identity::FIRST, "grant", b"1"), first);
        assert_ne!(vault.derive(Identity(1), "grant", b"1"), first);
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings);
        assert!(verified(&vault).await.is_whole());
    }
}

/// The name of every row of the cabinet.
async fn names(dir: &Path) -> Vec<Vec<u8>> {
    let mut db = SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap();
    let names = sqlx::query_scalar("SELECT name FROM cabinet").fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    names
}

#[tokio::test]
async fn an_identity_that_is_lost_is_told_and_the_one_before_does_not_take_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let before = names(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.retire(&[], epoch(0), &[]).await.unwrap();
    vault.lock().await.unwrap();
    let rows: Vec<_> = names(dir.path()).await.into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        let copy = copied(dir.path());
        let mut db =
            SqliteConnectOptions::new().filename(copy.path().join("vault.db")).connect().await.unwrap();
        let gone = sqlx::query("DELETE FROM cabinet WHERE name = ?").bind(row).execute(&mut db).await;
        assert_eq!(gone.unwrap().rows_affected(), 1);
        db.close().await.unwrap();
        assert!(matches!(open(copy.path(), &key, 3).await, Err(VaultError::Damaged { .. })));
    }
}

#[tokio::test]
async fn two_that_began_keys_apart_do_not_agree() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (first, key) = create(here.path()).await;
    let cost = PassphraseCost::FLOOR;
    let (added, _) = Vault::create_with(there.path(), PASS, cost, T0, rng(9)).await.unwrap();
    added.adopt(&first.series_keys().await.unwrap(), &[]).await.unwrap();
    assert!(added.agrees(&first.series_keys().await.unwrap()).unwrap());
    first.lock().await.unwrap();
    let stolen = copied(here.path());
    let first = open(here.path(), &key, 2).await.unwrap();
    let thief = open(stolen.path(), &key, 3).await.unwrap();
    // The thief was faster, and the added laptop followed.
    thief.new_generations(Category::ALL, epoch(0), &[]).await.unwrap();
    added.follow_generations(&thief.series_keys().await.unwrap(), &[]).await.unwrap();
    first.retire(Category::ALL, epoch(0), &[]).await.unwrap();
    let keys = first.series_keys().await.unwrap();
    added.follow_generations(&keys, &[]).await.unwrap();
    assert!(!added.agrees(&keys).unwrap());
    assert!(added.agrees(&[(HR, zeroize::Zeroizing::new(vec![1; 7]))]).is_err());
}

//! Records of every schema version open, whole; see `tests/fixtures`.
//!
//! A fixture is made by the code of its day and never again: `cargo nextest run -p salus-vault --run-ignored only
//! make_fixture`, with `SALUS_FIXTURE` naming a new directory. Only that of schema 2, which came together with schema 3, was made
//! later: out of that of schema 1 by the second migration, as a kill leaves it before its log is begun. A record with more in it
//! than readings is in `full`.

use std::path::{Path, PathBuf};

use salus_vault::RecoveryKey;
use salus_wire::{Category, Reading};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::{T0, create, epoch, open, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;

/// What every fixture holds: a closed epoch, one sealed early with more in the journal, one in the journal only.
fn readings() -> Vec<Reading> {
    [run(T0, 120), run(T0 + EPOCH, 90), run(T0 + EPOCH + 90_000, 10), run(T0 + 2 * EPOCH, 15)].concat()
}

#[tokio::test]
async fn a_record_of_every_schema_opens_whole_and_goes_on() {
    for schema in schemas() {
        let (fixture, dir) = (fixture(schema), tempfile::tempdir().unwrap());
        assert_eq!(schema_of(&fixture).await, i64::from(schema), "a fixture holds what its name says");
        for name in ["vault.db", "keyslots"] {
            std::fs::copy(fixture.join(name), dir.path().join(name)).unwrap();
        }
        let key: RecoveryKey =
            std::fs::read_to_string(fixture.join("recovery-key")).unwrap().parse().unwrap();
        for seed in 2..4 {
            let vault = open(dir.path(), &key, seed).await.unwrap();
            assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), readings(), "{fixture:?}");
            assert_eq!(vault.cabinet().list("notes").await.unwrap().len(), 3);
            let report = verified(&vault).await;
            // A leaf for each epoch that was sealed.
            assert!(report.is_whole() && report.leaves == 2 && report.readings == 235, "{report:?}");
            vault.lock().await.unwrap();
        }
        let vault = open(dir.path(), &key, 4).await.unwrap();
        vault.record(&run(T0 + 3 * EPOCH, 5)).await.unwrap();
        vault.close_epochs(T0 + 4 * EPOCH).await.unwrap();
        assert_eq!(vault.count(HR).await.unwrap(), 240);
        let report = verified(&vault).await;
        assert!(report.is_whole() && report.leaves == 5, "{report:?}");
    }
}

/// Where this crate is when the tests run; clones share what they compile.
pub(crate) fn own() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from)
}

/// Every schema that a migration leads to.
pub(crate) fn schemas() -> Vec<u32> {
    let migrations = own().join("migrations");
    let number = |file: std::ffi::OsString| file.to_string_lossy()[..4].parse::<u32>().unwrap();
    let mut all: Vec<u32> =
        std::fs::read_dir(migrations).unwrap().map(|file| number(file.unwrap().file_name())).collect();
    all.sort_unstable();
    all
}

pub(crate) fn fixture(schema: u32) -> PathBuf {
    own().join(format!("tests/fixtures/schema-{schema}"))
}

/// The newest migration that a database has; read from a copy, because reading makes a log beside the file.
async fn schema_of(fixture: &Path) -> i64 {
    let copy = tempfile::tempdir().unwrap();
    let path = copy.path().join("vault.db");
    std::fs::copy(fixture.join("vault.db"), &path).unwrap();
    let mut db = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    let newest = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut db).await;
    db.close().await.unwrap();
    newest.unwrap()
}

/// Whoever adds a migration makes the fixture of the schema that it leads to.
#[test]
fn every_schema_has_a_fixture_and_every_fixture_a_schema() {
    let schemas = schemas();
    assert_eq!(schemas, (1..=u32::try_from(schemas.len()).unwrap()).collect::<Vec<_>>());
    for schema in &schemas {
        for name in ["vault.db", "keyslots", "recovery-key"] {
            let file = fixture(*schema).join(name);
            assert!(file.is_file(), "run make_fixture, see above, for {file:?}");
        }
    }
    let named = fixture(1).parent().unwrap().read_dir().unwrap().map(|f| f.unwrap().file_name());
    let named = named.filter(|name| name.to_string_lossy().starts_with("schema-"));
    assert_eq!(named.count(), schemas.len());
}

#[tokio::test]
#[ignore = "makes a fixture with the code of today"]
async fn make_fixture() {
    let dir = PathBuf::from(std::env::var_os("SALUS_FIXTURE").expect("SALUS_FIXTURE is a directory to make"));
    let (vault, key) = create(&dir).await;
    let all = readings();
    vault.record(&all[..210]).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.flush_epoch(HR, epoch(1)).await.unwrap();
    vault.record(&all[210..]).await.unwrap();
    for n in 0..3 {
        vault.cabinet().put("notes", &[n], &[n; 40]).await.unwrap();
    }
    vault.lock().await.unwrap();
    std::fs::write(dir.join("recovery-key"), key.to_text().as_bytes()).unwrap();
    std::fs::remove_file(dir.join("vault.lock")).unwrap();
}

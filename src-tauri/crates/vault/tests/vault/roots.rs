//! Adversary: a disk that loses the first page of a table or of an index, by which everything in it is found. Nothing that another way
//! leads to is missing, nothing is missing in silence, and only the table of the record's own values, where the keys are, keeps the
//! record closed.

use std::path::Path;

use salus_vault::VaultError;
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use crate::summed::compact_all;
use crate::support::{T0, create, open, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const PAGE: usize = 4096;

/// The name and the first page of each table and index; of the schema's own not, which is the file's.
async fn roots(dir: &Path) -> Vec<(String, usize)> {
    let mut db = SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap();
    let all = "SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 1 ORDER BY rootpage";
    let all: Vec<(String, i64)> = sqlx::query_as(all).fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    all.into_iter().map(|(name, page)| (name, usize::try_from(page).unwrap())).collect()
}

/// The record in a directory of its own, with one page full of zeros.
fn without(dir: &Path, page: usize) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::copy(dir.join("keyslots"), copy.path().join("keyslots")).unwrap();
    let mut octets = std::fs::read(dir.join("vault.db")).unwrap();
    octets[(page - 1) * PAGE..page * PAGE].fill(0);
    std::fs::write(copy.path().join("vault.db"), octets).unwrap();
    copy
}

#[tokio::test]
async fn the_first_page_of_a_table_or_an_index_takes_only_what_lies_under_it_alone() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let sealed: Vec<_> = (0..3).flat_map(|n| run(T0 + n * EPOCH, 200)).collect();
    vault.record(&sealed).await.unwrap();
    compact_all(&vault, T0 + 3 * EPOCH).await;
    let waiting = run(T0 + 3 * EPOCH, 30);
    vault.record(&waiting).await.unwrap();
    vault.cabinet().put("notes", b"a name", b"a value").await.unwrap();
    vault.lock().await.unwrap();
    let all = [&sealed[..], &waiting].concat();

    let roots = roots(dir.path()).await;
    let tables = ["epoch", "segment", "journal", "cabinet", "log", "log_state", "summary", "lasting"];
    assert!(tables.iter().all(|table| roots.iter().any(|(name, _)| name == table)), "{roots:?}");
    for (name, page) in roots {
        let copy = without(dir.path(), page);
        let vault = match open(copy.path(), &key, 2).await {
            Ok(vault) => vault,
            Err(VaultError::Damaged { .. }) if name == "cabinet" => continue,
            Err(e) => panic!("{name}: {e}"),
        };
        let (readings, damaged) = vault.readable(HR, 0, i64::MAX).await.unwrap();
        let expected = match name.as_str() {
            "segment" => (&waiting, 3),
            "journal" => (&sealed, 1),
            // Found by the index of tags, and what the log says of them.
            "epoch" => (&all, 4),
            // Found in the tables themselves.
            "segment_epoch" => (&all, 3),
            "journal_epoch" => (&all, 1),
            _ => (&all, 0),
        };
        assert!((&readings, damaged) == expected, "{name}: {} readings, {damaged}", readings.len());
        let note = vault.cabinet().get("notes", b"a name").await.unwrap();
        assert_eq!(note.as_deref().map(Vec::as_slice), Some(&b"a value"[..]), "{name}");
        // What is damaged may not be written back.
        let _ = vault.lock().await;
    }
}

/// Before anything was sealed the journal says which hours there are.
#[tokio::test]
async fn a_record_that_was_never_sealed_opens_without_the_first_page_of_its_epochs() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let all = [run(T0, 20), run(T0 + EPOCH, 20)].concat();
    vault.record(&all).await.unwrap();
    vault.lock().await.unwrap();
    let roots = roots(dir.path()).await;
    let (_, page) = roots.iter().find(|(name, _)| name == "epoch").unwrap();
    let copy = without(dir.path(), *page);
    let vault = open(copy.path(), &key, 2).await.unwrap();
    assert!(matches!(vault.readings(HR, 0, i64::MAX).await, Err(VaultError::Damaged { .. })));
    assert_eq!(vault.readable(HR, 0, i64::MAX).await.unwrap(), (all, 2));
    // Nothing is stored for an hour of which the row cannot be written.
    assert!(vault.record(&run(T0 + 60_000, 1)).await.is_err());
    let _ = vault.lock().await;
}

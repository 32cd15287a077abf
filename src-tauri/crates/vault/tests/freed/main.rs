//! Adversary: has the disk and the passphrase, and looks for deleted readings in the record's files and in the blocks that were
//! freed of them. A row of the journal, and the tree of before, are sealed under keys that a deletion leaves as they are.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot set up fails")]
#![expect(clippy::print_stderr, reason = "a test says its seed and what it counted")]

mod disk;
#[expect(dead_code, reason = "other programs of these tests need more of it")]
#[path = "../shared/record.rs"]
mod record;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use disk::Disk;
use rand::RngExt;
use salus_vault::{Compacted, ShredOutcome, Vault};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use record::{T0, create, heart_rate, open, rng, run, seed};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const LATER: i64 = T0 + 864_000_000;
/// Sealed octets are random: so many of them are one row's and no other's.
const PIECE: usize = 16;

/// Every sealed value of the tables that hold readings or keys.
async fn sealed(dir: &Path) -> HashSet<(&'static str, Vec<u8>)> {
    let options = SqliteConnectOptions::new().filename(dir.join("vault.db")).vfs("unix");
    let mut db = options.connect().await.unwrap();
    let mut all = HashSet::new();
    for (table, query) in [
        ("journal", "SELECT sealed FROM journal"),
        ("cabinet", "SELECT sealed FROM cabinet"),
        ("segment", "SELECT sealed FROM segment"),
        ("manifest", "SELECT manifest FROM epoch WHERE manifest IS NOT NULL"),
        ("summary", "SELECT minute FROM summary"),
    ] {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar(query).fetch_all(&mut db).await.unwrap();
        all.extend(rows.into_iter().map(|row| (table, row)));
    }
    db.close().await.unwrap();
    all
}

/// Where pieces of these values lie: by the value's table and the place.
fn found(
    gone: &HashSet<(&'static str, Vec<u8>)>,
    places: &[(String, Vec<u8>)],
) -> HashMap<(&'static str, String), usize> {
    let pieces: HashMap<&[u8], &'static str> =
        gone.iter().flat_map(|(t, v)| v.chunks_exact(PIECE).skip(1).map(|piece| (piece, *t))).collect();
    let mut found = HashMap::new();
    for (place, octets) in places {
        for table in octets.windows(PIECE).filter_map(|w| pieces.get(w)) {
            *found.entry((*table, place.clone())).or_default() += 1;
        }
    }
    found
}

fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let all = std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    all.map(|p| (p.display().to_string(), std::fs::read(p).unwrap())).collect()
}

/// Readings of many epochs, some sealed and some not, in no order; values that come and go between them.
async fn live(vault: &Vault, random: &mut impl rand::Rng) {
    for round in 0..40 {
        let epoch = random.random_range(0..20);
        vault.record(&run(T0 + epoch * EPOCH + round * 60_000, random.random_range(1..40))).await.unwrap();
        let name = [random.random_range(0..60)];
        let value = vec![random.random(); random.random_range(1..3000)];
        vault.cabinet().put("notes", &name, &value).await.unwrap();
        if round % 8 == 3 {
            vault.cabinet().remove("notes", &[random.random_range(0..60)]).await.unwrap();
            for _ in 0..3 {
                let done = vault.compact(T0 + 10 * EPOCH, 0).await.unwrap();
                assert!(matches!(done, Compacted::Sealed(..) | Compacted::Summed(..) | Compacted::Nothing));
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_what_was_deleted_is_in_a_file_or_in_a_freed_block() {
    let mut random = rng(seed());
    let disk = Disk::installed();
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    live(&vault, &mut random).await;
    vault.record(&[heart_rate(T0 + 15 * EPOCH, 61)]).await.unwrap();
    vault.lock().await.unwrap();
    let before = sealed(dir.path()).await;
    let mut freed = disk.freed();

    let vault = open(dir.path(), &key, 2).await.unwrap();
    let shown = vault.preview_shred(HR, T0 + 2 * EPOCH, T0 + 17 * EPOCH, LATER).await.unwrap().unwrap();
    let done = vault.shred(&shown, LATER, &[]).await.unwrap();
    assert!(matches!(done, ShredOutcome::Done(_)));
    let open_files = files(dir.path());
    vault.lock().await.unwrap();
    let gone: HashSet<_> = before.difference(&sealed(dir.path()).await).cloned().collect();
    for table in ["journal", "cabinet", "segment", "manifest"] {
        assert!(gone.iter().any(|(t, _)| *t == table), "nothing of {table} was deleted");
    }
    // The search finds what is there, and the log and the file were cut.
    let all: Vec<_> = before.iter().map(|(t, v)| ((*t).to_owned(), v.clone())).collect();
    assert!(found(&gone, &all).len() >= 4);
    freed.extend(disk.freed());
    for cut in ["vault.db", "vault.db-wal"] {
        assert!(freed.iter().any(|(path, _)| path.ends_with(cut)), "{cut} was never cut");
    }
    assert_eq!(found(&gone, &open_files), HashMap::new(), "in a file while it is open");
    assert_eq!(found(&gone, &files(dir.path())), HashMap::new(), "in a file");
    assert_eq!(found(&gone, &freed), HashMap::new(), "in a freed block");
}

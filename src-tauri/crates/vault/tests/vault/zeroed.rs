//! Adversary: a disk that gives zeros back, after a power cut, where the last blocks of a file were. Nothing acknowledged is lost,
//! or it is told that something is; what can be read is what was stored.
//!
//! So are the zeros that the vault itself writes over its log before that is cut (`vault::cut`), stopped half way.

use std::path::Path;

use rand::RngExt;
use salus_vault::{Damage, RecoveryKey, Standing, VaultError};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tempfile::TempDir;

use crate::support::{T0, create, find, open, rng, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;
const BATCHES: i64 = 8;
const BATCH: i64 = 20;

/// Octets of a page, of the log's head, and of one page in the log.
const PAGE: usize = 4096;
const HEAD: usize = 32;
const FRAME: usize = 24 + PAGE;

/// What lies on the disk: the database, and its log.
#[derive(Clone)]
struct Files {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Files {
    fn of(dir: &Path) -> Self {
        let [database, log] = ["vault.db", "vault.db-wal"].map(|name| std::fs::read(dir.join(name)).unwrap());
        Self { database, log }
    }

    fn write(&self, dir: &Path) {
        std::fs::write(dir.join("vault.db"), &self.database).unwrap();
        std::fs::write(dir.join("vault.db-wal"), &self.log).unwrap();
    }

    fn frames(&self) -> usize {
        (self.log.len() - HEAD) / FRAME
    }
}

/// A record as a power cut finds it, and what was kept of it elsewhere.
struct Record {
    key: RecoveryKey,
    keyslots: Vec<u8>,
    head: Vec<u8>,
    files: Files,
}

/// Batches that were acknowledged one by one, and lie in the log only.
async fn acknowledged() -> Record {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    for n in 0..BATCHES {
        vault.record(&run(T0 + n * BATCH * 1000, BATCH)).await.unwrap();
    }
    let head = *vault.heads().borrow();
    let head = vault.seal_head(&head).await.unwrap();
    let files = Files::of(dir.path());
    let keyslots = std::fs::read(dir.path().join("keyslots")).unwrap();
    vault.lock().await.unwrap();
    Record { key, keyslots, head, files }
}

async fn database(dir: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(dir.join("vault.db")).connect().await.unwrap()
}

impl Record {
    /// In a directory of its own, with these files.
    fn laid(&self, files: &Files) -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        files.write(dir.path());
        std::fs::write(dir.path().join("keyslots"), &self.keyslots).unwrap();
        dir
    }

    /// The log's pages are in the database too, and it still lies there: so it is between the two steps of emptying it.
    async fn written_back(&self) -> Files {
        let dir = self.laid(&self.files);
        let mut db = database(dir.path()).await;
        let checkpoint = sqlx::query_as("PRAGMA wal_checkpoint(RESTART)").fetch_one(&mut db).await;
        let (busy, frames, written): (i64, i64, i64) = checkpoint.unwrap();
        assert!(busy == 0 && frames == written && frames > 0, "{busy} {frames} {written}");
        let files = Files::of(dir.path());
        db.close().await.unwrap();
        assert!(files.log == self.files.log && files.database != self.files.database);
        files
    }

    /// How the record stands, and how many batches are in it, each whole; `None` when it is told that it is damaged.
    async fn opened(&self, files: &Files, what: &str) -> Option<(Standing, i64)> {
        let dir = self.laid(files);
        let told = |error: VaultError| {
            assert!(matches!(error, VaultError::Damaged { .. }), "{what}: {error}");
        };
        let vault = open(dir.path(), &self.key, 3).await.map_err(told).ok()?;
        let standing = vault.compare(Some(&self.head)).await.map_err(told).ok()?;
        let readings = vault.readings(HR, 0, i64::MAX).await.map_err(told).ok()?;
        let stored = i64::try_from(readings.len()).unwrap();
        assert!(readings == run(T0, stored) && stored % BATCH == 0, "{what}: {stored} readings");
        Some((standing, stored / BATCH))
    }
}

#[tokio::test]
async fn a_log_whose_end_is_zeros_ends_at_an_earlier_commit_and_what_is_missing_is_told() {
    let record = acknowledged().await;
    let frames = record.files.frames();
    assert!(frames >= usize::try_from(BATCHES).unwrap());
    let (mut least, mut told) = (0, 0);
    for frame in 0..=frames {
        // At the beginning of a page's frame, behind its head, or inside the page.
        let from = HEAD + frame * FRAME + [0, 24, 1000][frame % 3];
        let mut files = record.files.clone();
        files.log.iter_mut().skip(from).for_each(|octet| *octet = 0);
        let what = format!("zeros from frame {frame} of {frames}");
        let Some((standing, batches)) = record.opened(&files, &what).await else { panic!("{what}: damaged") };
        assert!((least..=BATCHES).contains(&batches), "{what}: {batches} batches, {least} before");
        assert_eq!(
            standing == Standing::Sound,
            batches == BATCHES,
            "{what}: {standing:?}, {batches} batches"
        );
        least = batches;
        told += u32::from(standing != Standing::Sound);
    }
    assert_eq!(least, BATCHES, "the whole log has everything");
    assert!(told > 0, "nothing was ever lost");
}

#[tokio::test]
async fn zeros_that_the_vault_writes_over_its_log_cost_nothing_wherever_they_stop() {
    let record = acknowledged().await;
    let files = record.written_back().await;
    let headless = || {
        let mut log = files.log.clone();
        log[..HEAD].fill(0);
        log
    };
    let mut states = vec![headless(), vec![0; files.log.len()], Vec::new()];
    // As far as it came, and any of its sectors: they are one write until the next sync.
    let mut random = rng(5);
    for from in (HEAD..files.log.len()).step_by(files.log.len() / 6) {
        let mut log = headless();
        log[HEAD..from].fill(0);
        states.push(log);
        let mut log = headless();
        log.chunks_mut(512).filter(|_| random.random()).for_each(|sector| sector.fill(0));
        states.push(log);
    }
    for (n, log) in states.into_iter().enumerate() {
        let files = Files { log, ..files.clone() };
        let found = record.opened(&files, &format!("state {n}")).await;
        assert_eq!(found, Some((Standing::Sound, BATCHES)), "state {n}");
        let dir = record.laid(&files);
        let vault = open(dir.path(), &record.key, 4).await.unwrap();
        assert!(verified(&vault).await.is_whole(), "state {n}");
    }
}

/// Why the head goes first: a log that is whole up to somewhere is taken for what was committed last, over a file that has come
/// further. A disk that does it all the same is told.
#[tokio::test]
async fn a_log_that_kept_its_head_over_a_newer_file_loses_nothing_in_silence() {
    let record = acknowledged().await;
    let files = record.written_back().await;
    let frames = files.frames();
    let (mut told, mut sound) = (0, 0);
    for frame in (0..=frames).step_by(2) {
        let mut older = files.clone();
        older.log.truncate(HEAD + frame * FRAME);
        older.log.resize(files.log.len(), 0);
        match record.opened(&older, &format!("zeros from frame {frame} of {frames}")).await {
            Some((Standing::Sound, batches)) => {
                assert_eq!(batches, BATCHES, "zeros from frame {frame} of {frames}");
                sound += 1;
            }
            Some(_) | None => told += 1,
        }
    }
    eprintln!("of {frames} frames: {told} cuts are told, {sound} lose nothing");
    assert!(told > 0 && sound > 0, "{told} {sound}");
}

/// A record of four sealed hours whose file ends with a note: some pages of its end hold nothing else.
async fn ending_with_a_note() -> (TempDir, RecoveryKey) {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    for n in 0..4 {
        vault.record(&run(T0 + n * EPOCH, 200)).await.unwrap();
    }
    vault.close_epochs(T0 + 4 * EPOCH).await.unwrap();
    vault.lock().await.unwrap();
    for n in 0..16u8 {
        let vault = open(dir.path(), &key, 10 + u64::from(n)).await.unwrap();
        vault.cabinet().put("notes", &[n], &vec![n; 200_000]).await.unwrap();
        vault.lock().await.unwrap();
        if a_note_is_last(dir.path()).await {
            return (dir, key);
        }
    }
    panic!("the file ends with another page each time");
}

async fn a_note_is_last(dir: &Path) -> bool {
    let file = std::fs::read(dir.join("vault.db")).unwrap();
    let mut db = database(dir).await;
    let notes = sqlx::query_scalar("SELECT sealed FROM cabinet WHERE length(sealed) > 100000");
    let notes: Vec<Vec<u8>> = notes.fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    let piece = |page: usize| &file[file.len() - page * PAGE + 200..][..64];
    notes.iter().any(|note| [1, 20].iter().all(|page| find(note, piece(*page)).is_some()))
}

#[tokio::test]
async fn a_file_whose_end_is_zeros_is_told_and_what_lies_before_it_is_read() {
    let (dir, key) = ending_with_a_note().await;
    let path = dir.path().join("vault.db");
    let whole = std::fs::read(&path).unwrap();
    let all: Vec<_> = (0..4).flat_map(|n| run(T0 + n * EPOCH, 200)).collect();
    let zeroed = |pages: usize| {
        let mut octets = whole.clone();
        let from = octets.len() - pages * PAGE;
        octets[from..].fill(0);
        std::fs::write(&path, octets).unwrap();
    };
    for pages in [1, 2, 10, 20] {
        zeroed(pages);
        let vault = open(dir.path(), &key, 40).await.unwrap();
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap(), all, "{pages} pages");
        let report = verified(&vault).await;
        assert_eq!((report.damage, report.readings), (vec![Damage::Rows], 800), "{pages} pages");
        vault.lock().await.unwrap();
    }
    // On into what the record is made of.
    let (mut closed, mut some) = (0, 0);
    for pages in (21..whole.len() / PAGE).step_by(4) {
        zeroed(pages);
        let vault = match open(dir.path(), &key, 40).await {
            Ok(vault) => vault,
            Err(VaultError::Damaged { .. }) => {
                closed += 1;
                continue;
            }
            Err(e) => panic!("{pages} pages: {e}"),
        };
        match vault.readable(HR, 0, i64::MAX).await {
            Ok((readings, damaged)) => {
                assert!(readings.iter().all(|r| all.contains(r)), "{pages} pages: an altered reading");
                assert!(readings.len() == all.len() || damaged > 0, "{pages} pages: a loss in silence");
                some += 1;
            }
            Err(e) => assert!(matches!(e, VaultError::Damaged { .. }), "{pages} pages: {e}"),
        }
        assert!(!verified(&vault).await.is_whole(), "{pages} pages");
        let _ = vault.lock().await;
    }
    eprintln!("{some} times something was read, {closed} times the record was told to be damaged");
}

//! What others do with the readings of `bench-vault`: rows of plain SQLite, the same through SQLCipher, an age file.
//!
//! ```text
//! salus-bench-baselines FILE DAYS      FILE: at i64 || rate i64 per reading, little-endian, one day of them
//!   -> one JSON object on one line
//! ```
//!
//! Both databases have the vault's pragmas and the columns that a plain application would use. SQLCipher without a key is
//! SQLite: one build gives both.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

const DAY_MS: i64 = 86_400_000;
/// Readings of a batch, as the vault is given them.
const BATCH: usize = 3600;
/// Single readings whose commits are timed.
const COMMITS: i64 = 500;
const MIB: usize = 1 << 20;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let file = args.next().context("which file of readings?")?;
    let days: i64 = args.next().context("how many days?")?.parse()?;
    let day = read(Path::new(&file))?;
    let all = json!({
        "sqlite": database(&day, days, None)?,
        "sqlcipher": database(&day, days, Some("a bench's passphrase"))?,
        "age": age(&day)?,
    });
    println!("{all}");
    Ok(())
}

fn read(file: &Path) -> Result<Vec<(i64, i64)>> {
    let octets = std::fs::read(file)?;
    ensure!(octets.len() % 16 == 0 && !octets.is_empty(), "not a file of readings");
    let number = |octets: &[u8]| Ok::<_, anyhow::Error>(i64::from_le_bytes(octets.try_into()?));
    octets.chunks_exact(16).map(|one| Ok((number(&one[..8])?, number(&one[8..])?))).collect()
}

fn database(day: &[(i64, i64)], days: i64, key: Option<&str>) -> Result<Value> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("plain.db");
    let mut db = Connection::open(&path)?;
    if let Some(key) = key {
        db.pragma_update(None, "key", key)?;
        let version: String = db.pragma_query_value(None, "cipher_version", |row| row.get(0))?;
        ensure!(!version.is_empty(), "this build has no cipher");
    }
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA locking_mode = EXCLUSIVE;
         CREATE TABLE reading (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, at INTEGER NOT NULL,
             arrived INTEGER NOT NULL, device INTEGER NOT NULL, rate INTEGER NOT NULL, quality INTEGER NOT NULL);
         CREATE INDEX reading_at ON reading (series, at);",
    )?;
    let mut stored = 0u64;
    let started = Instant::now();
    for n in 0..days {
        for batch in day.chunks(BATCH) {
            insert(&mut db, batch, n * DAY_MS)?;
            stored += batch.len() as u64;
        }
    }
    let ingest = started.elapsed().as_secs_f64();
    let mut commits = Vec::new();
    for n in 0..COMMITS {
        let one = [(day[0].0 + (days + 1) * DAY_MS + n * 1000, 60)];
        let started = Instant::now();
        insert(&mut db, &one, 0)?;
        commits.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    commits.sort_by(f64::total_cmp);
    let started = Instant::now();
    let mut sum = 0i64;
    {
        let mut query = db
            .prepare("SELECT at, arrived, device, rate, quality FROM reading WHERE series = 1 ORDER BY at")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            sum = sum.wrapping_add(row.get::<_, i64>(0)? + row.get::<_, i64>(3)?);
        }
    }
    let reading = started.elapsed().as_secs_f64();
    ensure!(sum != 0, "nothing was read");
    db.pragma_update(None, "wal_checkpoint", "TRUNCATE")?;
    drop(db);
    let size: u64 = std::fs::read_dir(dir.path())?.map(|e| Ok(e?.metadata()?.len())).sum::<Result<u64>>()?;
    let rows = stored as f64;
    Ok(json!({
        "bytes_per_reading": size as f64 / (rows + COMMITS as f64),
        "ingest_per_second": rows / ingest,
        "commit_p50_ms": commits[commits.len() / 2],
        "commit_p99_ms": commits[commits.len() * 99 / 100],
        "read_per_second": rows / reading,
        "readings": stored,
    }))
}

fn insert(db: &mut Connection, readings: &[(i64, i64)], shift: i64) -> Result<()> {
    let transaction = db.transaction()?;
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO reading (series, at, arrived, device, rate, quality) VALUES (1, ?, ?, 1, ?, 0)",
        )?;
        for (at, rate) in readings {
            insert.execute(params![at + shift, at + shift, rate])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The day's readings as lines of CSV in an age file, and 16 MiB sealed and opened.
fn age(day: &[(i64, i64)]) -> Result<Value> {
    let identity = ::age::x25519::Identity::generate();
    let text: String = day.iter().map(|(at, rate)| format!("{at},{rate}\n")).collect();
    let file = ::age::encrypt(&identity.to_public(), text.as_bytes())?;
    let plain: Vec<u8> = (0..16 * MIB).map(|i| (i * 31 % 251) as u8).collect();
    let started = Instant::now();
    let sealed = ::age::encrypt(&identity.to_public(), &plain)?;
    let sealing = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let opened = ::age::decrypt(&identity, &sealed)?;
    let opening = started.elapsed().as_secs_f64();
    ensure!(opened == plain, "what was sealed does not open");
    Ok(json!({
        "bytes_per_reading": file.len() as f64 / day.len() as f64,
        "seal_mib_per_second": 16.0 / sealing,
        "open_mib_per_second": 16.0 / opening,
    }))
}

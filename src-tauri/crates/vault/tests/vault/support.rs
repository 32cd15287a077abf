//! The files of a record, for the tests that look into them.

use std::path::Path;

use salus_vault::{Epoch, Report, Vault};
use salus_wire::{Category, Component, Decimal, Quantity, Reading};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

pub(crate) use crate::record::{PASS, T0, create, heart_rate, open, rng, run};

/// An epoch counted from the one of [`T0`].
pub(crate) fn epoch(offset: u32) -> Epoch {
    Epoch::new(438_232 + offset).unwrap()
}

/// What a meter stores: it has a number, and none of its own time.
pub(crate) fn numbered(at: i64, number: i64) -> Reading {
    let value = |quantity, n| Component { quantity, value: Decimal::whole(n) };
    let components = vec![value(Quantity::CapillaryGlucose, 90), value(Quantity::RecordNumber, number)];
    Reading { category: Category::Glucose, components, ..heart_rate(at, 60) }
}

/// Every octet of every file of a directory.
pub(crate) fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(p).unwrap()))
        .collect()
}

pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

/// Verifies the whole record.
pub(crate) async fn verified(vault: &Vault) -> Report {
    let mut verification = vault.verify().await.unwrap();
    while verification.step().await.unwrap() {}
    let (done, total) = verification.progress();
    assert_eq!(done, total);
    verification.report()
}

/// Changes rows of a record that is locked.
pub(crate) async fn change(dir: &Path, statement: &'static str) {
    let mut db = SqliteConnectOptions::new()
        .filename(dir.join("vault.db"))
        .foreign_keys(false)
        .connect()
        .await
        .unwrap();
    let done = sqlx::query(statement).execute(&mut db).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    db.close().await.unwrap();
}

//! The SQLite file: one connection, its pragmas, its schema.

use std::path::Path;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Sqlite, SqlitePool};

use super::files;
use crate::VaultError;
use crate::error::Part;

static MIGRATOR: Migrator = sqlx::migrate!();

/// Gives the new, empty file of a record its schema.
pub(super) async fn make(dir: &Path) -> Result<SqlitePool, VaultError> {
    // Chosen once: on a file that has it already, the pragma would write at every opening.
    connect(options(dir).auto_vacuum(SqliteAutoVacuum::Incremental)).await
}

/// Opens an existing file and brings its schema up to date.
pub(super) async fn open(dir: &Path) -> Result<SqlitePool, VaultError> {
    connect(options(dir)).await
}

fn options(dir: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(files::database(dir))
        .create_if_missing(false)
        // Exclusive locking also keeps the write-ahead log's index in memory: no third file.
        .locking_mode(SqliteLockingMode::Exclusive)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .pragma("cell_size_check", "ON")
}

async fn connect(options: SqliteConnectOptions) -> Result<SqlitePool, VaultError> {
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    match MIGRATOR.run(&pool).await {
        Ok(()) => Ok(pool),
        Err(e) => {
            pool.close().await;
            Err(schema_error(e))
        }
    }
}

/// Begins a transaction.
///
/// In plain statements: after SQLite itself rolled back (a full disk), sqlx would count one level too many, and the
/// next transaction would be a savepoint that never becomes durable.
pub(super) async fn begin(pool: &SqlitePool) -> Result<PoolConnection<Sqlite>, VaultError> {
    let mut db = pool.acquire().await?;
    sqlx::query("BEGIN IMMEDIATE").execute(&mut *db).await?;
    Ok(db)
}

/// Makes a transaction durable.
pub(super) async fn commit(mut db: PoolConnection<Sqlite>) -> Result<(), VaultError> {
    sqlx::query("COMMIT").execute(&mut *db).await?;
    Ok(())
}

/// Ends what a failed or cancelled operation left open; nothing may be open, which is not an error.
pub(super) async fn abandon(pool: &SqlitePool) {
    if let Err(e) = sqlx::query("ROLLBACK").execute(pool).await {
        tracing::debug!(error = %e, "nothing to roll back");
    }
}

/// Writes the log back into the file, empties it, and closes the connection.
pub(super) async fn close(pool: &SqlitePool) -> Result<(), VaultError> {
    let written = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await;
    pool.close().await;
    written?;
    Ok(())
}

/// Writes a consistent copy into a file that exists and is empty: the pages in use, and nothing that was deleted.
///
/// # Source
/// <https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause>
pub(super) async fn copy(pool: &SqlitePool, to: &Path) -> Result<(), VaultError> {
    let to = std::path::absolute(to)?;
    let to = to.to_str().ok_or(VaultError::Storage)?;
    sqlx::query("VACUUM INTO ?").bind(to).execute(pool).await?;
    Ok(())
}

/// Writes the log back into the file and empties it.
pub(super) async fn checkpoint(pool: &SqlitePool) -> Result<(), VaultError> {
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await?;
    Ok(())
}

/// Gives pages that a sealing freed back to the file system, once the file itself holds them overwritten: a page that is cut
/// off before that leaves its old octets in the disk's free blocks.
pub(super) async fn shrink(pool: &SqlitePool) -> Result<(), VaultError> {
    checkpoint(pool).await?;
    sqlx::query("PRAGMA incremental_vacuum").fetch_all(pool).await?;
    Ok(())
}

/// Overwrites in the file what was deleted, and empties the log, which still holds it. What fails is done at the next
/// unlocking: the deletion itself is durable.
pub(super) async fn scrub(pool: &SqlitePool) {
    const LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
    // The first writes the overwritten pages into the file, before the second cuts them off; the third empties the log.
    for pragma in [LOG, "PRAGMA incremental_vacuum", LOG] {
        if let Err(e) = sqlx::query(pragma).fetch_all(pool).await {
            tracing::warn!("what was deleted is overwritten later");
            tracing::debug!(error = %e, "scrubbing failed");
        }
    }
}

fn schema_error(e: MigrateError) -> VaultError {
    match e {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => VaultError::TooNew,
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        _ => VaultError::Damaged { part: Part::Database },
    }
}

/// Caps the file at its present size and `spare` pages, so that a test meets a real full file.
pub(super) async fn cap(pool: &SqlitePool, spare: u32) -> Result<(), VaultError> {
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(pool).await?;
    let pragma = format!("PRAGMA max_page_count = {}", pages + i64::from(spare));
    sqlx::query(sqlx::AssertSqlSafe(pragma)).fetch_all(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests;

//! The SQLite file: one connection, its pragmas, its schema.

use std::path::Path;

use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePoolOptions,
    SqliteSynchronous,
};

use super::files;
use crate::VaultError;
use crate::error::Part;

static MIGRATOR: Migrator = sqlx::migrate!();

/// Opens an existing file and brings its schema up to date.
pub(super) async fn open(dir: &Path) -> Result<SqlitePool, VaultError> {
    let options = SqliteConnectOptions::new()
        .filename(files::database(dir))
        .create_if_missing(false)
        // Exclusive locking also keeps the write-ahead log's index in memory: no third file.
        .locking_mode(SqliteLockingMode::Exclusive)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("temp_store", "MEMORY")
        .pragma("cell_size_check", "ON");
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

/// Writes the log back into the file, empties it, and closes the connection.
pub(super) async fn close(pool: &SqlitePool) -> Result<(), VaultError> {
    let written = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await;
    pool.close().await;
    written?;
    Ok(())
}

/// Gives pages that a sealing freed back to the file system.
pub(super) async fn shrink(pool: &SqlitePool) -> Result<(), VaultError> {
    sqlx::query("PRAGMA incremental_vacuum").fetch_all(pool).await?;
    Ok(())
}

fn schema_error(e: MigrateError) -> VaultError {
    match e {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => VaultError::TooNew,
        MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _) => e.into(),
        _ => VaultError::Damaged { part: Part::Database },
    }
}

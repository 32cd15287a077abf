//! The SQLite file: one connection, its pragmas, its schema.

use std::fs::{File, OpenOptions};
use std::path::Path;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Sqlite, SqliteConnection, SqlitePool};

use super::{cut, files};
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
            let unread = matches!(e, MigrateError::Execute(_));
            let error = schema_error(e);
            if unread && matches!(error, VaultError::Damaged { .. }) && is_newest(&pool).await {
                // Nothing of the record lies on that page.
                tracing::warn!(
                    "the list of migrations is damaged; the file's own number says that all were applied"
                );
                return Ok(pool);
            }
            pool.close().await;
            Err(error)
        }
    }
}

/// True when the file's head says that its schema is this program's: the last migration of each version writes its number there.
async fn is_newest(pool: &SqlitePool) -> bool {
    let version: Result<i64, _> = sqlx::query_scalar("PRAGMA user_version").fetch_one(pool).await;
    version.ok().is_some_and(|version| MIGRATOR.iter().map(|one| one.version).max() == Some(version))
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
    let written = checkpoint(pool).await;
    pool.close().await;
    written
}

/// Instructions of SQLite between two looks at whether a copy goes on; a few of them copy a row.
const LOOK: i32 = 10_000;

/// Writes a consistent copy into a file that exists and is empty: the pages in use, and nothing that was deleted. It ends with an
/// error soon after `goes_on` says no: whoever locks the record waits for the one connection.
///
/// Must be polled to its end: dropped before, it would leave the connection with the question.
///
/// # Source
/// <https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause>, <https://www.sqlite.org/c3ref/progress_handler.html>
pub(super) async fn copy(
    pool: &SqlitePool,
    to: &Path,
    goes_on: impl FnMut() -> bool + Send + 'static,
) -> Result<(), VaultError> {
    let to = std::path::absolute(to)?;
    let to = to.to_str().ok_or(VaultError::Storage)?;
    let mut db = pool.acquire().await?;
    db.lock_handle().await?.set_progress_handler(LOOK, goes_on);
    let copied = sqlx::query("VACUUM INTO ?").bind(to).execute(&mut *db).await;
    db.lock_handle().await?.remove_progress_handler();
    copied?;
    Ok(())
}

/// Opens the database's file beside SQLite, for [`shrink`]. Dropped only after the connection is closed: closing any handle of
/// a file gives up the locks that this process has on it (POSIX).
pub(super) async fn raw(pool: &SqlitePool) -> Result<File, VaultError> {
    let path = path(&mut *pool.acquire().await?).await?;
    Ok(OpenOptions::new().read(true).write(true).open(path)?)
}

async fn path(db: &mut SqliteConnection) -> Result<String, VaultError> {
    let named = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    Ok(sqlx::query_scalar(named).fetch_one(db).await?)
}

/// Writes the log back into the file and empties it; what it held is written over before it is cut off ([`cut`]).
pub(super) async fn checkpoint(pool: &SqlitePool) -> Result<(), VaultError> {
    empty(&mut *pool.acquire().await?).await
}

/// On the one connection that there is: between the steps nobody writes into the log.
async fn empty(db: &mut SqliteConnection) -> Result<(), VaultError> {
    blank(db).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(db).await?;
    Ok(())
}

async fn blank(db: &mut SqliteConnection) -> Result<(), VaultError> {
    let restart = sqlx::query_as("PRAGMA wal_checkpoint(RESTART)").fetch_one(&mut *db).await?;
    let (busy, frames, written): (i64, i64, i64) = restart;
    if busy != 0 || frames != written {
        // A frame is still needed: not ours to write over.
        return Err(VaultError::Storage);
    }
    let log = format!("{}-wal", path(db).await?);
    Ok(cut::log(Path::new(&log))?)
}

/// Gives pages that a sealing freed back to the file system, once the file itself holds them overwritten: a page that is cut
/// off before that leaves its old octets in the disk's free blocks. So does a page that is moved to make the file shorter,
/// where it lay before: what is behind the new end is written over while the log still has the file's old length.
pub(super) async fn shrink(pool: &SqlitePool, file: &File) -> Result<(), VaultError> {
    /// Few enough that SQLite makes no checkpoint of its own, which would cut the file, at their end.
    const PAGES: u32 = 300;
    let mut db = pool.acquire().await?;
    let size = number(&mut db, "page_size").await?;
    let mut pages = number(&mut db, "page_count").await?;
    empty(&mut db).await?;
    while number(&mut db, "freelist_count").await? > 0 {
        let vacuum = sqlx::AssertSqlSafe(format!("PRAGMA incremental_vacuum({PAGES})"));
        sqlx::query(vacuum).fetch_all(&mut *db).await?;
        let left = number(&mut db, "page_count").await?;
        cut::tail(file, left.saturating_mul(size))?;
        empty(&mut db).await?;
        if left >= pages {
            break;
        }
        pages = left;
    }
    Ok(())
}

async fn number(db: &mut SqliteConnection, pragma: &str) -> Result<u64, VaultError> {
    let found: i64 =
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("PRAGMA {pragma}"))).fetch_one(db).await?;
    u64::try_from(found).map_err(|_| VaultError::Damaged { part: Part::Database })
}

/// Writes the tables anew whose rows are sealed under keys that stay: SQLite moves rows between pages and may leave what it
/// moved in the unused middle of a page, where `secure_delete` does not find it when the row goes. Whole pages that go are
/// zeroed.
pub(super) async fn renew(pool: &SqlitePool) -> Result<(), VaultError> {
    for table in ["journal", "cabinet"] {
        let mut db = begin(pool).await?;
        for step in [
            format!("CREATE TABLE renewed AS SELECT * FROM {table}"),
            format!("DELETE FROM {table}"),
            format!("INSERT INTO {table} SELECT * FROM renewed"),
            "DROP TABLE renewed".to_owned(),
        ] {
            if let Err(e) = sqlx::query(sqlx::AssertSqlSafe(step)).execute(&mut *db).await {
                drop(db);
                abandon(pool).await;
                return Err(e.into());
            }
        }
        commit(db).await?;
    }
    Ok(())
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

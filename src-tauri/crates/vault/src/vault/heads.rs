//! Every epoch's head, read at once when a record is unlocked.
//!
//! Ten years are 76,992 rows, and a row costs the database's library more than its octets cost SQLite and the cipher together.
//! So SQLite joins the rows of a piece into one value, each as `id in decimal || "," || tag 16 || head 70`. A piece that does not
//! come apart into rows which all open is read row by row: that says which one rotted.

use futures::TryStreamExt;
use sqlx::SqlitePool;

use super::index::{self, Slot};
use super::{Keys, mend};
use crate::VaultError;
use crate::row::DAMAGED;

/// Octets of a tag, and of a sealed head: nonce, 30 octets, the cipher's tag.
const TAG: usize = 16;
const HEAD: usize = 24 + 30 + 16;

/// Row numbers of one piece: some 100 KB. The database's thread reads the next pieces while one is opened here.
const PIECE: i64 = 1024;

/// Highest row number that is read by pieces: four thousand years of a reading an hour in every category there is. One beyond it
/// is read row by row, instead of asking for pieces without end.
const MOST: i64 = 1 << 32;

/// Each by a search of its own: asked for together, SQLite reads an index from its beginning to its end.
const ENDS: &str = "SELECT (SELECT MIN(id) FROM epoch), (SELECT MAX(id) FROM epoch)";

/// Every number and tag, from the index alone; and how many of these are read at once.
const LISTED: &str = "SELECT id, tag FROM epoch INDEXED BY sqlite_autoindex_epoch_1";
const TOGETHER: usize = 256;

const PIECES: &str = "
    WITH RECURSIVE piece (start) AS (
        SELECT 0 UNION ALL SELECT start + ?1 FROM piece WHERE start + ?1 <= ?2
    )
    SELECT start, (
        SELECT CAST(GROUP_CONCAT(id || ',' || tag || head, '') AS BLOB)
        FROM epoch WHERE id >= start AND id < start + ?1
    ) FROM piece";

/// What was read.
#[derive(Default)]
pub(super) struct Heads {
    /// Those that opened. A head that opens is of the category and the epoch that it says: it is sealed to its tag, and this to
    /// them. Ten years of tags computed once more would only tell what the cipher told.
    pub(super) opened: Vec<Slot>,
    /// Those that did not.
    pub(super) rotten: Vec<mend::Rotten>,
    /// Those that cannot be read, because their page is damaged.
    pub(super) lost: Vec<mend::Rotten>,
}

/// A row as it is stored: its number, tag and sealed head.
type Row<'a> = (i64, &'a [u8], &'a [u8]);

impl Heads {
    /// Opens rows, all of them or, with `strict`, none.
    fn open(&mut self, keys: &Keys, rows: &[Row<'_>], strict: bool) -> Result<bool, VaultError> {
        let heads = keys.rows.open_all(index::TABLE, rows.iter().map(|(_, tag, head)| (*tag, *head)));
        if strict && heads.iter().any(Option::is_none) {
            return Ok(false);
        }
        for ((id, tag, _), head) in rows.iter().zip(heads) {
            match head {
                Some(head) => self.opened.push(index::decode(*id, &head).ok_or(DAMAGED)?),
                None => self.rotten.push((*id, tag.to_vec())),
            }
        }
        Ok(true)
    }

    async fn one_by_one(
        &mut self,
        pool: &SqlitePool,
        keys: &Keys,
        from: i64,
        to: i64,
    ) -> Result<(), VaultError> {
        let rows: Vec<(i64, Vec<u8>, Vec<u8>)> =
            sqlx::query_as("SELECT id, tag, head FROM epoch WHERE id >= ? AND id <= ?")
                .bind(from)
                .bind(to)
                .fetch_all(pool)
                .await?;
        let rows: Vec<Row<'_>> = rows.iter().map(|(id, tag, head)| (*id, &tag[..], &head[..])).collect();
        self.open(keys, &rows, false).map(drop)
    }

    /// One that the index lists.
    async fn one(&mut self, pool: &SqlitePool, keys: &Keys, id: i64, tag: &[u8]) -> Result<(), VaultError> {
        let head: Result<Option<Vec<u8>>, _> =
            sqlx::query_scalar("SELECT head FROM epoch WHERE id = ?").bind(id).fetch_optional(pool).await;
        match head.map_err(VaultError::from) {
            Ok(Some(head)) => self.open(keys, &[(id, tag, &head[..])], false).map(drop),
            Ok(None) | Err(VaultError::Damaged { .. }) => {
                self.lost.push((id, tag.to_vec()));
                Ok(())
            }
            Err(e) => Err(e),
        }
    }
}

/// Reads and opens every head there is. Where a page of them is damaged the index of tags says which there are, and only those on that
/// page are lost.
pub(super) async fn read(pool: &SqlitePool, keys: &Keys) -> Result<Heads, VaultError> {
    match by_pieces(pool, keys).await {
        Err(VaultError::Damaged { .. }) => as_listed(pool, keys).await,
        heads => heads,
    }
}

async fn as_listed(pool: &SqlitePool, keys: &Keys) -> Result<Heads, VaultError> {
    let mut listed: Vec<(i64, Vec<u8>)> = sqlx::query_as(LISTED).fetch_all(pool).await?;
    listed.sort_unstable();
    let mut heads = Heads::default();
    for some in listed.chunks(TOGETHER) {
        let (Some((from, _)), Some((to, _))) = (some.first(), some.last()) else { continue };
        match heads.one_by_one(pool, keys, *from, *to).await {
            Err(VaultError::Damaged { .. }) => {}
            read => {
                read?;
                continue;
            }
        }
        for (id, tag) in some {
            heads.one(pool, keys, *id, tag).await?;
        }
    }
    Ok(heads)
}

async fn by_pieces(pool: &SqlitePool, keys: &Keys) -> Result<Heads, VaultError> {
    let mut heads = Heads::default();
    let ends: (Option<i64>, Option<i64>) = sqlx::query_as(ENDS).fetch_one(pool).await?;
    let (Some(first), Some(last)) = ends else { return Ok(heads) };
    if first < 0 || last > MOST {
        heads.one_by_one(pool, keys, i64::MIN, i64::MAX).await?;
        return Ok(heads);
    }
    let mut again = Vec::new();
    let mut pieces = sqlx::query_as::<_, (i64, Option<Vec<u8>>)>(PIECES).bind(PIECE).bind(last).fetch(pool);
    while let Some((start, joined)) = pieces.try_next().await? {
        let Some(joined) = joined else { continue };
        let whole = match apart(&joined) {
            Some(rows) => heads.open(keys, &rows, true)?,
            None => false,
        };
        if !whole {
            again.push(start);
        }
    }
    // Behind the others: there is one connection.
    drop(pieces);
    for start in again {
        heads.one_by_one(pool, keys, start, start + PIECE - 1).await?;
    }
    Ok(heads)
}

/// The rows of a piece; `None` when one of them is of another length.
fn apart(mut joined: &[u8]) -> Option<Vec<Row<'_>>> {
    let mut rows = Vec::with_capacity(joined.len() / (TAG + HEAD + 2));
    while !joined.is_empty() {
        let digits = joined.iter().position(|octet| *octet == b',')?;
        let (id, rest) = joined.split_at_checked(digits)?;
        let id: i64 = str::from_utf8(id).ok()?.parse().ok()?;
        let (tag, rest) = rest.get(1..)?.split_at_checked(TAG)?;
        let (head, rest) = rest.split_at_checked(HEAD)?;
        rows.push((id, tag, head));
        joined = rest;
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_comes_apart_into_its_rows_or_not_at_all() {
        // Octets of a comma and of digits in the middle of a row, and a zero.
        let (tag, mut head) = ([b','; TAG], [b'7'; HEAD]);
        head[3] = 0;
        let row = |id: i64| [id.to_string().as_bytes(), b",", &tag, &head].concat();
        let joined = [row(9), row(1_000_000)].concat();
        assert_eq!(apart(&joined), Some(vec![(9, &tag[..], &head[..]), (1_000_000, &tag[..], &head[..])]));
        assert_eq!(apart(&[]), Some(Vec::new()));
        for cut in (1..joined.len()).filter(|cut| *cut != row(9).len()) {
            assert_eq!(apart(&joined[..cut]), None, "{cut}");
        }
        assert_eq!(apart(&[&joined[..], b"x"].concat()), None);
    }
}

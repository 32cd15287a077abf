//! Stored summaries: fetched, and opened with the keys of their days.

use std::collections::HashMap;

use salus_wire::{Category, Level};
use sqlx::{QueryBuilder, Sqlite, SqlitePool};

use super::STRIDE;
use crate::summary::{self, Block, Place};
use crate::vault::branch::Branch;
use crate::vault::{Series, Vault};
use crate::{Node, VaultError};

/// A day's place, as the generation of the series that seals it.
pub(super) const fn place(series: Series, day: u32) -> Place {
    Place { series: series.id, generation: series.generation, level: Level::Day, day }
}

/// The keys of a stride of days, by level: derived once where nothing of the stride was deleted, and one generation seals it.
pub(super) struct Shelf {
    branch: Branch,
    common: [Option<Node>; 3],
}

impl Shelf {
    pub(super) fn new(vault: &Vault, category: Category, day: u32) -> Self {
        let branch = vault.branch(category, Clone::clone);
        let start = day >> STRIDE << STRIDE;
        let common = Level::ALL.map(|level| branch.summaries(level)?.descend(STRIDE, start));
        Self { branch, common }
    }

    /// `None` for what does not open or decode: it is computed again.
    pub(super) fn open(&self, day: u32, level: Level, sealed: &[u8]) -> Option<Block> {
        let position = Level::ALL.iter().position(|l| *l == level)?;
        let node = match self.common.get(position)? {
            Some(common) => common.clone(),
            None => self.branch.summaries(level)?.descend(0, day)?,
        };
        let place = Place { level, ..place(self.branch.series_of_day(day), day) };
        summary::open(&node, &place, sealed).ok()
    }
}

/// One level of the days of these tags, as far as they are stored.
pub(super) async fn fetch(
    pool: &SqlitePool,
    level: Level,
    tags: &[(u32, [u8; 16])],
) -> Result<HashMap<u32, Vec<u8>>, VaultError> {
    if tags.is_empty() {
        return Ok(HashMap::new());
    }
    let column = match level {
        Level::Minute => "minute",
        Level::Hour => "hour",
        Level::Day => "day",
    };
    let mut query = QueryBuilder::<Sqlite>::new("SELECT tag, ");
    query.push(column).push(" FROM summary WHERE tag IN (");
    let mut list = query.separated(", ");
    for (_, tag) in tags {
        list.push_bind(tag.to_vec());
    }
    query.push(")");
    let rows: Vec<(Vec<u8>, Vec<u8>)> = query.build_query_as().fetch_all(pool).await?;
    let days: HashMap<&[u8], u32> = tags.iter().map(|(day, tag)| (tag.as_slice(), *day)).collect();
    Ok(rows.into_iter().filter_map(|(tag, sealed)| Some((*days.get(tag.as_slice())?, sealed))).collect())
}

//! Summing up a day, and storing what it comes to.

use salus_wire::measure::summary::roll_up;
use salus_wire::{Category, Level};

use super::minutes::Which;
use super::shelf::place;
use super::{sources, stored, tag};
use crate::summary::{self, Block, Place};
use crate::vault::index::Slot;
use crate::vault::{State, Vault, branch, database};
use crate::{Key, Node, Tree, VaultError};

impl Vault {
    /// What a day's epochs, all of them closed, come to; the finest level first.
    pub(in super::super) async fn blocks(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
    ) -> Result<[Block; 3], VaultError> {
        let sources = sources(slots);
        let minutes = self.minutes(category, day, slots, Which::Sealed, |_| true).await?;
        Ok(Level::ALL.map(|level| Block { level, day, sources, rows: roll_up(level, &minutes) }))
    }

    /// Computes and stores a day's summaries from its epochs that are closed.
    pub(in super::super) async fn sum_up(
        &self,
        state: &mut State,
        category: Category,
        day: u32,
    ) -> Result<(), VaultError> {
        let slots: Vec<Slot> = state.slots(category, day).into_iter().filter(stored).collect();
        let blocks = self.blocks(category, day, &slots).await?;
        let mut branch = self.branch(category, Clone::clone);
        let new = branch.summaries.is_none();
        let series = branch.series_of_day(day);
        let trees = branch
            .summaries
            .get_or_insert_with(|| Level::ALL.map(|_| Tree::whole(Key::random(&mut *state.rng))));
        let mut sealed: Vec<Vec<u8>> = Vec::with_capacity(Level::ALL.len());
        for (block, tree) in blocks.iter().zip(trees.iter()) {
            let place = Place { level: block.level, ..place(series, day) };
            let node: Node = tree.descend(0, day).ok_or(VaultError::Shredded)?;
            let octets = summary::seal(&node, &place, block, &mut *state.rng);
            sealed.push(octets.ok_or(VaultError::OutOfBounds)?);
        }
        state.index.begin();
        let mut db = database::begin(&self.pool).await?;
        if new {
            branch::store_summaries(&mut *db, &self.keys, &branch, &mut *state.rng).await?;
        }
        let [minute, hour, day_row]: [Vec<u8>; 3] =
            sealed.try_into().unwrap_or_else(|_| unreachable!("three levels"));
        sqlx::query("INSERT OR REPLACE INTO summary (tag, day, hour, minute) VALUES (?, ?, ?, ?)")
            .bind(&tag(&self.keys, category, day)[..])
            .bind(day_row)
            .bind(hour)
            .bind(minute)
            .execute(&mut *db)
            .await?;
        database::commit(db).await?;
        state.index.commit([]);
        if new {
            self.replace_one(branch);
        }
        if let Some(todo) = &mut state.days {
            todo.remove(&(category.code(), day));
        }
        Ok(())
    }
}

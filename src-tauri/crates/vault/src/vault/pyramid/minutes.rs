//! A day's minutes, from its readings.

use salus_wire::{Category, Decimal, Level, Quality, Quantity, Reading, Summary, UnixMillis};

use super::loose;
use crate::VaultError;
use crate::summary::day_start;
use crate::vault::Vault;
use crate::vault::index::Slot;
use crate::vault::reading::taken_apart;
use crate::vault::span::pieces;

/// Minutes under construction; readings come in order of time.
struct Minutes {
    category: Category,
    rows: Vec<Summary>,
}

impl Minutes {
    fn push(&mut self, reading: &Reading) {
        let drawn = self.category.drawn();
        for c in reading.components.iter().filter(|c| drawn.contains(&c.quantity)) {
            self.value(reading.at, reading.quality, c.quantity, c.value);
        }
    }

    fn value(&mut self, at: UnixMillis, quality: Quality, quantity: Quantity, value: Decimal) {
        if quality.has(Quality::NO_CONTACT) {
            return;
        }
        let start = Level::Minute.floor(at);
        let mut newest = self.rows.iter_mut().rev().take_while(|r| r.start == start);
        match newest.find(|r| r.quantity == quantity) {
            Some(row) => row.push(at, value),
            None => self.rows.push(Summary::of(Level::Minute, quantity, at, value)),
        }
    }
}

/// Which readings of an epoch count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Sealed,
    All,
}

impl Vault {
    /// A day's minutes from the stored ones and from the readings of epochs that these do not hold.
    pub(super) async fn live_minutes(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
        stored: Option<Vec<Summary>>,
    ) -> Result<Vec<Summary>, VaultError> {
        let Some(mut rows) = stored else {
            return self.minutes(category, day, slots, Which::All, |_| true).await;
        };
        // A minute that lies across the end of an epoch is computed from both.
        let touches = |slot: &Slot, minute: UnixMillis| {
            slot.head.epoch.start() < minute + Level::Minute.millis() && minute < slot.head.epoch.end()
        };
        let new = |minute: UnixMillis| slots.iter().any(|s| loose(s) && touches(s, minute));
        rows.retain(|row| !new(row.start));
        let beside = |slot: &&Slot| {
            let number = slot.head.epoch.number();
            slots.iter().any(|s| loose(s) && s.head.epoch.number().abs_diff(number) <= 1)
        };
        let near: Vec<Slot> = slots.iter().filter(beside).copied().collect();
        rows.append(&mut self.minutes(category, day, &near, Which::All, new).await?);
        rows.sort_by_key(|row| (row.start, row.quantity));
        Ok(rows)
    }

    /// A day's minutes from the readings of epochs, as far as a minute is wanted.
    pub(super) async fn minutes(
        &self,
        category: Category,
        day: u32,
        slots: &[Slot],
        which: Which,
        wanted: impl Fn(UnixMillis) -> bool,
    ) -> Result<Vec<Summary>, VaultError> {
        let span = day_start(day)..day_start(day + 1);
        let mut minutes = Minutes { category, rows: Vec::new() };
        let wanted = |at: UnixMillis| span.contains(&at) && wanted(Level::Minute.floor(at));
        for some in pieces(slots) {
            let sealed = self.sealed_together(some).await?;
            for (slot, segments) in some.iter().zip(sealed) {
                if which == Which::Sealed || slot.head.unsealed == 0 {
                    // Sealed in order of time: no reading has to be made of what is only added up.
                    for columns in segments {
                        columns.each(category.drawn(), |at, quality, quantity, value| {
                            if wanted(at) {
                                minutes.value(at, quality, quantity, value);
                            }
                        });
                    }
                    continue;
                }
                let mut readings = self.with_journal(slot, taken_apart(segments)?).await?;
                readings.retain(|r| wanted(r.at));
                readings.sort_by_key(|r| (r.at, r.arrived));
                readings.iter().for_each(|r| minutes.push(r));
            }
        }
        minutes.rows.sort_by_key(|row| (row.start, row.quantity));
        Ok(minutes.rows)
    }
}

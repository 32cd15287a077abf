//! What a verification found.

use salus_wire::Category;

use crate::Epoch;

/// Most damage that is listed; the rest is counted.
const MOST: usize = 1000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Readings that opened and decoded, sealed or in the journal.
    pub readings: u64,
    /// Epochs looked at.
    pub epochs: u64,
    /// Sealed segments that opened and decoded.
    pub segments: u64,
    /// Readings among them that are in the journal only.
    pub waiting: u64,
    /// Leaves of the log that are as they were written.
    pub leaves: u64,
    /// Values of the cabinet looked at.
    pub values: u64,
    /// Readings in the inbox that opened: they came while the record was locked, and are not taken in yet.
    pub inbox: u64,
    /// Prints by which copies are known that are of a reading where they say.
    pub prints: u64,
    /// Days of a category whose summaries are what their readings come to.
    pub summaries: u64,
    /// Damage, at most 1000 pieces: that of prints, and then of summaries, behind everything with which something is lost.
    pub damage: Vec<Damage>,
    /// Damage beyond what is listed.
    pub unlisted: u64,
}

impl Report {
    /// True when everything is as it was written.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.damage.is_empty()
    }

    pub(super) fn tell(&mut self, damage: Damage) {
        if self.damage.len() < MOST {
            self.damage.push(damage);
        } else {
            self.unlisted += 1;
        }
    }
}

/// One piece of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// The keyslots file is not what opened the record.
    Keyslots,
    /// A leaf of the log, from 1, or 0 for what the log has come to.
    Log {
        /// Which.
        position: u64,
    },
    /// The signed checkpoint is missing, not of this log, or says something else than the log.
    Checkpoint,
    /// An epoch.
    Epoch {
        /// Of which category.
        category: Category,
        /// Which.
        epoch: Epoch,
        /// What of it.
        fault: Fault,
    },
    /// A value of the cabinet, or rows that belong to nothing.
    Rows,
    /// Entries of the inbox that do not open: what came with them while the record was locked is lost. The file's head is counted as
    /// one, and nothing is lost with it.
    Inbox {
        /// How many.
        entries: u64,
    },
    /// A print by which copies are known is of no reading of its epoch, and these are whole: nothing is lost, and a copy may be
    /// taken for a reading.
    Print {
        /// Of which category.
        category: Category,
        /// Of which epoch.
        epoch: Epoch,
    },
    /// Prints of no epoch of the record, or the list of them cannot be read: nothing is lost.
    Prints,
    /// The summaries of a day are not what its readings come to, and these are whole: nothing is lost.
    Summary {
        /// Of which category.
        category: Category,
        /// Which day of UTC, counted from 1970.
        day: u32,
    },
    /// Summaries of no day of the record, or the list of them cannot be read: nothing is lost.
    Summaries {
        /// True when they were removed; a day that has none for it is computed again by the next compaction.
        removed: bool,
    },
}

/// What of an epoch is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The manifest does not open or verify.
    Manifest,
    /// A segment is missing, does not open, or is not the one that the manifest names.
    Segment,
    /// There are more or fewer readings than the index says.
    Count,
    /// The log tells another manifest, or none.
    Log,
    /// A row of the journal.
    Journal,
    /// The log tells a sealing of it, and it is not there.
    Gone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_without_end_takes_memory_with_an_end() {
        let mut report = Report::default();
        assert!(report.is_whole());
        (0..1500).for_each(|position| report.tell(Damage::Log { position }));
        assert_eq!((report.damage.len(), report.unlisted, report.is_whole()), (1000, 500, false));
    }
}

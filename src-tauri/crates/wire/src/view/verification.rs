//! Whether the record is the one that was here last, and whether everything in it is as it was written.

mod flat;

use serde::{Deserialize, Serialize};

use crate::{Category, UnixMillis};

/// Whether the record is the one that was here last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingView {
    /// Yes, as far as this computer knows.
    #[default]
    Sound,
    /// An older copy is in its place: it can be read, and nothing is stored until the person accepts it.
    Older,
    /// The record's own history is damaged, so nobody knows: read only, too.
    Unknown,
    /// The record's folder cannot be written: read only.
    ReadOnly,
}

/// How verifying the record goes, or went last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationView {
    /// How.
    pub state: VerificationState,
    /// Steps done.
    pub done: u32,
    /// Steps in all, as far as known.
    pub total: u32,
    /// What was found; with [`VerificationState::Done`] only.
    pub found: Option<FoundView>,
}

/// How verifying goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationState {
    /// Not begun since the record was opened.
    Never,
    /// Under way.
    Running,
    /// Cancelled by the person.
    Cancelled,
    /// The record could not be read on.
    Failed,
    /// Done.
    Done,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// When it ended.
    pub at: UnixMillis,
    /// Readings that are as they were written.
    pub readings: u32,
    /// Entries of the record's history that are as they were written.
    pub entries: u32,
    /// Other stored values that were looked at: settings, devices, permissions.
    pub values: u32,
    /// Readings that came while the record was locked, wait to be taken in, and are as they were written.
    pub waiting: u32,
    /// Damage, at most 100 pieces; what nothing is lost with comes behind everything else, and that of overviews last.
    pub damage: Vec<DamageView>,
    /// Damage beyond what is listed.
    pub unlisted: u32,
}

/// One piece of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", try_from = "flat::Flat")]
pub enum DamageView {
    /// The file that opens the record.
    Keys,
    /// The record's history.
    History,
    /// A stored value: a setting, a device, a permission.
    Value,
    /// Readings of about an hour.
    Readings {
        /** Of which category. */
        category: Category,
        /** From, inclusive, Unix milliseconds. */
        from: UnixMillis,
        /** To, exclusive. */
        to: UnixMillis,
        /** True when they are gone or older than the history tells, false when they cannot be read. */
        other: bool,
    },
    /// What came while the record was locked, and waits to be taken in.
    Waiting {
        /** How many times something came. */
        entries: u32,
    },
    /// The list of about an hour by which a reading is known that its device sends again: the readings are whole.
    Copies {
        /** Of which category. */
        category: Category,
        /** From, inclusive, Unix milliseconds. */
        from: UnixMillis,
        /** To, exclusive. */
        to: UnixMillis,
    },
    /// Such lists of no hour of the record.
    StrayCopies,
    /// The overview of a day, which is made anew from its readings: these are whole.
    Overview {
        /** Of which category. */
        category: Category,
        /** From, inclusive, Unix milliseconds. */
        from: UnixMillis,
        /** To, exclusive. */
        to: UnixMillis,
    },
    /// Overviews of no day of the record: nothing is shown from them.
    Overviews {
        /** True when they were removed. */
        removed: bool,
    },
}

impl DamageView {
    /// True for an overview.
    #[must_use]
    pub const fn is_overview(&self) -> bool {
        matches!(self, DamageView::Overview { .. } | DamageView::Overviews { .. })
    }

    /// True when no reading and nothing that a person wrote is lost with it.
    #[must_use]
    pub const fn is_harmless(&self) -> bool {
        self.is_overview() || matches!(self, DamageView::Copies { .. } | DamageView::StrayCopies)
    }
}

//! Views of what comes in: which series hold something, what a person typed, whose a reading is.

use serde::{Deserialize, Serialize};

use super::ReadingView;
use crate::{Category, DeviceId, UnixMillis};

/// One series that holds readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewView {
    /// Which series.
    pub category: Category,
    /// Readings in all.
    pub total: u32,
}

/// Whether a typed reading could be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithdrawnView {
    /// It is gone.
    Withdrawn,
    /// It is sealed, or was never there: it stays as it is.
    Kept,
}

/// Readings that wait for somebody to say whose they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnclaimedView {
    /// The device.
    pub device: DeviceId,
    /// Its name.
    pub name: String,
    /// The device's user index; `None` when the device did not know the user.
    pub user: Option<u8>,
    /// What they measure.
    pub categories: Vec<Category>,
    /// How many wait.
    pub waiting: u32,
    /// When the first was measured.
    pub first: UnixMillis,
    /// The newest, to recognise oneself by.
    pub newest: ReadingView,
}

/// What a draft is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DraftKind {
    /// A typed reading.
    Reading,
    /// A permission.
    Permission,
}

/// A draft, as the page kept it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// The page's own text; `None` when nothing is unfinished.
    pub text: Option<String>,
}

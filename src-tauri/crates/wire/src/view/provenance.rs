//! Views of where a reading comes from: by whom, over what link, and whose clock its time is.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// How a reading came into the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "origin")]
pub enum ProvenanceView {
    /// A device measured it.
    Measured(MeasuredView),
    /// A person typed it.
    Typed {
        /** When it was typed. */
        entered: UnixMillis,
    },
    /// It was taken from a file.
    Imported {
        /** When the file was read. */
        entered: UnixMillis,
    },
}

/// What is known of a measured reading; what the device is called stands beside it in the row. To somebody else than the
/// patient it is called by its model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasuredView {
    /// Maker and model as the device said at that time, where known.
    pub model: Option<String>,
    /// Firmware as the device said at that time, where known.
    pub firmware: Option<String>,
    /// The link that it came over.
    pub link: LinkView,
    /// Whose clock gave its time.
    pub time: TimeView,
    /// Taken from the device's memory, not live.
    pub backfilled: bool,
    /// When it arrived at the gateway.
    pub arrived: UnixMillis,
    /// The device says that a person typed the value into it.
    pub typed: bool,
}

/// A link's protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkView {
    /// Encrypted.
    Encrypted,
    /// Not encrypted.
    Open,
    /// The platform did not tell, or what was known is not in this record.
    Unknown,
}

/// Whose clock gave a reading's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "clock")]
pub enum TimeView {
    /// The device's, as it is.
    Device,
    /// The device's, corrected.
    Corrected {
        /** Milliseconds that were added to the device's time, where known; negative when its clock was ahead. */
        behind: Option<i64>,
    },
    /// Ours, on arrival: the device sent no usable time.
    Arrival,
    /// Ours, on arrival: the device's time could not be right.
    ArrivalInstead,
}

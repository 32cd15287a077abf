//! An electrocardiogram that the person wants from a device that records one when told to.

use serde::{Deserialize, Serialize};

use crate::UnixMillis;

/// How it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "step")]
pub enum EcgView {
    /// The device is being told.
    Starting,
    /// It runs.
    Running {
        /** When it ends by itself. */
        until: UnixMillis,
    },
    /// It is stored.
    Done,
    /// It did not begin, or ended too soon; what was measured is stored.
    Failed {
        /** Why. */
        why: EcgTrouble,
    },
}

/// Why a recording failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EcgTrouble {
    /// The device is on its charger.
    Charging,
    /// The device refused.
    Refused,
    /// The device did not answer.
    NoAnswer,
    /// The device stopped, or its link ended.
    Cut,
}

//! Where a heart-rate sensor is worn: 2A38.

use salus_devices::gatt::heart_rate::{self, Location};
use serde_json::{Value, json};

pub(super) fn location(bytes: &[u8]) -> Option<Value> {
    let word = match heart_rate::location(bytes).ok()? {
        Location::Other => "other",
        Location::Chest => "chest",
        Location::Wrist => "wrist",
        Location::Finger => "finger",
        Location::Hand => "hand",
        Location::EarLobe => "ear lobe",
        Location::Foot => "foot",
    };
    Some(json!({"location": word}))
}

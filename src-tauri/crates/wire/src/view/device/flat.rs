//! How it is read where fetching a device's memory stands.

use super::MemoryView;
use crate::view::flat::flat;

flat! {
    MemoryView by step {
        arrived: u32,
        counted: u32,
    }
    Fetching { arrived, counted },
    Fetched { arrived },
    Unfinished { arrived },
    Refused,
    Stopping { arrived },
    Stopped { arrived },
}

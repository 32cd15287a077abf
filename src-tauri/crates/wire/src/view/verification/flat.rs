//! How damage is read.

use super::DamageView;
use crate::view::flat::flat;
use crate::{Category, UnixMillis};

flat! {
    DamageView by what {
        category: Category,
        entries: u32,
        from: UnixMillis,
        other: bool,
        removed: bool,
        to: UnixMillis,
    }
    Keys,
    History,
    Value,
    Readings { category, from, to, other },
    Waiting { entries },
    Copies { category, from, to },
    StrayCopies,
    Overview { category, from, to },
    Overviews { removed },
}

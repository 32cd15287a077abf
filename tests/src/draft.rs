//! What somebody permits, as a test drafts it.

use salus_wire::Category;
use salus_wire::view::{Condition, PermissionDraft};

/// Readings from `back` milliseconds ago until the permission ends, `on` milliseconds from now; it works now, whenever they like.
#[must_use]
pub fn draft(code: String, category: Category, now: i64, (back, on): (i64, i64)) -> PermissionDraft {
    PermissionDraft {
        code,
        categories: vec![category],
        data_from: now - back,
        data_to: now + on,
        starts: now,
        ends: now + on,
        condition: Condition::Whenever,
    }
}

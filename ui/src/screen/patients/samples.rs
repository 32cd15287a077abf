//! Permissions for tests.

use salus_wire::view::{GlimpseView, PatientView, PermissionState, RangeView, SharedView};
use salus_wire::{Category, GrantId, UnixMillis};

use crate::format::DAY;

/// 2026-11-18, shortly after eleven in UTC.
pub(in crate::screen) const NOW: UnixMillis = 1_795_000_000_000;

/// One that runs until `ends`, and was opened before.
pub(in crate::screen) fn patient(n: u8, name: &str, ends: UnixMillis, flagged: bool) -> PatientView {
    let shared = SharedView {
        id: GrantId([n; 32]),
        patient: name.to_owned(),
        note: String::new(),
        asks: None,
        categories: vec![Category::BloodPressure],
        data_from: NOW - 14 * DAY,
        data_to: ends,
        starts: NOW - DAY,
        ends,
        condition: None,
        state: PermissionState::Active,
        new: false,
        on_duty: false,
        by_helper: false,
    };
    PatientView { shared, flagged, glimpse: None }
}

/// What was seen of one.
pub(in crate::screen) fn glimpse(
    last: Option<UnixMillis>,
    days: u16,
    of_days: u16,
    ranges: Vec<RangeView>,
) -> GlimpseView {
    GlimpseView { opened: NOW, last, days, of_days, ranges }
}

//! What of a device was set aside, by reason; over all of its sessions.

use std::collections::BTreeMap;

use salus_devices::{Counts, Reason};
use salus_wire::DeviceId;
use salus_wire::view::{SetAside, SetAsideView};
use serde::{Deserialize, Serialize};

use super::{Devices, Kept};

/// Counts by reason; saturating.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Aside(BTreeMap<SetAside, u32>);

impl Aside {
    pub(super) fn add(&mut self, reason: SetAside, n: u32) {
        if n > 0 {
            let count = self.0.entry(reason).or_default();
            *count = count.saturating_add(n);
        }
    }

    /// These, and what a session counted since.
    pub(super) fn with(&self, session: Counts) -> Self {
        let mut all = self.clone();
        Reason::ALL.into_iter().for_each(|reason| all.add(named(reason), session.of(reason)));
        all
    }

    /// All reasons together.
    pub(super) fn total(&self) -> u32 {
        self.0.values().fold(0, |sum, n| sum.saturating_add(*n))
    }

    pub(super) fn views(&self) -> Vec<SetAsideView> {
        self.0.iter().map(|(reason, count)| SetAsideView { reason: *reason, count: *count }).collect()
    }
}

impl Devices {
    /// Counts, beside the device of this identity, readings that were set aside outside of its session; `None` when the
    /// record knows no such device.
    pub(super) fn set_aside(&self, identity: DeviceId, reason: SetAside, n: u32) -> Option<Kept> {
        let mut book = self.book();
        let known = book.known.values_mut().find(|k| k.kept.identity == Some(identity))?;
        known.aside_before.add(reason, n);
        known.kept.set_aside.add(reason, n);
        Some(known.kept.clone())
    }
}

const fn named(reason: Reason) -> SetAside {
    match reason {
        Reason::Malformed => SetAside::Malformed,
        Reason::Replayed => SetAside::Replayed,
        Reason::Impossible => SetAside::Impossible,
        Reason::TooFrequent => SetAside::TooFrequent,
        Reason::NoValue => SetAside::NoValue,
        Reason::AboveRange => SetAside::AboveRange,
        Reason::BelowRange => SetAside::BelowRange,
        Reason::Unresolved => SetAside::Unresolved,
        Reason::Reserved => SetAside::Reserved,
        Reason::NotThePatient => SetAside::NotThePatient,
        Reason::Unsupported => SetAside::Unsupported,
    }
}

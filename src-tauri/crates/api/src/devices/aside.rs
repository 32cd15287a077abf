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

/// As screens have it and the record keeps it. The list there is longer: what decodes a packet knows nothing of doubts about the device or
/// of room in the record, and names no view.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The reason of a packet that screens show by it; `None` for what only the application knows. Whoever adds to the list there decides
    /// here which it is.
    const fn of_packet(shown: SetAside) -> Option<Reason> {
        Some(match shown {
            SetAside::Malformed => Reason::Malformed,
            SetAside::Replayed => Reason::Replayed,
            SetAside::Impossible => Reason::Impossible,
            SetAside::TooFrequent => Reason::TooFrequent,
            SetAside::NoValue => Reason::NoValue,
            SetAside::AboveRange => Reason::AboveRange,
            SetAside::BelowRange => Reason::BelowRange,
            SetAside::Unresolved => Reason::Unresolved,
            SetAside::Reserved => Reason::Reserved,
            SetAside::NotThePatient => Reason::NotThePatient,
            SetAside::Unsupported => Reason::Unsupported,
            SetAside::Doubted | SetAside::NoRoom | SetAside::Earlier => return None,
        })
    }

    #[test]
    fn every_reason_of_a_packet_is_shown_as_itself_under_its_own_name() {
        for reason in Reason::ALL {
            assert_eq!(of_packet(named(reason)), Some(reason));
            assert_eq!(serde_json::to_value(named(reason)).unwrap(), reason.as_str());
        }
    }
}

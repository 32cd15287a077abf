//! How fetching what a device kept in its memory goes, over all of its services.

use std::collections::BTreeMap;

use salus_devices::Fetched;
use salus_wire::view::MemoryView;

/// Where each service with stored records stands, and whether the person stopped it.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// One entry for each that was asked on this link or the last one. A link has at most as many as a session asks, which knows
    /// four.
    services: BTreeMap<u16, MemoryView>,
    /// The person does not want it fetched. In this process only: the next start fetches it, so that nobody loses what a device
    /// forgets by having stopped it once.
    held: bool,
}

impl Memory {
    /// A link is up. Of what is held nothing is asked on it, and what came before stays told.
    pub(super) fn linked(&mut self) {
        if !self.held {
            self.services.clear();
        }
    }

    pub(super) const fn is_held(&self) -> bool {
        self.held
    }

    pub(super) const fn hold(&mut self, held: bool) {
        self.held = held;
    }

    pub(super) fn fetching(&mut self, service: u16, arrived: u32, counted: Option<u32>) {
        self.services.insert(service, MemoryView::Fetching { arrived, counted });
    }

    pub(super) fn ended(&mut self, service: u16, arrived: u32, end: Fetched) {
        let view = match end {
            Fetched::Whole => MemoryView::Fetched { arrived },
            Fetched::Partly | Fetched::Stopped => MemoryView::Unfinished { arrived },
            Fetched::Refused => MemoryView::Refused,
        };
        self.services.insert(service, view);
    }

    /// The link is gone, and with it what was on its way.
    pub(super) fn cut_off(&mut self) {
        for one in self.services.values_mut() {
            if let MemoryView::Fetching { arrived, .. } = *one {
                *one = MemoryView::Unfinished { arrived };
            }
        }
    }

    /// What a person is told: what still runs before what did not end, that before what is refused, and the sum.
    pub(super) fn view(&self) -> Option<MemoryView> {
        let all = self.services.values().copied().reduce(both)?;
        Some(match all {
            MemoryView::Fetching { arrived, .. } if self.held => MemoryView::Stopping { arrived },
            other if self.held => MemoryView::Stopped { arrived: arrived(other) },
            other => other,
        })
    }
}

fn both(a: MemoryView, b: MemoryView) -> MemoryView {
    use MemoryView::{Fetched, Fetching, Refused, Unfinished};
    let sum = arrived(a).saturating_add(arrived(b));
    match (a, b) {
        (Fetching { counted: a, .. }, Fetching { counted: b, .. }) => {
            Fetching { arrived: sum, counted: a.zip(b).map(|(a, b)| a.saturating_add(b)) }
        }
        // The other one's records are among those that were there to be fetched.
        (Fetching { counted, .. }, other) | (other, Fetching { counted, .. }) => {
            Fetching { arrived: sum, counted: counted.map(|n| n.saturating_add(arrived(other))) }
        }
        (Unfinished { .. }, _) | (_, Unfinished { .. }) => Unfinished { arrived: sum },
        (Refused, Refused | Fetched { arrived: 0 }) | (Fetched { arrived: 0 }, Refused) => Refused,
        _ => Fetched { arrived: sum },
    }
}

const fn arrived(of: MemoryView) -> u32 {
    match of {
        MemoryView::Fetching { arrived, .. }
        | MemoryView::Fetched { arrived }
        | MemoryView::Unfinished { arrived }
        | MemoryView::Stopping { arrived }
        | MemoryView::Stopped { arrived } => arrived,
        MemoryView::Refused => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fetch_is_followed_to_its_end() {
        let mut memory = Memory::default();
        assert_eq!(memory.view(), None);
        memory.fetching(0x1808, 0, None);
        memory.fetching(0x1808, 2, Some(5));
        assert_eq!(memory.view(), Some(MemoryView::Fetching { arrived: 2, counted: Some(5) }));
        memory.ended(0x1808, 5, Fetched::Whole);
        memory.cut_off();
        assert_eq!(memory.view(), Some(MemoryView::Fetched { arrived: 5 }));
    }

    #[test]
    fn a_link_that_goes_leaves_it_unfinished() {
        let mut memory = Memory::default();
        memory.fetching(0x1808, 2, Some(5));
        memory.cut_off();
        assert_eq!(memory.view(), Some(MemoryView::Unfinished { arrived: 2 }));
    }

    #[test]
    fn what_a_person_stopped_stays_stopped_over_links_until_they_want_it() {
        let mut memory = Memory::default();
        memory.fetching(0x1808, 2, Some(5));
        memory.hold(true);
        assert_eq!(memory.view(), Some(MemoryView::Stopping { arrived: 2 }));
        memory.ended(0x1808, 3, Fetched::Stopped);
        assert_eq!(memory.view(), Some(MemoryView::Stopped { arrived: 3 }));
        memory.cut_off();
        memory.linked();
        assert_eq!(memory.view(), Some(MemoryView::Stopped { arrived: 3 }));
        // One that would not stop has sent everything: it is not asked again all the same.
        memory.ended(0x1808, 5, Fetched::Whole);
        assert_eq!(memory.view(), Some(MemoryView::Stopped { arrived: 5 }));
        memory.hold(false);
        assert!(!memory.is_held());
        memory.linked();
        assert_eq!(memory.view(), None);
    }

    #[test]
    fn several_services_are_told_as_one() {
        let mut memory = Memory::default();
        memory.ended(0x1808, 5, Fetched::Whole);
        memory.fetching(0x1822, 1, Some(3));
        assert_eq!(memory.view(), Some(MemoryView::Fetching { arrived: 6, counted: Some(8) }));
        memory.ended(0x1822, 0, Fetched::Refused);
        assert_eq!(memory.view(), Some(MemoryView::Fetched { arrived: 5 }));
        memory.ended(0x1822, 1, Fetched::Partly);
        assert_eq!(memory.view(), Some(MemoryView::Unfinished { arrived: 6 }));
        memory.ended(0x1808, 0, Fetched::Whole);
        memory.ended(0x1822, 0, Fetched::Refused);
        assert_eq!(memory.view(), Some(MemoryView::Refused));
    }
}

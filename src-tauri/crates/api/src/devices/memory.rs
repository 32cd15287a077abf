//! How fetching what a device kept in its memory goes, over all of its services.

use std::collections::BTreeMap;

use salus_devices::Fetched;
use salus_wire::view::MemoryView;

/// One entry for each service with stored records that was asked on this link or the last one. A link has at most as many as
/// a session asks, which knows four.
#[derive(Debug, Default)]
pub(super) struct Memory(BTreeMap<u16, MemoryView>);

impl Memory {
    pub(super) fn fetching(&mut self, service: u16, arrived: u32, counted: Option<u32>) {
        self.0.insert(service, MemoryView::Fetching { arrived, counted });
    }

    pub(super) fn ended(&mut self, service: u16, arrived: u32, end: Fetched) {
        let view = match end {
            Fetched::Whole => MemoryView::Fetched { arrived },
            Fetched::Partly => MemoryView::Unfinished { arrived },
            Fetched::Refused => MemoryView::Refused,
        };
        self.0.insert(service, view);
    }

    /// The link is gone, and with it what was on its way.
    pub(super) fn cut_off(&mut self) {
        for one in self.0.values_mut() {
            if let MemoryView::Fetching { arrived, .. } = *one {
                *one = MemoryView::Unfinished { arrived };
            }
        }
    }

    /// What a person is told: what still runs before what did not end, that before what is refused, and the sum.
    pub(super) fn view(&self) -> Option<MemoryView> {
        self.0.values().copied().reduce(both)
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
        | MemoryView::Unfinished { arrived } => arrived,
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

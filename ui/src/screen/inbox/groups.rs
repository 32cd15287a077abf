//! What needs a look first: what ends soon, and what this clinician flagged. Each permission stands in one group.

use std::collections::BTreeSet;

use salus_wire::view::{PatientView, SharedView};
use salus_wire::{GrantId, UnixMillis};

use crate::format::DAY;
use crate::t;
use crate::words::Words;

/// What ends within so long stands apart. 3 days.
const SOON: i64 = 3 * DAY;

/// What was opened before, by what it needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Groups {
    /// The one that ends first at the top.
    pub(super) soon: Vec<SharedView>,
    pub(super) flagged: Vec<SharedView>,
    pub(super) others: Vec<SharedView>,
}

impl Groups {
    /// Of records that run and are not new.
    pub(super) fn of(seen: Vec<SharedView>, patients: &[PatientView], now: UnixMillis) -> Self {
        let flagged: BTreeSet<GrantId> = patients.iter().filter(|p| p.flagged).map(|p| p.shared.id).collect();
        let mut groups = Self::default();
        for shared in seen {
            if shared.ends.saturating_sub(now) < SOON {
                groups.soon.push(shared);
            } else if flagged.contains(&shared.id) {
                groups.flagged.push(shared);
            } else {
                groups.others.push(shared);
            }
        }
        groups.soon.sort_by_key(|shared| shared.ends);
        groups
    }

    /// "2 end within 3 days and 1 is flagged"; `None` when there is neither.
    pub(super) fn counts(&self, w: &Words) -> Option<String> {
        let soon = (!self.soon.is_empty()).then(|| t!(w, "inbox-count-soon", n = self.soon.len()));
        let flagged =
            (!self.flagged.is_empty()).then(|| t!(w, "inbox-count-flagged", n = self.flagged.len()));
        let parts: Vec<String> = soon.into_iter().chain(flagged).collect();
        (!parts.is_empty()).then(|| t!(w, "inbox-counts", list = w.list(&parts)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::patients::samples::{NOW, patient};

    #[test]
    fn each_permission_stands_in_one_group_and_the_counts_say_so() {
        let of = |n: u8, ends: i64, flagged| patient(n, "Maria", NOW + ends, flagged);
        let patients = [
            of(1, 2 * DAY, true),
            of(2, 9 * DAY, true),
            of(3, DAY, false),
            of(4, 9 * DAY, false),
            of(5, 3 * DAY, false),
        ];
        let seen = patients.iter().map(|p| p.shared.clone()).collect();
        let groups = Groups::of(seen, &patients, NOW);
        let ids = |group: &[SharedView]| group.iter().map(|s| s.id.0[0]).collect::<Vec<_>>();
        assert_eq!(ids(&groups.soon), [3, 1], "the one that ends first, also a flagged one");
        assert_eq!((ids(&groups.flagged), ids(&groups.others)), (vec![2], vec![4, 5]));
        let words = Words::of("en");
        let said = groups.counts(&words).expect("something to say");
        assert!(said.contains('2') && said.contains('1'), "{said}");
        assert_eq!(Groups::default().counts(&words), None);
    }
}

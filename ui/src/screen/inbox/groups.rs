//! What needs a look first: what ends soon, and what this clinician flagged. Each permission stands in one group.

use std::collections::BTreeSet;

use salus_wire::view::{PatientView, PermissionState, SharedView};
use salus_wire::{GrantId, UnixMillis};

use crate::format::{Clockface, DAY};
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
            if ends_soon(&shared, now) {
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

/// Whether it stands among what ends soon, and is marked so.
pub(super) fn ends_soon(shared: &SharedView, now: UnixMillis) -> bool {
    shared.ends.saturating_sub(now) < SOON
}

/// What a row says of itself whichever group it stands in: one that is new and ends soon is both, and stands in one group.
pub(super) fn mark(clock: &Clockface, shared: &SharedView) -> Option<String> {
    let w = &clock.words;
    let left = shared.ends.saturating_sub(clock.now);
    let over = matches!(shared.state, PermissionState::Ended | PermissionState::Stopped) || left <= 0;
    match (shared.new, ends_soon(shared, clock.now)) {
        _ if over => None,
        (true, true) => Some(t!(w, "inbox-mark-both", length = clock.length(left))),
        (false, true) => Some(t!(w, "inbox-mark-soon", length = clock.length(left))),
        (true, false) => Some(t!(w, "inbox-new")),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::HOUR;
    use crate::screen::patients::samples::{NOW, patient};
    use crate::words::LANGUAGES;

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

    #[test]
    fn what_is_new_and_ends_soon_says_both() {
        for language in LANGUAGES {
            let words = Words::of(language.tag);
            let clock = Clockface { words: words.clone(), offset: 0, now: NOW };
            let one = |ends: i64, new| SharedView { new, ..patient(1, "Maria", NOW + ends, false).shared };
            let said = |ends, new| mark(&clock, &one(ends, new));
            let (new, length) = (t!(words, "inbox-new"), clock.length(5 * HOUR));
            let both = said(5 * HOUR, true).expect("both");
            assert!(both.contains(&new) && both.contains(&length), "{}: {both}", language.tag);
            let soon = said(5 * HOUR, false).expect("soon");
            assert!(soon.contains(&length) && !soon.contains(&new), "{}: {soon}", language.tag);
            assert_eq!((said(9 * DAY, true), said(9 * DAY, false)), (Some(new), None), "{}", language.tag);
            let stopped = SharedView { state: PermissionState::Stopped, ..one(5 * HOUR, true) };
            assert_eq!((mark(&clock, &stopped), said(0, true)), (None, None));
        }
    }
}

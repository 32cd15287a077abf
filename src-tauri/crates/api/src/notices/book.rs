//! The list as the record keeps it.

use std::collections::BTreeSet;

use salus_wire::view::{NoticeKind, NoticeView, NoticesView};
use salus_wire::{GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

/// Notices kept at most: those that were read go first, then what is not urgent, the oldest of each first.
const MOST: usize = 300;
/// Facts remembered at most; what is beyond is not told.
const MOST_FACTS: usize = 8192;

/// Something that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    /// Names it: the same as long as it is the same fact.
    pub(super) key: String,
    pub(super) kind: NoticeKind,
}

/// What a look came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// All is as it was.
    Nothing,
    /// Something holds no longer, or is known under another key: it is to be kept, and tells nobody anything.
    Known,
    /// There is a notice more.
    News,
}

/// Everything that holds, as far as it could be looked at.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) facts: Vec<Fact>,
    /// Beginnings of keys that nothing is known of now: what held there is taken to hold.
    pub(super) unknown: Vec<String>,
}

/// What is kept.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Book {
    /// The newest number.
    newest: u32,
    /// The desktop pointed to everything up to here.
    pointed: u32,
    /// What held at the last look.
    known: BTreeSet<String>,
    /// Oldest first.
    notices: Vec<NoticeView>,
}

impl Book {
    /// Compares what holds with what held at the last look.
    pub(super) fn take_in(&mut self, held: Held, now: UnixMillis) -> Taken {
        let Held { mut facts, unknown } = held;
        facts.truncate(MOST_FACTS);
        let still = self.known.iter().filter(|key| unknown.iter().any(|head| key.starts_with(head.as_str())));
        let mut known: BTreeSet<String> = still.take(MOST_FACTS).cloned().collect();
        let mut news = false;
        for Fact { key, kind } in facts {
            let new = !self.known.contains(&key);
            // One fact may come twice: of a person whose helper and guardian somebody is.
            if known.insert(key) && new {
                self.add(kind, now);
                news = true;
            }
        }
        let same = known == self.known;
        self.known = known;
        match (news, same) {
            (true, _) => Taken::News,
            (false, false) => Taken::Known,
            (false, true) => Taken::Nothing,
        }
    }

    /// One notice more. Openings with one permission that nobody has looked at are one notice.
    pub(super) fn add(&mut self, kind: NoticeKind, at: UnixMillis) {
        if let Some(of) = opened_with(&kind) {
            let same = |kind: &NoticeKind| opened_with(kind) == Some(of);
            self.notices.retain(|n| n.read || !same(&n.kind));
        }
        self.newest = self.newest.saturating_add(1);
        self.notices.push(NoticeView { id: self.newest, at, kind, read: false });
        while self.notices.len() > MOST {
            let read = self.notices.iter().position(|n| n.read);
            let first = read.or_else(|| self.notices.iter().position(|n| !n.kind.is_urgent()));
            self.notices.remove(first.unwrap_or(0));
        }
    }

    /// Whether the desktop points to something now, which is to be kept then, and whether that is urgent. What came in quiet hours is
    /// pointed to when they are over.
    pub(super) fn point(&mut self, quiet: bool) -> Option<bool> {
        let fresh = self.notices.iter().filter(|n| !n.read && n.id > self.pointed);
        let urgent = fresh.clone().any(|n| n.kind.is_urgent());
        let note = match (urgent, fresh.count()) {
            (true, _) => Some(true),
            (false, 0) => None,
            (false, _) => (!quiet).then_some(false),
        };
        if note.is_some() {
            self.pointed = self.newest;
        }
        note
    }

    /// Everything up to this one was on the screen; true when that is new.
    pub(super) fn read(&mut self, up_to: u32) -> bool {
        let mut changed = false;
        for notice in self.notices.iter_mut().filter(|n| n.id <= up_to && !n.read) {
            notice.read = true;
            changed = true;
        }
        changed
    }

    /// As pages show it.
    pub(super) fn view(&self) -> NoticesView {
        let unread = self.notices.iter().filter(|n| !n.read).count();
        NoticesView {
            notices: self.notices.iter().rev().cloned().collect(),
            unread: u32::try_from(unread).unwrap_or(u32::MAX),
        }
    }
}

/// The permission of an opening.
const fn opened_with(kind: &NoticeKind) -> Option<GrantId> {
    match kind {
        NoticeKind::Opened { permission, .. } | NoticeKind::OpenedOnDuty { permission, .. } => {
            Some(*permission)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(key: &str, kind: NoticeKind) -> Fact {
        Fact { key: key.into(), kind }
    }

    fn battery(key: &str) -> Fact {
        fact(key, NoticeKind::Battery { device: key.into() })
    }

    fn opened(n: u32) -> Fact {
        let kind = NoticeKind::Opened { permission: GrantId([7; 32]), name: "Dr Ana".into(), openings: n };
        fact(&format!("permission/opened/{n}"), kind)
    }

    fn held(facts: &[Fact]) -> Held {
        Held { facts: facts.to_vec(), unknown: vec![] }
    }

    #[test]
    fn what_is_new_is_told_once_and_nothing_is_kept_of_nothing() {
        let mut book = Book::default();
        assert_eq!(book.take_in(Held::default(), 1), Taken::Nothing);
        assert_eq!(
            book.take_in(held(&[opened(3), fact("record/damaged", NoticeKind::Damaged)]), 1),
            Taken::News
        );
        assert_eq!(book.view().unread, 2);
        assert_eq!(
            book.take_in(held(&[opened(3), fact("record/damaged", NoticeKind::Damaged)]), 2),
            Taken::Nothing
        );
        assert_eq!(book.take_in(held(&[opened(3)]), 3), Taken::Known, "it holds no longer");
        assert_eq!(book.view().unread, 2, "and was told");
        let (low, again) = (battery("device/battery/1"), battery("device/battery/1"));
        assert_eq!(book.take_in(held(&[opened(3), low, again]), 4), Taken::News);
        assert_eq!(book.view().unread, 3, "told once, though it came twice");
    }

    #[test]
    fn what_ends_and_holds_again_is_told_again_but_not_while_nothing_is_known() {
        let mut book = Book::default();
        let low = battery("device/battery/1");
        let unread = |book: &Book| book.view().unread;
        book.take_in(held(std::slice::from_ref(&low)), 1);
        assert_eq!(unread(&book), 1);
        // The record was closed meanwhile, and the device has not said anything yet.
        book.take_in(Held { facts: vec![], unknown: vec!["device/battery/1".into()] }, 2);
        book.take_in(held(std::slice::from_ref(&low)), 3);
        assert_eq!(unread(&book), 1);
        book.take_in(held(&[]), 4);
        book.take_in(held(&[low]), 5);
        assert_eq!(unread(&book), 2);
    }

    #[test]
    fn openings_that_nobody_looked_at_are_one_notice() {
        let mut book = Book::default();
        for n in 1..=50 {
            book.take_in(held(&[opened(n)]), i64::from(n));
        }
        let view = book.view();
        assert_eq!((view.unread, view.notices.len()), (1, 1));
        assert!(matches!(view.notices[0].kind, NoticeKind::Opened { openings: 50, .. }));
        assert!(book.read(view.notices[0].id) && !book.read(view.notices[0].id));
        book.take_in(held(&[opened(51)]), 51);
        assert_eq!((book.view().unread, book.view().notices.len()), (1, 2), "what was read stays as it was");
    }

    #[test]
    fn a_flood_takes_nothing_urgent_away() {
        let mut book = Book::default();
        book.add(NoticeKind::EmergencyOpened { at: 1 }, 1);
        book.add(NoticeKind::Damaged, 1);
        book.read(2);
        book.add(NoticeKind::EmergencyAnnounced { at: 2 }, 2);
        for n in 0..2 * MOST {
            book.add(NoticeKind::Battery { device: n.to_string() }, 3);
        }
        let view = book.view();
        assert_eq!(view.notices.len(), MOST);
        assert_eq!(
            view.notices.last().map(|n| n.kind.clone()),
            Some(NoticeKind::EmergencyAnnounced { at: 2 })
        );
        assert!(view.notices.windows(2).all(|w| w[0].id > w[1].id), "newest first");
        // Even then there is an end.
        (0..2 * MOST).for_each(|_| book.add(NoticeKind::SpeaksNoMore, 4));
        assert_eq!(book.view().notices.len(), MOST);
    }

    #[test]
    fn the_desktop_points_once_and_at_night_to_what_is_urgent_only() {
        let mut book = Book::default();
        assert_eq!(book.point(false), None);
        book.add(NoticeKind::Damaged, 1);
        assert_eq!(book.point(true), None);
        assert_eq!(book.point(false), Some(false), "after the night");
        assert_eq!(book.point(false), None);
        book.add(NoticeKind::EmergencyOpened { at: 1 }, 1);
        assert_eq!(book.point(true), Some(true));
        assert_eq!(book.point(true), None);
        book.add(NoticeKind::Damaged, 1);
        assert!(book.read(u32::MAX));
        assert_eq!(book.point(false), None, "it was on the screen already");
    }

    #[test]
    fn what_is_kept_comes_back() {
        let mut book = Book::default();
        book.take_in(held(&[opened(1)]), 1);
        book.take_in(held(&[opened(2), battery("device/battery/1")]), 2);
        let octets = serde_json::to_vec(&book).unwrap();
        assert_eq!(serde_json::from_slice::<Book>(&octets).unwrap(), book);
    }
}

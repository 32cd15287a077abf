//! What the palette offers: the screens of the role, and what may be done now. Nothing dangerous is among it, and nothing without the
//! question that it always asks.

use salus_wire::view::Role;

use super::find::{fits, rank};
use crate::part::Icon;
use crate::route::Route;
use crate::t;
use crate::words::Words;

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Does {
    /// Goes to a screen.
    Go(Route),
    /// Opens the form of typed readings.
    Add,
    /// Locks the record.
    Lock,
    /// Shows the keys.
    Keys,
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Names it in the page.
    pub(super) id: String,
    /// In words.
    pub(super) label: String,
    /// Beside the words.
    pub(super) icon: Icon,
    /// What it does.
    pub(super) does: Does,
}

/// Everything that this role can do now, in the order of the rail.
#[must_use]
pub(super) fn entries(w: &Words, role: Role) -> Vec<Entry> {
    let act = |id: &str, icon, label, does| Entry { id: id.to_owned(), label, icon, does };
    let go = |id, icon, label, route| act(id, icon, label, Does::Go(route));
    let own = |part: &str| Route::FamilyOwn { part: part.to_owned() };
    let mut all = match role {
        Role::Patient => vec![
            go("home", Icon::Today, t!(w, "nav-home"), Route::Home),
            act("add", Icon::Add, t!(w, "entry-title"), Does::Add),
            go("readings", Icon::Chart, t!(w, "nav-readings"), Route::Readings),
            go("import", Icon::Add, t!(w, "import-title"), Route::Import),
            go("devices", Icon::Device, t!(w, "nav-devices"), Route::Devices),
            go("share", Icon::Share, t!(w, "share-code-title"), Route::Share),
            go("permissions", Icon::Eye, t!(w, "nav-permissions"), Route::Permissions),
            go("activity", Icon::List, t!(w, "activity-title"), Route::Activity),
            go("notes", Icon::Letter, t!(w, "notes-title"), Route::Notes),
            go("emergency", Icon::Warning, t!(w, "card-title"), Route::Emergency),
            go("laptops", Icon::Device, t!(w, "laptops-title"), Route::Laptops),
            go("helpers", Icon::Heart, t!(w, "family-own-title"), own("helpers")),
            go("getting-back", Icon::Heart, t!(w, "back-title"), own("recovery")),
            go("help-somebody", Icon::Heart, t!(w, "family-help-title"), own("code")),
        ],
        Role::Clinician => vec![
            go("home", Icon::Inbox, t!(w, "nav-inbox"), Route::Home),
            go("patients", Icon::List, t!(w, "nav-patients"), Route::Patients),
            go("code", Icon::Code, t!(w, "nav-code"), Route::Code),
            go("emergency", Icon::Warning, t!(w, "nav-emergency"), Route::Emergency),
        ],
        // The family's screen is their first one, and is everybody's below.
        Role::Family => Vec::new(),
    };
    all.extend([
        go("family", Icon::Heart, t!(w, "nav-family"), Route::Family),
        go("members", Icon::People, t!(w, "nav-members"), Route::Members),
        go("notices", Icon::Bell, t!(w, "notices-title"), Route::Notices),
        go("settings", Icon::Gear, t!(w, "nav-settings"), Route::Settings),
        go("backups", Icon::Check, t!(w, "backups-title"), Route::Backups),
        go("reports", Icon::List, t!(w, "reports-title"), Route::Reports),
        go("lost", Icon::Warning, t!(w, "lost-title"), Route::Lost),
        go("help", Icon::Help, t!(w, "help-title"), Route::Help),
        act("keys", Icon::List, t!(w, "keys-title"), Does::Keys),
        act("lock", Icon::Lock, t!(w, "nav-lock"), Does::Lock),
    ]);
    all
}

/// Those that fit what was typed, the best first, else in their order.
#[must_use]
pub(super) fn fitting(all: &[Entry], typed: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = all.iter().filter(|entry| fits(&entry.label, typed)).cloned().collect();
    found.sort_by_key(|entry| rank(&entry.label, typed));
    found
}

/// Which entry is marked after an arrow key, of `count`; the ends meet.
#[must_use]
pub(super) const fn moved(at: usize, down: bool, count: usize) -> usize {
    match (count, down) {
        (0, _) => 0,
        (_, true) => (at + 1) % count,
        (_, false) => (at + count - 1) % count,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_is_named_once_and_in_words_of_each_language() {
        for tag in ["en", "ar"] {
            let words = Words::of(tag);
            for role in [Role::Patient, Role::Clinician, Role::Family] {
                let all = entries(&words, role);
                let ids: BTreeSet<_> = all.iter().map(|e| e.id.as_str()).collect();
                let labels: BTreeSet<_> = all.iter().map(|e| e.label.clone()).collect();
                assert_eq!((ids.len(), labels.len()), (all.len(), all.len()), "{tag}: {labels:?}");
            }
        }
    }

    #[test]
    fn a_role_is_offered_what_it_may_do_and_no_more() {
        let words = Words::of("en");
        let offers = |role, id: &str| entries(&words, role).iter().any(|e| e.id == id);
        for id in
            ["add", "readings", "import", "notes", "devices", "share", "permissions", "activity", "laptops"]
        {
            assert!(
                offers(Role::Patient, id) && !offers(Role::Clinician, id) && !offers(Role::Family, id),
                "{id}"
            );
        }
        assert!(
            offers(Role::Clinician, "code")
                && !offers(Role::Patient, "code")
                && !offers(Role::Family, "code")
        );
        assert!(offers(Role::Family, "family"));
        assert!(["lock", "help", "settings", "notices"].iter().all(|id| offers(Role::Clinician, id)));
    }

    #[test]
    fn typing_narrows_and_arrows_go_round() {
        let all = entries(&Words::of("en"), Role::Patient);
        assert_eq!(fitting(&all, ""), all);
        assert_eq!(fitting(&all, "dev").iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["devices"]);
        assert!(fitting(&all, "xyzzy").is_empty());
        assert_eq!(
            (moved(0, true, 3), moved(2, true, 3), moved(0, false, 3), moved(0, true, 0)),
            (1, 0, 2, 0)
        );
    }
}

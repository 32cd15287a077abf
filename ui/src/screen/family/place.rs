//! The parts of a relative's page: their names, their addresses, and how each stands.

use salus_wire::UnixMillis;
use salus_wire::view::{GivenState, GivenView, HelpedView, PermissionState, ReplyView};

use crate::part::PartLink;
use crate::route::Route;
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// One part. What waits comes first: the page begins with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Decide,
    Seeing,
    Openings,
    Notes,
    Authority,
    Card,
    Recovery,
}

impl Place {
    pub(super) const ALL: [Self; 7] = [
        Self::Decide,
        Self::Seeing,
        Self::Openings,
        Self::Notes,
        Self::Authority,
        Self::Card,
        Self::Recovery,
    ];

    /// Its name in the address.
    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Seeing => "seeing",
            Self::Openings => "openings",
            Self::Notes => "notes",
            Self::Authority => "authority",
            Self::Card => "card",
            Self::Recovery => "recovery",
        }
    }

    /// What an address names; the first part where it names none.
    pub(super) fn of(slug: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|place| Some(place.slug()) == slug).unwrap_or(Self::Decide)
    }
}

/// A relative's page at one of its parts.
pub(super) fn at(helped: &HelpedView, place: Place) -> Route {
    Route::RelativeAt { circle: helped.circle.to_string(), part: place.slug().to_owned() }
}

/// The links to all of them; of the notes about the person it says how many were not read.
pub(super) fn links(shared: &Shared, helped: &HelpedView, notes: &[ReplyView]) -> Vec<PartLink> {
    let link = |place: Place| PartLink {
        name: place.slug(),
        to: at(helped, place),
        label: title(&shared.words, place, &helped.person),
        stands: stands(shared, place, helped, notes),
    };
    Place::ALL.into_iter().map(link).collect()
}

fn title(w: &Words, place: Place, name: &str) -> String {
    match place {
        Place::Authority => t!(w, "relative-authority"),
        Place::Decide => t!(w, "family-decide"),
        Place::Seeing => t!(w, "relative-seeing", name = name.to_owned()),
        Place::Openings => t!(w, "relative-openings"),
        Place::Notes => t!(w, "notes-title"),
        Place::Card => t!(w, "relative-card"),
        Place::Recovery => t!(w, "relative-recovery"),
    }
}

/// How it stands, in words.
fn stands(shared: &Shared, place: Place, helped: &HelpedView, notes: &[ReplyView]) -> String {
    let (w, name) = (&shared.words, helped.person.clone());
    match place {
        Place::Authority => match (helped.handed_over, helped.helpers.iter().find(|helper| helper.you)) {
            (Some(at), _) => t!(w, "handover-helper", name = name, when = shared.clock().date(at)),
            (None, None) => t!(w, "family-no-more", name = name),
            (None, Some(me)) => t!(w, "family-until", when = shared.clock().date(me.limits.lapses)),
        },
        Place::Decide => match to_decide(helped) {
            0 => t!(w, "relative-decide-none"),
            n => t!(w, "relative-decide", n = n),
        },
        Place::Seeing => {
            let own = helped.own_given.iter().filter(|given| given.state == PermissionState::Active).count();
            match own + helped.given.iter().filter(|given| given.state == GivenState::Active).count() {
                0 => t!(w, "family-seeing-none"),
                n => t!(w, "relative-seeing-count", n = n),
            }
        }
        Place::Openings => match opened(&helped.given).first() {
            None => t!(w, "relative-openings-none"),
            Some((at, _)) => t!(w, "relative-openings-last", when = shared.clock().moment(*at)),
        },
        Place::Notes => match notes.iter().filter(|note| !note.read).count() {
            0 if notes.is_empty() => t!(w, "notes-empty"),
            0 => t!(w, "relative-notes-read"),
            n => t!(w, "relative-notes-unread", n = n),
        },
        Place::Card if helped.unseen > 0 => t!(w, "relative-card-unseen", n = helped.unseen),
        Place::Card => t!(w, "relative-card-whose", name = name),
        Place::Recovery => t!(w, "relative-recovery-others"),
    }
}

/// Where a permission is shown: what waits for the one who looks, what others or time still decide, and the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Mine,
    UnderWay,
    Settled,
}

/// Where this one is shown.
pub(super) fn stage(given: &GivenView) -> Stage {
    match given.state {
        _ if given.may_agree => Stage::Mine,
        GivenState::AwaitsOthers | GivenState::AwaitsTime => Stage::UnderWay,
        _ => Stage::Settled,
    }
}

/// Those that are shown there.
pub(super) fn staged(given: &[GivenView], wanted: Stage) -> Vec<GivenView> {
    given.iter().filter(|given| stage(given) == wanted).cloned().collect()
}

/// How much waits for the one who looks.
pub(super) fn to_decide(helped: &HelpedView) -> usize {
    let permissions = helped.given.iter().filter(|given| given.may_agree).count();
    let asked = helped.guardian || helped.helpers.iter().any(|helper| helper.you);
    if asked { permissions + usize::from(helped.waiting.is_some()) } else { 0 }
}

/// Every opening by a helper's permission, the newest first, with the permission that it was by.
pub(super) fn opened(given: &[GivenView]) -> Vec<(UnixMillis, &GivenView)> {
    let mut all: Vec<(UnixMillis, &GivenView)> =
        given.iter().flat_map(|given| given.opened.iter().map(move |at| (*at, given))).collect();
    all.sort_by_key(|(at, _)| core::cmp::Reverse(*at));
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use salus_wire::view::Through;
    use salus_wire::{CircleId, GrantId};

    use super::*;
    use crate::samples::{NOW, given, helped};
    use crate::words::LANGUAGES;

    fn note(read: bool) -> ReplyView {
        ReplyView {
            permission: GrantId([1; 32]),
            through: Some(Through::Relative { circle: CircleId([1; 32]), person: "Maria".into() }),
            number: 1,
            name: "Dr Ana".into(),
            organisation: "-".into(),
            attested_by: "Heart Clinic".into(),
            unconfirmed: None,
            proven_at_height: "7".into(),
            text: "All is well.".into(),
            written: NOW,
            came: NOW,
            takes_back: None,
            taken_back: false,
            after: None,
            read,
        }
    }

    #[test]
    fn every_part_of_the_page_is_named_in_words_with_how_it_stands_and_found_by_its_address() {
        let mother = helped(1, "Maria", vec![given(1, &[], true), given(2, &[], false)]);
        for language in LANGUAGES {
            let shared = Shared { words: Words::of(language.tag), ..Shared::default() };
            let titles: BTreeSet<String> =
                Place::ALL.iter().map(|place| title(&shared.words, *place, "Maria")).collect();
            assert_eq!(titles.len(), Place::ALL.len(), "{}: {titles:?}", language.tag);
            let card = stands(&shared, Place::Card, &mother, &[]);
            let said: Vec<String> = [vec![], vec![note(true)], vec![note(true), note(false)]]
                .iter()
                .map(|notes| stands(&shared, Place::Notes, &mother, notes))
                .collect();
            assert!(said.iter().all(|said| said.contains(' ') && !said.contains("relative-")), "{said:?}");
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), 3, "{}: {said:?}", language.tag);
            assert!(
                titles.iter().chain([&card]).all(|said| !said.contains('-')),
                "{}: {titles:?}",
                language.tag
            );
        }
        for place in Place::ALL {
            assert_eq!(Place::of(Some(place.slug())), place);
        }
        assert_eq!((Place::of(None), Place::of(Some("readings"))), (Place::Decide, Place::Decide));
        let at = at(&mother, Place::Seeing);
        assert_eq!(at, Route::RelativeAt { circle: mother.circle.to_string(), part: "seeing".into() });
    }

    #[test]
    fn a_permission_is_shown_in_one_part_and_stays_with_what_is_decided_until_it_is() {
        let mine = given(1, &[], true);
        let agreed = GivenView { state: GivenState::AwaitsTime, ..given(2, &[], false) };
        let own = GivenView { state: GivenState::AwaitsOthers, ..given(3, &[], false) };
        let runs = given(4, &[], false);
        let objected = GivenView { state: GivenState::Objected, ..given(5, &[], false) };
        let all = [mine, agreed, own, runs, objected];
        let ids = |wanted| staged(&all, wanted).iter().map(|given| given.id.0[0]).collect::<Vec<_>>();
        assert_eq!(
            (ids(Stage::Mine), ids(Stage::UnderWay), ids(Stage::Settled)),
            (vec![1], vec![2, 3], vec![4, 5])
        );
    }

    #[test]
    fn openings_of_all_permissions_stand_in_one_order() {
        let all = [given(1, &[40, 10], false), given(2, &[30], false)];
        let at: Vec<UnixMillis> = opened(&all).iter().map(|(at, _)| *at).collect();
        assert_eq!(at, [40, 30, 10]);
    }

    #[test]
    fn who_was_removed_has_nothing_to_decide() {
        let mut mother = helped(1, "Maria", vec![given(1, &[], true)]);
        assert_eq!(to_decide(&mother), 1);
        mother.helpers.clear();
        assert_eq!(to_decide(&mother), 0);
    }
}

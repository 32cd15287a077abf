//! One relative's page: every part of it named in words on top, with how it stands; each a press away.

use salus_wire::command::GetFamily;
use salus_wire::view::{GivenState, GivenView, HelpedView};
use salus_wire::{CircleId, UnixMillis};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use super::helped::Helping;
use super::openings::Openings;
use super::relatives::Relatives;
use crate::part::{Notice, Waiting};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// Properties of [`RelativePage`].
#[derive(Properties, PartialEq)]
pub struct RelativePageProps {
    /// Whose circle, hexadecimal.
    pub circle: String,
}

/// The screen.
#[component]
pub fn RelativePage(props: &RelativePageProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let asked = use_ask(Some(GetFamily {}), shared.beats.permissions.wrapping_add(*turn));
    let changed = {
        let turn = turn.clone();
        Callback::from(move |()| turn.set(turn.wrapping_add(1)))
    };
    let circle = props.circle.parse::<CircleId>().ok();
    let all = asked.answer.as_ref().map(|view| view.helped.clone()).unwrap_or_default();
    let here: Vec<&HelpedView> = all.iter().filter(|helped| Some(helped.circle) == circle).collect();
    html! {
        <>
            <p><Link<Route> to={Route::Family} classes="back">{ t!(w, "family-back") }</Link<Route>></p>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} /> }
            if asked.answer.is_none() && asked.failure.is_none() { <Waiting /> }
            if asked.answer.is_some() && here.is_empty() { <p>{ t!(w, "relative-gone") }</p> }
            if let Some(first) = here.first() { <h1>{ t!(w, "relative-title", name = first.person.clone()) }</h1> }
            { for here.iter().map(|helped| html! {
                <Relative key={format!("{}-{}", helped.circle, helped.guardian)} helped={(*helped).clone()} changed={changed.clone()} />
            }) }
            if all.len() > here.len() { <Relatives helped={all.clone()} {circle} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RelativeProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

/// Everything about one relative.
#[component]
pub(super) fn Relative(props: &RelativeProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let name = helped.person.clone();
    let circle = helped.circle.to_string();
    html! {
        <>
            <nav class="relative-parts" aria-label={t!(w, "relative-parts", name = name.clone())}>
                <ul>{ for places(helped).iter().copied().map(|place| {
                    let (selector, label) = (place.selector(&circle, helped.guardian), title(w, place, &name));
                    html! { <li key={format!("{place:?}")} data-place={format!("{place:?}")}>
                        if is_missing(place, helped) {
                            <span>{ label }</span>
                        } else {
                            <button type="button" class="link" onclick={Callback::from(move |_: MouseEvent| go_to(&selector))}>{ label }</button>
                        }
                        <span class="quiet">{ stands(&shared, place, helped) }</span>
                    </li> }
                }) }</ul>
            </nav>
            <Helping helped={helped.clone()} changed={props.changed.clone()} />
            if !helped.guardian {
                <Openings helped={helped.clone()} />
                <section data-part="card">
                    <h3>{ t!(w, "relative-card") }</h3>
                    <p>{ t!(w, "relative-card-hint", name = name.clone()) }</p>
                </section>
                <section data-part="recovery">
                    <h3>{ t!(w, "relative-recovery") }</h3>
                    <p>{ t!(w, "relative-recovery-hint", name = name) }</p>
                </section>
            }
        </>
    }
}

/// Where something stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Authority,
    Decide,
    Seeing,
    Openings,
    Card,
    Recovery,
}

impl Place {
    /// The first of several is meant: what happened with a card stands before what there is to know of it.
    fn selector(self, circle: &str, guardian: bool) -> String {
        let of = format!("[data-circle='{circle}']");
        match self {
            Place::Authority => format!("{of} > header"),
            Place::Decide => format!("{of} [data-part=decide]"),
            Place::Seeing => format!("{of} [data-part=seeing]"),
            Place::Openings => format!("[data-openings='{circle}']"),
            Place::Card => format!("{of} [data-emergencies], {of} ~ [data-part=card]"),
            Place::Recovery if guardian => format!("{of} details > summary"),
            Place::Recovery => format!("{of} ~ [data-part=recovery]"),
        }
    }
}

/// The parts that this relative's page has, in its order.
fn places(helped: &HelpedView) -> &'static [Place] {
    if helped.guardian {
        return &[Place::Decide, Place::Recovery];
    }
    &[Place::Authority, Place::Decide, Place::Seeing, Place::Openings, Place::Card, Place::Recovery]
}

/// Nothing stands there to go to.
fn is_missing(place: Place, helped: &HelpedView) -> bool {
    place == Place::Decide && to_decide(helped) == 0
}

fn title(w: &Words, place: Place, name: &str) -> String {
    match place {
        Place::Authority => t!(w, "relative-authority"),
        Place::Decide => t!(w, "family-decide"),
        Place::Seeing => t!(w, "relative-seeing", name = name.to_owned()),
        Place::Openings => t!(w, "relative-openings"),
        Place::Card => t!(w, "relative-card"),
        Place::Recovery => t!(w, "relative-recovery"),
    }
}

/// How it stands, in words.
fn stands(shared: &Shared, place: Place, helped: &HelpedView) -> String {
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
            match helped.given.iter().filter(|given| given.state == GivenState::Active).count() {
                0 => t!(w, "family-seeing-none"),
                n => t!(w, "relative-seeing-count", n = n),
            }
        }
        Place::Openings => match opened(&helped.given).first() {
            None => t!(w, "relative-openings-none"),
            Some((at, _)) => t!(w, "relative-openings-last", when = shared.clock().moment(*at)),
        },
        Place::Card if helped.unseen > 0 => t!(w, "relative-card-unseen", n = helped.unseen),
        Place::Card => t!(w, "relative-card-whose", name = name),
        Place::Recovery if helped.guardian => t!(w, "relative-recovery-guardian", name = name),
        Place::Recovery => t!(w, "relative-recovery-others"),
    }
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

/// Brings a part into view, and the focus to it.
fn go_to(selector: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else { return };
    // What is read there begins with it; a line that opens more has the focus by itself.
    if element.tag_name() != "SUMMARY" {
        let _ = element.set_attribute("tabindex", "-1");
    }
    element.scroll_into_view_with_bool(true);
    let _ = element.focus();
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use salus_wire::view::{ClinicianView, HelperLimits, HelperRole, HelperView, PowerState, ProofView};
    use salus_wire::{Category, GrantId};

    use super::*;
    use crate::words::LANGUAGES;

    const NOW: UnixMillis = 1_795_000_000_000;

    pub(in crate::screen::family) fn given(n: u8, opened: &[UnixMillis], may_agree: bool) -> GivenView {
        GivenView {
            id: GrantId([n; 32]),
            clinician: ClinicianView {
                name: "Dr Ana".into(),
                organisation: "-".into(),
                attested_by: "Heart Clinic".into(),
                proven_at_height: "7".into(),
                asks: None,
                on_duty: false,
            },
            categories: vec![Category::HeartRate],
            data_from: 0,
            data_to: NOW,
            starts: 0,
            ends: NOW,
            condition: None,
            by: "Leila".into(),
            state: GivenState::Active,
            agreed: 0,
            needs: 0,
            ready: None,
            may_agree,
            may_stop: true,
            may_object: true,
            objector: None,
            opened: opened.to_vec(),
            left: false,
        }
    }

    pub(in crate::screen::family) fn helped(n: u8, person: &str, given: Vec<GivenView>) -> HelpedView {
        let limits = HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate],
            data_from: 0,
            longest_days: 14,
            begins: 0,
            lapses: NOW,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: vec![],
        };
        let me = HelperView {
            seat: 1,
            name: "Leila".into(),
            limits,
            state: PowerState::InForce,
            you: true,
            paper: false,
            keys_until: None,
        };
        HelpedView {
            circle: CircleId([n; 32]),
            person: person.into(),
            helpers: vec![me],
            ordinary: vec![],
            waiting: None,
            given,
            handed_over: None,
            retired: None,
            emergencies: vec![],
            unseen: 0,
            guardian: false,
            back: None,
            proof: ProofView { height: "7".into(), block: String::new(), time: NOW, signed_by: vec![] },
        }
    }

    #[test]
    fn every_part_of_the_page_is_named_in_words_with_how_it_stands() {
        let mother = helped(1, "Maria", vec![given(1, &[], true), given(2, &[], false)]);
        let guarded = HelpedView { guardian: true, helpers: vec![], ..helped(2, "Josef", vec![]) };
        use Place::{Authority, Card, Decide, Openings, Recovery, Seeing};
        assert_eq!(places(&mother), [Authority, Decide, Seeing, Openings, Card, Recovery]);
        assert_eq!(places(&guarded), [Decide, Recovery]);
        assert!(places(&mother).iter().all(|place| !is_missing(*place, &mother)));
        assert!(is_missing(Decide, &guarded) && !is_missing(Recovery, &guarded), "nothing waits");
        for language in LANGUAGES {
            let w = Words::of(language.tag);
            let titles: BTreeSet<String> =
                places(&mother).iter().map(|place| title(&w, *place, "Maria")).collect();
            assert_eq!(titles.len(), 6, "{}: {titles:?}", language.tag);
            assert!(titles.iter().all(|title| !title.contains('-')), "{}: {titles:?}", language.tag);
        }
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

    #[test]
    fn a_part_is_looked_for_in_its_own_relatives_section() {
        let (one, other) = (CircleId([1; 32]).to_string(), CircleId([2; 32]).to_string());
        for place in
            [Place::Authority, Place::Decide, Place::Seeing, Place::Openings, Place::Card, Place::Recovery]
        {
            for selector in [place.selector(&one, false), place.selector(&one, true)] {
                let own = |each: &str| each.contains(&one) && !each.contains(&other);
                assert!(selector.split(", ").all(own), "{selector}");
            }
        }
    }
}

//! One relative's page: whose record it is, what there is about it as links, and the part that was chosen.

use salus_wire::CircleId;
use salus_wire::command::ListReplies;
use salus_wire::view::{HelpedView, ReplyView};
use yew::prelude::*;
use yew_router::prelude::*;

use super::authority::Authority;
use super::decide::Decide;
use super::emergencies::Emergencies;
use super::given::GivenList;
use super::guardian::Guarding;
use super::helped::Whose;
use super::notes::RelativeNotes;
use super::openings::Openings;
use super::own_given::OwnGiven;
use super::place::{Place, Stage, links, staged};
use super::relatives::Relatives;
use super::use_family;
use crate::part::{Parts, unanswered};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::t;

/// Properties of [`RelativePage`].
#[derive(Properties, PartialEq)]
pub struct RelativePageProps {
    /// Whose circle, hexadecimal.
    pub circle: String,
    /// Which part the address names.
    #[prop_or_default]
    pub part: Option<String>,
}

/// The screen.
#[component]
pub fn RelativePage(props: &RelativePageProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (asked, changed) = use_family();
    let circle = props.circle.parse::<CircleId>().ok();
    let place = Place::of(props.part.as_deref());
    let all = asked.answer.as_ref().map(|view| view.helped.clone()).unwrap_or_default();
    let here: Vec<&HelpedView> = all.iter().filter(|helped| Some(helped.circle) == circle).collect();
    html! {
        <>
            <p><Link<Route> to={Route::Family} classes="back">{ t!(w, "family-back") }</Link<Route>></p>
            { unanswered(&asked) }
            if asked.answer.is_some() && here.is_empty() { <h1>{ t!(w, "relative-gone") }</h1> }
            if let Some(first) = here.first() { <h1>{ t!(w, "relative-title", name = first.person.clone()) }</h1> }
            { for here.iter().map(|helped| html! {
                <Relative key={format!("{}-{}", helped.circle, helped.guardian)} helped={(*helped).clone()} {place} changed={changed.clone()} />
            }) }
            if all.len() > here.len() { <Relatives helped={all.clone()} {circle} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct RelativeProps {
    pub(super) helped: HelpedView,
    /// The part that is shown; a guardian's few lines are all shown.
    pub(super) place: Place,
    pub(super) changed: Callback<()>,
}

/// One relative, at one part of what there is about them.
#[component]
pub(super) fn Relative(props: &RelativeProps) -> Html {
    let shared = use_shared();
    let (w, helped) = (&shared.words, &props.helped);
    let (circle, name) = (helped.circle, helped.person.clone());
    let changed = props.changed.clone();
    let listed = use_ask(Some(ListReplies {}), shared.beats.permissions);
    if helped.guardian {
        return html! {
            <section data-circle={circle.to_string()}>
                <Whose helped={helped.clone()} />
                if helped.waiting.is_some() { <Decide helped={helped.clone()} changed={changed.clone()} /> }
                <Guarding {circle} person={name} back={helped.back.clone()} {changed} />
            </section>
        };
    }
    let notes: Vec<ReplyView> = listed
        .answer
        .iter()
        .flat_map(|all| all.iter())
        .filter(|note| note.relative() == Some(circle))
        .cloned()
        .collect();
    let parts = links(&shared, helped, &notes);
    let part = match props.place {
        Place::Decide => html! { <Decide helped={helped.clone()} {changed} /> },
        Place::Seeing => {
            let settled = staged(&helped.given, Stage::Settled);
            html! {
                <section data-part="seeing">
                    <h3>{ t!(w, "family-seeing", name = name.clone()) }</h3>
                    if settled.is_empty() { <p class="quiet">{ t!(w, "family-seeing-none") }</p> }
                    <GivenList {circle} person={name.clone()} given={settled} changed={changed.clone()} />
                    if helped.own_given.is_empty() {
                        <p class="quiet">{ t!(w, "relative-seeing-own", name = name) }</p>
                    } else {
                        <OwnGiven helped={helped.clone()} {changed} />
                    }
                </section>
            }
        }
        Place::Openings => html! { <Openings helped={helped.clone()} /> },
        Place::Notes => html! {
            <>
                { unanswered(&listed) }
                if listed.answer.is_some() { <RelativeNotes person={name} {notes} {changed} /> }
            </>
        },
        Place::Authority => html! { <Authority helped={helped.clone()} {changed} /> },
        Place::Card => html! {
            <section data-part="card">
                <h3>{ t!(w, "relative-card") }</h3>
                <p>{ t!(w, "relative-card-hint", name = name) }</p>
                if !helped.emergencies.is_empty() { <Emergencies helped={helped.clone()} {changed} /> }
            </section>
        },
        Place::Recovery => html! {
            <section data-part="recovery">
                <h3>{ t!(w, "relative-recovery") }</h3>
                <p>{ t!(w, "relative-recovery-hint", name = name) }</p>
            </section>
        },
    };
    html! {
        <section data-circle={circle.to_string()}>
            <Whose helped={helped.clone()} />
            <Parts label={t!(w, "relative-parts", name = helped.person.clone())} all={parts} here={props.place.slug()} />
            { part }
        </section>
    }
}

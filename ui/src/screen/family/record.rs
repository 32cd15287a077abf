//! What somebody whom I help has measured in the last week; in memory only.

use std::rc::Rc;

use salus_wire::command::{GetFamily, OpenRelative};
use salus_wire::{CircleId, ErrorCode, Failure};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::{DAY, day_start};
use crate::part::{Band, LeaveOpening, Notice, Series, Whose, WorkProgress};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::t;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 720;

/// Properties of [`Helped`].
#[derive(Properties, PartialEq)]
pub struct HelpedProps {
    /// Whose circle, hexadecimal.
    pub circle: String,
}

/// The screen.
#[component]
pub fn Helped(props: &HelpedProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let circle = props.circle.parse::<CircleId>().ok();
    // Held still while the screen is open: a question that moves on would be asked for ever.
    let to = use_state(|| clock.now);
    let from = day_start(*to, clock.offset) - 6 * DAY;
    let asked =
        use_ask(circle.map(|circle| OpenRelative { circle, from, to: *to + 1, width: CHART_WIDTH }), 0);
    let family = use_ask(Some(GetFamily {}), 0);
    let known = family.answer.iter().flat_map(|view| view.helped.iter()).find(|h| Some(h.circle) == circle);
    let whose =
        known.map(|helped| helped.person.clone()).or(asked.answer.as_ref().map(|view| view.person.clone()));
    let failure = asked.failure.clone().or(circle.is_none().then(|| Failure::new(ErrorCode::NotYours)));
    html! {
        <>
            <p><Link<Route> to={Route::Family} classes="back">{ t!(w, "family-back") }</Link<Route>></p>
            if let Some(name) = whose { <Band {name} /> }
            { match (&asked.answer, failure) {
                (Some(view), _) => html! {
                    <>
                        <h1><bdi>{ &view.person }</bdi></h1>
                        <p class="quiet">{ t!(w, "family-reading-hint", name = view.person.clone()) }</p>
                        { for view.records.iter().map(|record| html! {
                            <Series whose={Whose::Patient} record={Rc::new(record.clone())} span={t!(w, "span-of", span = clock.span(from, *to))} />
                        }) }
                    </>
                },
                (None, Some(failure)) => html! { <><h1>{ t!(w, "opened-refused") }</h1><Notice {failure} /></> },
                (None, None) => html! { <><WorkProgress work="open_relative" label={t!(w, "opened-working")} /><LeaveOpening /></> },
            } }
        </>
    }
}

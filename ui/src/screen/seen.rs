//! "See what Dr X will see": a permission that was given, as its reader's screen shows it now. To look at only.

use std::rc::Rc;

use salus_wire::command::SeePermission;
use salus_wire::view::{PermissionState, SeenOf, SeenView};
use salus_wire::{ErrorCode, Failure, GrantId};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{FirstMinute, Icon, Notice, Series, Waiting, Whose, condition, icon, state_tag, whom};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 720;

/// Properties of [`Seen`].
#[derive(Properties, PartialEq)]
pub struct SeenProps {
    /// The permission, hexadecimal.
    pub id: String,
}

/// The screen.
#[component]
pub fn Seen(props: &SeenProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let id = props.id.parse::<GrantId>().ok();
    let beat = shared.beats.readings.wrapping_add(shared.beats.permissions);
    let asked = use_ask(id.map(|id| SeePermission { id, width: CHART_WIDTH }), beat);
    let failure = asked.failure.clone().or(id.is_none().then(|| Failure::new(ErrorCode::UnknownPermission)));
    html! {
        <>
            <p><Link<Route> to={Route::Permissions} classes="back">{ t!(w, "seen-back") }</Link<Route>></p>
            { match (&asked.answer, failure) {
                (Some(view), _) => seen(&shared, view),
                (None, Some(failure)) => html! { <><h1>{ t!(w, "seen-title-none") }</h1><Notice {failure} again={asked.again.clone()} /></> },
                (None, None) => html! { <Waiting /> },
            } }
        </>
    }
}

fn seen(shared: &Shared, view: &SeenView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let p = &view.permission;
    let name = whom(w, &p.clinician.name);
    let over = matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
    let from = match p.state {
        PermissionState::Active => None,
        PermissionState::NotYet | PermissionState::Pending => {
            Some(t!(w, "seen-not-yet", name = name.clone(), when = clock.moment(p.starts)))
        }
        PermissionState::Ended | PermissionState::Stopped => Some(t!(w, "seen-over", name = name.clone())),
    };
    html! {
        <>
            <h1>{ if over { t!(w, "seen-nothing", name = name.clone()) } else { t!(w, "seen-title", name = name.clone()) } }</h1>
            <p>{ t!(w, "seen-only-looking", name = name.clone()) }</p>
            { for from.map(|said| html! { <p class="caution">{ icon(Icon::Clock) }{ said }</p> }) }
            if over { <p>{ t!(w, "promise") }</p> }
            if !over {
                <div class="preview"><div class="frame">
                    <div class="consent" role="note">
                        { icon(Icon::Eye) }
                        <p>
                            { t!(w, "opened-consent", name = view.patient.clone(), what = w.categories(&p.categories),
                                span = clock.span(p.data_from, p.data_to), until = clock.moment(p.ends)) }
                            { " " }{ t!(w, "opened-hidden") }
                        </p>
                        { state_tag(shared, p.state) }
                    </div>
                    { for p.condition.iter().map(|c| condition(shared, c)) }
                    <FirstMinute of={SeenOf::Given { id: p.id }} name={name.clone()} categories={p.categories.clone()} on_duty={p.clinician.on_duty} />
                    { for view.records.iter().map(|record| html! {
                        <Series key={format!("{:?}", record.category)} whose={Whose::Patient} record={Rc::new(record.clone())}
                            span={t!(w, "span-of", span = clock.span(record.chart.from, record.chart.to))} />
                    }) }
                </div></div>
                <p class="quiet">{ t!(w, "seen-hint", name = name) }</p>
            }
        </>
    }
}

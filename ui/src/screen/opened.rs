//! One shared record, opened: who permitted what until when stays on top; it is in memory only.

mod acts;
mod banner;
mod compare;
mod first_look;
mod over_time;
mod replies;
mod steps;

use std::rc::Rc;

use salus_wire::command::{ListInbox, OpenRecord};
use salus_wire::view::{GatewayStanding, GatewayView, OpenedView, PermissionState, ProofView, SharedView};
use salus_wire::{Category, ErrorCode, Failure, GrantId};
use yew::prelude::*;
use yew_router::prelude::*;

use self::acts::Acts;
pub use self::banner::banner as consent_banner;
use self::banner::{banner, printed};
use self::compare::Compare;
use self::first_look::FirstLook;
use self::over_time::{OverTime, has_time};
use self::replies::Replies;
use super::reports::{PrintOpened, Source};
use super::second::AskAnother;
use crate::part::{
    Glance, Icon, LeaveOpening, Notice, Proof, Series, Whose, WorkProgress, icon, may_change, purpose_line,
};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 720;

/// Properties of [`Opened`].
#[derive(Properties, PartialEq)]
pub struct OpenedProps {
    /// The permission, hexadecimal.
    pub id: String,
}

/// The screen. Going back and opening again leaves another receipt.
#[component]
pub fn Opened(props: &OpenedProps) -> Html {
    // Counts the openings that were begun here: another one begins with nothing of the one before.
    let turn = use_state(|| 0_u32);
    let again = {
        let turn = turn.clone();
        Callback::from(move |_: MouseEvent| turn.set(turn.wrapping_add(1)))
    };
    html! { <Opening key={turn.to_string()} id={props.id.clone()} {again} /> }
}

#[derive(Properties, PartialEq)]
struct OpeningProps {
    /// The permission, hexadecimal.
    id: String,
    /// Begins another one.
    again: Callback<MouseEvent>,
}

/// One opening, from its beginning.
#[component]
fn Opening(props: &OpeningProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let id = props.id.parse::<GrantId>().ok();
    let answer = use_state(|| None::<String>);
    let second = (*answer).clone();
    let asked = use_ask(id.map(|id| OpenRecord { id, width: CHART_WIDTH, second: second.clone() }), 0);
    let on_answer = Callback::from(move |text| answer.set(Some(text)));
    let inbox = use_ask(Some(ListInbox {}), shared.beats.permissions);
    let known = inbox.answer.iter().flat_map(|v| v.shared.iter()).find(|s| Some(s.id) == id);
    let state = known.map(|s| s.state);
    let failure = asked.failure.clone().or(id.is_none().then(|| Failure::new(ErrorCode::UnknownPermission)));
    html! {
        <>
            <p><Link<Route> to={Route::Home} classes="back">{ t!(w, "opened-back") }</Link<Route>></p>
            { match (&asked.answer, failure) {
                (Some(view), _) => page(&shared, view, state),
                // With an answer it is on its way: nobody asks for one again.
                (None, Some(failure)) if failure.code == ErrorCode::NeedsSecond && second.is_some() => opening(&shared),
                (None, Some(failure)) if wants_second(failure.code) => html! {
                    <>{ for id.iter().map(|id| html! { <AskAnother id={*id} failure={failure.clone()} on_answer={on_answer.clone()} /> }) }</>
                },
                (None, Some(failure)) if matches!(failure.code, ErrorCode::Ended | ErrorCode::Stopped) => ended(&shared, failure, known),
                (None, Some(failure)) if failure.code == ErrorCode::Cancelled => html! {
                    <>
                        <h1>{ t!(w, "opening-stopped") }</h1>
                        <p role="status">{ t!(w, "opening-stopped-hint") }</p>
                        { once_more(w, &props.again) }
                    </>
                },
                // By another opening, from its beginning.
                (None, Some(failure)) => {
                    let again = may_change(failure.code).then(|| once_more(w, &props.again));
                    html! { <><h1>{ t!(w, "opened-refused") }</h1><Notice {failure} />{ again.unwrap_or_default() }</> }
                }
                (None, None) => opening(&shared),
            } }
        </>
    }
}

fn once_more(w: &Words, again: &Callback<MouseEvent>) -> Html {
    html! { <div class="row"><button type="button" id="open-again" class="main" onclick={again.clone()}>{ t!(w, "opening-again") }</button></div> }
}

fn opening(shared: &Shared) -> Html {
    let w = &shared.words;
    html! {
        <><h1>{ t!(w, "opened-opening") }</h1><p>{ t!(w, "opened-opening-hint") }</p>
        <WorkProgress work="open_record" label={t!(w, "opened-working")} /><LeaveOpening /></>
    }
}

/// Whether another clinician's answer is what is missing, or what does not count.
const fn wants_second(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::NeedsSecond | ErrorCode::BadSecond | ErrorCode::SecondIsYourself)
}

/// Nothing is shown, and the screen says why, what stays, and what can be done.
fn ended(shared: &Shared, failure: Failure, known: Option<&SharedView>) -> Html {
    let w = &shared.words;
    let (happened, fix) = w.error(failure.code, failure.detail.as_deref());
    html! {
        <>
            <div class="ended" data-code={failure.code.as_str()}>
                { icon(Icon::Lock) }
                <h1>{ happened }</h1>
                <p class="lead">{ fix }</p>
                <p>{ t!(w, "ended-stays") }</p>
                { for known.iter().map(|s| html! {
                    <p><Link<Route> to={Route::More { id: s.id.to_string() }} classes="button">{ t!(w, "opened-more") }</Link<Route>></p>
                }) }
            </div>
            { for known.iter().map(|s| html! { <Replies id={s.id} patient={s.patient.clone()} by_helper={s.by_helper} /> }) }
        </>
    }
}

/// An opened record with what can be done with it: read, compared, answered, printed.
fn page(shared: &Shared, view: &Rc<OpenedView>, state: Option<PermissionState>) -> Html {
    let s = &view.shared;
    let categories: Vec<Category> = view.records.iter().map(|record| record.category).collect();
    html! {
        <div class="opened-page">
            { printed(shared, s) }
            { head(shared, view, state) }
            if matches!(state, Some(PermissionState::Ended | PermissionState::Stopped)) {
                <p class="caution" role="status">{ icon(Icon::Lock) }{ t!(shared.words, "ended-while-open") }</p>
            }
            <Acts id={s.id} patient={s.patient.clone()} />
            { body(shared, view) }
            <Compare id={s.id} {categories} window={(s.data_from, s.data_to)} />
            <Replies id={s.id} patient={s.patient.clone()} by_helper={s.by_helper} />
            { how(shared, view) }
        </div>
    }
}

/// What was opened, and how it came.
pub(super) fn opened(shared: &Shared, view: &Rc<OpenedView>, state: Option<PermissionState>) -> Html {
    html! { <>{ head(shared, view, state) }{ body(shared, view) }{ how(shared, view) }</> }
}

fn head(shared: &Shared, view: &OpenedView, state: Option<PermissionState>) -> Html {
    let s = &view.shared;
    html! {
        <>
            { banner(shared, s, state.unwrap_or(s.state)) }
            <h1><bdi>{ &s.patient }</bdi></h1>
            { purpose_line(shared, s.asks.as_ref()) }
        </>
    }
}

fn body(shared: &Shared, view: &OpenedView) -> Html {
    let (w, clock, s) = (&shared.words, shared.clock(), &view.shared);
    html! {
        <>
            <FirstLook id={s.id} />
            <Glance id={s.id} categories={s.categories.clone()} daily={view.records.iter().any(|r| !r.days.is_empty())} />
            { for view.records.iter().map(|record| { let record = Rc::new(record.clone()); html! {
                <>
                <Series whose={Whose::Patient} record={record.clone()} span={t!(w, "span-of", span = clock.span(record.chart.from, record.chart.to))} />
                if has_time(&record) { <OverTime id={s.id} record={record.clone()} /> }
                { for view.provenance.iter().filter(|p| p.category == record.category).map(|p| gateway(shared, p)) }
                </>
            } }) }
        </>
    }
}

fn how(shared: &Shared, view: &OpenedView) -> Html {
    let (w, clock, s) = (&shared.words, shared.clock(), &view.shared);
    html! {
        <>
            <PrintOpened source={Source::Permission(s.id)} name={s.patient.clone()} categories={s.categories.clone()} daily={view.records.iter().any(|r| !r.days.is_empty())} />
            <h2>{ t!(w, "opened-how") }</h2>
            <p>{ t!(w, "opened-receipt", when = clock.moment(view.receipt.time), n = view.segments) }</p>
            <p>{ t!(w, "opened-released", names = w.list(&view.released_by)) }</p>
            if !view.refused_by.is_empty() { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "opened-refused-by", names = w.list(&view.refused_by)) }</p> }
            <Proof proof={view.receipt.clone()} />
        </>
    }
}

/// Where a series came from: quiet when it is proven, a caution when it is not. The readings are shown in any case.
fn gateway(shared: &Shared, from: &GatewayView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let on = |proof: &Option<ProofView>| proof.as_ref().map(|p| clock.date(p.time)).unwrap_or_default();
    let (mut enrolled, mut withdrawn) = (on(&from.enrolled), on(&from.withdrawn));
    if let (Some(first), Some(last)) = (&from.enrolled, &from.withdrawn)
        && enrolled == withdrawn
        && from.standing == GatewayStanding::Enrolled
    {
        // Within one day the dates alone would not say how long.
        (enrolled, withdrawn) = (clock.moment(first.time), clock.moment(last.time));
    }
    let (proven, text) = match from.standing {
        GatewayStanding::Enrolled if from.withdrawn.is_some() => {
            (true, t!(w, "gateway-was-enrolled", from = enrolled, to = withdrawn))
        }
        GatewayStanding::Enrolled => (true, t!(w, "gateway-enrolled", date = enrolled)),
        GatewayStanding::Early => (true, t!(w, "gateway-early", date = enrolled)),
        GatewayStanding::Withdrawn => (false, t!(w, "gateway-withdrawn", date = withdrawn)),
        GatewayStanding::NotEnrolled => (false, t!(w, "gateway-not-enrolled")),
        GatewayStanding::OtherGateway => (false, t!(w, "gateway-other")),
        GatewayStanding::Unproven => (false, t!(w, "gateway-unproven")),
    };
    let (class, sign) = if proven { ("quiet", Icon::Check) } else { ("caution", Icon::Warning) };
    html! {
        <>
            <p {class}>{ icon(sign) }{ text }</p>
            { for from.enrolled.iter().map(|proof| html! { <Proof proof={proof.clone()} /> }) }
        </>
    }
}

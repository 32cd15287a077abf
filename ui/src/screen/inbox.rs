//! A clinician's inbox: new first, then what ends soon, what is flagged, what can be opened, what waits, what has ended.

mod groups;

use salus_wire::command::{ListInbox, ListPatients};
use salus_wire::view::{DutyView, PermissionState, SharedView};
use yew::prelude::*;
use yew_router::prelude::*;

use self::groups::{Groups, ends_soon, mark};
use super::recovery_key::KeyNeedNote;
use super::second::BeSecond;
use crate::part::{BackupNeedNote, Empty, Icon, condition, icon, purpose_line, state_tag, terms, unanswered};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Inbox() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let listed = use_ask(Some(ListInbox {}), shared.beats.permissions);
    let view = listed.answer.clone();
    let all = view.as_ref().map(|v| v.shared.clone()).unwrap_or_default();
    let waiting = view.as_ref().map(|v| v.waiting.clone()).unwrap_or_default();
    let over = |s: &SharedView| matches!(s.state, PermissionState::Ended | PermissionState::Stopped);
    let (ended, open): (Vec<_>, Vec<_>) = all.into_iter().partition(over);
    let (for_duty, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|s| s.on_duty);
    let (new, seen): (Vec<_>, Vec<_>) = open.into_iter().partition(|s| s.new);
    let on_duty = view.as_ref().and_then(|v| v.duty.clone());
    let patients = use_ask(Some(ListPatients {}), shared.beats.permissions);
    let marks = patients.answer.as_ref().map(|all| all.to_vec()).unwrap_or_default();
    let groups = Groups::of(seen, &marks, shared.clock().now);
    let counts = groups.counts(w);
    let Groups { soon, flagged, others: seen } = groups;
    let list = |title: String, items: &[SharedView]| {
        if items.is_empty() {
            return Html::default();
        }
        html! { <><h2>{ title }</h2><ul class="entries">{ for items.iter().map(|s| entry(&shared, s)) }</ul></> }
    };
    html! {
        <>
            <h1>{ t!(w, "inbox-title", n = new.len()) }</h1>
            <KeyNeedNote />
            <BackupNeedNote />
            { unanswered(&listed) }
            if let Some(counts) = counts { <p class="lead" role="status">{ counts }</p> }
            if view.is_some() && on_duty.is_none() && new.is_empty() && soon.is_empty() && flagged.is_empty() && seen.is_empty() && ended.is_empty() && waiting.is_empty() {
                <Empty title={t!(w, "inbox-empty")} hint={t!(w, "inbox-empty-hint")}>
                    <p><Link<Route> to={Route::Code} classes="button main">{ t!(w, "nav-code") }</Link<Route>></p>
                </Empty>
            }
            { list(t!(w, "inbox-new"), &new) }
            { list(t!(w, "inbox-soon"), &soon) }
            { list(t!(w, "inbox-flagged"), &flagged) }
            { list(t!(w, "inbox-open"), &seen) }
            { for on_duty.iter().map(|d| duty(&shared, d, for_duty.len())) }
            if !for_duty.is_empty() { <ul class="entries">{ for for_duty.iter().map(|s| entry(&shared, s)) }</ul> }
            if !waiting.is_empty() {
                <h2>{ t!(w, "inbox-waiting") }</h2>
                <ul class="entries">{ for waiting.iter().map(|note| html! { <li><p class="line">{ icon(Icon::Clock) }<bdi>{ if note.is_empty() { t!(w, "inbox-no-note") } else { note.clone() } }</bdi></p></li> }) }</ul>
            }
            { list(t!(w, "inbox-ended"), &ended) }
            <BeSecond />
        </>
    }
}

/// Whether this clinician is on duty, and what that means for what patients gave to the group.
fn duty(shared: &Shared, d: &DutyView, count: usize) -> Html {
    let w = &shared.words;
    let (role, organisation) = (d.role.clone(), d.organisation.clone());
    html! {
        <div role="status" data-duty={if d.until.is_some() { "on" } else { "off" }}>
            <h2>{ t!(w, "duty-title", role = role.clone(), organisation = organisation.clone()) }</h2>
            if let Some(until) = d.until {
                <p class="quiet">{ icon(Icon::Check) }{ t!(w, "duty-on", until = shared.clock().moment(until)) }</p>
                if count == 0 { <p>{ t!(w, "duty-nothing") }</p> }
                <p class="quiet">{ t!(w, "duty-named") }</p>
            } else {
                <p class="caution">{ icon(Icon::Clock) }{ t!(w, "duty-off", organisation = organisation) }</p>
            }
        </div>
    }
}

fn entry(shared: &Shared, s: &SharedView) -> Html {
    let w = &shared.words;
    let now = shared.clock().now;
    let works = s.state == PermissionState::Active;
    html! {
        <li key={s.id.to_string()} data-state={format!("{:?}", s.state)}>
            <div class="entry-head"><h3><bdi>{ &s.patient }</bdi></h3>{ state_tag(shared, s.state) }</div>
            { for mark(&shared.clock(), s).map(|said| html! {
                <p><span class="tag on" data-mark="look">{ icon(if s.new { Icon::Inbox } else { Icon::Clock }) }<span>{ said }</span></span></p>
            }) }
            if !s.note.is_empty() { <p class="quiet"><bdi>{ &s.note }</bdi></p> }
            if s.by_helper { <p class="quiet">{ t!(w, "inbox-by-helper", name = s.patient.clone()) }</p> }
            { purpose_line(shared, s.asks.as_ref()) }
            { terms(shared, &s.categories, (s.data_from, s.data_to), (s.starts, s.ends), s.state) }
            { for s.condition.iter().map(|c| condition(shared, c)) }
            // What stays after the end: what was written to the patient, and asking anew.
            if matches!(s.state, PermissionState::Ended | PermissionState::Stopped) && !s.on_duty {
                <div class="row"><Link<Route> to={Route::Record { id: s.id.to_string() }} classes="button small">{ t!(w, "inbox-after", name = s.patient.clone()) }</Link<Route>></div>
            }
            if works {
                // Of what ends soon the mark above says it.
                if !ends_soon(s, now) { <p class="quiet">{ t!(w, "inbox-left", length = shared.clock().length(s.ends - now)) }</p> }
                <div class="row"><Link<Route> to={Route::Record { id: s.id.to_string() }} classes="button main">{ t!(w, "inbox-open-record", name = s.patient.clone()) }</Link<Route>></div>
            }
        </li>
    }
}

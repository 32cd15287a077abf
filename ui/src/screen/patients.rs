//! A clinician's patients as a table: what is newest, how complete it is, what is out of range and by which rule, and how long it lasts.

mod order;
#[cfg(test)]
pub(super) mod samples;

use std::rc::Rc;

use order::{Column, Sorting, matches, sorted};
use salus_wire::command::{FlagPatient, ListPatients};
use salus_wire::view::{PatientView, PermissionState};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{
    Empty, FlagButton, Icon, Notice, coverage, field_text, icon, ranges, state_tag, unanswered,
};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// Where nothing is known.
const NONE: &str = "\u{2013}";

/// The screen.
#[component]
pub fn Patients() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let listed = use_ask(Some(ListPatients {}), shared.beats.permissions);
    let newest = use_state(|| None::<Rc<Vec<PatientView>>>);
    {
        // Another answer of the members' comes after a flag was set: the newer one counts.
        let newest = newest.clone();
        use_effect_with(listed.answer.clone(), move |answer| newest.set(answer.clone()));
    }
    let flag = {
        let newest = newest.clone();
        use_act::<FlagPatient>(Callback::from(move |all| newest.set(Some(Rc::new(all)))))
    };
    let sorting = use_state(Sorting::default);
    let search = use_state(String::new);
    let over = use_state(|| false);
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| search.set(field_text(&event)))
    };
    let onchange = {
        let over = over.clone();
        Callback::from(move |_: Event| over.set(!*over))
    };
    let all: Vec<PatientView> = newest.as_ref().map(|all| all.to_vec()).unwrap_or_default();
    let within: Vec<PatientView> = all.iter().filter(|p| *over || !is_over(p)).cloned().collect();
    let now = shared.clock().now;
    let found = within.iter().filter(|p| matches(w, p, &search)).cloned().collect();
    let shown = sorted(found, *sorting, now);
    let seen = within.iter().any(|p| p.glimpse.is_some());
    html! {
        <div class="wide">
            <h1>{ t!(w, "patients-title") }</h1>
            { unanswered(&listed) }
            if let Some(failure) = &flag.failure { <Notice failure={failure.clone()} /> }
            if newest.is_some() && all.is_empty() {
                <Empty title={t!(w, "inbox-empty")} hint={t!(w, "inbox-empty-hint")}>
                    <p><Link<Route> to={Route::Code} classes="button main">{ t!(w, "nav-code") }</Link<Route>></p>
                </Empty>
            }
            if !all.is_empty() {
                <div class="row fields" role="search">
                    <p class="field">
                        <label for="patients-search">{ t!(w, "patients-search") }</label>
                        <input id="patients-search" type="text" role="searchbox" dir="auto" maxlength="100" autocomplete="off" value={(*search).clone()} {oninput} />
                    </p>
                    <label class="choice"><input id="patients-over" type="checkbox" checked={*over} {onchange} /><span>{ t!(w, "patients-over") }</span></label>
                </div>
                <p class="quiet" role="status">{ t!(w, "patients-shown", shown = shown.len(), total = within.len(), by = column_name(w, sorting.by), order = sorting.word(w)) }</p>
                if shown.is_empty() {
                    <p>{ t!(w, "patients-none-found") }</p>
                } else {
                    <div class="table patients" tabindex="0" role="region" aria-label={t!(w, "patients-title")}>
                        <table>
                            <thead><tr>
                                { for Column::ALL.into_iter().map(|column| heading(&shared, column, &sorting)) }
                                <th scope="col"><span class="hidden">{ t!(w, "patients-acts") }</span></th>
                            </tr></thead>
                            <tbody>{ for shown.iter().map(|p| patient_row(&shared, p, &flag.starter(), flag.busy)) }</tbody>
                        </table>
                    </div>
                }
                <p class="quiet">{ if seen { t!(w, "patients-kept") } else { t!(w, "patients-unopened") } }</p>
                <p class="quiet">{ t!(w, "patients-apart") }</p>
            }
        </div>
    }
}

fn is_over(p: &PatientView) -> bool {
    matches!(p.shared.state, PermissionState::Ended | PermissionState::Stopped)
}

fn column_name(w: &Words, column: Column) -> String {
    match column {
        Column::Patient => t!(w, "patients-name"),
        Column::Last => t!(w, "patients-last"),
        Column::Coverage => t!(w, "patients-coverage"),
        Column::Range => t!(w, "patients-range"),
        Column::Left => t!(w, "patients-left"),
    }
}

/// A column's head: a button that sorts by it, and turns the order around when pressed again.
fn heading(shared: &Shared, column: Column, sorting: &UseStateHandle<Sorting>) -> Html {
    let w = &shared.words;
    let onclick = {
        let sorting = sorting.clone();
        Callback::from(move |_: MouseEvent| sorting.set(sorting.pressed(column)))
    };
    html! {
        <th scope="col" aria-sort={sorting.aria(column)}>
            <button type="button" class="sort" data-sort={format!("{column:?}")} {onclick}>
                { column_name(w, column) }<span class="arrow" aria-hidden="true">{ sorting.arrow(column) }</span>
            </button>
        </th>
    }
}

/// One permission in the table. The design page shows it in its states.
pub fn patient_row(shared: &Shared, p: &PatientView, flag: &Callback<FlagPatient>, busy: bool) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let s = &p.shared;
    let left = if is_over(p) {
        html! { <>{ state_tag(shared, s.state) }<br />{ clock.date(s.ends) }</> }
    } else {
        html! { <>{ clock.length(s.ends - clock.now) }<br /><small>{ t!(w, "patients-until", when = clock.moment(s.ends)) }</small></> }
    };
    html! {
        <tr key={s.id.to_string()} data-state={format!("{:?}", s.state)}>
            <th scope="row">
                <bdi class="strong">{ &s.patient }</bdi>
                if s.new { { " " }<span class="tag on">{ icon(Icon::Inbox) }<span>{ t!(w, "inbox-new") }</span></span> }
                if p.flagged { { " " }<span class="tag">{ icon(Icon::Flag) }<span>{ t!(w, "flag-set") }</span></span> }
                <small class="line-of-its-own">{ w.categories_first(&s.categories) }</small>
                if !s.note.is_empty() { <small class="line-of-its-own"><bdi>{ &s.note }</bdi></small> }
            </th>
            <td>{ p.glimpse.as_ref().and_then(|g| g.last).map_or_else(|| NONE.to_owned(), |at| clock.moment(at)) }</td>
            <td>{ p.glimpse.as_ref().map_or_else(|| NONE.to_owned(), |g| coverage(w, g)) }</td>
            <td>{ p.glimpse.as_ref().map_or_else(|| html! { <>{ NONE }</> }, |g| ranges(w, g)) }</td>
            <td>{ left }</td>
            <td class="acts">
                if s.state == PermissionState::Active {
                    <Link<Route> to={Route::Record { id: s.id.to_string() }} classes="button">
                        { t!(w, "patients-open") }{ " " }<span class="hidden">{ t!(w, "patients-open-whose", name = s.patient.clone()) }</span>
                    </Link<Route>>
                } else if is_over(p) && !s.on_duty {
                    <Link<Route> to={Route::Record { id: s.id.to_string() }} classes="button small">{ t!(w, "inbox-after", name = s.patient.clone()) }</Link<Route>>
                }
                <FlagButton id={s.id} patient={s.patient.clone()} flagged={p.flagged} {busy} on_flag={flag.clone()} />
            </td>
        </tr>
    }
}

//! Making a page of the own record.

use salus_wire::Category;
use salus_wire::command::{GetOverview, MakeReport, StopWork};
use salus_wire::view::{MadeReportView, ReportKind};
use yew::prelude::*;

use super::choices::{kinds, languages};
use super::made::written;
use super::page_language;
use crate::format::{DAY, day_start};
use crate::part::{Empty, Icon, Notice, Submit, WorkProgress, icon, unanswered};
use crate::screen::in_order;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// Days that can be chosen.
const DAYS: [i64; 3] = [7, 30, 90];
/// A diary has a line for each day.
const LONGEST_DIARY: i64 = 30;
/// A glucose profile is of so many days, whatever was chosen.
const PROFILE: i64 = 14;

#[derive(Properties, PartialEq)]
pub(super) struct MakeProps {
    /// A page was made.
    pub(super) done: Callback<()>,
}

#[component]
pub(super) fn Make(props: &MakeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let kind = use_state(|| ReportKind::Visit);
    let days = use_state(|| 30_i64);
    let left_out = use_state(Vec::<Category>::new);
    let language = use_state(|| page_language(&shared.words));
    let result = use_state(|| None::<MadeReportView>);
    let overview = use_ask(Some(GetOverview {}), shared.beats.readings);
    let make = {
        let (result, done) = (result.clone(), props.done.clone());
        use_act::<MakeReport>(Callback::from(move |view| {
            result.set(Some(view));
            done.emit(());
        }))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let Some(held) = &overview.answer else {
        return unanswered(&overview);
    };
    let held = in_order(&held.iter().map(|o| o.category).collect::<Vec<_>>());
    if held.is_empty() {
        return html! { <Empty title={t!(w, "reports-nothing-yet")} hint={t!(w, "record-empty-hint")} /> };
    }
    let chosen: Vec<Category> = held.iter().copied().filter(|c| !left_out.contains(c)).collect();
    let nothing = *kind == ReportKind::Visit && chosen.is_empty();
    let days_now = if *kind == ReportKind::Diary { (*days).min(LONGEST_DIARY) } else { *days };
    let onsubmit = {
        let (start, result, kind, language) = (make.starter(), result.clone(), *kind, *language);
        let (clock, categories) = (shared.clock(), chosen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            result.set(None);
            let to = day_start(clock.now, clock.offset) + DAY;
            let length = if kind == ReportKind::Glucose { PROFILE } else { days_now };
            let categories = if kind == ReportKind::Visit { categories.clone() } else { Vec::new() };
            start.emit(MakeReport { report: kind, categories, from: to - length * DAY, to, language });
        })
    };
    let choose_kind = {
        let kind = kind.clone();
        Callback::from(move |chosen| kind.set(chosen))
    };
    let choose_language = {
        let language = language.clone();
        Callback::from(move |chosen| language.set(chosen))
    };
    html! {
        <form {onsubmit}>
            { kinds(&shared, &[ReportKind::Visit, ReportKind::Diary, ReportKind::Glucose], *kind, &choose_kind) }
            if *kind != ReportKind::Glucose { { spans(&shared, *kind, days_now, &days) } }
            if *kind == ReportKind::Visit { { contents(&shared, &held, &left_out) } }
            if nothing { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "reports-of-nothing") }</p> }
            { languages(&shared, *language, &choose_language) }
            <p class="caution">{ icon(Icon::Warning) }{ t!(w, "reports-open-file") }</p>
            if let Some(failure) = make.failure.as_ref().filter(|_| !make.busy) { <Notice failure={failure.clone()} /> }
            if make.busy { <WorkProgress work="make_report" label={t!(w, "reports-working")} /> }
            if let Some(view) = &*result { { written(&shared, view) } }
            <div class="row">
                <Submit id="report-make" label={t!(w, "reports-make")} busy={make.busy} disabled={nothing} />
                if make.busy { <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
            </div>
        </form>
    }
}

/// Of which days.
fn spans(shared: &Shared, kind: ReportKind, chosen: i64, days: &UseStateHandle<i64>) -> Html {
    let w = &shared.words;
    let name = |n: i64| match n {
        7 => t!(w, "reports-week"),
        30 => t!(w, "reports-month"),
        _ => t!(w, "reports-quarter"),
    };
    let offered = DAYS.into_iter().filter(|n| kind != ReportKind::Diary || *n <= LONGEST_DIARY);
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "reports-time") }</legend>
            <div class="segments">{ for offered.map(|n| {
                let onchange = { let days = days.clone(); Callback::from(move |_: Event| days.set(n)) };
                html! { <label><input type="radio" name="report-days" value={n.to_string()} checked={chosen == n} {onchange} /><span>{ name(n) }</span></label> }
            }) }</div>
        </fieldset>
    }
}

/// What is in it: everything, until something is left out.
fn contents(shared: &Shared, held: &[Category], left_out: &UseStateHandle<Vec<Category>>) -> Html {
    let w = &shared.words;
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "reports-of-what") }</legend>
            { for held.iter().copied().map(|category| {
                let inside = !left_out.contains(&category);
                let onchange = {
                    let left_out = left_out.clone();
                    Callback::from(move |_: Event| {
                        let mut out: Vec<Category> = left_out.iter().copied().filter(|c| *c != category).collect();
                        if inside {
                            out.push(category);
                        }
                        left_out.set(out);
                    })
                };
                html! { <label class="choice">
                    <input type="checkbox" name="report-what" value={format!("{category:?}")} checked={inside} {onchange} />
                    <span>{ w.category(category) }</span>
                </label> }
            }) }
        </fieldset>
    }
}

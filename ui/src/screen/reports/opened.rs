//! A page of somebody else's record, for the clinician who opened it or the helper who read it: of what was shown and nothing else.

use salus_wire::command::{MakeOpenedReport, MakeRelativeReport, StopWork};
use salus_wire::view::{MadeReportView, ReportKind};
use salus_wire::{Category, CircleId, GrantId};
use yew::prelude::*;

use super::choices::{kinds, languages};
use super::made::written;
use super::page_language;
use crate::part::{Notice, Submit, WorkProgress};
use crate::state::{use_act, use_shared};
use crate::t;

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// With a patient's permission.
    Permission(GrantId),
    /// Somebody's whom this person helps.
    Relative(CircleId),
}

/// Properties of [`PrintOpened`].
#[derive(Properties, PartialEq)]
pub(crate) struct PrintOpenedProps {
    /// What was opened.
    pub(crate) source: Source,
    /// Whose it is.
    pub(crate) name: String,
    /// What was opened.
    pub(crate) categories: Vec<Category>,
    /// True where only daily summaries were opened: a diary and a profile need single readings.
    pub(crate) daily: bool,
}

/// The form.
#[component]
pub(crate) fn PrintOpened(props: &PrintOpenedProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let kind = use_state(|| ReportKind::Visit);
    let language = use_state(|| page_language(&shared.words));
    let result = use_state(|| None::<MadeReportView>);
    let done = {
        let result = result.clone();
        Callback::from(move |view| result.set(Some(view)))
    };
    let of_permission = use_act::<MakeOpenedReport>(done.clone());
    let of_relative = use_act::<MakeRelativeReport>(done);
    let busy = of_permission.busy || of_relative.busy;
    let failure = of_permission.failure.clone().or(of_relative.failure.clone()).filter(|_| !busy);
    let (work, what) = match props.source {
        Source::Permission(_) => ("make_opened_report", t!(w, "reports-opened-what")),
        Source::Relative(_) => {
            ("make_relative_report", t!(w, "reports-helped-what", name = props.name.clone()))
        }
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let fits = |kind: &ReportKind| match kind {
        ReportKind::Visit => true,
        ReportKind::Diary => !props.daily && props.categories.contains(&Category::BloodPressure),
        ReportKind::Glucose => !props.daily && props.categories.contains(&Category::Glucose),
    };
    let offered: Vec<ReportKind> =
        [ReportKind::Visit, ReportKind::Diary, ReportKind::Glucose].into_iter().filter(fits).collect();
    let onsubmit = {
        let (permission, relative, result) = (of_permission.starter(), of_relative.starter(), result.clone());
        let (source, report, language) = (props.source, *kind, *language);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            result.set(None);
            match source {
                Source::Permission(id) => permission.emit(MakeOpenedReport { id, report, language }),
                Source::Relative(circle) => relative.emit(MakeRelativeReport { circle, report, language }),
            }
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
        <details class="print">
            <summary>{ t!(w, "reports-opened") }</summary>
            <form {onsubmit}>
                <p>{ what }</p>
                { kinds(&shared, &offered, *kind, &choose_kind) }
                { languages(&shared, *language, &choose_language) }
                if let Some(failure) = failure { <Notice {failure} /> }
                if busy { <WorkProgress {work} label={t!(w, "reports-working")} /> }
                if let Some(view) = &*result { { written(&shared, view) } }
                <div class="row">
                    <Submit id="report-opened" label={t!(w, "reports-make")} {busy} />
                    if busy { <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
                </div>
            </form>
        </details>
    }
}

//! A page of an opened record, for the clinician who opened it: of what was shown and nothing else.

use salus_wire::command::{MakeOpenedReport, StopWork};
use salus_wire::view::{MadeReportView, ReportKind};
use salus_wire::{Category, GrantId};
use yew::prelude::*;

use super::choices::{kinds, languages};
use super::made::written;
use super::page_language;
use crate::part::{Notice, Submit, WorkProgress};
use crate::state::{use_act, use_shared};
use crate::t;

/// Properties of [`PrintOpened`].
#[derive(Properties, PartialEq)]
pub(crate) struct PrintOpenedProps {
    /// The permission.
    pub(crate) id: GrantId,
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
    let make = {
        let result = result.clone();
        use_act::<MakeOpenedReport>(Callback::from(move |view| result.set(Some(view))))
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
        let (start, result) = (make.starter(), result.clone());
        let (id, report, language) = (props.id, *kind, *language);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            result.set(None);
            start.emit(MakeOpenedReport { id, report, language });
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
                <p>{ t!(w, "reports-opened-what") }</p>
                { kinds(&shared, &offered, *kind, &choose_kind) }
                { languages(&shared, *language, &choose_language) }
                if let Some(failure) = make.failure.as_ref().filter(|_| !make.busy) { <Notice failure={failure.clone()} /> }
                if make.busy { <WorkProgress work="make_opened_report" label={t!(w, "reports-working")} /> }
                if let Some(view) = &*result { { written(&shared, view) } }
                <div class="row">
                    <Submit id="report-opened" label={t!(w, "reports-make")} busy={make.busy} />
                    if make.busy { <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
                </div>
            </form>
        </details>
    }
}

//! Everything in one file that other programs read.

use salus_wire::command::{ExportRecord, StopWork};
use salus_wire::view::{ExportFormat, ExportView, Role};
use yew::prelude::*;

use crate::format::count;
use crate::part::{Busy, Icon, Notice, WorkProgress, icon};
use crate::state::{use_act, use_shared};
use crate::t;

#[component]
pub(super) fn Export() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = use_state(|| None::<ExportView>);
    let export = {
        let done = done.clone();
        use_act::<ExportRecord>(Callback::from(move |view| done.set(Some(view))))
    };
    let stop = use_act::<StopWork>(Callback::noop());
    let profile = shared.app.as_ref().and_then(|a| a.profile.as_ref());
    if profile.is_none_or(|p| p.role != Role::Patient) {
        return Html::default();
    }
    let start = |format: ExportFormat| {
        let (start, done) = (export.starter(), done.clone());
        Callback::from(move |_: MouseEvent| {
            done.set(None);
            start.emit(ExportRecord { format });
        })
    };
    html! {
        <section>
            <h2>{ t!(w, "export-title") }</h2>
            <p>{ t!(w, "export-what") }</p>
            <p>{ t!(w, "export-fhir-what") }</p>
            <p class="caution">{ icon(Icon::Warning) }{ t!(w, "export-open") }</p>
            if let Some(failure) = &export.failure { <Notice failure={failure.clone()} /> }
            if export.busy { <WorkProgress work="export_record" label={t!(w, "export-working")} /> }
            if let Some(view) = &*done {
                if let Some(sharing) = view.sharing {
                    <p class="proven" role="status">
                        { icon(Icon::Check) }
                        { t!(w, "export-shared", n = sharing.permissions, openings = count(sharing.openings)) }
                    </p>
                    if !sharing.complete { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "export-earlier") }</p> }
                } else {
                    <p class="proven" role="status">{ icon(Icon::Check) }{ t!(w, "export-done", n = view.readings) }</p>
                    if view.unclaimed > 0 { <p>{ t!(w, "export-unclaimed", n = view.unclaimed, count = count(view.unclaimed)) }</p> }
                    if view.damaged > 0 { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "export-damaged", n = view.damaged) }</p> }
                }
            }
            <div class="row">
                <Busy id="export-csv" label={t!(w, "export-csv")} busy={export.busy} onclick={start(ExportFormat::Csv)} />
                <Busy id="export-json" label={t!(w, "export-json")} busy={export.busy} onclick={start(ExportFormat::JsonLines)} />
                <Busy id="export-fhir" label={t!(w, "export-fhir")} busy={export.busy} onclick={start(ExportFormat::Fhir)} />
                if export.busy { <button type="button" onclick={stop.starter().reform(|_: MouseEvent| StopWork {})}>{ t!(w, "work-stop") }</button> }
            </div>
        </section>
    }
}

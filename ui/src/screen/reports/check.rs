//! Checking a report: by its file, or by the code on its page. What the code stands for is shown, to be compared with the paper.

use salus_wire::command::CheckReport;
use salus_wire::view::{CheckedReportView, ReportStanding};
use yew::prelude::*;

use super::made::{apart, line};
use super::page_language;
use crate::part::{Busy, CodePicture, Icon, Notice, Submit, WorkProgress, field_text, icon};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[component]
pub(super) fn Check() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let text = use_state(String::new);
    let found = use_state(|| None::<CheckedReportView>);
    let check = {
        let found = found.clone();
        use_act::<CheckReport>(Callback::from(move |view| found.set(Some(view))))
    };
    let language = page_language(w);
    let onsubmit = {
        let (start, text, found) = (check.starter(), text.clone(), found.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            found.set(None);
            start.emit(CheckReport { code: Some((*text).clone()), language });
        })
    };
    let by_file = {
        let (start, found) = (check.starter(), found.clone());
        Callback::from(move |_: MouseEvent| {
            found.set(None);
            start.emit(CheckReport { code: None, language });
        })
    };
    let on_text = {
        let text = text.clone();
        Callback::from(move |code: String| text.set(code))
    };
    let oninput = on_text.reform(|event: InputEvent| field_text(&event));
    html! {
        <section aria-labelledby="report-check-title">
            <h2 id="report-check-title">{ t!(w, "reports-check") }</h2>
            <p>{ t!(w, "reports-check-what") }</p>
            <div class="row"><Busy id="report-check-file" label={t!(w, "reports-check-file")} busy={check.busy} onclick={by_file} /></div>
            <form {onsubmit}>
                <p class="field">
                    <label for="report-code">{ t!(w, "reports-check-code") }</label>
                    <input id="report-code" type="text" dir="ltr" autocomplete="off" maxlength="200" required=true spellcheck="false" autocapitalize="characters"
                        value={(*text).clone()} {oninput} />
                </p>
                <CodePicture id="report-picture" {on_text} />
                <div class="row"><Submit id="report-check-typed" label={t!(w, "reports-check-typed")} busy={check.busy} disabled={text.is_empty()} /></div>
            </form>
            if check.busy { <WorkProgress work="check_report" label={t!(w, "reports-check-working")} /> }
            if let Some(failure) = check.failure.as_ref().filter(|_| !check.busy) { <Notice failure={failure.clone()} /> }
            if let Some(view) = &*found { { said(&shared, view) } }
        </section>
    }
}

/// What is known, and then what the report says.
fn said(shared: &Shared, view: &CheckedReportView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let when = view.recorded.map(|at| clock.moment(at)).unwrap_or_default();
    let (good, sentence) = match view.standing {
        ReportStanding::Proven => (true, t!(w, "reports-is-proven", when = when)),
        ReportStanding::Waiting => (true, t!(w, "reports-is-waiting")),
        ReportStanding::Elsewhere => (true, t!(w, "reports-is-elsewhere", when = when)),
        ReportStanding::Nobody => (false, t!(w, "reports-is-nobody")),
        ReportStanding::Unasked => (false, t!(w, "reports-is-unasked")),
    };
    let standing = format!("{:?}", view.standing);
    html! {
        <div role="status" data-standing={standing}>
            if good {
                <p class="proven">{ icon(Icon::Check) }<span>{ sentence }</span></p>
            } else {
                <p class="caution">{ icon(Icon::Warning) }<span>{ sentence }</span></p>
            }
            <p>{ t!(w, "reports-code-is", code = apart(&view.code)) }</p>
            { for view.made.iter().map(|made| html! { <p class="quiet">{ line(shared, made) }</p> }) }
            if !view.lines.is_empty() {
                <h3>{ t!(w, "reports-compare") }</h3>
                <p class="quiet">{ t!(w, "reports-compare-hint") }</p>
                <blockquote id="report-says" class="says">{ for view.lines.iter().map(|line| html! { <p dir="auto">{ line }</p> }) }</blockquote>
            }
        </div>
    }
}

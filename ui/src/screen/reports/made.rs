//! Reports that were made: the newest with its code, and the list of all.

use salus_wire::view::MadeReportView;
use yew::prelude::*;

use super::kind_name;
use crate::part::{Icon, icon};
use crate::state::Shared;
use crate::t;

/// How many are listed.
const LISTED: usize = 20;

/// A page that was just written.
pub(super) fn written(shared: &Shared, view: &MadeReportView) -> Html {
    let w = &shared.words;
    html! {
        <div class="proven" role="status">
            { icon(Icon::Check) }
            <div>
                <p class="strong">{ t!(w, "reports-written", code = apart(&view.code)) }</p>
                <p>{ t!(w, "reports-waits") }</p>
            </div>
        </div>
    }
}

/// Every one, the newest first.
pub(super) fn made_list(shared: &Shared, all: &[MadeReportView]) -> Html {
    let w = &shared.words;
    if all.is_empty() {
        return html! { <p class="quiet">{ t!(w, "reports-none") }</p> };
    }
    html! {
        <ul class="points" id="reports-made">{ for all.iter().take(LISTED).map(|view| html! {
            <li key={view.code.clone()}>{ line(shared, view) }<br /><code dir="ltr">{ &view.code }</code></li>
        }) }</ul>
    }
}

/// "For a visit of Maria, 1 to 30 November. Made today at 14:05. Recorded by the members …"
pub(super) fn line(shared: &Shared, view: &MadeReportView) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    let made = t!(
        w,
        "reports-line",
        kind = kind_name(w, view.kind),
        person = view.person.clone(),
        span = clock.span(view.from, view.to),
        when = clock.moment(view.made)
    );
    let recorded = match view.recorded {
        Some(at) => t!(w, "reports-recorded", when = clock.moment(at)),
        None => t!(w, "reports-not-recorded"),
    };
    format!("{made} {recorded}")
}

/// A code in its own direction inside any sentence.
pub(super) fn apart(code: &str) -> String {
    format!("\u{2066}{code}\u{2069}")
}

//! What stays on top of an opened record: who granted it, what is seen, what is hidden, until when.

use salus_wire::view::{PermissionState, SharedView};
use yew::prelude::*;

use crate::part::{Icon, condition, icon, state_tag};
use crate::state::Shared;
use crate::t;

/// The sentence, which stays in sight, and each part of it on request.
pub(super) fn banner(shared: &Shared, s: &SharedView, state: PermissionState) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let left = s.ends - clock.now;
    html! {
        <>
            <div class="consent" role="note">
                { icon(Icon::Eye) }
                <p>
                    { t!(w, "opened-consent", name = s.patient.clone(), what = w.categories(&s.categories),
                        span = clock.span(s.data_from, s.data_to), until = clock.moment(s.ends)) }
                    { " " }{ t!(w, "opened-hidden") }
                </p>
                { state_tag(shared, state) }
            </div>
            { for s.condition.iter().map(|c| condition(shared, c)) }
            <details class="granted">
                <summary>{ t!(w, "granted-title") }</summary>
                <dl class="terms">
                    <dt>{ t!(w, "granted-by") }</dt><dd>{ t!(w, "granted-by-whom", name = s.patient.clone()) }</dd>
                    <dt>{ t!(w, "terms-what") }</dt><dd>{ w.categories_first(&s.categories) }</dd>
                    <dt>{ t!(w, "terms-readings-of") }</dt><dd>{ clock.span(s.data_from, s.data_to) }</dd>
                    <dt>{ t!(w, "granted-hidden") }</dt><dd>{ t!(w, "granted-hidden-what") }</dd>
                    <dt>{ t!(w, "terms-from") }</dt><dd>{ clock.moment(s.starts) }</dd>
                    <dt>{ t!(w, "terms-until") }</dt>
                    <dd>{ clock.moment(s.ends) }if left > 0 { { t!(w, "list-comma") }{ t!(w, "inbox-left", length = clock.length(left)) } }</dd>
                </dl>
            </details>
        </>
    }
}

/// On paper only: what this is, of when, and who printed it when.
pub(super) fn printed(shared: &Shared, s: &SharedView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let who = shared.app.as_ref().and_then(|app| app.profile.as_ref()).map(|p| p.name.clone());
    html! {
        <div class="print-only">
            <p class="strong">{ t!(w, "printed-head", name = s.patient.clone(), span = clock.span(s.data_from, s.data_to)) }</p>
            <p>{ t!(w, "printed-by", name = who.unwrap_or_default(), when = clock.moment(clock.now)) }</p>
            <p>{ t!(w, "printed-stays") }</p>
        </div>
    }
}

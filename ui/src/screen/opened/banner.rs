//! What stays on top of an opened record: who granted it, what is seen, what is hidden, until when.

use salus_wire::view::{PermissionState, SharedView};
use yew::prelude::*;

use crate::part::{Icon, condition, icon, state_tag};
use crate::state::Shared;
use crate::t;

/// The sentence, which stays in sight, and each part of it on request.
pub fn banner(shared: &Shared, s: &SharedView, state: PermissionState) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let left = s.ends - clock.now;
    html! {
        <>
            <div class="consent" role="note">
                { icon(Icon::Eye) }
                <p>
                    { consent(shared, s) }
                    { " " }{ t!(w, "opened-hidden") }
                </p>
                { state_tag(shared, state) }
            </div>
            { for s.condition.iter().map(|c| condition(shared, c)) }
            <details class="granted">
                <summary>{ t!(w, "granted-title") }</summary>
                <dl class="terms">
                    <dt>{ t!(w, "granted-by") }</dt><dd>{ whom(shared, s) }</dd>
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

/// "Maria lets you see ...", or that somebody who helps her does.
fn consent(shared: &Shared, s: &SharedView) -> String {
    let (w, clock) = (&shared.words, shared.clock());
    let (name, what) = (s.patient.clone(), w.categories(&s.categories));
    let (span, until) = (clock.span(s.data_from, s.data_to), clock.moment(s.ends));
    if s.by_helper {
        t!(w, "opened-consent-helper", name = name, what = what, span = span, until = until)
    } else {
        t!(w, "opened-consent", name = name, what = what, span = span, until = until)
    }
}

/// Who gave it, and who can stop it.
fn whom(shared: &Shared, s: &SharedView) -> String {
    let (w, name) = (&shared.words, s.patient.clone());
    if s.by_helper { t!(w, "granted-by-helper", name = name) } else { t!(w, "granted-by-whom", name = name) }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screen::patients::samples::{NOW, patient};
    use crate::words::{LANGUAGES, Words};

    #[test]
    fn who_granted_it_is_not_said_to_be_the_patient_when_a_helper_did() {
        for language in LANGUAGES {
            let shared = Shared { words: Words::of(language.tag), ..Shared::default() };
            let own = patient(1, "Maria", NOW + 1, false).shared;
            let helped = SharedView { by_helper: true, ..own.clone() };
            let said = |s: &SharedView| whom(&shared, s);
            assert_ne!(said(&own), said(&helped), "{}", language.tag);
            assert!(said(&own).contains("Maria") && said(&helped).contains("Maria"), "{}", language.tag);
        }
    }
}

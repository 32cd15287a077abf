//! Words of emergencies that both sides share, and the note that an emergency was announced or opened.

use salus_wire::command::{GetFamily, ListPermissions};
use salus_wire::view::{
    EmergencyAct, EmergencyReason, EmergencyUseView, PermissionState, Role, SaidView, Verdict,
};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::{Shared, use_ask, use_shared};
use crate::t;
use crate::words::Words;

/// Why something is opened, inside a sentence.
#[must_use]
pub fn reason_words(w: &Words, reason: EmergencyReason) -> String {
    match reason {
        EmergencyReason::Unconscious => t!(w, "reason-unconscious"),
        EmergencyReason::CannotAnswer => t!(w, "reason-cannot-answer"),
        EmergencyReason::DangerToLife => t!(w, "reason-danger"),
        EmergencyReason::CannotDecide => t!(w, "reason-cannot-decide"),
        EmergencyReason::Other => t!(w, "reason-other"),
    }
}

/// Whom a permission is for: a clinician's name, or the emergency card, which is for nobody by name.
#[must_use]
pub fn whom(w: &Words, name: &str) -> String {
    if name.is_empty() { t!(w, "card-name") } else { name.to_owned() }
}

/// Properties of [`EmergencyNote`].
#[derive(Properties, PartialEq)]
pub struct EmergencyNoteProps {
    /// Whose record is open.
    pub role: Role,
}

/// Said on every screen of a patient while a card that was announced or opened can still open something.
#[component]
pub fn EmergencyNote(props: &EmergencyNoteProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let patient = props.role == Role::Patient;
    let listed = use_ask(patient.then_some(ListPermissions {}), shared.beats.permissions);
    let all = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    let running = all.iter().filter(|p| p.state == PermissionState::Active);
    let happened = running.filter_map(|p| p.emergency).find(|e| e.announced.is_some() || e.opened.is_some());
    let said = match happened {
        None => return Html::default(),
        Some(e) => match (e.opened, e.announced) {
            (Some(at), _) => t!(w, "note-opened", when = clock.moment(at)),
            (None, Some(at)) => t!(w, "note-announced", when = clock.moment(at)),
            (None, None) => return Html::default(),
        },
    };
    html! {
        <section class="notice" role="alert" id="emergency-note">
            { icon(Icon::Warning) }
            <div>
                <p class="strong">{ said }</p>
                <div class="row"><Link<Route> to={Route::Emergency} classes="button">{ t!(w, "note-open") }</Link<Route>></div>
            </div>
        </section>
    }
}

/// Who answers for an opening.
pub fn answers(w: &Words, one: &EmergencyUseView) -> Html {
    match (&one.attested_by, &one.clinician_key) {
        (Some(member), Some(key)) => html! {
            <>
                <p>{ t!(w, "use-by", member = member.clone()) }{ " " }<code dir="ltr">{ key.clone() }</code></p>
                if let Some(member) = &one.second_by { <p>{ t!(w, "use-second-by", member = member.clone()) }</p> }
            </>
        },
        _ if one.act == EmergencyAct::Opened => {
            html! { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "use-by-nobody") }</p> }
        }
        _ => Html::default(),
    }
}

/// What somebody who helps said.
pub fn said(shared: &Shared, said: &SaidView) -> Html {
    let (w, when) = (&shared.words, shared.clock().moment(said.at));
    let name = match (said.you, said.name.is_empty()) {
        (true, _) => t!(w, "use-helper-you"),
        (false, true) => t!(w, "family-somebody"),
        (false, false) => said.name.clone(),
    };
    let line = match said.verdict {
        Verdict::Right => t!(w, "use-helper-right", name = name, when = when),
        Verdict::Objected => t!(w, "use-helper-object", name = name, when = when),
        Verdict::Stopped => t!(w, "use-helper-stop", name = name, when = when),
    };
    html! { <p class="strong">{ line }</p> }
}

/// Said on every screen of somebody who helps, until they have seen what happened with an emergency card of the person.
#[component]
pub fn HelpedEmergencyNote() -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let asked = use_ask(Some(GetFamily {}), shared.beats.permissions);
    let helped = asked.answer.as_ref().map(|view| view.helped.clone()).unwrap_or_default();
    html! { <>{ for helped.iter().filter(|helped| helped.unseen > 0).filter_map(|helped| {
        let newest = helped.emergencies.first()?;
        let (name, when) = (helped.person.clone(), clock.moment(newest.at));
        let said = match newest.act {
            EmergencyAct::Announced => t!(w, "note-helped-announced", name = name, when = when),
            EmergencyAct::Opened => t!(w, "note-helped-opened", name = name, when = when),
        };
        Some(html! {
            <section key={helped.circle.to_string()} class="notice" role="alert" data-emergency={helped.circle.to_string()}>
                { icon(Icon::Warning) }
                <div>
                    <p class="strong">{ said }</p>
                    <div class="row"><Link<Route> to={Route::RelativeAt { circle: helped.circle.to_string(), part: "card".to_owned() }} classes="button">{ t!(w, "note-helped-open") }</Link<Route>></div>
                </div>
            </section>
        })
    }) }</> }
}

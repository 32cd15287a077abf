//! The note that somebody asked for a new computer to speak for this person: a person who still has theirs has to see it.

use salus_wire::command::{GetFamily, ObjectChange};
use salus_wire::view::{FamilyChange, FamilyView, Role};
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Busy, Icon, Notice, icon};
use crate::route::Route;
use crate::state::{use_act, use_ask, use_shared};
use crate::t;

/// Properties of [`RecoveryNote`].
#[derive(Properties, PartialEq)]
pub struct RecoveryNoteProps {
    /// Whose record is open.
    pub role: Role,
}

/// Said on every screen of a patient while guardians' wish for a new computer waits, with the one press that ends it; and
/// afterwards, that this computer speaks for nobody.
#[component]
pub fn RecoveryNote(props: &RecoveryNoteProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let turn = use_state(|| 0_u32);
    let patient = props.role == Role::Patient;
    let asked = use_ask(patient.then_some(GetFamily {}), shared.beats.permissions.wrapping_add(*turn));
    let object = use_act::<ObjectChange>(Callback::from(move |_: FamilyView| turn.set(turn.wrapping_add(1))));
    let Some(own) = asked.answer.as_ref().and_then(|view| view.own.clone()) else { return Html::default() };
    if !own.speaks && own.handing.is_some() {
        return html! {
            <section class="notice" role="status" id="handed-over">
                { icon(Icon::People) }
                <div><p class="strong">{ t!(w, "note-handed-over") }</p><p>{ t!(w, "note-handed-over-hint") }</p></div>
            </section>
        };
    }
    if !own.speaks {
        return html! {
            <section class="notice" role="alert" id="recovery-done">
                { icon(Icon::Warning) }
                <div><p class="strong">{ t!(w, "note-recovery-done") }</p><p>{ t!(w, "note-recovery-done-hint") }</p></div>
            </section>
        };
    }
    // Asked for by oneself, on this computer, it is no surprise.
    let waiting = own.waiting.filter(|waiting| waiting.what == FamilyChange::NewKey && waiting.by.is_some());
    let Some(waiting) = waiting else { return Html::default() };
    let (circle, change) = (own.circle, waiting.change);
    let name = waiting.by.filter(|name| !name.is_empty()).unwrap_or_else(|| t!(w, "family-somebody"));
    let said = match waiting.effective {
        Some(at) => t!(w, "note-recovery-from", name = name, when = clock.moment(at)),
        None => t!(w, "note-recovery-waits", name = name),
    };
    html! {
        <section class="notice" role="alert" id="recovery-note">
            { icon(Icon::Warning) }
            <div>
                <p class="strong">{ said }</p>
                <p>{ t!(w, "note-recovery-object") }</p>
                if let Some(failure) = &object.failure { <Notice failure={failure.clone()} /> }
                <div class="row">
                    <Busy class="danger" label={t!(w, "family-object")} busy={object.busy}
                        onclick={object.starter().reform(move |_: MouseEvent| ObjectChange { circle, change })} />
                    <Link<Route> to={Route::FamilyOwn { part: "helpers".to_owned() }} classes="button">{ t!(w, "note-recovery-open") }</Link<Route>>
                </div>
            </div>
        </section>
    }
}

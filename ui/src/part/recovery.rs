//! The note that somebody asked for a new computer to speak for this person: a person who still has theirs has to see it.

use salus_wire::command::{GetFamily, ObjectChange};
use salus_wire::view::{FamilyChange, FamilyView, Role, WaitingView};
use salus_wire::{CircleId, UnixMillis};
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

/// What it is said of: the own circle, or on a laptop that was added the one in which the first laptop speaks.
struct Standing {
    circle: CircleId,
    waiting: Option<WaitingView>,
    speaks: bool,
    handed: bool,
    added: bool,
    may_object: bool,
    /// Since when an objection of the person's own does not count against guardians.
    retired: Option<UnixMillis>,
}

fn standing(view: &FamilyView) -> Option<Standing> {
    if let Some(own) = &view.own {
        return Some(Standing {
            circle: own.circle,
            // Asked for by oneself, on this computer, it is no surprise.
            waiting: own.waiting.clone().filter(|waiting| waiting.by.is_some()),
            speaks: own.speaks,
            handed: own.handing.is_some(),
            added: false,
            may_object: true,
            retired: own.retired,
        });
    }
    view.watched.as_ref().map(|watched| Standing {
        circle: watched.circle,
        waiting: watched.waiting.clone(),
        speaks: watched.speaks,
        handed: watched.handed_over.is_some(),
        added: true,
        may_object: watched.may_object,
        retired: watched.retired,
    })
}

/// Said on every screen of a patient, on each of their laptops, while a wish for a new computer waits, with the one press that ends it;
/// and afterwards, that this computer speaks for nobody.
#[component]
pub fn RecoveryNote(props: &RecoveryNoteProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let turn = use_state(|| 0_u32);
    let patient = props.role == Role::Patient;
    let asked = use_ask(patient.then_some(GetFamily {}), shared.beats.permissions.wrapping_add(*turn));
    let object = use_act::<ObjectChange>(Callback::from(move |_: FamilyView| turn.set(turn.wrapping_add(1))));
    let Some(standing) = asked.answer.as_ref().and_then(|view| standing(view)) else {
        return Html::default();
    };
    if !standing.speaks && standing.handed {
        return html! {
            <section class="notice" role="status" id="handed-over">
                { icon(Icon::People) }
                <div><p class="strong">{ t!(w, "note-handed-over") }</p><p>{ t!(w, "note-handed-over-hint") }</p></div>
            </section>
        };
    }
    if !standing.speaks {
        let hint =
            if standing.added { t!(w, "note-watched-done-hint") } else { t!(w, "note-recovery-done-hint") };
        return html! {
            <section class="notice" role="alert" id="recovery-done">
                { icon(Icon::Warning) }
                <div><p class="strong">{ t!(w, "note-recovery-done") }</p><p>{ hint }</p></div>
            </section>
        };
    }
    let waiting = standing.waiting.filter(|waiting| waiting.what == FamilyChange::NewKey);
    let Some(waiting) = waiting else { return Html::default() };
    let (circle, change) = (standing.circle, waiting.change);
    let counts = waiting.own_objection_counts(standing.retired);
    let may_object = standing.may_object && counts;
    let what_now = match (may_object, counts) {
        (true, _) => t!(w, "note-recovery-object"),
        (false, true) => t!(w, "note-watched-cannot"),
        (false, false) => t!(w, "note-recovery-young"),
    };
    let when = waiting.effective.map(|at| clock.moment(at));
    let by = waiting.by.map(|name| if name.is_empty() { t!(w, "family-somebody") } else { name });
    let said = match (by, when) {
        (Some(name), Some(when)) if standing.added => t!(w, "note-watched-from", name = name, when = when),
        (Some(name), None) if standing.added => t!(w, "note-watched-waits", name = name),
        (Some(name), Some(when)) => t!(w, "note-recovery-from", name = name, when = when),
        (Some(name), None) => t!(w, "note-recovery-waits", name = name),
        (None, Some(when)) => t!(w, "note-watched-own", when = when),
        (None, None) => t!(w, "change-new-key"),
    };
    html! {
        <section class="notice" role="alert" id="recovery-note">
            { icon(Icon::Warning) }
            <div>
                <p class="strong">{ said }</p>
                <p>{ what_now }</p>
                if let Some(failure) = &object.failure { <Notice failure={failure.clone()} /> }
                <div class="row">
                    if may_object {
                        <Busy class="danger" label={t!(w, "family-object")} busy={object.busy}
                            onclick={object.starter().reform(move |_: MouseEvent| ObjectChange { circle, change })} />
                    }
                    <Link<Route> to={Route::FamilyOwn { part: "helpers".to_owned() }} classes="button">{ t!(w, "note-recovery-open") }</Link<Route>>
                </div>
            </div>
        </section>
    }
}

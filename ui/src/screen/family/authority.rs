//! My authority and its limits: whom I may let see, until when, what it still waits for, and how it ends.

use salus_wire::command::LayDown;
use salus_wire::view::{FamilyView, HelpedView, PowerState};
use yew::prelude::*;

use super::handover::AskForIt;
use super::said::whom;
use super::springs::AskThem;
use crate::part::Question;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct AuthorityProps {
    pub(super) helped: HelpedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Authority(props: &AuthorityProps) -> Html {
    let shared = use_shared();
    let (w, clock, helped) = (&shared.words, shared.clock(), &props.helped);
    let going = use_state(|| false);
    let lay_down = {
        let (going, changed) = (going.clone(), props.changed.clone());
        use_act::<LayDown>(Callback::from(move |_: FamilyView| {
            going.set(false);
            changed.emit(());
        }))
    };
    let turn = |to: bool| {
        let going = going.clone();
        Callback::from(move |()| going.set(to))
    };
    let (circle, name) = (helped.circle, helped.person.clone());
    let me = helped.helpers.iter().find(|helper| helper.you);
    html! {
        <section data-part="authority">
            <h3>{ t!(w, "relative-authority") }</h3>
            if let Some(me) = me {
                if let Some(whom) = whom(&shared, me) { <p>{ whom }</p> }
                <p class="quiet">{ t!(w, "family-until", when = clock.date(me.limits.lapses)) }
                    if let Some(at) = me.limits.review { { " · " }{ t!(w, "family-review-by", when = clock.date(at)) } }
                </p>
                if me.state == PowerState::AwaitsClinicians { <AskThem {circle} seat={me.seat} /> }
            } else {
                <p>{ t!(w, "family-no-more", name = name.clone()) }</p>
            }
            if let Some(at) = helped.handed_over {
                <p>{ t!(w, "handover-helper", name = name.clone(), when = clock.date(at)) }</p>
            }
            if me.is_some() {
                <div class="row"><button type="button" class="stop" id="lay-down" onclick={turn(true).reform(|_: MouseEvent| ())}>{ t!(w, "family-lay-down") }</button></div>
            }
            if me.is_some_and(|me| me.state == PowerState::InForce) {
                <AskForIt {circle} person={name.clone()} others={helped.helpers.len().saturating_sub(1)} changed={props.changed.clone()} />
            }
            if *going {
                <Question title={t!(w, "family-lay-down-title", name = name.clone())} yes={t!(w, "family-lay-down-yes")} no={t!(w, "family-remove-no")}
                    busy={lay_down.busy} failure={lay_down.failure.clone()} on_no={turn(false)}
                    on_yes={lay_down.starter().reform(move |()| LayDown { circle })}>
                    <p>{ t!(w, "family-lay-down-sentence", name = name.clone()) }</p>
                </Question>
            }
        </section>
    }
}

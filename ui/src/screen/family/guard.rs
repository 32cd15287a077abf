//! Who can help me to get back: as it is, the rehearsal, and naming them.

use salus_wire::command::{AddRehearsalAnswer, AskRehearsal};
use salus_wire::view::{CircleView, FamilyView, HandOverView, PartState};
use yew::prelude::*;
use yew_router::prelude::*;

use super::name::NameThem;
use crate::part::{Busy, CopyText, Icon, Notice, Submit, field_text, icon};
use crate::route::Route;
use crate::state::{Shared, use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct GettingBackProps {
    pub(super) own: Option<CircleView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn GettingBack(props: &GettingBackProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let recovery = props.own.as_ref().map(|own| own.recovery.clone()).unwrap_or_default();
    let named = !recovery.guardians.is_empty();
    let waits = props.own.as_ref().is_some_and(|own| own.waiting.is_some());
    html! {
        <section id="getting-back">
            <h2>{ t!(w, "back-title") }</h2>
            if named {
                <p>{ t!(w, "back-needed", n = u32::from(recovery.needed), of = u32::try_from(recovery.guardians.len()).unwrap_or(u32::MAX)) }</p>
                <ul class="entries">{ for recovery.guardians.iter().enumerate().map(|(place, guardian)| {
                    let name = named_or(&shared, &guardian.name);
                    let held = match guardian.held {
                        Some(at) => t!(w, "back-held", when = shared.clock().moment(at)),
                        None => t!(w, "back-not-held"),
                    };
                    let (state, part) = match guardian.part {
                        PartState::Right => ("right", html! { <p class="quiet">{ icon(Icon::Check) }{ t!(w, "back-part-right") }</p> }),
                        PartState::Wrong => ("wrong", html! { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "back-part-wrong") }</p> }),
                        PartState::Unknown => ("unknown", html! { <p class="quiet">{ t!(w, "back-part-unknown") }</p> }),
                    };
                    html! { <li key={place.to_string()} data-held={guardian.held.is_some().to_string()} data-part={state}>
                        <h3><bdi>{ name }</bdi></h3><p class="quiet">{ held }</p>{ part }
                    </li> }
                }) }</ul>
                <Rehearse asked={recovery.asked} changed={props.changed.clone()} />
            } else {
                <p>{ t!(w, "back-none") }</p>
            }
            if named && !recovery.parts { <p class="quiet" role="status">{ t!(w, "back-parts-wait") }</p> }
            <p>{ t!(w, "back-parts") }</p>
            if named && !recovery.elsewhere {
                <p class="caution" id="backups-here">{ icon(Icon::Warning) }<span>{ t!(w, "back-not-elsewhere") }</span></p>
                <p><Link<Route> classes="button" to={Route::Backups}>{ t!(w, "back-choose-folder") }</Link<Route>></p>
            }
            <NameThem {named} circle={props.own.is_some()} {waits} changed={props.changed.clone()} />
        </section>
    }
}

/// A name, or "somebody" where it is not known here.
pub(super) fn named_or(shared: &Shared, name: &str) -> String {
    if name.is_empty() { t!(shared.words, "family-somebody") } else { name.to_owned() }
}

#[derive(Properties, PartialEq)]
struct RehearseProps {
    asked: Option<i64>,
    changed: Callback<()>,
}

#[component]
fn Rehearse(props: &RehearseProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let question = use_state(|| None::<HandOverView>);
    let answer = use_state(String::new);
    let ask = {
        let question = question.clone();
        use_act::<AskRehearsal>(Callback::from(move |view| question.set(Some(view))))
    };
    let add = {
        let (answer, changed) = (answer.clone(), props.changed.clone());
        use_act::<AddRehearsalAnswer>(Callback::from(move |_: FamilyView| {
            answer.set(String::new());
            changed.emit(());
        }))
    };
    let onsubmit = {
        let (start, answer) = (add.starter(), answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(AddRehearsalAnswer { code: answer.trim().to_owned() });
        })
    };
    html! {
        <details>
            <summary>{ t!(w, "trial-title") }</summary>
            <p>{ t!(w, "trial-hint") }</p>
            if let Some(at) = props.asked { <p class="quiet">{ t!(w, "trial-asked", when = shared.clock().moment(at)) }</p> }
            if let Some(failure) = &ask.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &*question {
                <CopyText id="trial-question" label={t!(w, "trial-question")} text={view.text.clone()} file="salus-rehearsal.txt" />
            }
            <div class="row"><Busy id="ask-rehearsal" label={t!(w, "trial-ask")} busy={ask.busy}
                onclick={ask.starter().reform(|_: MouseEvent| AskRehearsal {})} /></div>
            if props.asked.is_some() {
                <form {onsubmit}>
                    <p class="field">
                        <label for="rehearsal-answer">{ t!(w, "trial-answer") }</label>
                        <textarea id="rehearsal-answer" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*answer).clone()}
                            oninput={{ let answer = answer.clone(); Callback::from(move |event: InputEvent| answer.set(field_text(&event))) }} />
                    </p>
                    if let Some(failure) = &add.failure { <Notice failure={failure.clone()} /> }
                    <div class="row"><Submit label={t!(w, "trial-add")} busy={add.busy} disabled={answer.trim().is_empty()} /></div>
                </form>
            }
        </details>
    }
}

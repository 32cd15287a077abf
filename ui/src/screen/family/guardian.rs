//! What a guardian does: agree that a new computer speaks for the person, and say that the own part is still held.

use salus_wire::CircleId;
use salus_wire::command::{AgreeRecovery, AnswerRehearsal};
use salus_wire::view::{FamilyView, HandOverView};
use yew::prelude::*;

use super::read::{ReadCode, What, again, compare, use_request};
use crate::part::{CopyText, Notice, Submit, WorkProgress, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct GuardingProps {
    pub(super) circle: CircleId,
    pub(super) person: String,
    /// Digits to compare once the new computer speaks for the person.
    pub(super) back: Option<String>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Guarding(props: &GuardingProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let person = props.person.clone();
    html! {
        <>
            <p>{ t!(w, "guard-what", name = person.clone()) }</p>
            if let Some(digits) = &props.back {
                <p>{ t!(w, "guard-back", name = person.clone()) }</p>
                <p class="lead strong" id="back-digits"><bdi dir="ltr">{ digits }</bdi></p>
            }
            <Agree circle={props.circle} person={person.clone()} changed={props.changed.clone()} />
            <StillHeld {person} />
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AgreeProps {
    circle: CircleId,
    person: String,
    changed: Callback<()>,
}

#[component]
fn Agree(props: &AgreeProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let read = use_request();
    let agree = {
        let (read, changed) = (read.clone(), props.changed.clone());
        use_act::<AgreeRecovery>(Callback::from(move |_: FamilyView| {
            read.forget();
            changed.emit(());
        }))
    };
    let onsubmit = {
        let (start, read, circle) = (agree.starter(), read.clone(), props.circle);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some((code, passphrase)) = read.said() else { return };
            start.emit(AgreeRecovery { circle, code, passphrase });
        })
    };
    let person = props.person.clone();
    html! {
        <details>
            <summary>{ t!(w, "guard-lost", name = person.clone()) }</summary>
            <ReadCode key={read.turn.to_string()} id="recovery-request" file="recovery-file" what={What::Request} on_read={read.on_read()}>
                <p>{ t!(w, "guard-lost-hint", name = person.clone()) }</p>
            </ReadCode>
            if let Some((_, view)) = &*read.who {
                <form {onsubmit}>
                    <p>{ t!(w, "guard-calls", name = view.name.clone()) }</p>
                    { compare(&shared, &person, &view.digits, &read.same) }
                    <p>{ t!(w, "guard-waits", name = person.clone()) }</p>
                    { again(&shared, "guard-passphrase", &read.passphrase) }
                    if let Some(failure) = &agree.failure { <Notice failure={failure.clone()} /> }
                    if agree.busy { <WorkProgress work="agree_recovery" label={t!(w, "working")} /> }
                    <div class="row"><Submit id="agree-recovery" label={t!(w, "guard-agree", name = person)} busy={agree.busy} disabled={read.lacks()} /></div>
                </form>
            }
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct StillHeldProps {
    person: String,
}

#[component]
fn StillHeld(props: &StillHeldProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let question = use_state(String::new);
    let answer = use_state(|| None::<HandOverView>);
    let say = {
        let answer = answer.clone();
        use_act::<AnswerRehearsal>(Callback::from(move |view| answer.set(Some(view))))
    };
    let onsubmit = {
        let (start, question) = (say.starter(), question.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(AnswerRehearsal { code: question.trim().to_owned() });
        })
    };
    html! {
        <details>
            <summary>{ t!(w, "held-title", name = props.person.clone()) }</summary>
            <form {onsubmit}>
                <p class="field">
                    <label for="rehearsal-question">{ t!(w, "held-question", name = props.person.clone()) }</label>
                    <textarea id="rehearsal-question" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*question).clone()}
                        oninput={{ let question = question.clone(); Callback::from(move |event: InputEvent| question.set(field_text(&event))) }} />
                </p>
                if let Some(failure) = &say.failure { <Notice failure={failure.clone()} /> }
                <div class="row"><Submit label={t!(w, "held-say")} busy={say.busy} disabled={question.trim().is_empty()} /></div>
            </form>
            if let Some(view) = &*answer {
                <CopyText id="held-answer" label={t!(w, "held-answer", name = props.person.clone())} text={view.text.clone()} file="salus-rehearsal-answer.txt" />
            }
        </details>
    }
}

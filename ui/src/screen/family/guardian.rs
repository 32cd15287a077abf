//! What a guardian does: agree that a new computer speaks for the person, and say that the own part is still held.

use salus_wire::CircleId;
use salus_wire::command::{AgreeRecovery, AnswerRehearsal, CheckRecoveryRequest};
use salus_wire::view::{FamilyView, HandOverView, RelativeView};
use yew::prelude::*;

use crate::part::{CopyText, Notice, Submit, TextFile, WorkProgress, field_text};
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
    let code = use_state(String::new);
    let who = use_state(|| None::<RelativeView>);
    let same = use_state(|| false);
    let passphrase = use_state(String::new);
    let check = {
        let who = who.clone();
        use_act::<CheckRecoveryRequest>(Callback::from(move |view| who.set(Some(view))))
    };
    let agree = {
        let (code, who, passphrase, changed) =
            (code.clone(), who.clone(), passphrase.clone(), props.changed.clone());
        use_act::<AgreeRecovery>(Callback::from(move |_: FamilyView| {
            code.set(String::new());
            who.set(None);
            passphrase.set(String::new());
            changed.emit(());
        }))
    };
    let set_code = {
        let (code, who, same) = (code.clone(), who.clone(), same.clone());
        Callback::from(move |text: String| {
            who.set(None);
            same.set(false);
            code.set(text);
        })
    };
    let look = {
        let (start, code) = (check.starter(), code.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckRecoveryRequest { code: code.trim().to_owned() });
        })
    };
    let onsubmit = {
        let (start, code, passphrase, circle) =
            (agree.starter(), code.clone(), passphrase.clone(), props.circle);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (code, passphrase) = (code.trim().to_owned(), (*passphrase).clone());
            start.emit(AgreeRecovery { circle, code, passphrase });
        })
    };
    let person = props.person.clone();
    html! {
        <details>
            <summary>{ t!(w, "guard-lost", name = person.clone()) }</summary>
            <form onsubmit={look}>
                <p>{ t!(w, "guard-lost-hint", name = person.clone()) }</p>
                <p class="field">
                    <label for="recovery-request">{ t!(w, "guard-request") }</label>
                    <textarea id="recovery-request" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*code).clone()}
                        oninput={set_code.reform(|e: InputEvent| field_text(&e))} />
                </p>
                <TextFile id="recovery-file" label={t!(w, "share-code-file")} on_text={set_code} />
                if let Some(failure) = &check.failure { <Notice failure={failure.clone()} /> }
                if who.is_none() { <div class="row"><Submit label={t!(w, "share-code-check")} busy={check.busy} disabled={code.trim().is_empty()} /></div> }
            </form>
            if let Some(view) = &*who {
                <form {onsubmit}>
                    <p>{ t!(w, "guard-calls", name = view.name.clone()) }</p>
                    <p>{ t!(w, "family-compare", name = person.clone()) }</p>
                    <p class="lead strong"><bdi dir="ltr">{ &view.digits }</bdi></p>
                    <label class="choice"><input type="checkbox" checked={*same} onchange={{ let same = same.clone(); Callback::from(move |_: Event| same.set(!*same)) }} />
                        <span>{ t!(w, "family-same", name = person.clone()) }</span></label>
                    <p>{ t!(w, "guard-waits", name = person.clone()) }</p>
                    <p class="field">
                        <label for="guard-passphrase">{ t!(w, "confirm-passphrase") }</label>
                        <input id="guard-passphrase" type="password" autocomplete="current-password" maxlength="1024" required=true dir="auto" value={(*passphrase).clone()}
                            oninput={{ let passphrase = passphrase.clone(); Callback::from(move |event: InputEvent| passphrase.set(field_text(&event))) }} />
                    </p>
                    if let Some(failure) = &agree.failure { <Notice failure={failure.clone()} /> }
                    if agree.busy { <WorkProgress work="agree_recovery" label={t!(w, "working")} /> }
                    <div class="row"><Submit id="agree-recovery" label={t!(w, "guard-agree", name = person)} busy={agree.busy} disabled={!*same || passphrase.is_empty()} /></div>
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

//! A power that begins after two clinicians: the question for them, and a clinician's word.

use salus_wire::CircleId;
use salus_wire::command::{AskClinicians, AttestPower, CheckPower};
use salus_wire::view::{HandOverView, PowerQuestionView};
use yew::prelude::*;

use crate::part::{Busy, CopyText, Notice, Outcome, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct AskThemProps {
    pub(super) circle: CircleId,
    /// Whose power waits.
    pub(super) seat: u8,
}

/// The question for two clinicians.
#[component]
pub(super) fn AskThem(props: &AskThemProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let made = use_state(|| None::<HandOverView>);
    let ask = {
        let made = made.clone();
        use_act::<AskClinicians>(Callback::from(move |view| made.set(Some(view))))
    };
    let (circle, seat) = (props.circle, props.seat);
    html! {
        <>
            <p class="quiet">{ t!(w, "springs-ask-hint") }</p>
            if let Some(failure) = &ask.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &*made {
                <CopyText id="springs-question" label={t!(w, "springs-question")} text={view.text.clone()} file="salus-question.txt" />
            } else {
                <div class="row"><Busy label={t!(w, "springs-ask")} busy={ask.busy}
                    onclick={ask.starter().reform(move |_: MouseEvent| AskClinicians { circle, seat })} /></div>
            }
        </>
    }
}

/// A clinician's word that a power may begin.
#[component]
pub(super) fn Attest() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let question = use_state(String::new);
    let power = use_state(|| None::<PowerQuestionView>);
    let said = use_state(|| false);
    let check = {
        let power = power.clone();
        use_act::<CheckPower>(Callback::from(move |view| power.set(Some(view))))
    };
    let attest = {
        let (power, said) = (power.clone(), said.clone());
        use_act::<AttestPower>(Callback::from(move |view| {
            power.set(Some(view));
            said.set(true);
        }))
    };
    let typed = {
        let (question, power, said) = (question.clone(), power.clone(), said.clone());
        Callback::from(move |event: InputEvent| {
            power.set(None);
            said.set(false);
            question.set(field_text(&event));
        })
    };
    let onsubmit = {
        let (start, question) = (check.starter(), question.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckPower { question: question.trim().to_owned() });
        })
    };
    let about = (*power).as_ref().map(|view| {
        let (helper, name) = (view.helper.clone(), view.person.clone());
        if view.reads {
            t!(w, "springs-reads", helper = helper, name = name)
        } else {
            t!(w, "springs-agrees", helper = helper, name = name)
        }
    });
    let on_attest = {
        let question = question.clone();
        attest.starter().reform(move |_: MouseEvent| AttestPower { question: question.trim().to_owned() })
    };
    html! {
        <section id="attest-power">
            <h2>{ t!(w, "springs-title") }</h2>
            <p>{ t!(w, "springs-attest-hint") }</p>
            <form {onsubmit}>
                <p class="field">
                    <label for="power-question">{ t!(w, "springs-question-label") }</label>
                    <textarea id="power-question" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="8192" value={(*question).clone()} oninput={typed} />
                </p>
                if let Some(failure) = check.failure.clone().or(attest.failure.clone()) { <Notice {failure} /> }
                if power.is_none() { <div class="row"><Submit label={t!(w, "share-code-check")} busy={check.busy} disabled={question.trim().is_empty()} /></div> }
            </form>
            <Outcome said={about} />
            if let Some(view) = &*power {
                if view.by_helper { <p>{ t!(w, "springs-by-helper", helper = view.helper.clone()) }</p> }
                <p class="quiet">{ t!(w, "springs-count", n = u32::from(view.attested), of = u32::from(view.needed)) }</p>
                if *said {
                    <p role="status">{ t!(w, "springs-said") }</p>
                } else {
                    <div class="row"><Busy class="main" label={t!(w, "springs-attest")} busy={attest.busy} onclick={on_attest} /></div>
                }
            }
        </section>
    }
}

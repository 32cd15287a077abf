//! The second clinician: asking another one, and being asked. Two texts are handed over; neither names the patient.

use salus_wire::command::{AskSecond, CheckSecond, SecondOpening};
use salus_wire::view::{LinkKind, SecondQuestionView};
use salus_wire::{ErrorCode, Failure, GrantId};
use yew::prelude::*;

use crate::part::{Busy, CopyText, Notice, Outcome, Submit, TextFile, condition, field_text, standing};
use crate::state::{use_act, use_linked, use_shared};
use crate::t;

/// Properties of [`AskAnother`].
#[derive(Properties, PartialEq)]
pub(super) struct AskAnotherProps {
    /// The permission.
    pub(super) id: GrantId,
    /// Why it is asked, or why the answer does not count.
    pub(super) failure: Failure,
    /// Called with the answer.
    pub(super) on_answer: Callback<String>,
}

/// Makes the question, and takes the answer in.
#[component]
pub(super) fn AskAnother(props: &AskAnotherProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let question = use_state(String::new);
    let answer = use_state(String::new);
    let ask = {
        let question = question.clone();
        use_act::<AskSecond>(Callback::from(move |view: salus_wire::view::HandOverView| {
            question.set(view.text)
        }))
    };
    let on_text = {
        let answer = answer.clone();
        Callback::from(move |text| answer.set(text))
    };
    let oninput = on_text.reform(|event: InputEvent| field_text(&event));
    let onsubmit = {
        let (answer, on_answer) = (answer.clone(), props.on_answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_answer.emit(answer.trim().to_owned());
        })
    };
    let id = props.id;
    html! {
        <section>
            <h1>{ t!(w, "second-title") }</h1>
            <p>{ t!(w, "second-why") }</p>
            if props.failure.code != ErrorCode::NeedsSecond { <Notice failure={props.failure.clone()} /> }
            if question.is_empty() {
                if let Some(failure) = &ask.failure { <Notice failure={failure.clone()} /> }
                <div class="row"><Busy id="ask-second" class="main" label={t!(w, "second-ask")} busy={ask.busy}
                    onclick={ask.starter().reform(move |_: MouseEvent| AskSecond { id })} /></div>
            } else {
                <CopyText label={t!(w, "second-question")} text={(*question).clone()} file="salus-question.txt" />
                <p>{ t!(w, "second-question-hint") }</p>
            }
            <form {onsubmit}>
                <p class="field">
                    <label for="second-answer">{ t!(w, "second-answer") }</label>
                    <textarea id="second-answer" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="65536"
                        value={(*answer).clone()} {oninput} />
                </p>
                <TextFile label={t!(w, "attestation-file")} {on_text} />
                <div class="row"><Submit id="open-together" label={t!(w, "second-open")} disabled={answer.trim().is_empty()} /></div>
            </form>
        </section>
    }
}

/// Takes another clinician's question in, says who asks and for what, and agrees.
#[component]
pub(super) fn BeSecond() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let question = use_state(String::new);
    let asked = use_state(|| None::<SecondQuestionView>);
    let answer = use_state(String::new);
    let check = {
        let asked = asked.clone();
        use_act::<CheckSecond>(Callback::from(move |view| asked.set(Some(view))))
    };
    let agree = {
        let answer = answer.clone();
        use_act::<SecondOpening>(Callback::from(move |view: salus_wire::view::HandOverView| {
            answer.set(view.text)
        }))
    };
    let on_text = {
        // Another text is another question.
        let (question, asked, answer) = (question.clone(), asked.clone(), answer.clone());
        Callback::from(move |text| {
            question.set(text);
            asked.set(None);
            answer.set(String::new());
        })
    };
    let linked = use_state(|| false);
    {
        let (on_text, linked) = (on_text.clone(), linked.clone());
        let put = Callback::from(move |text: String| {
            on_text.emit(text);
            linked.set(true);
        });
        use_linked(LinkKind::Question, put);
    }
    let oninput = on_text.reform(|event: InputEvent| field_text(&event));
    let onsubmit = {
        let (question, start) = (question.clone(), check.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(CheckSecond { question: question.trim().to_owned() });
        })
    };
    let on_agree = {
        let question = question.clone();
        agree.starter().reform(move |_: MouseEvent| SecondOpening { question: question.trim().to_owned() })
    };
    html! {
        <details class="second" open={*linked}>
            <summary>{ t!(w, "being-second-title") }</summary>
            <form {onsubmit}>
                <p>{ t!(w, "being-second-hint") }</p>
                <p class="field">
                    <label for="second-question">{ t!(w, "being-second-label") }</label>
                    <textarea id="second-question" rows="5" dir="ltr" spellcheck="false" autocapitalize="off" maxlength="65536"
                        value={(*question).clone()} {oninput} />
                </p>
                <TextFile label={t!(w, "attestation-file")} {on_text} />
                if let Some(failure) = &check.failure { <Notice failure={failure.clone()} /> }
                <div class="row"><Submit id="check-second" label={t!(w, "being-second-check")} busy={check.busy} disabled={question.trim().is_empty()} /></div>
            </form>
            <Outcome said={(*asked).as_ref().map(|view| t!(w, "check-second", name = view.asker.name.clone()))} />
            if let Some(view) = &*asked {
                <section>
                    <p class="strong"><bdi>{ &view.asker.name }</bdi></p>
                    { standing(&shared, &view.asker) }
                    <p>{ t!(w, "being-second-asks", name = view.asker.name.clone()) }
                        { " " }{ t!(w, "being-second-until", when = shared.clock().moment(view.ends)) }</p>
                    { for view.condition.iter().map(|c| condition(&shared, c)) }
                    if let Some(failure) = &agree.failure { <Notice failure={failure.clone()} /> }
                    if answer.is_empty() {
                        <div class="row"><Busy id="agree-second" class="main" label={t!(w, "being-second-agree")} busy={agree.busy} onclick={on_agree} /></div>
                    } else {
                        <CopyText label={t!(w, "being-second-answer")} text={(*answer).clone()} file="salus-answer.txt" />
                        <p>{ t!(w, "being-second-answer-hint", name = view.asker.name.clone()) }</p>
                    }
                </section>
            }
        </details>
    }
}

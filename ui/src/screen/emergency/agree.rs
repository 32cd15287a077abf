//! Agreeing that a colleague opens a record in an emergency.

use salus_wire::command::SecondEmergency;
use yew::prelude::*;

use crate::part::{CopyText, Notice, Submit, field_text};
use crate::state::{use_act, use_shared};
use crate::t;

#[component]
pub(super) fn Agree() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let ask = use_state(String::new);
    let word = use_state(|| None::<String>);
    let agree = {
        let word = word.clone();
        use_act::<SecondEmergency>(Callback::from(move |answer: salus_wire::view::HandOverView| {
            word.set(Some(answer.text))
        }))
    };
    let onsubmit = {
        let (ask, start) = (ask.clone(), agree.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(SecondEmergency { ask: ask.trim().to_owned() });
        })
    };
    let oninput = {
        let ask = ask.clone();
        Callback::from(move |event: InputEvent| ask.set(field_text(&event)))
    };
    html! {
        <section>
            <h2>{ t!(w, "emergency-agree") }</h2>
            <p>{ t!(w, "emergency-agree-hint") }</p>
            <form {onsubmit}>
                <p class="field">
                    <label for="ask">{ t!(w, "emergency-agree-label") }</label>
                    <textarea id="ask" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" value={(*ask).clone()} {oninput} />
                </p>
                if let Some(failure) = &agree.failure { <Notice failure={failure.clone()} /> }
                <div class="row"><Submit id="agree" label={t!(w, "emergency-agree-yes")} busy={agree.busy} disabled={ask.trim().is_empty()} /></div>
            </form>
            if let Some(text) = &*word { <CopyText id="agree-answer" label={t!(w, "emergency-answer-label")} text={text.clone()} file="salus-answer.txt" /> }
        </section>
    }
}

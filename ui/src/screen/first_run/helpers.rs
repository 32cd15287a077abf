//! "People can help me to get back": what it takes, and on to a record in which to wait for them.

use yew::prelude::*;

use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct ByHelpersProps {
    pub(super) back: Callback<()>,
    pub(super) next: Callback<()>,
}

#[component]
pub(super) fn ByHelpers(props: &ByHelpersProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let onsubmit = props.next.reform(|e: SubmitEvent| e.prevent_default());
    html! {
        <form {onsubmit}>
            <h1>{ t!(w, "helpers-title") }</h1>
            <p>{ t!(w, "helpers-how") }</p>
            <ol class="points">
                <li>{ t!(w, "helpers-record") }</li>
                <li>{ t!(w, "helpers-agree") }</li>
                <li>{ t!(w, "helpers-wait") }</li>
                <li>{ t!(w, "helpers-file") }</li>
            </ol>
            <p class="quiet">{ t!(w, "helpers-key") }</p>
            <div class="row">
                <button type="submit" id="next" class="main">{ t!(w, "next") }</button>
                <button type="button" onclick={props.back.reform(|_: MouseEvent| ())}>{ t!(w, "back") }</button>
            </div>
        </form>
    }
}

//! Below each step: on, back, past it; and what passing it means and where it is found again.

use yew::prelude::*;

use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct OnwardProps {
    /// What happens when it is skipped, and where it is found again.
    pub(super) meaning: String,
    /// What the button that skips does, where it is not "Skip this step".
    #[prop_or_default]
    pub(super) label: Option<String>,
    pub(super) skip: Callback<()>,
    #[prop_or_default]
    pub(super) back: Option<Callback<()>>,
    /// True while work runs that must not be left.
    #[prop_or_default]
    pub(super) busy: bool,
    /// The button that goes on.
    #[prop_or_default]
    pub(super) children: Html,
}

#[component]
pub(super) fn Onward(props: &OnwardProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let label = props.label.clone().unwrap_or_else(|| t!(w, "first-skip"));
    html! {
        <div class="onward">
            <div class="row">
                { props.children.clone() }
                if let Some(back) = &props.back {
                    <button type="button" id="back" onclick={back.reform(|_: MouseEvent| ())} disabled={props.busy}>{ t!(w, "back") }</button>
                }
                <button type="button" id="skip" class="link push" aria-describedby="skip-meaning" onclick={props.skip.reform(|_: MouseEvent| ())} disabled={props.busy}>{ label }</button>
            </div>
            <small id="skip-meaning">{ &props.meaning }</small>
        </div>
    }
}

//! A question before something that cannot be taken back: who it is about and what follows, with the focus on leaving it as it is.

use salus_wire::Failure;
use yew::prelude::*;

use super::{Busy, Dialog, Notice};

/// Properties of [`Question`].
#[derive(Properties, PartialEq)]
pub struct QuestionProps {
    /// The question, with the name of whom it is about.
    pub title: String,
    /// What follows, in sentences.
    pub children: Html,
    /// The button that does it, in words that say what.
    pub yes: String,
    /// The button that leaves it.
    pub no: String,
    /// Style of the first: "danger", or "main" for what gives something.
    #[prop_or_else(|| classes!("danger"))]
    pub class: Classes,
    /// While it is done.
    pub busy: bool,
    /// Why it could not be done.
    #[prop_or_default]
    pub failure: Option<Failure>,
    /// Called with yes.
    pub on_yes: Callback<()>,
    /// Called with no, and when it is closed without an answer.
    pub on_no: Callback<()>,
}

/// The question, over the page.
#[component]
pub fn Question(props: &QuestionProps) -> Html {
    html! {
        <Dialog title={props.title.clone()} on_close={props.on_no.clone()}>
            { props.children.clone() }
            if let Some(failure) = &props.failure { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Busy class={props.class.clone()} label={props.yes.clone()} busy={props.busy} onclick={props.on_yes.reform(|_: MouseEvent| ())} />
                <button type="button" autofocus=true onclick={props.on_no.reform(|_: MouseEvent| ())}>{ &props.no }</button>
            </div>
        </Dialog>
    }
}

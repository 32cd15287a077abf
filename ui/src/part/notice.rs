//! What happened and what to do; what to do next when there is nothing yet; waiting.

use salus_wire::Failure;
use yew::prelude::*;

use super::{Icon, icon};
use crate::state::use_shared;
use crate::t;

/// A refusal, in words.
#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    /// What was refused.
    pub failure: Failure,
}

/// A refusal: what happened and what to do.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let shared = use_shared();
    let (happened, fix) = shared.words.error(props.failure.code, props.failure.detail.as_deref());
    html! {
        <div class="notice" role="alert" data-code={props.failure.code.as_str()}>
            { icon(Icon::Warning) }
            <div><p class="strong">{ happened }</p><p>{ fix }</p></div>
        </div>
    }
}

/// Properties of [`Empty`].
#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    /// What there is not.
    pub title: String,
    /// The one next step.
    pub hint: String,
    /// The button or link that takes it.
    #[prop_or_default]
    pub children: Html,
}

/// Nothing yet, and the one next step.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            <p class="lead">{ &props.title }</p>
            <p>{ &props.hint }</p>
            { props.children.clone() }
        </div>
    }
}

/// Waiting for the first answer.
#[component]
pub fn Waiting() -> Html {
    let shared = use_shared();
    html! { <p class="quiet" aria-busy="true">{ t!(shared.words, "waiting") }</p> }
}

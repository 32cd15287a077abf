//! Buttons that start work, and how far long work is.

use salus_wire::command::StopOpening;
use yew::prelude::*;

use crate::state::{use_act, use_shared};
use crate::t;

/// Properties of [`Submit`].
#[derive(Properties, PartialEq)]
pub struct SubmitProps {
    /// What the button does, in words.
    pub label: String,
    /// True while the work runs.
    #[prop_or_default]
    pub busy: bool,
    /// True while something is missing; the button says so to screen readers.
    #[prop_or_default]
    pub disabled: bool,
    /// An identifier for tests and labels.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// The main button of a form.
#[component]
pub fn Submit(props: &SubmitProps) -> Html {
    let shared = use_shared();
    let label = if props.busy { t!(shared.words, "working") } else { props.label.clone() };
    html! {
        <button type="submit" class="main" id={props.id.clone()} disabled={props.busy || props.disabled} aria-busy={props.busy.to_string()}>
            { label }
        </button>
    }
}

/// Properties of [`Busy`].
#[derive(Properties, PartialEq)]
pub struct BusyProps {
    /// What the button does, in words.
    pub label: String,
    /// Called on a click.
    pub onclick: Callback<MouseEvent>,
    /// True while the work runs.
    #[prop_or_default]
    pub busy: bool,
    /// Style: "main", "danger" or none.
    #[prop_or_default]
    pub class: Classes,
    /// An identifier for tests and labels.
    #[prop_or_default]
    pub id: Option<AttrValue>,
}

/// A button that starts work outside a form.
#[component]
pub fn Busy(props: &BusyProps) -> Html {
    let shared = use_shared();
    let label = if props.busy { t!(shared.words, "working") } else { props.label.clone() };
    html! {
        <button type="button" class={props.class.clone()} id={props.id.clone()} onclick={props.onclick.clone()} disabled={props.busy}
            aria-busy={props.busy.to_string()}>{ label }</button>
    }
}

/// Properties of [`WorkProgress`].
#[derive(Properties, PartialEq)]
pub struct WorkProgressProps {
    /// The command's name.
    pub work: &'static str,
    /// What is being done, in words.
    pub label: String,
}

/// How far long work is.
#[component]
pub fn WorkProgress(props: &WorkProgressProps) -> Html {
    let shared = use_shared();
    let progress = shared.progress.as_ref().filter(|p| p.work == props.work && p.total > 0);
    html! {
        <div class="progress" role="status">
            <p>{ &props.label }</p>
            if let Some(p) = progress {
                <progress max={p.total.to_string()} value={p.done.to_string()} aria-label={props.label.clone()} />
                <p class="quiet">{ t!(shared.words, "progress-steps", done = p.done, total = p.total) }</p>
            } else {
                <progress aria-label={props.label.clone()} />
            }
        </div>
    }
}

/// The way out of an opening that is under way.
#[component]
pub fn LeaveOpening() -> Html {
    let shared = use_shared();
    let stop = use_act::<StopOpening>(Callback::noop());
    html! {
        <div class="row">
            <Busy id="stop-opening" label={t!(shared.words, "opening-stop")} busy={stop.busy}
                onclick={stop.starter().reform(|_: MouseEvent| StopOpening {})} />
        </div>
    }
}

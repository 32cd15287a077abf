//! The parts of a long screen: links, each with how its part stands beside it; one part is shown at a time. The focus stays on the link
//! that was pressed, and what it shows comes after the links.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;

/// One part of a screen.
#[derive(Debug, Clone, PartialEq)]
pub struct PartLink {
    /// Names it in the page.
    pub name: &'static str,
    /// Its address.
    pub to: Route,
    /// What it is.
    pub label: String,
    /// How it stands; empty where there is nothing to say.
    pub stands: String,
}

/// Properties of [`Parts`].
#[derive(Properties, PartialEq)]
pub struct PartsProps {
    /// What they are parts of.
    pub label: String,
    /// In their order.
    pub all: Vec<PartLink>,
    /// The name of the one that is shown.
    pub here: &'static str,
}

/// The links.
#[component]
pub fn Parts(props: &PartsProps) -> Html {
    html! {
        <nav class="relative-parts" aria-label={props.label.clone()}>
            <ul>{ for props.all.iter().map(|part| html! {
                <li key={part.name} data-place={part.name} class={classes!((part.name == props.here).then_some("here"))}>
                    <Way to={part.to.clone()} label={part.label.clone()} here={part.name == props.here} />
                    if !part.stands.is_empty() { <span class="quiet">{ &part.stands }</span> }
                </li>
            }) }</ul>
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct WayProps {
    to: Route,
    label: String,
    here: bool,
}

/// A link that says whether it leads to what is shown: the router's own does not.
#[component]
fn Way(props: &WayProps) -> Html {
    let navigator = use_navigator();
    let href = format!("#{}", props.to.to_path());
    let onclick = {
        let to = props.to.clone();
        Callback::from(move |event: MouseEvent| {
            let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
            if let Some(navigator) = navigator.as_ref().filter(|_| !elsewhere) {
                event.prevent_default();
                navigator.push(&to);
            }
        })
    };
    html! { <a {href} {onclick} aria-current={props.here.then_some("page")}>{ &props.label }</a> }
}

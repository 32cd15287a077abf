//! What a check came to: read out, and given the focus, so that whoever uses keys or listens goes on where the result begins.

use web_sys::Element;
use yew::prelude::*;

use crate::focus::focus;

/// Properties of [`Outcome`].
#[derive(Properties, PartialEq)]
pub struct OutcomeProps {
    /// The sentence; `None` before anything was checked, and again once something else is typed.
    pub said: Option<String>,
}

/// A line that is always there, so that screen readers hear when words come into it.
#[component]
pub fn Outcome(props: &OutcomeProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.said.clone(), move |said| {
            if let Some(line) = node.cast::<Element>().filter(|_| said.is_some()) {
                focus(&line);
            }
        });
    }
    html! { <p ref={node} role="status" tabindex="-1" class="told strong">{ props.said.clone().unwrap_or_default() }</p> }
}

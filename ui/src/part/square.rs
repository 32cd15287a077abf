//! A code as a picture, for a photo or a screenshot.

use salus_wire::view::SquareView;
use yew::prelude::*;

/// Modules of a side from which on a picture is drawn larger, so that a photo still tells them apart.
const MANY: u16 = 60;

/// The picture, with what it is in words.
pub fn square(view: &SquareView, label: String) -> Html {
    let large = (view.size > MANY).then_some("large");
    html! {
        <svg class={classes!("square", large)} viewBox={format!("0 0 {0} {0}", view.size)} role="img" aria-label={label} shape-rendering="crispEdges">
            <path d={view.path.clone()} />
        </svg>
    }
}

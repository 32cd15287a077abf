//! Whose record a screen acts in, when it is somebody else's than the one that is open: the name and the colour of their own screens.

use yew::prelude::*;

use super::band_of;

/// Properties of [`Band`].
#[derive(Properties, PartialEq)]
pub struct BandProps {
    /// Whose record it is.
    pub name: String,
}

/// Name and colour, above everything of the screen.
#[component]
pub fn Band(props: &BandProps) -> Html {
    html! {
        <header class={format!("band band-{}", band_of(&props.name))} data-whose={props.name.clone()}>
            <p class="band-name"><bdi>{ &props.name }</bdi></p>
        </header>
    }
}

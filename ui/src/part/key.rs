//! A recovery key as it is shown once, to be written down.

use salus_wire::view::RecoveryKeyView;
use yew::prelude::*;

use crate::state::use_shared;
use crate::t;

/// Properties of [`KeyGroups`].
#[derive(Properties, PartialEq)]
pub struct KeyGroupsProps {
    /// The key.
    pub view: RecoveryKeyView,
}

/// The groups of a recovery key, numbered.
#[component]
pub fn KeyGroups(props: &KeyGroupsProps) -> Html {
    let shared = use_shared();
    html! {
        <ol class="key" dir="ltr" aria-label={t!(shared.words, "key-label")}>
            { for props.view.groups.iter().map(|g| html! { <li><code>{ g }</code></li> }) }
        </ol>
    }
}

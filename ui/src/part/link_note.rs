//! A link that was opened elsewhere: said, and nothing else, until the person looks at it.

use salus_wire::command::TakeLink;
use salus_wire::view::{LinkKind, LinkedView, Role};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::{Change, use_shared};
use crate::{bridge, t};

/// Properties of [`LinkNote`].
#[derive(Properties, PartialEq)]
pub struct LinkNoteProps {
    /// Whose record is open.
    pub role: Role,
}

/// The screen with the field for what a link holds; none where this role has nothing to do with it.
#[must_use]
pub fn place_of(kind: LinkKind, role: Role) -> Option<Route> {
    match (kind, role) {
        (LinkKind::Code, Role::Patient) => Some(Route::Share),
        (LinkKind::Card, Role::Clinician) => Some(Route::Emergency),
        (LinkKind::Question, Role::Clinician) => Some(Route::Home),
        _ => None,
    }
}

/// Nothing when no link was opened.
#[component]
pub fn LinkNote(props: &LinkNoteProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let navigator = use_navigator();
    let link = use_state(|| None::<LinkedView>);
    {
        let link = link.clone();
        use_effect_with(shared.beats.links, move |_| {
            spawn_local(async move {
                if let Ok(Some(arrived)) = bridge::invoke(TakeLink {}).await {
                    link.set(Some(arrived));
                }
            });
        });
    }
    let Some(arrived) = (*link).clone() else { return Html::default() };
    let place = place_of(arrived.kind, props.role);
    let said = match (arrived.kind, place.is_some()) {
        (LinkKind::Unreadable, _) => t!(w, "link-unreadable"),
        (LinkKind::Code, true) => t!(w, "link-code"),
        (LinkKind::Card, true) => t!(w, "link-card"),
        (LinkKind::Question, true) => t!(w, "link-question"),
        (LinkKind::Code, false) => t!(w, "link-for-patient"),
        (LinkKind::Card | LinkKind::Question, false) => t!(w, "link-for-clinician"),
    };
    let look = place.map(|route| {
        let (shared, link) = (shared.clone(), link.clone());
        Callback::from(move |_: MouseEvent| {
            link.set(None);
            shared.dispatch(Change::Linked(Some(arrived.clone())));
            if let Some(navigator) = &navigator {
                navigator.push(&route);
            }
        })
    });
    let away = Callback::from(move |_: MouseEvent| link.set(None));
    html! {
        <section class="proven ask" role="status" id="link-note">
            { icon(Icon::Code) }
            <div class="stack">
                <p class="strong">{ said }</p>
                <p>{ t!(w, "link-nothing") }</p>
            </div>
            <div class="row">
                if let Some(onclick) = look { <button type="button" id="link-look" {onclick}>{ t!(w, "link-look") }</button> }
                <button type="button" id="link-away" onclick={away}>{ t!(w, "link-away") }</button>
            </div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_the_field_where_a_person_would_paste_it_and_nowhere_else() {
        assert_eq!(place_of(LinkKind::Code, Role::Patient), Some(Route::Share));
        assert_eq!(place_of(LinkKind::Card, Role::Clinician), Some(Route::Emergency));
        assert_eq!(place_of(LinkKind::Question, Role::Clinician), Some(Route::Home));
        for (kind, role) in [
            (LinkKind::Code, Role::Clinician),
            (LinkKind::Card, Role::Patient),
            (LinkKind::Question, Role::Patient),
            (LinkKind::Unreadable, Role::Patient),
            (LinkKind::Unreadable, Role::Clinician),
        ] {
            assert_eq!(place_of(kind, role), None, "{kind:?} {role:?}");
        }
    }
}

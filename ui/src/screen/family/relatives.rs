//! Several relatives in one app: each with their name and colour, what waits, and the way to their page.

use salus_wire::CircleId;
use salus_wire::view::HelpedView;
use yew::prelude::*;
use yew_router::prelude::*;

use super::place::to_decide;
use super::said::power_tag;
use crate::part::{Icon, band_of, icon};
use crate::route::Route;
use crate::state::use_shared;
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RelativesProps {
    pub(super) helped: Vec<HelpedView>,
    /// Whose page this is; the others are offered then.
    #[prop_or_default]
    pub(super) circle: Option<CircleId>,
}

#[component]
pub(super) fn Relatives(props: &RelativesProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let title = if props.circle.is_some() { t!(w, "relatives-others") } else { t!(w, "relatives-title") };
    html! {
        <nav class="relatives" aria-label={title.clone()}>
            <h2>{ title }</h2>
            <ul>{ for persons(&props.helped, props.circle).into_iter().map(|(helped, waits)| {
                let to = Route::Relative { circle: helped.circle.to_string() };
                let me = helped.helpers.iter().find(|helper| helper.you);
                html! { <li key={helped.circle.to_string()} data-relative={helped.circle.to_string()}>
                    <Link<Route> {to} classes={classes!("button", "person", format!("band-{}", band_of(&helped.person)))}>
                        <span class="strong"><bdi>{ &helped.person }</bdi></span>
                        if let Some(me) = me { { power_tag(&shared, me.state) } }
                        if waits > 0 {
                            <span class="tag on">{ icon(Icon::Warning) }<span>{ t!(w, "relative-decide", n = waits) }</span></span>
                        } else {
                            <span class="quiet">{ t!(w, "relative-decide-none") }</span>
                        }
                    </Link<Route>>
                </li> }
            }) }</ul>
        </nav>
    }
}

/// Each circle once, with what waits in it: somebody may be a helper and a guardian of the same person.
fn persons(helped: &[HelpedView], without: Option<CircleId>) -> Vec<(&HelpedView, usize)> {
    let mut all: Vec<(&HelpedView, usize)> = Vec::new();
    for one in helped.iter().filter(|one| Some(one.circle) != without) {
        let waits = to_decide(one);
        match all.iter_mut().find(|(known, _)| known.circle == one.circle) {
            // The same change waits in both.
            Some((_, known)) => *known = (*known).max(waits),
            None => all.push((one, waits)),
        }
    }
    all
}

/// True when there is more than one person to turn to.
pub(super) fn several(helped: &[HelpedView]) -> bool {
    persons(helped, None).len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{given, helped};

    #[test]
    fn mother_and_father_are_two_and_each_has_what_waits_for_them() {
        let mother = helped(1, "Maria", vec![given(1, &[], true), given(2, &[], false)]);
        let as_guardian = HelpedView { guardian: true, helpers: vec![], ..helped(1, "Maria", vec![]) };
        let father = helped(2, "Josef", vec![]);
        assert!(!several(&[mother.clone(), as_guardian.clone()]), "one person in two parts");
        let all = [as_guardian, mother, father];
        let listed: Vec<(&str, usize)> =
            persons(&all, None).into_iter().map(|(one, waits)| (one.person.as_str(), waits)).collect();
        assert_eq!(listed, [("Maria", 1), ("Josef", 0)]);
        assert!(several(&all));
        let others: Vec<&str> =
            persons(&all, Some(CircleId([1; 32]))).into_iter().map(|(one, _)| one.person.as_str()).collect();
        assert_eq!(others, ["Josef"]);
    }
}

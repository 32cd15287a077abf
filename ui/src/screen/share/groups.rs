//! The staff on duty of an organisation, to choose in place of a clinician; nothing where no member offers it.

use salus_wire::command::ListGroups;
use yew::prelude::*;

use crate::part::{Busy, Icon, icon};
use crate::state::{use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct GroupsProps {
    /// While a choice is being checked.
    pub(super) busy: bool,
    /// What stands in the place of a clinician's code.
    pub(super) on_pick: Callback<String>,
}

/// One button for each group.
#[component]
pub(super) fn Groups(props: &GroupsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let offered = use_ask(Some(ListGroups {}), 0);
    let groups = offered.answer.map(|groups| groups.to_vec()).unwrap_or_default();
    if groups.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="groups">
            <h2 id="groups">{ t!(w, "groups-title") }</h2>
            <p>{ t!(w, "groups-hint") }</p>
            <ul class="entries">{ for groups.into_iter().map(|group| {
                let code = group.code.clone();
                let onclick = props.on_pick.reform(move |_: MouseEvent| code.clone());
                html! { <li key={group.code.clone()}>
                    <p class="line">{ icon(Icon::People) }<span><bdi class="strong">{ &group.role }</bdi>{ " · " }<bdi>{ &group.organisation }</bdi></span></p>
                    <div class="row"><Busy class="group" busy={props.busy} {onclick}
                        label={t!(w, "groups-choose", role = group.role.clone(), organisation = group.organisation.clone())} /></div>
                </li> }
            }) }</ul>
        </section>
    }
}

/// What the field for a clinician's code shows: a group that was picked is no code that anybody typed.
pub(super) fn typed(code: &str) -> String {
    if code.trim_start().starts_with("SG1-") { String::new() } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picked_group_does_not_stand_in_the_field() {
        assert_eq!(typed("SG1-ABCDE-FGHJK"), "");
        assert_eq!((typed("SC1-ABCDE"), typed("")), ("SC1-ABCDE".to_owned(), String::new()));
    }
}

//! Who helps me, on a laptop that was added: the first laptop decides, and this one hears of what waits and can object.

use salus_wire::command::ObjectChange;
use salus_wire::view::{FamilyView, WatchedView};
use yew::prelude::*;

use super::given::GivenList;
use super::said::waiting;
use crate::part::{Busy, Icon, Notice, icon};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct WatchedProps {
    pub(super) watched: WatchedView,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Watched(props: &WatchedProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let object = use_act::<ObjectChange>(props.changed.reform(|_: FamilyView| ()));
    let (circle, may) = (props.watched.circle, props.watched.may_object);
    html! {
        <section id="family-watched">
            <h2>{ t!(w, "family-own-title") }</h2>
            <p>{ t!(w, "family-watched") }</p>
            if let Some(failure) = &object.failure { <Notice failure={failure.clone()} /> }
            if let Some(change) = &props.watched.waiting {
                <h3>{ t!(w, "family-waits") }</h3>
                <p>{ waiting(&shared, change) }</p>
                if !change.own_objection_counts(props.watched.retired) {
                    <p>{ t!(w, "note-recovery-young") }</p>
                } else if may {
                    <div class="row"><Busy label={t!(w, "family-object")} busy={object.busy}
                        onclick={{ let change = change.change; object.starter().reform(move |_: MouseEvent| ObjectChange { circle, change }) }} /></div>
                }
            }
            if !may { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "note-watched-cannot") }</p> }
            if !props.watched.given.is_empty() {
                <h3>{ t!(w, "family-own-given") }</h3>
                <p class="quiet">{ t!(w, "family-watched-given") }</p>
                <GivenList {circle} person={String::new()} given={props.watched.given.clone()} changed={props.changed.clone()} />
            }
        </section>
    }
}

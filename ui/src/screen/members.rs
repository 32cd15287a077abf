//! The members: who they are, how many must act together, and how fresh the newest proof is.

use salus_wire::command::GetMembers;
use yew::prelude::*;

use crate::part::{Icon, Notice, Proof, Waiting, icon};
use crate::state::{use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Members() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asked = use_ask(Some(GetMembers {}), shared.beats.members);
    html! {
        <>
            <h1>{ t!(w, "members-title") }</h1>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &asked.answer {
                <p class="lead">{ t!(w, "members-sentence", threshold = view.threshold, total = view.members.len()) }</p>
                if view.out_of_date {
                    <p class="caution">{ icon(Icon::Warning) }{ t!(w, "members-out-of-date") }</p>
                } else if let Some(age) = view.age_seconds {
                    <p class="quiet">{ icon(Icon::Check) }{ t!(w, "members-fresh", n = age) }</p>
                }
                <ul class="entries">{ for view.members.iter().map(|m| {
                    let (class, picture, word) = if m.reachable { ("tag on", Icon::Check, t!(w, "member-reachable")) } else { ("tag off", Icon::Warning, t!(w, "member-silent")) };
                    html! { <li><div class="entry-head"><h2><bdi>{ &m.name }</bdi></h2><span {class}>{ icon(picture) }<span>{ word }</span></span></div></li> }
                }) }</ul>
                if let Some(at) = view.enrolled { <p class="quiet">{ icon(Icon::Check) }{ t!(w, "members-enrolled", date = shared.clock().date(at)) }</p> }
                if let Some(proof) = &view.newest { <Proof proof={proof.clone()} /> }
            } else if asked.failure.is_none() {
                <Waiting />
            }
        </>
    }
}

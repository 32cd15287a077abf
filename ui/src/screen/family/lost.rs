//! I lost my computer: the request for those who can help, and the circle that they gave back.

use salus_wire::command::{MakeRecoveryRequest, TakeCircle};
use salus_wire::view::{FamilyView, RecoveryView};
use yew::prelude::*;

use super::guard::named_or;
use crate::part::{Busy, CopyText, Notice, square};
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct LostProps {
    pub(super) request: Option<RecoveryView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn Lost(props: &LostProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let done = {
        let changed = props.changed.clone();
        Callback::from(move |_: FamilyView| changed.emit(()))
    };
    let make = use_act::<MakeRecoveryRequest>(done.clone());
    let take = use_act::<TakeCircle>(done);
    html! {
        <section id="lost-computer">
            <h2>{ t!(w, "regain-title") }</h2>
            <p>{ t!(w, "regain-hint") }</p>
            <p>{ t!(w, "regain-of-age") }</p>
            <p class="quiet">{ t!(w, "regain-readings") }</p>
            if let Some(failure) = make.failure.clone().or(take.failure.clone()) { <Notice {failure} /> }
            if let Some(request) = &props.request {
                if let Some(picture) = &request.square { { square(picture, t!(w, "code-square")) } }
                <CopyText id="regain-request" label={t!(w, "regain-request")} text={request.code.clone()} file="salus-new-computer.txt" />
                <p>{ t!(w, "regain-digits") }</p>
                <p class="lead strong" id="lost-digits"><bdi dir="ltr">{ &request.digits }</bdi></p>
                if request.found.is_empty() { <p class="quiet">{ t!(w, "regain-waits") }</p> }
                { for request.found.iter().map(|found| {
                    let circle = found.circle;
                    let names = |all: &[String]| all.iter().map(|name| named_or(&shared, name)).collect::<Vec<_>>().join(", ");
                    html! { <div key={circle.to_string()} data-found={circle.to_string()}>
                        <h3>{ t!(w, "regain-found", name = found.person.clone()) }</h3>
                        if found.handed_over { <p>{ t!(w, "regain-handed") }</p> }
                        if !found.by.is_empty() { <p>{ t!(w, "regain-found-by", names = names(&found.by)) }</p> }
                        if !found.helpers.is_empty() { <p>{ t!(w, "regain-found-helpers", names = names(&found.helpers)) }</p> }
                        <p>{ if found.handed_over { t!(w, "regain-handed-digits") } else { t!(w, "regain-found-digits") } }</p>
                        <p class="lead strong"><bdi dir="ltr">{ &found.digits }</bdi></p>
                        <div class="row"><Busy class="main" label={t!(w, "regain-take")} busy={take.busy}
                            onclick={take.starter().reform(move |_: MouseEvent| TakeCircle { circle })} /></div>
                    </div> }
                }) }
            } else {
                <div class="row"><Busy id="make-recovery-request" label={t!(w, "regain-make")} busy={make.busy}
                    onclick={make.starter().reform(|_: MouseEvent| MakeRecoveryRequest {})} /></div>
            }
        </section>
    }
}

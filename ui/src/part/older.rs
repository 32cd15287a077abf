//! The record is not the one that was here last: said on every screen until the person decides.

use salus_wire::command::AcceptRecord;
use salus_wire::view::StandingView;
use yew::prelude::*;

use super::{Busy, Dialog, Icon, Notice, icon};
use crate::state::{Change, use_act, use_shared};
use crate::t;

/// Nothing in a sound record; else what happened, what can still be done, and the choice to take the record as it is.
#[component]
pub fn OlderRecord() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let asking = use_state(|| false);
    let accept = {
        let (shared, asking) = (shared.clone(), asking.clone());
        use_act::<AcceptRecord>(Callback::from(move |app| {
            asking.set(false);
            shared.dispatch(Change::App(Ok(app)));
        }))
    };
    let show = |on: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(on))
    };
    let (title, happened, question, consequence, yes) = match shared.app.as_ref().map(|a| a.standing) {
        None | Some(StandingView::Sound) => return Html::default(),
        Some(StandingView::ReadOnly) => {
            return html! {
                <section class="notice" role="status" id="read-only-record">
                    { icon(Icon::Warning) }
                    <div>
                        <p class="strong">{ t!(w, "read-only-title") }</p>
                        <p>{ t!(w, "read-only-happened") }</p>
                        <p>{ t!(w, "read-only-fix") }</p>
                    </div>
                </section>
            };
        }
        Some(StandingView::Older) => (
            t!(w, "older-title"),
            t!(w, "older-happened"),
            t!(w, "older-question"),
            t!(w, "older-consequence"),
            t!(w, "older-yes"),
        ),
        Some(StandingView::Unknown) => (
            t!(w, "unknown-title"),
            t!(w, "unknown-happened"),
            t!(w, "unknown-question"),
            t!(w, "unknown-consequence"),
            t!(w, "unknown-yes"),
        ),
    };
    html! {
        <section class="notice" role="alert" id="older-record">
            { icon(Icon::Warning) }
            <div>
                <p class="strong">{ title }</p>
                <p>{ happened }</p>
                <p>{ t!(w, "older-meanwhile") }</p>
                <div class="row"><button type="button" id="accept-record" onclick={show(true).reform(|_: MouseEvent| ())}>{ yes.clone() }</button></div>
            </div>
            if *asking {
                <Dialog title={question} on_close={show(false)}>
                    <p>{ consequence }</p>
                    <p>{ t!(w, "older-remembered") }</p>
                    if let Some(failure) = &accept.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        <Busy id="accept-yes" class="danger" label={yes} busy={accept.busy}
                            onclick={accept.starter().reform(|_: MouseEvent| AcceptRecord {})} />
                        <button type="button" autofocus=true onclick={show(false).reform(|_: MouseEvent| ())}>{ t!(w, "older-no") }</button>
                    </div>
                </Dialog>
            }
        </section>
    }
}

//! Long work that the lock stopped: said on every screen, calmly, until it is begun again or put away.

use salus_wire::command::ForgetStopped;
use salus_wire::view::StoppedWork;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Busy, Icon, Notice, icon};
use crate::route::Route;
use crate::state::{Change, Shared, use_act, use_shared};
use crate::t;

/// Nothing when nothing was stopped.
#[component]
pub fn StoppedNote() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let forget = {
        let shared = shared.clone();
        use_act::<ForgetStopped>(Callback::from(move |app| shared.dispatch(Change::App(Ok(app)))))
    };
    let stopped = shared.app.as_ref().map(|app| app.stopped.clone()).unwrap_or_default();
    if stopped.is_empty() {
        return Html::default();
    }
    html! {
        <div class="proven ask" role="status" id="stopped-work">
            { icon(Icon::Stop) }
            <div class="stack">
                { for stopped.iter().map(|work| html! { <p>{ said(&shared, *work) }</p> }) }
                <p>{ t!(w, "stopped-again") }</p>
            </div>
            if let Some(failure) = &forget.failure { <Notice failure={failure.clone()} /> }
            <div class="row">
                if stopped.iter().any(|work| !is_in_settings(*work)) { <Link<Route> to={Route::Backups} classes="button">{ t!(w, "backups-open") }</Link<Route>> }
                if stopped.iter().any(|work| is_in_settings(*work)) { <Link<Route> to={Route::Settings} classes="button">{ t!(w, "lost-to-settings") }</Link<Route>> }
                <Busy id="forget-stopped" label={t!(w, "stopped-away")} busy={forget.busy} onclick={forget.starter().reform(|_: MouseEvent| ForgetStopped {})} />
            </div>
        </div>
    }
}

/// Where it is begun again.
const fn is_in_settings(work: StoppedWork) -> bool {
    matches!(work, StoppedWork::Verification)
}

fn said(shared: &Shared, work: StoppedWork) -> String {
    let w = &shared.words;
    match work {
        StoppedWork::Backup => t!(w, "stopped-backup"),
        StoppedWork::Rehearsal => t!(w, "stopped-rehearsal"),
        StoppedWork::Export => t!(w, "stopped-export"),
        StoppedWork::Verification => t!(w, "stopped-verification"),
    }
}

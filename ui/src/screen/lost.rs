//! A lost or stolen laptop: what it could open, and what to do now, one step after another.

use salus_wire::command::{GetLost, WithdrawLost};
use salus_wire::view::{ComputerView, LostView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::count;
use crate::part::{Busy, Notice, Waiting, WorkProgress};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Lost() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let beat = shared.beats.members.wrapping_add(shared.beats.permissions).wrapping_add(*turn);
    let asked = use_ask(Some(GetLost {}), beat);
    let withdraw = {
        let turn = turn.clone();
        use_act::<WithdrawLost>(Callback::from(move |_| turn.set(turn.wrapping_add(1))))
    };
    html! {
        <>
            <h1>{ t!(w, "lost-title") }</h1>
            <p class="lead">{ t!(w, "lost-sentence") }</p>
            <h2>{ t!(w, "lost-could") }</h2>
            <ul class="points">
                <li>{ t!(w, "lost-could-open") }</li>
                <li>{ t!(w, "lost-could-files") }</li>
                <li>{ t!(w, "lost-could-passphrase") }</li>
                <li>{ t!(w, "lost-could-key") }</li>
                <li>{ t!(w, "lost-could-write") }</li>
                <li>{ t!(w, "lost-could-not") }</li>
            </ul>
            if let Some(failure) = &asked.failure { <Notice failure={failure.clone()} /> }
            if let Some(view) = &asked.answer {
                { held(&shared, view) }
                <h2>{ t!(w, "lost-now") }</h2>
                <ol class="entries steps">
                    <li>
                        <h3>{ t!(w, "lost-step-keys") }</h3>
                        <p>{ t!(w, "lost-step-keys-why") }</p>
                        <p><Link<Route> to={Route::Settings} classes="button">{ t!(w, "lost-to-settings") }</Link<Route>></p>
                    </li>
                    <li>
                        <h3>{ t!(w, "lost-step-computer") }</h3>
                        { computers(&shared, view) }
                        if let Some(failure) = &withdraw.failure { <Notice failure={failure.clone()} /> }
                        if withdraw.busy { <WorkProgress work="withdraw_lost" label={t!(w, "withdraw-working")} /> }
                        if view.computers.iter().any(enrolled) {
                            <div class="row"><Busy id="withdraw-lost" class="danger" label={t!(w, "lost-withdraw")} busy={withdraw.busy}
                                onclick={withdraw.starter().reform(|_: MouseEvent| WithdrawLost {})} /></div>
                        }
                    </li>
                    <li>
                        <h3>{ t!(w, "lost-step-permissions") }</h3>
                        <p>{ t!(w, "lost-permissions", n = view.permissions.len()) }</p>
                        <ul class="points">{ for view.permissions.iter().map(|p| html! {
                            <li>{ t!(w, "lost-permission", name = p.name.clone(), end = shared.clock().moment(p.ends)) }</li>
                        }) }</ul>
                        <p><Link<Route> to={Route::Permissions} classes="button">{ t!(w, "nav-permissions") }</Link<Route>></p>
                    </li>
                    <li>
                        <h3>{ t!(w, "lost-step-backup") }</h3>
                        <p>{ t!(w, "lost-step-backup-why") }</p>
                        <p><Link<Route> to={Route::Backups} classes="button">{ t!(w, "backups-title") }</Link<Route>></p>
                    </li>
                </ol>
            } else if asked.failure.is_none() {
                <Waiting />
            }
        </>
    }
}

const fn enrolled(computer: &ComputerView) -> bool {
    computer.enrolled.is_some() && computer.withdrawn.is_none()
}

/// What of the record may have been on it.
fn held(shared: &Shared, view: &LostView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.held.is_empty() {
        return Html::default();
    }
    html! {
        <details>
            <summary>{ t!(w, "lost-held", n = view.held.len()) }</summary>
            <ul class="points">{ for view.held.iter().map(|h| html! {
                <li>{ t!(w, "lost-held-line", what = w.category(h.category), n = h.readings, count = count(h.readings),
                    span = clock.span(h.from, h.to)) }</li>
            }) }</ul>
        </details>
    }
}

/// The computers before this one; on a computer that the record was never restored to, how to come to this point.
fn computers(shared: &Shared, view: &LostView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    if view.computers.is_empty() {
        return html! { <p>{ t!(w, "lost-same-computer") }</p> };
    }
    html! {
        <ul class="points">{ for view.computers.iter().map(|computer| html! { <li>{ match (computer.enrolled, computer.withdrawn) {
            (_, Some(at)) => t!(w, "lost-withdrawn", date = clock.date(at)),
            (Some(at), None) => t!(w, "lost-enrolled", date = clock.date(at)),
            (None, None) => t!(w, "lost-never-enrolled"),
        } }</li> }) }</ul>
    }
}

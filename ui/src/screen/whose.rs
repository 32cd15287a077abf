//! Whose readings are these? A device that several people use sends a user's number; the person says once who it is.

use salus_wire::command::{ClaimReadings, ListUnclaimed};
use salus_wire::view::UnclaimedView;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::format::count;
use crate::part::{Busy, Dialog, Empty, Icon, Notice, amounts, icon, unanswered};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Whose() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let beat = shared.beats.readings.wrapping_add(shared.beats.devices).wrapping_add(*turn);
    let listed = use_ask(Some(ListUnclaimed {}), beat);
    let asked = use_state(|| None::<UnclaimedView>);
    let said = use_state(String::new);
    let told = use_mut_ref(String::new);
    let claim = {
        let (asked, turn, said, told) = (asked.clone(), turn.clone(), said.clone(), told.clone());
        use_act::<ClaimReadings>(Callback::from(move |_| {
            asked.set(None);
            said.set(told.borrow().clone());
            turn.set(turn.wrapping_add(1));
        }))
    };
    let say = |u: &UnclaimedView, mine: bool| {
        let text = if mine {
            t!(w, "whose-taken", n = u.waiting, count = count(u.waiting))
        } else {
            t!(w, "whose-left-out", user = user(&shared, u), name = u.name.clone())
        };
        let (start, told, command) =
            (claim.starter(), told.clone(), ClaimReadings { device: u.device, user: u.user, mine });
        Callback::from(move |_: MouseEvent| {
            text.clone_into(&mut told.borrow_mut());
            start.emit(command.clone());
        })
    };
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let waiting = listed.answer.as_ref().map(|a| a.to_vec()).unwrap_or_default();
    html! {
        <>
            <h1>{ t!(w, "whose-title") }</h1>
            <p role="status" class="told strong">{ (*said).clone() }</p>
            if let Some(failure) = claim.failure.clone().filter(|_| asked.is_none()) { <Notice {failure} /> }
            { unanswered(&listed) }
            if listed.answer.is_some() && waiting.is_empty() {
                <Empty title={t!(w, "whose-none")} hint={t!(w, "whose-none-hint")}>
                    <p><Link<Route> to={Route::Home} classes="button main">{ t!(w, "nav-home") }</Link<Route>></p>
                </Empty>
            }
            if !waiting.is_empty() { <p>{ t!(w, "whose-hint") }</p> }
            <ul class="entries">{ for waiting.iter().map(|u| {
                let ask = { let (asked, u) = (asked.clone(), u.clone()); Callback::from(move |_: MouseEvent| asked.set(Some(u.clone()))) };
                html! { <li key={format!("{} {:?}", u.device, u.user)}>
                    { entry(&shared, u) }
                    <div class="row">
                        <Busy class="main" label={t!(w, "whose-mine", n = u.waiting)} busy={claim.busy} onclick={say(u, true)} />
                        <button type="button" onclick={ask} disabled={claim.busy}>{ t!(w, "whose-not-mine") }</button>
                        <Link<Route> to={Route::Home} classes="button">{ t!(w, "whose-later") }</Link<Route>>
                    </div>
                </li> }
            }) }</ul>
            if let Some(u) = &*asked {
                <Dialog title={t!(w, "whose-leave-title", n = u.waiting, name = u.name.clone())} on_close={close.clone()}>
                    <p>{ t!(w, "whose-leave-sentence", n = u.waiting, count = count(u.waiting), user = user(&shared, u)) }</p>
                    if let Some(failure) = &claim.failure { <Notice failure={failure.clone()} /> }
                    <div class="row">
                        <Busy class="danger" label={t!(w, "whose-leave-yes", n = u.waiting)} busy={claim.busy} onclick={say(u, false)} />
                        <button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "whose-later") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

/// "User 2 on this device".
fn user(shared: &Shared, unclaimed: &UnclaimedView) -> String {
    match unclaimed.user {
        Some(n) => t!(shared.words, "whose-user", n = n),
        None => t!(shared.words, "whose-user-unknown"),
    }
}

fn entry(shared: &Shared, u: &UnclaimedView) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let newest = u.categories.iter().map(|c| amounts(w, *c, &u.newest)).find(|said| !said.is_empty());
    html! {
        <>
            <div class="entry-head"><h2><bdi>{ &u.name }</bdi></h2><span class="tag">{ icon(Icon::People) }<span>{ user(shared, u) }</span></span></div>
            <p>{ t!(w, "whose-count", n = u.waiting, count = count(u.waiting), what = w.categories(&u.categories), when = clock.moment(u.first)) }</p>
            if let Some(newest) = newest {
                <p><span class="lead strong">{ newest }</span>if u.waiting > 1 { <br /><span class="quiet">{ t!(w, "whose-newest", when = clock.moment(u.newest.at)) }</span> }</p>
            }
        </>
    }
}

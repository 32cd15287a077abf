//! A patient's emergency card: what is on it, printing it, stopping it, and what happened with it.

mod make;
mod print;
mod uses;

use salus_wire::command::{GetEmergency, ShowCard, StopPermission};
use salus_wire::view::{CardView, EmergencyView, PrintView};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Busy, Dialog, Empty, Icon, Notice, WorkProgress, condition, icon, state_tag, unanswered};
use crate::route::Route;
use crate::state::{use_act, use_ask, use_shared};
use crate::t;
use make::Make;
use print::Printed;
use uses::Uses;

/// The screen.
#[component]
pub fn EmergencyCard() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let turn = use_state(|| 0_u32);
    let making = use_state(|| false);
    let asked = use_ask(Some(GetEmergency {}), shared.beats.permissions.wrapping_add(*turn));
    let changed = {
        let (turn, making) = (turn.clone(), making.clone());
        Callback::from(move |()| {
            making.set(false);
            turn.set(turn.wrapping_add(1));
        })
    };
    let begin = |on: bool| {
        let making = making.clone();
        Callback::from(move |_: MouseEvent| making.set(on))
    };
    let card = asked.answer.as_ref().and_then(|view| view.card.clone());
    let makes = asked.answer.as_ref().is_some_and(|view| view.makes);
    html! {
        <>
            <p><Link<Route> to={Route::Permissions} classes="back">{ t!(w, "seen-back") }</Link<Route>></p>
            <h1>{ t!(w, "card-title") }</h1>
            <p>{ t!(w, "card-why") }</p>
            <p>{ t!(w, "card-how") }</p>
            { unanswered(&asked) }
            { match (&asked.answer, &card) {
                (None, _) => Html::default(),
                (Some(_), _) if *making => html! { <Make replaces={card.is_some()} done={changed.clone()} back={begin(false)} /> },
                (Some(_), None) if !makes => html! { <Empty title={t!(w, "card-first")} hint={t!(w, "card-first-why")} /> },
                (Some(_), None) => html! {
                    <Empty title={t!(w, "card-none")} hint={t!(w, "card-found")}>
                        <p><button type="button" class="main" id="card-begin" onclick={begin(true)}>{ t!(w, "card-make") }</button></p>
                    </Empty>
                },
                (Some(_), Some(card)) => html! { <InForce card={card.clone()} {makes} again={begin(true)} stopped={changed.clone()} /> },
            } }
            if let Some(view) = &asked.answer { <Uses view={EmergencyView::clone(view)} reviewed={changed} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct InForceProps {
    card: CardView,
    /// Whether another one can be made here.
    makes: bool,
    again: Callback<MouseEvent>,
    stopped: Callback<()>,
}

/// The card in force.
#[component]
fn InForce(props: &InForceProps) -> Html {
    let shared = use_shared();
    let (w, clock, card) = (&shared.words, shared.clock(), &props.card);
    let shown = use_state(|| None::<PrintView>);
    let asking = use_state(|| false);
    let show = {
        let shown = shown.clone();
        use_act::<ShowCard>(Callback::from(move |view| shown.set(Some(view))))
    };
    let stop = use_act::<StopPermission>(props.stopped.reform(|_| ()));
    let ask = |on: bool| {
        let asking = asking.clone();
        Callback::from(move |()| asking.set(on))
    };
    let hide = {
        let shown = shown.clone();
        Callback::from(move |()| shown.set(None))
    };
    let id = card.id;
    let call = if card.call.is_empty() { t!(w, "card-nobody") } else { card.call.clone() };
    html! {
        <>
            <div class="entry-head"><h2>{ t!(w, "card-yours") }</h2>{ state_tag(&shared, card.state) }</div>
            if card.used { <p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "card-used") }</p> }
            if card.before_loss { <p class="caution" id="card-before-loss">{ icon(Icon::Warning) }{ t!(w, "card-before-loss") }</p> }
            <dl class="terms">
                <dt>{ t!(w, "card-what") }</dt><dd>{ w.categories_first(&card.categories) }</dd>
                <dt>{ t!(w, "card-called") }</dt>
                <dd><bdi>{ call }</bdi></dd>
                <dt>{ t!(w, "card-until") }</dt><dd>{ clock.moment(card.ends) }</dd>
            </dl>
            { for card.condition.iter().map(|c| condition(&shared, c)) }
            <p class="quiet">{ t!(w, "card-found") }</p>
            if let Some(failure) = &show.failure { <Notice failure={failure.clone()} /> }
            <div class="row">
                <Busy id="card-show" class="main" label={t!(w, "card-show")} busy={show.busy} onclick={show.starter().reform(|_: MouseEvent| ShowCard {})} />
                if props.makes { <button type="button" id="card-again" onclick={props.again.clone()}>{ t!(w, "card-replace") }</button> }
                <button type="button" class="stop" id="card-lost" onclick={ask(true).reform(|_: MouseEvent| ())}>{ t!(w, "card-lost") }</button>
            </div>
            if let Some(view) = &*shown { <Printed view={view.clone()} {hide} /> }
            if *asking {
                <Dialog title={t!(w, "card-stop-title")} on_close={ask(false)}>
                    <p>{ t!(w, "card-stop-sentence") }</p>
                    <p>{ t!(w, "promise") }</p>
                    if let Some(failure) = &stop.failure { <Notice failure={failure.clone()} /> }
                    if stop.busy { <WorkProgress work="stop_permission" label={t!(w, "stop-working")} /> }
                    <div class="row">
                        <Busy id="card-stop-yes" class="danger" label={t!(w, "card-stop-yes")} busy={stop.busy}
                            onclick={stop.starter().reform(move |_: MouseEvent| StopPermission { id })} />
                        <button type="button" autofocus=true onclick={ask(false).reform(|_: MouseEvent| ())}>{ t!(w, "stop-no") }</button>
                    </div>
                </Dialog>
            }
        </>
    }
}

//! A card that was read: whose it is, and the two ways to open it.

use salus_wire::ErrorCode;
use salus_wire::command::{AnnounceEmergency, AskEmergencySecond, OpenEmergency};
use salus_wire::view::{EmergencyReason, HandOverView, HeldCardView, OpenedView};
use yew::prelude::*;

use crate::part::{Busy, CopyText, LeaveOpening, Notice, WorkProgress, field_text, reason_words, state_tag};
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// How wide the charts are asked for.
const CHART_WIDTH: u16 = 720;

#[derive(Properties, PartialEq)]
pub(super) struct HeldProps {
    pub(super) card: String,
    pub(super) held: HeldCardView,
    pub(super) changed: Callback<HeldCardView>,
    pub(super) opened: Callback<OpenedView>,
}

#[component]
pub(super) fn Held(props: &HeldProps) -> Html {
    let shared = use_shared();
    let (w, clock, held) = (&shared.words, shared.clock(), &props.held);
    let why = use_state(|| None::<EmergencyReason>);
    let ask_text = use_state(|| None::<String>);
    let word = use_state(String::new);
    let announce = use_act::<AnnounceEmergency>(props.changed.clone());
    let ask = {
        let ask_text = ask_text.clone();
        use_act::<AskEmergencySecond>(Callback::from(move |answer: HandOverView| {
            ask_text.set(Some(answer.text))
        }))
    };
    let open = use_act::<OpenEmergency>(props.opened.clone());
    let choose = {
        let (why, ask_text) = (why.clone(), ask_text.clone());
        Callback::from(move |reason| {
            why.set(Some(reason));
            // What a colleague is asked names the reason.
            ask_text.set(None);
        })
    };
    let on_word = {
        let word = word.clone();
        Callback::from(move |event: InputEvent| word.set(field_text(&event)))
    };
    let opening = |reason: EmergencyReason, word: Option<String>| {
        let card = props.card.clone();
        open.starter().reform(move |_: MouseEvent| OpenEmergency {
            card: card.clone(),
            reason,
            word: word.clone(),
            width: CHART_WIDTH,
        })
    };
    html! {
        <>
            <div class="entry-head"><h1><bdi>{ &held.patient }</bdi></h1>{ state_tag(&shared, held.state) }</div>
            <p>{ t!(w, "emergency-opens", what = w.categories(&held.categories)) }</p>
            <p class="quiet">{ t!(w, "emergency-recorded") }</p>
            if let (Some(at), Some(until)) = (held.opened, held.until) {
                <p role="status">{ t!(w, "emergency-until", when = clock.moment(at), until = clock.moment(until)) }</p>
            }
            { reasons(&shared, *why, &choose) }
            if let Some(reason) = *why {
                <h2>{ t!(w, "emergency-two") }</h2>
                <p>{ t!(w, "emergency-two-hint") }</p>
                if let Some(failure) = &ask.failure { <Notice failure={failure.clone()} /> }
                if let Some(text) = &*ask_text {
                    <CopyText label={t!(w, "emergency-ask-label")} text={text.clone()} file="salus-ask.txt" />
                    <p class="field">
                        <label for="word">{ t!(w, "emergency-word") }</label>
                        <textarea id="word" rows="4" dir="ltr" spellcheck="false" autocapitalize="off" value={(*word).clone()} oninput={on_word} />
                    </p>
                    <div class="row"><Busy id="open-two" class="main" label={t!(w, "emergency-open")} busy={open.busy} onclick={opening(reason, Some(word.trim().to_owned()))} /></div>
                } else {
                    <div class="row"><Busy id="ask-emergency-second" class="main" label={t!(w, "emergency-ask")} busy={ask.busy} onclick={{
                        let card = props.card.clone();
                        ask.starter().reform(move |_: MouseEvent| AskEmergencySecond { card: card.clone(), reason })
                    }} /></div>
                }
                <h2>{ t!(w, "emergency-alone") }</h2>
                if let Some(failure) = &announce.failure { <Notice failure={failure.clone()} /> }
                if let (Some(at), Some(from)) = (held.announced, held.alone_from) {
                    <p role="status" id="announced">{ t!(w, "emergency-announced", when = clock.moment(at), from = clock.moment(from)) }</p>
                    <div class="row"><Busy id="open-alone" label={t!(w, "emergency-open")} busy={open.busy} onclick={opening(reason, None)} /></div>
                } else {
                    <p>{ t!(w, "emergency-alone-hint") }</p>
                    <div class="row"><Busy id="announce" label={t!(w, "emergency-announce")} busy={announce.busy} onclick={{
                        let card = props.card.clone();
                        announce.starter().reform(move |_: MouseEvent| AnnounceEmergency { card: card.clone(), reason })
                    }} /></div>
                }
                if let Some(failure) = open.failure.as_ref().filter(|_| !open.busy) {
                    if failure.code == ErrorCode::Cancelled {
                        <p role="status">{ t!(w, "opening-stopped-hint") }</p>
                    } else {
                        <Notice failure={failure.clone()} />
                    }
                }
                if open.busy { <WorkProgress work="open_emergency" label={t!(w, "opened-working")} /><LeaveOpening /> }
            }
        </>
    }
}

fn reasons(shared: &Shared, chosen: Option<EmergencyReason>, choose: &Callback<EmergencyReason>) -> Html {
    let w = &shared.words;
    html! {
        <fieldset class="choices">
            <legend>{ t!(w, "emergency-reason") }</legend>
            { for EmergencyReason::ALL.into_iter().map(|reason| html! {
                <label class="choice"><input type="radio" name="reason" value={reason.code().to_string()} checked={chosen == Some(reason)}
                    onchange={choose.reform(move |_: Event| reason)} /><span class="begins">{ reason_words(w, reason) }</span></label>
            }) }
        </fieldset>
    }
}

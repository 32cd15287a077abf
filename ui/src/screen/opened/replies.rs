//! Writing back to the patient: a signed note, those that were sent, and taking one back with another.

use salus_wire::command::{GetSentReplies, SendReply};
use salus_wire::view::{MAX_REPLY, MayReply, SentRepliesView, SentReplyView, check_reply};
use salus_wire::{ErrorCode, GrantId};
use yew::prelude::*;

use crate::part::{Icon, Notice, Submit, field_text, icon, letter};
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RepliesProps {
    /// The permission.
    pub(super) id: GrantId,
    /// Whose it is.
    pub(super) patient: String,
    /// Somebody who helps the patient gave it: both are written to.
    pub(super) by_helper: bool,
}

/// The section.
#[component]
pub(super) fn Replies(props: &RepliesProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let (id, name) = (props.id, props.patient.clone());
    let asked = use_ask(Some(GetSentReplies { id }), shared.beats.permissions);
    let text = use_state(String::new);
    let takes_back = use_state(|| None::<u32>);
    let send = {
        let (text, takes_back) = (text.clone(), takes_back.clone());
        use_act::<SendReply>(Callback::from(move |_: SentRepliesView| {
            text.set(String::new());
            takes_back.set(None);
        }))
    };
    let onsubmit = {
        let (start, text, takes_back) = (send.starter(), text.clone(), takes_back.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(SendReply { id, text: text.trim().to_owned(), takes_back: *takes_back });
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    let keep = {
        let takes_back = takes_back.clone();
        Callback::from(move |_: MouseEvent| takes_back.set(None))
    };
    let take_back = {
        let takes_back = takes_back.clone();
        Callback::from(move |number: u32| takes_back.set(Some(number)))
    };
    let Some(view) = &asked.answer else {
        // What is not kept here, as what was given to those on duty, is not answered.
        let failure = asked.failure.iter().filter(|failure| failure.code != ErrorCode::UnknownPermission);
        return html! { <>{ for failure.map(|failure| html! { <Notice failure={failure.clone()} again={asked.again.clone()} /> }) }</> };
    };
    let bare = text.trim();
    let wrong = !bare.is_empty() && check_reply(bare).is_err();
    let left = MAX_REPLY.saturating_sub(bare.chars().count());
    html! {
        <section class="replies no-print" aria-labelledby="replies-title">
            <h2 id="replies-title">{ t!(w, "replies-title", name = name.clone()) }</h2>
            { match view.may {
                MayReply::Yes { .. } => html! {
                    <form {onsubmit}>
                        <p>{ if props.by_helper { t!(w, "replies-hint-helper", name = name.clone()) } else { t!(w, "replies-hint", name = name.clone()) } }</p>
                        if let Some(number) = *takes_back {
                            <div class="row"><p class="caution" role="status">{ icon(Icon::Warning) }{ t!(w, "replies-takes-back", n = number) }</p>
                                <button type="button" class="small" onclick={keep}>{ t!(w, "replies-keep", n = number) }</button></div>
                        }
                        <p class="field">
                            <label for="reply-text">{ t!(w, "replies-label") }</label>
                            <textarea id="reply-text" class="prose" rows="6" dir="auto" maxlength={(MAX_REPLY + 200).to_string()} aria-invalid={wrong.to_string()}
                                aria-describedby="reply-left" value={(*text).clone()} {oninput} />
                            <small id="reply-left">{ if wrong { t!(w, "replies-wrong") } else { t!(w, "replies-left", n = left) } }</small>
                        </p>
                        if let Some(failure) = &send.failure { <Notice failure={failure.clone()} /> }
                        <div class="row"><Submit id="send-reply" label={t!(w, "replies-send", name = name.clone())} busy={send.busy} disabled={bare.is_empty() || wrong} /></div>
                    </form>
                },
                other => html! { <p class="quiet">{ icon(Icon::Letter) }{ why_not(&shared, other, &name) }</p> },
            } }
            if !view.sent.is_empty() {
                <ol class="entries" aria-live="polite">{ for view.sent.iter().map(|sent| {
                    let may = matches!(view.may, MayReply::Yes { .. });
                    entry(&shared, sent, &name, may.then_some(&take_back))
                }) }</ol>
            }
        </section>
    }
}

fn why_not(shared: &Shared, may: MayReply, name: &str) -> String {
    let (w, name) = (&shared.words, name.to_owned());
    match may {
        MayReply::Yes { .. } => String::new(),
        MayReply::NoAddress => t!(w, "replies-no-address", name = name),
        MayReply::TooLate => t!(w, "replies-too-late", name = name),
        MayReply::Full => t!(w, "replies-full", name = name),
        MayReply::NotAttested => t!(w, "replies-not-attested"),
    }
}

fn entry(shared: &Shared, sent: &SentReplyView, name: &str, take_back: Option<&Callback<u32>>) -> Html {
    let (w, clock, number) = (&shared.words, shared.clock(), sent.number);
    let where_it_is = if sent.sent {
        t!(w, "replies-there", n = number, when = clock.moment(sent.written), name = name.to_owned())
    } else if sent.helper {
        t!(w, "replies-with-helper", n = number, when = clock.moment(sent.written), name = name.to_owned())
    } else {
        t!(w, "replies-waits", n = number, when = clock.moment(sent.written))
    };
    html! {
        <li key={number.to_string()} data-sent={sent.sent.to_string()}>
            if let Some(earlier) = sent.takes_back { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "notes-takes-back", n = earlier) }</p> }
            if sent.taken_back { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "replies-taken-back") }</p> }
            { letter(&sent.text) }
            <p class="quiet">{ icon(if sent.sent { Icon::Check } else { Icon::Clock }) }{ where_it_is }</p>
            { for take_back.filter(|_| !sent.taken_back).map(|take_back| html! {
                <div class="row"><button type="button" class="small" onclick={take_back.reform(move |_: MouseEvent| number)}>{ t!(w, "replies-take-back", n = number) }</button></div>
            }) }
        </li>
    }
}

//! A clinician in an emergency: a patient's card, why, a colleague or half an hour, the readings. And agreeing for a colleague.

mod agree;
mod held;

use std::rc::Rc;

use salus_wire::command::ReadCard;
use salus_wire::view::{HeldCardView, LinkKind, OpenedView};
use yew::prelude::*;

use super::opened::opened;
use crate::part::{CodePicture, Notice, Submit, TextFile, field_text};
use crate::state::{use_act, use_linked, use_shared};
use crate::t;
use agree::Agree;
use held::Held;

/// The screen. The card's text is in the page's memory only, and goes with the lock.
#[component]
pub fn Emergency() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let card = use_state(String::new);
    let held = use_state(|| None::<HeldCardView>);
    let view = use_state(|| None::<Rc<OpenedView>>);
    let read = {
        let held = held.clone();
        use_act::<ReadCard>(Callback::from(move |answer| held.set(Some(answer))))
    };
    let onsubmit = {
        let (card, start) = (card.clone(), read.starter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            start.emit(ReadCard { card: card.trim().to_owned() });
        })
    };
    let on_text = {
        let card = card.clone();
        Callback::from(move |text| card.set(text))
    };
    let oninput = on_text.reform(|event: InputEvent| field_text(&event));
    let again = {
        let (card, held, view) = (card.clone(), held.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            card.set(String::new());
            held.set(None);
            view.set(None);
        })
    };
    {
        let (card, held, view) = (card.clone(), held.clone(), view.clone());
        let put = Callback::from(move |text: String| {
            card.set(text);
            held.set(None);
            view.set(None);
        });
        use_linked(LinkKind::Card, put);
    }
    let changed = {
        let held = held.clone();
        Callback::from(move |answer| held.set(Some(answer)))
    };
    let on_opened = {
        let view = view.clone();
        Callback::from(move |answer| view.set(Some(Rc::new(answer))))
    };
    let back = html! { <p><button type="button" class="link" id="emergency-again" onclick={again}>{ t!(w, "emergency-back") }</button></p> };
    match (&*view, &*held) {
        (Some(view), _) => html! { <>{ back }{ opened(&shared, view, None) }</> },
        (None, Some(answer)) => html! {
            <>
                { back }
                <Held card={card.trim().to_owned()} held={answer.clone()} {changed} opened={on_opened} />
            </>
        },
        (None, None) => html! {
            <>
                <h1>{ t!(w, "emergency-title") }</h1>
                <p>{ t!(w, "emergency-why") }</p>
                <form {onsubmit}>
                    <p class="field">
                        <label for="card">{ t!(w, "emergency-card") }</label>
                        <textarea id="card" rows="3" dir="ltr" spellcheck="false" autocapitalize="off" value={(*card).clone()} {oninput} />
                    </p>
                    <TextFile label={t!(w, "emergency-file")} on_text={on_text.clone()} />
                    <CodePicture {on_text} />
                    if let Some(failure) = &read.failure { <Notice failure={failure.clone()} /> }
                    <div class="row"><Submit id="read-card" label={t!(w, "emergency-read")} busy={read.busy} disabled={card.trim().is_empty()} /></div>
                </form>
                <Agree />
            </>
        },
    }
}

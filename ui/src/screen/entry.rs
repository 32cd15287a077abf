//! Typing a reading by hand, on every screen of a patient: a letter or the button opens the form, Enter stores, and what was
//! stored can be taken back.

mod draft;
mod fields;
mod form;
mod values;

use draft::Draft;
use form::Form;
use salus_wire::command::{GetDraft, WithdrawReading};
use salus_wire::view::{DraftKind, ReadingView, WithdrawnView};
use salus_wire::{Category, Failure};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::in_order;
use crate::part::{Icon, Notice, amounts, icon, newest};
use crate::state::{Change, Context, Units, let_go, use_shared};
use crate::words::Words;
use crate::{bridge, keys, t};

/// What the line at the foot of the screen says.
#[derive(Clone, PartialEq)]
enum Said {
    Stored(Category, ReadingView),
    TakenBack,
    TooLate,
    Refused(Category, ReadingView, Failure),
}

/// The form when it is open, and the line about what was stored.
#[component]
pub fn Entry() -> Html {
    let shared = use_shared();
    let said = use_state(|| None::<Said>);
    let before = use_state(|| None::<Draft>);
    {
        // Asked once after each unlocking: what the lock interrupted is on the screen again.
        let (shared, before) = (shared.clone(), before.clone());
        use_effect_with((), move |()| {
            spawn_local(async move {
                let kept = bridge::invoke(GetDraft { kind: DraftKind::Reading }).await;
                let draft = kept.ok().and_then(|k| k.text).and_then(|text| Draft::of_kept(&text));
                if draft.is_some() {
                    before.set(draft);
                    shared.dispatch(Change::Typing(shared.typing.opened()));
                }
            });
        });
    }
    {
        let dispatch = shared.clone();
        use_effect_with((shared.shortcut, shared.typing.clone()), move |(on, typing)| {
            let opened = typing.opened();
            let listening = (*on && !typing.open)
                .then(|| listen(move || dispatch.dispatch(Change::Typing(opened.clone()))));
            move || drop(listening)
        });
    }
    let on_close = {
        let (shared, before) = (shared.clone(), before.clone());
        Callback::from(move |()| {
            let_go(DraftKind::Reading);
            before.set(None);
            shared.dispatch(Change::Typing(shared.typing.closed()));
        })
    };
    let on_stored = {
        let (shared, said, before) = (shared.clone(), said.clone(), before.clone());
        Callback::from(move |(category, units, reading): (Category, Units, ReadingView)| {
            let_go(DraftKind::Reading);
            before.set(None);
            shared.dispatch(Change::Typing(shared.typing.stored(category, units)));
            said.set(Some(Said::Stored(category, reading)));
        })
    };
    let shown = (*said).clone();
    let dismiss = {
        let said = said.clone();
        Callback::from(move |_: MouseEvent| said.set(None))
    };
    let undo = match &*said {
        Some(Said::Stored(category, reading) | Said::Refused(category, reading, _)) => {
            let (category, reading) = (*category, reading.clone());
            Some(Callback::from(move |_: MouseEvent| take_back(category, reading.clone(), said.clone())))
        }
        _ => None,
    };
    html! {
        <>
            if shared.typing.open { <Form before={(*before).clone()} {on_close} {on_stored} /> }
            <div class="said-room" role="status">
                if let Some(shown) = shown {
                    <div class="said">
                        { line(&shared, &shown) }
                        <div class="row">
                            if let Some(onclick) = undo { <button type="button" id="undo" {onclick}>{ t!(shared.words, "entry-undo") }</button> }
                            <button type="button" onclick={dismiss}>{ t!(shared.words, "entry-seen") }</button>
                        </div>
                    </div>
                }
            </div>
        </>
    }
}

/// Withdraws what was stored. Asking twice is harmless: the second finds nothing.
fn take_back(category: Category, reading: ReadingView, said: UseStateHandle<Option<Said>>) {
    spawn_local(async move {
        let answer = bridge::invoke(WithdrawReading { category, at: reading.at }).await;
        said.set(Some(match answer {
            Ok(WithdrawnView::Withdrawn) => Said::TakenBack,
            Ok(WithdrawnView::Kept) => Said::TooLate,
            Err(failure) => Said::Refused(category, reading, failure),
        }));
    });
}

fn line(shared: &Context, said: &Said) -> Html {
    let w = &shared.words;
    let (picture, text) = match said {
        Said::Stored(category, reading) => {
            let what = stored(w, *category, reading);
            (Icon::Check, t!(w, "entry-stored", what = what, when = shared.clock().moment(reading.at)))
        }
        Said::TakenBack => (Icon::Check, t!(w, "entry-taken-back")),
        Said::TooLate => (Icon::Warning, t!(w, "entry-too-late")),
        Said::Refused(_, _, failure) => return html! { <Notice failure={failure.clone()} /> },
    };
    html! { <p class="line">{ icon(picture) }<span>{ text }</span></p> }
}

/// "Weight 78.4 kg · Height 175 cm"; without a main value the others name themselves.
fn stored(w: &Words, category: Category, reading: &ReadingView) -> String {
    let said = amounts(w, category, reading);
    if newest(category, reading).is_some() { format!("{} {said}", w.category(category)) } else { said }
}

/// Calls `open` when the letter is pressed where it would type nothing; until dropped.
fn listen(open: impl Fn() + 'static) -> Option<keys::Listening> {
    keys::listen(move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        let letter = keys::is_letter('n', &event.key(), &event.code());
        if letter && !held && !keys::is_asked() && !keys::types(&event) {
            event.prevent_default();
            open();
        }
    })
}

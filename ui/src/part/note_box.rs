//! Writing a note, on a day or on a reading. It stays in the record, sealed, and is shared with nobody.

use salus_wire::command::{KeepDayNote, KeepReadingNote};
use salus_wire::view::{KeptNoteView, MOST_NOTE};
use salus_wire::{Category, UnixMillis};
use yew::prelude::*;

use super::{Busy, Dialog, Notice, Submit, field_text};
use crate::format::parse_date;
use crate::state::{Shared, use_act, use_shared};
use crate::t;

/// What a note is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A day, as date fields hold it.
    Day(String),
    /// A reading.
    Reading(Category, UnixMillis),
}

impl About {
    /// "on 24 November", "on the reading of today at 14:05": for a title.
    fn title(&self, shared: &Shared) -> String {
        let (w, clock) = (&shared.words, shared.clock());
        match self {
            About::Day(day) => {
                let date = parse_date(day, clock.offset).map(|at| clock.date(at)).unwrap_or_default();
                t!(w, "note-of-day", date = date)
            }
            About::Reading(category, at) => {
                t!(w, "note-of-reading", what = w.categories(&[*category]), when = clock.moment(*at))
            }
        }
    }
}

/// Properties of [`NoteBox`].
#[derive(Properties, PartialEq)]
pub struct NoteBoxProps {
    /// What the note is on.
    pub about: About,
    /// What stands there now.
    pub before: Option<String>,
    /// It was kept, or removed.
    pub on_done: Callback<(About, KeptNoteView)>,
    /// Closed without a change.
    pub on_close: Callback<()>,
}

/// The dialog.
#[component]
pub fn NoteBox(props: &NoteBoxProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let text = use_state(|| props.before.clone().unwrap_or_default());
    let done = {
        let (on_done, about) = (props.on_done.clone(), props.about.clone());
        Callback::from(move |kept| on_done.emit((about.clone(), kept)))
    };
    let day = use_act::<KeepDayNote>(done.clone());
    let reading = use_act::<KeepReadingNote>(done);
    let busy = day.busy || reading.busy;
    let keep = {
        let (about, day, reading) = (props.about.clone(), day.starter(), reading.starter());
        Callback::from(move |text: Option<String>| match &about {
            About::Day(date) => day.emit(KeepDayNote { day: date.clone(), text }),
            About::Reading(category, at) => {
                reading.emit(KeepReadingNote { category: *category, at: *at, text });
            }
        })
    };
    let onsubmit = {
        let (keep, text) = (keep.clone(), text.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            keep.emit(Some((*text).clone()));
        })
    };
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(field_text(&event)))
    };
    html! {
        <Dialog title={props.about.title(&shared)} on_close={props.on_close.clone()}>
            <form class="stack" {onsubmit}>
                <p class="field">
                    <label for="note-text">{ t!(w, "note-label") }</label>
                    <textarea id="note-text" rows="4" dir="auto" autofocus=true maxlength={MOST_NOTE.to_string()} value={(*text).clone()} {oninput}
                        aria-describedby="note-hint" />
                    <span id="note-hint" class="quiet">{ t!(w, "note-hint") }</span>
                </p>
                if let Some(failure) = day.failure.clone().or(reading.failure.clone()) { <Notice {failure} /> }
                <div class="row">
                    <Submit id="note-keep" label={t!(w, "note-keep")} {busy} disabled={text.trim().is_empty()} />
                    if props.before.is_some() {
                        <Busy id="note-remove" label={t!(w, "note-remove")} {busy} onclick={keep.reform(|_: MouseEvent| None)} />
                    }
                    <button type="button" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ t!(w, "note-close") }</button>
                </div>
            </form>
        </Dialog>
    }
}

//! The person's notes on the days that are shown; writing, changing, removing, and bringing back what was removed.

use salus_wire::command::{KeepDayNote, KeepReadingNote, ListDayNotes};
use salus_wire::view::{DayNoteView, KeptNoteView};
use salus_wire::{Failure, UnixMillis};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::view::View;
use crate::bridge;
use crate::format::{field_date, parse_date};
use crate::part::{About, Icon, NoteBox, Notice, field_text, icon};
use crate::state::{use_ask, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct NotesProps {
    pub(super) view: View,
    /// The note that is being written, with what stood there before.
    pub(super) noting: UseStateHandle<Option<(About, Option<String>)>>,
}

/// What was done last, as far as it can be taken back.
#[derive(Clone, PartialEq)]
enum Said {
    Kept,
    Removed(About, String),
    Back,
    Refused(Failure),
}

#[component]
pub(super) fn Notes(props: &NotesProps) -> Html {
    let shared = use_shared();
    let (w, clock) = (&shared.words, shared.clock());
    let said = use_state(|| None::<Said>);
    let day = use_state(|| None::<String>);
    let (first, last) = dates(props.view, clock.offset);
    let command = ListDayNotes { first, last: last.clone() };
    let listed = use_ask(Some(command), shared.beats.readings);
    let notes: Vec<DayNoteView> = listed.answer.iter().flat_map(|all| all.iter().cloned()).collect();
    // Today where it is shown, else the last day that is.
    let today = field_date(clock.now, clock.offset);
    let date = (*day).clone().unwrap_or_else(|| if last > today { today.clone() } else { last });
    let open = |about: About, before: Option<String>| {
        let noting = props.noting.clone();
        Callback::from(move |_: MouseEvent| noting.set(Some((about.clone(), before.clone()))))
    };
    let on_close = {
        let noting = props.noting.clone();
        Callback::from(move |()| noting.set(None))
    };
    let on_done = {
        let (noting, said) = (props.noting.clone(), said.clone());
        Callback::from(move |(about, kept): (About, KeptNoteView)| {
            noting.set(None);
            said.set(Some(match (kept.now, kept.before) {
                (None, Some(before)) => Said::Removed(about, before),
                _ => Said::Kept,
            }));
        })
    };
    let on_day = {
        let day = day.clone();
        Callback::from(move |event: Event| day.set(Some(field_text(&event))))
    };
    let there = notes.iter().find(|note| note.day == date).map(|note| note.text.clone());
    html! {
        <section class="notes">
            <h2>{ t!(w, "notes-own-title") }</h2>
            <div role="status" class="told">{ match &*said {
                None => Html::default(),
                Some(Said::Kept) => html! { <p class="strong">{ t!(w, "note-kept") }</p> },
                Some(Said::Back) => html! { <p class="strong">{ t!(w, "note-back") }</p> },
                Some(Said::Refused(failure)) => html! { <Notice failure={failure.clone()} /> },
                Some(Said::Removed(about, before)) => {
                    let onclick = { let (about, before, said) = (about.clone(), before.clone(), said.clone()); Callback::from(move |_: MouseEvent| bring_back(about.clone(), before.clone(), said.clone())) };
                    html! { <p class="row"><span class="strong">{ t!(w, "note-removed") }</span><button type="button" id="note-undo" class="small" {onclick}>{ t!(w, "entry-undo") }</button></p> }
                }
            } }</div>
            if let Some(failure) = &listed.failure { <Notice failure={failure.clone()} again={listed.again.clone()} /> }
            if notes.is_empty() { <p class="quiet">{ t!(w, "notes-none") }</p> }
            <ul class="entries">{ for notes.iter().rev().map(|note| {
                let about = About::Day(note.day.clone());
                let when = parse_date(&note.day, clock.offset).map(|at: UnixMillis| clock.date(at)).unwrap_or_default();
                let label = format!("{}: {when}", t!(w, "note-change"));
                html! { <li key={note.day.clone()} data-note="day">
                    <p class="line">{ icon(Icon::List) }<span>{ when }</span></p>
                    <p class="own-words" dir="auto">{ &note.text }</p>
                    <div class="row"><button type="button" class="small" aria-label={label} onclick={open(about, Some(note.text.clone()))}>{ t!(w, "note-change") }</button></div>
                </li> }
            }) }</ul>
            <div class="row fields">
                <p class="field"><label for="note-day">{ t!(w, "notes-day") }</label>
                    <input id="note-day" type="date" dir="ltr" max={today} value={date.clone()} onchange={on_day} /></p>
                <button type="button" id="note-write" disabled={parse_date(&date, clock.offset).is_none()} onclick={open(About::Day(date.clone()), there)}>{ t!(w, "note-write-day") }</button>
            </div>
            if let Some((about, before)) = &*props.noting {
                <NoteBox about={about.clone()} before={before.clone()} {on_done} {on_close} />
            }
        </section>
    }
}

/// The first and the last day of what is shown.
fn dates(view: View, offset: i32) -> (String, String) {
    (field_date(view.from, offset), field_date(view.to - 1, offset))
}

/// Writes what was removed again.
fn bring_back(about: About, text: String, said: UseStateHandle<Option<Said>>) {
    spawn_local(async move {
        let text = Some(text);
        let kept = match about {
            About::Day(day) => bridge::invoke(KeepDayNote { day, text }).await,
            About::Reading(category, at) => bridge::invoke(KeepReadingNote { category, at, text }).await,
        };
        said.set(Some(match kept {
            Ok(_) => Said::Back,
            Err(failure) => Said::Refused(failure),
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::super::view::Length;
    use super::*;
    use crate::format::DAY;

    #[test]
    fn the_days_of_a_view_are_those_it_touches() {
        let at = 20_000 * DAY;
        assert_eq!(dates(View::ending(Length::Week, at, 0), 0), ("2024-09-28".into(), "2024-10-04".into()));
        let part = View { from: at + 5, to: at + 10 };
        assert_eq!(dates(part, 0), ("2024-10-04".into(), "2024-10-04".into()));
    }
}

//! Notes that clinicians wrote about somebody whom I help, with the permissions that I gave.

use salus_wire::command::ReadReply;
use salus_wire::view::ReplyView;
use yew::prelude::*;

use crate::part::{Empty, Notice};
use crate::screen::notes::entry;
use crate::state::{use_act, use_shared};
use crate::t;

#[derive(Properties, PartialEq)]
pub(super) struct RelativeNotesProps {
    /// Whose readings they are about.
    pub(super) person: String,
    /// Of this person only, the newest first.
    pub(super) notes: Vec<ReplyView>,
    pub(super) changed: Callback<()>,
}

#[component]
pub(super) fn RelativeNotes(props: &RelativeNotesProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let read = use_act::<ReadReply>(props.changed.reform(|_: Vec<ReplyView>| ()));
    let name = props.person.clone();
    html! {
        <section data-part="notes">
            <h3>{ t!(w, "relative-notes", name = name.clone()) }</h3>
            if let Some(failure) = &read.failure { <Notice failure={failure.clone()} /> }
            if props.notes.is_empty() {
                <Empty title={t!(w, "notes-empty")} hint={t!(w, "relative-notes-hint", name = name)} />
            } else {
                <ul class="entries" aria-live="polite">{ for props.notes.iter().map(|note| {
                    let (permission, number) = (note.permission, note.number);
                    let onclick = read.starter().reform(move |_: MouseEvent| ReadReply { permission, number });
                    entry(&shared, note, onclick, read.busy, true)
                }) }</ul>
                <p class="quiet">{ t!(w, "relative-notes-both", name = name) }{ " " }{ t!(w, "notes-answer") }</p>
            }
        </section>
    }
}

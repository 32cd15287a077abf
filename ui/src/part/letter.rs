//! Notes that clinicians write: their words, apart from the page's own; and that some are there.

use salus_wire::command::ListReplies;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Icon, icon};
use crate::route::Route;
use crate::state::{use_ask, use_shared};
use crate::t;

/// Words of somebody else, line by line, in their own direction.
pub fn letter(text: &str) -> Html {
    html! { <blockquote class="letter" dir="auto">{ for text.lines().map(|line| html! { <p>{ line.to_owned() }</p> }) }</blockquote> }
}

/// For a patient: that a note is there to be read, or that there are notes; nothing without any.
#[component]
pub fn ReplyNote() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let listed = use_ask(Some(ListReplies {}), shared.beats.permissions);
    let Some(all) = &listed.answer else { return Html::default() };
    // Those about somebody whom this person helps are on that person's page.
    let all: Vec<_> = all.iter().filter(|note| note.relative().is_none()).collect();
    let unread: Vec<_> = all.iter().filter(|note| !note.read).collect();
    let Some(newest) = unread.first() else {
        if all.is_empty() {
            return Html::default();
        }
        return html! {
            <p class="quiet" id="replies">{ icon(Icon::Letter) }<Link<Route> to={Route::Notes}>{ t!(w, "notes-link", n = all.len()) }</Link<Route>></p>
        };
    };
    let said = match unread.len() {
        1 => t!(w, "notes-one", name = newest.name.clone(), when = shared.clock().moment(newest.came)),
        n => t!(w, "notes-many", n = n, name = newest.name.clone()),
    };
    html! {
        <div class="proven" id="replies" role="status">
            { icon(Icon::Letter) }
            <div class="stack">
                <p class="strong">{ said }</p>
                <div class="row"><Link<Route> to={Route::Notes} classes="button">{ t!(w, "notes-read") }</Link<Route>></div>
            </div>
        </div>
    }
}

//! The ways through time, the same on the own record and on an opened one: how much is shown at once, what that is, and what leads to
//! something else.

use yew::prelude::*;

use super::view::{Length, View};
use crate::format::day_start;
use crate::part::{Icon, Move, icon};
use crate::state::Shared;
use crate::t;
use crate::words::Words;

/// How much is shown at once; `name` is that of the choice on the page.
pub(in crate::screen) fn lengths(
    shared: &Shared,
    name: &str,
    offered: &[Length],
    now: Option<Length>,
    on_length: &Callback<Length>,
) -> Html {
    let w = &shared.words;
    html! {
        <div class="segments" role="radiogroup" aria-label={t!(w, "record-span")}>
            { for offered.iter().copied().map(|length| {
                let onchange = on_length.reform(move |_: Event| length);
                html! { <label><input type="radio" name={name.to_owned()} value={length.slug()} checked={now == Some(length)} {onchange} /><span>{ length_name(w, length) }</span></label> }
            }) }
        </div>
    }
}

/// "Day", "Week" and so on.
fn length_name(w: &Words, length: Length) -> String {
    match length {
        Length::Day => t!(w, "record-day"),
        Length::Week => t!(w, "record-week"),
        Length::Month => t!(w, "record-month"),
        Length::Year => t!(w, "record-year"),
    }
}

/// What is shown, and the buttons that show something else.
pub(in crate::screen) fn bar(shared: &Shared, view: View, buttons: Html) -> Html {
    html! {
        <div class="over-time" role="group" aria-label={t!(shared.words, "record-bar")}>
            <p class="strong" role="status">{ icon(Icon::Clock) }<span>{ said_span(shared, view) }</span></p>
            <div class="row">{ buttons }</div>
        </div>
    }
}

/// One of them; one that leads nowhere keeps its place.
pub(in crate::screen) fn step(
    on_move: &Callback<Move>,
    name: &'static str,
    label: String,
    asked: Move,
    off: bool,
) -> Html {
    let onclick = on_move.reform(move |_: MouseEvent| asked);
    html! { <button type="button" class="small" data-move={name} {onclick} aria-disabled={off.to_string()}>{ label }</button> }
}

/// What is shown, in words.
pub(in crate::screen) fn said_span(shared: &Shared, view: View) -> String {
    let clock = shared.clock();
    let whole = |at| day_start(at, clock.offset) == at;
    if whole(view.from) && whole(view.to) {
        clock.span(view.from, view.to)
    } else {
        clock.between(view.from, view.to)
    }
}

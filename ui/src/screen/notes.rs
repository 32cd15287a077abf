//! Notes that clinicians wrote to this person: what they say, who signed them, and whether that was confirmed when they came. Those
//! about somebody whom this person helps are on that person's page ([`super::family`]).

use std::rc::Rc;

use salus_wire::command::{ListReplies, ReadReply};
use salus_wire::view::{PermissionState, ReplyView, Through, Unconfirmed};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Busy, Empty, Icon, Notice, icon, letter, unanswered};
use crate::route::Route;
use crate::state::{Shared, use_act, use_ask, use_shared};
use crate::t;

/// The screen.
#[component]
pub fn Notes() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let listed = use_ask(Some(ListReplies {}), shared.beats.permissions);
    let newest = use_state(|| None::<Rc<Vec<ReplyView>>>);
    {
        let newest = newest.clone();
        use_effect_with(listed.answer.clone(), move |answer| newest.set(answer.clone()));
    }
    let read = {
        let newest = newest.clone();
        use_act::<ReadReply>(Callback::from(move |all| newest.set(Some(Rc::new(all)))))
    };
    let all: Vec<ReplyView> =
        newest.iter().flat_map(|all| all.iter()).filter(|note| note.relative().is_none()).cloned().collect();
    html! {
        <>
            <h1>{ t!(w, "notes-title") }</h1>
            { unanswered(&listed) }
            if let Some(failure) = &read.failure { <Notice failure={failure.clone()} /> }
            if newest.is_some() && all.is_empty() {
                <Empty title={t!(w, "notes-empty")} hint={t!(w, "notes-empty-hint")}>
                    <p><Link<Route> to={Route::Share} classes="button">{ t!(w, "share-code-title") }</Link<Route>></p>
                </Empty>
            }
            if !all.is_empty() {
                <ul class="entries" aria-live="polite">{ for all.iter().map(|note| {
                    let (permission, number) = (note.permission, note.number);
                    let onclick = read.starter().reform(move |_: MouseEvent| ReadReply { permission, number });
                    entry(&shared, note, onclick, read.busy, false)
                }) }</ul>
                <p class="quiet">{ t!(w, "notes-answer") }</p>
            }
        </>
    }
}

/// One note; `below` where it stands under a heading of a person's page.
pub(super) fn entry(
    shared: &Shared,
    note: &ReplyView,
    onclick: Callback<MouseEvent>,
    busy: bool,
    below: bool,
) -> Html {
    let (w, clock) = (&shared.words, shared.clock());
    let key = format!("{}-{}", note.permission, note.number);
    let named = note.organisation.chars().any(char::is_alphanumeric);
    html! {
        <li key={key} data-note={note.number.to_string()} data-read={note.read.to_string()}>
            <div class="entry-head">
                if below { <h4><bdi>{ &note.name }</bdi></h4> } else { <h2><bdi>{ &note.name }</bdi></h2> }
                if !note.read { <span class="tag on">{ icon(Icon::Letter) }<span>{ t!(w, "notes-new") }</span></span> }
            </div>
            if named { <p class="quiet"><bdi>{ &note.organisation }</bdi></p> }
            { who(shared, note) }
            if let Some(through) = through(shared, note) { <p class="quiet">{ through }</p> }
            if let Some(earlier) = note.takes_back { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "notes-takes-back", n = earlier) }</p> }
            if note.taken_back { <p class="caution">{ icon(Icon::Warning) }{ t!(w, "notes-taken-back") }</p> }
            { letter(&note.text) }
            <p class="quiet">{ t!(w, "notes-when", n = note.number, written = clock.moment(note.written), came = clock.moment(note.came)) }</p>
            { match note.after {
                Some(PermissionState::Stopped) => html! { <p class="quiet">{ icon(Icon::Stop) }{ after_stop(shared, note) }</p> },
                Some(_) => html! { <p class="quiet">{ icon(Icon::Clock) }{ t!(w, "notes-after-end") }</p> },
                None => Html::default(),
            } }
            if !note.read {
                <div class="row"><Busy label={t!(w, "notes-have-read", name = note.name.clone())} {busy} {onclick} /></div>
            }
        </li>
    }
}

/// With whose permission it came, where the reader did not give it for themselves.
fn through(shared: &Shared, note: &ReplyView) -> Option<String> {
    let w = &shared.words;
    Some(match note.through.as_ref()? {
        Through::Helper { name } if name.is_empty() => {
            t!(w, "notes-by-helper", name = t!(w, "family-somebody"))
        }
        Through::Helper { name } => t!(w, "notes-by-helper", name = name.clone()),
        Through::Relative { person, .. } => t!(w, "notes-about", name = person.clone()),
    })
}

/// That it was written after a stop, whoever stopped it.
fn after_stop(shared: &Shared, note: &ReplyView) -> String {
    let w = &shared.words;
    if note.through.is_some() { t!(w, "notes-after-a-stop") } else { t!(w, "notes-after-stop") }
}

/// Who signed it, as proven when it came.
fn who(shared: &Shared, note: &ReplyView) -> Html {
    let w = &shared.words;
    let (name, member) = (note.name.clone(), note.attested_by.clone());
    let doubt = match note.unconfirmed {
        None => {
            return html! { <p class="quiet">{ icon(Icon::Check) }{ t!(w, "notes-signed", name = name, member = member) }</p> };
        }
        Some(Unconfirmed::Withdrawn) => t!(w, "notes-withdrawn", name = name, member = member),
        Some(Unconfirmed::Suspended) => t!(w, "notes-suspended", name = name, member = member),
        Some(Unconfirmed::RanOut) => t!(w, "notes-ran-out", name = name, member = member),
    };
    html! { <p class="caution">{ icon(Icon::Warning) }{ doubt }</p> }
}

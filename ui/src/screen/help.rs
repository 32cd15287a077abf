//! Help: the questions that people ask, found by their words, each with the way to the place that it is about. On a screen of its own
//! while a record is open, over the screen while none is.

mod questions;

use questions::{Question, questions};
use salus_wire::view::Role;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::{Dialog, Empty, Icon, field_text, fits, icon};
use crate::route::Route;
use crate::state::use_shared;
use crate::t;

/// Properties of [`Help`].
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// Whose record is open.
    pub role: Role,
}

/// The screen.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let shared = use_shared();
    html! {
        <>
            <h1>{ t!(shared.words, "help-title") }</h1>
            <Questions role={props.role} />
        </>
    }
}

/// The button at the corner of screens without a record, where the band's end is on the others, and help over them: what was typed stays.
#[component]
pub fn HelpCorner() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let open = use_state(|| false);
    let turn = |on: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(on))
    };
    html! {
        <>
            <div class="help-corner">
                <button type="button" id="help" onclick={turn(true).reform(|_: MouseEvent| ())}>{ icon(Icon::Help) }<span>{ t!(w, "help-title") }</span></button>
            </div>
            if *open {
                <Dialog title={t!(w, "help-title")} on_close={turn(false)}>
                    <Questions />
                    <div class="row"><button type="button" onclick={turn(false).reform(|_: MouseEvent| ())}>{ t!(w, "palette-close") }</button></div>
                </Dialog>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct QuestionsProps {
    /// Whose record is open; nobody's, and everybody's questions are there, without ways to other screens.
    #[prop_or_default]
    role: Option<Role>,
}

#[component]
fn Questions(props: &QuestionsProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let typed = use_state(String::new);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(field_text(&event)))
    };
    let all = questions(w, props.role);
    let found: Vec<&Question> =
        all.iter().filter(|q| fits(&format!("{} {}", q.asks, q.says), &typed)).collect();
    let question = |q: &&Question| {
        html! {
            <details key={q.id} id={format!("help-{}", q.id)}>
                <summary>{ &q.asks }</summary>
                <div class="stack">
                    <p>{ &q.says }</p>
                    if let Some((to, label)) = q.leads.clone().filter(|_| props.role.is_some()) {
                        <p><Link<Route> {to} classes="button">{ label }</Link<Route>></p>
                    }
                </div>
            </details>
        }
    };
    html! {
        <>
            <p>{ t!(w, "help-why") }</p>
            <p class="field" role="search">
                <label for="help-find">{ t!(w, "help-find") }</label>
                <input id="help-find" type="text" role="searchbox" autocomplete="off" dir="auto" maxlength="80" value={(*typed).clone()} {oninput} />
            </p>
            <p class="quiet" role="status">{ if typed.trim().is_empty() { String::new() } else { t!(w, "palette-count", n = found.len()) } }</p>
            if found.is_empty() { <Empty title={t!(w, "help-none")} hint={t!(w, "help-none-hint")} /> }
            <div class="questions">{ for found.iter().map(question) }</div>
        </>
    }
}

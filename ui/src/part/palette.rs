//! The palette: one field over every screen that finds screens and actions by their words and relatives by their names, and the list of
//! keys.
//!
//! # Source
//! WAI-ARIA Authoring Practices 1.2, "Editable Combobox With List Autocomplete": the focus stays in the field, the marked option is
//! named by `aria-activedescendant`.

mod actions;
pub(crate) mod find;
mod people;

use actions::{Does, Entry, entries, fitting, moved};
use people::people;
use salus_wire::command::{GetFamily, Lock};
use salus_wire::view::Role;
use yew::prelude::*;
use yew_router::prelude::*;

use super::{Dialog, field_text, icon};
use crate::keys::{is_asked, is_letter, listen, types};
use crate::state::{Change, Over, use_act, use_ask, use_shared};
use crate::t;

/// Properties of [`Overlay`].
#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    /// Whose record is open.
    pub role: Role,
}

/// Hears the keys that work everywhere, and shows what lies over the screen.
#[component]
pub fn Overlay(props: &OverlayProps) -> Html {
    let shared = use_shared();
    {
        let dispatch = shared.clone();
        use_effect_with(shared.shortcut, move |single| {
            let single = *single;
            let listening = listen(move |event: KeyboardEvent| {
                if is_asked() || event.repeat() {
                    return;
                }
                let held = event.ctrl_key() || event.meta_key();
                let over = if held && !event.alt_key() && is_letter('k', &event.key(), &event.code()) {
                    Over::Palette
                } else if single
                    && !held
                    && !event.alt_key()
                    && matches!(event.key().as_str(), "?" | "؟")
                    && !types(&event)
                {
                    Over::Keys
                } else {
                    return;
                };
                event.prevent_default();
                dispatch.dispatch(Change::Over(Some(over)));
            });
            move || drop(listening)
        });
    }
    match shared.over {
        None => Html::default(),
        Some(Over::Palette) => html! { <Palette role={props.role} /> },
        Some(Over::Keys) => html! { <Keys role={props.role} /> },
    }
}

#[component]
fn Palette(props: &OverlayProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let navigator = use_navigator();
    let typed = use_state(String::new);
    let at = use_state(|| 0_usize);
    let lock = {
        let shared = shared.clone();
        use_act::<Lock>(Callback::from(move |app| shared.dispatch(Change::App(Ok(app)))))
    };
    // Without an answer screens and actions are found all the same; the family's screen says why there is none.
    let is_open = shared.app.as_ref().is_some_and(|app| app.profile.is_some());
    let family = use_ask(is_open.then_some(GetFamily {}), shared.beats.permissions);
    let mut all = entries(w, props.role);
    // Last, so that nothing moves under the keys when they come.
    all.extend(family.answer.iter().flat_map(|view| people(w, &view.helped)));
    let found = fitting(&all, &typed);
    let marked = (*at).min(found.len().saturating_sub(1));
    let close = {
        let shared = shared.clone();
        Callback::from(move |()| shared.dispatch(Change::Over(None)))
    };
    let choose = {
        let (shared, close, lock) = (shared.clone(), close.clone(), lock.starter());
        Callback::from(move |does: Does| {
            // First the palette goes: what comes next may be a question of its own.
            close.emit(());
            match does {
                Does::Go(route) => {
                    if let Some(navigator) = &navigator {
                        navigator.push(&route);
                    }
                }
                Does::Add => shared.dispatch(Change::Typing(shared.typing.opened())),
                Does::Lock => lock.emit(Lock {}),
                Does::Keys => shared.dispatch(Change::Over(Some(Over::Keys))),
            }
        })
    };
    let oninput = {
        let (typed, at) = (typed.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(field_text(&event));
            at.set(0);
        })
    };
    let onkeydown = {
        let (at, choose, count) = (at.clone(), choose.clone(), found.len());
        let chosen = found.get(marked).map(|entry| entry.does.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                at.set(moved(marked, event.key() == "ArrowDown", count));
            }
            "Enter" => {
                event.prevent_default();
                if let Some(does) = &chosen {
                    choose.emit(does.clone());
                }
            }
            _ => {}
        })
    };
    let option = |(i, entry): (usize, &Entry)| {
        let onclick = {
            let does = entry.does.clone();
            choose.reform(move |_: MouseEvent| does.clone())
        };
        html! {
            <li key={entry.id.clone()} id={format!("palette-{}", entry.id)} role="option" aria-selected={(i == marked).to_string()} {onclick}>
                { icon(entry.icon) }<span>{ &entry.label }</span>
            </li>
        }
    };
    let active = found.get(marked).map(|entry| format!("palette-{}", entry.id));
    use_effect_with(active.clone(), |active| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(option) = document.zip(active.as_ref()).and_then(|(d, id)| d.get_element_by_id(id)) {
            option.scroll_into_view_with_bool(false);
        }
    });
    html! {
        <Dialog title={t!(w, "palette-title")} on_close={close.clone()}>
            <p class="field">
                <label for="palette">{ t!(w, "palette-field") }</label>
                <input id="palette" type="text" role="combobox" autocomplete="off" spellcheck="false" dir="auto" autofocus=true maxlength="80"
                    aria-autocomplete="list" aria-expanded={(!found.is_empty()).to_string()} aria-controls="palette-list" aria-activedescendant={active}
                    value={(*typed).clone()} {oninput} {onkeydown} />
            </p>
            <ul id="palette-list" class="palette" role="listbox" aria-label={t!(w, "palette-title")}>{ for found.iter().enumerate().map(option) }</ul>
            <p class="quiet" role="status">{ if found.is_empty() { t!(w, "palette-none") } else { t!(w, "palette-count", n = found.len()) } }</p>
            <div class="row"><button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "palette-close") }</button></div>
        </Dialog>
    }
}

#[component]
fn Keys(props: &OverlayProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let close = {
        let shared = shared.clone();
        Callback::from(move |()| shared.dispatch(Change::Over(None)))
    };
    let single = shared.shortcut;
    let patient = props.role == Role::Patient;
    let key = |keys: &[&str], what: String| {
        html! { <><dt>{ for keys.iter().map(|key| html! { <><kbd>{ *key }</kbd>{ " " }</> }) }</dt><dd>{ what }</dd></> }
    };
    html! {
        <Dialog title={t!(w, "keys-title")} on_close={close.clone()}>
            <dl class="keys">
                { key(&["Ctrl", "K"], t!(w, "keys-palette")) }
                if patient && single { { key(&["N"], t!(w, "entry-title")) } }
                if single { { key(&["?"], t!(w, "keys-title")) } }
                { key(&["Tab"], t!(w, "keys-tab")) }
                { key(&["Enter"], t!(w, "keys-enter")) }
                { key(&["Esc"], t!(w, "keys-escape")) }
                { key(&["←", "→"], t!(w, "keys-arrows")) }
            </dl>
            <p class="quiet">{ if single { t!(w, "keys-off") } else { t!(w, "keys-on") } }</p>
            <div class="row"><button type="button" autofocus=true onclick={close.reform(|_: MouseEvent| ())}>{ t!(w, "palette-close") }</button></div>
        </Dialog>
    }
}

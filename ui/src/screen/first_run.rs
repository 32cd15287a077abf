//! First run, under two minutes: how it looks, what for, name and passphrase, recovery key, a first thing, home.
//!
//! Each step says what skipping it means and where it is found again; where a person is is kept beside the record, so that a crash
//! and the lock begin nothing anew; what was made is taken away again as long as it is empty.

mod begin;
mod helpers;
mod home;
mod keep_key;
mod looks;
mod onward;
mod passphrase;
mod restore;
mod steps;
mod suggest;
mod undo;
mod who;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use salus_wire::command::KeepFirstRun;
use salus_wire::view::{FirstRunStep as Step, FirstRunView, RecoveryKeyView};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::part::band_of;
use crate::route::Route;
use crate::state::{Change, Context, FirstRunShown, use_shared};
use crate::{bridge, t};
use begin::Begin;
use helpers::ByHelpers;
use home::Done;
use keep_key::KeepKey;
use looks::Looks;
use passphrase::{Passphrase, Typed};
use restore::Restore;
use steps::{Move, STEPS};
use undo::UndoRecord;
use who::WhatFor;

/// Shown in place of the steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aside {
    /// Nothing.
    None,
    /// A record out of a backup.
    Backup,
    /// What it takes to get back with others' help.
    Helpers,
}

/// The first run.
#[component]
pub fn FirstRun() -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let at = {
        let kept = shared.app.as_ref().and_then(|app| app.first_run.clone());
        use_state(move || steps::begun(kept.as_ref()))
    };
    let keeper = use_memo((), |()| Keeper::default());
    let aside = use_state(|| Aside::None);
    // The record is made to wait in it for those who help: its first screen is the family's.
    let waits = use_state(|| false);
    let navigator = use_navigator();
    {
        let aside = aside.clone();
        // Said at the lock screen of a record that does not open; this screen may stand here before the answer does.
        use_effect_with(shared.from_backup, move |from_backup| {
            if *from_backup {
                aside.set(Aside::Backup);
            }
        });
    }
    let typed = use_state(Typed::default);
    let key = use_state(|| None::<RecoveryKeyView>);
    let main = use_node_ref();
    {
        let main = main.clone();
        // A new step starts at its heading for keyboards and screen readers, and at its top for eyes.
        use_effect_with((at.step, *aside), move |_| {
            if let Some(main) = main.cast::<web_sys::HtmlElement>() {
                let _ = main.focus();
            }
            if let Some(window) = web_sys::window() {
                window.scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
    }
    let go = {
        let (at, typed, key, shared) = (at.clone(), typed.clone(), key.clone(), shared.clone());
        let (keeper, aside, waits) = (keeper.clone(), aside.clone(), waits.clone());
        Callback::from(move |by: Move| {
            match by {
                Move::Undone => {
                    typed.set(Typed::default());
                    key.set(None);
                    waits.set(false);
                }
                Move::Helped => {
                    aside.set(Aside::None);
                    waits.set(true);
                }
                _ => {}
            }
            match steps::after(&at, by) {
                Some(next) if next == *at => {}
                Some(next) => {
                    keeper.keep(&shared, Some(next.clone()));
                    at.set(next);
                }
                None => {
                    if let Some(navigator) = navigator.as_ref().filter(|_| *waits) {
                        navigator.push(&Route::FamilyOwn { part: "recovery".to_owned() });
                    }
                    keeper.keep(&shared, None);
                }
            }
        })
    };
    let made = {
        let (key, typed, go, shared) = (key.clone(), typed.clone(), go.clone(), shared.clone());
        Callback::from(move |view: RecoveryKeyView| {
            // Before the answer to what is to be shown: this screen stays.
            shared.dispatch(Change::FirstRun(FirstRunShown::Shown));
            key.set(Some(view));
            go.emit(Move::Made { chosen: typed.chosen });
            // One that a person chose is known to them.
            if !typed.chosen {
                typed.set(Typed::default());
            }
        })
    };
    let type_in = {
        let typed = typed.clone();
        Callback::from(move |next: Typed| typed.set(next))
    };
    let turn = |to: Aside| {
        let aside = aside.clone();
        Callback::from(move |()| aside.set(to))
    };
    let name = shared.app.as_ref().and_then(|app| app.profile.as_ref()).map(|profile| profile.name.clone());
    let name = name.filter(|_| steps::is_made(at.step));
    html! {
        <main class="plain first-run" ref={main} tabindex="-1" data-step={format!("{:?}", at.step)}>
            if let Some(name) = &name { <div class={format!("band-edge band-{}", band_of(name))}></div> }
            <p class="wordmark">{ "Salus" }</p>
            if *aside == Aside::Backup {
                <Restore back={turn(Aside::None)} />
            } else if *aside == Aside::Helpers {
                <ByHelpers back={turn(Aside::None)} next={go.reform(|()| Move::Helped)} />
            } else {
                <div class="way">
                    <p class="overline"><span>{ t!(w, "first-step", n = steps::number(at.step), total = STEPS) }</span>
                        if let Some(name) = &name { <bdi>{ name }</bdi> }</p>
                    <progress max={STEPS.to_string()} value={steps::number(at.step).to_string()} aria-hidden="true" />
                </div>
                { match at.step {
                    Step::Looks => html! { <Looks go={go.clone()} restore={turn(Aside::Backup)} helpers={turn(Aside::Helpers)} /> },
                    Step::Who => html! { <WhatFor role={at.role} go={go.clone()} /> },
                    Step::Passphrase => html! { <Passphrase role={at.role} typed={(*typed).clone()} {type_in} go={go.clone()} {made} /> },
                    Step::Key => {
                        let passphrase = typed.chosen.then(|| typed.passphrase.clone());
                        html! { <KeepKey role={at.role} view={(*key).clone()} {passphrase} go={go.clone()} /> }
                    }
                    Step::Begin => html! { <Begin role={at.role} go={go.clone()} /> },
                    Step::Home => html! { <Done at={(*at).clone()} go={go.clone()} /> },
                } }
                if let Some(name) = name { <UndoRecord {name} {go} /> }
            }
            if at.step == Step::Looks && *aside == Aside::None { <super::Others add=false /> }
        </main>
    }
}

/// Keeps where the first run is, one after the other: an earlier step never takes the place of a later one.
#[derive(Default)]
struct Keeper {
    /// What is to be kept next; nothing in it is that the first run is over.
    next: RefCell<Option<Option<FirstRunView>>>,
    busy: Cell<bool>,
}

impl Keeper {
    fn keep(self: &Rc<Self>, shared: &Context, wish: Option<FirstRunView>) {
        self.next.replace(Some(wish));
        if self.busy.replace(true) {
            return;
        }
        let (keeper, shared) = (self.clone(), shared.clone());
        spawn_local(async move {
            while let Some(at) = keeper.next.take() {
                let over = at.is_none();
                let answer = bridge::invoke(KeepFirstRun { at }).await;
                if !over {
                    // What cannot be kept is begun anew after a crash; nothing else depends on it.
                    continue;
                }
                // Also where it could not be let go, for a disk that is full: the next unlocking shows its last step again.
                shared.dispatch(Change::FirstRun(FirstRunShown::Over));
                if answer.is_ok() {
                    shared.dispatch(Change::App(answer));
                }
            }
            keeper.busy.set(false);
        });
    }
}

/// The record came another way: nothing of a first run is under way.
fn end() {
    spawn_local(async {
        // What stays is offered when a record is begun next, and can be gone back on.
        let _ = bridge::invoke(KeepFirstRun { at: None }).await;
    });
}

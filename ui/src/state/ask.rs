//! Asking on arrival and acting on a click, each with its own waiting and refusal.

use std::rc::Rc;

use salus_wire::command::{Command, GetApp};
use salus_wire::{ErrorCode, Failure};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Change, Context, use_shared};
use crate::bridge;

/// An answer that is asked for when the screen opens and again at every beat.
#[derive(Clone, PartialEq)]
pub struct Asked<A> {
    /// The newest answer; stays while a newer one is on its way.
    pub answer: Option<Rc<A>>,
    /// The newest refusal, until an answer comes.
    pub failure: Option<Failure>,
    /// Asks once more what was refused.
    pub again: Again,
}

/// Asking once more, because a person wants it.
#[derive(Clone, PartialEq)]
pub struct Again {
    /// True while it is under way.
    pub busy: bool,
    /// How often it was answered: the same refusal that comes again is another one.
    pub times: u32,
    /// Asks.
    pub go: Callback<()>,
}

/// What came so far.
struct Came<A> {
    answer: Option<Rc<A>>,
    failure: Option<Failure>,
    /// Of how many times that a person asked once more.
    times: u32,
}

/// Asks `command` now, when it changes, and whenever `beat` changes. `None` asks nothing.
#[hook]
pub fn use_ask<C>(command: Option<C>, beat: u32) -> Asked<C::Answer>
where
    C: Command + Clone + PartialEq + 'static,
    C::Answer: Clone + 'static,
{
    let shared = use_shared();
    let came = use_state(|| Came { answer: None, failure: None, times: 0 });
    let pressed = use_state(|| 0_u32);
    let turn = use_mut_ref(|| 0_u32);
    let asks = command.is_some();
    {
        let came = came.clone();
        use_effect_with((command, beat, *pressed), move |(command, _, times)| {
            *turn.borrow_mut() += 1;
            let (mine, times) = (*turn.borrow(), *times);
            if let Some(command) = command {
                let before = came.answer.clone();
                let take = move |result: Result<String, Failure>| {
                    let (answer, failure) = match result.and_then(|text| bridge::read::<C>(&text)) {
                        Ok(answer) => (Some(Rc::new(answer)), None),
                        Err(failure) => (before, Some(failure)),
                    };
                    came.set(Came { answer, failure: failure.clone(), times });
                    failure
                };
                let newest = move || *turn.borrow() == mine;
                ask(C::NAME, bridge::written(command), shared, Box::new(newest), Box::new(take));
            }
        });
    }
    let again = Again {
        busy: asks && came.times != *pressed,
        times: came.times,
        go: Callback::from(move |()| pressed.set(pressed.wrapping_add(1))),
    };
    Asked { answer: came.answer.clone(), failure: came.failure.clone(), again }
}

/// What an answer becomes, and the refusal that it was.
type Take = Box<dyn FnOnce(Result<String, Failure>) -> Option<Failure>>;

/// Asks, and gives on the answer while the question is still the newest one. Of all commands: what is generic is in every page as often as
/// there are commands.
fn ask(
    name: &'static str,
    text: Result<String, Failure>,
    shared: Context,
    newest: Box<dyn Fn() -> bool>,
    take: Take,
) {
    spawn_local(async move {
        let result = match text {
            Ok(text) => bridge::send(name, text).await,
            Err(failure) => Err(failure),
        };
        // An older question's answer must not replace a newer one's.
        if newest()
            && let Some(failure) = take(result)
        {
            notice_lock(&failure, &shared);
        }
    });
}

/// Work that a click starts: one at a time, with its refusal.
pub struct Act<C: Command> {
    /// True while it runs.
    pub busy: bool,
    /// The last refusal.
    pub failure: Option<Failure>,
    go: Callback<C>,
}

impl<C: Command + 'static> Act<C> {
    /// Starts the work, unless it is running.
    pub fn go(&self, command: C) {
        if !self.busy {
            self.go.emit(command);
        }
    }

    /// The starter, for closures.
    #[must_use]
    pub fn starter(&self) -> Callback<C> {
        let (go, busy) = (self.go.clone(), self.busy);
        Callback::from(move |command| {
            if !busy {
                go.emit(command);
            }
        })
    }
}

/// Work that a click starts; `done` gets the answer.
#[hook]
pub fn use_act<C>(done: Callback<C::Answer>) -> Act<C>
where
    C: Command + 'static,
    C::Answer: 'static,
{
    let shared = use_shared();
    let state = use_state(|| (false, None::<Failure>));
    let go = {
        let state = state.clone();
        Callback::from(move |command: C| {
            let done = done.clone();
            let read = move |text: &str| {
                let answer = bridge::read::<C>(text)?;
                let tell: Box<dyn FnOnce()> = Box::new(move || done.emit(answer));
                Ok(tell)
            };
            act(C::NAME, bridge::written(&command), state.clone(), shared.clone(), Box::new(read));
        })
    };
    Act { busy: state.0, failure: state.1.clone(), go }
}

/// Reads an answer; what comes of it tells whoever waits.
type Read = Box<dyn FnOnce(&str) -> Result<Box<dyn FnOnce()>, Failure>>;

/// Does it, of all commands as [`ask`].
fn act(
    name: &'static str,
    text: Result<String, Failure>,
    state: UseStateHandle<(bool, Option<Failure>)>,
    shared: Context,
    read: Read,
) {
    state.set((true, None));
    shared.dispatch(Change::Began);
    spawn_local(async move {
        let answer = match text {
            Ok(text) => bridge::send(name, text).await,
            Err(failure) => Err(failure),
        };
        match answer.and_then(|answer| read(&answer)) {
            Ok(tell) => {
                state.set((false, None));
                tell();
            }
            Err(failure) => {
                notice_lock(&failure, &shared);
                state.set((false, Some(failure)));
            }
        }
    });
}

/// A choice that is stored, of which the last one counts: what is chosen while another is being stored is stored after it, and the answers
/// in between are of choices that are over. `done` gets the last answer. Returns what starts it, and the last refusal.
#[hook]
pub fn use_latest<C>(done: Callback<C::Answer>) -> (Callback<C>, Option<Failure>)
where
    C: Command + 'static,
    C::Answer: 'static,
{
    let shared = use_shared();
    // `None` when nothing runs, else what was chosen since.
    let since = use_mut_ref(|| None::<Option<C>>);
    let failure = use_state(|| None::<Failure>);
    let refused = (*failure).clone();
    let go = Callback::from(move |command: C| {
        if let Some(next) = since.borrow_mut().as_mut() {
            *next = Some(command);
            return;
        }
        *since.borrow_mut() = Some(None);
        let (since, done) = (since.clone(), done.clone());
        let (failure, shared) = (failure.clone(), shared.clone());
        spawn_local(async move {
            let mut command = command;
            loop {
                let answer = bridge::invoke(command).await;
                let next = since.borrow_mut().as_mut().and_then(Option::take);
                match (next, answer) {
                    (Some(next), _) => command = next,
                    (None, answer) => {
                        *since.borrow_mut() = None;
                        match answer {
                            Ok(answer) => {
                                failure.set(None);
                                done.emit(answer);
                            }
                            Err(why) => {
                                notice_lock(&why, &shared);
                                failure.set(Some(why));
                            }
                        }
                        return;
                    }
                }
            }
        });
    });
    (go, refused)
}

/// A record that was locked meanwhile shows its lock screen, not an error.
fn notice_lock(failure: &Failure, shared: &Context) {
    if failure.code == ErrorCode::Locked {
        let shared = shared.clone();
        spawn_local(async move { shared.dispatch(Change::App(bridge::invoke(GetApp {}).await)) });
    }
}

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
            if let Some(command) = command.clone() {
                let before = came.answer.clone();
                spawn_local(async move {
                    let result = bridge::invoke(command).await;
                    // An older question's answer must not replace a newer one's.
                    if *turn.borrow() != mine {
                        return;
                    }
                    match result {
                        Ok(answer) => came.set(Came { answer: Some(Rc::new(answer)), failure: None, times }),
                        Err(failure) => {
                            notice_lock(&failure, &shared);
                            came.set(Came { answer: before, failure: Some(failure), times });
                        }
                    }
                });
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
            let (state, done, shared) = (state.clone(), done.clone(), shared.clone());
            state.set((true, None));
            shared.dispatch(Change::Began);
            spawn_local(async move {
                match bridge::invoke(command).await {
                    Ok(answer) => {
                        state.set((false, None));
                        done.emit(answer);
                    }
                    Err(failure) => {
                        notice_lock(&failure, &shared);
                        state.set((false, Some(failure)));
                    }
                }
            });
        })
    };
    Act { busy: state.0, failure: state.1.clone(), go }
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

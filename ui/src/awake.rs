//! Somebody who reads, points or scrolls is here: the record does not close over their head.

use std::cell::Cell;

use gloo_timers::callback::Timeout;
use salus_wire::command::KeepOpen;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::bridge;

/// Said at most once a minute; the record closes after five without a person.
const PAUSE_MS: u32 = 60_000;

/// Listens for as long as the page lives.
pub(crate) fn watch() {
    let Some(window) = web_sys::window() else { return };
    let said = Rc::new(Cell::new(false));
    let here = Closure::<dyn Fn()>::new(move || {
        if said.replace(true) {
            return;
        }
        let said = said.clone();
        Timeout::new(PAUSE_MS, move || said.set(false)).forget();
        spawn_local(async {
            // While locked it is refused, which is as it should be.
            let _ = bridge::invoke(KeepOpen {}).await;
        });
    });
    for event in ["pointerdown", "keydown", "wheel", "touchmove"] {
        // A page without this event closes a little early.
        let _ = window.add_event_listener_with_callback(event, here.as_ref().unchecked_ref());
    }
    here.forget();
}

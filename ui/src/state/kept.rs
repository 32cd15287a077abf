//! What is not finished is kept sealed in the record, a moment after each change, so that a lock loses nothing of it.

use gloo_timers::callback::Timeout;
use salus_wire::command::KeepDraft;
use salus_wire::view::DraftKind;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::bridge;

/// How long after the last change.
const PAUSE_MS: u32 = 700;

/// Keeps `text`, as long as there is any.
#[hook]
pub fn use_kept(kind: DraftKind, text: Option<String>) {
    use_effect_with(text, move |text| {
        let keeping = text.clone().map(|text| {
            Timeout::new(PAUSE_MS, move || {
                spawn_local(async move {
                    // What cannot be kept stays on the screen until the lock.
                    let _ = bridge::invoke(KeepDraft { kind, text: Some(text) }).await;
                });
            })
        });
        move || drop(keeping)
    });
}

/// It is finished, or given up.
pub fn let_go(kind: DraftKind) {
    spawn_local(async move {
        // What stays is offered again, and can be closed again.
        let _ = bridge::invoke(KeepDraft { kind, text: None }).await;
    });
}

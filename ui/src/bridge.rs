//! Two bridges behind one interface: the desktop window's own channel, and HTTP for tests and the host without a window.
//!
//! Which one is in use is decided once, by the presence of the window's channel; both carry the same JSON.

mod http;
mod tauri;

use salus_wire::command::Command;
use salus_wire::event::Event;
use salus_wire::{ErrorCode, Failure};
use wasm_bindgen::prelude::*;

/// Takes the token of the HTTP bridge out of the address before anything else reads it.
pub fn prepare() {
    if !tauri::present() {
        http::take_token();
    }
}

/// Sends one command and waits for its answer.
///
/// # Errors
/// What the application refused with; `Internal` when the answer cannot be read.
pub async fn invoke<C: Command>(command: C) -> Result<C::Answer, Failure> {
    let text = serde_json::to_string(&command).map_err(|_| Failure::new(ErrorCode::BadRequest))?;
    let answer = if tauri::present() {
        tauri::invoke(C::NAME, &text).await?
    } else {
        http::invoke(C::NAME, &text).await?
    };
    serde_json::from_str(&answer).map_err(|_| Failure::with(ErrorCode::Internal, C::NAME))
}

/// Calls `on_event` for every event until the page closes.
pub fn listen(on_event: impl Fn(Event) + 'static) {
    let on_text = Closure::<dyn Fn(String)>::new(move |text: String| {
        if let Ok(event) = serde_json::from_str(&text) {
            on_event(event);
        }
    });
    if tauri::present() {
        tauri::listen(on_text);
    } else {
        http::listen(on_text);
    }
}

/// A refusal as the application sent it, or `Internal` when it is none.
fn failure_from(text: Option<String>) -> Failure {
    text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or(Failure::new(ErrorCode::Internal))
}

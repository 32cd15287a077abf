//! Two bridges behind one interface: the desktop window's own channel, and HTTP for tests and the host without a window.
//!
//! Which one is in use is decided once, by the presence of the window's channel; both carry the same JSON.

mod http;
mod tauri;

use std::pin::Pin;

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
    let text = written(&command)?;
    // It may hold a passphrase.
    drop(command);
    read::<C>(&send(C::NAME, text).await?)
}

/// A command as it is sent.
///
/// # Errors
/// `BadRequest` when it has no JSON form.
pub(crate) fn written<C: Command>(command: &C) -> Result<String, Failure> {
    serde_json::to_string(command).map_err(|_| Failure::new(ErrorCode::BadRequest))
}

/// The answer to a command.
///
/// # Errors
/// `Internal` when it cannot be read.
pub(crate) fn read<C: Command>(answer: &str) -> Result<C::Answer, Failure> {
    serde_json::from_str(answer).map_err(|_| Failure::with(ErrorCode::Internal, C::NAME))
}

/// An answer that is on its way.
pub(crate) type Sent = Pin<Box<dyn Future<Output = Result<String, Failure>>>>;

/// Sends a command that is written. One function for all of them and not one for each: there are two hundred, and a page is small.
pub(crate) fn send(name: &'static str, text: String) -> Sent {
    Box::pin(async move {
        if tauri::present() { tauri::invoke(name, &text).await } else { http::invoke(name, &text).await }
    })
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

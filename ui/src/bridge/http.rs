//! The HTTP bridge: `POST /invoke/<command>` and the event stream `/events`, with a bearer token from the address.
//!
//! The token comes in the fragment, which no server and no log sees; it leaves the address at once and stays in this tab.

use salus_wire::{ErrorCode, Failure};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventSource, Headers, MessageEvent, RequestInit, Response};

const KEY: &str = "salus-token";

/// Moves `#token=...` from the address to this tab's own store.
pub(super) fn take_token() {
    let Some(window) = web_sys::window() else { return };
    let hash = window.location().hash().unwrap_or_default();
    let Some(token) = hash.strip_prefix("#token=") else { return };
    if let Ok(Some(store)) = window.session_storage() {
        let _ = store.set_item(KEY, token);
    }
    if let Ok(history) = window.history() {
        let path = window.location().pathname().unwrap_or_else(|_| "/".into());
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&path));
    }
}

fn token() -> String {
    let store = web_sys::window().and_then(|w| w.session_storage().ok().flatten());
    store.and_then(|s| s.get_item(KEY).ok().flatten()).unwrap_or_default()
}

/// Sends one command.
pub(super) async fn invoke(name: &str, text: &str) -> Result<String, Failure> {
    let offline = |_| Failure::new(ErrorCode::Offline);
    let window = web_sys::window().ok_or(Failure::new(ErrorCode::Internal))?;
    let headers = Headers::new().map_err(offline)?;
    headers.set("authorization", &format!("Bearer {}", token())).map_err(offline)?;
    headers.set("content-type", "application/json").map_err(offline)?;
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_headers(&headers);
    request.set_body(&text.into());
    let sent = window.fetch_with_str_and_init(&format!("/invoke/{name}"), &request);
    let response: Response = JsFuture::from(sent).await.map_err(offline)?.unchecked_into();
    let body = JsFuture::from(response.text().map_err(offline)?).await.map_err(offline)?.as_string();
    if response.ok() { Ok(body.unwrap_or_default()) } else { Err(super::failure_from(body)) }
}

/// Subscribes to the event stream; the browser reconnects by itself.
pub(super) fn listen(on_text: Closure<dyn Fn(String)>) {
    let Ok(source) = EventSource::new(&format!("/events?token={}", token())) else { return };
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            let function: &js_sys::Function = on_text.as_ref().unchecked_ref();
            let _ = function.call1(&JsValue::NULL, &text.into());
        }
    });
    source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // The source lives as long as the page.
    std::mem::forget(source);
}

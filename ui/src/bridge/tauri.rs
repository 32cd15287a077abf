//! The desktop window's channel. `withGlobalTauri` is off, so only the internals that every window has are used.

use js_sys::{Array, ArrayBuffer, JSON, Object, Promise, Reflect, Uint8Array};
use salus_wire::Failure;
use salus_wire::event::CHANNEL;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = invoke)]
    fn raw_invoke(name: &str, arguments: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI_INTERNALS__"], js_name = transformCallback)]
    fn raw_callback(callback: &JsValue, once: bool) -> Result<JsValue, JsValue>;
}

/// True inside the desktop window.
pub(super) fn present() -> bool {
    Reflect::has(&js_sys::global(), &"__TAURI_INTERNALS__".into()).unwrap_or(false)
}

/// Sends one command as `{ "request": ... }`.
pub(super) async fn invoke(name: &str, text: &str) -> Result<String, Failure> {
    let answer = async {
        let arguments = object(&[("request", JSON::parse(text)?)])?;
        JsFuture::from(raw_invoke(name, &arguments)?).await
    };
    match answer.await {
        Ok(value) => octets_of(&value).ok_or_else(|| super::failure_from(None)),
        Err(refusal) => Err(super::failure_from(text_of(&refusal))),
    }
}

/// Subscribes to the application's one event channel.
pub(super) fn listen(on_text: Closure<dyn Fn(String)>) {
    let callback = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let payload = Reflect::get(&event, &"payload".into()).ok().and_then(|p| text_of(&p));
        if let Some(payload) = payload {
            let function: &js_sys::Function = on_text.as_ref().unchecked_ref();
            let _ = function.call1(&JsValue::NULL, &payload.into());
        }
    })
    .into_js_value();
    spawn_local(async move {
        let subscribed = async {
            let handler = raw_callback(&callback, false)?;
            let target = object(&[("kind", "Any".into())])?;
            let arguments = object(&[("event", CHANNEL.into()), ("target", target), ("handler", handler)])?;
            JsFuture::from(raw_invoke("plugin:event|listen", &arguments)?).await
        };
        // Without events the page still works: every screen asks when it is opened.
        let _ = subscribed.await;
    });
}

fn object(entries: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (key, value) in entries {
        Reflect::set(&object, &(*key).into(), value)?;
    }
    Ok(object.into())
}

/// JSON as the application sends it: as octets, which come as numbers where the web view has no way for them.
fn octets_of(value: &JsValue) -> Option<String> {
    if !value.is_instance_of::<ArrayBuffer>() && !Array::is_array(value) {
        return None;
    }
    String::from_utf8(Uint8Array::new(value).to_vec()).ok()
}

fn text_of(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok().and_then(|s| s.as_string())
}

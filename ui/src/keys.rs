//! Keys that work on every screen, and where they would type something instead.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, KeyboardEvent};

/// Hears keys until it is dropped.
pub struct Listening {
    document: Document,
    pressed: Closure<dyn Fn(KeyboardEvent)>,
}

/// Calls `on_key` for every key, wherever the focus is.
pub fn listen(on_key: impl Fn(KeyboardEvent) + 'static) -> Option<Listening> {
    let document = web_sys::window()?.document()?;
    let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(on_key);
    document.add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref()).ok()?;
    Some(Listening { document, pressed })
}

impl Drop for Listening {
    fn drop(&mut self) {
        let callback = self.pressed.as_ref().unchecked_ref();
        let _ = self.document.remove_event_listener_with_callback("keydown", callback);
    }
}

/// Whether something is asked already: one question at a time.
#[must_use]
pub fn is_asked() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.and_then(|d| d.query_selector("dialog[open]").ok().flatten()).is_some()
}

/// Whether a key would type something where the focus is.
#[must_use]
pub fn types(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    target.is_some_and(|element| takes_text(&element))
}

fn takes_text(element: &Element) -> bool {
    let editable = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    let button = element.matches("input[type=radio], input[type=checkbox]").unwrap_or(false);
    editable || (!button && element.matches("input, textarea, select").unwrap_or(false))
}

/// Whether a key is this letter, or the key of this letter on a keyboard of another script.
#[must_use]
pub fn is_letter(letter: char, key: &str, code: &str) -> bool {
    let of_code =
        code.strip_prefix("Key").is_some_and(|of| of.eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4])));
    key.eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4])) || (of_code && !key.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::is_letter;

    #[test]
    fn a_letter_is_found_on_keyboards_of_other_scripts_and_not_elsewhere() {
        assert!(is_letter('n', "n", "KeyN") && is_letter('n', "N", "KeyL") && is_letter('n', "ى", "KeyN"));
        assert!(is_letter('k', "ن", "KeyK"));
        // Dvorak has B on the key of N.
        assert!(
            !is_letter('n', "b", "KeyN") && !is_letter('n', "Enter", "Enter") && !is_letter('n', "ن", "KeyK")
        );
    }
}

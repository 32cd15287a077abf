//! A new passphrase: shown, pasteable, with an estimate of how long it would hold.

use yew::prelude::*;

use super::field_text;
use crate::state::use_shared;
use crate::t;

/// The estimate looks at no more than this; longer passphrases are strong by their length.
const ESTIMATED_CHARS: usize = 64;

/// Properties of [`PassphraseField`].
#[derive(Properties, PartialEq)]
pub struct PassphraseFieldProps {
    /// What it is.
    pub label: String,
    /// The passphrase.
    pub text: String,
    /// The person's name, which must not make it look strong.
    pub name: String,
    /// Called with what is typed.
    pub on_text: Callback<String>,
}

/// A new passphrase.
#[component]
pub fn PassphraseField(props: &PassphraseFieldProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    let hidden = use_state(|| false);
    let oninput = props.on_text.reform(|event: InputEvent| field_text(&event));
    let toggle = {
        let hidden = hidden.clone();
        Callback::from(move |_: Event| hidden.set(!*hidden))
    };
    let strength = strength(&props.text, &props.name);
    let said = match strength {
        None if props.text.is_empty() => t!(w, "strength-empty"),
        None => t!(w, "strength-short"),
        Some(0 | 1) => t!(w, "strength-weak"),
        Some(2) => t!(w, "strength-fair"),
        Some(3) => t!(w, "strength-good"),
        Some(_) => t!(w, "strength-strong"),
    };
    html! {
        <div class="field">
            <label for="passphrase">{ &props.label }</label>
            <input id="passphrase" type={if *hidden { "password" } else { "text" }} autocomplete="new-password" maxlength="1024" required=true dir="auto"
                spellcheck="false" autocapitalize="off" aria-describedby="strength" value={props.text.clone()} {oninput} />
            <meter min="0" max="4" low="2" high="3" optimum="4" value={strength.unwrap_or(0).to_string()} aria-label={t!(w, "strength-label")} />
            <small id="strength" role="status">{ said }</small>
            <label class="choice slim"><input type="checkbox" checked={*hidden} onchange={toggle} /><span>{ t!(w, "passphrase-hide") }</span></label>
        </div>
    }
}

/// 0 to 4, or nothing when it is too short to be accepted.
fn strength(text: &str, name: &str) -> Option<u8> {
    if text.chars().count() < 8 {
        return None;
    }
    let part: String = text.chars().take(ESTIMATED_CHARS).collect();
    Some(u8::from(zxcvbn::zxcvbn(&part, &[name, "salus"]).score()))
}

#[cfg(test)]
mod tests {
    use super::strength;

    #[test]
    fn short_is_nothing_common_is_weak_and_four_odd_words_are_strong() {
        assert_eq!(strength("short", ""), None);
        assert_eq!(strength("password1", ""), Some(0));
        assert_eq!(strength("lantern otter velvet ninth", ""), Some(4));
        assert!(strength(&"x".repeat(5_000), "").is_some());
    }
}

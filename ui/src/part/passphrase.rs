//! A new passphrase: shown, pasteable, with an estimate of how long it would hold.

use salus_wire::command::RatePassphrase;
use yew::prelude::*;

use super::field_text;
use crate::state::{use_ask, use_shared};
use crate::t;

/// Shorter ones are not accepted, and not rated.
const SHORTEST_CHARS: usize = 8;
/// As long as a name may be; of one that is still being typed the rest is left out.
const LONGEST_NAME: usize = 80;

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
    let rated = use_ask(asked(&props.text, &props.name), 0);
    let long_enough = props.text.chars().count() >= SHORTEST_CHARS;
    // What was said last stands until there is an answer, which takes no longer than a key.
    let strength = rated.answer.filter(|_| long_enough).map(|rated| *rated);
    let said = match strength {
        None if props.text.is_empty() => t!(w, "strength-empty"),
        None if long_enough => String::new(),
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

/// What the application is asked, of what is long enough.
fn asked(text: &str, name: &str) -> Option<RatePassphrase> {
    let rated = text.chars().count() >= SHORTEST_CHARS;
    let name = || name.chars().take(LONGEST_NAME).collect();
    rated.then(|| RatePassphrase { passphrase: text.to_owned(), name: name() })
}

#[cfg(test)]
mod tests {
    use super::asked;

    #[test]
    fn what_is_too_short_is_not_asked_about() {
        assert_eq!(asked("shorter", "Maria"), None);
        assert_eq!(asked("longer it is", "Maria").map(|asked| asked.passphrase), Some("longer it is".into()));
    }
}

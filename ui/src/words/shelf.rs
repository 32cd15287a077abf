//! The texts of the languages that the page has by now. None is in its program, which every start unpacks and compiles: each is a file
//! beside it, and the page fetches those that it speaks. A program that is no page, such as a test, has all of them.
//!
//! ```text
//! loader.js  asks for the text of one language beside the program, and leaves it at `GIVEN`
//! begin      takes that, or what else can be had, before the first word
//! load       any other one, when somebody chooses it
//! ```

use std::cell::RefCell;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::book::messages;
#[cfg(not(target_arch = "wasm32"))]
use super::language::ARABIC;
use super::language::{ENGLISH, LANGUAGES, Language};

/// Where the loader leaves what it asked for: `{ tag, text }`, the text as a promise.
const GIVEN: &str = "salusWords";
/// Where this computer keeps which language was shown last, so that the loader asks for that one.
const KEPT: &str = "salus-language";
/// A message that every text has, and nothing else that a server may answer with, such as its page for addresses it does not know.
const SURE: &str = "app-starting";

#[cfg(target_arch = "wasm32")]
const INSIDE: &[(Language, &str)] = &[];
#[cfg(not(target_arch = "wasm32"))]
const INSIDE: &[(Language, &str)] =
    &[(ENGLISH, include_str!("../../words/en.ftl")), (ARABIC, include_str!("../../words/ar.ftl"))];

thread_local! {
    static SHELF: RefCell<Vec<(Language, &'static str)>> = RefCell::new(INSIDE.to_vec());
}

impl Language {
    /// The fluent source, once the page has it.
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        SHELF.with_borrow(|shelf| shelf.iter().find(|(of, _)| of == self).map(|(_, text)| *text))
    }
}

/// The language whose text came first.
pub(super) fn first() -> Option<Language> {
    SHELF.with_borrow(|shelf| shelf.first().map(|(language, _)| *language))
}

/// Puts a text where it is found. False when it is none.
fn put(language: Language, text: String) -> bool {
    if !messages(&text).any(|(name, _)| name == SURE) {
        return false;
    }
    SHELF.with_borrow_mut(|shelf| {
        // Asked for twice at once, it comes twice.
        if !shelf.iter().any(|(of, _)| *of == language) {
            // Words are said for as long as the page lives: once for each language, never given back.
            let text: &'static str = Box::leak(text.into_boxed_str());
            shelf.push((language, text));
        }
    });
    true
}

/// Brings the first words of the page: of the language that its loader asked for, or else of any other. False when there are none.
pub async fn begin() -> bool {
    let asked = given().and_then(|given| tag_of(&given)).map_or(ENGLISH, |tag| Language::of(&tag));
    if load(asked).await {
        return true;
    }
    for other in LANGUAGES.iter().filter(|language| **language != asked) {
        if load(*other).await {
            return true;
        }
    }
    false
}

/// Brings the words of a language, where they are not there yet. False when they cannot be had.
pub async fn load(language: Language) -> bool {
    if language.source().is_some() {
        return true;
    }
    if let Some(text) = taken(language).await
        && put(language, text)
    {
        return true;
    }
    let fetched = fetched(language).await;
    fetched.is_some_and(|text| put(language, text))
}

/// Remembers on this computer that this language was shown, for the next start.
pub fn keep(language: Language) {
    if let Some(store) = web_sys::window().and_then(|w| w.local_storage().ok().flatten()) {
        // Without it the page begins in the web view's language, and goes on in the one that was chosen.
        let _ = store.set_item(KEPT, language.tag);
    }
}

/// What the loader left, and nobody took yet.
fn given() -> Option<JsValue> {
    Reflect::get(&js_sys::global(), &GIVEN.into()).ok().filter(JsValue::is_object)
}

fn tag_of(given: &JsValue) -> Option<String> {
    Reflect::get(given, &"tag".into()).ok()?.as_string()
}

/// The text that the loader asked for, if it is of this language. Whoever takes it, takes it away.
async fn taken(language: Language) -> Option<String> {
    let given = given().filter(|given| tag_of(given).as_deref() == Some(language.tag))?;
    let _ = Reflect::set(&js_sys::global(), &GIVEN.into(), &JsValue::UNDEFINED);
    let text: Promise = Reflect::get(&given, &"text".into()).ok()?.dyn_into().ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

/// The file of a language. What came instead of it shows in what it says: not every scheme of a web view has a status.
async fn fetched(language: Language) -> Option<String> {
    let window = web_sys::window()?;
    let asked = window.fetch_with_str(&format!("/words/{}.ftl", language.tag));
    let response: Response = JsFuture::from(asked).await.ok()?.unchecked_into();
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_put_on_the_shelf_and_each_language_once() {
        SHELF.set(Vec::new());
        assert_eq!(first(), None);
        for none in ["", "<!doctype html>\n<title>Salus</title>\n", "# app-starting = \n", "other = x\n"] {
            assert!(!put(ARABIC, none.to_owned()), "{none}");
        }
        for (language, inside) in INSIDE.iter().rev() {
            assert_eq!(language.source(), None);
            assert!(put(*language, (*inside).to_owned()), "{}", language.tag);
            assert!(put(*language, format!("{SURE} = again\n")), "it is there already");
            assert_eq!(language.source(), Some(*inside));
        }
        assert_eq!(first(), Some(ARABIC), "it came first");
    }

    /// The loader is no Rust: what both have to name is compared.
    #[test]
    fn the_loader_asks_for_what_the_page_looks_for() {
        let loader = include_str!("../../loader.js");
        assert!(loader.contains(&format!("globalThis.{GIVEN} = {{ tag, text:")));
        assert!(loader.contains(&format!("localStorage.getItem(\"{KEPT}\")")));
        let tags: Vec<String> = LANGUAGES.iter().map(|language| format!("\"{}\"", language.tag)).collect();
        assert!(loader.contains(&format!("[{}]", tags.join(", "))));
        assert!(loader.contains("`./words/${tag}.ftl`"));
        let pages = [include_str!("../../index.html"), include_str!("../../design/index.html")];
        for (page, folder) in pages.into_iter().zip(["words", "../words"]) {
            assert!(page.contains(&format!("rel=\"copy-dir\" href=\"{folder}\"")), "{folder}");
        }
    }
}

//! The document's title says which screen it is: a screen reader reads it first, and a list of windows shows it.

use wasm_bindgen::prelude::*;
use web_sys::{Document, MutationObserver, MutationObserverInit};

/// After the screen's heading.
const NAME: &str = "Salus";

/// Keeps the title after the heading, whichever screen draws it and whenever its words come, for as long as the page lives.
pub(crate) fn follow() {
    let Some(document) = web_sys::window().and_then(|w| w.document()) else { return };
    let Some(body) = document.body() else { return };
    let changed = Closure::<dyn Fn()>::new(move || name(&document));
    let init = MutationObserverInit::new();
    init.set_child_list(true);
    init.set_character_data(true);
    init.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) {
        // Without it the title stays the application's name.
        let _ = observer.observe_with_options(&body, &init);
    }
    changed.forget();
}

fn name(document: &Document) {
    let head = document.query_selector("h1").ok().flatten().and_then(|h1| h1.text_content());
    let title = title(head.as_deref().unwrap_or_default());
    // Setting it is a change too, elsewhere in the document; the same again would be one for nothing.
    if document.title() != title {
        document.set_title(&title);
    }
}

/// "Devices · Salus". Marks that keep names apart from the direction of the text around them have no place in a title.
fn title(head: &str) -> String {
    let plain: String = head.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
    match plain.trim() {
        "" => NAME.to_owned(),
        head => format!("{head} · {NAME}"),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn the_heading_comes_first_and_without_one_the_name_stands_alone() {
        assert_eq!(title("Devices"), "Devices · Salus");
        assert_eq!(title(" \u{2068}Maria Example\u{2069}\n"), "Maria Example · Salus");
        assert_eq!(title(""), "Salus");
    }
}

//! Whether the page speaks the language that was chosen: its words may still have to be fetched.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::{Change, Context, Shared};
use crate::words::{Language, Words, load};

/// Whether the page speaks the language that was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wording {
    /// No screen was shown yet: the first one waits for its words.
    #[default]
    Awaited,
    /// It does, or will in a moment: what is on the screen keeps its words until then.
    Spoken,
    /// The words cannot be had.
    Missing,
}

impl Shared {
    /// The language that was chosen.
    #[must_use]
    pub fn chosen(&self) -> Language {
        Language::of(&self.settings.locale)
    }

    /// True while the words are of another language than the chosen one.
    #[must_use]
    pub fn lacks_words(&self) -> bool {
        self.words.language != self.chosen()
    }

    /// Speaks the chosen language, where its words are there.
    pub(super) fn take_words(&mut self) {
        if self.lacks_words()
            && let Some(words) = Words::read(self.chosen())
        {
            self.words = words;
        }
    }

    /// The words of a language are there, or cannot be had. Meanwhile another one may have been chosen.
    pub(super) fn came(&mut self, language: Language) {
        self.take_words();
        if language == self.chosen() && self.lacks_words() {
            self.wording = Wording::Missing;
        }
    }
}

/// Fetches the words of the language that was chosen, where the page has others. What it gives back tries again.
#[hook]
pub fn use_words(shared: Context) -> Callback<()> {
    let chosen = shared.chosen();
    let again = {
        let shared = shared.clone();
        Callback::from(move |()| {
            shared.dispatch(Change::WordsAgain);
            fetch(shared.clone(), chosen);
        })
    };
    use_effect_with(chosen, move |chosen| {
        if shared.lacks_words() {
            fetch(shared, *chosen);
        }
    });
    again
}

fn fetch(shared: Context, language: Language) {
    spawn_local(async move {
        // Whether they came is seen when they are looked for.
        load(language).await;
        shared.dispatch(Change::Words(language));
    });
}

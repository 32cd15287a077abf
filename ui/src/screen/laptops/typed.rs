//! What was understood of another laptop's code while it is typed.

use salus_wire::words::{COUNT, Heard, heard, is_drawn, near};
use yew::prelude::*;

use crate::part::{Icon, WordList, icon};
use crate::state::use_shared;
use crate::t;
use crate::words::Words;

/// Most letters of an unknown word that are repeated.
const MOST_SAID: usize = 24;

#[derive(Properties, PartialEq)]
pub(super) struct UnderstoodProps {
    /// What stands in the field.
    pub(super) text: String,
}

/// The words that were understood, written out, and what is still to do or does not fit.
#[component]
pub(super) fn Understood(props: &UnderstoodProps) -> Html {
    let shared = use_shared();
    let w = &shared.words;
    // What a picture holds is no words: it is looked at when it is read.
    let heard = if is_drawn(&props.text) { Vec::new() } else { heard(&props.text) };
    let wrong = unknown(&heard).map(|(at, _)| at);
    let words: Vec<String> = heard.iter().take(COUNT).filter_map(shown).collect();
    let caution = wrong.is_some() || heard.len() > COUNT;
    html! {
        <>
            if !words.is_empty() { <WordList id="laptop-heard" label={t!(w, "laptops-heard")} {words} {wrong} /> }
            <p role="status" id="laptop-heard-said" class={classes!("told", caution.then_some("caution"))}>if caution { { icon(Icon::Warning) } }{ said(w, &heard) }</p>
        </>
    }
}

/// The first of them that is no word, counted from 0.
fn unknown<'a>(heard: &[Heard<'a>]) -> Option<(usize, &'a str)> {
    heard.iter().take(COUNT).enumerate().find_map(|(at, one)| match one {
        Heard::Unknown(typed) => Some((at, *typed)),
        Heard::Word(_) | Heard::Begun(_) => None,
    })
}

fn shown(one: &Heard<'_>) -> Option<String> {
    match one {
        Heard::Word(word) => Some((*word).to_owned()),
        Heard::Unknown(typed) => Some(typed.chars().take(MOST_SAID).collect()),
        Heard::Begun(_) => None,
    }
}

fn said(w: &Words, heard: &[Heard<'_>]) -> String {
    if let Some((at, typed)) = unknown(heard) {
        let (n, word) = (at + 1, typed.chars().take(MOST_SAID).collect::<String>());
        return match near(typed) {
            Some(meant) => t!(w, "laptops-heard-meant", n = n, word = word, meant = meant),
            None => t!(w, "laptops-heard-unknown", n = n, word = word),
        };
    }
    let there = heard.iter().filter(|one| matches!(one, Heard::Word(_))).count();
    match there {
        _ if heard.len() > COUNT => t!(w, "laptops-heard-more"),
        COUNT => t!(w, "laptops-heard-all"),
        0 => String::new(),
        _ => t!(w, "laptops-heard-some", n = there),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";

    fn says(text: &str) -> String {
        said(&Words::of("en"), &heard(text)).replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn what_was_understood_is_said_word_by_word() {
        assert_eq!(says(""), "");
        assert_eq!(says("let"), "");
        assert_eq!(says("1. LETT, advi"), "2 of 12 words.");
        assert_eq!(says(CODE), "All twelve words are there.");
        assert_eq!(says(&format!("{CODE} zoo")), "There are more than twelve words.");
    }

    #[test]
    fn a_word_that_is_none_is_named_with_its_number_and_what_was_perhaps_meant() {
        assert_eq!(
            says(&CODE.replace("cage", "cege")),
            "Word 3, “cege”, is not in the list of words. Did you mean “cage”?"
        );
        let none = "Word 1, “qqqq”, is not in the list of words. Compare it with the other screen.";
        assert_eq!(says(&format!("qqqq {CODE}")), none);
        let words: Vec<String> = heard("lett qqqq adv").iter().filter_map(shown).collect();
        assert_eq!(words, ["letter", "qqqq"]);
    }
}

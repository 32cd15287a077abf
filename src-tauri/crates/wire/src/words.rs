//! A code as words that people read to each other and type: twelve of a list of 2048.
//!
//! Here are the list and the reading of what somebody typed, so that a page says by the same rules as the application which words were
//! understood. What the words stand for, and their checksum, is the application's.
//!
//! Reading is forgiving: case does not matter; numbers in front of words and whatever is no letter separate; four letters of a word
//! are enough, because no two words begin with the same four. Whoever mistypes is told which word it is, and which was perhaps meant.
//!
//! # Source
//! BIP-0039 (github.com/bitcoin/bips, bip-0039.mediawiki); the list is `words/english.txt`, which `words/README.md` tells of.

mod near;

use core::fmt;

pub use near::near;

/// The list: a word a line, in order.
pub const LIST: &str = include_str!("../words/english.txt");
/// Words of a code.
pub const COUNT: usize = 12;
/// So many letters tell a word from every other.
const ENOUGH: usize = 4;
/// Most letters of an unknown word that are told.
const MOST_TOLD: usize = 24;

/// Why words are no code. Counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsError {
    /// A word is not in the list.
    Unknown {
        /// Which one.
        number: usize,
        /// As it was typed, its first letters.
        word: String,
        /// The one that was perhaps meant.
        meant: Option<&'static str>,
    },
    /// There are fewer words than [`COUNT`], or more.
    Count {
        /// So many there are.
        have: usize,
    },
    /// Every word is in the list, and one is wrong all the same, or two are out of order.
    Checksum,
}

impl fmt::Display for WordsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { number, word, meant: None } => {
                write!(f, "word {number}, {word:?}, is not in the list")
            }
            Self::Unknown { number, word, meant: Some(meant) } => {
                write!(f, "word {number}, {word:?}, is not in the list; perhaps {meant:?} was meant")
            }
            Self::Count { have } => write!(f, "{have} words, and {COUNT} are needed"),
            Self::Checksum => f.write_str("a word is wrong, or they are out of order"),
        }
    }
}

impl core::error::Error for WordsError {}

/// One word of what somebody types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// This one of the list.
    Word(&'static str),
    /// The last one, which can become a word of the list as it is typed on.
    Begun(&'a str),
    /// None of the list.
    Unknown(&'a str),
}

/// What was understood so far, word by word; of more than [`COUNT`] the first one too many, and no further.
#[must_use]
pub fn heard(text: &str) -> Vec<Heard<'_>> {
    let all: Vec<&str> = typed(text).collect();
    let (last, goes_on) = (all.len(), text.ends_with(char::is_alphanumeric));
    let mut heard = Vec::new();
    for (number, one) in (1..).zip(all).take(COUNT + 1) {
        heard.push(match place(one).and_then(at) {
            Some(word) => Heard::Word(word),
            None if goes_on && number == last && begins(one) => Heard::Begun(one),
            None => Heard::Unknown(one),
        });
    }
    heard
}

/// The places in the list of the words that were typed, from 0. Their checksum is not looked at.
///
/// # Errors
/// [`WordsError::Unknown`] of the first such word, or else [`WordsError::Count`].
pub fn read(text: &str) -> Result<[u16; COUNT], WordsError> {
    let all: Vec<&str> = typed(text).collect();
    let mut places = [0; COUNT];
    for (number, (found, one)) in (1..).zip(places.iter_mut().zip(&all)) {
        let unknown =
            || WordsError::Unknown { number, word: one.chars().take(MOST_TOLD).collect(), meant: near(one) };
        *found = place(one).ok_or_else(unknown)?;
    }
    if all.len() == COUNT { Ok(places) } else { Err(WordsError::Count { have: all.len() }) }
}

/// The words at these places of the list, which has 2048, as they are shown.
#[must_use]
pub fn written(places: &[u16; COUNT]) -> String {
    let words: Vec<&str> = places.iter().filter_map(|place| at(*place)).collect();
    words.join(" ")
}

/// Whether a text is a code as a picture holds it, in place of words: it begins with a mark whose third sign is a digit, which no word has.
#[must_use]
pub fn is_drawn(text: &str) -> bool {
    // U+FEFF: some editors put a byte order mark in front of a saved text.
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    matches!(text.as_bytes(), [b'S' | b's', second, b'1', ..] if second.is_ascii_alphabetic())
}

/// What was typed, without separators and without the numbers that count words.
fn typed(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.map(|part| part.trim_start_matches(char::is_numeric)).filter(|part| !part.is_empty())
}

/// Where in the list a word is that was typed whole, or so far that it can be no other.
fn place(typed: &str) -> Option<u16> {
    let typed = typed.to_lowercase();
    let is_it = |word: &str| word == typed || (typed.len() >= ENOUGH && word.starts_with(&typed));
    LIST.lines().position(is_it).and_then(|place| u16::try_from(place).ok())
}

fn begins(typed: &str) -> bool {
    let typed = typed.to_lowercase();
    LIST.lines().any(|word| word.starts_with(&typed))
}

fn at(place: u16) -> Option<&'static str> {
    LIST.lines().nth(usize::from(place))
}

#[cfg(test)]
mod tests;

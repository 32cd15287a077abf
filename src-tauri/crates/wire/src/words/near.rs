//! Which word was perhaps meant.

use super::{ENOUGH, LIST};

/// The word of the list that was perhaps meant by one that is not in it: the one with the same first four letters; or the only one with
/// a letter more, less or another, or with two that changed places; or the only one that begins like it. `None` where nothing is near, or
/// several are.
#[must_use]
pub fn near(typed: &str) -> Option<&'static str> {
    let typed = typed.to_lowercase();
    let letters: Vec<char> = typed.chars().collect();
    let alike = |word: &&str| typed.get(..ENOUGH).is_some_and(|head| word.starts_with(head));
    // Of two letters, one is half of what was typed.
    let close = |word: &&str| letters.len() > 2 && is_close(&letters, &word.chars().collect::<Vec<_>>());
    let begun = |word: &&str| word.starts_with(&typed);
    only(alike).or_else(|| only(close)).or_else(|| only(begun))
}

/// The word that this holds for, where it is one.
fn only(holds: impl FnMut(&&'static str) -> bool) -> Option<&'static str> {
    let mut found = LIST.lines().filter(holds);
    match (found.next(), found.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

/// Whether one letter more, less or another, or two neighbours the other way round, make the one of the other.
fn is_close(one: &[char], other: &[char]) -> bool {
    let begin = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[begin..], &other[begin..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

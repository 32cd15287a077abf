//! The language in which the application speaks outside the page: what a person confirms, and what the desktop tells them.
//!
//! Whole sentences are functions of this crate, one for each language, so that the compiler holds what they say together with what is
//! done: a sentence that is confirmed is no place for a text that could not be found.

use std::path::Path;

use crate::{App, settings};

/// A language that the application speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// English, also for who chose a language that there is none for.
    English,
    /// Arabic.
    Arabic,
}

impl Tongue {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Arabic];

    /// The language of a BCP 47 tag or of a locale of POSIX, by its first part, as the page takes it.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ar") { Self::Arabic } else { Self::English }
    }

    /// The language that was chosen in this directory of records; `None` when nobody chose one, or it cannot be read.
    #[must_use]
    pub fn chosen(data_dir: &Path) -> Option<Self> {
        let file = data_dir.join(settings::FILE);
        file.is_file().then(|| Self::of(&settings::load(&file).locale))
    }
}

impl App {
    /// As the person chose for the page.
    pub(crate) fn tongue(&self) -> Tongue {
        Tongue::of(&self.settings().locale)
    }
}

/// A name in a sentence of another direction: kept apart from it, as fluent does on the page.
pub(crate) fn apart(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// A number with what is counted, as Arabic counts: one, two, 3 to 10, 11 to 99, and hundreds.
///
/// # Source
/// Unicode CLDR, plural rules of Arabic.
pub(crate) fn counted(n: u64, [one, two, few, many, other]: [&str; 5]) -> String {
    match (n, n % 100) {
        (1, _) => one.to_owned(),
        (2, _) => two.to_owned(),
        (_, 3..=10) => format!("{n} {few}"),
        (_, 11..=99) => format!("{n} {many}"),
        _ => format!("{n} {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_first_part() {
        for arabic in ["ar", "ar-EG", "AR_eg.UTF-8", "ar@latin"] {
            assert_eq!(Tongue::of(arabic), Tongue::Arabic, "{arabic}");
        }
        for english in ["en", "", "C", "arn", "fr-AR"] {
            assert_eq!(Tongue::of(english), Tongue::English, "{english}");
        }
    }

    #[test]
    fn arabic_counts_in_five_ways() {
        let said = |n| counted(n, ["يوم واحد", "يومان", "أيام", "يومًا", "يوم"]);
        let each = [(1, "يوم واحد"), (2, "يومان"), (3, "3 أيام"), (10, "10 أيام"), (11, "11 يومًا")];
        for (n, words) in
            each.into_iter().chain([(99, "99 يومًا"), (100, "100 يوم"), (102, "102 يوم"), (103, "103 أيام")])
        {
            assert_eq!(said(n), words);
        }
    }
}

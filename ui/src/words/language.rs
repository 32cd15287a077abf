//! The languages that have words, and what is known of each without them.

/// A language with complete words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag, and the name of its file.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// True when it reads from right to left.
    pub rtl: bool,
    /// The tag for the browser's date formats; Western digits, as on the devices.
    pub dates: &'static str,
}

/// The fallback.
pub const ENGLISH: Language = Language { tag: "en", name: "English", rtl: false, dates: "en-GB" };
/// Written from right to left.
pub const ARABIC: Language = Language { tag: "ar", name: "العربية", rtl: true, dates: "ar-u-nu-latn" };

/// Every language, the fallback first.
pub const LANGUAGES: &[Language] = &[ENGLISH, ARABIC];

impl Language {
    /// The language of a BCP 47 tag, by its first part; English when there is none.
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        LANGUAGES.iter().copied().find(|l| l.tag == primary).unwrap_or(ENGLISH)
    }

    /// The direction of its lines, as documents name it.
    #[must_use]
    pub const fn dir(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }
}

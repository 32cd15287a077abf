//! Text that FHIR takes, on one line: never empty, no control characters; and the human-readable part of a resource.

use serde::Serialize;

/// A text of one line that is not empty and holds no control character, without blanks at its ends.
///
/// # Source
/// FHIR R4, data type `string`, which may also have tabs and line breaks; some readers of it may not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text without what may not be in it, a blank for a line break; `None` when nothing is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let blank = |c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
        let kept: String = text.chars().map(blank).filter(|c| is_allowed(*c)).collect();
        let kept = kept.trim();
        (!kept.is_empty()).then(|| Self(kept.to_owned()))
    }

    /// A text of this program; one that is empty is a dash, so that a mistake of ours stays visible and valid.
    pub(crate) fn of(text: &str) -> Self {
        Self::new(text).unwrap_or_else(|| Self("-".to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(c: char) -> bool {
    // U+FFFE and U+FFFF are in no XML, and a narrative is XML.
    !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

/// What a person reads of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Narrative {
    status: NarrativeStatus,
    div: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum NarrativeStatus {
    /// It says more than the structured part.
    Additional,
}

impl Narrative {
    /// Paragraphs, which may say more than the structured part does.
    pub(super) fn additional<'a>(paragraphs: impl IntoIterator<Item = &'a Text>) -> Self {
        let mut div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">".to_owned();
        for paragraph in paragraphs {
            div.push_str("<p>");
            paragraph.as_str().chars().for_each(|c| push_escaped(&mut div, c));
            div.push_str("</p>");
        }
        div.push_str("</div>");
        Self { status: NarrativeStatus::Additional, div }
    }
}

fn push_escaped(out: &mut String, c: char) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_text_loses_what_fhir_may_not_hold_and_an_empty_one_is_none() {
        for (outside, kept) in [
            ("a cuff", Some("a cuff")),
            (" a\u{0}\u{7f}b\u{85} ", Some("ab")),
            ("two\nlines", Some("two lines")),
            ("", None),
            (" \n\u{1b}\u{FFFE}", None),
        ] {
            assert_eq!(Text::new(outside).as_ref().map(Text::as_str), kept, "{outside:?}");
        }
    }

    #[test]
    fn a_narrative_is_no_markup_of_others() {
        let text = Text::of("<script>\"a\" & b</script>");
        let div = Narrative::additional([&text]).div;
        let inside = "<p>&lt;script&gt;&quot;a&quot; &amp; b&lt;/script&gt;</p>";
        assert_eq!(div, format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{inside}</div>"));
    }
}

//! The words of one language, each parsed when it is first said: a page begins with a few dozen of two thousand, and web views begin by
//! interpreting what they will compile later.

use std::collections::HashMap;

use fluent_bundle::{FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

/// A language's source, as far as it is parsed, and what is not.
pub(super) struct Book {
    unread: HashMap<&'static str, &'static str>,
    read: FluentBundle<FluentResource>,
}

impl Book {
    pub(super) fn new(id: LanguageIdentifier, source: &'static str) -> Self {
        Self { unread: messages(source).collect(), read: FluentBundle::new(vec![id]) }
    }

    /// The bundle with this message in it, where there is one of that name. No message names another one; a test sees to it.
    pub(super) fn with(&mut self, key: &str) -> &FluentBundle<FluentResource> {
        if let Some(message) = self.unread.remove(key) {
            // A test parses every file without errors; what can be read is used either way.
            let resource = FluentResource::try_new(message.to_owned()).unwrap_or_else(|(partial, _)| partial);
            let _ = self.read.add_resource(resource);
        }
        &self.read
    }
}

/// Each message of a source with its name: from a line that begins with a letter to the next one, or to a comment.
pub(super) fn messages(source: &str) -> impl Iterator<Item = (&str, &str)> {
    let begins = |line: &str| line.starts_with(|c: char| c.is_ascii_alphabetic());
    let mut rest = source;
    std::iter::from_fn(move || {
        loop {
            let line = rest.split_inclusive('\n').next()?;
            let mut length = line.len();
            let message = rest;
            rest = rest.get(length..)?;
            if !begins(line) {
                continue;
            }
            while let Some(more) = rest.split_inclusive('\n').next() {
                if begins(more) || more.starts_with('#') {
                    break;
                }
                length += more.len();
                rest = rest.get(more.len()..)?;
            }
            let name = line.split([' ', '=']).next()?;
            return Some((name, message.get(..length)?));
        }
    })
}

#[cfg(test)]
mod tests {
    use fluent_syntax::ast::Entry;

    use super::*;
    use crate::words::LANGUAGES;

    #[test]
    fn every_message_is_what_it_is_in_the_whole_file() {
        let said = |text: &str| {
            let resource = FluentResource::try_new(text.to_owned()).unwrap();
            let message = |entry: &Entry<&str>| match entry {
                Entry::Message(m) => Some(format!("{:?} {:?} {:?}", m.id, m.value, m.attributes)),
                _ => None,
            };
            resource.entries().filter_map(message).collect::<Vec<_>>()
        };
        for language in LANGUAGES {
            let source = language.source().unwrap();
            let whole = said(source);
            let parts: Vec<_> = messages(source).flat_map(|(_, text)| said(text)).collect();
            assert!(whole.len() > 1_000);
            assert_eq!(whole, parts, "{}", language.tag);
            for name in ["MessageReference", "TermReference"] {
                assert!(!whole.iter().any(|entry| entry.contains(name)), "{name}");
            }
        }
    }

    #[test]
    fn a_message_ends_where_the_next_one_begins_or_a_comment() {
        let source = "# Head\n\none = 1\n    .more = 2\ntwo = { $n ->\n    [one] a\n   *[other] b\n}\n\n## Part\nthree=3";
        let all: Vec<_> = messages(source).collect();
        let two = "two = { $n ->\n    [one] a\n   *[other] b\n}\n\n";
        assert_eq!(all, [("one", "one = 1\n    .more = 2\n"), ("two", two), ("three", "three=3")]);
        assert_eq!(messages("").count() + messages("# only\n").count(), 0);
    }
}

//! What a contract's text may look like, checked in one pass before Cedar's parser sees it.
//!
//! The engine's parser, validator and evaluator recurse over what they read. These bounds keep the depth of that recursion, and
//! the work, below a limit that no caller's stack decides.

use super::ContractFault;

/// Octets of a contract at most.
pub const MAX_CONTRACT: usize = 2048;
/// Brackets within brackets at most.
pub const MAX_DEPTH: usize = 16;
/// Tokens at most: words, strings, and each other sign by itself.
pub const MAX_TOKENS: usize = 512;
/// Policies in a contract at most; each ends with a semicolon.
pub const MAX_POLICIES: usize = 8;

/// Checks every bound.
///
/// Templates, annotations and comments are refused by their sign. Comments also because a text on the chain can be read by
/// everybody and never goes away: free words do not belong there. Cedar has no division, so `/` has no other use.
pub(super) fn within(text: &str) -> Result<(), ContractFault> {
    if text.len() > MAX_CONTRACT {
        return Err(ContractFault::TooLong(text.len()));
    }
    let (mut tokens, mut depth, mut policies) = (0, 0usize, 0);
    let mut in_word = false;
    let mut octets = text.bytes().enumerate();
    while let Some((at, octet)) = octets.next() {
        let word = octet.is_ascii_alphanumeric() || octet == b'_';
        let goes_on = matches!(octet, b' ' | b'\n' | b'\t') || (word && in_word);
        in_word = word;
        tokens += usize::from(!goes_on);
        if tokens > MAX_TOKENS {
            return Err(ContractFault::TooManyTokens);
        }
        match octet {
            b'"' => string(&mut octets)?,
            b'(' | b'[' | b'{' if depth == MAX_DEPTH => return Err(ContractFault::TooDeep),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.checked_sub(1).ok_or(ContractFault::Brackets)?,
            b';' => policies += 1,
            b'?' => return Err(ContractFault::Template),
            b'@' => return Err(ContractFault::Annotation),
            b'/' => return Err(ContractFault::Comment),
            _ if !readable(octet) => return Err(ContractFault::Character { at }),
            _ => {}
        }
    }
    if depth != 0 {
        return Err(ContractFault::Brackets);
    }
    if (1..=MAX_POLICIES).contains(&policies) { Ok(()) } else { Err(ContractFault::Policies(policies)) }
}

// Printable ASCII, newline and tab.
fn readable(octet: u8) -> bool {
    matches!(octet, b' '..=b'~' | b'\n' | b'\t')
}

/// Reads to the end of a string literal: `"(\\.|[^"\\])*"` in Cedar's grammar.
fn string(octets: &mut impl Iterator<Item = (usize, u8)>) -> Result<(), ContractFault> {
    let mut escaped = false;
    for (at, octet) in octets {
        match octet {
            _ if !readable(octet) => return Err(ContractFault::Character { at }),
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Ok(()),
            _ => {}
        }
    }
    Err(ContractFault::Quotes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(text: &str) -> String {
        format!("permit (principal, action, resource) when {{ {text} }};")
    }

    #[test]
    fn the_length_is_bounded() {
        let of = |length: usize| format!("{};", " ".repeat(length - 1));
        assert_eq!(within(&of(MAX_CONTRACT)), Ok(()));
        assert_eq!(within(&of(MAX_CONTRACT + 1)), Err(ContractFault::TooLong(MAX_CONTRACT + 1)));
    }

    #[test]
    fn brackets_are_bounded_and_balanced() {
        let of = |open: &str, close: &str, n| format!("{}{};", open.repeat(n), close.repeat(n));
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
            assert_eq!(within(&of(open, close, MAX_DEPTH)), Ok(()));
            assert_eq!(within(&of(open, close, MAX_DEPTH + 1)), Err(ContractFault::TooDeep));
        }
        assert_eq!(within("();)"), Err(ContractFault::Brackets));
        assert_eq!(within("(();"), Err(ContractFault::Brackets));
        // Brackets inside a string are no brackets, and a string cannot hide any.
        assert_eq!(within(&condition(&format!("\"{}\" == \"a\"", "(".repeat(50)))), Ok(()));
        assert_eq!(within(&format!("\"\\\"\"{};", "(".repeat(17))), Err(ContractFault::TooDeep));
    }

    #[test]
    fn tokens_are_bounded() {
        let of = |n: usize| format!("{};", "a ".repeat(n - 1));
        assert_eq!(within(&of(MAX_TOKENS)), Ok(()));
        assert_eq!(within(&of(MAX_TOKENS + 1)), Err(ContractFault::TooManyTokens));
        // A word is one token, a string is one, and every other sign is one.
        let signs = |n: usize| format!("{};", "&".repeat(n - 1));
        assert_eq!(within(&signs(MAX_TOKENS)), Ok(()));
        assert_eq!(within(&signs(MAX_TOKENS + 1)), Err(ContractFault::TooManyTokens));
        let strings = |n: usize| format!("{};", "\"\"".repeat(n - 1));
        assert_eq!(within(&strings(MAX_TOKENS + 1)), Err(ContractFault::TooManyTokens));
        assert_eq!(within(&format!("{};", "a".repeat(2000))), Ok(()));
    }

    #[test]
    fn one_to_eight_policies() {
        let of = |n: usize| "permit (principal, action, resource);".repeat(n);
        assert_eq!(within(""), Err(ContractFault::Policies(0)));
        assert_eq!(within(&of(MAX_POLICIES)), Ok(()));
        assert_eq!(within(&of(MAX_POLICIES + 1)), Err(ContractFault::Policies(MAX_POLICIES + 1)));
        assert_eq!(within(&condition("\";;;;;;;;;;\" == \"a\"")), Ok(()));
    }

    #[test]
    fn templates_annotations_and_comments_are_refused() {
        assert_eq!(
            within("permit (principal == ?principal, action, resource);"),
            Err(ContractFault::Template)
        );
        assert_eq!(
            within("@id(\"a\") permit (principal, action, resource);"),
            Err(ContractFault::Annotation)
        );
        assert_eq!(within("// a name\npermit (principal, action, resource);"), Err(ContractFault::Comment));
        assert_eq!(within(&condition("\"?@//\" == \"a\"")), Ok(()));
    }

    #[test]
    fn only_printable_ascii_newline_and_tab() {
        assert_eq!(within("\n\t ;"), Ok(()));
        for bad in ["\r;", "\0;", "\u{7f};", "é;"] {
            assert_eq!(within(bad), Err(ContractFault::Character { at: 0 }), "{bad:?}");
        }
        for bad in ["\"\r\";", "\"é\";", "\"\\\u{7f}\";"] {
            assert!(matches!(within(bad), Err(ContractFault::Character { .. })), "{bad:?}");
        }
        assert_eq!(within("\"open;"), Err(ContractFault::Quotes));
        assert_eq!(within("\"open\\\";"), Err(ContractFault::Quotes));
    }
}

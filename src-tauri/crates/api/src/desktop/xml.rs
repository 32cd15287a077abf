//! Text inside XML, for what other systems read.

/// The text with what XML means something by written as its names.
///
/// # Source
/// XML 1.0, 2.4: character data and markup.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("/Users/a & b/<x>'\""), "/Users/a &amp; b/&lt;x&gt;&apos;&quot;");
        assert_eq!(escaped("سالوس"), "سالوس");
    }
}

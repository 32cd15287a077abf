//! Finding by words as people type them: without capitals, without marks over and under letters, in any order.

/// A text as it is compared.
///
/// # Source
/// Arabic letters that are typed for one another, as search engines fold them: hamza on its carriers, final alef maksura, ta marbuta.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Vowel marks, the stretching line, and the marks that keep directions apart.
            '\u{064b}'..='\u{0652}' | '\u{0640}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {}
            'أ' | 'إ' | 'آ' => out.push('ا'),
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// True when every word that was typed is somewhere in the text, the beginning of words first or not.
#[must_use]
pub(crate) fn fits(text: &str, typed: &str) -> bool {
    let text = folded(text);
    folded(typed).split_whitespace().all(|word| text.contains(word))
}

/// How well a text fits, the best first: all of it, its beginning, the beginning of one of its words, or anywhere.
#[must_use]
pub(crate) fn rank(text: &str, typed: &str) -> u8 {
    let (text, typed) = (folded(text), folded(typed));
    let typed = typed.trim();
    match () {
        () if text == typed => 0,
        () if text.starts_with(typed) => 1,
        () if text.split_whitespace().any(|word| word.starts_with(typed)) => 2,
        () => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_order_and_spelling() {
        assert!(
            fits("Who can see what", "SEE who") && fits("Who can see what", "") && fits("Devices", " dev ")
        );
        assert!(!fits("Devices", "devil") && !fits("Devices", "devices lock"));
        assert!(
            fits("الأجهزة", "الاجهزه") && fits("عبارة المُرور", "المرور") && fits("إضافة قراءة", "قراءه اضافه")
        );
        assert!(fits("\u{2068}Maria\u{2069}", "maria"));
    }

    #[test]
    fn what_is_called_so_comes_before_what_only_has_it_in_it() {
        let mut all = ["Whelp", "Who helps me", "Help somebody else", "Help"];
        all.sort_by_key(|text| rank(text, " help"));
        assert_eq!(all, ["Help", "Help somebody else", "Who helps me", "Whelp"]);
        assert_eq!(rank("anything", ""), 1, "nothing typed: all alike");
    }
}

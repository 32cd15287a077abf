//! What each laptop asks its person outside the page.

use crate::tongue::{Tongue, apart};

/// What the person confirms on the old laptop, outside the page.
pub(super) fn adding(tongue: Tongue, name: &str, digits: &str) -> String {
    match tongue {
        Tongue::English => format!(
            "Add “{name}” as another laptop of your record? It shows the digits {digits}: only say yes if you see them on \
             it now. It will read everything in this record, store readings of its own, give permissions and stop them, until \
             you remove it. What it has read by then cannot be taken back."
        ),
        Tongue::Arabic => format!(
            "هل تضيف {name} ليكون حاسوبًا آخر لسجلك؟ يعرض ذلك الحاسوب الأرقام {digits}: لا توافق إلا إذا كنت تراها عليه الآن. سيقرأ كل ما \
             في هذا السجل، ويخزّن قراءات خاصة به، ويمنح الأذونات ويوقفها، إلى أن تزيله. أما ما قرأه حتى ذلك الحين فلا يمكن استرجاعه.",
            name = apart(name),
            digits = apart(digits),
        ),
    }
}

/// The same on the new one.
pub(super) fn joining(tongue: Tongue, person: &str, digits: &str) -> String {
    match tongue {
        Tongue::English => format!(
            "Make this another laptop of the record of {person}? The other laptop shows the digits {digits}: only say yes if you \
             see them on it now. What is measured here from then on goes into that record."
        ),
        Tongue::Arabic => format!(
            "هل تجعل هذا الحاسوب حاسوبًا آخر لسجل {person}؟ يعرض الحاسوب الآخر الأرقام {digits}: لا توافق إلا إذا كنت تراها عليه الآن. وما \
             يُقاس هنا من ذلك الحين يدخل في ذلك السجل.",
            person = apart(person),
            digits = apart(digits),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_laptops_are_asked_with_names_and_digits_in_each_language() {
        let [text, arabic] = Tongue::ALL.map(|tongue| adding(tongue, "Kitchen", "123 456"));
        assert!(text.contains("Kitchen") && text.contains("cannot be taken back"), "{text}");
        assert!(
            arabic.contains("\u{2068}Kitchen\u{2069}") && arabic.contains("فلا يمكن استرجاعه"),
            "{arabic}"
        );
        assert!([text, arabic].iter().all(|text| text.contains("123 456")));
        for text in Tongue::ALL.map(|tongue| joining(tongue, "Maria K.", "123 456")) {
            assert!(text.contains("Maria K.") && text.contains("123 456"), "{text}");
        }
    }
}

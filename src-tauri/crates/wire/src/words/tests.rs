use std::collections::BTreeSet;

use super::*;

/// A code of words that are in the list, whatever their checksum.
const SOME: &str = "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";

fn unknown(text: &str) -> (usize, String, Option<&'static str>) {
    match read(text) {
        Err(WordsError::Unknown { number, word, meant }) => (number, word, meant),
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn the_list_is_in_order_and_four_letters_tell_its_words_apart() {
    let words: Vec<&str> = LIST.lines().collect();
    assert_eq!(words.len(), 2048);
    assert!(words.is_sorted() && LIST.ends_with('\n'));
    assert!(words.iter().all(|word| (3..=8).contains(&word.len())));
    assert!(LIST.bytes().all(|c| c.is_ascii_lowercase() || c == b'\n'));
    let heads: BTreeSet<&str> = words.iter().map(|word| word.get(..ENOUGH).unwrap_or(word)).collect();
    assert_eq!(heads.len(), words.len());
}

#[test]
fn every_word_reads_back_whole_and_by_its_first_letters() {
    for (i, word) in LIST.lines().enumerate() {
        let at = u16::try_from(i).ok();
        assert_eq!(place(word), at, "{word}");
        assert_eq!(place(word.get(..ENOUGH).unwrap_or(word)), at, "{word}");
        assert_eq!(place(&word.to_uppercase()), at, "{word}");
    }
}

#[test]
fn it_does_not_matter_how_words_are_set_apart() {
    let places = read(SOME).unwrap();
    assert_eq!(written(&places), SOME);
    let shown: Vec<&str> = SOME.split(' ').collect();
    let short: Vec<&str> = shown.iter().map(|word| word.get(..ENOUGH).unwrap_or(word)).collect();
    let numbered =
        |dot: &str| (1..).zip(&shown).map(|(n, word)| format!("{n}{dot}{word}\n")).collect::<String>();
    for text in [
        SOME.to_uppercase(),
        shown.join(", "),
        shown.join("-"),
        shown.join("\r\n\t "),
        shown.join("\u{a0}\u{2013} "),
        shown.join("\u{60c} "),
        short.join(" "),
        numbered(". "),
        numbered("."),
        numbered(") "),
        numbered(""),
        numbered(" \u{2068}"),
        format!("\u{feff}  {SOME}.\n"),
        format!("\u{661}. {SOME}"),
    ] {
        assert_eq!(read(&text), Ok(places), "{text:?}");
    }
}

#[test]
fn an_unknown_word_is_named_with_the_one_that_was_perhaps_meant() {
    for (typed, meant) in [
        // The first four letters are those of one word.
        ("advicce", Some("advice")),
        ("advise", Some("advice")),
        // One letter is another, missing, or too much; two changed places; a digit for a letter.
        ("cege", Some("cage")),
        ("absrd", Some("absurd")),
        ("amopunt", Some("amount")),
        ("dcotor", Some("doctor")),
        ("zer0", Some("zero")),
        ("z\u{e9}ro", Some("zero")),
        // Too short to be enough, and still only one word begins so.
        ("aba", Some("abandon")),
        // Several, or none.
        ("ab", None),
        ("rood", None),
        ("qqqqqqqq", None),
        ("\u{62d}\u{627}\u{633}\u{648}\u{628}", None),
    ] {
        let text = SOME.replacen("cage", typed, 1);
        assert_eq!(unknown(&text), (3, typed.to_owned(), meant), "{text}");
    }
    let long = unknown(&"x".repeat(1000));
    assert_eq!((long.0, long.1.len(), long.2), (1, MOST_TOLD, None));
}

#[test]
fn fewer_and_more_words_are_counted() {
    for (text, have) in [
        ("", 0),
        ("  12. - ,", 0),
        ("letter", 1),
        (SOME.rsplit_once(' ').unwrap().0, 11),
        (&format!("{SOME} zoo")[..], 13),
        (&format!("{SOME} ").repeat(100)[..], 1200),
    ] {
        assert_eq!(read(text), Err(WordsError::Count { have }), "{text}");
    }
}

#[test]
fn a_word_that_is_being_typed_is_not_called_wrong() {
    assert_eq!(heard("1. Lett advi"), [Heard::Word("letter"), Heard::Word("advice")]);
    assert_eq!(heard("letter ad"), [Heard::Word("letter"), Heard::Begun("ad")]);
    assert_eq!(heard("letter ad "), [Heard::Word("letter"), Heard::Unknown("ad")]);
    assert_eq!(heard("ad letter"), [Heard::Unknown("ad"), Heard::Word("letter")]);
    assert_eq!(heard("letter adx"), [Heard::Word("letter"), Heard::Unknown("adx")]);
    assert!(heard(" 1.").is_empty());
    assert_eq!(heard(&SOME.repeat(3)).len(), COUNT + 1);
}

#[test]
fn a_code_of_a_picture_is_told_from_words() {
    for text in ["SN1-00000", "sn1 00000", " \u{feff}SN100", "SC1-7KQ2M"] {
        assert!(is_drawn(text), "{text:?}");
    }
    for text in ["", SOME, "sniff zoo", "SNI-00000", "s 1. zoo"] {
        assert!(!is_drawn(text), "{text:?}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let said = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(said("zoo abandn"), "word 2, \"abandn\", is not in the list; perhaps \"abandon\" was meant");
    assert_eq!(said("qqq"), "word 1, \"qqq\", is not in the list");
    assert_eq!(said("zoo"), "1 words, and 12 are needed");
    assert_eq!(WordsError::Checksum.to_string(), "a word is wrong, or they are out of order");
}

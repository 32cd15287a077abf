//! Documents as text: what survives a copy, and what does not.

use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn reads_back_what_it_wrote_however_it_was_retyped(
        // A break after every single symbol would take the longest payload past MAX_TEXT, which is refused.
        payload in proptest::collection::vec(any::<u8>(), 0..=MAX_PAYLOAD), lower: bool, wrap in 2usize..60,
    ) {
        let text = to_text(Kind::Code, &payload).unwrap();
        prop_assert_eq!(from_text(Kind::Code, &text), Ok(payload.clone()));
        let mut retyped = String::from("\u{feff}  ");
        for (i, c) in text.replace(['-', '\n'], "").replace('0', "o").replace('1', "l").chars().enumerate() {
            if i % wrap == 0 { retyped.push_str(" \r\n\u{2013}") }
            retyped.push(if lower { c.to_ascii_lowercase() } else { c });
        }
        prop_assert_eq!(from_text(Kind::Code, &retyped), Ok(payload));
    }

    #[test]
    fn every_wrong_or_missing_symbol_is_refused(
        payload in proptest::collection::vec(any::<u8>(), 1..200), at: proptest::sample::Index, to in 0usize..32,
    ) {
        let plain: Vec<char> = to_text(Kind::Request, &payload).unwrap().chars().filter(|c| !"-\n".contains(*c)).collect();
        let i = 3 + at.index(plain.len() - 3);
        let mut wrong = plain.clone();
        wrong[i] = char::from(ALPHABET[to]);
        prop_assume!(wrong != plain);
        prop_assert!(from_text(Kind::Request, &wrong.iter().collect::<String>()).is_err());
        let cut: String = plain[..i].iter().collect();
        let is_cut = matches!(from_text(Kind::Request, &cut), Err(TextError::Cut { .. }));
        prop_assert!(is_cut);
    }

    #[test]
    fn any_text_is_answered_without_a_panic(text in ".{0,300}") {
        let _ = from_text(Kind::Code, &text);
        let _ = from_text(Kind::Code, &format!("SC1{text}"));
    }
}

#[test]
fn each_kind_has_a_mark_of_its_own_which_reads_as_written() {
    let marks: std::collections::BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.mark()).collect();
    assert_eq!(marks.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        let text = to_text(kind, b"octets").unwrap();
        assert_eq!(from_text(kind, &text.to_lowercase()), Ok(b"octets".to_vec()));
        for other in Kind::ALL.into_iter().filter(|other| *other != kind) {
            assert_eq!(from_text(other, &text), Err(TextError::OtherKind(kind)));
        }
    }
}

#[test]
fn says_what_is_wrong() {
    let text = to_text(Kind::Attestation, b"octets").unwrap();
    assert_eq!(text, "SA1-0036Y-RVMCN-T776V-4MFE0");
    let read = |t: &str| from_text(Kind::Attestation, t);
    assert_eq!(read(" \n-"), Err(TextError::Empty));
    assert_eq!(read("hello there"), Err(TextError::NotOurs));
    assert_eq!(read("S"), Err(TextError::Cut { have: 1, want: 13 }));
    assert_eq!(from_text(Kind::Code, &text), Err(TextError::OtherKind(Kind::Attestation)));
    assert_eq!(read(&text[..15]), Err(TextError::Cut { have: 13, want: 23 }));
    assert_eq!(read(&format!("{text}0")), Err(TextError::TooLong));
    assert_eq!(read(&"x".repeat(MAX_TEXT + 1)), Err(TextError::TooLong));
    assert_eq!(read(&text.replace('Y', "U")), Err(TextError::BadCharacter { position: 8 }));
    assert_eq!(read(&text.replace("VM", "MV")), Err(TextError::Mistyped));
    assert_eq!(to_text(Kind::Code, &[0; MAX_PAYLOAD + 1]), Err(TextError::TooLong));
}

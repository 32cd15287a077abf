//! What a person types as the words of a code, or pastes: twelve of the list or a reason, and twelve are written to what reads the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_wire::words::{COUNT, Heard, LIST, WordsError, heard, read, written};

fuzz_target!(|text: &str| {
    let understood = heard(text);
    assert!(understood.len() <= COUNT + 1);
    match read(text) {
        Ok(places) => {
            assert_eq!(read(&written(&places)), Ok(places));
            assert!(understood.iter().all(|one| matches!(one, Heard::Word(_))));
        }
        Err(WordsError::Unknown { number, meant, .. }) => {
            assert!((1..=COUNT).contains(&number));
            assert!(meant.is_none_or(|meant| LIST.lines().any(|word| word == meant)));
        }
        Err(WordsError::Count { have }) => assert_ne!(have, COUNT),
        Err(WordsError::Checksum) => unreachable!("it is not looked at here"),
    }
});

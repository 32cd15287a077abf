//! Questions over the page: each is the one part that Escape closes, and none begins on what cannot be taken back.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source of the page, by its path.
fn all() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    sources(
        &Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where")).join("src"),
        &mut found,
    );
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("a source"))).collect()
}

#[test]
fn there_is_one_kind_of_dialog_and_escape_closes_it() {
    let mut kinds = 0;
    for (path, text) in all() {
        let own = text.matches("<dialog").count();
        assert!(own == 0 || path.ends_with("part/dialog.rs"), "{}", path.display());
        if own > 0 {
            assert!(text.contains("oncancel=") && text.contains("onclose="), "{}", path.display());
        }
        kinds += own;
    }
    assert_eq!(kinds, 1);
}

/// The first thing in it that could have the focus would get it: what cannot be taken back stands first of the answers.
#[test]
fn what_cannot_be_taken_back_does_not_have_the_focus_at_first() {
    let mut questions = 0;
    for (path, text) in all() {
        for question in text.split("<Dialog ").skip(1).filter_map(|rest| rest.split("</Dialog>").next()) {
            let ends =
                |element: &&str| element.contains("class=\"danger\"") || element.contains("props.class");
            let mut elements = question.split('<');
            if question.split('<').any(|element| ends(&element)) {
                questions += 1;
                let chosen = elements.find(|element| element.contains("autofocus=true"));
                assert!(chosen.is_some_and(|element| !ends(&element)), "{}: {question}", path.display());
            }
        }
    }
    assert!(questions >= 10, "{questions} questions were read");
}

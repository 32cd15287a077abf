//! The design page shows every part that screens are made of.

use std::collections::BTreeSet;
use std::path::Path;

const PARTS: &str = include_str!("../src/part.rs");

/// What asks the application as soon as it is drawn. Nobody answers on the design page, and the walk in a browser looks at these on
/// the screens themselves.
const ASKS: [&str; 13] = [
    "BackupNeedNote",
    "BandEnd",
    "EmergencyNote",
    "FirstMinute",
    "Glance",
    "HelpedEmergencyNote",
    "LinkNote",
    "OwnDays",
    "OwnSummary",
    "RecoveryNote",
    "ReplyNote",
    "Shell",
    "UnconfirmedNote",
];

/// Words and values inside of parts, which have no look of their own; and what other parts are shown in: a series, a question.
const INSIDE: [&str; 16] = [
    "Chart",
    "Dialog",
    "Move",
    "NAMELESS",
    "amounts",
    "asked_days",
    "band_of",
    "may_change",
    "newest",
    "own_words",
    "place_of",
    "purpose_name",
    "reason_words",
    "unanswered",
    "whom",
    "zone",
];

/// The names that `part.rs` gives out.
fn parts() -> BTreeSet<&'static str> {
    let uses = PARTS.split("\npub use ").skip(1).filter_map(|rest| rest.split(';').next());
    let names = uses.flat_map(|list| {
        let (_, names) = list.split_once("::").expect("a part of a module");
        names.trim_matches(['{', '}', '\n']).split(',')
    });
    let name = |said: &'static str| said.split(" as ").last().unwrap_or(said).trim();
    names.map(name).filter(|name| !name.is_empty()).collect()
}

/// The words of every file of the page.
fn words() -> BTreeSet<String> {
    let folder = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("cargo says where")).join("design");
    let files =
        std::fs::read_dir(folder).expect("the page's folder").map(|entry| entry.expect("an entry").path());
    let sources = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let words = sources.flat_map(|path| {
        let source = std::fs::read_to_string(path).expect("a source");
        let word = |c: char| !c.is_alphanumeric() && c != '_';
        source.split(word).map(str::to_owned).collect::<Vec<_>>()
    });
    words.collect()
}

#[test]
fn every_part_is_on_the_design_page() {
    let (parts, words) = (parts(), words());
    assert!(parts.len() > 50 && parts.contains("Series") && parts.contains("said_of_it"), "{parts:?}");
    let excused: BTreeSet<&str> = ASKS.into_iter().chain(INSIDE).collect();
    assert_eq!(excused.difference(&parts).collect::<Vec<_>>(), Vec::<&&str>::new(), "no parts any more");
    for part in &parts {
        let shown = words.contains(*part);
        assert!(shown || excused.contains(part), "{part} is not on the design page");
        assert!(!(shown && ASKS.contains(part)), "{part} is shown, and need not be excused");
    }
}

/// Rows that one screen has for itself, which `screen.rs` gives out for the design page alone.
const ROWS: [&str; 4] = ["consent_banner", "device_forms", "device_row", "patient_row"];

#[test]
fn rows_of_single_screens_are_on_the_design_page() {
    let (screens, words) = (include_str!("../src/screen.rs"), words());
    for row in ROWS {
        assert!(screens.contains(row), "{row} is given out by no screen");
        assert!(words.contains(row), "{row} is not on the design page");
    }
}

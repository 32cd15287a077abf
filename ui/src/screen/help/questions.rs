//! The questions, in the order in which people come to them.

use salus_wire::view::Role;

use crate::route::Route;
use crate::t;
use crate::words::Words;

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    /// Names it in the page.
    pub(super) id: &'static str,
    /// As a person asks it.
    pub(super) asks: String,
    /// The answer.
    pub(super) says: String,
    /// The screen that it is about, in words.
    pub(super) leads: Option<(Route, String)>,
}

/// The questions of a role; everybody's while no record is open.
pub(super) fn questions(w: &Words, role: Option<Role>) -> Vec<Question> {
    let mut all = everybody(w);
    if matches!(role, None | Some(Role::Patient)) {
        all.extend(patients(w));
    }
    if matches!(role, None | Some(Role::Clinician)) {
        all.extend(clinicians(w));
    }
    all.extend(at_the_end(w));
    all
}

fn question(id: &'static str, asks: String, says: String, leads: Option<(Route, String)>) -> Question {
    Question { id, asks, says, leads }
}

fn everybody(w: &Words) -> Vec<Question> {
    let settings = || Some((Route::Settings, t!(w, "nav-settings")));
    vec![
        // First, so that nobody in danger has to look for it.
        question("danger", t!(w, "help-danger"), t!(w, "help-danger-says"), None),
        question("letters", t!(w, "help-letters"), t!(w, "help-letters-says"), settings()),
        question("passphrase", t!(w, "help-passphrase"), t!(w, "help-passphrase-says"), settings()),
        question("paper", t!(w, "help-paper"), t!(w, "help-paper-says"), settings()),
        question("locked", t!(w, "help-locked"), t!(w, "help-locked-says"), None),
        question("closed", t!(w, "help-closed"), t!(w, "help-closed-says"), settings()),
        question(
            "lost",
            t!(w, "help-lost"),
            t!(w, "help-lost-says"),
            Some((Route::Lost, t!(w, "lost-title"))),
        ),
    ]
}

fn patients(w: &Words) -> Vec<Question> {
    let to = |route: Route, label: String| Some((route, label));
    vec![
        question(
            "device",
            t!(w, "help-device"),
            t!(w, "help-device-says"),
            to(Route::Devices, t!(w, "nav-devices")),
        ),
        question("type", t!(w, "help-type"), t!(w, "help-type-says"), to(Route::Home, t!(w, "nav-home"))),
        question("normal", t!(w, "help-normal"), t!(w, "help-normal-says"), None),
        question(
            "doctor",
            t!(w, "help-doctor"),
            t!(w, "help-doctor-says"),
            to(Route::Share, t!(w, "nav-share")),
        ),
        question(
            "stop",
            t!(w, "help-stop"),
            t!(w, "help-stop-says"),
            to(Route::Permissions, t!(w, "nav-permissions")),
        ),
        question(
            "looked",
            t!(w, "help-looked"),
            t!(w, "help-looked-says"),
            to(Route::Activity, t!(w, "activity-title")),
        ),
        question(
            "daughter",
            t!(w, "help-daughter"),
            t!(w, "help-daughter-says"),
            to(Route::Family, t!(w, "nav-family")),
        ),
        question(
            "card",
            t!(w, "help-card"),
            t!(w, "help-card-says"),
            to(Route::Emergency, t!(w, "card-title")),
        ),
        question(
            "house",
            t!(w, "help-house"),
            t!(w, "help-house-says"),
            to(Route::Settings, t!(w, "nav-settings")),
        ),
    ]
}

fn clinicians(w: &Words) -> Vec<Question> {
    let to = |route: Route, label: String| Some((route, label));
    vec![
        question("code", t!(w, "help-code"), t!(w, "help-code-says"), to(Route::Code, t!(w, "nav-code"))),
        question(
            "cannot",
            t!(w, "help-cannot"),
            t!(w, "help-cannot-says"),
            to(Route::Home, t!(w, "nav-inbox")),
        ),
        question("keep", t!(w, "help-keep"), t!(w, "help-keep-says"), None),
    ]
}

fn at_the_end(w: &Words) -> Vec<Question> {
    vec![
        question("caller", t!(w, "help-caller"), t!(w, "help-caller-says"), None),
        question("internet", t!(w, "help-internet"), t!(w, "help-internet-says"), None),
        question(
            "keyboard",
            t!(w, "help-keyboard"),
            t!(w, "help-keyboard-says"),
            Some((Route::Settings, t!(w, "nav-settings"))),
        ),
        question("person", t!(w, "help-person"), t!(w, "help-person-says"), None),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::part::fits;

    #[test]
    fn every_question_is_one_and_has_an_answer_in_each_language() {
        for tag in ["en", "ar"] {
            let words = Words::of(tag);
            for role in [None, Some(Role::Patient), Some(Role::Clinician), Some(Role::Family)] {
                let all = questions(&words, role);
                let ids: BTreeSet<_> = all.iter().map(|q| q.id).collect();
                assert_eq!(ids.len(), all.len(), "{tag}");
                for q in &all {
                    assert!(q.asks.ends_with(['?', '؟']), "{tag}: {}", q.asks);
                    assert!(q.says.split_whitespace().count() >= 6, "{tag}: {}", q.says);
                }
            }
        }
    }

    #[test]
    fn a_question_is_found_by_the_words_of_who_asks() {
        let words = Words::of("en");
        let all = questions(&words, Some(Role::Patient));
        let found = |typed: &str| {
            let fit = all.iter().filter(|q| fits(&format!("{} {}", q.asks, q.says), typed));
            fit.map(|q| q.id).collect::<Vec<_>>()
        };
        assert!(found("forgot").contains(&"passphrase"));
        assert!(found("daughter").contains(&"daughter"));
        assert!(found("bigger").contains(&"letters"));
        assert!(found("battery").contains(&"device"));
        assert!(found("ambulance").contains(&"danger"));
        assert!(found("xyzzy").is_empty());
    }

    #[test]
    fn a_role_is_led_to_screens_of_its_own() {
        let words = Words::of("en");
        let routes = |role| questions(&words, Some(role)).into_iter().filter_map(|q| q.leads).map(|l| l.0);
        assert!(
            routes(Role::Clinician).all(|r| !matches!(r, Route::Devices | Route::Share | Route::Permissions))
        );
        assert!(routes(Role::Patient).all(|r| r != Route::Code));
    }
}

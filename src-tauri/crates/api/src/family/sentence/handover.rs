//! Handing a circle over to its person, who came of age.

use salus_sharing::circle::Plea;
use salus_wire::view::{BeforeView, BeforeWhom};

use super::arabic;
use crate::tongue::Tongue;

/// Handing a circle over to its person, who came of age; `helpers` act in it, and `running` of their permissions are in force.
pub(in crate::family) fn handover(
    tongue: Tongue,
    person: &str,
    plea: &Plea,
    helpers: usize,
    running: usize,
    stops: &[BeforeView],
) -> String {
    if tongue == Tongue::Arabic {
        return arabic::handover(person, plea, helpers, running, stops);
    }
    let (name, digits) = (&plea.person().name, plea.digits());
    let help = match helpers {
        0 => String::new(),
        1 => " The help of 1 person ends. What is measured from then on is locked anew, and they cannot read it."
            .to_owned(),
        n => format!(
            " The help of {n} people ends. What is measured from then on is locked anew, and they cannot read it."
        ),
    };
    let rest = match running {
        0 => String::new(),
        1 => format!(" 1 permission of theirs can be opened by nobody until {name} confirms it."),
        n => {
            format!(" {n} permissions of theirs can be opened by nobody until {name} confirms each of them.")
        }
    };
    let first = match stops.len() {
        0 => String::new(),
        1 => format!(
            " First 1 permission that this record itself gave is stopped, for good: {name} gives it anew or not."
        ),
        n => format!(
            " First {n} permissions that this record itself gave are stopped, for good: {name} gives them anew or not."
        ),
    };
    let card = if stops.iter().any(|one| one.whom == BeforeWhom::Card) {
        format!(
            " The emergency card is among them and opens nothing any more: it is best that {name} has made a new one."
        )
    } else {
        String::new()
    };
    format!(
        "{person} comes of age.{first}{card} Then nobody helps any more.{help}{rest} In 72 hours the computer whose owner calls \
         themselves {name} decides for {person}, and this one does no longer. This cannot be taken back. The readings stay in \
         this record. Nobody confirms who this is: hear {person} read the digits {digits} to you before you agree."
    )
}

/// Asking, as a helper, for the handover; it takes the agreement of `approvals` others.
pub(in crate::family) fn ask_handover(tongue: Tongue, person: &str, approvals: u8) -> String {
    if tongue == Tongue::Arabic {
        return arabic::ask_handover(person, approvals);
    }
    let others = if approvals == 1 {
        "another helper has".to_owned()
    } else {
        format!("{approvals} other helpers have")
    };
    format!(
        "{person} comes of age: when {others} agreed and 72 hours have passed in which nobody objected, nobody helps {person} any \
         more, you neither, and what helpers permitted can be opened by nobody until {person} confirms it. Then it cannot be \
         taken back."
    )
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use salus_chain::ids::ChainId;
    use salus_sharing::circle::RelativeSecret;
    use salus_wire::Category;

    use super::super::tests::{NOW, plain};
    use super::*;

    #[test]
    fn a_handover_says_what_ends_what_rests_and_what_stays() {
        let secret = RelativeSecret::generate(&mut StdRng::seed_from_u64(4));
        let plea = Plea::make(&secret, "Mia", &ChainId([1; 32])).unwrap();
        let own = |id, whom| BeforeView {
            id: salus_wire::GrantId([id; 32]),
            whom,
            name: String::new(),
            organisation: String::new(),
            categories: vec![Category::HeartRate],
            ends: NOW,
            stopped: false,
        };
        let clinician = own(1, BeforeWhom::Clinician);
        let stops = [clinician.clone(), own(2, BeforeWhom::Card)];
        let [text, arabic] = Tongue::ALL.map(|tongue| handover(tongue, "Mia K.", &plea, 2, 3, &stops));
        for part in [
            "مساعدة شخصين",
            "(3 أذونات)",
            "ما منحه هذا السجل نفسه (إذنان)",
            "بطاقة الطوارئ",
            "\u{2068}Mia\u{2069}",
            "لا يمكن التراجع عن هذا",
            &plea.digits(),
        ] {
            assert!(arabic.contains(part), "{part}: {arabic}");
        }
        for part in [
            "The help of 2 people ends",
            "is locked anew, and they cannot read it",
            "3 permissions of theirs can be opened by nobody until Mia confirms each of them",
            "First 2 permissions that this record itself gave are stopped, for good: Mia gives them anew or not",
            "The emergency card is among them and opens nothing any more",
            "The readings stay in this record",
            "This cannot be taken back",
            &plea.digits(),
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        plain(&text);
        let [one, _] = Tongue::ALL
            .map(|tongue| handover(tongue, "Mia K.", &plea, 0, 0, std::slice::from_ref(&clinician)));
        assert!(one.contains("First 1 permission that this record itself gave is stopped"), "{one}");
        assert!(!one.contains("emergency card"), "{one}");
        let [nothing, arabic] = Tongue::ALL.map(|tongue| handover(tongue, "Mia K.", &plea, 0, 0, &[]));
        assert!(
            !arabic.contains("مساعدة") && !arabic.contains("متوقف") && !arabic.contains("أولًا"),
            "{arabic}"
        );
        assert!(!nothing.contains("permissions of theirs") && !nothing.contains("The help of"), "{nothing}");
        assert!(!nothing.contains("First"), "{nothing}");
        let [text, arabic] = Tongue::ALL.map(|tongue| ask_handover(tongue, "Mia K.", 1));
        assert!(arabic.contains("إذا وافق مساعد آخر"), "{arabic}");
        assert!(text.contains("when another helper has agreed"), "{text}");
        plain(&text);
    }
}

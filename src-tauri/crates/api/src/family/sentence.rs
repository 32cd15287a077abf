//! What a person confirms outside the page, in words and in their language, as of a permission.

mod arabic;

use salus_sharing::circle::power::SLACK_MS;
use salus_sharing::circle::{Code, Plea};
use salus_wire::UnixMillis;
use salus_wire::view::{ClinicianView, HelperLimits, HelperRole, PowerQuestionView, RelativeDraft};

use super::limits::DAY;
use crate::share::sentence::{date, listed, of};
use crate::tongue::Tongue;

fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// Letting somebody help.
pub(super) fn helper(
    tongue: Tongue,
    code: &Code,
    limits: &HelperLimits,
    now: UnixMillis,
    offset: i32,
) -> String {
    if tongue == Tongue::Arabic {
        return arabic::helper(code, limits, now, offset);
    }
    let (name, digits) = (&code.relative().name, code.digits());
    let start = if limits.begins <= now {
        "from now".to_owned()
    } else {
        format!("from {}", date(limits.begins, offset))
    };
    let after = if limits.after_clinicians {
        " It begins only after two confirmed clinicians have said that it may."
    } else {
        ""
    };
    let review = match limits.review {
        Some(at) => format!(" From {} on it rests until you have looked at it again.", date(at, offset)),
        None => String::new(),
    };
    let end = date(limits.lapses, offset);
    let may = match limits.role {
        HelperRole::Steward => format!(
            "read your {what}, measured from {from} on, and let confirmed clinicians see it for at most {longest} at a time",
            what = listed(&limits.categories),
            from = date(limits.data_from, offset),
            longest = days(i64::from(limits.longest_days)),
        ),
        HelperRole::Approver => {
            "agree to what your other helpers permit, object to it and stop it; they see none of \
                                 your readings"
                .to_owned()
        }
    };
    let undone = match limits.role {
        HelperRole::Steward => format!(
            " You can end this at any time, and from then on {name} can permit nothing. What {name} has read cannot be \
             taken back, and what you measure in the {ahead} after you end it could still be read with what {name} was \
             given.",
            ahead = days(i64::from(limits.longest_days).saturating_add(SLACK_MS / DAY)),
        ),
        HelperRole::Approver => " You can end this at any time.".to_owned(),
    };
    format!(
        "{name} may help you {start} until {end}: {may}.{after}{review}{undone} Nobody confirms who this is: read the digits {digits} \
         to {name} before you agree."
    )
}

/// Naming who can help to get back.
pub(super) fn guardians(tongue: Tongue, codes: &[Code], needed: u8) -> String {
    if tongue == Tongue::Arabic {
        return arabic::guardians(codes, needed);
    }
    let one = |code: &Code| format!("{} ({})", code.relative().name, code.digits());
    let all: Vec<String> = codes.iter().map(one).collect();
    format!(
        "Any {needed} of these people together can say that a new computer speaks for you: {all}. You and everybody who \
         helps you then have 72 hours to object. They see none of your readings. Nobody confirms who they are: read the \
         digits to each of them before you agree.",
        all = all.join(", "),
    )
}

/// Saying that a helper's power may begin.
pub(super) fn springs(tongue: Tongue, power: &PowerQuestionView) -> String {
    if tongue == Tongue::Arabic {
        return arabic::springs(power);
    }
    let (helper, person) = (&power.helper, &power.person);
    let may = if power.reads {
        "read readings and let confirmed clinicians see them, within limits that were set before"
    } else {
        "agree to what other helpers permit, object to it and stop it"
    };
    format!(
        "You confirm that the time has come in which {helper} may act for {person}: {may}. It takes {needed} clinicians. What \
         you say is kept under your confirmed name, and cannot be taken back. The names here are the word of whoever asks: \
         be sure that you know them.",
        needed = power.needed,
    )
}

/// Agreeing that a new computer speaks for somebody.
pub(super) fn recovery(tongue: Tongue, person: &str, plea: &Plea) -> String {
    if tongue == Tongue::Arabic {
        return arabic::recovery(person, plea);
    }
    let (name, digits) = (&plea.person().name, plea.digits());
    format!(
        "You say that {person} lost their computer, and that the new one, whose owner calls themselves {name}, speaks for \
         {person}. When enough others agree, it does 72 hours later, unless somebody objects. Nobody confirms who this is: \
         hear {person} read the digits {digits} to you before you agree."
    )
}

/// Giving a permission for somebody else; `needs` others have to agree.
pub(super) fn permission(
    tongue: Tongue,
    person: &str,
    clinician: &ClinicianView,
    draft: &RelativeDraft,
    needs: u8,
    offset: i32,
) -> String {
    if tongue == Tongue::Arabic {
        return arabic::permission(person, clinician, draft, needs, offset);
    }
    let others = match needs {
        0 => String::new(),
        1 => " Another helper has to agree before it can be opened.".to_owned(),
        n => format!(" {n} other helpers have to agree before it can be opened."),
    };
    format!(
        "{name}{organisation} (confirmed by {member}) may see {what} of {person}, measured from {from} to {to}, until \
         {end}.{others} You give this for {person}, and {person} and the other helpers are told. After that time, or within \
         about an hour of its being stopped, nobody can open new readings with this permission. What has already been \
         opened cannot be taken back.",
        name = clinician.name,
        organisation = of(&clinician.organisation),
        member = clinician.attested_by,
        what = listed(&draft.categories),
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
    )
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use salus_chain::ids::ChainId;
    use salus_sharing::circle::RelativeSecret;
    use salus_wire::Category;

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    fn plain(text: &str) {
        for word in ["chain", "block", "grant", "key", "epoch", "ledger", "token", "node", "transaction"] {
            assert!(!text.to_lowercase().contains(word), "{word}: {text}");
        }
    }

    #[test]
    fn a_helper_is_named_with_digits_limits_and_what_cannot_be_undone() {
        let secret = RelativeSecret::generate(&mut StdRng::seed_from_u64(1));
        let code = Code::make(&secret, "Leïla", &ChainId([1; 32])).unwrap();
        let steward = HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate, Category::BloodPressure],
            data_from: NOW - 90 * DAY,
            longest_days: 30,
            begins: NOW,
            lapses: NOW + 365 * DAY,
            review: None,
            after_clinicians: false,
        };
        let both = |limits: &HelperLimits| Tongue::ALL.map(|tongue| helper(tongue, &code, limits, NOW, 60));
        let [text, arabic] = both(&steward);
        for part in [
            "\u{2068}Leïla\u{2069}",
            "(نبض القلب وضغط الدم)",
            "30 يومًا",
            "38 يومًا",
            "فلا يمكن استرجاعه",
            &code.digits(),
        ] {
            assert!(arabic.contains(part), "{part}: {arabic}");
        }
        for part in [
            "Leïla may help you from now until",
            "heart rate and blood pressure",
            "for at most 30 days at a time",
            "in the 38 days after you end it",
            "cannot be taken back",
            &code.digits(),
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        plain(&text);
        assert!(!text.contains("rests"), "{text}");
        let looked_at = HelperLimits { review: Some(NOW + 180 * DAY), ..steward.clone() };
        let [text, arabic] = both(&looked_at);
        assert!(text.contains("on it rests until you have looked at it again"), "{text}");
        assert!(arabic.contains("تتوقف حتى تراجعها من جديد"), "{arabic}");
        let approver = HelperLimits { role: HelperRole::Approver, categories: vec![], ..steward };
        let [text, arabic] = both(&approver);
        assert!(text.contains("they see none of your readings"), "{text}");
        assert!(arabic.contains("ولا يرى هذا الشخص شيئًا من قراءاتك"), "{arabic}");
        plain(&text);
    }

    #[test]
    fn guardians_and_a_new_computer_are_named_with_digits() {
        let secret = |seed| RelativeSecret::generate(&mut StdRng::seed_from_u64(seed));
        let code = |seed, name| Code::make(&secret(seed), name, &ChainId([1; 32])).unwrap();
        let codes = [code(1, "Nour"), code(2, "Samir")];
        let [text, arabic] = Tongue::ALL.map(|tongue| guardians(tongue, &codes, 2));
        assert!(arabic.contains("أي اثنين من هؤلاء") && arabic.contains("72 ساعة للاعتراض"), "{arabic}");
        assert!(codes.iter().all(|code| arabic.contains(&code.digits())), "{arabic}");
        assert!(text.contains("Any 2 of these people") && text.contains("Samir"), "{text}");
        assert!(codes.iter().all(|code| text.contains(&code.digits())), "{text}");
        plain(&text);
        let (person, helper) = ("Maria K.".to_owned(), "Nour".to_owned());
        let power = PowerQuestionView { person, helper, reads: true, attested: 0, needed: 2 };
        let [text, arabic] = Tongue::ALL.map(|tongue| springs(tongue, &power));
        let parts =
            ["\u{2068}Nour\u{2069}", "\u{2068}Maria K.\u{2069}", "الاطلاع على القراءات", "لا يمكن استرجاعه"];
        assert!(parts.iter().all(|part| arabic.contains(part)), "{arabic}");
        assert!(text.contains("Nour may act for Maria K.: read readings"), "{text}");
        plain(&text);
        let plea = Plea::make(&secret(3), "Maria", &ChainId([1; 32])).unwrap();
        let [text, arabic] = Tongue::ALL.map(|tongue| recovery(tongue, "Maria K.", &plea));
        assert!(
            arabic.contains("\u{2068}Maria K.\u{2069} قد ضاع") && arabic.contains(&plea.digits()),
            "{arabic}"
        );
        assert!(text.contains("Maria K. lost their computer") && text.contains(&plea.digits()), "{text}");
        plain(&text);
    }

    #[test]
    fn a_permission_for_somebody_else_says_for_whom_and_who_has_to_agree() {
        let clinician = ClinicianView {
            name: "Dr Ana Wójcik".into(),
            organisation: "Heart Clinic".into(),
            attested_by: "City Hospital".into(),
            proven_at_height: "7".into(),
            asks: None,
        };
        let draft = RelativeDraft {
            code: String::new(),
            categories: vec![Category::BloodPressure],
            data_from: NOW - 7 * DAY,
            data_to: NOW + DAY,
            ends: NOW + DAY,
        };
        let both =
            |needs| Tongue::ALL.map(|tongue| permission(tongue, "Maria K.", &clinician, &draft, needs, 0));
        let [text, arabic] = both(1);
        assert!(arabic.contains("برؤية قراءات \u{2068}Maria K.\u{2069} (ضغط الدم)"), "{arabic}");
        assert!(arabic.contains("مساعد آخر") && arabic.contains("فلا يمكن استرجاعه"), "{arabic}");
        assert!(
            both(2).iter().zip(["2 other helpers", "مساعدان آخران"]).all(|(text, part)| text.contains(part))
        );
        assert!(text.contains("may see blood pressure of Maria K."), "{text}");
        assert!(text.contains("Another helper has to agree"), "{text}");
        plain(&text);
    }
}

//! Who helps, with what limits, and from when.

use salus_sharing::circle::Code;
use salus_sharing::circle::power::SLACK_MS;
use salus_wire::UnixMillis;
use salus_wire::view::{HelperLimits, HelperRole, PowerQuestionView};

use super::arabic;
use crate::family::limits::DAY;
use crate::share::sentence::{date, listed, of};
use crate::tongue::Tongue;

pub(super) fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// Whom a steward lets see something.
pub(super) fn whom(limits: &HelperLimits) -> String {
    if !limits.only_named {
        return "confirmed clinicians".to_owned();
    }
    let names: Vec<String> =
        limits.clinicians.iter().map(|named| format!("{}{}", named.name, of(&named.organisation))).collect();
    format!("these clinicians and nobody else ({})", names.join(", "))
}

/// Letting somebody help.
pub(in crate::family) fn helper(
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
            "read your {what}, measured from {from} on, and let {whom} see it for at most {longest} at a time",
            whom = whom(limits),
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
            " You can end this at any time, and from then on {name} can permit nothing. What you measure is locked anew for \
             {name} as soon as Salus on this computer knows of it, at the latest after {ahead}. What {name} has read, or could read \
             until then, cannot be taken back.",
            ahead = days(i64::from(limits.longest_days).saturating_add(SLACK_MS / DAY)),
        ),
        HelperRole::Approver => " You can end this at any time.".to_owned(),
    };
    format!(
        "{name} may help you {start} until {end}: {may}.{after}{review}{undone} Nobody confirms who this is: read the digits {digits} \
         to {name} before you agree."
    )
}

/// Letting a helper's power go on; `until` is when it rests again, and when it ends.
pub(in crate::family) fn goes_on(
    tongue: Tongue,
    name: &str,
    (rests, ends): (UnixMillis, UnixMillis),
    offset: i32,
) -> String {
    if tongue == Tongue::Arabic {
        return arabic::goes_on(name, (rests, ends), offset);
    }
    let name = if name.is_empty() { "Somebody whose name is not known here" } else { name };
    let end = date(ends, offset);
    let until = if rests < ends {
        format!(
            "until {}, and rests then until you have looked at it again. It ends on {end}",
            date(rests, offset)
        )
    } else {
        format!("until it ends on {end}")
    };
    format!(
        "{name} may go on helping you, within the limits that you gave, {until}. You can end it at any time. What has already been \
         opened cannot be taken back."
    )
}

/// Letting those who help see and stop what the person permits.
pub(in crate::family) fn stops(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::stops();
    }
    "Everybody whose help is in force is told whom you let see your readings, which ones and until when, and each of them can stop it, \
     also when you cannot. They see none of your readings by it. You can end this at any time, but whoever was told of a permission \
     can stop that one until its end. Nobody sees which of them did. What has already been opened cannot be taken back."
        .to_owned()
}

/// Saying that a helper's power may begin.
pub(in crate::family) fn springs(tongue: Tongue, power: &PowerQuestionView) -> String {
    if tongue == Tongue::Arabic {
        return arabic::springs(power);
    }
    let (helper, person) = (&power.helper, &power.person);
    let may = if power.reads {
        "read readings and let confirmed clinicians see them, within limits that were set before"
    } else {
        "agree to what other helpers permit, object to it and stop it"
    };
    // Who helps several people could name one of them and mean another.
    let whose = if power.by_helper { format!("{helper}, who asks you") } else { "whoever asks".to_owned() };
    format!(
        "You confirm that the time has come in which {helper} may act for {person}: {may}. It takes {needed} clinicians. What \
         you say is kept under your confirmed name, and cannot be taken back. The names here are the word of {whose}: \
         be sure that you know them.",
        needed = power.needed,
    )
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use salus_chain::ids::ChainId;
    use salus_sharing::circle::RelativeSecret;
    use salus_wire::view::NamedClinician;

    use super::super::tests::{NOW, plain};
    use super::*;
    use crate::family::limits::tests::steward_at;

    #[test]
    fn a_help_that_goes_on_is_named_with_when_it_rests_and_ends() {
        let both =
            |name: &str, rests, ends| Tongue::ALL.map(|tongue| goes_on(tongue, name, (rests, ends), 60));
        let [text, arabic] = both("Leïla", NOW + 365 * DAY, NOW + 500 * DAY);
        assert!(text.starts_with("Leïla may go on helping you") && text.contains("rests then"), "{text}");
        assert!(text.contains("It ends on") && text.contains("cannot be taken back"), "{text}");
        assert!(arabic.contains("\u{2068}Leïla\u{2069}") && arabic.contains("تتوقف حتى تراجعها"), "{arabic}");
        plain(&text);
        let [text, arabic] = both("", NOW + 365 * DAY, NOW + 50 * DAY);
        assert!(text.starts_with("Somebody whose name is not known") && !text.contains("rests"), "{text}");
        assert!(!arabic.contains("تتوقف"), "{arabic}");
    }

    #[test]
    fn letting_helpers_stop_says_what_they_learn_and_what_stays_with_them() {
        let said = stops(Tongue::English);
        for part in ["whom you let see your readings", "each of them can stop it", "until its end"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        plain(&said);
        let arabic = stops(Tongue::Arabic);
        assert!(arabic.contains("إيقاف") && !arabic.contains("each"), "{arabic}");
    }

    #[test]
    fn a_helper_is_named_with_digits_limits_and_what_cannot_be_undone() {
        let secret = RelativeSecret::generate(&mut StdRng::seed_from_u64(1));
        let code = Code::make(&secret, "Leïla", &ChainId([1; 32])).unwrap();
        let steward = steward_at(NOW);
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
            "locked anew for Leïla as soon as Salus on this computer knows of it, at the latest after 38 days",
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
        let ana =
            NamedClinician { key: "a".into(), name: "Dr Ana".into(), organisation: "Heart Clinic".into() };
        let bo = NamedClinician { key: "b".into(), name: "Dr Bo".into(), organisation: "-".into() };
        let named = HelperLimits { only_named: true, clinicians: vec![ana, bo], ..steward.clone() };
        let [text, arabic] = both(&named);
        assert!(
            text.contains("let these clinicians and nobody else (Dr Ana of Heart Clinic, Dr Bo) see it"),
            "{text}"
        );
        let only = "لهؤلاء الأطباء وحدهم (\u{2068}Dr Ana\u{2069} من \u{2068}Heart Clinic\u{2069}، \u{2068}Dr Bo\u{2069})";
        assert!(arabic.contains(only), "{arabic}");
        let approver = HelperLimits { role: HelperRole::Approver, categories: vec![], ..steward };
        let [text, arabic] = both(&approver);
        assert!(text.contains("they see none of your readings"), "{text}");
        assert!(arabic.contains("ولا يرى هذا الشخص شيئًا من قراءاتك"), "{arabic}");
        plain(&text);
    }

    #[test]
    fn a_power_that_may_begin_is_named_with_both_names() {
        let (person, helper) = ("Maria K.".to_owned(), "Nour".to_owned());
        let power =
            PowerQuestionView { person, helper, by_helper: false, reads: true, attested: 0, needed: 2 };
        let [text, arabic] = Tongue::ALL.map(|tongue| springs(tongue, &power));
        let parts =
            ["\u{2068}Nour\u{2069}", "\u{2068}Maria K.\u{2069}", "الاطلاع على القراءات", "لا يمكن استرجاعه"];
        assert!(parts.iter().all(|part| arabic.contains(part)), "{arabic}");
        assert!(text.contains("Nour may act for Maria K.: read readings"), "{text}");
        assert!(text.contains("the word of whoever asks"), "{text}");
        plain(&text);
        let hers = PowerQuestionView { by_helper: true, ..power };
        let [text, arabic] = Tongue::ALL.map(|tongue| springs(tongue, &hers));
        assert!(text.contains("the word of Nour, who asks you: be sure"), "{text}");
        assert!(arabic.contains("ومن يسألك هو \u{2068}Nour\u{2069}"), "{arabic}");
        plain(&text);
    }
}

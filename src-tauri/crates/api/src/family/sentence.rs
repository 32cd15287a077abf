//! What a person confirms outside the page, in words and in their language, as of a permission.

mod arabic;

use salus_sharing::circle::power::SLACK_MS;
use salus_sharing::circle::{Code, Plea};
use salus_wire::UnixMillis;
use salus_wire::view::{
    ClinicianView, FamilyChange, GivenView, HelperLimits, HelperRole, HelperView, PowerQuestionView,
    RelativeDraft, Verdict, WaitingView,
};

use super::limits::DAY;
use crate::share::sentence::{condition, date, listed, of};
use crate::tongue::Tongue;

fn days(n: i64) -> String {
    if n == 1 { "1 day".to_owned() } else { format!("{n} days") }
}

/// Whom a steward lets see something.
fn whom(limits: &HelperLimits) -> String {
    if !limits.only_named {
        return "confirmed clinicians".to_owned();
    }
    let names: Vec<String> =
        limits.clinicians.iter().map(|named| format!("{}{}", named.name, of(&named.organisation))).collect();
    format!("these clinicians and nobody else ({})", names.join(", "))
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
pub(super) fn goes_on(
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
pub(super) fn stops(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::stops();
    }
    "Everybody whose help is in force is told whom you let see your readings, which ones and until when, and each of them can stop it, \
     also when you cannot. They see none of your readings by it. You can end this at any time, but whoever was told of a permission \
     can stop that one until its end. Nobody sees which of them did. What has already been opened cannot be taken back."
        .to_owned()
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
         helps you then have 72 hours to object. They see none of your readings. Each of their computers holds a part of what \
         opens your backups: {needed} of them together with one of your backup files could read it, at any time. So keep your \
         backups where they cannot take them. Nobody confirms who they are: read the digits to each of them before you agree.",
        all = all.join(", "),
    )
}

/// Taking the readings out of a backup with guardians' parts.
pub(super) fn regain(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::regain();
    }
    "The parts that came back open your backup, which you choose next. Your record is put beside this one, with this \
     computer's passphrase and a new recovery key: the old ones do not open it any more, and the people who helped you get new \
     parts. What you measured on this computer meanwhile stays in the record that is open now; it can be taken \
     over afterwards."
        .to_owned()
}

/// Going on without them.
pub(super) fn forgo(tongue: Tongue) -> String {
    if tongue == Tongue::Arabic {
        return arabic::forgo();
    }
    "The parts that came back are forgotten here, and the people who helped you get parts for this record instead. Your backups \
     of before then open only with your old recovery key. This cannot be undone."
        .to_owned()
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

/// Objecting, on a laptop that was added, to what waits in the person's circle.
pub(super) fn veto(tongue: Tongue, waiting: &WaitingView, offset: i32) -> String {
    if tongue == Tongue::Arabic {
        return arabic::veto(waiting, offset);
    }
    let somebody = |name: &Option<String>| name.clone().filter(|name| !name.is_empty());
    let about = somebody(&waiting.about).unwrap_or_else(|| "somebody".to_owned());
    let by = match &waiting.by {
        None => "on your first laptop".to_owned(),
        Some(_) => format!("by {}", somebody(&waiting.by).unwrap_or_else(|| "one of your circle".to_owned())),
    };
    let what = match waiting.what {
        FamilyChange::NewKey => "that another computer speaks for you".to_owned(),
        FamilyChange::Added => format!("that {about} helps you"),
        FamilyChange::Raised => format!("that {about} may do more for you"),
        FamilyChange::Lowered => format!("that {about} may do less for you"),
        FamilyChange::Removed => format!("that {about} helps you no longer"),
        FamilyChange::Reviewed => format!("that the help of {about} goes on"),
        FamilyChange::Rules => "other rules for those who help you".to_owned(),
        FamilyChange::Guardians => "other people who can help you to get back".to_owned(),
        FamilyChange::HandedOver => "that everything is handed over, because you come of age".to_owned(),
    };
    let when = match waiting.effective {
        Some(at) => format!(" Otherwise it takes effect on {}.", date(at, offset)),
        None => " Others still have to agree to it.".to_owned(),
    };
    format!(
        "You object to what was asked for {by}: {what}. It ends at once, for everybody.{when} Whoever asked can ask again. It is \
         recorded with the members that one of your laptops objected."
    )
}

/// Handing a circle over to its person, who came of age; `helpers` act in it, and `running` of their permissions are in force.
pub(super) fn handover(tongue: Tongue, person: &str, plea: &Plea, helpers: usize, running: usize) -> String {
    if tongue == Tongue::Arabic {
        return arabic::handover(person, plea, helpers, running);
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
    format!(
        "{person} comes of age. At once nobody helps any more.{help}{rest} In 72 hours the computer whose owner calls themselves \
         {name} decides for {person}, and this one does no longer. This cannot be taken back. What was permitted from this \
         record itself goes on until its end, and the readings stay in it. Nobody confirms who this is: hear {person} read the \
         digits {digits} to you before you agree."
    )
}

/// Asking, as a helper, for the handover; it takes the agreement of `approvals` others.
pub(super) fn ask_handover(tongue: Tongue, person: &str, approvals: u8) -> String {
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

/// Saying, as a helper, what to think of an emergency; for good.
pub(super) fn review(tongue: Tongue, person: &str, verdict: Verdict) -> String {
    if tongue == Tongue::Arabic {
        return arabic::review(person, verdict);
    }
    let (what, more) = match verdict {
        Verdict::Right => ("that this was right", ""),
        Verdict::Objected => ("that you object to this", " The card goes on working."),
        Verdict::Stopped => (
            "that you object to this, and the emergency card is stopped: nothing more can be opened with it",
            " What has already been opened cannot be taken back.",
        ),
    };
    format!(
        "You say for {person} {what}. It is recorded with the members as yours, beside what {person} says, and the organisation \
         that confirms the clinician sees an objection. It cannot be taken back or changed.{more}"
    )
}

/// What a helper may do, as an export says it; times are of UTC there.
pub(crate) fn power(helper: &HelperView) -> String {
    let name: &str = if helper.name.is_empty() { "A helper" } else { &helper.name };
    let limits = &helper.limits;
    let may = match limits.role {
        HelperRole::Steward => format!(
            "read {what}, measured from {from} on, and let {whom} see it for at most {longest} at a time",
            whom = whom(limits),
            what = listed(&limits.categories),
            from = date(limits.data_from, 0),
            longest = days(i64::from(limits.longest_days)),
        ),
        HelperRole::Approver => {
            "agree to what other helpers permit, object to it and stop it, and read nothing".to_owned()
        }
    };
    let after = if limits.after_clinicians {
        " It begins only after two confirmed clinicians have said that it may."
    } else {
        ""
    };
    let review = match limits.review {
        Some(at) => format!(" From {} on it rests until the patient has looked at it again.", date(at, 0)),
        None => String::new(),
    };
    let paper = if helper.paper { " The members hold a salted hash of the paper that gives it." } else { "" };
    format!(
        "{name} may help the patient from {start} until {end}: {may}.{after}{review}{paper}",
        start = date(limits.begins, 0),
        end = date(limits.lapses, 0),
    )
}

/// What a helper permitted, as an export says it; times are of UTC there.
pub(crate) fn given(given: &GivenView) -> String {
    let by: &str = if given.by.is_empty() { "A helper who is not there any more" } else { &given.by };
    format!(
        "{by} permits for the patient: {name}{organisation} (confirmed by {member}) may see {what}, measured from {from} to \
         {to}, until {end}.",
        name = given.clinician.name,
        organisation = of(&given.clinician.organisation),
        member = given.clinician.attested_by,
        what = listed(&given.categories),
        from = date(given.data_from, 0),
        to = date(given.data_to, 0),
        end = date(given.ends, 0),
    )
}

/// Confirming what a helper permitted.
pub(super) fn confirmed(tongue: Tongue, given: &GivenView, offset: i32) -> String {
    if tongue == Tongue::Arabic {
        return arabic::confirmed(given, offset);
    }
    let by: &str = if given.by.is_empty() { "somebody who does not help any more" } else { &given.by };
    format!(
        "You confirm what {by} permitted: {name}{organisation} (confirmed by {member}) may see your {what}, measured from {from} \
         to {to}, until {end}.{condition} After that time, or within about an hour of its being stopped, nobody can open new \
         readings with this permission. What has already been opened cannot be taken back.",
        name = given.clinician.name,
        organisation = of(&given.clinician.organisation),
        member = given.clinician.attested_by,
        what = listed(&given.categories),
        from = date(given.data_from, offset),
        to = date(given.data_to, offset),
        end = date(given.ends, offset),
        condition = given.condition.as_ref().map(|view| said(&view.policy, offset)).unwrap_or_default(),
    )
}

/// Giving a permission for somebody else; `needs` others have to agree.
pub(super) fn permission(
    tongue: Tongue,
    person: &str,
    clinician: &ClinicianView,
    draft: &RelativeDraft,
    needs: u8,
    policy: &str,
    offset: i32,
) -> String {
    if tongue == Tongue::Arabic {
        return arabic::permission(person, clinician, draft, needs, policy, offset);
    }
    let others = match needs {
        0 => String::new(),
        1 => " Another helper has to agree before it can be opened.".to_owned(),
        n => format!(" {n} other helpers have to agree before it can be opened."),
    };
    format!(
        "{name}{organisation} (confirmed by {member}) may see {what} of {person}, measured from {from} to {to}, until \
         {end}.{condition}{others} You give this for {person}, and {person} and the other helpers are told. After that time, or within \
         about an hour of its being stopped, nobody can open new readings with this permission. What has already been \
         opened cannot be taken back.",
        name = clinician.name,
        organisation = of(&clinician.organisation),
        member = clinician.attested_by,
        what = listed(&draft.categories),
        from = date(draft.data_from, offset),
        to = date(draft.data_to, offset),
        end = date(draft.ends, offset),
        condition = said(policy, offset),
    )
}

/// A condition as a sentence of its own, of somebody else's appointment.
fn said(policy: &str, offset: i32) -> String {
    let sentence = condition(policy, offset).map(|said| said.replace("your appointment", "the appointment"));
    sentence.map(|said| format!(" {said}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;
    use salus_chain::contract::Ready;
    use salus_chain::ids::ChainId;
    use salus_sharing::circle::RelativeSecret;
    use salus_wire::Category;
    use salus_wire::view::{Condition, NamedClinician, PowerState};

    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;

    fn plain(text: &str) {
        for word in ["chain", "block", "grant", "key", "epoch", "ledger", "token", "node", "transaction"] {
            assert!(!text.to_lowercase().contains(word), "{word}: {text}");
        }
    }

    #[test]
    fn an_export_says_a_power_with_everything_that_limits_it() {
        let limits = HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate],
            data_from: NOW - 90 * DAY,
            longest_days: 30,
            begins: NOW,
            lapses: NOW + 365 * DAY,
            review: Some(NOW + 100 * DAY),
            after_clinicians: true,
            only_named: false,
            clinicians: Vec::new(),
        };
        let (name, state) = ("Leïla".to_owned(), PowerState::InForce);
        let steward = HelperView { seat: 1, name, limits, state, you: false, paper: true, keys_until: None };
        let said = power(&steward);
        for part in [
            "Leïla may help the patient from",
            "read heart rate, measured from",
            "let confirmed clinicians see it for at most 30 days at a time",
            "only after two confirmed clinicians",
            "it rests until the patient has looked at it again",
            "a salted hash of the paper",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let limits = HelperLimits { role: HelperRole::Approver, review: None, ..steward.limits };
        let approver = HelperView { name: String::new(), limits, paper: false, ..steward };
        let said = power(&approver);
        assert!(said.starts_with("A helper may help") && said.contains("read nothing"), "{said}");
        assert!(!said.contains("rests") && !said.contains("paper"), "{said}");
    }

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
        let steward = HelperLimits {
            role: HelperRole::Steward,
            categories: vec![Category::HeartRate, Category::BloodPressure],
            data_from: NOW - 90 * DAY,
            longest_days: 30,
            begins: NOW,
            lapses: NOW + 365 * DAY,
            review: None,
            after_clinicians: false,
            only_named: false,
            clinicians: Vec::new(),
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
    fn an_objection_says_to_what_by_whom_and_until_when() {
        let waiting = WaitingView {
            change: salus_wire::ChangeId([1; 32]),
            what: FamilyChange::NewKey,
            about: None,
            by: Some("Nour".into()),
            effective: Some(NOW),
            agreed: 1,
            needs: 1,
            may_agree: false,
        };
        let [text, arabic] = Tongue::ALL.map(|tongue| veto(tongue, &waiting, 0));
        assert!(text.contains("by Nour: that another computer speaks for you"), "{text}");
        assert!(text.contains(&date(NOW, 0)) && text.contains("It ends at once"), "{text}");
        assert!(
            arabic.contains("\u{2068}Nour\u{2069}") && arabic.contains("أن يتحدث حاسوب آخر باسمك"),
            "{arabic}"
        );
        plain(&text);
        let own = WaitingView { what: FamilyChange::Guardians, by: None, effective: None, ..waiting };
        let [text, arabic] = Tongue::ALL.map(|tongue| veto(tongue, &own, 0));
        assert!(
            text.contains("on your first laptop") && text.contains("Others still have to agree"),
            "{text}"
        );
        assert!(arabic.contains("على حاسوبك الأول") && arabic.contains("ما زال على آخرين"), "{arabic}");
        plain(&text);
    }

    #[test]
    fn what_a_helper_says_of_an_emergency_is_theirs_and_for_good() {
        for verdict in [Verdict::Right, Verdict::Objected, Verdict::Stopped] {
            let [text, arabic] = Tongue::ALL.map(|tongue| review(tongue, "Maria K.", verdict));
            assert!(text.contains("You say for Maria K.") && text.contains("cannot be taken back"), "{text}");
            assert!(
                arabic.contains("\u{2068}Maria K.\u{2069}") && arabic.contains("لا يمكن استرجاعه ولا تغييره"),
                "{arabic}"
            );
        }
        let [text, arabic] = Tongue::ALL.map(|tongue| review(tongue, "Maria K.", Verdict::Stopped));
        assert!(text.contains("is stopped") && arabic.contains("تُوقَف بطاقة الطوارئ"), "{arabic}");
    }

    #[test]
    fn a_handover_says_what_ends_what_rests_and_what_stays() {
        let secret = RelativeSecret::generate(&mut StdRng::seed_from_u64(4));
        let plea = Plea::make(&secret, "Mia", &ChainId([1; 32])).unwrap();
        let [text, arabic] = Tongue::ALL.map(|tongue| handover(tongue, "Mia K.", &plea, 2, 3));
        for part in
            ["مساعدة شخصين", "(3 أذونات)", "\u{2068}Mia\u{2069}", "لا يمكن التراجع عن هذا", &plea.digits()]
        {
            assert!(arabic.contains(part), "{part}: {arabic}");
        }
        for part in [
            "The help of 2 people ends",
            "is locked anew, and they cannot read it",
            "3 permissions of theirs can be opened by nobody until Mia confirms each of them",
            "goes on until its end, and the readings stay in it",
            "This cannot be taken back",
            &plea.digits(),
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        plain(&text);
        let [nothing, arabic] = Tongue::ALL.map(|tongue| handover(tongue, "Mia K.", &plea, 0, 0));
        assert!(!arabic.contains("مساعدة") && !arabic.contains("متوقف"), "{arabic}");
        assert!(!nothing.contains("permissions of theirs") && !nothing.contains("The help of"), "{nothing}");
        let [text, arabic] = Tongue::ALL.map(|tongue| ask_handover(tongue, "Mia K.", 1));
        assert!(arabic.contains("إذا وافق مساعد آخر"), "{arabic}");
        assert!(text.contains("when another helper has agreed"), "{text}");
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
            on_duty: false,
        };
        let draft = RelativeDraft {
            code: String::new(),
            categories: vec![Category::BloodPressure],
            data_from: NOW - 7 * DAY,
            data_to: NOW + DAY,
            ends: NOW + DAY,
            condition: Condition::Whenever,
        };
        let both = |needs, policy: &str| {
            Tongue::ALL.map(|tongue| permission(tongue, "Maria K.", &clinician, &draft, needs, policy, 0))
        };
        let [text, arabic] = both(1, "");
        assert!(arabic.contains("برؤية قراءات \u{2068}Maria K.\u{2069} (ضغط الدم)"), "{arabic}");
        assert!(arabic.contains("مساعد آخر") && arabic.contains("فلا يمكن استرجاعه"), "{arabic}");
        let two = both(2, "");
        assert!(two.iter().zip(["2 other helpers", "مساعدان آخران"]).all(|(text, part)| text.contains(part)));
        assert!(text.contains("may see blood pressure of Maria K."), "{text}");
        assert!(text.contains("Another helper has to agree"), "{text}");
        plain(&text);
        let policy = Ready::Appointment { at_ms: NOW }.text().unwrap();
        let [text, arabic] = both(0, &policy);
        assert!(text.contains("to two hours after the appointment on"), "{text}");
        assert!(arabic.contains("إلا من ساعتين قبل الموعد في"), "{arabic}");
    }
}

//! Permissions that helpers give, and what the person makes of one that rests.

use salus_wire::view::{ClinicianView, GivenView, RelativeDraft};

use super::arabic;
use crate::share::sentence::{condition, date, listed, of};
use crate::tongue::Tongue;

/// Confirming what a helper permitted.
pub(in crate::family) fn confirmed(tongue: Tongue, given: &GivenView, offset: i32) -> String {
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
pub(in crate::family) fn permission(
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
    use salus_chain::contract::Ready;
    use salus_wire::Category;
    use salus_wire::view::Condition;

    use super::super::tests::{NOW, plain};
    use super::*;
    use crate::family::limits::DAY;

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

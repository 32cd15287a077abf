//! Powers and what helpers permitted, as an export says them: in English, with times of UTC.

use salus_wire::view::{GivenView, HelperRole, HelperView};

use super::help::{days, whom};
use crate::share::sentence::{date, listed, of};

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

#[cfg(test)]
mod tests {
    use salus_wire::Category;
    use salus_wire::view::{HelperLimits, PowerState};

    use super::super::tests::NOW;
    use super::*;
    use crate::family::limits::DAY;

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
}

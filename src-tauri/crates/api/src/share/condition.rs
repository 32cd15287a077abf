//! A condition as screens say it, and the contract of the members' library that holds it.
//!
//! Daily summaries are more than what their contract says: the permission has keys of days and none of readings
//! ([`salus_sharing::days`]); the contract is the second lock.
//!
//! What nobody chooses by itself: "only while on duty", which is that of a permission to an organisation's staff on duty
//! ([`super::recipient`]), because a key that is fresh for each invitation is attested by nobody; an emergency, which is an
//! emergency card's ([`super::card`]).

use salus_chain::contract::{APPOINTMENT_MARGIN_MS, Ready};
use salus_wire::UnixMillis;
use salus_wire::view::{Condition, ConditionView};

/// The contract of a condition; `None` for none. `Err` for what cannot be chosen.
pub(crate) fn contract(condition: Condition) -> Result<Option<Ready>, ()> {
    let ready = match condition {
        Condition::Whenever => return Ok(None),
        // The whole day, which is no condition.
        Condition::Hours { from, to, .. } | Condition::DailyHours { from, to, .. } if from == to => {
            return Err(());
        }
        Condition::Hours { from, to, utc_offset_minutes } => Ready::Hours { from, to, utc_offset_minutes },
        Condition::Appointment { at } => Ready::Appointment { at_ms: at },
        Condition::TwoPersons => Ready::TwoPersons,
        Condition::DailySummaries => Ready::SummariesOnly,
        Condition::DailyHours { from, to, utc_offset_minutes } => {
            Ready::SummariesHours { from, to, utc_offset_minutes }
        }
        Condition::DailyTwoPersons => Ready::SummariesTwoPersons,
        Condition::OnDuty | Condition::Emergency | Condition::Other => return Err(()),
    };
    if ready.text().is_ok() { Ok(Some(ready)) } else { Err(()) }
}

/// Whether a permission with this access window could be opened at all under a condition, now or later.
pub(crate) fn possible(condition: Condition, starts: UnixMillis, ends: UnixMillis, now: UnixMillis) -> bool {
    match condition {
        // It comes before the end, and the time around it is not over.
        Condition::Appointment { at } => {
            at < ends && at.saturating_add(APPOINTMENT_MARGIN_MS) > starts.max(now)
        }
        Condition::Whenever
        | Condition::Hours { .. }
        | Condition::TwoPersons
        | Condition::DailySummaries
        | Condition::DailyHours { .. }
        | Condition::DailyTwoPersons
        | Condition::OnDuty
        | Condition::Emergency
        | Condition::Other => true,
    }
}

/// A recorded text as screens show it; `None` where there is none.
pub(crate) fn view(policy: &str) -> Option<ConditionView> {
    if policy.is_empty() {
        return None;
    }
    let condition = match Ready::of(policy) {
        Some(Ready::Plain) => Condition::Whenever,
        Some(Ready::Hours { from, to, utc_offset_minutes }) => {
            Condition::Hours { from, to, utc_offset_minutes }
        }
        Some(Ready::Appointment { at_ms }) => Condition::Appointment { at: at_ms },
        Some(Ready::TwoPersons) => Condition::TwoPersons,
        Some(Ready::BreakGlass) => Condition::Emergency,
        Some(Ready::SummariesOnly) => Condition::DailySummaries,
        Some(Ready::SummariesHours { from, to, utc_offset_minutes }) => {
            Condition::DailyHours { from, to, utc_offset_minutes }
        }
        Some(Ready::SummariesTwoPersons) => Condition::DailyTwoPersons,
        Some(Ready::OnDuty { .. }) => Condition::OnDuty,
        None => Condition::Other,
    };
    Some(ConditionView { condition, policy: policy.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = 1_795_000_000_000;
    const HOUR: i64 = 3_600_000;
    const MORNINGS: Condition = Condition::Hours { from: 480, to: 720, utc_offset_minutes: 60 };

    #[test]
    fn what_is_chosen_is_what_its_policy_says() {
        let appointment = Condition::Appointment { at: NOW };
        let days = Condition::DailyHours { from: 480, to: 720, utc_offset_minutes: 60 };
        let both = [days, Condition::DailyTwoPersons];
        let alone = [MORNINGS, appointment, Condition::TwoPersons, Condition::DailySummaries];
        for condition in alone.into_iter().chain(both) {
            let text = contract(condition).unwrap().unwrap().text().unwrap();
            assert_eq!(view(&text), Some(ConditionView { condition, policy: text }));
        }
        assert_eq!(contract(Condition::Whenever), Ok(None));
        assert_eq!(view(""), None);
    }

    #[test]
    fn what_nobody_can_choose_is_refused() {
        for bad in [
            Condition::Other,
            Condition::OnDuty,
            Condition::Emergency,
            Condition::Hours { from: 480, to: 480, utc_offset_minutes: 0 },
            Condition::DailyHours { from: 480, to: 480, utc_offset_minutes: 0 },
            Condition::DailyHours { from: 0, to: 1440, utc_offset_minutes: 0 },
            Condition::Hours { from: 1440, to: 0, utc_offset_minutes: 0 },
            Condition::Hours { from: 0, to: 1440, utc_offset_minutes: 0 },
            Condition::Hours { from: 0, to: 60, utc_offset_minutes: 841 },
            Condition::Appointment { at: -1 },
        ] {
            assert_eq!(contract(bad), Err(()), "{bad:?}");
        }
    }

    #[test]
    fn what_there_is_no_sentence_for_shows_its_policy() {
        let on_duty = Ready::OnDuty { member: 2 }.text().unwrap();
        assert_eq!(view(&on_duty), Some(ConditionView { condition: Condition::OnDuty, policy: on_duty }));
        let almost = Ready::TwoPersons.text().unwrap().replace("  ", " ");
        assert_eq!(view(&almost).unwrap().condition, Condition::Other);
        assert_eq!(view(&Ready::Plain.text().unwrap()).unwrap().condition, Condition::Whenever);
        assert_eq!(view(&Ready::BreakGlass.text().unwrap()).unwrap().condition, Condition::Emergency);
    }

    #[test]
    fn an_appointment_lies_in_the_permission() {
        let at = |at| possible(Condition::Appointment { at }, NOW, NOW + 10 * HOUR, NOW + HOUR);
        assert!(at(NOW) && at(NOW + 9 * HOUR));
        assert!(!at(NOW - HOUR) && !at(NOW + 10 * HOUR));
        assert!(possible(MORNINGS, NOW, NOW + HOUR, NOW));
    }
}

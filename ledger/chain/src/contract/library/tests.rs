//! Each clause of each ready contract: permitted just inside, refused just outside.

use proptest::prelude::*;

use super::*;
use crate::contract::{Action, Compiled, Facts};
use crate::fixture::{Chain, START};
use crate::tx::Purpose;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
// START is 11:06:40 UTC.
const MIDNIGHT: i64 = START - (11 * HOUR + 6 * MINUTE + 40_000);

fn facts() -> Facts {
    Facts::of(&Chain::new(1).body(1).terms, START)
}

/// Whether `ready` permits opening; releasing is permitted exactly then, and giving always.
fn opens(ready: Ready, facts: &Facts) -> bool {
    let contract = Compiled::check(&ready.text().unwrap()).unwrap();
    assert!(contract.permits(Action::Give, facts));
    let open = contract.permits(Action::Open, facts);
    assert_eq!(contract.permits(Action::Release, facts), open);
    open
}

fn at(now_ms: i64) -> Facts {
    Facts { now_ms, ..facts() }
}

#[test]
fn the_plain_one_permits_everything() {
    assert!(opens(Ready::Plain, &facts()));
}

#[test]
fn hours_within_a_day() {
    let day = Ready::Hours { from: 8 * 60, to: 18 * 60 + 30, utc_offset_minutes: 0 };
    let minute = |minutes: i64, ms: i64| opens(day, &at(MIDNIGHT + minutes * MINUTE + ms));
    assert!(!minute(8 * 60, -1));
    assert!(minute(8 * 60, 0));
    assert!(minute(18 * 60 + 30, -1));
    assert!(!minute(18 * 60 + 30, 0));
    // The next day as well.
    assert!(minute(24 * 60 + 8 * 60, 0));
}

#[test]
fn hours_across_midnight() {
    let night = Ready::Hours { from: 22 * 60, to: 6 * 60, utc_offset_minutes: 0 };
    let minute = |minutes: i64, ms: i64| opens(night, &at(MIDNIGHT + minutes * MINUTE + ms));
    assert!(!minute(22 * 60, -1));
    assert!(minute(22 * 60, 0));
    assert!(minute(24 * 60, 0));
    assert!(minute(6 * 60, -1));
    assert!(!minute(6 * 60, 0));
    // Two equal hours are the whole day.
    let whole = Ready::Hours { from: 600, to: 600, utc_offset_minutes: 0 };
    assert!((0..24).all(|hour| opens(whole, &at(MIDNIGHT + hour * HOUR))));
}

#[test]
fn hours_of_the_persons_own_clock() {
    // 8:00 at UTC+5:45 is 2:15, at UTC-3:30 it is 11:30.
    for (offset, utc) in [(5 * 60 + 45, 2 * 60 + 15), (-(3 * 60 + 30), 11 * 60 + 30)] {
        let morning = Ready::Hours { from: 8 * 60, to: 9 * 60, utc_offset_minutes: offset };
        let at = |ms: i64| at(MIDNIGHT + utc * MINUTE + ms);
        assert!(!opens(morning, &at(-1)));
        assert!(opens(morning, &at(0)) && opens(morning, &at(HOUR - 1)));
        assert!(!opens(morning, &at(HOUR)));
    }
}

#[test]
fn an_appointment_two_hours_either_way() {
    let appointment = Ready::Appointment { at_ms: START + 123 };
    let around = |ms: i64| opens(appointment, &at(START + 123 + ms));
    assert!(!around(-APPOINTMENT_MARGIN_MS - 1));
    assert!(around(-APPOINTMENT_MARGIN_MS));
    assert!(around(APPOINTMENT_MARGIN_MS - 1));
    assert!(!around(APPOINTMENT_MARGIN_MS));
}

#[test]
fn summaries_are_coarse_slots_that_are_over() {
    let contract = Compiled::check(&Ready::SummariesOnly.text().unwrap()).unwrap();
    let slot =
        |level, end_ms| contract.permits(Action::Release, &facts().of_slot(level, START - DAY, end_ms));
    assert!(slot(4, START) && slot(8, START));
    assert!(!slot(0, START) && !slot(3, START));
    assert!(!slot(4, START + 1) && !slot(8, START + 1));
    // The receipt is recorded in any case.
    assert!(contract.permits(Action::Give, &facts()) && contract.permits(Action::Open, &facts()));
}

/// Whether a slot is released; the receipt is recorded exactly when the condition beside the summaries holds.
fn releases(ready: Ready, facts: &Facts, holds: bool, level: u8, end_ms: i64) -> bool {
    let contract = Compiled::check(&ready.text().unwrap()).unwrap();
    assert!(contract.permits(Action::Give, facts));
    assert_eq!(contract.permits(Action::Open, facts), holds);
    contract.permits(Action::Release, &facts.of_slot(level, START - DAY, end_ms))
}

#[test]
fn summaries_at_certain_hours_ask_both() {
    // START is 11:06:40: inside, and outside on either side of midnight.
    let inside = Ready::SummariesHours { from: 11 * 60, to: 12 * 60, utc_offset_minutes: 0 };
    let wrapped = Ready::SummariesHours { from: 22 * 60, to: 12 * 60, utc_offset_minutes: 0 };
    for ready in [inside, wrapped] {
        assert!(releases(ready, &facts(), true, 4, START) && releases(ready, &facts(), true, 8, START));
        assert!(!releases(ready, &facts(), true, 0, START) && !releases(ready, &facts(), true, 3, START));
        assert!(!releases(ready, &facts(), true, 4, START + 1));
    }
    let outside = Ready::SummariesHours { from: 22 * 60, to: 11 * 60, utc_offset_minutes: 0 };
    assert!(!releases(outside, &facts(), false, 4, START) && !releases(outside, &facts(), false, 0, START));
    let early = Ready::SummariesHours { from: 8 * 60, to: 11 * 60, utc_offset_minutes: 0 };
    assert!(!releases(early, &facts(), false, 8, START));
}

#[test]
fn summaries_with_a_second_person_ask_both() {
    let ready = Ready::SummariesTwoPersons;
    let two = Facts { seconded: true, ..facts() };
    assert!(releases(ready, &two, true, 4, START) && releases(ready, &two, true, 8, START));
    assert!(!releases(ready, &two, true, 3, START) && !releases(ready, &two, true, 4, START + 1));
    assert!(!releases(ready, &facts(), false, 4, START));
}

#[test]
fn which_give_days_only() {
    let hours = Ready::Hours { from: 1, to: 2, utc_offset_minutes: 0 };
    let days = Ready::SummariesHours { from: 1, to: 2, utc_offset_minutes: 0 };
    assert!([Ready::SummariesOnly, Ready::SummariesTwoPersons, days].iter().all(Ready::gives_days));
    let readings = [Ready::Plain, Ready::TwoPersons, Ready::BreakGlass, hours, Ready::OnDuty { member: 1 }];
    assert!(!readings.iter().any(Ready::gives_days));
}

#[test]
fn on_duty_is_a_short_credential_of_one_member() {
    let duty = Ready::OnDuty { member: 3 };
    let reader = |attested, organisation, credential_left_ms| {
        opens(duty, &Facts { attested, organisation, credential_left_ms, ..facts() })
    };
    assert!(reader(true, 3, DAY) && reader(true, 3, 1));
    assert!(!reader(true, 3, DAY + 1));
    assert!(!reader(true, 2, DAY) && !reader(true, 4, DAY));
    assert!(!reader(false, 3, DAY) && !reader(false, 0, 0));
}

#[test]
fn two_persons_are_two() {
    assert!(opens(Ready::TwoPersons, &Facts { seconded: true, ..facts() }));
    assert!(!opens(Ready::TwoPersons, &facts()));
}

#[test]
fn break_glass_needs_every_one_of_its_clauses() {
    let emergency = |reason| Facts { purpose: Purpose::Emergency, reason, ..facts() };
    let opens = |facts: &Facts| opens(Ready::BreakGlass, facts);
    let seconded = |reason| Facts { seconded: true, ..emergency(reason) };
    assert!((1..=5).all(|reason| opens(&seconded(reason))));
    assert!(!opens(&seconded(0)) && !opens(&seconded(6)));
    assert!(!opens(&Facts { purpose: Purpose::Treatment, ..seconded(1) }));
    // Without a second person half an hour after the announcement.
    assert!(!opens(&emergency(1)));
    let waited = |waited_ms| Facts { announced: true, waited_ms, ..emergency(1) };
    assert!(opens(&waited(30 * MINUTE)));
    assert!(!opens(&waited(30 * MINUTE - 1)));
    assert!(!opens(&Facts { announced: false, ..waited(30 * MINUTE) }));
    // For four hours, whoever agreed.
    for begun in [seconded(1), waited(5 * HOUR)] {
        assert!(opens(&Facts { opened_ms: 4 * HOUR, ..begun }));
        assert!(!opens(&Facts { opened_ms: 4 * HOUR + 1, ..begun }));
    }
}

#[test]
fn what_no_text_can_carry_is_refused() {
    let hours = |from, to, utc_offset_minutes| Ready::Hours { from, to, utc_offset_minutes }.text().err();
    assert_eq!(hours(0, 1439, 840), None);
    assert_eq!(hours(1440, 0, 0), Some(OutOfRange("hour")));
    assert_eq!(hours(0, 1440, 0), Some(OutOfRange("hour")));
    assert_eq!(hours(0, 0, 841), Some(OutOfRange("offset")));
    assert_eq!(hours(0, 0, i16::MIN), Some(OutOfRange("offset")));
    let days = Ready::SummariesHours { from: 0, to: 1440, utc_offset_minutes: 0 };
    assert_eq!(days.text(), Err(OutOfRange("hour")));
    assert_eq!(Ready::Appointment { at_ms: -1 }.text(), Err(OutOfRange("time")));
    assert_eq!(Ready::OnDuty { member: 0 }.text(), Err(OutOfRange("member")));
    assert_eq!(Ready::OnDuty { member: 22 }.text(), Err(OutOfRange("member")));
}

#[test]
fn a_text_that_is_almost_one_is_none() {
    let text = Ready::Hours { from: 480, to: 1080, utc_offset_minutes: 60 }.text().unwrap();
    for other in [
        text.replacen("480m", "0480m", 1),
        text.replacen("60m", "+60m", 1),
        text.replacen("480m", "1500m", 1),
        text.replacen("&&", "||", 1),
        format!("{text} "),
        text.replacen("\"open\"", "\"release\"", 1),
        // The second offset differs from the first.
        text.replacen("60m\")).toTime() <", "61m\")).toTime() <", 1),
    ] {
        assert_ne!(other, text);
        assert_eq!(Ready::of(&other), None, "{other}");
    }
    assert_eq!(Ready::of(""), None);
    assert_eq!(Ready::of("permit (principal, action, resource);"), None);
}

#[test]
fn the_texts_do_not_change_unnoticed() {
    // A text is what a permission's hash names: another word here is another contract.
    let hashes = [
        (Ready::Plain, "c650d869e37867d50a69bc8e1535eddabb0d0b9410d6f72e3d28e6e01c37f1b2"),
        (
            Ready::Hours { from: 480, to: 1080, utc_offset_minutes: -60 },
            "04dff8eb093031147daf372ce129f816ba61e434f2f8f7d58fa0cc513addbe6f",
        ),
        (
            Ready::Appointment { at_ms: START },
            "f0a23fd324aa5a57d040d18c0d4e9631c18f632b41de16097380c3e99d37027e",
        ),
        (Ready::SummariesOnly, "52196957d30bf982a3a1bb3379d8bb39d4b8d47aed8bbcaa18c27ccea8b36767"),
        (
            Ready::SummariesHours { from: 480, to: 1080, utc_offset_minutes: -60 },
            "c944c7db7f50eea8c2283f27647965cc9b700f9ee32f2b3160e5c2a34ad4c370",
        ),
        (Ready::SummariesTwoPersons, "f2a6ee02ea6ea181ce2b32d18096e49648ecc1f7dbf325e0bcdd35ee704f33e2"),
        (Ready::OnDuty { member: 2 }, "39d7f33487fcb2235e5f10bb1d5c37c36bbc75ff13d637b4057891c282eb9ad5"),
        (Ready::TwoPersons, "c44da4d0b81f0eca81990e87d60ea8a38a6528d42ff182fe2181830191e5e1d7"),
        (Ready::BreakGlass, "e05ddd8a0879afb6c360f072ba2bd29f5875817511493a6e7ef59ac125647c8f"),
    ];
    for (ready, hash) in hashes {
        assert_eq!(crate::contract::contract_hash(&ready.text().unwrap()).to_string(), hash, "{ready:?}");
    }
}

fn any_ready() -> impl Strategy<Value = Ready> {
    prop_oneof![
        Just(Ready::Plain),
        Just(Ready::SummariesOnly),
        Just(Ready::SummariesTwoPersons),
        Just(Ready::TwoPersons),
        Just(Ready::BreakGlass),
        (0u16..1440, 0u16..1440, -840i16..=840).prop_map(|(from, to, utc_offset_minutes)| Ready::Hours {
            from,
            to,
            utc_offset_minutes
        }),
        (0u16..1440, 0u16..1440, -840i16..=840).prop_map(|(from, to, utc_offset_minutes)| {
            Ready::SummariesHours { from, to, utc_offset_minutes }
        }),
        (0..=crate::codec::LAST_INSTANT).prop_map(|at_ms| Ready::Appointment { at_ms }),
        (1u16..=21).prop_map(|member| Ready::OnDuty { member }),
    ]
}

proptest! {
    // The engine is slow without optimisation.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_ready_contract_is_one_and_is_recognised(ready in any_ready()) {
        let text = ready.text().unwrap();
        prop_assert_eq!(Ready::of(&text), Some(ready));
        prop_assert!(Compiled::check(&text).is_ok());
    }
}

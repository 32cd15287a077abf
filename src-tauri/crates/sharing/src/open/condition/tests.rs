use salus_chain::ids::{GrantId, Hash32, KeeperSetId, VerifyingKey};

use super::*;
use crate::town::NOW;

const HOUR: i64 = 3_600_000;
// NOW is 2026-11-18T11:06:40Z.
const MIDNIGHT: i64 = 1_794_960_000_000;

fn terms() -> GrantTerms {
    GrantTerms {
        grant_id: GrantId([1; 32]),
        patient_grant_pk: VerifyingKey([2; 32]),
        reader_pk_root: Hash32::ZERO,
        keeper_set_id: KeeperSetId([3; 32]),
        threshold: 1,
        commit_hash: Hash32::ZERO,
        capsule_hash: Hash32::ZERO,
        not_before_ms: NOW,
        expires_ms: NOW + 90 * DAY_MS,
        contract_hash: Hash32::ZERO,
        revoker_root: Hash32::ZERO,
    }
}

fn at(ready: Ready, at: UnixMillis, seconded: bool) -> Option<Demand> {
    demand(&ready.text().unwrap(), &terms(), at, seconded)
}

#[test]
fn hours_say_when_they_begin_next() {
    let day = Ready::Hours { from: 8 * 60, to: 18 * 60, utc_offset_minutes: 60 };
    let eight = MIDNIGHT + 7 * HOUR;
    assert_eq!(at(day, eight, false), None);
    assert_eq!(at(day, eight + 10 * HOUR - 1, false), None);
    assert_eq!(at(day, eight - 1, false), Some(Demand::Hours { again: eight }));
    assert_eq!(at(day, eight + 10 * HOUR, false), Some(Demand::Hours { again: eight + DAY_MS }));

    let night = Ready::Hours { from: 22 * 60, to: 6 * 60, utc_offset_minutes: -300 };
    let ten = MIDNIGHT + 27 * HOUR;
    assert_eq!(at(night, ten, false), None);
    assert_eq!(at(night, ten + 8 * HOUR - 1, false), None);
    assert_eq!(at(night, ten + 8 * HOUR, false), Some(Demand::Hours { again: ten + DAY_MS }));
    assert_eq!(at(night, ten - 1, false), Some(Demand::Hours { again: ten }));
}

#[test]
fn an_appointment_is_to_come_there_or_over() {
    let ready = Ready::Appointment { at_ms: NOW };
    assert_eq!(at(ready, NOW - 2 * HOUR, false), None);
    assert_eq!(at(ready, NOW + 2 * HOUR - 1, false), None);
    assert_eq!(at(ready, NOW - 2 * HOUR - 1, false), Some(Demand::Before { from: NOW - 2 * HOUR }));
    assert_eq!(at(ready, NOW + 2 * HOUR, false), Some(Demand::After));
}

#[test]
fn two_persons_are_demanded_until_there_are_two() {
    assert_eq!(at(Ready::TwoPersons, NOW, false), Some(Demand::Second));
    assert_eq!(at(Ready::TwoPersons, NOW, true), None);
}

#[test]
fn of_summaries_the_same_is_demanded() {
    let (from, to, utc_offset_minutes) = (8 * 60, 18 * 60, 60);
    let (hours, days) = (
        Ready::Hours { from, to, utc_offset_minutes },
        Ready::SummariesHours { from, to, utc_offset_minutes },
    );
    for instant in [MIDNIGHT, NOW, MIDNIGHT + 20 * HOUR] {
        assert_eq!(at(days, instant, false), at(hours, instant, false));
    }
    assert!(at(days, MIDNIGHT, false).is_some() && at(days, NOW, false).is_none());
    assert_eq!(at(Ready::SummariesTwoPersons, NOW, false), Some(Demand::Second));
    assert_eq!(at(Ready::SummariesTwoPersons, NOW, true), None);
}

#[test]
fn nothing_is_said_of_what_only_the_members_can_judge() {
    let others = [Ready::Plain, Ready::SummariesOnly, Ready::OnDuty { member: 1 }, Ready::BreakGlass];
    assert!(others.into_iter().all(|ready| at(ready, NOW, false).is_none()));
    assert_eq!(demand("no contract", &terms(), NOW, false), None);
}

#[test]
fn every_demand_has_its_code() {
    let all = [Demand::Hours { again: 0 }, Demand::Before { from: 0 }, Demand::After, Demand::Second];
    let codes: std::collections::BTreeSet<_> = all.iter().map(|demand| demand.code().as_str()).collect();
    assert_eq!(codes.len(), all.len());
}

use proptest::prelude::*;

use super::*;
use crate::contract::{ContractFault, contract_hash};
use crate::fixture::{Chain, DAY, START};
use crate::ids::{Hash32, TxHash, VerifyingKey};
use crate::state::{Announcement, CredentialRecord, EmergencyRecord};
use crate::tx::{CredentialBody, CredentialStatus};

fn facts() -> Facts {
    Facts::of(&Chain::new(1).body(1).terms, START)
}

fn when(condition: &str) -> String {
    format!("permit (principal, action, resource) when {{ {condition} }};")
}

fn open(condition: &str, facts: &Facts) -> bool {
    let text = when(condition);
    Compiled::check(&text).unwrap();
    permits(&text, Action::Open, facts)
}

#[test]
fn every_fact_is_seen_under_its_name() {
    let seen = Facts {
        now_ms: START + 1,
        begins_ms: START + 2,
        ends_ms: START + 5,
        attested: true,
        organisation: 3,
        credential_left_ms: 4,
        purpose: Purpose::Emergency,
        reason: 5,
        seconded: true,
        announced: true,
        waited_ms: 6,
        opened_ms: 7,
        level: 8,
        slot_start_ms: START + 9,
        slot_end_ms: START + 10,
        approvals: 11,
    };
    let at = |ms: i64| format!("datetime(\"{}\")", date::written(START + ms));
    let conditions = [
        format!("context.now == {}", at(1)),
        format!("resource.begins == {}", at(2)),
        format!("resource.ends == {}", at(5)),
        "resource.lasts == duration(\"3ms\")".to_owned(),
        "principal.attested".to_owned(),
        "principal.organisation == 3".to_owned(),
        "principal.credential_left == duration(\"4ms\")".to_owned(),
        "context.purpose == \"emergency\"".to_owned(),
        "context.reason == 5".to_owned(),
        "context.seconded".to_owned(),
        "context.announced".to_owned(),
        "context.waited == duration(\"6ms\")".to_owned(),
        "context.opened == duration(\"7ms\")".to_owned(),
        "context.level == 8".to_owned(),
        format!("context.slot_start == {}", at(9)),
        format!("context.slot_end == {}", at(10)),
        "context.approvals == 11".to_owned(),
    ];
    for condition in &conditions {
        assert!(open(condition, &seen), "{condition}");
        assert!(!open(&format!("!({condition})"), &seen), "{condition}");
        // None of them holds of a permission of which nothing else is known.
        assert!(!open(condition, &facts()), "{condition}");
    }
}

#[test]
fn an_action_is_the_one_that_is_named() {
    for action in [Action::Give, Action::Open, Action::Release] {
        let text = format!("permit (principal, action == Action::\"{}\", resource);", action.as_str());
        for asked in [Action::Give, Action::Open, Action::Release] {
            assert_eq!(permits(&text, asked, &facts()), asked == action);
        }
    }
}

#[test]
fn an_error_denies() {
    let sum = "9223372036854775807 + context.level > 0";
    let level = |level| Facts { level, ..facts() };
    assert!(open(sum, &level(0)));
    assert!(!open(sum, &level(4)));
    // Cedar passes over a policy that fails, here a prohibition.
    let text = format!(
        "permit (principal, action, resource);\n\
         forbid (principal, action, resource) when {{ {sum} && context.seconded }};"
    );
    Compiled::check(&text).unwrap();
    assert!(permits(&text, Action::Open, &level(0)));
    assert!(!permits(&text, Action::Open, &level(4)));
    // Another permit does not help.
    let text = format!("permit (principal, action, resource);\n{}", when(sum));
    assert!(!permits(&text, Action::Open, &level(4)));
    // Nor is anything permitted at a time that cannot be written, or by what is no contract.
    let never = Facts { now_ms: i64::MAX, ..facts() };
    assert!(!permits("permit (principal, action, resource);", Action::Open, &never));
    let endless = Facts { begins_ms: i64::MIN, ends_ms: i64::MAX, ..facts() };
    assert!(!permits("permit (principal, action, resource);", Action::Open, &endless));
    assert!(!permits("permit everything;", Action::Open, &facts()));
    assert!(!permits("", Action::Open, &facts()));
}

#[test]
fn a_prohibition_wins() {
    let text = "permit (principal, action, resource);\n\
                forbid (principal, action, resource) when { context.level < 4 };";
    Compiled::check(text).unwrap();
    assert!(!permits(text, Action::Release, &facts()));
    assert!(permits(text, Action::Release, &Facts { level: 4, ..facts() }));
}

#[test]
fn the_same_question_has_the_same_answer_on_any_stack() {
    let text = when("context.now.toTime() >= duration(\"8h\") && (context.seconded || principal.attested)");
    let contract = Compiled::check(&text).unwrap();
    let asked = [facts(), Facts { seconded: true, ..facts() }, Facts { attested: true, ..facts() }];
    let answers = asked.map(|facts| contract.permits(Action::Open, &facts));
    assert_eq!(answers, [false, true, true]);
    for _ in 0..3 {
        let (text, asked) = (text.clone(), asked);
        let again = std::thread::Builder::new().stack_size(256 << 10);
        let again = again.spawn(move || asked.map(|facts| permits(&text, Action::Open, &facts))).unwrap();
        assert_eq!(again.join().unwrap(), answers);
    }
}

#[test]
fn a_credential_counts_while_it_is_in_force() {
    let record = |status, valid_until_ms| CredentialRecord {
        body: CredentialBody {
            credential_pk: VerifyingKey([1; 32]),
            member_index: 2,
            status,
            attestation_hash: Hash32::ZERO,
            valid_until_ms,
            nonce: 1,
            subject: None,
        },
        height: 1,
    };
    let of = |record: &CredentialRecord| {
        let read = facts().read_by(Some(record));
        (read.attested, read.organisation, read.credential_left_ms)
    };
    assert_eq!(of(&record(CredentialStatus::Active, START + DAY)), (true, 2, DAY));
    assert_eq!(of(&record(CredentialStatus::Active, START + 1)), (true, 2, 1));
    assert_eq!(of(&record(CredentialStatus::Active, START)), (false, 0, 0));
    assert_eq!(of(&record(CredentialStatus::Suspended, START + DAY)), (false, 0, 0));
    assert_eq!(facts().read_by(None), facts());
}

#[test]
fn an_emergency_counts_from_its_blocks() {
    let (by, other) = (VerifyingKey([3; 32]), VerifyingKey([4; 32]));
    let record = |announced_ms: Option<i64>, opened_ms| {
        let one = announced_ms.map(|at_ms| Announcement { by, reason: 1, at_ms, tx: TxHash([5; 32]) });
        EmergencyRecord { announcements: one.into_iter().collect(), opened_ms }
    };
    let of = |announced_ms, opened_ms| {
        let seen = facts().in_emergency(Some(&record(announced_ms, opened_ms)), Some(&by));
        (seen.announced, seen.waited_ms, seen.opened_ms)
    };
    assert_eq!(of(None, None), (false, 0, 0));
    assert_eq!(of(Some(START - 5), None), (true, 5, 0));
    assert_eq!(of(Some(START - 5), Some(START - 3)), (true, 5, 3));
    // For a day, in which an opening has to begin.
    assert_eq!(of(Some(START - DAY), None), (true, DAY, 0));
    assert_eq!(of(Some(START - DAY - 1), None), (false, 0, 0));
    assert_eq!(of(Some(START - DAY - 1), Some(START - 1)), (true, DAY + 1, 1));
    // A head behind the block of the announcement.
    assert_eq!(of(Some(START + 5), None), (true, 0, 0));
    assert_eq!(facts().in_emergency(None, Some(&by)), facts());
    // What another announced, and what nobody opens, has not been waited for.
    for opener in [Some(&other), None] {
        let seen = facts().in_emergency(Some(&record(Some(START - 5), Some(START - 3))), opener);
        assert_eq!((seen.announced, seen.waited_ms, seen.opened_ms), (false, 0, 3));
    }
}

#[test]
fn a_contract_is_named_by_its_text() {
    // SHA-256("hg/v1/contract" || text), computed apart from this crate.
    let text = "permit (principal, action, resource);\n";
    let hash = "c650d869e37867d50a69bc8e1535eddabb0d0b9410d6f72e3d28e6e01c37f1b2";
    assert_eq!(contract_hash(text).to_string(), hash);
    assert_ne!(contract_hash(&text[1..]), contract_hash(text));
}

proptest! {
    // The engine is slow without optimisation.
    #![proptest_config(ProptestConfig::with_cases(64))]

    // The crate's own way to write an instant against the engine's arithmetic.
    #[test]
    fn an_instant_is_what_the_engine_reads(instant in 0..=crate::codec::LAST_INSTANT) {
        let at = format!("datetime(\"1970-01-01\").offset(duration(\"{instant}ms\"))");
        let text = when(&format!("context.now == {at} && context.slot_end == {at}"));
        let asked = Facts { now_ms: instant, slot_start_ms: instant, slot_end_ms: instant, ..facts() };
        prop_assert!(permits(&text, Action::Open, &asked));
    }

    #[test]
    fn no_text_panics(text in "[ -~\n\t]{0,300}", inner in "[ -~]{0,60}") {
        for text in [text, when(&inner)] {
            let (checked, parsed) = (Compiled::check(&text).err(), Compiled::parse(&text).err());
            // A panic of the engine would be this fault.
            prop_assert_ne!(checked, Some(ContractFault::Engine));
            prop_assert!(checked.is_some() || parsed.is_none());
            prop_assert!(parsed.is_none() || !permits(&text, Action::Open, &facts()));
        }
    }
}

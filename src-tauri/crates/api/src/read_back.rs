//! What the wire reads through one struct with the fields of all kinds is written, and read, as serde would: records hold it in this form.
//! Here and not beside it, because the wire knows no JSON.

use std::collections::BTreeSet;
use std::fmt::Debug;

use salus_wire::view::{BackupNeed, DamageView, FamilyChange, MemoryView, NoticeKind};
use salus_wire::{Category, GrantId};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_str, from_value, json, to_string};

const GRANT: GrantId = GrantId([7; 32]);

/// Every kind, named in `tag`, with its text; of a kind, which fields may be missing.
fn holds<T>(tag: &str, all: &[(T, &str)], may_be_missing: impl Fn(&str, &str) -> bool)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let mut listed = BTreeSet::new();
    for (whole, text) in all {
        let text = text.replace("GRANT", &GRANT.to_string());
        assert_eq!(to_string(whole).unwrap(), text);
        assert_eq!(&from_str::<T>(&text).unwrap(), whole, "{text}");
        let read: Value = from_str(&text).unwrap();
        let kind = read[tag].as_str().unwrap();
        listed.insert(kind.to_owned());

        let mut later = read.clone();
        later["later"] = json!([1]);
        assert_eq!(&from_value::<T>(later).unwrap(), whole, "what is not known is passed over");
        for field in read.as_object().unwrap().keys() {
            let (mut without, mut null, mut other) = (read.clone(), read.clone(), read.clone());
            without.as_object_mut().unwrap().remove(field);
            (null[field], other[field]) = (Value::Null, json!({}));
            assert!(from_value::<T>(other).is_err(), "{field} of another type: {text}");
            let (without, null) = (from_value::<T>(without), from_value::<T>(null));
            if may_be_missing(kind, field) {
                let without = without.unwrap();
                assert_eq!(without, null.unwrap(), "{field} of {text}");
                assert_eq!(serde_json::to_value(&without).unwrap()[field], Value::Null, "{field} of {text}");
            } else {
                assert_eq!(without.unwrap_err().to_string(), format!("missing field `{field}`"), "{text}");
                assert!(null.is_err(), "{field} of {text}");
            }
        }
    }
    // The refusal of an unknown kind names every one that is known: none is forgotten here.
    let refused = from_value::<T>(json!({ tag: "unknown" })).unwrap_err().to_string();
    assert!(refused.starts_with("unknown variant `unknown`, expected one of `"), "{refused}");
    let known: BTreeSet<String> = refused.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert_eq!(listed, known);
}

#[test]
fn every_notice_reads_back_as_it_was_written() {
    let all = [
        (
            NoticeKind::Opened { permission: GRANT, name: "a".into(), openings: 2 },
            r#"{"what":"opened","permission":"GRANT","name":"a","openings":2}"#,
        ),
        (
            NoticeKind::OpenedOnDuty { permission: GRANT, group: "g".into(), openings: 1 },
            r#"{"what":"opened_on_duty","permission":"GRANT","group":"g","openings":1}"#,
        ),
        (
            NoticeKind::DutyNamed { group: "g".into(), name: "a".into() },
            r#"{"what":"duty_named","group":"g","name":"a"}"#,
        ),
        (NoticeKind::GivenAgain { name: "a".into() }, r#"{"what":"given_again","name":"a"}"#),
        (NoticeKind::EndsSoon { name: "a".into(), ends: -1 }, r#"{"what":"ends_soon","name":"a","ends":-1}"#),
        (
            NoticeKind::Ended { name: String::new(), stopped: true },
            r#"{"what":"ended","name":"","stopped":true}"#,
        ),
        (NoticeKind::Unconfirmed { name: "a".into() }, r#"{"what":"unconfirmed","name":"a"}"#),
        (NoticeKind::Wrote { name: "a".into() }, r#"{"what":"wrote","name":"a"}"#),
        (
            NoticeKind::WroteAbout { person: "p".into(), name: "a".into() },
            r#"{"what":"wrote_about","person":"p","name":"a"}"#,
        ),
        (NoticeKind::EmergencyAnnounced { at: 5 }, r#"{"what":"emergency_announced","at":5}"#),
        (NoticeKind::EmergencyOpened { at: 5 }, r#"{"what":"emergency_opened","at":5}"#),
        (
            NoticeKind::EmergencyFor { person: "p".into(), at: 5, opened: false },
            r#"{"what":"emergency_for","person":"p","at":5,"opened":false}"#,
        ),
        (
            NoticeKind::HelperGave { person: None, by: "b".into(), name: "a".into() },
            r#"{"what":"helper_gave","person":null,"by":"b","name":"a"}"#,
        ),
        (
            NoticeKind::HelperOpened { person: Some("p".into()), name: "a".into() },
            r#"{"what":"helper_opened","person":"p","name":"a"}"#,
        ),
        (
            NoticeKind::HelperEndsSoon { person: None, name: "a".into(), ends: 7 },
            r#"{"what":"helper_ends_soon","person":null,"name":"a","ends":7}"#,
        ),
        (
            NoticeKind::FamilyChange { person: Some("p".into()), change: FamilyChange::NewKey },
            r#"{"what":"family_change","person":"p","change":"new_key"}"#,
        ),
        (NoticeKind::Decide { person: None }, r#"{"what":"decide","person":null}"#),
        (NoticeKind::ReviewAsked { name: "b".into() }, r#"{"what":"review_asked","name":"b"}"#),
        (NoticeKind::CircleCame { handed_over: true }, r#"{"what":"circle_came","handed_over":true}"#),
        (NoticeKind::PartsCame, r#"{"what":"parts_came"}"#),
        (NoticeKind::LaptopAdded { name: "l".into() }, r#"{"what":"laptop_added","name":"l"}"#),
        (NoticeKind::LaptopRemoved { name: "l".into() }, r#"{"what":"laptop_removed","name":"l"}"#),
        (NoticeKind::RemovedHere, r#"{"what":"removed_here"}"#),
        (NoticeKind::SpeaksNoMore, r#"{"what":"speaks_no_more"}"#),
        (NoticeKind::Battery { device: "d".into() }, r#"{"what":"battery","device":"d"}"#),
        (NoticeKind::DeviceDoubted { device: "d".into() }, r#"{"what":"device_doubted","device":"d"}"#),
        (NoticeKind::Whose { device: "d".into() }, r#"{"what":"whose","device":"d"}"#),
        (NoticeKind::PairAgain { device: "d".into() }, r#"{"what":"pair_again","device":"d"}"#),
        (NoticeKind::Backup { need: BackupNeed::RecoveryKey }, r#"{"what":"backup","need":"recovery_key"}"#),
        (NoticeKind::Damaged, r#"{"what":"damaged"}"#),
        (NoticeKind::Shared { patient: "p".into() }, r#"{"what":"shared","patient":"p"}"#),
        (
            NoticeKind::SharedEndsSoon { patient: "p".into(), ends: 7 },
            r#"{"what":"shared_ends_soon","patient":"p","ends":7}"#,
        ),
        (
            NoticeKind::SharedEnded { patient: "p".into(), stopped: false },
            r#"{"what":"shared_ended","patient":"p","stopped":false}"#,
        ),
    ];
    holds("what", &all, |kind, field| field == "person" && !["wrote_about", "emergency_for"].contains(&kind));
}

#[test]
fn every_damage_reads_back_as_it_was_written() {
    let all = [
        (DamageView::Keys, r#"{"what":"keys"}"#),
        (DamageView::History, r#"{"what":"history"}"#),
        (DamageView::Value, r#"{"what":"value"}"#),
        (
            DamageView::Readings { category: Category::HeartRate, from: 1, to: 2, other: true },
            r#"{"what":"readings","category":"heart_rate","from":1,"to":2,"other":true}"#,
        ),
        (DamageView::Waiting { entries: 3 }, r#"{"what":"waiting","entries":3}"#),
        (
            DamageView::Copies { category: Category::HeartRate, from: 1, to: 2 },
            r#"{"what":"copies","category":"heart_rate","from":1,"to":2}"#,
        ),
        (DamageView::StrayCopies, r#"{"what":"stray_copies"}"#),
        (
            DamageView::Overview { category: Category::HeartRate, from: -1, to: 2 },
            r#"{"what":"overview","category":"heart_rate","from":-1,"to":2}"#,
        ),
        (DamageView::Overviews { removed: true }, r#"{"what":"overviews","removed":true}"#),
    ];
    holds("what", &all, |_, _| false);
}

#[test]
fn where_fetching_a_memory_stands_reads_back_as_it_was_written() {
    let all = [
        (
            MemoryView::Fetching { arrived: 1, counted: Some(2) },
            r#"{"step":"fetching","arrived":1,"counted":2}"#,
        ),
        (MemoryView::Fetched { arrived: 0 }, r#"{"step":"fetched","arrived":0}"#),
        (MemoryView::Unfinished { arrived: 1 }, r#"{"step":"unfinished","arrived":1}"#),
        (MemoryView::Refused, r#"{"step":"refused"}"#),
        (MemoryView::Stopping { arrived: 1 }, r#"{"step":"stopping","arrived":1}"#),
        (MemoryView::Stopped { arrived: 1 }, r#"{"step":"stopped","arrived":1}"#),
    ];
    holds("step", &all, |_, field| field == "counted");
}

//! One bundle with every kind of resource, against what it has to be: `golden.json`, written by hand from FHIR R4 and held to an
//! outside validator (`tests/fhir/validate.py`).

use salus_wire::view::{PermissionState, ProofView};
use salus_wire::{Category, DeviceId};
use serde_json::{Value, json};

use super::*;

/// 2026-11-18.
const NOON: i64 = 1_795_000_000_000;
const HOUR: i64 = 3_600_000;
const NAME: &str = "0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a";
const CONTRACT: &str = "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c";

fn id(n: u8) -> Id {
    Id::of(&[n; 32])
}

fn proof(height: &str, at: i64) -> ProofView {
    let signed_by = vec!["City Hospital".into(), "University".into()];
    ProofView { height: height.into(), block: "bb".repeat(32), time: at, signed_by }
}

fn said(at: i64) -> String {
    Instant::new(at).unwrap().to_string()
}

fn clinician() -> Clinician<'static> {
    Clinician {
        id: id(0x20),
        role: id(0x21),
        organisation_id: id(0x22),
        name: "Dr Ana Wójcik",
        organisation: "Heart Clinic",
        attested_by: "City Hospital",
    }
}

fn permission<'a>(patient: &'a Reference, clinician: &'a Reference) -> Permission<'a> {
    Permission {
        id: id(0x30),
        name: NAME,
        patient,
        by: None,
        clinician,
        categories: &[
            (Category::BloodPressure, "blood pressure"),
            (Category::Electrocardiogram, "electrocardiogram"),
        ],
        data_from: NOON - 24 * HOUR,
        data_to: NOON,
        starts: NOON,
        ends: NOON + HOUR,
        state: PermissionState::Stopped,
        given: Some(NOON),
        sentence: "Dr Ana Wójcik of Heart Clinic may see your blood pressure & electrocardiogram.",
        condition: Some(Condition {
            hash: CONTRACT,
            sentence: Some("In an emergency."),
            purpose: Some(Purpose::Emergency),
        }),
        proven: Proven::Complete("40"),
    }
}

/// Everything that `golden.json` holds, in its order.
fn written() -> Vec<u8> {
    let patient = Patient::new(id(0x10), Text::new("Maria Example"));
    let (person, clinician) = (patient.reference(Text::new("Maria Example")), clinician());
    let who = clinician.reference();
    let mut out = Vec::new();
    bundle::begin(id(0x01), Instant::new(NOON + 2 * HOUR).unwrap(), &patient, &mut out).unwrap();
    bundle::entry(&clinician.person(), &mut out).unwrap();
    let (organization, role) = clinician.place().unwrap();
    bundle::entry(&organization, &mut out).unwrap();
    bundle::entry(&role, &mut out).unwrap();

    let permission = permission(&person, &who);
    let consent = permission.consent().unwrap();
    bundle::entry(&consent, &mut out).unwrap();
    let proven = proof("40", NOON + 2 * HOUR);
    let of_permission = Provenance::of_permission(id(0x31), consent.reference(None), &proven).unwrap();
    bundle::entry(&of_permission, &mut out).unwrap();
    let (opener, agreed) =
        (Practitioner::unnamed(id(0x44), "City Hospital"), Practitioner::unnamed(id(0x45), "University"));
    bundle::entry(&opener, &mut out).unwrap();
    bundle::entry(&agreed, &mut out).unwrap();
    let opener = opener.reference(Text::new("an attested clinician"));
    let agreed = agreed.reference(Text::new("a second attested clinician"));
    let opened = Done::Opened { purpose: Purpose::Emergency, reason: Some(3) };
    let members = members();
    for (n, done, by, second, at) in [
        (0x40, Done::Given, &person, None, proof("12", NOON)),
        (0x41, opened, &opener, Some(&agreed), proof("20", NOON + 1000)),
        (0x42, Done::Stopped, &person, None, proof("30", NOON + 2000)),
        (0x43, Done::Erased, &members, None, proof("40", NOON + 2 * HOUR)),
    ] {
        let permission = permission.id;
        let act = Act { id: id(n), done, permission, patient: &person, by, second, proof: &at };
        let event = act.event().unwrap();
        bundle::entry(&event, &mut out).unwrap();
        if done == opened {
            let of = Provenance::of_emergency(id(0x46), event.reference(None), by, second, &at).unwrap();
            bundle::entry(&of, &mut out).unwrap();
        }
    }

    let leila = RelatedPerson::new(id(0x70), person.clone(), Text::new("Leïla"));
    bundle::entry(&leila, &mut out).unwrap();
    let helper = leila.reference(Text::new("Leïla"));
    let given = Permission {
        id: id(0x71),
        by: Some(&helper),
        state: PermissionState::Active,
        sentence: "Leïla permits it for Maria Example.",
        condition: None,
        ..permission
    };
    let consent = given.consent().unwrap();
    bundle::entry(&consent, &mut out).unwrap();
    let at = proof("12", NOON);
    let of_helper = Provenance::of_helper(id(0x72), consent.reference(None), &helper, &person, &at).unwrap();
    bundle::entry(&of_helper, &mut out).unwrap();
    let act = Act {
        id: id(0x73),
        done: Done::Given,
        permission: given.id,
        patient: &person,
        by: &helper,
        second: None,
        proof: &at,
    };
    bundle::entry(&act.event().unwrap(), &mut out).unwrap();

    let gateway = Gateway { id: id(0x50), here: true, enrolled: Some(NOON - 48 * HOUR), withdrawn: None };
    bundle::entry(&gateway.device(), &mut out).unwrap();
    bundle::entry(&Provenance::of_gateway(id(0x51), &gateway).unwrap().unwrap(), &mut out).unwrap();
    let cuff = Source {
        id: id(0x60),
        device: DeviceId([6; 16]),
        name: "My cuff",
        model: Some("Simulated BPM-2"),
        firmware: Some("1.0"),
    };
    let (device, here) = (cuff.device(&person), gateway.device().reference(None));
    bundle::entry(&device, &mut out).unwrap();
    let by = device.reference(Text::new(cuff.name));
    let measured = SourceFacts {
        id: id(0x61),
        origin: Origin::Measured,
        device: cuff.device,
        words: "every reading of this device: blood pressure",
        by: &by,
        gateway: Some(&here),
        first: NOON - 24 * HOUR,
        last: NOON - HOUR,
        arrived: NOON - HOUR + 5,
    };
    bundle::entry(&Provenance::of_source(&measured).unwrap(), &mut out).unwrap();
    let typed = SourceFacts {
        id: id(0x62),
        origin: Origin::Typed,
        device: DeviceId([7; 16]),
        words: "every reading that was typed: weight and body composition",
        by: &person,
        gateway: None,
        ..measured
    };
    bundle::entry(&Provenance::of_source(&typed).unwrap(), &mut out).unwrap();
    bundle::end(&Proven::Complete("40").into(), &mut out).unwrap();
    out
}

#[test]
fn every_resource_is_what_the_golden_bundle_says() {
    let written: Value = serde_json::from_slice(&written()).unwrap();
    let golden: Value = serde_json::from_str(include_str!("golden.json")).unwrap();
    let entries = |bundle: &Value| bundle["entry"].as_array().cloned().unwrap();
    for (written, golden) in entries(&written).iter().zip(entries(&golden)) {
        assert_eq!(written, &golden, "{}", serde_json::to_string_pretty(written).unwrap());
    }
    assert_eq!(written, golden);
}

#[test]
fn every_entry_begins_a_line_and_no_list_and_no_text_is_empty() {
    fn look(value: &Value) {
        match value {
            Value::Array(all) => {
                assert!(!all.is_empty());
                all.iter().for_each(look);
            }
            Value::Object(all) => {
                assert!(!all.is_empty());
                all.values().for_each(look);
            }
            Value::String(text) => assert!(!text.trim().is_empty()),
            Value::Null => panic!("FHIR has no null here"),
            Value::Bool(_) | Value::Number(_) => {}
        }
    }
    let written = String::from_utf8(written()).unwrap();
    let lines = written.lines().filter(|line| line.starts_with("{\"fullUrl\":\"urn:uuid:")).count();
    let bundle: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(lines, bundle["entry"].as_array().unwrap().len());
    look(&bundle);
}

#[test]
fn what_is_not_known_is_not_said() {
    let patient = serde_json::to_value(Patient::new(id(1), None)).unwrap();
    assert_eq!(patient, json!({ "resourceType": "Patient", "id": id(1).to_string() }));

    let alone = Clinician { organisation: "-", ..clinician() };
    assert!(alone.place().is_none());
    assert_eq!(serde_json::to_value(alone.reference()).unwrap()["type"], "Practitioner");

    let (person, who) = (members(), members());
    let pending = Permission {
        state: PermissionState::Pending,
        given: None,
        sentence: "",
        condition: None,
        proven: Proven::Not,
        ..permission(&person, &who)
    };
    let consent = serde_json::to_value(pending.consent().unwrap()).unwrap();
    assert_eq!(
        (&consent["status"], &consent["meta"]["tag"][0]["code"]),
        (&json!("proposed"), &json!("not-proven"))
    );
    for absent in ["text", "dateTime", "policy"] {
        assert!(consent.get(absent).is_none(), "{absent}");
    }
    assert!(consent["provision"]["provision"][0].get("purpose").is_none());
    assert!(Permission { ends: NOON, ..pending }.consent().is_err(), "it could never be opened");

    let never = Gateway { id: id(1), here: false, enrolled: None, withdrawn: None };
    assert_eq!(Provenance::of_gateway(id(2), &never), Ok(None));
    let timeless = SourceFacts {
        id: id(1),
        origin: Origin::Imported,
        device: DeviceId([0; 16]),
        words: "every reading",
        by: &person,
        gateway: None,
        first: i64::MIN,
        last: NOON,
        arrived: NOON,
    };
    let timeless = serde_json::to_value(Provenance::of_source(&timeless).unwrap()).unwrap();
    assert!(timeless.get("occurredPeriod").is_none() && timeless.get("recorded").is_some());
    let nobody = ProofView { signed_by: vec![], ..proof("1", NOON) };
    let by = serde_json::to_value(Provenance::of_permission(id(2), members(), &nobody).unwrap()).unwrap();
    assert_eq!(by["agent"][0]["who"]["display"], "the members that keep the consent record");
}

#[test]
fn an_end_by_time_and_a_plain_opening_say_so() {
    let (person, at) = (members(), proof("20", NOON));
    let event = |done| {
        let (id, permission, patient, by) = (id(1), id(2), &person, &person);
        let act = Act { id, done, permission, patient, by, second: None, proof: &at };
        serde_json::to_value(act.event().unwrap()).unwrap()
    };
    let ended = event(Done::Ended);
    assert_eq!((&ended["action"], &ended["agent"][0]["requestor"]), (&json!("U"), &json!(false)));
    assert!(ended.get("purposeOfEvent").is_none());
    let opened = event(Done::Opened { purpose: Purpose::Treatment, reason: None });
    assert_eq!(opened["purposeOfEvent"][0]["coding"][0]["code"], "TREAT");
    assert_eq!(opened["subtype"].as_array().unwrap().len(), 1);
    assert_eq!(opened["agent"].as_array().unwrap().len(), 1);
    assert!(!opened.to_string().contains("stated reason"));
    let objected = event(Done::Objected);
    assert_eq!(
        (&objected["action"], &objected["entity"][2]["detail"][4]["valueString"]),
        (&json!("U"), &json!("objection"))
    );
    let announced = event(Done::Announced { at: NOON - HOUR });
    assert_eq!((&announced["action"], &announced["recorded"]), (&json!("E"), &json!(said(NOON - HOUR))));
    assert_eq!(announced["purposeOfEvent"][0]["coding"][0]["code"], "BTG");
    assert_eq!(announced["subtype"][0]["code"], "110127");
}

#[test]
fn what_was_said_of_an_emergency_names_who_said_it_and_the_event() {
    let (person, at) = (members(), proof("20", NOON));
    for (said, words) in [
        (Said::Justified, "justified"),
        (Said::Objected, "objection"),
        (Said::Stopped, "objection, and a stop of the permission"),
    ] {
        let done = Done::Reviewed { at: NOON - HOUR, said, of: id(3) };
        let (id, permission, patient, by) = (id(1), id(2), &person, &person);
        let act = Act { id, done, permission, patient, by, second: None, proof: &at };
        let event = serde_json::to_value(act.event().unwrap()).unwrap();
        assert_eq!((&event["action"], &event["recorded"]), (&json!("C"), &json!(self::said(NOON - HOUR))));
        assert_eq!(event["subtype"][0]["code"], "attest");
        let details = event["entity"][2]["detail"].as_array().unwrap();
        let value = |kind: &str| {
            let detail = details.iter().find(|detail| detail["type"] == kind);
            detail.unwrap()["valueString"].as_str().unwrap().to_owned()
        };
        assert_eq!((value("said").as_str(), value("of the event")), (words, self::id(3).urn()));
    }
}

#[test]
fn a_power_says_whom_until_when_and_what_a_steward_reads() {
    let (person, helper) = (members(), members());
    let steward = Power {
        id: id(1),
        name: "0a/1",
        patient: &person,
        helper: &helper,
        reads: Some(Reads { categories: &[(Category::HeartRate, "heart rate")], from: NOON - HOUR }),
        begins: NOON,
        lapses: NOON + HOUR,
        state: PermissionState::Active,
        sentence: "Leïla may help the patient.",
        proven: Proven::Earlier("40"),
    };
    let value = |power: &Power<'_>| serde_json::to_value(power.consent().unwrap()).unwrap();
    let consent = value(&steward);
    assert_eq!((&consent["status"], &consent["identifier"][0]["value"]), (&json!("active"), &json!("0a/1")));
    let permitted = &consent["provision"]["provision"][0];
    assert_eq!(permitted["actor"][0]["role"]["coding"][0]["code"], "HPOWATT");
    let actions: Vec<&Value> =
        permitted["action"].as_array().unwrap().iter().map(|a| &a["coding"][0]["code"]).collect();
    assert_eq!(actions, ["access", "disclose"]);
    assert!(permitted["dataPeriod"].get("end").is_none(), "until the power ends");
    assert!(consent["text"]["div"].as_str().unwrap().contains("Leïla"));

    let approver = Power { reads: None, state: PermissionState::Pending, ..steward };
    let consent = value(&approver);
    assert_eq!(consent["status"], "proposed");
    let permitted = consent["provision"]["provision"][0].as_object().unwrap();
    let mut keys: Vec<&str> = permitted.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["actor", "type"], "who reads nothing is permitted nothing to read");
    assert!(Power { lapses: NOON, ..steward }.consent().is_err());
}

#[test]
fn who_agreed_did_so_for_the_patient() {
    let (person, at) = (members(), proof("20", NOON));
    let helpers = OneOrMore::or([members(), members()], members);
    let of = Provenance::of_agreement(id(1), members(), helpers, &person, &at).unwrap();
    let of = serde_json::to_value(of).unwrap();
    let agents = of["agent"].as_array().unwrap();
    assert_eq!(agents.len(), 2);
    for agent in agents {
        assert_eq!(agent["type"]["coding"][0]["code"], "attester");
        assert!(agent["onBehalfOf"].is_object());
    }
}

mod family;

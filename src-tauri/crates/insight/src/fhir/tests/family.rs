//! Who can help to get back, what happened to who acts for the patient, keys and laptops: against `golden-family.json`, written by
//! hand from FHIR R4 and held to an outside validator.

use super::*;

/// Everything that `golden-family.json` holds, in its order.
fn written() -> Vec<u8> {
    let patient = Patient::new(id(0x10), Text::new("Maria Example"));
    let person = patient.reference(Text::new("Maria Example"));
    let mut out = Vec::new();
    bundle::begin(id(0x02), Instant::new(NOON + 2 * HOUR).unwrap(), &patient, &mut out).unwrap();
    let nour = RelatedPerson::guardian(id(0x11), person.clone(), Text::new("Nour"));
    let samir = RelatedPerson::guardian(id(0x12), person.clone(), None);
    bundle::entry(&nour, &mut out).unwrap();
    bundle::entry(&samir, &mut out).unwrap();
    let (nour, samir) = (nour.reference(Text::new("Nour")), samir.reference(None));
    let clinician = Practitioner::unnamed(id(0x13), "City Hospital");
    bundle::entry(&clinician, &mut out).unwrap();
    let clinician = clinician.reference(None);
    let laptop = Laptop { id: id(0x14), name: "Kitchen", removed: true }.device();
    bundle::entry(&laptop, &mut out).unwrap();
    let laptop = laptop.reference(None);

    let guardians = Entrusted {
        id: id(0x20),
        circle: NAME,
        trust: Trust::GetBack { needed: 2, of: 2 },
        patient: &person,
        people: OneOrMore::or([nour.clone(), samir.clone()], members),
        holds: true,
        proven: Proven::Earlier("40"),
    };
    let consent = guardians.consent();
    bundle::entry(&consent, &mut out).unwrap();
    let (members, at) = (members(), proof("12", NOON));
    let given = Happening {
        id: id(0x30),
        deed: Deed::KeyGiven,
        stage: Stage::Done,
        patient: &person,
        by: &nour,
        agreed: std::slice::from_ref(&samir),
        about: About::Circle(NAME),
        details: &[],
        at: NOON - HOUR,
        observer: &members,
        proof: Some(&at),
    };
    let event = given.event().unwrap();
    bundle::entry(&event, &mut out).unwrap();
    let target = event.reference(None);
    let of =
        Provenance::of_change(id(0x31), target, &nour, std::slice::from_ref(&samir), &person, &at).unwrap();
    bundle::entry(&of, &mut out).unwrap();
    let attested = Happening {
        id: id(0x32),
        deed: Deed::PowerAttested,
        by: &clinician,
        agreed: &[],
        about: About::Person(&nour),
        ..given.clone()
    };
    bundle::entry(&attested.event().unwrap(), &mut out).unwrap();
    let said = OneOrMore::one(clinician.clone());
    let of = Provenance::of_attestation(id(0x33), consent.reference(None), said, &at).unwrap();
    bundle::entry(&of, &mut out).unwrap();
    let removed = Happening {
        id: id(0x34),
        deed: Deed::LaptopRemoved,
        by: &person,
        agreed: &[],
        about: About::Laptop(&laptop),
        details: &[("because", "it is lost".to_owned())],
        proof: None,
        ..given.clone()
    };
    bundle::entry(&removed.event().unwrap(), &mut out).unwrap();
    let missed = Happening {
        id: id(0x35),
        deed: Deed::RehearsalAnswered { shown: false },
        agreed: &[],
        about: About::Record,
        proof: None,
        ..given
    };
    bundle::entry(&missed.event().unwrap(), &mut out).unwrap();
    let of = Provenance::of_confirmation(id(0x36), consent.reference(None), &person, &at).unwrap();
    bundle::entry(&of, &mut out).unwrap();
    bundle::end(&Proven::Earlier("40").into(), &mut out).unwrap();
    out
}

#[test]
fn every_resource_of_a_family_is_what_the_golden_bundle_says() {
    let written: Value = serde_json::from_slice(&written()).unwrap();
    let golden: Value = serde_json::from_str(include_str!("../golden-family.json")).unwrap();
    let entries = |bundle: &Value| bundle["entry"].as_array().cloned().unwrap();
    for (written, golden) in entries(&written).iter().zip(entries(&golden)) {
        assert_eq!(written, &golden, "{}", serde_json::to_string_pretty(written).unwrap());
    }
    assert_eq!(written, golden);
}

/// The JSON of something that happened.
fn happened(deed: Deed, stage: Stage) -> Value {
    let (person, at) = (members(), proof("20", NOON));
    let happening = Happening {
        id: id(1),
        deed,
        stage,
        patient: &person,
        by: &person,
        agreed: &[],
        about: About::Circle(NAME),
        details: &[],
        at: NOON,
        observer: &person,
        proof: Some(&at),
    };
    serde_json::to_value(happening.event().unwrap()).unwrap()
}

#[test]
fn what_waits_is_told_from_what_is_done_and_every_deed_has_a_subtype() {
    for (stage, action) in [
        (Stage::Announced, "C"),
        (Stage::Agreed, "C"),
        (Stage::Objected, "U"),
        (Stage::Dropped, "U"),
        (Stage::Done, "D"),
    ] {
        assert_eq!(happened(Deed::HelperRemoved, stage)["action"], action, "{stage:?}");
    }
    for (deed, action, code) in [
        (Deed::HelperAdded, "C", "110136"),
        (Deed::PowerChanged, "U", "110136"),
        (Deed::PowerReviewed, "U", "110136"),
        (Deed::PowerAttested, "C", "110136"),
        (Deed::GuardiansNamed, "U", "110136"),
        (Deed::RulesSet, "U", "110129"),
        (Deed::HandedOver, "U", "110136"),
        (Deed::KeyRetired, "U", "110137"),
        (Deed::KeyGiven, "U", "110137"),
        (Deed::CircleTaken, "U", "110137"),
        (Deed::RehearsalAsked, "E", "verify"),
        (Deed::RehearsalAnswered { shown: true }, "E", "verify"),
        (Deed::LaptopAdded, "C", "110137"),
        (Deed::LaptopRemoved, "D", "110137"),
        (Deed::IdentityRetired, "U", "110137"),
        (Deed::KeysBegun, "U", "110137"),
        (Deed::AttestationSuspended, "U", "110137"),
        (Deed::AttestationWithdrawn, "D", "110137"),
    ] {
        let event = happened(deed, Stage::Done);
        assert_eq!((&event["action"], &event["outcome"]), (&json!(action), &json!("0")), "{deed:?}");
        assert_eq!(event["subtype"][0]["code"], code, "{deed:?}");
        assert_eq!(event["entity"][1]["what"]["identifier"]["value"], NAME);
    }
    assert_eq!(happened(Deed::RehearsalAnswered { shown: false }, Stage::Done)["outcome"], "4");
    assert_eq!(happened(Deed::KeyGiven, Stage::Agreed)["subtype"][1]["code"], "attest");
    assert!(happened(Deed::AttestationWithdrawn, Stage::Done)["agent"][0].get("type").is_none());
}

#[test]
fn who_can_stop_is_a_consent_without_an_end_and_without_reading() {
    let person = members();
    let stops = Entrusted {
        id: id(1),
        circle: NAME,
        trust: Trust::Stop,
        patient: &person,
        people: OneOrMore::one(members()),
        holds: false,
        proven: Proven::Not,
    };
    let consent = serde_json::to_value(stops.consent()).unwrap();
    assert_eq!(consent["status"], "inactive");
    assert_eq!(consent["identifier"][0]["value"], format!("{NAME}/stops"));
    assert!(consent["provision"].get("period").is_none());
    let permitted = consent["provision"]["provision"][0].as_object().unwrap();
    assert!(["action", "code", "class", "dataPeriod"].iter().all(|reads| !permitted.contains_key(*reads)));
}

//! What a permission is in FHIR: given, opened and stopped against a real member, and once more when the member is away; held to an
//! outside validator, which must find what is spoilt.

use std::path::Path;

use salus_api::App;
use salus_chain::time::Clock;
use salus_tests::fhir::Validator;
use salus_tests::network::eventually;
use salus_wire::Category;
use salus_wire::command as c;
use salus_wire::view::{Condition, ExportFormat, PermissionDraft, Role};
use serde_json::Value;

use super::{HOUR, PASSPHRASE, PATIENCE, alone, app, attested, chosen, hands, profile, typed};

/// Exports as FHIR; how many permissions and openings, whether all of it was proven, and the bundle.
async fn as_fhir(patient: &App, home: &Path) -> ((u32, u32, bool), Value) {
    let view = patient.run(c::ExportRecord { format: ExportFormat::Fhir }).await.unwrap().sharing.unwrap();
    let bundle = serde_json::from_slice(&std::fs::read(chosen(home)).unwrap()).unwrap();
    ((view.permissions, view.openings, view.complete), bundle)
}

/// The resources of one kind.
fn of<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
    resources.filter(|resource| resource["resourceType"] == kind).collect()
}

/// Ways in which a bundle is none of R4: what is spoilt, and what of it.
type Spoil = (&'static str, fn(&mut Value));
const SPOILT: [Spoil; 6] = [
    ("Consent", |consent| consent["status"] = "open".into()),
    ("Consent", |consent| consent["category"] = Value::Array(Vec::new())),
    ("AuditEvent", |event| drop(event.as_object_mut().unwrap().remove("recorded"))),
    ("AuditEvent", |event| event["action"] = "X".into()),
    ("Provenance", |of| {
        of["target"][0]["reference"] = "urn:uuid:00000000-0000-8000-8000-000000000000".into()
    }),
    ("Patient", |patient| patient["secret"] = "a key".into()),
];

#[tokio::test(flavor = "multi_thread")]
async fn permissions_and_openings_are_fhir_also_when_the_members_are_away() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = alone(&dir.path().join("members")).await;
    let (genesis, off) = (network.genesis_path(), hands());
    let (clinician, text, _) = attested(&network, &dir.path().join("clinician"), &off).await;
    let home = dir.path().join("patient");
    let patient = app(&home, &genesis, &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
    checked.await.unwrap();
    let now = off.now();
    let draft = PermissionDraft {
        code: text,
        categories: vec![Category::HeartRate, Category::BloodPressure],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    typed(&patient, &off).await;
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    arrived.await.unwrap();
    clinician.run(c::OpenRecord { id: given.id, width: 400, second: None }).await.unwrap();
    patient.run(c::StopPermission { id: given.id }).await.unwrap();

    let ((permissions, openings, complete), bundle) = as_fhir(&patient, &home).await;
    // A receipt for each request; how many slots are asked for in one is not this test's business.
    assert!(permissions == 1 && openings >= 1 && complete, "{bundle}");
    let consent = of(&bundle, "Consent")[0];
    assert_eq!(consent["status"], "inactive");
    assert_eq!(consent["identifier"][0]["value"], given.id.to_string());
    assert_eq!(consent["meta"]["tag"][0]["code"], "complete");
    let actions: Vec<_> = of(&bundle, "AuditEvent").iter().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions[..2], ["C", "R"], "given, opened");
    assert_eq!(actions.iter().filter(|action| **action == "R").count(), usize::try_from(openings).unwrap());
    assert_eq!(actions.iter().filter(|action| **action == "U").count(), 1, "stopped");
    let opening = of(&bundle, "AuditEvent")[1];
    assert_eq!(opening["agent"][0]["who"]["display"], "Dr Ana Example");
    assert_eq!(opening["purposeOfEvent"][0]["coding"][0]["code"], "TREAT");
    assert_eq!(opening["entity"][2]["detail"][2]["type"], "signed by member");
    assert_eq!(of(&bundle, "Organization")[0]["name"], "Heart Clinic");
    let with_members = std::fs::read(chosen(&home)).unwrap();

    // The members are away: what was proven last is said, as that.
    network.kill(0).unwrap();
    let (told, alone) = as_fhir(&patient, &home).await;
    assert_eq!(told, (1, 0, false), "{alone}");
    assert_eq!(of(&alone, "Consent")[0]["meta"]["tag"][0]["code"], "earlier");
    assert_eq!(of(&alone, "Consent")[0]["id"], consent["id"], "the same permission is the same resource");
    assert!(of(&alone, "AuditEvent").is_empty());

    let name = "permissions_and_openings_are_fhir_also_when_the_members_are_away";
    let Some(validator) = Validator::find(name) else { return };
    let faults = |octets: &[u8]| {
        let file = dir.path().join("judged.json");
        std::fs::write(&file, octets).unwrap();
        validator.faults(&file).unwrap()
    };
    assert_eq!(faults(&with_members), Vec::<String>::new());
    assert_eq!(faults(&std::fs::read(chosen(&home)).unwrap()), Vec::<String>::new());
    for (number, (kind, spoil)) in SPOILT.iter().enumerate() {
        let mut spoilt = bundle.clone();
        let entries = spoilt["entry"].as_array_mut().unwrap().iter_mut();
        let mut resources = entries.map(|entry| &mut entry["resource"]);
        spoil(resources.find(|resource| resource["resourceType"] == *kind).unwrap());
        let found = faults(&serde_json::to_vec(&spoilt).unwrap());
        assert!(!found.is_empty(), "number {number}, of {kind}, was taken for FHIR");
    }
}

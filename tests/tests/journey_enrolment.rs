//! Journey: a patient's computer is enrolled by itself, and a clinician sees that the readings came from it, with the proof;
//! the patient withdraws the enrolment, and the clinician sees that too.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config};
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, eventually};
use salus_wire::command as c;
use salus_wire::view::{CodeView, Condition, GatewayStanding, GatewayView, PermissionDraft, Role, ValueView};
use salus_wire::{Category, GrantId, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const PATIENCE: Duration = Duration::from_secs(90);

async fn app(dir: &Path, genesis: &Path, name: &str, role: Role) -> App {
    let alone = Config::new(dir.to_owned(), Arc::new(SystemClock), Arc::new(Answers::default()));
    // On a computer of nobody's: a passphrase at its least cost.
    let config = Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone };
    let app = App::new(config).await.unwrap();
    app.run(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await.unwrap();
    app
}

fn pressure(systolic: &str, diastolic: &str, at: i64) -> c::TypeReading {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, diastolic)];
    c::TypeReading { category: Category::BloodPressure, values, at, note: None }
}

/// Where the opened blood pressure came from; `None` while it cannot be opened or proven.
async fn provenance(clinician: &App, id: GrantId) -> Option<GatewayView> {
    let opened = clinician.run(c::OpenRecord { id, width: 400, second: None }).await.ok()?;
    opened.provenance.into_iter().find(|p| p.category == Category::BloodPressure)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clinician_sees_that_readings_came_from_an_enrolled_gateway() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, &dir.path().join("members")).await.unwrap();
    let genesis = network.genesis_path();
    let clinician =
        app(&dir.path().join("clinician"), &genesis, "Dr Ana, Heart Clinic", Role::Clinician).await;
    let CodeView::Request { request } = clinician.run(c::MakeCode { note: String::new() }).await.unwrap()
    else {
        panic!("a code before anybody attested")
    };
    let attestation = network.attest(0, &request).unwrap();
    let made = clinician.run(c::AddAttestation { attestation }).await.unwrap();
    let CodeView::Code { code, .. } = made else { panic!("not attested") };

    // Nobody asks for it: the computer is enrolled as soon as the members can be reached.
    let patient = app(&dir.path().join("patient"), &genesis, "Maria Example", Role::Patient).await;
    let enrolled = eventually(PATIENCE, async || {
        patient.run(c::GetMembers {}).await.ok().and_then(|view| view.enrolled)
    });
    let enrolled = enrolled.await.expect("the gateway is enrolled");
    let once = patient.run(c::GetMembers {}).await.unwrap().enrolled;
    assert_eq!(once, Some(enrolled));
    assert_eq!(clinician.run(c::GetMembers {}).await.unwrap().enrolled, None);

    let now = patient.run(c::GetApp {}).await.unwrap().now;
    patient.run(pressure("128", "79", now)).await.unwrap();
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: code.clone() }).await.ok());
    checked.await.unwrap();
    let draft = PermissionDraft {
        code,
        categories: vec![Category::BloodPressure, Category::HeartRate],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    arrived.await.unwrap();

    let opened = clinician.run(c::OpenRecord { id: given.id, width: 400, second: None }).await.unwrap();
    // Nothing was measured of the heart rate, so nothing is said of it.
    let [shown] = &opened.provenance[..] else { panic!("{:?}", opened.provenance) };
    assert_eq!((shown.category, shown.standing), (Category::BloodPressure, GatewayStanding::Enrolled));
    assert_eq!(shown.withdrawn, None);
    let proof = shown.enrolled.as_ref().unwrap();
    let (height, receipt): (u64, u64) =
        (proof.height.parse().unwrap(), opened.receipt.height.parse().unwrap());
    assert!(0 < height && height < receipt, "{height}, {receipt}");
    assert_eq!((proof.time, proof.block.len()), (enrolled, 64));
    assert!(proof.signed_by.len() >= 3, "{proof:?}");

    let members = patient.run(c::WithdrawEnrolment {}).await.unwrap();
    let withdrawn = members.withdrawn.expect("it is withdrawn");
    assert_eq!(members.enrolled, Some(enrolled));
    assert!(enrolled < withdrawn, "{enrolled}, {withdrawn}");
    assert_eq!(patient.run(c::WithdrawEnrolment {}).await.unwrap().withdrawn, Some(withdrawn));
    assert!(clinician.run(c::WithdrawEnrolment {}).await.is_err());

    // What arrived before stays proven, with the end of the enrolment beside it.
    let shown = provenance(&clinician, given.id).await.unwrap();
    assert_eq!(shown.standing, GatewayStanding::Enrolled);
    assert_eq!(shown.withdrawn.map(|proof| proof.time), Some(withdrawn));

    // What arrives from now on is no longer from an enrolled gateway, and unlocking enrols nobody again.
    let now = patient.run(c::GetApp {}).await.unwrap().now;
    patient.run(pressure("131", "82", now)).await.unwrap();
    patient.lock().await.unwrap();
    patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    let late = eventually(PATIENCE, async || {
        let shown = provenance(&clinician, given.id).await?;
        (shown.standing == GatewayStanding::Withdrawn).then_some(shown)
    });
    let late = late.await.expect("the new reading is shown as of a withdrawn gateway");
    assert_eq!(late.withdrawn.map(|proof| proof.time), Some(withdrawn));
    let after = patient.run(c::GetMembers {}).await.unwrap();
    assert_eq!((after.enrolled, after.withdrawn), (Some(enrolled), Some(withdrawn)));
    patient.lock().await.unwrap();
    clinician.lock().await.unwrap();
    network.stop().await.unwrap();
}

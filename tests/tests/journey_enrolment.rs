//! Journey: a patient's computer is enrolled by itself, and a clinician sees that the readings came from it, with the proof.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config, Confirm};
use salus_light::clock::SystemClock;
use salus_tests::network::{Network, eventually};
use salus_wire::command as c;
use salus_wire::view::{CodeView, GatewayStanding, PermissionDraft, Role, ValueView};
use salus_wire::{Category, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const PATIENCE: Duration = Duration::from_secs(90);

struct Yes;

#[async_trait::async_trait]
impl Confirm for Yes {
    async fn confirm(&self, _: &str) -> bool {
        true
    }
}

async fn app(dir: &Path, genesis: &Path, name: &str, role: Role) -> App {
    let config = Config {
        data_dir: dir.to_owned(),
        genesis: Some(genesis.to_owned()),
        clock: Arc::new(SystemClock),
        test_clock: true,
        confirm: Arc::new(Yes),
        silence: salus_api::SILENCE,
    };
    let app = App::new(config).await.unwrap();
    app.run(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await.unwrap();
    app
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
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let typed = c::TypeReading { category: Category::BloodPressure, values, at: now, note: None };
    patient.run(typed).await.unwrap();
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: code.clone() }).await.ok());
    checked.await.unwrap();
    let draft = PermissionDraft {
        code,
        categories: vec![Category::BloodPressure, Category::HeartRate],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
    };
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    arrived.await.unwrap();

    let opened = clinician.run(c::OpenRecord { id: given.id, width: 400 }).await.unwrap();
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
    patient.lock().await.unwrap();
    clinician.lock().await.unwrap();
    network.stop().await.unwrap();
}

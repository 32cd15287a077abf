//! Adversary: a permission that borrows somebody else's enrolment, a gateway that is not enrolled, and one whose enrolment
//! was withdrawn. A real member records them, the clinician's own application opens them and tells them apart.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_api::{App, Config};
use salus_chain::sign::SigningKey;
use salus_chain::time::Epoch as ChainEpoch;
use salus_keeper::Scope;
use salus_light::clock::SystemClock;
use salus_light::{LightClient, MemoryStore};
use salus_sharing::capsule::Disclosure;
use salus_sharing::enrol::{Enrolment, enrol, withdraw};
use salus_sharing::invitation::Code;
use salus_sharing::issue::{Plan, SeriesKey, Shares, advance, prepare, upload};
use salus_tests::desk::Answers;
use salus_tests::network::{Network, Options, eventually};
use salus_vault::keyslot::PassphraseCost;
use salus_vault::{Epoch, Vault, Writer};
use salus_wire::command as c;
use salus_wire::view::{CodeView, GatewayStanding, GatewayView, Role};
use salus_wire::{Category, Component, Decimal, DeviceId, GrantId, Quality, Quantity, Reading};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const PATIENCE: Duration = Duration::from_secs(90);
const HEART: Category = Category::HeartRate;

/// An attested clinician and a code.
async fn clinician(network: &Network, dir: &Path) -> (App, String) {
    let alone = Config::new(dir.to_owned(), Arc::new(SystemClock), Arc::new(Answers::default()));
    // On a computer of nobody's: a passphrase at its least cost.
    let config = Config { genesis: Some(network.genesis_path()), test_clock: true, ..alone };
    let app = App::new(config).await.unwrap();
    let name = "Dr Ana, Heart Clinic".to_owned();
    let create = c::CreateProfile { name, role: Role::Clinician, passphrase: PASSPHRASE.into() };
    app.run(create).await.unwrap();
    let CodeView::Request { request } = app.run(c::MakeCode { note: String::new() }).await.unwrap() else {
        panic!("a code before anybody attested")
    };
    let attestation = network.attest(0, &request).unwrap();
    let CodeView::Code { code, .. } = app.run(c::AddAttestation { attestation }).await.unwrap() else {
        panic!("not attested")
    };
    (app, code)
}

/// A patient without any application, who puts into a capsule what no application would.
struct Patient {
    client: LightClient,
    vault: Vault,
    code: String,
    rng: ChaCha20Rng,
}

impl Patient {
    /// A reading that arrives now, sealed.
    async fn measure(&self) {
        let at = self.client.clock().now();
        let reading = Reading {
            at,
            arrived: at,
            device: DeviceId([9; 16]),
            category: HEART,
            components: vec![Component { quantity: Quantity::HeartRate, value: Decimal::whole(72) }],
            quality: Quality(0),
            device_time: None,
            user: None,
        };
        self.vault.record(&[reading]).await.unwrap();
        self.vault.flush_epoch(HEART, Epoch::at(at).unwrap()).await.unwrap();
    }

    /// A permission with these disclosures, over everything that was measured.
    async fn give(&mut self, disclosures: Vec<Disclosure>) -> GrantId {
        let now = self.client.clock().now();
        let (first, last) = (ChainEpoch::at(now - HOUR).0, ChainEpoch::at(now + HOUR).0);
        let genesis = self.client.genesis().clone();
        let plan = Plan {
            reader: Code::from_text(&self.code).unwrap().verify(&genesis).unwrap().reader,
            series: vec![SeriesKey { series: self.vault.series(HEART), tree: self.vault.tree(HEART) }],
            writers: vec![self.vault.writer()],
            disclosures,
            devices: Vec::new(),
            patient: "Maria Example".into(),
            scope: Scope::new(first, last).unwrap(),
            shares: Shares::Readings,
            not_before: now,
            expires: now + HOUR,
            contract: None,
            grant_key: SigningKey::generate(&mut self.rng),
        };
        let mut permission = prepare(&plan, &genesis, now, &mut self.rng).unwrap();
        advance(&self.client, &mut permission, &plan.grant_key, now, &mut |_| {}).await.unwrap();
        let epochs = Epoch::new(first).unwrap()..=Epoch::new(last).unwrap();
        let sealed = self.vault.sealed_segments(HEART, epochs).await.unwrap();
        upload(&self.client, &sealed, plan.expires, now).await.unwrap();
        GrantId(permission.id().0)
    }
}

/// What the clinician's page is told; it opens in any case.
async fn told(clinician: &App, id: GrantId, readings: u32) -> GatewayView {
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.ok()?.shared.into_iter().find(|s| s.id == id)
    });
    arrived.await.expect("the permission arrives");
    let opened = clinician.run(c::OpenRecord { id, width: 400, second: None }).await.unwrap();
    assert_eq!(opened.records[0].total, readings);
    let [one] = &opened.provenance[..] else { panic!("{:?}", opened.provenance) };
    one.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn borrowed_missing_and_withdrawn_enrolments_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let network = Network::start_with(1, &dir.path().join("members"), &Options::default()).await.unwrap();
    let (clinician, code) = clinician(&network, &dir.path().join("clinician")).await;
    let clock = Arc::new(SystemClock);
    let genesis = network.genesis().unwrap();
    let client = LightClient::connect(genesis, Arc::new(MemoryStore::default()), clock).await.unwrap();
    let home = dir.path().join("patient");
    let (cost, now) = (PassphraseCost::FLOOR, client.clock().now());
    let rng = ChaCha20Rng::seed_from_u64(1);
    let (vault, _) = Vault::create_with(&home, PASSPHRASE, cost, now, rng).await.unwrap();
    let mut patient = Patient { client, vault, code, rng: ChaCha20Rng::seed_from_u64(2) };

    let gateway = patient.vault.writer();
    let mut own = Enrolment::generate(&gateway, &mut patient.rng);
    enrol(&patient.client, &mut own).await.unwrap();
    let stranger = Writer { key: SigningKey::generate(&mut patient.rng).verifying_key().0, ..gateway };
    let mut other = Enrolment::generate(&stranger, &mut patient.rng);
    enrol(&patient.client, &mut other).await.unwrap();
    let unrecorded = Enrolment::generate(&gateway, &mut patient.rng);
    patient.measure().await;

    let of = |enrolment: &Enrolment, writer: &Writer| vec![enrolment.disclosure(writer).unwrap()];
    for (disclosures, standing) in [
        (of(&own, &gateway), GatewayStanding::Enrolled),
        (of(&other, &stranger), GatewayStanding::OtherGateway),
        (of(&unrecorded, &gateway), GatewayStanding::NotEnrolled),
        (Vec::new(), GatewayStanding::NotEnrolled),
    ] {
        let id = patient.give(disclosures).await;
        let shown = told(&clinician, id, 1).await;
        assert_eq!(shown.standing, standing);
        assert_eq!(shown.enrolled.is_some(), standing == GatewayStanding::Enrolled, "{shown:?}");
    }

    // The laptop is lost: what it had is still known to be its own, what arrives later is not.
    let withdrawn = withdraw(&patient.client, &own).await.unwrap();
    let id = patient.give(of(&own, &gateway)).await;
    let shown = told(&clinician, id, 1).await;
    assert_eq!(shown.standing, GatewayStanding::Enrolled);
    assert_eq!(shown.withdrawn.unwrap().time, withdrawn.time_ms);
    patient.measure().await;
    let id = patient.give(of(&own, &gateway)).await;
    let shown = told(&clinician, id, 2).await;
    assert_eq!(shown.standing, GatewayStanding::Withdrawn);
    assert_eq!(shown.withdrawn.unwrap().height, withdrawn.height.to_string());
    clinician.lock().await.unwrap();
}

//! A clinician's journey against real members: attested, given a permission, opened, ended. Then what does not fit:
//! another members' list, a wrong clock, a stranger's attestation.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "journey_clinician/duty.rs"]
mod duty;
#[path = "journey_clinician/fhir.rs"]
mod fhir;
#[path = "journey_clinician/reply.rs"]
mod reply;
#[path = "journey_clinician/request.rs"]
mod request;
#[path = "journey_clinician/taken_back.rs"]
mod taken_back;
#[path = "journey_clinician/withdrawn.rs"]
mod withdrawn;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use salus_api::{App, Choice, Config, Confirm, Run};
use salus_chain::time::Clock;
use salus_light::clock::SystemClock;
use salus_tests::network::{Network, Options, eventually};
use salus_wire::command as c;
use salus_wire::event::Event;
use salus_wire::view::{
    ClinicalSummary, CodeView, Condition, Outcome, PermissionDraft, PermissionState, Role, SeenOf, ValueView,
};
use salus_wire::{Category, ErrorCode, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const YEAR: i64 = 365 * 24 * HOUR;
const PATIENCE: Duration = Duration::from_secs(90);

/// Says this, and chooses this file.
struct Says(bool, PathBuf);

#[async_trait::async_trait]
impl Confirm for Says {
    async fn confirm(&self, question: salus_api::Question<'_>) -> bool {
        assert!(
            question.sentence.contains("cannot be taken back"),
            "the promise is part of what is confirmed"
        );
        self.0
    }

    async fn choose(&self, _: Choice<'_>) -> Option<PathBuf> {
        Some(self.1.clone())
    }
}

/// What an application on a directory writes when it is asked for a file.
fn chosen(dir: &Path) -> PathBuf {
    dir.with_extension("chosen")
}

/// The machine's clock and what a test adds.
struct Off(AtomicI64);

impl Clock for Off {
    fn now(&self) -> i64 {
        SystemClock.now() + self.0.load(Ordering::Relaxed)
    }
}

fn config(dir: &Path, genesis: &Path, off: &Arc<Off>, yes: bool) -> Config {
    let alone = Config::new(dir.to_owned(), off.clone(), Arc::new(Says(yes, chosen(dir))));
    Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone }
}

async fn app(dir: &Path, genesis: &Path, off: &Arc<Off>, yes: bool) -> App {
    App::new(config(dir, genesis, off, yes)).await.unwrap()
}

async fn profile(app: &App, name: &str, role: Role) {
    let create = c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() };
    app.run(create).await.unwrap();
}

async fn code<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|f| f.code)
}

/// A blood pressure, typed a minute ago by `off`.
async fn typed(app: &App, off: &Off) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")];
    let (category, at) = (Category::BloodPressure, off.now() - 60_000);
    app.run(c::TypeReading { category, values, at, note: None }).await.unwrap();
}

/// Whether that blood pressure, and nothing else, is in the record within an hour of `at`.
async fn readable(app: &App, at: i64) -> bool {
    let own = c::GetRecord { category: Category::BloodPressure, from: at - HOUR, to: at + HOUR, width: 400 };
    let view = app.run(own).await.unwrap();
    view.total == 1 && view.rows[0].values.iter().any(|v| v.value == "128")
}

fn hands() -> Arc<Off> {
    Arc::new(Off(AtomicI64::new(0)))
}

async fn alone(dir: &Path) -> Network {
    Network::start_with(1, dir, &Options::default()).await.unwrap()
}

/// An attested clinician with a code noted "Maria".
async fn attested(network: &Network, home: &Path, off: &Arc<Off>) -> (App, String, String) {
    let clinician = app(home, &network.genesis_path(), off, true).await;
    profile(&clinician, "Dr Ana Example, Heart Clinic", Role::Clinician).await;
    let CodeView::Request { request } = clinician.run(c::MakeCode { note: String::new() }).await.unwrap()
    else {
        panic!("a code before anybody attested")
    };
    let attestation = network.attest(0, &request).unwrap();
    clinician.run(c::AddAttestation { attestation: attestation.clone() }).await.unwrap();
    let made = clinician.run(c::MakeCode { note: "Maria".into() }).await.unwrap();
    let CodeView::Code { code, .. } = made else { panic!("not attested") };
    (clinician, code, attestation)
}

#[tokio::test(flavor = "multi_thread")]
async fn attested_permitted_opened_and_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let (genesis, off) = (network.genesis_path(), hands());
    let (clinician, text, attestation) = attested(&network, &dir.path().join("clinician"), &off).await;
    assert_eq!(clinician.run(c::ListInbox {}).await.unwrap().waiting, ["Maria"]);

    // Another clinician cannot use that attestation.
    let other = app(&dir.path().join("other"), &genesis, &off, true).await;
    profile(&other, "Dr Other", Role::Clinician).await;
    assert_eq!(code(&other, c::AddAttestation { attestation }).await, Some(ErrorCode::NotAttested));

    let patient = app(&dir.path().join("patient"), &genesis, &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    typed(&patient, &off).await;
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
    assert_eq!(checked.await.unwrap().organisation, "Heart Clinic");
    assert_eq!(code(&patient, c::CheckCode { code: "SC1-".into() }).await, Some(ErrorCode::BadCode));
    assert_eq!(code(&patient, c::CheckCode { code: "x".repeat(20_000) }).await, Some(ErrorCode::TooLarge));

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
    let issue =
        |draft: &PermissionDraft| c::IssuePermission { draft: draft.clone(), passphrase: PASSPHRASE.into() };
    let backward = PermissionDraft { ends: now - HOUR, ..draft.clone() };
    assert_eq!(code(&patient, issue(&backward)).await, Some(ErrorCode::BadRequest));
    let given = patient.run(issue(&draft)).await.unwrap();
    assert_eq!((given.state, given.members_holding, given.members), (PermissionState::Active, 1, 1));

    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    let shared = arrived.await.unwrap();
    assert!(shared.new && shared.patient == "Maria Example" && shared.note == "Maria");
    assert!(!shared.by_helper, "she gave it herself");
    let open = c::OpenRecord { id: given.id, width: 400, second: None };
    // A summary is of what was opened and of nothing else: before, beside and after it there is none.
    let summary = |category| c::GetOpenedClinical { id: given.id, category, until: None };
    assert_eq!(code(&clinician, summary(Category::HeartRate)).await, Some(ErrorCode::NothingYet));
    // Stopped while it is under way: nothing of it is shown or kept, and the receipt stays with the members.
    let mut events = clinician.subscribe();
    let stop = async {
        // A backup that is made by itself says how far it is, too.
        let under_way =
            |event: &Event| matches!(event, Event::Progress { work, .. } if work == "open_record");
        while !under_way(&events.recv().await.unwrap()) {}
        clinician.run(c::StopOpening {}).await.unwrap();
    };
    let (ended, ()) = tokio::join!(clinician.run(open.clone()), stop);
    assert_eq!(ended.unwrap_err().code, ErrorCode::Cancelled);
    assert_eq!(code(&clinician, summary(Category::BloodPressure)).await, Some(ErrorCode::NothingYet));
    assert!(clinician.run(c::ListInbox {}).await.unwrap().shared[0].new);
    let opened = clinician.run(open.clone()).await.unwrap();
    let summed = clinician.run(summary(Category::HeartRate)).await.unwrap().summary;
    assert!(matches!(summed, ClinicalSummary::Variability(Outcome::NotEnough(_))), "{summed:?}");
    let summed = clinician.run(summary(Category::BloodPressure)).await.unwrap().summary;
    assert!(matches!(summed, ClinicalSummary::Pressure(Outcome::NotEnough(_))), "{summed:?}");
    assert_eq!(code(&clinician, summary(Category::Glucose)).await, Some(ErrorCode::OutsideScope));
    let totals: Vec<u32> = opened.records.iter().map(|record| record.total).collect();
    assert_eq!((totals.as_slice(), opened.segments), ([0, 1].as_slice(), 1));
    // The patient's look through the permission is that screen.
    let see = c::SeePermission { id: given.id, width: 400 };
    let seen = patient.run(see.clone()).await.unwrap();
    assert_eq!(
        (seen.patient.as_str(), seen.permission.id, seen.records.len()),
        ("Maria Example", given.id, 2)
    );
    for (seen, opened) in seen.records.iter().zip(&opened.records) {
        assert_eq!((seen.category, seen.total, &seen.rows), (opened.category, opened.total, &opened.rows));
        assert_eq!((&seen.latest, &seen.chart.lines), (&opened.latest, &opened.chart.lines));
    }
    // Also what that screen makes of them: the first look, and that there is too little for the conventions.
    let minute = c::SeeFirstMinute { of: SeenOf::Given { id: given.id } };
    let made = patient.run(minute.clone()).await.unwrap();
    let listed = clinician.run(c::ListPatients {}).await.unwrap();
    let glimpse = listed.iter().find(|p| p.shared.id == given.id).and_then(|p| p.glimpse.as_ref()).unwrap();
    assert_eq!((made.glimpse.last, &made.glimpse.ranges), (glimpse.last, &glimpse.ranges));
    assert_eq!((made.glimpse.days, made.clinical.len()), (glimpse.days, 2));
    for summed in &made.clinical {
        let theirs = clinician.run(summary(summed.category)).await.unwrap();
        assert_eq!((summed.clock, summed.damaged), (theirs.clock, theirs.damaged));
        assert!(matches!(
            &summed.summary,
            ClinicalSummary::Pressure(Outcome::NotEnough(_))
                | ClinicalSummary::Variability(Outcome::NotEnough(_))
        ));
    }
    assert!(!clinician.run(c::ListInbox {}).await.unwrap().shared[0].new);
    let unknown = c::OpenRecord { id: salus_wire::GrantId([7; 32]), width: 400, second: None };
    assert_eq!(code(&clinician, unknown).await, Some(ErrorCode::UnknownPermission));

    let stopped = patient.run(c::StopPermission { id: given.id }).await.unwrap();
    assert_eq!(stopped.state, PermissionState::Stopped);
    assert_eq!(
        patient.run(c::StopPermission { id: given.id }).await.unwrap().state,
        PermissionState::Stopped
    );
    assert_eq!(code(&clinician, open).await, Some(ErrorCode::Stopped));
    assert_eq!(code(&clinician, summary(Category::HeartRate)).await, Some(ErrorCode::Stopped));
    assert_eq!(patient.run(see).await.unwrap().records, [], "nobody sees anything with it any more");
    assert_eq!(code(&patient, minute).await, Some(ErrorCode::Stopped));
    let activity = patient.run(c::ListActivity {}).await.unwrap();
    assert!(activity.complete && activity.entries.len() >= 3, "{activity:?}");

    // Nobody confirmed: nothing is given.
    patient.lock().await.unwrap();
    drop(patient);
    let again = eventually(PATIENCE, async || {
        App::new(config(&dir.path().join("patient"), &genesis, &off, false)).await.ok()
    });
    let patient = again.await.unwrap();
    patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(code(&patient, issue(&draft)).await, Some(ErrorCode::Declined));
    assert_eq!(patient.run(c::ListPermissions {}).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_members_list_is_refused_and_the_record_stays_readable() {
    let dir = tempfile::tempdir().unwrap();
    let first = Network::make(1, &dir.path().join("first"), &Options::default()).unwrap();
    let second = Network::make(1, &dir.path().join("second"), &Options::default()).unwrap();
    let (home, off) = (dir.path().join("patient"), hands());
    let patient = app(&home, &first.genesis_path(), &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    typed(&patient, &off).await;
    patient.lock().await.unwrap();
    drop(patient);

    let reopened =
        eventually(PATIENCE, async || App::new(config(&home, &second.genesis_path(), &off, true)).await.ok());
    let patient = reopened.await.unwrap();
    patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(code(&patient, c::GetMembers {}).await, Some(ErrorCode::WrongGenesis));
    assert_eq!(code(&patient, c::CheckCode { code: "SC1-0".into() }).await, Some(ErrorCode::WrongGenesis));
    assert!(readable(&patient, off.now()).await);

    std::fs::write(dir.path().join("torn.json"), "{\"chain_name\":").unwrap();
    let torn = config(&dir.path().join("new"), &dir.path().join("torn.json"), &off, true);
    assert_eq!(App::new(torn).await.unwrap_err().code, ErrorCode::BadRequest);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_a_year_off_is_named_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(&dir.path().join("members")).await;
    let text = attested(&network, &dir.path().join("clinician"), &hands()).await.1;
    for (name, year) in [("ahead", YEAR), ("behind", -YEAR)] {
        let off = Arc::new(Off(AtomicI64::new(year)));
        let patient = app(&dir.path().join(name), &network.genesis_path(), &off, true).await;
        profile(&patient, "Maria Example", Role::Patient).await;
        let named = eventually(PATIENCE, async || {
            let view = patient.run(c::GetMembers {}).await;
            view.ok().filter(|v| v.out_of_date)
        });
        assert!(named.await.is_some(), "{name}");
        typed(&patient, &off).await;
        let at = off.now();
        assert!(readable(&patient, at).await, "{name}");
        // Ahead, it first has to be told from a chain that has stopped: blocks come, and none of them is of our time.
        let check = async || {
            let said = code(&patient, c::CheckCode { code: text.clone() }).await;
            assert_ne!(said, Some(ErrorCode::AnchorExpired), "{name}: a new list would not help");
            (said == Some(ErrorCode::ClockSkew)).then_some(())
        };
        assert!(eventually(PATIENCE, check).await.is_some(), "{name}");
        // The members' screen says what following them came to, which may be a moment later.
        let told = async || {
            let trouble = patient.run(c::GetMembers {}).await.unwrap().trouble?;
            (trouble.code == ErrorCode::ClockSkew).then_some(())
        };
        assert!(eventually(PATIENCE, told).await.is_some(), "{name}");
        off.0.store(0, Ordering::Relaxed);
        patient.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
        let right_again = eventually(PATIENCE, async || {
            let view = patient.run(c::GetMembers {}).await.ok();
            view.filter(|v| !v.out_of_date)
        });
        assert!(right_again.await.is_some(), "{name}");
        assert!(readable(&patient, at).await, "{name}: what was measured meanwhile stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_that_was_away_gets_its_part_later() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, &dir.path().join("members")).await.unwrap();
    let off = hands();
    let (clinician, text, _) = attested(&network, &dir.path().join("clinician"), &off).await;
    let patient = app(&dir.path().join("patient"), &network.genesis_path(), &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: text.clone() }).await.ok());
    checked.await.unwrap();

    network.kill(3).unwrap();
    let now = off.now();
    let draft = PermissionDraft {
        code: text,
        categories: vec![Category::BloodPressure],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let given = patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!((given.state, given.members_holding, given.members), (PermissionState::Active, 3, 4));
    let arrived = eventually(PATIENCE, async || {
        clinician.run(c::ListInbox {}).await.unwrap().shared.into_iter().find(|s| s.id == given.id)
    });
    arrived.await.unwrap();

    network.restart(3).unwrap();
    let complete = eventually(PATIENCE, async || {
        let all = patient.run(c::ListPermissions {}).await.unwrap();
        all.into_iter().find(|p| p.id == given.id && p.members_holding == 4)
    });
    assert!(complete.await.is_some(), "the missing part was not handed over");
}

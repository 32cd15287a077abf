//! Journey: an enrolled laptop is lost; its record lives on on a new one, which signs as itself, and a clinician sees both in one
//! permission; the lost one's enrolment is withdrawn from the new one. Each is told what the other's lost laptop could open. New keys begin, and
//! what runs is given again under them, by keys of its own that the lost laptop does not have.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "journey_lost/compared.rs"]
mod compared;
#[path = "journey_lost/laptops.rs"]
mod laptops;
#[path = "journey_lost/seen.rs"]
mod seen;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config};
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, eventually};
use salus_wire::command as c;
use salus_wire::view::{
    CodeView, Condition, GatewayStanding, NewKeys, OpenedView, PermissionDraft, PermissionState,
    PermissionView, Role, ValueView,
};
use salus_wire::{Category, ErrorCode, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const HOUR: i64 = 3_600_000;
const PATIENCE: Duration = Duration::from_secs(90);
const BP: Category = Category::BloodPressure;

async fn app(dir: &Path, genesis: &Path, chosen: &Path) -> App {
    let answers = Answers::default();
    answers.choose(Some(chosen));
    let alone = Config::new(dir.to_owned(), Arc::new(SystemClock), Arc::new(answers));
    // On a computer of nobody's: a passphrase at its least cost.
    let config = Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone };
    App::new(config).await.unwrap()
}

fn renewal() -> c::RenewKeys {
    c::RenewKeys { passphrase: PASSPHRASE.into() }
}

async fn pressure(app: &App, systolic: &str, at: i64) {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    let values = vec![value(Quantity::Systolic, systolic), value(Quantity::Diastolic, "79")];
    app.run(c::TypeReading { category: BP, values, at, note: None }).await.unwrap();
}

async fn enrolled(app: &App) -> i64 {
    let since =
        eventually(PATIENCE, async || app.run(c::GetMembers {}).await.ok().and_then(|view| view.enrolled));
    since.await.expect("the gateway is enrolled")
}

async fn code(clinician: &App, note: &str) -> String {
    match clinician.run(c::MakeCode { note: note.into() }).await.unwrap() {
        CodeView::Code { code, .. } => code,
        CodeView::Request { .. } => panic!("not attested"),
    }
}

async fn give(patient: &App, code: String) -> PermissionView {
    let checked = eventually(PATIENCE, async || patient.run(c::CheckCode { code: code.clone() }).await.ok());
    checked.await.unwrap();
    let now = patient.run(c::GetApp {}).await.unwrap().now;
    let draft = PermissionDraft {
        code,
        categories: vec![BP],
        data_from: now - 6 * HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    patient.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap()
}

/// Opens until as many readings are seen as expected; the last attempt's view otherwise.
async fn opened(clinician: &App, given: &PermissionView, total: u32) -> OpenedView {
    let view = eventually(PATIENCE, async || {
        let view = clinician.run(c::OpenRecord { id: given.id, width: 400, second: None }).await.ok()?;
        (view.records[0].total == total).then_some(view)
    });
    view.await.unwrap_or_else(|| panic!("{total} readings were never seen"))
}

/// Her laptop would open what she was given until its end, and what answers a code of hers.
async fn is_within_the_clinicians_reach(clinician: &App, given: &[&PermissionView]) {
    code(clinician, "nobody yet").await;
    let lost = clinician.run(c::GetLost {}).await.unwrap();
    let mut received: Vec<_> = lost.received.iter().map(|r| (r.patient.as_str(), r.ends)).collect();
    let mut expected: Vec<_> = given.iter().map(|g| ("Maria Example", g.ends)).collect();
    received.sort_unstable();
    expected.sort_unstable();
    assert_eq!(received, expected);
    let mut notes: Vec<_> = lost.received.iter().map(|r| r.note.as_str()).collect();
    notes.sort_unstable();
    // The one that came with the attestation may have been given out too.
    assert_eq!((notes, lost.codes), (vec!["first", "second"], 2));
    assert!(lost.held.is_empty() && lost.computers.is_empty() && lost.permissions.is_empty(), "{lost:?}");
    let refused = clinician.run(c::WithdrawLost {}).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed, "no computer of hers is enrolled");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_record_signs_as_itself_and_the_lost_computer_is_withdrawn() {
    seen::told();
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, &dir.path().join("members")).await.unwrap();
    let (genesis, disk) = (network.genesis_path(), dir.path().join("disk"));
    std::fs::create_dir(&disk).unwrap();
    let clinician = app(&dir.path().join("clinician"), &genesis, &disk).await;
    let (name, passphrase) = ("Dr Ana, Heart Clinic".to_owned(), PASSPHRASE.to_owned());
    clinician.run(c::CreateProfile { name, role: Role::Clinician, passphrase }).await.unwrap();
    let CodeView::Request { request } = clinician.run(c::MakeCode { note: String::new() }).await.unwrap()
    else {
        panic!("a code before anybody attested")
    };
    clinician.run(c::AddAttestation { attestation: network.attest(0, &request).unwrap() }).await.unwrap();

    let old = app(&dir.path().join("old"), &genesis, &disk).await;
    let (name, passphrase) = ("Maria Example".to_owned(), PASSPHRASE.to_owned());
    let key =
        old.run(c::CreateProfile { name, role: Role::Patient, passphrase }).await.unwrap().groups.concat();
    let since = enrolled(&old).await;
    let now = old.run(c::GetApp {}).await.unwrap().now;
    // Sealed by the old computer, at the latest when it is uploaded.
    pressure(&old, "128", now - 3 * HOUR).await;
    let first = give(&old, code(&clinician, "first").await).await;
    let before = opened(&clinician, &first, 1).await;
    assert_eq!(before.provenance[0].standing, GatewayStanding::Enrolled);
    let view = old.run(c::ChooseBackupFolder { own: false }).await.unwrap();
    assert_eq!((view.backups.len(), view.failure), (1, None));
    // Lost: it is never heard of again.
    old.lock().await.unwrap();
    drop(old);

    let file = std::fs::read_dir(&disk).unwrap().next().unwrap().unwrap().path();
    let new = app(&dir.path().join("new"), &genesis, &file).await;
    let restored = new.run(c::RestoreBackup { key, passphrase: PASSPHRASE.into() }).await.unwrap();
    assert_eq!(restored.profile.unwrap().name, "Maria Example");
    let anew = enrolled(&new).await;
    assert!(since < anew, "another computer has an enrolment of its own: {since}, {anew}");
    let now = new.run(c::GetApp {}).await.unwrap().now;
    pressure(&new, "131", now).await;
    let second = give(&new, code(&clinician, "second").await).await;
    let both = opened(&clinician, &second, 2).await;
    assert_eq!(both.provenance.len(), 2, "{:?}", both.provenance);
    let times = |view: &OpenedView| {
        let mut times: Vec<_> =
            view.provenance.iter().filter_map(|p| Some(p.enrolled.as_ref()?.time)).collect();
        times.sort_unstable();
        times
    };
    assert_eq!(times(&both), [since, anew]);
    assert!(both.provenance.iter().all(|p| p.standing == GatewayStanding::Enrolled && p.withdrawn.is_none()));

    let lost = new.run(c::GetLost {}).await.unwrap();
    assert_eq!((lost.permissions.len(), lost.computers.len()), (2, 1));
    assert!(lost.permissions.iter().all(|p| p.name == "Dr Ana"), "{:?}", lost.permissions);
    assert!(lost.received.is_empty() && lost.codes == 0 && lost.others.is_empty(), "{lost:?}");
    is_within_the_clinicians_reach(&clinician, &[&first, &second]).await;
    assert_eq!((lost.computers[0].enrolled, lost.computers[0].withdrawn), (Some(since), None));
    let lost = new.run(c::WithdrawLost {}).await.unwrap();
    let withdrawn = lost.computers[0].withdrawn.expect("it is withdrawn");
    assert!(anew < withdrawn);
    assert_eq!(new.run(c::WithdrawLost {}).await.unwrap().computers[0].withdrawn, Some(withdrawn));
    let members = new.run(c::GetMembers {}).await.unwrap();
    assert_eq!((members.enrolled, members.withdrawn), (Some(anew), None), "this one's own enrolment stays");
    let after = opened(&clinician, &second, 2).await;
    let ends: Vec<_> = after.provenance.iter().filter_map(|p| Some(p.withdrawn.as_ref()?.time)).collect();
    assert_eq!(ends, [withdrawn]);
    // The permission of before names the lost computer only.
    assert_eq!(opened(&clinician, &first, 1).await.provenance.len(), 1);
    has_new_keys((&new, &dir.path().join("new")), &clinician, &second, &network).await;
    let retired = new.run(c::GetLost {}).await.unwrap().retired.expect("the identity gave way");
    assert_eq!((retired.given_again, retired.still, retired.circle), (1, 0, None), "{retired:?}");
    new.lock().await.unwrap();
    clinician.lock().await.unwrap();
    network.stop().await.unwrap();
}

/// Whatever is measured from now on is under keys that the lost laptop does not have, and what runs is given again under them.
async fn has_new_keys(
    (new, home): (&App, &Path),
    clinician: &App,
    second: &PermissionView,
    network: &Network,
) {
    assert_eq!(new.run(c::GetLost {}).await.unwrap().new_keys, None);
    let refused = clinician.run(renewal()).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    let card = c::MakeCard { categories: vec![BP], call: String::new(), passphrase: PASSPHRASE.into() };
    eventually(PATIENCE, async || new.run(card.clone()).await.ok()).await.expect("a card is made");
    // It waits in the journal, and is sealed under the new keys at once.
    let now = new.run(c::GetApp {}).await.unwrap().now;
    pressure(new, "140", now).await;
    let since = new.run(renewal()).await.unwrap().new_keys.expect("the keys are new");
    assert_eq!(new.run(c::GetLost {}).await.unwrap().new_keys, Some(since));
    let all = eventually(PATIENCE, async || {
        let all = new.run(c::ListPermissions {}).await.ok()?;
        let count = |keys: NewKeys| all.iter().filter(|given| given.new_keys == keys).count();
        let mut before = all.iter().filter(|given| given.new_keys == NewKeys::GivenAgain);
        let stopped = before.all(|given| given.state == PermissionState::Stopped);
        (stopped && (count(NewKeys::GivenAgain), count(NewKeys::InPlace)) == (2, 2)).then_some(all)
    });
    let Some(all) = all.await else {
        panic!(
            "not both are given again with those before them stopped:\n{}",
            seen::seen(new, home, network).await
        )
    };
    // A card is not: its paper names a key that the lost laptop has.
    let card = new.run(c::GetEmergency {}).await.unwrap().card.expect("the card runs");
    let stands = all.iter().find(|given| given.id == card.id).map(|given| given.new_keys);
    assert_eq!((card.before_loss, stands), (true, Some(NewKeys::Left)));
    assert!(new.run(c::GetLost {}).await.unwrap().retired.unwrap().card);
    let of =
        |keys: NewKeys| all.iter().find(|given| given.new_keys == keys && given.ends == second.ends).unwrap();
    let (before, after) = (of(NewKeys::GivenAgain), of(NewKeys::InPlace));
    assert_eq!((before.id, before.state), (second.id, PermissionState::Stopped));
    assert_eq!(after.state, PermissionState::Active);
    assert_eq!((&after.clinician, &after.categories), (&second.clinician, &second.categories));
    let window = |given: &PermissionView| (given.data_from, given.data_to, given.starts, given.ends);
    assert_eq!(window(after), window(second));
    opened(clinician, after, 3).await;
    let inbox = clinician.run(c::ListInbox {}).await.unwrap();
    let with_her = inbox.shared.iter().filter(|shared| shared.ends == second.ends).count();
    assert_eq!(with_her, 1, "one record, and not one for each time that it was given");
    // Stopping what was given again leaves nothing of it that opens.
    new.run(c::StopPermission { id: after.id }).await.unwrap();
    let all = new.run(c::ListPermissions {}).await.unwrap();
    assert!(
        all.iter()
            .filter(|given| given.ends == second.ends)
            .all(|given| given.state == PermissionState::Stopped)
    );
}

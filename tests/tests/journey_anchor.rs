//! Adversary: puts back an older copy of the record together with everything that was kept beside it. Only the members know that
//! the record had gone on, and they tell it.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

#[path = "journey_anchor/report.rs"]
mod report;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config};
use salus_light::clock::SystemClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, eventually};
use salus_wire::command as c;
use salus_wire::view::{Role, StandingView, ValueView};
use salus_wire::{Category, ErrorCode, Failure, Quantity};

const PATIENCE: Duration = Duration::from_secs(90);

/// Opens the directory; the process before may still be letting go of it.
async fn app(dir: &Path, genesis: Option<&Path>) -> App {
    eventually(PATIENCE, async || try_app(dir, genesis).await.ok()).await.unwrap()
}

async fn try_app(dir: &Path, genesis: Option<&Path>) -> Result<App, Failure> {
    // Its heads are in memory and new each time: nothing beside the record survives.
    let alone = Config::new(dir.to_owned(), Arc::new(SystemClock), Arc::new(Answers::default()));
    // On a computer of nobody's: a passphrase at its least cost.
    App::new(Config { genesis: genesis.map(Path::to_owned), test_clock: true, ..alone }).await
}

fn passphrase() -> String {
    "correct horse battery".into()
}

async fn weigh(app: &App) -> Result<(), Failure> {
    let value = ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() };
    let at = app.run(c::GetApp {}).await?.now;
    let typed = c::TypeReading { category: Category::BodyWeight, values: vec![value], at, note: None };
    app.run(typed).await.map(drop)
}

fn copy(from: &Path, to: &Path) {
    drop(std::fs::remove_dir_all(to));
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

async fn anchored(app: &App) -> i64 {
    let found = eventually(PATIENCE, async || app.run(c::GetMembers {}).await.ok().and_then(|m| m.anchored));
    found.await.expect("the record is anchored")
}

#[tokio::test(flavor = "multi_thread")]
async fn members_tell_an_older_copy_when_nothing_else_can() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(4, &dir.path().join("members")).await.unwrap();
    let genesis = network.genesis_path();
    let (home, older) = (dir.path().join("patient"), dir.path().join("older"));
    let alone = app(&home, None).await;
    let profile =
        c::CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: passphrase() };
    alone.run(profile).await.unwrap();
    weigh(&alone).await.unwrap();
    alone.lock().await.unwrap();
    drop(alone);
    copy(&home.join("record"), &older);

    let patient = app(&home, Some(&genesis)).await;
    assert_eq!(
        patient.run(c::Unlock { passphrase: passphrase() }).await.unwrap().standing,
        StandingView::Sound
    );
    let first = anchored(&patient).await;
    weigh(&patient).await.unwrap();
    // One a day: opening it again records no other, and finds its own.
    patient.lock().await.unwrap();
    patient.run(c::Unlock { passphrase: passphrase() }).await.unwrap();
    assert_eq!(anchored(&patient).await, first);
    assert_eq!(patient.run(c::GetApp {}).await.unwrap().standing, StandingView::Sound);
    patient.lock().await.unwrap();
    drop(patient);

    copy(&older, &home.join("record"));
    let patient = app(&home, Some(&genesis)).await;
    patient.run(c::Unlock { passphrase: passphrase() }).await.unwrap();
    let told = eventually(PATIENCE, async || {
        let standing = patient.run(c::GetApp {}).await.ok()?.standing;
        (standing == StandingView::Older).then_some(())
    });
    told.await.expect("the members tell it");
    assert_eq!(weigh(&patient).await.unwrap_err().code, ErrorCode::OlderCopy);
    assert_eq!(patient.run(c::AcceptRecord {}).await.unwrap().standing, StandingView::Sound);
    weigh(&patient).await.unwrap();
    patient.lock().await.unwrap();
    // The same members, and other people: a report is recorded in the manner of an anchor.
    report::a_report_is_recorded_and_proven(dir.path(), &genesis).await;
    network.stop().await.unwrap();
}

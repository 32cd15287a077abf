//! A chain that is older than 30 days: whoever joins it, comes back to it or was handed the wrong list, against a real member.
//! The member's clock and the application's are one, and right.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use salus_api::{App, Config};
use salus_chain::genesis::MembersList;
use salus_chain::ids::{ChainId, Hash32};
use salus_light::clock::OffsetFileClock;
use salus_tests::desk::Answers;
use salus_tests::network::{Network, Options, eventually};
use salus_wire::command as c;
use salus_wire::event::Event;
use salus_wire::view::{Role, ValueView};
use salus_wire::{Category, ErrorCode, Failure, Quantity};

const PASSPHRASE: &str = "correct horse battery";
const DAY: i64 = 86_400_000;
/// Days that a clock is moved by at once.
const STEP: i64 = 20;
const PATIENCE: Duration = Duration::from_secs(90);

async fn alone(dir: &Path) -> Network {
    Network::start_with(1, &dir.join("members"), &Options::default()).await.unwrap()
}

/// Puts every clock from a day to a later one, and waits until the member has a block of that time. Not at once: a member
/// alone does not follow its clock over more than 30 days of rest, and this one did not rest.
async fn day(network: &Network, from: i64, to: i64) {
    for day in (from + STEP..to).step_by(usize::try_from(STEP).unwrap()).chain([to]) {
        network.set_clock_offset(day * DAY).unwrap();
        let there = async || network.status(0).await.ok().filter(|status| status.fresh);
        // The first answer may be of a moment before the clock moved.
        let before = network.status(0).await.unwrap().height;
        let later = async || there().await.filter(|status| status.height > before + 1);
        eventually(PATIENCE, later).await.unwrap();
    }
}

async fn try_app(network: &Network, home: &Path, list: &Path) -> Result<App, Failure> {
    let clock = Arc::new(OffsetFileClock::open(network.clock_path()).unwrap());
    let alone = Config::new(home.to_owned(), clock, Arc::new(Answers::default()));
    App::new(Config { genesis: Some(list.to_owned()), test_clock: true, ..alone }).await
}

/// Opens a profile's directory as soon as nobody else holds it.
async fn app(network: &Network, home: &Path, list: &Path) -> App {
    eventually(PATIENCE, async || try_app(network, home, list).await.ok()).await.unwrap()
}

async fn profile(app: &App) {
    let create =
        c::CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    app.run(create).await.unwrap();
}

async fn unlock(app: &App) {
    app.run(c::Unlock { passphrase: PASSPHRASE.into() }).await.unwrap();
}

async fn end(app: App) {
    app.close().await.unwrap();
}

/// Waits for what the members' screen says at last: nothing is wrong, or what is.
async fn said(app: &App) -> Option<ErrorCode> {
    let said = async || {
        let view = app.run(c::GetMembers {}).await.unwrap();
        let trouble = view.trouble.map(|failure| failure.code);
        assert_ne!(trouble, Some(ErrorCode::ClockSkew), "the clock is right");
        // A member that was not reached yet, or a first look that is still to come.
        let open = trouble == Some(ErrorCode::Offline) || (trouble.is_none() && view.out_of_date);
        (!open).then_some(trouble)
    };
    eventually(PATIENCE, said).await.unwrap()
}

fn write(dir: &Path, name: &str, list: &MembersList) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, list.to_json()).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_after_31_days_needs_a_list_that_a_member_renewed() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = alone(dir.path()).await;
    day(&network, 0, 31).await;

    let (home, old) = (dir.path().join("patient"), network.genesis_path());
    let patient = app(&network, &home, &old).await;
    profile(&patient).await;
    assert_eq!(said(&patient).await, Some(ErrorCode::AnchorExpired));
    end(patient).await;

    let list = network.anchor(0).unwrap();
    assert_eq!(list.genesis, network.genesis().unwrap());
    let new = write(dir.path(), "list.json", &list);
    let patient = app(&network, &home, &new).await;
    unlock(&patient).await;
    assert_eq!(said(&patient).await, None);
    end(patient).await;
    // What the new list began is in the record: the old one does no harm.
    let patient = app(&network, &home, &old).await;
    unlock(&patient).await;
    assert_eq!(said(&patient).await, None);
    end(patient).await;

    // The member itself takes either, and has no anchor to give while it does not run.
    network.stop().await.unwrap();
    let refused = network.anchor(0).unwrap_err().to_string();
    assert!(refused.contains("start it with `salus-node run`"), "{refused}");

    // Nothing waits for the first word of the members: what there is to do without them is done while they are looked for.
    let waiting = app(&network, &dir.path().join("waiting"), &new).await;
    profile(&waiting).await;
    let now = waiting.run(c::GetApp {}).await.unwrap().now;
    let values = vec![ValueView { quantity: Quantity::HeartRate, value: "61".into() }];
    let pulse = c::TypeReading { category: Category::HeartRate, values, at: now - 60_000, note: None };
    waiting.run(pulse).await.unwrap();
    let span = c::GetRecord { category: Category::HeartRate, from: now - DAY, to: now + DAY, width: 400 };
    assert_eq!(waiting.run(span).await.unwrap().total, 1);
    assert_eq!(waiting.run(c::GetMembers {}).await.unwrap().newest, None);
    end(waiting).await;

    std::fs::copy(&new, network.home(0).join("genesis.json")).unwrap();
    network.restart(0).unwrap();
    network.reach(list.anchor.unwrap().height + 1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_do_not_fit_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(dir.path()).await;
    day(&network, 0, 31).await;
    let list = network.anchor(0).unwrap();

    let mut mixed = list.clone();
    mixed.anchor.as_mut().unwrap().chain_id = ChainId([1; 32]);
    let mixed = write(dir.path(), "mixed.json", &mixed);
    let refused = try_app(&network, &dir.path().join("mixed"), &mixed).await.map(|_| ()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::WrongGenesis);

    let mut false_hash = list.clone();
    false_hash.anchor.as_mut().unwrap().header_hash = Hash32([1; 32]);
    let mut other_chain = network.genesis().unwrap();
    other_chain.params.access_per_epoch += 1;
    let mut renewed = MembersList { genesis: other_chain.clone(), ..list };
    renewed.anchor.as_mut().unwrap().chain_id = other_chain.chain_id();
    let lists = [("false-hash", false_hash), ("other-chain", other_chain.into()), ("renewed", renewed)];
    for (name, list) in lists {
        let path = write(dir.path(), &format!("{name}.json"), &list);
        let patient = app(&network, &dir.path().join(name), &path).await;
        profile(&patient).await;
        assert_eq!(said(&patient).await, Some(ErrorCode::WrongGenesis), "{name}");
        end(patient).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_record_trusts_carries_on_for_30_days_each_time_and_not_for_more() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(dir.path()).await;
    let (home, list) = (dir.path().join("patient"), network.genesis_path());
    let patient = app(&network, &home, &list).await;
    profile(&patient).await;
    assert_eq!(said(&patient).await, None);
    end(patient).await;
    for (before, later) in [(0, 20), (20, 45)] {
        day(&network, before, later).await;
        let patient = app(&network, &home, &list).await;
        unlock(&patient).await;
        assert_eq!(said(&patient).await, None, "day {later}");
        end(patient).await;
    }
    day(&network, 45, 76).await;
    let patient = app(&network, &home, &list).await;
    unlock(&patient).await;
    assert_eq!(said(&patient).await, Some(ErrorCode::AnchorExpired));
    end(patient).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_application_follows_the_chain_and_hands_on_what_it_verified() {
    let dir = tempfile::tempdir().unwrap();
    let network = alone(dir.path()).await;
    let patient = app(&network, &dir.path().join("patient"), &network.genesis_path()).await;
    profile(&patient).await;
    assert_eq!(said(&patient).await, None);
    patient.lock().await.unwrap();
    for (before, later) in [(0, 20), (20, 45)] {
        let mut events = patient.subscribe();
        day(&network, before, later).await;
        // The first may be of a look that began before the day did.
        for _ in 0..2 {
            let seen = async { while !matches!(events.recv().await.unwrap(), Event::MembersChanged) {} };
            tokio::time::timeout(PATIENCE, seen).await.unwrap();
        }
    }
    day(&network, 45, 60).await;
    unlock(&patient).await;
    assert_eq!(said(&patient).await, None, "the record itself was last open 60 days ago");
    end(patient).await;
}

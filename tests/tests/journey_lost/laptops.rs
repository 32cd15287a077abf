//! Journey: a second laptop is added to a record by a code and six digits, reads it, measures, gives a permission and stops one;
//! both see what either did. It is lost and removed: it gives nothing any more, what it gave goes on from the first laptop, and
//! what is measured from then on never comes to it.

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_tests::desk;
use salus_vault::{Unlock, Vault};
use salus_wire::view::{LaptopStep, LaptopsView};

use super::compared::copied;
use super::*;

/// What a laptop says of itself and the others, once it is as expected.
pub(super) async fn until(app: &App, what: &str, expected: impl Fn(&LaptopsView) -> bool) -> LaptopsView {
    let view =
        eventually(PATIENCE, async || app.run(c::GetLaptops {}).await.ok().filter(|view| expected(view)));
    view.await.unwrap_or_else(|| panic!("{what} never came"))
}

/// Readings of blood pressure that a laptop has, once there are so many; both pass on what is new meanwhile.
pub(super) async fn has(app: &App, other: &App, total: u32) {
    let found = eventually(PATIENCE, async || {
        for app in [other, app] {
            let synced = app.run(c::SyncLaptops {}).await;
            assert!(synced.as_ref().err().is_none_or(|f| f.code != ErrorCode::Cancelled), "{synced:?}");
        }
        let now = app.run(c::GetApp {}).await.ok()?.now;
        let span = c::GetRecord { category: BP, from: now - 24 * HOUR, to: now + HOUR, width: 400 };
        app.run(span).await.ok().filter(|view| view.total == total)
    });
    assert!(found.await.is_some(), "{total} readings never came");
}

/// A permission as a laptop lists it, once it is as expected.
pub(super) async fn lists(app: &App, expected: impl Fn(&PermissionView) -> bool) -> PermissionView {
    let listed = eventually(PATIENCE, async || {
        app.run(c::ListPermissions {}).await.ok()?.into_iter().find(|view| expected(view))
    });
    listed.await.expect("the permission is listed")
}

pub(super) async fn patient(dir: &Path, genesis: &Path) -> App {
    let app = app(dir, genesis, dir).await;
    let (name, passphrase) = ("Maria Example".to_owned(), PASSPHRASE.to_owned());
    app.run(c::CreateProfile { name, role: Role::Patient, passphrase }).await.unwrap();
    enrolled(&app).await;
    app
}

pub(super) async fn added(first: &App, second: &App) {
    let shown = second.run(c::ShowLaptopCode {}).await.unwrap();
    let code = shown.pairing.unwrap().code.unwrap();
    assert_eq!(first.run(c::ShowLaptopCode {}).await.unwrap_err().code, ErrorCode::HoldsReadings);
    let (head, _) = code.rsplit_once(' ').unwrap();
    for (typed, why, fact) in [
        (format!("{head} xyzzy"), ErrorCode::UnknownWord, Some("12")),
        (head.to_owned(), ErrorCode::WordCount, Some("11")),
        // A whole code, and nobody is where it leads: it is no try.
        ("abandon ".repeat(11) + "about", ErrorCode::NoLaptopThere, None),
    ] {
        let wrong = first.run(c::ReadLaptopCode { code: typed }).await.unwrap_err();
        assert_eq!((wrong.code, wrong.detail.as_deref()), (why, fact));
    }
    let too_early = c::ConfirmLaptop { name: "Kitchen".into(), passphrase: PASSPHRASE.into() };
    assert_eq!(first.run(too_early.clone()).await.unwrap_err().code, ErrorCode::NotCompared);
    first.run(c::ReadLaptopCode { code }).await.unwrap();

    let compared = |view: &LaptopsView| view.pairing.as_ref().is_some_and(|p| p.step == LaptopStep::Compare);
    let new = until(second, "the digits of the new laptop", compared).await.pairing.unwrap();
    let old = until(first, "the digits of the old laptop", compared).await.pairing.unwrap();
    assert_eq!(
        (new.digits.as_deref(), new.person.as_deref()),
        (old.digits.as_deref(), Some("Maria Example"))
    );
    assert_eq!(new.digits.unwrap().replace(' ', "").len(), 6);
    let wrong = c::ConfirmLaptop { passphrase: "something else".into(), ..too_early.clone() };
    assert_eq!(first.run(wrong).await.unwrap_err().code, ErrorCode::WrongPassphrase);
    first.run(too_early).await.unwrap();
    second.run(c::JoinLaptop {}).await.unwrap();
    until(second, "the record", |view| !view.first && view.pairing.is_none()).await;
    let listed = until(first, "the new laptop", |view| view.laptops.len() == 2).await;
    assert!(listed.first && listed.laptops[0].this && listed.laptops[1].name == "Kitchen", "{listed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_laptops_keep_one_record_and_a_removed_one_is_out_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let options = salus_tests::network::Options::default();
    let network = Network::start_with(1, &dir.path().join("members"), &options).await.unwrap();
    let genesis = network.genesis_path();
    let clinician = app(&dir.path().join("clinician"), &genesis, dir.path()).await;
    let (name, passphrase) = ("Dr Ana, Heart Clinic".to_owned(), PASSPHRASE.to_owned());
    clinician.run(c::CreateProfile { name, role: Role::Clinician, passphrase }).await.unwrap();
    let CodeView::Request { request } = clinician.run(c::MakeCode { note: String::new() }).await.unwrap()
    else {
        panic!("a code before anybody attested")
    };
    clinician.run(c::AddAttestation { attestation: network.attest(0, &request).unwrap() }).await.unwrap();
    let first = patient(&dir.path().join("first"), &genesis).await;
    let second = patient(&dir.path().join("second"), &genesis).await;
    let now = first.run(c::GetApp {}).await.unwrap().now;
    pressure(&first, "128", now - 3 * HOUR).await;
    added(&first, &second).await;

    // What comes over is stopped on the new laptop, and goes on once the person wants it.
    let stopped = eventually(PATIENCE, async || {
        let ended = desk::stopped(&second, c::SyncLaptops {}).await;
        ended.filter(|code| *code == ErrorCode::Cancelled)
    });
    assert!(stopped.await.is_some(), "it does not stop");
    let paused = async || second.run(c::GetLaptops {}).await.unwrap().history.unwrap().paused;
    assert!(paused().await, "it goes on by itself");

    // Each has what either measured.
    has(&second, &first, 1).await;
    assert!(!paused().await);
    pressure(&second, "131", now - 2 * HOUR).await;
    has(&first, &second, 2).await;

    // What either gives both see, and either stops what the other gave.
    until(&second, "a mandate to give", |view| view.can_give.is_some_and(|n| n > 0)).await;
    let given = give(&second, code(&clinician, "by the second").await).await;
    lists(&first, |view| view.id == given.id && view.state == PermissionState::Active).await;
    opened(&clinician, &given, 2).await;
    let other = give(&first, code(&clinician, "by the first").await).await;
    lists(&second, |view| view.id == other.id && view.state == PermissionState::Active).await;
    let stopped = eventually(PATIENCE, async || match second.run(c::StopPermission { id: other.id }).await {
        Err(failure) if failure.code == ErrorCode::NeedsOtherLaptop => None,
        stopped => Some(stopped.unwrap()),
    });
    assert_eq!(stopped.await.expect("its mandate comes").state, PermissionState::Stopped);
    lists(&first, |view| view.id == other.id && view.state == PermissionState::Stopped).await;

    // A card is made on the first one, which names it to those who help: whoever watches no card is told of no emergency.
    let card = c::MakeCard { categories: vec![BP], call: String::new(), passphrase: PASSPHRASE.into() };
    assert_eq!(second.run(card).await.unwrap_err().code, ErrorCode::OtherLaptopOnly);
    for (laptop, makes) in [(&first, true), (&second, false)] {
        assert_eq!(laptop.run(c::GetEmergency {}).await.unwrap().makes, makes);
    }

    // Only the first laptop removes another; the steps after a loss offer it.
    let remove = c::RemoveLaptop { number: 1, keep: true, passphrase: PASSPHRASE.into() };
    assert_eq!(second.run(remove.clone()).await.unwrap_err().code, ErrorCode::OtherLaptopOnly);
    let lost = first.run(c::GetLost {}).await.unwrap();
    assert_eq!(lost.laptops.iter().map(|laptop| laptop.number).collect::<Vec<_>>(), [1]);
    first.run(remove).await.unwrap();
    until(&first, "the members' word", |view| view.laptops.iter().any(|laptop| laptop.shut_out)).await;
    assert!(first.run(c::GetLost {}).await.unwrap().laptops.is_empty());

    // It gives nothing any more; what it gave goes on, from the first.
    until(&second, "its removal", |view| view.removed.is_some()).await;
    let again = code(&clinician, "after the removal").await;
    let now = second.run(c::GetApp {}).await.unwrap().now;
    let draft = PermissionDraft {
        code: again,
        categories: vec![BP],
        data_from: now - 6 * HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let refused = second.run(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::LaptopRemoved);
    let in_place = |view: &PermissionView| {
        view.new_keys == NewKeys::InPlace && view.state == PermissionState::Active && view.ends == given.ends
    };
    let goes_on = lists(&first, in_place).await;
    pressure(&first, "135", now).await;
    opened(&clinician, &goes_on, 3).await;
    lists(&first, |view| view.id == given.id && view.state == PermissionState::Stopped).await;

    // What was measured since never comes to it: it is told of nothing, and has no key of it.
    has(&second, &first, 2).await;
    for app in [first, second, clinician] {
        app.close().await.unwrap();
    }
    let (newest, its) = (generation(dir.path(), "first").await, generation(dir.path(), "second").await);
    assert!(its < newest, "the removed laptop has the keys {its}, the record {newest}");
}

/// Which keys of blood pressure the record of a closed application has.
async fn generation(dir: &Path, home: &str) -> u32 {
    let copy = dir.join(format!("{home}-copy"));
    copied(&dir.join(home), &copy);
    let rng = ChaCha20Rng::seed_from_u64(3);
    let vault = Vault::open(&copy.join("record"), Unlock::Passphrase(PASSPHRASE), rng).await.unwrap();
    let generation = vault.series(BP).generation;
    vault.lock().await.unwrap();
    generation
}

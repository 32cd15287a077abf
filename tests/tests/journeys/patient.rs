//! A patient's journey without members: first run, wrong passphrase, locking, settings, the clock.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use salus_api::{App, Config};
use salus_chain::time::Clock;
use salus_tests::desk::Answers;
use salus_wire::command as c;
use salus_wire::event::Event;
use salus_wire::view::{Role, SettingsView, Theme};
use salus_wire::{Category, ErrorCode};
use serde_json::json;

struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

const START: i64 = 1_795_000_000_000;

fn config(dir: &Path, clock: &Arc<Hands>) -> Config {
    Config { test_clock: true, ..Config::new(dir.to_owned(), clock.clone(), Arc::new(Answers::default())) }
}

fn hands() -> Arc<Hands> {
    Arc::new(Hands(AtomicI64::new(START)))
}

const PASSPHRASE: &str = "correct horse battery";

fn create(role: Role) -> c::CreateProfile {
    c::CreateProfile { name: "Maria Example".into(), role, passphrase: PASSPHRASE.into() }
}

fn unlock(passphrase: &str) -> c::Unlock {
    c::Unlock { passphrase: passphrase.into() }
}

fn today() -> c::GetRecord {
    c::GetRecord { category: Category::HeartRate, from: START - 1000, to: START + 1000, width: 600 }
}

async fn code<C: salus_api::Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    app.run(command).await.err().map(|f| f.code)
}

#[tokio::test]
async fn first_run_lock_and_both_ways_back_in() {
    let dir = tempfile::tempdir().unwrap();
    let clock = hands();
    let app = App::new(config(dir.path(), &clock)).await.unwrap();
    let view = app.run(c::GetApp {}).await.unwrap();
    assert!(view.profile.is_none() && view.locked && view.test_clock);
    assert_eq!(code(&app, today()).await, Some(ErrorCode::NoProfile));
    assert_eq!(code(&app, unlock(PASSPHRASE)).await, Some(ErrorCode::NoProfile));

    let weak = c::CreateProfile { passphrase: "short".into(), ..create(Role::Patient) };
    assert_eq!(code(&app, weak).await, Some(ErrorCode::WeakPassphrase));
    let nameless = c::CreateProfile { name: " \n".into(), ..create(Role::Patient) };
    assert_eq!(code(&app, nameless).await, Some(ErrorCode::BadRequest));
    let mut events = app.subscribe();
    let recovery = app.run(create(Role::Patient)).await.unwrap();
    assert_eq!(events.recv().await.unwrap(), Event::LockChanged { locked: false });
    assert_eq!(code(&app, create(Role::Patient)).await, Some(ErrorCode::ProfileExists));
    assert_eq!(app.run(today()).await.unwrap().total, 0);

    app.run(c::Lock {}).await.unwrap();
    assert_eq!(code(&app, today()).await, Some(ErrorCode::Locked));
    assert_eq!(code(&app, unlock("not the passphrase")).await, Some(ErrorCode::WrongPassphrase));
    assert!(app.run(c::GetApp {}).await.unwrap().locked);
    assert!(!app.run(unlock(PASSPHRASE)).await.unwrap().locked);

    app.run(c::Lock {}).await.unwrap();
    let wrong = c::UnlockWithRecoveryKey { key: "AAAA-BBBB".into() };
    assert_eq!(code(&app, wrong).await, Some(ErrorCode::WrongPassphrase));
    let key = recovery.groups.join(" ").to_lowercase();
    assert!(!app.run(c::UnlockWithRecoveryKey { key }).await.unwrap().locked);
}

#[tokio::test]
async fn a_role_is_refused_before_its_request_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::new(config(dir.path(), &hands())).await.unwrap();
    app.run(create(Role::Clinician)).await.unwrap();
    let refused = app.call("get_record", json!("nonsense")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotAllowed);
    for (name, allowed) in c::COMMANDS {
        if *allowed == c::Allowed::Patient {
            assert_eq!(app.call(name, json!({})).await.unwrap_err().code, ErrorCode::NotAllowed, "{name}");
        }
    }
    assert_eq!(app.call("no_such_command", json!({})).await.unwrap_err().code, ErrorCode::NotAllowed);
    let extra = json!({ "passphrase": "x", "more": 1 });
    assert_eq!(app.call("unlock", extra).await.unwrap_err().code, ErrorCode::BadRequest);
}

/// A request that no command takes: who may ask is told that it does not fit, and everybody else is refused before it is read.
#[tokio::test]
async fn every_command_is_refused_to_whom_it_is_not_for_open_and_locked() {
    use c::Allowed::{Always, Clinician, Patient, Unlocked};
    let none = json!(null);
    for role in [Role::Patient, Role::Clinician, Role::Family] {
        let dir = tempfile::tempdir().unwrap();
        let app = App::new(config(dir.path(), &hands())).await.unwrap();
        app.run(create(role)).await.unwrap();
        for (name, allowed) in c::COMMANDS {
            let expected = match (allowed, role) {
                (Always | Unlocked, _) | (Patient, Role::Patient) | (Clinician, Role::Clinician) => {
                    ErrorCode::BadRequest
                }
                (Patient | Clinician, _) => ErrorCode::NotAllowed,
            };
            let refused = app.call(name, none.clone()).await.unwrap_err();
            assert_eq!(refused.code, expected, "{name} for {role:?}");
        }
        app.run(c::Lock {}).await.unwrap();
        for (name, allowed) in c::COMMANDS {
            let expected = if *allowed == Always { ErrorCode::BadRequest } else { ErrorCode::Locked };
            let refused = app.call(name, none.clone()).await.unwrap_err();
            assert_eq!(refused.code, expected, "{name} for {role:?}, locked");
        }
        app.close().await.unwrap();
    }
}

#[tokio::test]
async fn every_command_reaches_a_use_case() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::new(config(dir.path(), &hands())).await.unwrap();
    for (name, allowed) in c::COMMANDS {
        let answer = app.call(name, json!(null)).await.unwrap_err().code;
        let expected =
            if *allowed == c::Allowed::Always { ErrorCode::BadRequest } else { ErrorCode::NoProfile };
        assert_eq!(answer, expected, "{name}");
    }
}

#[tokio::test]
async fn five_minutes_without_a_person_close_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let clock = hands();
    let app = App::new(config(dir.path(), &clock)).await.unwrap();
    app.run(create(Role::Patient)).await.unwrap();
    clock.0.store(START + 4 * 60_000, Ordering::Relaxed);
    app.run(c::SetSettings { settings: SettingsView::default() }).await.unwrap();
    clock.0.store(START + 8 * 60_000, Ordering::Relaxed);
    app.run(c::KeepOpen {}).await.unwrap();
    clock.0.store(START + 12 * 60_000, Ordering::Relaxed);
    // A page that asks by itself does not count as a person.
    app.run(today()).await.unwrap();
    clock.0.store(START + 13 * 60_000, Ordering::Relaxed);
    assert_eq!(code(&app, today()).await, Some(ErrorCode::Locked));
    assert!(app.run(c::GetApp {}).await.unwrap().locked);
}

#[tokio::test]
async fn settings_survive_and_hold_no_health_data() {
    let dir = tempfile::tempdir().unwrap();
    let clock = hands();
    let settings = SettingsView { locale: "ar".into(), theme: Theme::Contrast, text_size: 150 };
    {
        let app = App::new(config(dir.path(), &clock)).await.unwrap();
        app.run(c::SetSettings { settings: settings.clone() }).await.unwrap();
        let bad = SettingsView { text_size: 900, ..settings.clone() };
        assert_eq!(code(&app, c::SetSettings { settings: bad }).await, Some(ErrorCode::BadRequest));
    }
    let app = App::new(config(dir.path(), &clock)).await.unwrap();
    assert_eq!(app.run(c::GetApp {}).await.unwrap().settings, settings);
}

#[tokio::test]
async fn a_second_instance_on_one_directory_is_refused_until_the_first_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let clock = hands();
    let first = App::new(config(dir.path(), &clock)).await.unwrap();
    let second = App::new(config(dir.path(), &clock)).await.unwrap_err();
    assert_eq!(second.code, ErrorCode::InUse);
    drop(first);
    assert!(App::new(config(dir.path(), &clock)).await.is_ok());
}

#[tokio::test]
async fn requests_out_of_bounds_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let app = App::new(config(dir.path(), &hands())).await.unwrap();
    app.run(create(Role::Patient)).await.unwrap();
    for bad in [
        c::GetRecord { width: 10, ..today() },
        c::GetRecord { to: START - 5000, ..today() },
        c::GetRecord { from: i64::MIN, to: i64::MAX, ..today() },
    ] {
        assert_eq!(code(&app, bad).await, Some(ErrorCode::BadRequest));
    }
    let unknown = c::AddDevice { device: salus_wire::DeviceId([7; 16]) };
    assert_eq!(code(&app, unknown).await, Some(ErrorCode::UnknownDevice));
    assert_eq!(code(&app, c::GetMembers {}).await, Some(ErrorCode::Offline));
}

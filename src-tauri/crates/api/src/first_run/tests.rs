//! A first run over crashes and locks, its undoing, and a record that only helps.

use std::path::Path;
use std::sync::Arc;

use salus_wire::command::{
    AddProfile, ChooseProfile, CreateProfile, GetOverview, ListProfiles, Lock, MakeFamilyCode,
};
use salus_wire::view::Role;

use super::*;
use crate::MemoryHeads;
use crate::testing::{self, Hands, NOON, PASSPHRASE, unlock, weigh};

async fn open(dir: &Path) -> App {
    testing::open(dir, &Hands::at(NOON), Arc::new(MemoryHeads::default())).await
}

fn at(step: FirstRunStep, role: Role) -> KeepFirstRun {
    KeepFirstRun { at: Some(FirstRunView { step, role, skipped: vec![FirstRunStep::Looks] }) }
}

fn create(role: Role) -> CreateProfile {
    CreateProfile { name: "Leila".into(), role, passphrase: PASSPHRASE.into() }
}

fn step(view: &AppView) -> Option<(FirstRunStep, Role)> {
    view.first_run.as_ref().map(|first_run| (first_run.step, first_run.role))
}

#[tokio::test]
async fn it_goes_on_where_it_was_after_a_crash_and_after_a_lock() {
    let dir = tempfile::tempdir().unwrap();
    for role in [Role::Patient, Role::Clinician, Role::Family] {
        let dir = dir.path().join(format!("{role:?}"));
        let app = open(&dir).await;
        assert_eq!(step(&app.view().await), None, "nothing is under way before anybody went on");
        app.run(at(FirstRunStep::Passphrase, role)).await.unwrap();
        // Nobody closed it.
        drop(app);
        let app = open(&dir).await;
        let view = app.view().await;
        assert_eq!(step(&view), Some((FirstRunStep::Passphrase, role)));
        assert_eq!(view.first_run.unwrap().skipped, [FirstRunStep::Looks]);

        app.run(create(role)).await.unwrap();
        assert_eq!(step(&app.view().await), Some((FirstRunStep::Key, role)), "the page need not say so");
        assert!(!dir.join(BEGUN).exists());
        app.run(at(FirstRunStep::Begin, role)).await.unwrap();
        app.run(Lock {}).await.unwrap();
        assert_eq!(step(&unlock(&app).await), Some((FirstRunStep::Begin, role)));
        app.close().await.unwrap();
        drop(app);

        let app = open(&dir).await;
        assert_eq!(step(&unlock(&app).await), Some((FirstRunStep::Begin, role)));
        let over = app.run(KeepFirstRun { at: None }).await.unwrap();
        assert_eq!(step(&over), None);
        assert!(!dir.join(FILE).exists());
        app.close().await.unwrap();
    }
}

#[test]
fn what_is_kept_holds_no_name_and_takes_none() {
    let view =
        FirstRunView { step: FirstRunStep::Begin, role: Role::Family, skipped: vec![FirstRunStep::Looks] };
    let text = serde_json::to_string(&view).unwrap();
    assert_eq!(text, r#"{"step":"begin","role":"family","skipped":["looks"]}"#);
    assert_eq!(serde_json::from_str::<FirstRunView>(&text).unwrap(), view);
    let named = r#"{"step":"begin","role":"family","skipped":[],"name":"Maria"}"#;
    assert!(serde_json::from_str::<FirstRunView>(named).is_err());
}

#[tokio::test]
async fn a_record_that_was_made_without_one_has_none() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    app.run(create(Role::Patient)).await.unwrap();
    assert_eq!(step(&app.view().await), None);
    // A file of somebody else's making.
    std::fs::write(dir.path().join(FILE), b"{\"step\":\"home\"").unwrap();
    assert_eq!(step(&app.view().await), None);
    let twice = vec![FirstRunStep::Key, FirstRunStep::Key];
    let view = FirstRunView { step: FirstRunStep::Key, role: Role::Patient, skipped: twice };
    let refused = app.run(KeepFirstRun { at: Some(view) }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::BadRequest);
    app.close().await.unwrap();
}

#[tokio::test]
async fn what_it_made_is_undone_and_the_next_one_is_another_record() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    for role in [Role::Patient, Role::Clinician, Role::Family] {
        app.run(at(FirstRunStep::Passphrase, role)).await.unwrap();
        app.run(create(role)).await.unwrap();
        // A patient's computer is enrolled by itself.
        let open = app.open().await.unwrap();
        open.vault.cabinet().put(namespace::ENROLMENTS, b"gateway", b"enrolment").await.unwrap();
        drop(open);
        let view = app.run(UndoProfile {}).await.unwrap();
        assert!(view.profile.is_none() && view.locked);
        assert_eq!(step(&view), Some((FirstRunStep::Who, role)));
        for left in [RECORD, REMOVED, profile::FILE, FILE] {
            assert!(!dir.path().join(left).exists(), "{left}");
        }
    }
    // Also after a restart there is nothing to unlock.
    app.close().await.unwrap();
    drop(app);
    let app = open(dir.path()).await;
    assert!(app.view().await.profile.is_none());
    app.run(at(FirstRunStep::Passphrase, Role::Patient)).await.unwrap();
    app.run(create(Role::Patient)).await.unwrap();
    assert_eq!(step(&app.view().await), Some((FirstRunStep::Key, Role::Patient)));
    app.close().await.unwrap();
}

#[tokio::test]
async fn nothing_is_undone_that_holds_something_or_is_not_being_begun() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    let undo = async || app.run(UndoProfile {}).await.unwrap_err().code;
    assert_eq!(undo().await, ErrorCode::NotAllowed, "there is nothing to undo");
    app.run(at(FirstRunStep::Passphrase, Role::Patient)).await.unwrap();
    app.run(create(Role::Patient)).await.unwrap();
    weigh(&app, NOON).await.unwrap();
    assert_eq!(undo().await, ErrorCode::NotEmpty, "a reading");
    assert_eq!(app.run(GetOverview {}).await.unwrap().len(), 1);
    app.run(Lock {}).await.unwrap();
    assert_eq!(undo().await, ErrorCode::Locked, "nobody knows what is in it");
    unlock(&app).await;
    app.run(KeepFirstRun { at: None }).await.unwrap();
    assert_eq!(undo().await, ErrorCode::NotAllowed, "its first run is over");
    app.close().await.unwrap();
}

#[tokio::test]
async fn undoing_one_persons_record_touches_no_other() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    app.run(create(Role::Patient)).await.unwrap();
    weigh(&app, NOON).await.unwrap();
    app.run(AddProfile {}).await.unwrap();
    app.run(at(FirstRunStep::Passphrase, Role::Family)).await.unwrap();
    app.run(create(Role::Family)).await.unwrap();
    app.run(UndoProfile {}).await.unwrap();
    let listed = app.run(ListProfiles {}).await.unwrap();
    assert_eq!(listed.len(), 1);
    app.run(ChooseProfile { id: listed[0].id.clone() }).await.unwrap();
    unlock(&app).await;
    assert_eq!(app.run(GetOverview {}).await.unwrap().len(), 1);
    app.close().await.unwrap();
}

#[tokio::test]
async fn who_only_helps_has_the_familys_commands_and_no_patients() {
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    app.run(at(FirstRunStep::Passphrase, Role::Family)).await.unwrap();
    app.run(create(Role::Family)).await.unwrap();
    // Admitted: only the members' list is missing here.
    assert_eq!(app.run(MakeFamilyCode {}).await.unwrap_err().code, ErrorCode::Offline);
    assert_eq!(app.run(GetOverview {}).await.unwrap_err().code, ErrorCode::NotAllowed);
    // A code that somebody may hold already is something.
    let open = app.open().await.unwrap();
    open.vault.cabinet().put(namespace::FAMILY_CODES, b"code", b"facts").await.unwrap();
    drop(open);
    assert_eq!(app.run(UndoProfile {}).await.unwrap_err().code, ErrorCode::NotEmpty);
    app.run(Lock {}).await.unwrap();
    assert!(unlock(&app).await.profile.is_some_and(|profile| profile.role == Role::Family));
    app.close().await.unwrap();
}

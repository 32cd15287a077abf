//! An older copy of the record under the whole application, and verifying it.

use std::path::Path;
use std::sync::Arc;

use salus_wire::ErrorCode;
use salus_wire::command::{
    AcceptRecord, CancelVerification, Command, CreateProfile, GetApp, GetOverview, GetVerification,
    VerifyRecord,
};
use salus_wire::view::{Role, VerificationState, VerificationView};

use super::*;
use crate::testing::{self, Hands, NOON, PASSPHRASE, unlock};

async fn app(dir: &Path, heads: &Arc<MemoryHeads>) -> App {
    testing::open(dir, &Hands::at(NOON), heads.clone()).await
}

fn patient() -> CreateProfile {
    CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: PASSPHRASE.into() }
}

async fn weigh(app: &App, minutes: i64) -> Result<(), Failure> {
    testing::weigh(app, NOON - minutes * 60_000).await
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

async fn total(app: &App) -> u32 {
    app.run(GetOverview {}).await.unwrap().iter().map(|o| o.total).sum()
}

/// Verifies until it ended, however it ended.
async fn verified(app: &App) -> VerificationView {
    let mut events = app.subscribe();
    assert_eq!(app.run(VerifyRecord {}).await.unwrap().state, VerificationState::Running);
    loop {
        if let Event::Progress { work, total: 0, .. } = events.recv().await.unwrap() {
            assert_eq!(work, VerifyRecord::NAME);
            return app.run(GetVerification {}).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_older_copy_is_shown_read_only_until_the_person_accepts_it() {
    let (dir, heads) = (tempfile::tempdir().unwrap(), Arc::new(MemoryHeads::default()));
    let (record, older) = (dir.path().join("profile/record"), dir.path().join("older"));
    let app = app(&dir.path().join("profile"), &heads).await;
    app.run(patient()).await.unwrap();
    weigh(&app, 3).await.unwrap();
    app.lock().await.unwrap();
    copy(&record, &older);

    let view = unlock(&app).await;
    assert_eq!(view.standing, StandingView::Sound);
    weigh(&app, 2).await.unwrap();
    app.lock().await.unwrap();
    copy(&older, &record);

    let view = unlock(&app).await;
    assert_eq!(view.standing, StandingView::Older);
    assert_eq!(total(&app).await, 1);
    assert_eq!(weigh(&app, 1).await.unwrap_err().code, ErrorCode::OlderCopy);
    assert_eq!(verified(&app).await.found.unwrap().damage, []);
    // Closing and opening it again changes nothing about that.
    app.lock().await.unwrap();
    assert_eq!(app.run(GetApp {}).await.unwrap().standing, StandingView::Sound, "nothing is open");
    let view = unlock(&app).await;
    assert_eq!(view.standing, StandingView::Older);

    assert_eq!(app.run(AcceptRecord {}).await.unwrap().standing, StandingView::Sound);
    weigh(&app, 1).await.unwrap();
    assert_eq!(total(&app).await, 2);
    app.lock().await.unwrap();
    let view = unlock(&app).await;
    assert_eq!(view.standing, StandingView::Sound);
    app.lock().await.unwrap();
}

#[tokio::test]
async fn verifying_tells_how_it_goes_and_can_be_cancelled() {
    let (dir, heads) = (tempfile::tempdir().unwrap(), Arc::new(MemoryHeads::default()));
    let app = app(dir.path(), &heads).await;
    assert_eq!(app.run(VerifyRecord {}).await.unwrap_err().code, ErrorCode::NoProfile);
    app.run(patient()).await.unwrap();
    weigh(&app, 3).await.unwrap();
    assert_eq!(app.run(GetVerification {}).await.unwrap().state, VerificationState::Never);
    let view = verified(&app).await;
    let found = view.found.unwrap();
    assert_eq!((view.state, found.readings, found.at, found.unlisted), (VerificationState::Done, 1, NOON, 0));
    assert!(found.damage.is_empty() && found.values > 0 && view.done == view.total && view.total > 2);

    // Cancelled before its task ran at all: this test's runtime has one thread.
    app.run(VerifyRecord {}).await.unwrap();
    let view = app.run(CancelVerification {}).await.unwrap();
    assert_eq!((view.state, view.found), (VerificationState::Cancelled, None));
    let view = verified(&app).await;
    assert_eq!(view.state, VerificationState::Done, "it can be begun again");
    let view = app.run(CancelVerification {}).await.unwrap();
    assert_eq!(view.state, VerificationState::Done, "nothing ran that could be cancelled");
    app.lock().await.unwrap();
    assert_eq!(app.run(GetVerification {}).await.unwrap_err().code, ErrorCode::Locked);
}

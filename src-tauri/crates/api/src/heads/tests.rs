//! An older copy of the record under the whole application, and verifying it.

use std::path::Path;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, mpsc};

use salus_vault::keyring::Unavailable;
use salus_wire::ErrorCode;
use salus_wire::command::{
    AcceptRecord, CancelVerification, Command, CreateProfile, GetApp, GetOverview, GetVerification,
    VerifyRecord,
};
use salus_wire::view::{Role, VerificationState, VerificationView};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::*;
use crate::keyring::HeadKeyring;
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

/// A keyring that keeps the head of a running record only once it is let, and tells when it begins one and when it has.
struct Slow {
    kept: Mutex<Option<Vec<u8>>>,
    asked: AtomicU32,
    let_go: Mutex<mpsc::Receiver<()>>,
    tell: UnboundedSender<&'static str>,
}

impl HeadKeyring for Slow {
    fn head(&self, _: &[u8; 16]) -> Result<Option<Vec<u8>>, Unavailable> {
        Ok(self.kept.lock().unwrap().clone())
    }

    fn keep_head(&self, _: &[u8; 16], sealed: &[u8]) -> Result<(), Unavailable> {
        // Errors mean that the test ended.
        let _ = self.tell.send("begun");
        if self.asked.fetch_add(1, Ordering::Relaxed).is_multiple_of(2) {
            let _ = self.let_go.lock().unwrap().recv();
        }
        *self.kept.lock().unwrap() = Some(sealed.to_vec());
        let _ = self.tell.send("kept");
        Ok(())
    }
}

#[tokio::test]
async fn a_slow_keyring_does_not_put_an_earlier_head_over_the_last() {
    let dir = tempfile::tempdir().unwrap();
    let [profile, state, older] = ["profile", "state", "older"].map(|name| dir.path().join(name));
    let ((go, let_go), (tell, mut told)) = (mpsc::channel(), unbounded_channel());
    let slow = Slow { kept: Mutex::default(), asked: AtomicU32::new(0), let_go: Mutex::new(let_go), tell };
    let heads = Arc::new(KeyringHeads::new(state.clone(), slow));
    let app = testing::open(&profile, &Hands::at(NOON), heads).await;
    app.run(patient()).await.unwrap();
    for minutes in [3, 2] {
        assert_eq!(told.recv().await, Some("begun"));
        weigh(&app, minutes).await.unwrap();
        // Closed while the keyring still writes what the record had come to before; the file does not wait for it.
        app.lock().await.unwrap();
        if minutes == 3 {
            copy(&profile.join("record"), &older.join("record"));
            copy(&state, &older.join("state"));
        }
        go.send(()).unwrap();
        for what in ["kept", "begun", "kept"] {
            assert_eq!(told.recv().await, Some(what));
        }
        if minutes == 3 {
            assert_eq!(unlock(&app).await.standing, StandingView::Sound);
        }
    }
    copy(&older.join("record"), &profile.join("record"));
    copy(&older.join("state"), &state);
    assert_eq!(unlock(&app).await.standing, StandingView::Older);
    app.lock().await.unwrap();
}

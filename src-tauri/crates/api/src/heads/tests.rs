//! An older copy of the record under the whole application, and verifying it.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use salus_chain::time::Clock;
use salus_wire::command::{
    AcceptRecord, CancelVerification, Command, CreateProfile, GetApp, GetOverview, GetVerification,
    TypeReading, Unlock, VerifyRecord,
};
use salus_wire::view::{Role, ValueView, VerificationState, VerificationView};
use salus_wire::{Category, ErrorCode, Quantity};

use super::*;
use crate::{Config, Confirm, SILENCE};

const NOON: i64 = 1_795_000_000_000;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        NOON
    }
}

struct No;

#[async_trait]
impl Confirm for No {
    async fn confirm(&self, _: &str) -> bool {
        false
    }
}

async fn app(dir: &Path, heads: &Arc<MemoryHeads>) -> App {
    let config = Config {
        data_dir: dir.to_owned(),
        genesis: None,
        clock: Arc::new(Noon),
        test_clock: true,
        confirm: Arc::new(No),
        silence: SILENCE,
        heads: heads.clone(),
        keyring: Arc::new(crate::keyring::NoKeyring),
    };
    App::new(config).await.unwrap()
}

fn passphrase() -> String {
    "correct horse battery".into()
}

async fn weigh(app: &App, minutes: i64) -> Result<(), Failure> {
    let value = ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() };
    let at = NOON - minutes * 60_000;
    let typed = TypeReading { category: Category::BodyWeight, values: vec![value], at, note: None };
    app.run(typed).await.map(drop)
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
    let profile = CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: passphrase() };
    app.run(profile).await.unwrap();
    weigh(&app, 3).await.unwrap();
    app.lock().await.unwrap();
    copy(&record, &older);

    let view = app.run(Unlock { passphrase: passphrase() }).await.unwrap();
    assert_eq!(view.standing, StandingView::Sound);
    weigh(&app, 2).await.unwrap();
    app.lock().await.unwrap();
    copy(&older, &record);

    let view = app.run(Unlock { passphrase: passphrase() }).await.unwrap();
    assert_eq!(view.standing, StandingView::Older);
    assert_eq!(total(&app).await, 1);
    assert_eq!(weigh(&app, 1).await.unwrap_err().code, ErrorCode::OlderCopy);
    assert_eq!(verified(&app).await.found.unwrap().damage, []);
    // Closing and opening it again changes nothing about that.
    app.lock().await.unwrap();
    assert_eq!(app.run(GetApp {}).await.unwrap().standing, StandingView::Sound, "nothing is open");
    let view = app.run(Unlock { passphrase: passphrase() }).await.unwrap();
    assert_eq!(view.standing, StandingView::Older);

    assert_eq!(app.run(AcceptRecord {}).await.unwrap().standing, StandingView::Sound);
    weigh(&app, 1).await.unwrap();
    assert_eq!(total(&app).await, 2);
    app.lock().await.unwrap();
    let view = app.run(Unlock { passphrase: passphrase() }).await.unwrap();
    assert_eq!(view.standing, StandingView::Sound);
    app.lock().await.unwrap();
}

#[tokio::test]
async fn verifying_tells_how_it_goes_and_can_be_cancelled() {
    let (dir, heads) = (tempfile::tempdir().unwrap(), Arc::new(MemoryHeads::default()));
    let app = app(dir.path(), &heads).await;
    assert_eq!(app.run(VerifyRecord {}).await.unwrap_err().code, ErrorCode::NoProfile);
    let profile = CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: passphrase() };
    app.run(profile).await.unwrap();
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

#[test]
fn a_head_is_kept_by_its_record_and_replaced_whole() {
    let dir = tempfile::tempdir().unwrap();
    let stores: [Arc<dyn HeadStore>; 2] =
        [Arc::new(FileHeads::new(dir.path().join("not/yet/there"))), Arc::new(MemoryHeads::default())];
    for store in stores {
        assert_eq!(store.load(&[1; 16]).unwrap(), None);
        store.save(&[1; 16], b"one").unwrap();
        store.save(&[2; 16], b"two").unwrap();
        store.save(&[1; 16], b"three").unwrap();
        assert_eq!(store.load(&[1; 16]).unwrap().as_deref(), Some(&b"three"[..]));
        assert_eq!(store.load(&[2; 16]).unwrap().as_deref(), Some(&b"two"[..]));
    }
}

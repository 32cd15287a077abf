use std::sync::{Arc, Mutex};

use salus_wire::command::{ListNotices, ReadNotices, SetDesktop, SetSettings};
use salus_wire::view::{BackupNeed, DesktopView, NoticeKind, SettingsView};

use super::*;
use crate::testing::{Hands, NOON, on_desktop, open, patient, unlock};
use crate::{Desktop, MemoryHeads, Note};

/// A desktop that remembers what it showed.
#[derive(Default)]
struct Shown(Mutex<Vec<Note>>);

#[async_trait::async_trait]
impl Desktop for Shown {
    async fn show(&self, note: Note) {
        self.0.lock().unwrap().push(note);
    }

    fn begins_with_session(&self) -> Option<bool> {
        Some(false)
    }

    fn begin_with_session(&self, _: bool) -> std::io::Result<()> {
        Ok(())
    }
}

/// Nothing looks but the test.
async fn alone(app: &App) {
    app.0.tasks.lock().await.shutdown().await;
}

/// Something happens, and is looked at.
async fn happens(app: &App, kind: NoticeKind) {
    let open = app.open().await.unwrap();
    {
        let _turn = app.0.notices.lock().await;
        let mut book = load(&open).await.unwrap();
        book.add(kind, app.now());
        save(&open, &book).await.unwrap();
    }
    drop(open);
    look(app).await.unwrap();
}

#[tokio::test]
async fn a_new_record_says_what_is_to_be_done_and_reading_it_stays_read() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    alone(&app).await;
    look(&app).await.unwrap();
    let before = app.run(ListNotices {}).await.unwrap();
    assert_eq!(before.unread, 0, "{before:?}");
    happens(&app, NoticeKind::Backup { need: BackupNeed::Test }).await;
    let view = app.run(ListNotices {}).await.unwrap();
    assert_eq!((view.unread, view.notices.len()), (1, 1));
    let mut events = app.subscribe();
    let view = app.run(ReadNotices { up_to: view.notices[0].id }).await.unwrap();
    assert_eq!((view.unread, view.notices.len()), (0, 1));
    while events.recv().await.unwrap() != Event::NoticesChanged {}
    app.lock().await.unwrap();
    assert_eq!(app.run(ListNotices {}).await.unwrap_err().code, ErrorCode::Locked);
    unlock(&app).await;
    assert_eq!(app.run(ListNotices {}).await.unwrap().notices, view.notices);
    app.close().await.unwrap();
}

#[tokio::test]
async fn the_desktop_names_nobody_is_quiet_at_night_and_always_says_what_is_urgent() {
    let (dir, clock, desktop) = (tempfile::tempdir().unwrap(), Hands::at(NOON), Arc::<Shown>::default());
    let app = on_desktop(dir.path(), &clock, desktop.clone()).await;
    alone(&app).await;
    let always = DesktopView { quiet_from: 0, quiet_to: 0, ..DesktopView::default() };
    // Quiet at every minute but the last one: this test does not know the time zone.
    let night = DesktopView { quiet_from: 0, quiet_to: 1439, ..always };
    let choose = async |desktop| app.run(SetDesktop { desktop }).await.unwrap();
    let taken = || core::mem::take(&mut *desktop.0.lock().unwrap());
    let shared = || NoticeKind::Ended { name: "Dr Ana".into(), stopped: false };
    let (person, name) = (Some("Maria".to_owned()), "Dr Ana".to_owned());
    let ends = NoticeKind::HelperEndsSoon { person, name, ends: NOON };
    look(&app).await.unwrap();
    choose(night).await;
    taken();
    happens(&app, shared()).await;
    assert!(taken().is_empty(), "it is night");
    happens(&app, ends).await;
    assert!(taken().is_empty(), "what a helper gave ends at night, too");
    happens(&app, NoticeKind::EmergencyOpened { at: 1 }).await;
    let urgent = taken();
    assert!(matches!(urgent[..], [Note { is_urgent: true, .. }]), "{urgent:?}");
    happens(&app, shared()).await;
    choose(always).await;
    look(&app).await.unwrap();
    let morning = taken();
    assert!(matches!(morning[..], [Note { is_urgent: false, .. }]), "{morning:?}");
    let arabic = SettingsView { locale: "ar".into(), ..SettingsView::default() };
    app.run(SetSettings { settings: arabic }).await.unwrap();
    happens(&app, shared()).await;
    let arabic = taken();
    assert!(arabic[0].title.starts_with("سالوس"), "{arabic:?}");
    for note in urgent.iter().chain(&morning).chain(&arabic) {
        let named = |name: &str| note.title.contains(name) || note.text.contains(name);
        assert!(!named("Ana") && !named("Maria"), "{note:?}");
    }
    choose(DesktopView { notify: false, ..always }).await;
    happens(&app, NoticeKind::EmergencyOpened { at: 2 }).await;
    assert!(taken().is_empty(), "the person wants none");
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_book_that_is_damaged_is_told_and_opens_nothing_else() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = open(dir.path(), &clock, Arc::new(MemoryHeads::default())).await;
    assert_eq!(app.run(ListNotices {}).await.unwrap_err().code, ErrorCode::NoProfile);
    app.close().await.unwrap();
    let app = patient(&dir.path().join("other"), &clock).await;
    alone(&app).await;
    let held = app.open().await.unwrap();
    held.vault.cabinet().put(NOTICES, BOOK, b"{\"begun\":").await.unwrap();
    drop(held);
    assert_eq!(app.run(ListNotices {}).await.unwrap_err().code, ErrorCode::Damaged);
    assert_eq!(look(&app).await.unwrap_err().code, ErrorCode::Damaged);
    app.close().await.unwrap();
}

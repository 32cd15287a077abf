use std::sync::{Arc, Mutex};

use salus_wire::command::{GetApp, KeepOpen, SetDesktop, SetSettings};
use salus_wire::view::{DesktopView, SettingsView};

use super::*;
use crate::Desktop;
use crate::lock::idle::IDLE_MS;
use crate::testing::{Hands, NOON, on_desktop, patient, unlock};

/// A desktop that remembers what it showed, and what began with the session.
#[derive(Default)]
struct Shown(Mutex<Vec<Note>>, Mutex<Vec<bool>>);

#[async_trait::async_trait]
impl Desktop for Shown {
    async fn show(&self, note: Note) {
        self.0.lock().unwrap().push(note);
    }

    fn begins_with_session(&self) -> Option<bool> {
        Some(self.1.lock().unwrap().last().copied().unwrap_or_default())
    }

    fn begin_with_session(&self, on: bool) -> std::io::Result<()> {
        self.1.lock().unwrap().push(on);
        Ok(())
    }
}

async fn choose(app: &App, desktop: DesktopView) {
    app.run(SetDesktop { desktop }).await.unwrap();
}

#[tokio::test]
async fn the_shell_hears_of_the_choice_the_language_and_the_lock() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    let mut around = app.around();
    let first = Surroundings { tongue: Tongue::English, keeps_receiving: false, locked: false };
    assert_eq!(*around.borrow_and_update(), first);
    choose(&app, DesktopView { keep_receiving: true, ..DesktopView::default() }).await;
    assert!(around.has_changed().unwrap());
    assert_eq!(*around.borrow_and_update(), Surroundings { keeps_receiving: true, ..first });
    // What is not shown around the page is no news there.
    choose(&app, DesktopView { keep_receiving: true, notify: false, ..DesktopView::default() }).await;
    assert!(!around.has_changed().unwrap());
    let arabic = SettingsView { locale: "ar-EG".into(), ..SettingsView::default() };
    app.run(SetSettings { settings: arabic }).await.unwrap();
    app.lock().await.unwrap();
    let now = Surroundings { tongue: Tongue::Arabic, keeps_receiving: true, locked: true };
    assert_eq!(*around.borrow_and_update(), now);
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_hidden_window_is_nobody_and_one_that_is_shown_again_is_a_person() {
    let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
    let app = patient(dir.path(), &clock).await;
    app.window_hidden();
    clock.set(NOON + IDLE_MS - 1);
    app.run(KeepOpen {}).await.unwrap();
    assert!(!app.run(GetApp {}).await.unwrap().locked, "not yet five minutes");
    clock.set(NOON + IDLE_MS);
    assert!(app.run(GetApp {}).await.unwrap().locked, "what the page asked for kept it open");

    app.window_shown();
    unlock(&app).await;
    app.window_hidden();
    clock.set(NOON + 2 * IDLE_MS - 1);
    app.window_shown();
    clock.set(NOON + 2 * IDLE_MS);
    assert!(!app.run(GetApp {}).await.unwrap().locked, "a person opened the window a moment ago");
    app.close().await.unwrap();
}

#[tokio::test]
async fn that_it_goes_on_is_said_once_in_the_persons_language_and_names_nobody() {
    let (dir, clock, desktop) = (tempfile::tempdir().unwrap(), Hands::at(NOON), Arc::<Shown>::default());
    let app = on_desktop(dir.path(), &clock, desktop.clone()).await;
    let arabic = SettingsView { locale: "ar".into(), ..SettingsView::default() };
    app.run(SetSettings { settings: arabic }).await.unwrap();
    // Every hour is a quiet one but the last minute.
    let quiet = DesktopView { keep_receiving: true, quiet_from: 0, quiet_to: 1439, ..DesktopView::default() };
    choose(&app, DesktopView { notify: false, ..quiet }).await;
    let shown = || desktop.0.lock().unwrap().iter().filter(|n| n.title == note(Tongue::Arabic).title).count();
    app.say_it_goes_on().await;
    assert_eq!(shown(), 0, "the person wants no notifications");
    choose(&app, quiet).await;
    app.say_it_goes_on().await;
    app.say_it_goes_on().await;
    assert_eq!(shown(), 1);
    app.close().await.unwrap();
    let app = on_desktop(&dir.path().join("other"), &clock, desktop.clone()).await;
    app.say_it_goes_on().await;
    assert!(desktop.0.lock().unwrap().contains(&note(Tongue::English)), "on another computer");
    app.close().await.unwrap();
}

#[tokio::test]
async fn a_window_begins_hidden_only_where_both_are_chosen_and_the_entry_says_so() {
    let (dir, clock, desktop) = (tempfile::tempdir().unwrap(), Hands::at(NOON), Arc::<Shown>::default());
    let app = on_desktop(dir.path(), &clock, desktop.clone()).await;
    assert!(!app.begins_hidden());
    let begun = || desktop.1.lock().unwrap().clone();
    let on = DesktopView { at_start: Some(true), ..DesktopView::default() };
    choose(&app, on).await;
    choose(&app, DesktopView { keep_receiving: true, ..on }).await;
    assert!(!app.begins_hidden());
    assert_eq!(begun(), [true], "it is written once");
    choose(&app, DesktopView { in_background: true, ..on }).await;
    assert!(!app.begins_hidden(), "its window would be closed for good");
    assert_eq!(begun(), [true, true], "an entry of before may lack the argument");
    choose(&app, DesktopView { keep_receiving: true, in_background: true, ..on }).await;
    assert!(app.begins_hidden());
    assert_eq!(begun(), [true, true]);
    app.close().await.unwrap();
}

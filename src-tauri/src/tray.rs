//! The symbol in the desktop's tray, with a menu: there while the closed window is kept. In the person's language, whatever the
//! desktop's is, and as it changes.
//!
//! Where it cannot be shown nothing else changes: a second start shows the window.

#[cfg(target_os = "linux")]
mod library;

use std::sync::{Mutex, PoisonError};

use salus_api::{App, Surroundings, Tongue};
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::desktop;

/// The symbol's name.
const ID: &str = "salus";
/// The menu's entries.
const OPEN: &str = "open";
const LOCK: &str = "lock";
const QUIT: &str = "quit";

/// The symbol; none while there is no need for one, or no place.
#[derive(Default)]
struct Tray {
    shown: Mutex<Option<Entries>>,
}

/// The entries of the menu that is shown.
struct Entries {
    open: MenuItem<Wry>,
    lock: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

impl Entries {
    fn new(handle: &AppHandle, around: Surroundings) -> tauri::Result<Self> {
        let words = Words::of(around.tongue);
        let entry = |id: &'static str, text: &'static str, enabled: bool| {
            MenuItem::with_id(handle, id, text, enabled, None::<&str>)
        };
        Ok(Self {
            open: entry(OPEN, words.open, true)?,
            lock: entry(LOCK, words.lock, !around.locked)?,
            quit: entry(QUIT, words.quit, true)?,
        })
    }

    fn say(&self, around: Surroundings) -> tauri::Result<()> {
        let words = Words::of(around.tongue);
        self.open.set_text(words.open)?;
        self.lock.set_text(words.lock)?;
        self.lock.set_enabled(!around.locked)?;
        self.quit.set_text(words.quit)
    }
}

/// What the menu says.
struct Words {
    open: &'static str,
    lock: &'static str,
    quit: &'static str,
}

impl Words {
    const fn of(tongue: Tongue) -> Self {
        match tongue {
            Tongue::English => Self { open: "Open Salus", lock: "Lock now", quit: "Quit Salus" },
            Tongue::Arabic => {
                Self { open: "فتح سالوس", lock: "القفل الآن", quit: "إنهاء سالوس" }
            }
        }
    }
}

/// Shows the symbol while the person wants a closed window to be kept, for as long as the program lives. On the main thread.
pub(crate) fn keep(handle: &AppHandle, app: &App) {
    handle.manage(Tray::default());
    handle.on_menu_event(|handle, event| chosen(handle, event.id().as_ref()));
    let mut around = app.around();
    let first = *around.borrow_and_update();
    arrange(handle, first);
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        while around.changed().await.is_ok() {
            let (now, to) = (*around.borrow_and_update(), handle.clone());
            // An error means that the program ends.
            if handle.run_on_main_thread(move || arrange(&to, now)).is_err() {
                return;
            }
        }
    });
}

/// Whether there is a symbol.
pub(crate) fn is_there(handle: &AppHandle) -> bool {
    let tray = handle.try_state::<Tray>();
    tray.is_some_and(|tray| tray.shown.lock().unwrap_or_else(PoisonError::into_inner).is_some())
}

/// Makes the symbol as it has to be. On the main thread.
fn arrange(handle: &AppHandle, around: Surroundings) {
    let tray = handle.state::<Tray>();
    let mut shown = tray.shown.lock().unwrap_or_else(PoisonError::into_inner);
    if !around.keeps_receiving {
        if shown.take().is_some() {
            // It goes with its last owner.
            drop(handle.remove_tray_by_id(ID));
        }
        return;
    }
    let arranged = match shown.take() {
        Some(entries) => entries.say(around).map(|()| Some(entries)),
        None => show(handle, around),
    };
    match arranged {
        Ok(entries) => *shown = entries,
        Err(error) => {
            tracing::warn!(%error, "the tray shows no symbol");
            drop(handle.remove_tray_by_id(ID));
        }
    }
}

/// The symbol with its menu; nothing where the desktop has no place for one.
fn show(handle: &AppHandle, around: Surroundings) -> tauri::Result<Option<Entries>> {
    let Some(picture) = handle.default_window_icon().cloned() else { return Ok(None) };
    if !can_be_shown() {
        tracing::info!("the library that shows symbols in the tray is not there");
        return Ok(None);
    }
    let entries = Entries::new(handle, around)?;
    let menu = Menu::with_items(handle, &[&entries.open, &entries.lock, &entries.quit])?;
    let mut symbol = TrayIconBuilder::with_id(ID).icon(picture).tooltip("Salus").menu(&menu);
    // On Linux the picture is a file for the tray: of this person's, and of nobody else's making.
    if let Ok(folder) = handle.path().runtime_dir().or_else(|_| handle.path().app_cache_dir()) {
        symbol = symbol.temp_dir_path(folder.join("salus-tray"));
    }
    symbol.build(handle)?;
    Ok(Some(entries))
}

#[cfg(target_os = "linux")]
fn can_be_shown() -> bool {
    static LIBRARY: std::sync::LazyLock<bool> = std::sync::LazyLock::new(library::is_there);
    *LIBRARY
}

#[cfg(not(target_os = "linux"))]
const fn can_be_shown() -> bool {
    true
}

/// Somebody chose an entry of the menu.
fn chosen(handle: &AppHandle, entry: &str) {
    match entry {
        OPEN => desktop::to_front(handle),
        LOCK => lock(handle),
        QUIT => handle.exit(0),
        _ => {}
    }
}

fn lock(handle: &AppHandle) {
    let Some(app) = handle.try_state::<App>() else { return };
    let app = app.inner().clone();
    tauri::async_runtime::spawn(async move {
        if let Err(failure) = app.lock().await {
            tracing::warn!(code = %failure.code, "the record was closed, but not everything was written back");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_is_in_the_persons_language_and_its_entries_are_apart() {
        for tongue in Tongue::ALL {
            let Words { open, lock, quit } = Words::of(tongue);
            assert!(open != lock && lock != quit && open != quit);
            for text in [open, lock, quit] {
                let arabic = text.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c));
                assert_eq!(arabic, tongue == Tongue::Arabic, "{text}");
                // It would underline a letter.
                assert!(!text.contains('&'), "{text}");
            }
        }
    }
}

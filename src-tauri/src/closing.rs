//! What becomes of the program when its window is closed: it ends, or it goes on receiving and the window is hidden.
//!
//! It goes on only where the person chose so and there is a way back: the symbol in the tray, or a second start, which comes to this
//! window. "Quit Salus" in the tray, and the end of the session, end it in any case; the record is closed before.

use salus_api::{App, Surroundings};
use tauri::{AppHandle, Manager, WebviewWindow, WindowEvent};

use crate::args::Args;
use crate::tray;

/// Ways back to a window that is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ways {
    /// There is a symbol, with a menu.
    tray: bool,
    /// A second start is heard of.
    again: bool,
}

/// What closing the window does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Hides,
    Ends,
}

/// How the window begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beginning {
    Shown,
    Hidden,
}

/// Who began the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begun {
    /// Somebody clicked.
    ByHand,
    /// The session did, and the person chose that the window is hidden then.
    Quietly,
}

/// The person closed the window.
const fn outcome(around: Surroundings, ways: Ways) -> Outcome {
    if around.keeps_receiving && (ways.tray || ways.again) { Outcome::Hides } else { Outcome::Ends }
}

/// The program begins.
const fn first_look(begun: Begun, around: Surroundings, ways: Ways) -> Beginning {
    match (begun, outcome(around, ways)) {
        (Begun::Quietly, Outcome::Hides) => Beginning::Hidden,
        _ => Beginning::Shown,
    }
}

/// Whether a second start is heard of in this session.
struct SecondStart(bool);

/// Remembers what ways back there are, and ends the program in order when the session ends.
pub(crate) fn keep(handle: &AppHandle, args: &Args) {
    handle.manage(SecondStart(args.is_the_one() && has_bus()));
    #[cfg(unix)]
    end_with_session(handle);
}

/// How the window of this start begins.
pub(crate) fn beginning(handle: &AppHandle, args: &Args, app: &App) -> Beginning {
    let begun = if args.background && app.begins_hidden() { Begun::Quietly } else { Begun::ByHand };
    let beginning = first_look(begun, *app.around().borrow(), ways(handle));
    if beginning == Beginning::Hidden {
        app.window_hidden();
    }
    beginning
}

/// Hides the window instead of closing it, where the person chose so.
pub(crate) fn watch(window: &WebviewWindow) {
    let closing = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && goes_on(&closing)
        {
            api.prevent_close();
        }
    });
}

/// True when the window is hidden and the program goes on.
fn goes_on(window: &WebviewWindow) -> bool {
    let handle = window.app_handle();
    let Some(app) = handle.try_state::<App>() else { return false };
    let app = app.inner().clone();
    let around = *app.around().borrow();
    if outcome(around, ways(handle)) == Outcome::Ends {
        return false;
    }
    if let Err(error) = window.hide() {
        tracing::debug!(%error, "the window cannot be hidden, so it is closed");
        return false;
    }
    app.window_hidden();
    tauri::async_runtime::spawn(async move { app.say_it_goes_on().await });
    true
}

fn ways(handle: &AppHandle) -> Ways {
    let again = handle.try_state::<SecondStart>().is_some_and(|again| again.inner().0);
    Ways { tray: tray::is_there(handle), again }
}

/// A second start is told to the first over the session's bus.
fn has_bus() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let named = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some_and(|address| !address.is_empty());
    let usual = std::env::var_os("XDG_RUNTIME_DIR").map(|dir| std::path::Path::new(&dir).join("bus"));
    named || usual.is_some_and(|bus| bus.exists())
}

/// Ends the program as its window's closing does, when the session or the system asks it to.
#[cfg(unix)]
fn end_with_session(handle: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};

    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let heard = |kind| signal(kind).inspect_err(|error| tracing::warn!(%error, "a signal is not heard"));
        let (Ok(mut terminate), Ok(mut hangup), Ok(mut interrupt)) =
            (heard(SignalKind::terminate()), heard(SignalKind::hangup()), heard(SignalKind::interrupt()))
        else {
            return;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("closing the record: the program was asked to end");
        handle.exit(0);
    });
}

#[cfg(test)]
mod tests {
    use salus_api::Tongue;

    use super::*;

    const WAYS: [Ways; 4] = [
        Ways { tray: false, again: false },
        Ways { tray: true, again: false },
        Ways { tray: false, again: true },
        Ways { tray: true, again: true },
    ];

    fn around(keeps_receiving: bool) -> Surroundings {
        Surroundings { tongue: Tongue::English, keeps_receiving, locked: true }
    }

    #[test]
    fn a_closed_window_ends_the_program_unless_the_person_chose_otherwise() {
        for ways in WAYS {
            assert_eq!(outcome(around(false), ways), Outcome::Ends, "{ways:?}");
        }
        for locked in [false, true] {
            let chosen = Surroundings { locked, ..around(true) };
            let outcomes = WAYS.map(|ways| outcome(chosen, ways));
            // A window that nobody could get back would be lost with the record open.
            assert_eq!(outcomes, [Outcome::Ends, Outcome::Hides, Outcome::Hides, Outcome::Hides]);
        }
    }

    #[test]
    fn only_what_the_session_began_and_what_can_be_hidden_begins_hidden() {
        for ways in WAYS {
            for keeps in [false, true] {
                assert_eq!(first_look(Begun::ByHand, around(keeps), ways), Beginning::Shown, "{ways:?}");
                let hides = outcome(around(keeps), ways) == Outcome::Hides;
                let begins = first_look(Begun::Quietly, around(keeps), ways);
                assert_eq!(begins == Beginning::Hidden, hides, "{ways:?}");
            }
        }
    }
}

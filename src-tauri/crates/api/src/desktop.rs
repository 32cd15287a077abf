//! The desktop: locking with it, before the computer sleeps and when its session is locked; what a person lets it do
//! ([`choices`]; by system `freedesktop`, `macos`, `windows`); and a window that is closed while the application goes on ([`window`]).
//!
//! On Linux systemd-logind (or elogind) says both on the system bus. Salus asks for a delay before sleep, so that the keys
//! are gone before memory is written to disk or stands still in a bag; logind waits five seconds at most. Without logind,
//! and on Windows and macOS, whose ways to hear of either take unsafe code, the record locks by itself after five minutes and by
//! its button only.
//!
//! # Source
//! org.freedesktop.login1(5); <https://systemd.io/INHIBITOR_LOCKS/>, delay locks.

use std::sync::{Arc, PoisonError, Weak};

use salus_wire::event::Event;

use crate::app::Inner;
use crate::{App, Desktop};

mod choices;
#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(target_os = "linux")]
mod login1;
// Of other systems what is text and files is tried here too.
#[cfg(any(target_os = "macos", test))]
mod macos;
#[cfg(target_os = "linux")]
mod portal;
mod window;
#[cfg(any(windows, test))]
mod windows;
#[cfg(any(windows, target_os = "macos", test))]
mod xml;

#[cfg(windows)]
pub use self::windows::Windows;
pub(crate) use choices::{is_quiet, load};
#[cfg(target_os = "linux")]
pub use freedesktop::Freedesktop;
#[cfg(any(target_os = "macos", test))]
pub use macos::Mac;
pub use window::{BACKGROUND, Surroundings};

impl App {
    /// Listens to the desktop for as long as the application lives.
    pub(crate) fn watch_desktop(&self) {
        #[cfg(target_os = "linux")]
        tokio::spawn(login1::watch(Arc::downgrade(&self.0)));
        tokio::spawn(follow_colours(Arc::downgrade(&self.0), self.0.config.desktop.clone()));
    }

    #[cfg(target_os = "linux")]
    async fn lock_with(&self, why: &'static str) {
        tracing::info!(why, "closing the record with the desktop");
        if let Err(failure) = self.lock().await {
            tracing::warn!(code = %failure.code, "the record was closed, but not everything was written back");
        }
    }
}

/// Keeps the colours that the desktop asks for, for pages that follow it, until the application ends.
async fn follow_colours(app: Weak<Inner>, desktop: Arc<dyn Desktop>) {
    let mut known = None;
    loop {
        known = Some(desktop.other_colours(known).await);
        let Some(inner) = app.upgrade() else { return };
        *inner.colours.lock().unwrap_or_else(PoisonError::into_inner) = known;
        App(inner).tell(Event::DesktopChanged);
    }
}

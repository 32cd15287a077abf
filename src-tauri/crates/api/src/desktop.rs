//! The desktop: locking with it, before the computer sleeps and when its session is locked; what a person lets it do
//! ([`choices`], [`freedesktop`]); and a window that is closed while the application goes on ([`window`]).
//!
//! On Linux systemd-logind (or elogind) says both on the system bus. Salus asks for a delay before sleep, so that the keys
//! are gone before memory is written to disk or stands still in a bag; logind waits five seconds at most. Without logind
//! the record locks by itself after five minutes and by its button only.
//!
//! # Source
//! org.freedesktop.login1(5); <https://systemd.io/INHIBITOR_LOCKS/>, delay locks.

use crate::App;

mod choices;
#[cfg(target_os = "linux")]
mod freedesktop;
#[cfg(target_os = "linux")]
mod login1;
mod window;

pub(crate) use choices::{is_quiet, load};
#[cfg(target_os = "linux")]
pub use freedesktop::Freedesktop;
pub use window::{BACKGROUND, Surroundings};

impl App {
    /// Listens to the desktop for as long as the application lives.
    pub(crate) fn watch_desktop(&self) {
        #[cfg(target_os = "linux")]
        tokio::spawn(login1::watch(std::sync::Arc::downgrade(&self.0)));
    }

    #[cfg(target_os = "linux")]
    async fn lock_with(&self, why: &'static str) {
        tracing::info!(why, "closing the record with the desktop");
        if let Err(failure) = self.lock().await {
            tracing::warn!(code = %failure.code, "the record was closed, but not everything was written back");
        }
    }
}

//! A window that is closed while the application goes on, and what the shell shows around the page.
//!
//! Locking stays as it is: with the desktop at once, and after five minutes without a person, whom a hidden window never has. What
//! devices send then goes to the sealed inbox ([`crate::devices::inbox`]).

use std::sync::atomic::Ordering;

use salus_wire::view::{DesktopView, SettingsView};
use tokio::sync::watch;

use crate::{App, Note, Tongue, file};

/// The argument of a program that begins with the session: nobody clicked.
pub const BACKGROUND: &str = "--background";

/// Present once it was said that the application goes on. Of the computer; empty.
const SAID: &str = "goes_on.said";

/// What the shell has to know for what it shows around the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// The language of what is shown.
    pub tongue: Tongue,
    /// The person wants the application to go on when its window is closed.
    pub keeps_receiving: bool,
    /// No record is open.
    pub locked: bool,
}

impl Surroundings {
    /// Those of an application that has just begun.
    pub(crate) fn of(settings: &SettingsView, choices: &DesktopView) -> Self {
        let tongue = Tongue::of(&settings.locale);
        Self { tongue, keeps_receiving: choices.keep_receiving, locked: true }
    }
}

impl App {
    /// What is around the page now, and whenever it changes.
    #[must_use]
    pub fn around(&self) -> watch::Receiver<Surroundings> {
        self.0.around.subscribe()
    }

    /// The person chose something that is shown around the page.
    pub(crate) fn look_around(&self) {
        let (tongue, keeps_receiving) = (self.tongue(), self.desktop().keep_receiving);
        self.0.around.send_if_modified(|around| {
            let now = Surroundings { tongue, keeps_receiving, ..*around };
            core::mem::replace(around, now) != now
        });
    }

    /// Whether a window that begins with the session stays hidden.
    #[must_use]
    pub fn begins_hidden(&self) -> bool {
        let choices = self.desktop();
        choices.keep_receiving && choices.in_background
    }

    /// The window is hidden: from now on nobody is there, and whatever the page asks for keeps no record open.
    pub fn window_hidden(&self) {
        self.0.hidden.store(true, Ordering::Relaxed);
    }

    /// A person has the window in front of them.
    pub fn window_shown(&self) {
        self.0.hidden.store(false, Ordering::Relaxed);
        self.touch();
    }

    /// The first time that a window is closed and the application goes on, the desktop says so; also in quiet hours, because it
    /// answers what the person has just done.
    pub async fn say_it_goes_on(&self) {
        let said = self.0.config.data_dir.join(SAID);
        if said.exists() || !self.desktop().notify {
            return;
        }
        self.0.config.desktop.show(note(self.tongue())).await;
        // Without the file it is said once more.
        if let Err(error) = file::replace(&said, b"") {
            tracing::debug!(kind = ?error.kind(), "that it goes on is said again the next time");
        }
    }
}

/// Whoever stands beside the screen can read it.
const fn note(tongue: Tongue) -> Note {
    let (title, text) = match tongue {
        Tongue::English => (
            "Salus goes on",
            "Its window is closed, and Salus goes on receiving. Open Salus again to see it. Its settings end this.",
        ),
        Tongue::Arabic => (
            "سالوس مستمر في العمل",
            "أُغلقت نافذته، وما زال سالوس يستقبل. افتح سالوس من جديد لتراه. ويمكنك إيقاف ذلك في إعداداته.",
        ),
    };
    Note { title, text, is_urgent: false }
}

#[cfg(test)]
mod tests;

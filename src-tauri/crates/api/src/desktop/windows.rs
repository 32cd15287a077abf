//! Windows: a value of the registry that begins the program with the session, and notifications. Compiled by hand for Windows
//! and NEVER RUN: there was no such computer; only what is text is tried elsewhere.
//!
//! A notification is shown for a program that the start menu knows by its identifier, which Tauri's installer sees to. What the system's
//! own list of programs switched off is not read: there the person finds it switched off, and here chosen.
//!
//! # Source
//! "Run and RunOnce Registry Keys"; "Toast content schema" (ToastGeneric), both of Windows' documentation.

use std::path::Path;

use super::window::BACKGROUND;
use super::xml::escaped;
use crate::Note;

/// The command line of the value: the program as one word, and that nobody clicked. No path has a quotation mark.
fn command_line(program: &Path) -> Option<String> {
    let program = program.to_str()?;
    let fits = !program.chars().any(|c| c == '"' || c.is_control());
    fits.then(|| format!("\"{program}\" {BACKGROUND}"))
}

/// A notification, as the system reads it. What is urgent stays for longer.
fn toast(note: Note) -> String {
    let duration = if note.is_urgent { "long" } else { "short" };
    let (title, text) = (escaped(note.title), escaped(note.text));
    format!(
        "<toast duration=\"{duration}\"><visual><binding template=\"ToastGeneric\"><text>{title}</text><text>{text}</text></binding></visual></toast>"
    )
}

#[cfg(windows)]
pub use system::Windows;

#[cfg(windows)]
mod system {
    use std::io;

    use ::windows::Data::Xml::Dom::XmlDocument;
    use ::windows::UI::Notifications::{ToastNotification, ToastNotificationManager};
    use ::windows::core::HSTRING;
    use async_trait::async_trait;
    use windows_registry::{CURRENT_USER, Key};

    use super::{command_line, toast};
    use crate::{Desktop, Note};

    /// As the application is called in `tauri.conf.json`, and by that in the start menu.
    const NAME: &str = "org.salus-health.salus";
    /// Where programs of this person begin with the session, and the value in it: the product's name, which Tauri's installer takes out
    /// again when the program is removed.
    const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";
    const VALUE: &str = "Salus";

    /// The desktop of who runs this process.
    #[derive(Debug, Clone, Copy)]
    pub struct Windows;

    fn run() -> io::Result<Key> {
        CURRENT_USER.create(RUN).map_err(io::Error::other)
    }

    fn show(note: Note) -> ::windows::core::Result<()> {
        let document = XmlDocument::new()?;
        document.LoadXml(&HSTRING::from(toast(note)))?;
        let toast = ToastNotification::CreateToastNotification(&document)?;
        ToastNotificationManager::CreateToastNotifierWithId(&HSTRING::from(NAME))?.Show(&toast)
    }

    #[async_trait]
    impl Desktop for Windows {
        async fn show(&self, note: Note) {
            if let Err(error) = show(note) {
                tracing::debug!(%error, "no notification is shown");
            }
        }

        fn begins_with_session(&self) -> Option<bool> {
            Some(run().ok()?.get_string(VALUE).is_ok())
        }

        fn begin_with_session(&self, on: bool) -> io::Result<()> {
            let key = run()?;
            if on {
                let line = command_line(&std::env::current_exe()?);
                let line = line.ok_or_else(|| io::Error::from(io::ErrorKind::Unsupported))?;
                key.set_string(VALUE, line.as_str()).map_err(io::Error::other)
            } else if key.get_string(VALUE).is_ok() {
                key.remove_value(VALUE).map_err(io::Error::other)
            } else {
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_one_word_whatever_its_path() {
        let line = |path: &str| command_line(Path::new(path));
        let usual = r"C:\Users\Ana Maria\AppData\Local\Salus\salus.exe";
        assert_eq!(line(usual), Some(format!("\"{usual}\" --background")));
        assert_eq!((line("C:\\a\" --b"), line("C:\\a\nb")), (None, None));
    }

    #[test]
    fn a_notification_is_its_two_texts_and_no_markup_of_theirs() {
        let note = Note { title: "Salus: <please> look", text: "Open Salus & see.", is_urgent: true };
        let said = toast(note);
        assert!(said.starts_with("<toast duration=\"long\">"), "{said}");
        assert!(
            said.contains("<text>Salus: &lt;please&gt; look</text><text>Open Salus &amp; see.</text>"),
            "{said}"
        );
        assert!(toast(Note { is_urgent: false, ..note }).contains("short"));
    }
}

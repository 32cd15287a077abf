//! The desktop as freedesktop.org describes it: notifications over the session's bus, and an entry that begins a program with the session.
//!
//! # Source
//! Desktop Notifications Specification 1.2; Desktop Application Autostart Specification 0.5; Desktop Entry Specification 1.5 (`Exec`).

#![allow(clippy::too_many_arguments, reason = "a notification has eight, by its specification")]

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use salus_wire::view::Theme;
use zbus::Connection;
use zbus::zvariant::Value;

use super::portal;
use super::window::BACKGROUND;
use crate::{Desktop, Note, file};

/// The desktop's name of this program: of its entry in menus, and of its picture.
const NAME: &str = "org.salus-health.salus";
/// How long the desktop may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How soon a portal that is not there is looked for again.
const AGAIN: Duration = Duration::from_secs(60);
/// The desktop decides how long it is shown.
const ITS_OWN_TIME: i32 = -1;

#[zbus::proxy(
    interface = "org.freedesktop.Notifications",
    default_service = "org.freedesktop.Notifications",
    default_path = "/org/freedesktop/Notifications",
    gen_blocking = false
)]
trait Notifications {
    fn notify(
        &self,
        app_name: &str,
        replaces_id: u32,
        app_icon: &str,
        summary: &str,
        body: &str,
        actions: &[&str],
        hints: HashMap<&str, Value<'_>>,
        expire_timeout: i32,
    ) -> zbus::Result<u32>;
}

/// The desktop of the session that this process is in.
#[derive(Debug, Clone)]
pub struct Freedesktop {
    /// Where entries lie that begin with the session; none when the person has no place for them.
    autostart: Option<PathBuf>,
    /// What begins.
    program: Option<PathBuf>,
}

impl Freedesktop {
    /// The desktop of who runs this process.
    #[must_use]
    pub fn new() -> Self {
        let dir = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|dir| dir.is_absolute());
        let config = dir("XDG_CONFIG_HOME").or_else(|| dir("HOME").map(|home| home.join(".config")));
        // An AppImage is mounted elsewhere each time; its file stays.
        let program = dir("APPIMAGE").or_else(|| std::env::current_exe().ok());
        Self { autostart: config.map(|config| config.join("autostart")), program }
    }

    fn entry(&self) -> Option<PathBuf> {
        self.program.as_ref()?;
        Some(self.autostart.as_ref()?.join(format!("{NAME}.desktop")))
    }
}

impl Default for Freedesktop {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Desktop for Freedesktop {
    async fn show(&self, note: Note) {
        match tokio::time::timeout(PATIENCE, show(note)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::debug!(%error, "no notification is shown"),
            Err(_) => tracing::debug!("the desktop takes too long to show a notification"),
        }
    }

    async fn other_colours(&self, known: Option<Theme>) -> Theme {
        loop {
            match portal::other(known).await {
                Ok(theme) => return theme,
                Err(error) => tracing::debug!(%error, "the desktop says nothing of its colours"),
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    fn begins_with_session(&self) -> Option<bool> {
        let entry = self.entry()?;
        let text = file::read(&entry).ok().flatten();
        Some(text.is_some_and(|text| begins(&String::from_utf8_lossy(&text))))
    }

    fn begin_with_session(&self, on: bool) -> io::Result<()> {
        let unsupported = || io::Error::from(io::ErrorKind::Unsupported);
        let (entry, program) = (self.entry().ok_or_else(unsupported)?, self.program.as_deref());
        if on {
            let program = program.and_then(Path::to_str).and_then(quoted).ok_or_else(unsupported)?;
            if let Some(folder) = entry.parent() {
                fs::create_dir_all(folder)?;
            }
            file::replace(&entry, text(&program).as_bytes())
        } else {
            match fs::remove_file(&entry) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            }
        }
    }
}

async fn show(note: Note) -> zbus::Result<()> {
    let bus = Connection::session().await?;
    let desktop = NotificationsProxy::new(&bus).await?;
    // 2 stays until it is seen, 1 does not.
    let urgency: u8 = if note.is_urgent { 2 } else { 1 };
    let hints = HashMap::from([("urgency", Value::from(urgency)), ("desktop-entry", Value::from(NAME))]);
    desktop.notify("Salus", 0, NAME, note.title, note.text, &[], hints, ITS_OWN_TIME).await.map(drop)
}

/// The entry. The argument says that nobody clicked: whether the window then stays hidden is the person's choice.
fn text(program: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nVersion=1.5\nName=Salus\nName[ar]=سالوس\nExec={program} {BACKGROUND}\nIcon={NAME}\nTerminal=false\n\
         X-GNOME-Autostart-enabled=true\n"
    )
}

/// A path as the one word of a command line; none of what no entry can hold.
fn quoted(path: &str) -> Option<String> {
    if path.chars().any(char::is_control) {
        return None;
    }
    let mut word = String::from("\"");
    for c in path.chars() {
        match c {
            // Once for the command line, and each of these once more for the file.
            '\\' => word.push_str(r"\\\\"),
            '"' | '`' | '$' => {
                word.push_str(r"\\");
                word.push(c);
            }
            // One alone stands for a file or an address.
            '%' => word.push_str("%%"),
            c => word.push(c),
        }
    }
    word.push('"');
    Some(word)
}

/// Whether an entry still begins anything: desktops switch it off in place.
fn begins(text: &str) -> bool {
    let off = ["Hidden=true", "X-GNOME-Autostart-enabled=false"];
    !text.lines().any(|line| off.contains(&line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginning_with_the_session_is_a_file_that_comes_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let program = Some(PathBuf::from("/opt/my \"tools\"/salus $1"));
        let desktop = Freedesktop { autostart: Some(dir.path().join("autostart")), program };
        assert_eq!(desktop.begins_with_session(), Some(false));
        desktop.begin_with_session(true).unwrap();
        desktop.begin_with_session(true).unwrap();
        assert_eq!(desktop.begins_with_session(), Some(true));
        let entry = dir.path().join("autostart/org.salus-health.salus.desktop");
        let said = fs::read_to_string(&entry).unwrap();
        assert!(said.contains("\nExec=\"/opt/my \\\\\"tools\\\\\"/salus \\\\$1\" --background\n"), "{said}");
        fs::write(&entry, said.replace("enabled=true", "enabled=false")).unwrap();
        assert_eq!(desktop.begins_with_session(), Some(false), "the desktop switched it off");
        desktop.begin_with_session(false).unwrap();
        desktop.begin_with_session(false).unwrap();
        assert!(!entry.exists());
    }

    #[test]
    fn a_path_stays_one_word_and_one_line() {
        assert_eq!(quoted("/usr/bin/salus").as_deref(), Some("\"/usr/bin/salus\""));
        assert_eq!(quoted("/a%f`b`\\").as_deref(), Some("\"/a%%f\\\\`b\\\\`\\\\\\\\\""));
        assert_eq!(quoted("/a\nExec=/bin/sh"), None);
    }

    #[test]
    fn without_a_place_nothing_is_offered() {
        let nowhere = Freedesktop { autostart: None, program: Some("/usr/bin/salus".into()) };
        assert_eq!(nowhere.begins_with_session(), None);
        assert!(nowhere.begin_with_session(true).is_err());
    }
}

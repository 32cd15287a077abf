//! macOS: an agent that begins the program with the session. Compiled by hand for macOS and NEVER RUN: there was no such
//! computer; what is a file is tried elsewhere.
//!
//! Notifications are not shown: the system's interface for them is Objective-C, whose calls are unsafe code, and it answers signed
//! bundles only. The list in the record holds everything.
//!
//! # Source
//! launchd.plist(5): `Label`, `ProgramArguments`, `RunAtLoad`, `ProcessType`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;

use super::window::BACKGROUND;
use super::xml::escaped;
use crate::{Desktop, Note, file};

/// As the application is called in `tauri.conf.json`.
const NAME: &str = "org.salus-health.salus";

/// The desktop of who runs this process.
#[derive(Debug, Clone)]
pub struct Mac {
    /// Where agents of this person lie; none when they have no place for them.
    agents: Option<PathBuf>,
    /// What begins.
    program: Option<PathBuf>,
}

impl Mac {
    /// The desktop of who runs this process.
    #[must_use]
    pub fn new() -> Self {
        let home = std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.is_absolute());
        Self {
            agents: home.map(|home| home.join("Library/LaunchAgents")),
            program: std::env::current_exe().ok(),
        }
    }

    fn agent(&self) -> Option<PathBuf> {
        self.program.as_ref()?;
        Some(self.agents.as_ref()?.join(format!("{NAME}.plist")))
    }
}

impl Default for Mac {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Desktop for Mac {
    async fn show(&self, _: Note) {}

    fn begins_with_session(&self) -> Option<bool> {
        Some(self.agent()?.exists())
    }

    fn begin_with_session(&self, on: bool) -> io::Result<()> {
        let unsupported = || io::Error::from(io::ErrorKind::Unsupported);
        let agent = self.agent().ok_or_else(unsupported)?;
        if on {
            let program = self.program.as_deref().and_then(Path::to_str).ok_or_else(unsupported)?;
            if program.chars().any(char::is_control) {
                return Err(unsupported());
            }
            if let Some(folder) = agent.parent() {
                fs::create_dir_all(folder)?;
            }
            file::replace(&agent, text(program).as_bytes())
        } else {
            match fs::remove_file(&agent) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            }
        }
    }
}

/// The agent. The argument says that nobody clicked.
fn text(program: &str) -> String {
    let program = escaped(program);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n  <key>Label</key>\n  <string>{NAME}</string>\n  <key>ProgramArguments</key>\n  <array>\n    \
         <string>{program}</string>\n    <string>{BACKGROUND}</string>\n  </array>\n  <key>RunAtLoad</key>\n  <true/>\n  \
         <key>ProcessType</key>\n  <string>Interactive</string>\n</dict>\n</plist>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginning_with_the_session_is_a_file_that_comes_and_goes() {
        let dir = tempfile::tempdir().unwrap();
        let program = Some(PathBuf::from("/Applications/A & B/Salus.app/Contents/MacOS/salus"));
        let desktop = Mac { agents: Some(dir.path().join("LaunchAgents")), program };
        assert_eq!(desktop.begins_with_session(), Some(false));
        desktop.begin_with_session(true).unwrap();
        desktop.begin_with_session(true).unwrap();
        assert_eq!(desktop.begins_with_session(), Some(true));
        let agent = dir.path().join("LaunchAgents/org.salus-health.salus.plist");
        let said = fs::read_to_string(&agent).unwrap();
        assert!(
            said.contains("<string>/Applications/A &amp; B/Salus.app/Contents/MacOS/salus</string>\n"),
            "{said}"
        );
        assert!(
            said.contains("<string>--background</string>")
                && said.contains("<key>RunAtLoad</key>\n  <true/>"),
            "{said}"
        );
        desktop.begin_with_session(false).unwrap();
        desktop.begin_with_session(false).unwrap();
        assert!(!agent.exists());
    }

    #[test]
    fn without_a_place_nothing_is_offered() {
        let nowhere = Mac { agents: None, program: Some("/usr/bin/salus".into()) };
        assert_eq!(nowhere.begins_with_session(), None);
        assert!(nowhere.begin_with_session(true).is_err());
        let broken = Mac { agents: Some("/nowhere".into()), program: Some("/a\n/salus".into()) };
        assert!(broken.begin_with_session(true).is_err());
    }
}

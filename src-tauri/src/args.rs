//! The command line.

use std::path::PathBuf;
use std::sync::Arc;

use salus_api::keyring::{DesktopKeyring, Keyring, NoKeyring};
use salus_api::{Desktop, FileHeads, HeadStore, KeyringHeads, NoDesktop, SILENCE};

/// Salus: health records that the patient controls.
///
/// Opens the record on this computer in a window. Everything else is done in the window.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "salus", version)]
pub(crate) struct Args {
    /// The record's directory; made when missing. Default: the desktop's own place for application data.
    #[arg(long, value_name = "DIR")]
    pub(crate) data_dir: Option<PathBuf>,

    /// Where is kept what the record has come to, so that an older copy of it shows. Default: the desktop's own place for
    /// state, or beside DIR.
    #[arg(long, value_name = "DIR")]
    pub(crate) state_dir: Option<PathBuf>,

    /// The members' list (JSON): a chain's genesis, or what `salus-node anchor` prints of it when it is older than 30 days.
    /// Without it nothing can be shared or opened.
    #[arg(long, value_name = "FILE")]
    pub(crate) genesis: Option<PathBuf>,

    /// How many seconds Bluetooth may hear nothing, while Salus looks for a device, before it is restarted.
    #[arg(long, value_name = "SECONDS", default_value_t = SILENCE.as_secs(), value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) bluetooth_silence: u64,

    /// Nobody clicked, the session began: where the person chose so in the settings, the window stays hidden until Salus is
    /// opened.
    #[arg(long)]
    pub(crate) background: bool,

    /// Read a recovery key from standard input, print the age identity that opens its backups, and end. With it, the `age`
    /// tool opens a backup: age --decrypt --identity FILE BACKUP | tar --extract
    #[arg(long)]
    pub(crate) backup_identity: bool,

    /// INSECURE, demonstrations and tests only: add the signed number of milliseconds in FILE to the clock. Every
    /// screen says so.
    #[arg(long, value_name = "FILE")]
    pub(crate) insecure_test_clock: Option<PathBuf>,

    /// A link of salus: that was opened elsewhere. Its text is offered to be looked at in the window; nothing is done with it.
    #[arg(value_name = "LINK")]
    pub(crate) link: Option<String>,
}

impl Args {
    /// True when several windows may run side by side: a test drives this one, or it has a directory of its own.
    pub(crate) fn is_automated(&self) -> bool {
        self.data_dir.is_some() || is_driven()
    }

    /// True when a second start comes to this window instead of opening one: with the directory that the program takes by itself.
    pub(crate) const fn is_the_one(&self) -> bool {
        self.data_dir.is_none()
    }

    /// The desktop's keyring; none while a test drives the window, whose records must not be left in a person's keyring.
    pub(crate) fn keyring() -> Arc<dyn Keyring> {
        if is_driven() { Arc::new(NoKeyring) } else { Arc::new(DesktopKeyring) }
    }

    /// The desktop that shows notifications and begins Salus with the session; none for a directory of its own, which neither is about.
    pub(crate) fn desktop(&self) -> Arc<dyn Desktop> {
        #[cfg(target_os = "linux")]
        if !self.is_automated() {
            return Arc::new(salus_api::Freedesktop::new());
        }
        #[cfg(target_os = "macos")]
        if !self.is_automated() {
            return Arc::new(salus_api::Mac::new());
        }
        #[cfg(windows)]
        if !self.is_automated() {
            return Arc::new(salus_api::Windows);
        }
        Arc::new(NoDesktop)
    }

    /// Where heads are kept: in this directory, and in the keyring where that is used.
    pub(crate) fn heads(dir: PathBuf) -> Arc<dyn HeadStore> {
        if is_driven() {
            Arc::new(FileHeads::new(dir))
        } else {
            Arc::new(KeyringHeads::new(dir, DesktopKeyring))
        }
    }
}

fn is_driven() -> bool {
    std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some()
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::*;

    #[test]
    fn every_flag_is_documented() {
        let command = Args::command();
        command.clone().debug_assert();
        assert!(command.get_arguments().all(|a| a.get_help().is_some() || a.get_id() == "help"));
    }

    #[test]
    fn what_the_session_begins_says_so_and_keeps_no_second_window() {
        let args = Args::try_parse_from(["salus", salus_api::BACKGROUND]).unwrap();
        assert!(args.background && args.is_the_one());
        let args = Args::try_parse_from(["salus", "--data-dir", "x"]).unwrap();
        assert!(!args.background && !args.is_the_one());
    }

    #[test]
    fn a_link_is_an_argument_and_no_flag_is_one() {
        let args = Args::try_parse_from(["salus", "salus://open/SC1"]).unwrap();
        assert_eq!(args.link.as_deref(), Some("salus://open/SC1"));
        assert!(Args::try_parse_from(["salus", "salus://a", "salus://b"]).is_err());
    }
}

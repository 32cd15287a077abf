//! What a process gives the application: where, which members, which clock, who confirms.

use core::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use salus_chain::time::Clock;
use salus_wire::view::Theme;

use crate::keyring::{Keyring, NoKeyring};
use crate::{HeadStore, MemoryHeads};

/// What the person is asked, outside the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// What will happen, in one sentence or a few.
    pub sentence: &'a str,
    /// The window's title.
    pub title: &'static str,
    /// The button that does it.
    pub yes: &'static str,
    /// The button that does not.
    pub no: &'static str,
    /// True when it cannot be undone: shown as a warning.
    pub is_final: bool,
}

/// Asks the person, outside the page, whether a sentence is what they want. A scripted page cannot answer it.
#[async_trait]
pub trait Confirm: Send + Sync + 'static {
    /// True when the person said yes to exactly this sentence.
    async fn confirm(&self, question: Question<'_>) -> bool;

    /// Lets the person choose a file or a folder; `None` when they closed the question. A path never crosses to the page.
    /// A process without a window has nowhere to ask.
    async fn choose(&self, _what: Choice<'_>) -> Option<PathBuf> {
        None
    }
}

/// What the desktop shows of something that happened. It says that something did, and nothing of health; the record has the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The first line.
    pub title: &'static str,
    /// What to do.
    pub text: &'static str,
    /// True for what the person has to see at once.
    pub is_urgent: bool,
}

/// The desktop around the window, as far as a person lets it do something.
#[async_trait]
pub trait Desktop: Send + Sync + 'static {
    /// Shows a notification. One that cannot be shown is not missed: the record keeps what happened.
    async fn show(&self, note: Note);

    /// Whether the application begins with the person's session; `None` where that cannot be chosen.
    fn begins_with_session(&self) -> Option<bool>;

    /// Lets the application begin with the session, or not any more.
    ///
    /// # Errors
    /// The desktop's place for it cannot be written, or there is none.
    fn begin_with_session(&self, on: bool) -> std::io::Result<()>;

    /// Waits until the desktop asks for other colours than `known`, and says which: [`Theme::Light`], [`Theme::Dark`] or
    /// [`Theme::Contrast`]. Waits for ever where it does not say.
    async fn other_colours(&self, _known: Option<Theme>) -> Theme {
        core::future::pending().await
    }
}

/// A computer without a desktop, or a process that has no business with it.
#[derive(Debug, Clone, Copy)]
pub struct NoDesktop;

#[async_trait]
impl Desktop for NoDesktop {
    async fn show(&self, _: Note) {}

    fn begins_with_session(&self) -> Option<bool> {
        None
    }

    fn begin_with_session(&self, _: bool) -> std::io::Result<()> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

/// What the person is to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice<'a> {
    /// A folder for backups.
    Folder,
    /// A backup to restore.
    Backup,
    /// The paper that gives a helper their power.
    Paper,
    /// A file with readings.
    Readings,
    /// A report to check.
    Report,
    /// A picture with a code in it.
    Picture,
    /// Where to put a new file of this name.
    NewFile(&'a str),
}

/// A process's configuration.
#[derive(Clone)]
pub struct Config {
    /// The profile's directory; made when missing. One process at a time uses it.
    pub data_dir: PathBuf,
    /// The members' list (genesis, JSON). Without one there are no members and nothing can be shared.
    pub genesis: Option<PathBuf>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// True when `clock` is the controlled clock of a demonstration; shown on every screen.
    pub test_clock: bool,
    /// Who confirms.
    pub confirm: Arc<dyn Confirm>,
    /// The desktop around the window; [`NoDesktop`] where there is none.
    pub desktop: Arc<dyn Desktop>,
    /// This computer's keyring; [`NoKeyring`] where there is none.
    pub keyring: Arc<dyn Keyring>,
    /// How long Bluetooth may hear nothing while it should, before it is restarted.
    pub silence: Duration,
    /// Where is kept what each record has come to, outside its directory.
    pub heads: Arc<dyn HeadStore>,
}

/// [`Config::silence`], unless somebody chose otherwise. One minute.
pub const SILENCE: Duration = Duration::from_secs(60);

impl Config {
    /// A computer of its own: no members, a clock that is everybody's, no desktop, no keyring, and heads that go with the process. For
    /// tests, which name only what differs; a program that keeps somebody's record names every field, so that none is
    /// forgotten.
    #[must_use]
    pub fn new(data_dir: PathBuf, clock: Arc<dyn Clock>, confirm: Arc<dyn Confirm>) -> Self {
        Self {
            data_dir,
            genesis: None,
            clock,
            test_clock: false,
            confirm,
            desktop: Arc::new(NoDesktop),
            keyring: Arc::new(NoKeyring),
            silence: SILENCE,
            heads: Arc::new(MemoryHeads::default()),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir)
            .field("genesis", &self.genesis)
            .field("test_clock", &self.test_clock)
            .field("silence", &self.silence)
            .finish_non_exhaustive()
    }
}

//! A window that is closed and comes back: the app on the directory that it takes by itself, in a session whose bus is known, so that a
//! second start finds the first.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use tokio::process::Command;

use super::{BUS, PATIENCE, SESSION, Stage, eventually, manager, surround};
use crate::story::app::program;

/// The folder's name that the app takes by itself.
pub const IDENTIFIER: &str = "org.salus-health.salus";

/// The window itself: questions of the desktop's have other words.
const WINDOW: &str = "^Salus$";

impl Stage {
    /// As [`Stage::set_with`], on the directory that the app takes by itself, as an icon starts it.
    ///
    /// # Errors
    /// As [`Stage::set`].
    pub async fn set_at_home(bus: Option<&str>) -> Result<Self> {
        let app = program("salus").context("run `cargo build -p salus`")?;
        let home = tempfile::tempdir()?;
        let record = home.path().join("data").join(IDENTIFIER);
        // Its process is known by its arguments; this is a place like any other for what the record has come to.
        let state = format!("{}.state", record.display());
        Self::open((home, record), &app, &["--state-dir", &state], bus).await
    }

    /// Where the bus of its session is.
    ///
    /// # Errors
    /// The session has none.
    pub fn session_bus(&self) -> Result<String> {
        let address =
            std::fs::read_to_string(self.home.path().join(BUS)).context("the session has no bus")?;
        Ok(address.trim().to_owned())
    }

    /// Starts the app once more in this session, and waits until that start has ended: the first has the window.
    ///
    /// # Errors
    /// It goes on by itself, or fails.
    pub async fn start_again(&self, arguments: &[&str]) -> Result<()> {
        let mut again = Command::new(program("salus")?);
        surround(&mut again, self.home.path(), &self.display)?;
        again.args(arguments).env(SESSION, self.session_bus()?);
        again.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let ended = tokio::time::timeout(PATIENCE, again.status()).await;
        let ended = ended.context("the second start goes on by itself")??;
        ensure!(ended.success(), "the second start ended with {ended}");
        Ok(())
    }

    /// Presses the button that closes the window.
    ///
    /// # Errors
    /// There is no window for a minute, or the screen does not answer.
    pub async fn close_window(&self) -> Result<()> {
        let window =
            eventually("the window", async || self.windows(WINDOW).await?.pop().context("no window"));
        manager::ask_to_close(&self.display, window.await?.parse().context("a window's number")?)
    }

    /// Whether the window is on the screen.
    ///
    /// # Errors
    /// xdotool is missing.
    pub async fn is_shown(&self) -> Result<bool> {
        Ok(!self.windows(WINDOW).await?.is_empty())
    }

    /// Waits until the window is on the screen.
    ///
    /// # Errors
    /// It is not, for a minute.
    pub async fn shows_window(&self) -> Result<()> {
        eventually("the window", async || {
            ensure!(self.is_shown().await?, "it is not on the screen");
            Ok(())
        })
        .await
    }

    /// Waits until the window is not on the screen any more.
    ///
    /// # Errors
    /// It stays, for a minute.
    pub async fn shows_no_window(&self) -> Result<()> {
        eventually("the screen without the window", async || {
            ensure!(!self.is_shown().await?, "it is on the screen");
            Ok(())
        })
        .await
    }

    /// Waits until the program has ended.
    ///
    /// # Errors
    /// It goes on, for a minute.
    pub async fn has_ended(&self) -> Result<()> {
        eventually("the program's end", async || {
            let process = self.process();
            ensure!(process.is_err(), "it runs as {process:?}");
            Ok(())
        })
        .await
    }
}

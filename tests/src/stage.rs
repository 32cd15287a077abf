//! The real window on a stage: a screen of its own, a bus of its own, directories of its own, and the app in them.
//!
//! Needs the built app (`cargo build -p salus`), Xvfb, dbus-run-session, WebKitWebDriver and ImageMagick's import; says
//! which is missing.

mod chooser;
mod closed;
mod end;
mod eyes;
mod files;
mod hands;
mod keyboard;
pub mod link;
mod manager;
mod mouse;
mod native;
mod paper;
mod person;
mod process;
pub mod refused;
pub mod room;
pub mod slow;
mod somebody;
mod stop;
pub mod town;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context;
use tempfile::TempDir;
use thirtyfour::{By, Capabilities, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::bluez::bus::{SESSION, VARIABLE};
use crate::story::app::program;

pub use closed::IDENTIFIER;
pub use eyes::Dress;
pub(crate) use keyboard::WATCH;
pub use manager::{Manager, ask_to_close};
pub use native::Native;
pub use person::{PASSPHRASE, Person};

/// How long a screen may take to appear on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long a script in the page may take: the longest makes a record with its passphrase.
const SCRIPT: Duration = Duration::from_secs(20);

/// The first pause between two looks at a screen, and the longest: each is twice the one before. After each look, because it goes
/// through the driver and the page: those that were missed meanwhile would come in a row, and keep the page from what they wait for.
const PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(120);

/// Milliseconds that a picture waits for the end of what moves, ten times the longest movement: WebKit never tells the end of one whose
/// element went away, and draws no frame where nothing changes.
const MOVES: u32 = 2_000;

/// The same where no picture is taken.
const SETTLES: u32 = 250;

/// The file among the app's that names the bus of its session.
const BUS: &str = "session-bus";

/// The variable that names a folder for pictures; without it none are taken.
pub const PICTURES: &str = "SALUS_PICTURES";

/// Everything the window needs around it. Children are ended when it is dropped.
#[derive(Debug)]
pub struct Stage {
    /// The window.
    pub window: WebDriver,
    display: String,
    _screen: Child,
    driver: Child,
    record: PathBuf,
    home: TempDir,
}

impl Stage {
    /// Starts the screen, the driver and the app on an empty data directory.
    ///
    /// # Errors
    /// What is missing, or did not start.
    pub async fn set() -> anyhow::Result<Self> {
        Self::set_with(None, &[]).await
    }

    /// The same, with a system bus for Bluetooth and more arguments for the app.
    ///
    /// # Errors
    /// As [`Stage::set`].
    pub async fn set_with(bus: Option<&str>, more: &[&str]) -> anyhow::Result<Self> {
        Self::set_in(tempfile::tempdir()?, None, bus, more).await
    }

    /// The same, on a data directory that is there already: what somebody's application in this process has made, and left.
    ///
    /// # Errors
    /// As [`Stage::set`].
    pub async fn set_on(record: &Path, more: &[&str]) -> anyhow::Result<Self> {
        Self::set_in(tempfile::tempdir()?, Some(record), None, more).await
    }

    async fn set_in(
        home: TempDir,
        record: Option<&Path>,
        bus: Option<&str>,
        more: &[&str],
    ) -> anyhow::Result<Self> {
        let app = program("salus").context("run `cargo build -p salus`")?;
        let record = record.map_or_else(|| home.path().join("record"), Path::to_owned);
        let directory = record.display().to_string();
        let arguments = [&["--data-dir", directory.as_str()], more].concat();
        Self::open((home, record), &app, &arguments, bus).await
    }

    /// The same with another program, on the directory that it takes by itself: this stage knows neither its record nor its process.
    ///
    /// # Errors
    /// As [`Stage::set`].
    pub async fn set_installed(app: &Path) -> anyhow::Result<Self> {
        // The driver has an argument of its own for who names none. This is the default.
        let home = tempfile::tempdir()?;
        let record = home.path().join("record");
        Self::open((home, record), app, &["--bluetooth-silence=60"], None).await
    }

    async fn open(
        (home, record): (TempDir, PathBuf),
        app: &Path,
        arguments: &[&str],
        bus: Option<&str>,
    ) -> anyhow::Result<Self> {
        let (screen, display) = screen().await?;
        let port = free_port()?;
        let driver = driver(home.path(), &display, port, bus)?;
        let mut capabilities = Capabilities::new();
        capabilities.set(
            "webkitgtk:browserOptions",
            serde_json::json!({ "binary": app.display().to_string(), "args": arguments }),
        )?;
        let url = format!("http://127.0.0.1:{port}");
        let window = eventually("WebKitWebDriver opens the app", async || {
            WebDriver::new(&url, capabilities.clone()).await.map_err(Into::into)
        })
        .await?;
        // A script that a page's end takes with it is never answered: whoever waits for something looks again.
        window.set_script_timeout(SCRIPT).await?;
        Ok(Self { window, display, _screen: screen, driver, record, home })
    }

    /// The record's directory.
    #[must_use]
    pub fn record(&self) -> PathBuf {
        self.record.clone()
    }

    /// Waits until something that the selector finds is there and shown.
    ///
    /// # Errors
    /// It is not, for a minute.
    pub async fn see(&self, selector: &str) -> anyhow::Result<()> {
        eventually(selector, async || {
            let element = self.window.find(By::Css(selector)).await?;
            anyhow::ensure!(element.is_displayed().await?, "it is there, not shown");
            Ok(())
        })
        .await
    }

    /// A picture of the whole screen, once everything is drawn, into the folder of [`PICTURES`]: nobody looks at others, and each
    /// costs as much as a click.
    ///
    /// # Errors
    /// ImageMagick is missing or takes none.
    pub async fn photograph(&self, name: &str) -> anyhow::Result<()> {
        match std::env::var_os(PICTURES) {
            Some(folder) => {
                self.is_drawn(MOVES).await?;
                self.picture(&PathBuf::from(folder).join(name)).await
            }
            None => self.is_drawn(SETTLES).await,
        }
    }

    /// Waits until what was changed a moment ago is on the screen, and every movement is over; for so many milliseconds at most.
    async fn is_drawn(&self, most: u32) -> anyhow::Result<()> {
        let drawn = "const [most, done] = arguments, ends = document.getAnimations().map((a) => a.finished);
            const frame = () => new Promise((then) => requestAnimationFrame(then));
            const drawn = Promise.allSettled(ends).then(frame).then(frame);
            Promise.race([drawn, new Promise((then) => setTimeout(then, most))]).then(() => done(1));";
        self.window.execute_async(drawn, vec![most.into()]).await?;
        Ok(())
    }

    /// A picture of the whole screen, in this file; the driver's own call hangs under Xvfb.
    ///
    /// # Errors
    /// ImageMagick is missing or takes none.
    pub async fn picture(&self, file: &Path) -> anyhow::Result<()> {
        let mut import = Command::new("import");
        import.args(["-window", "root"]).arg(file).env("DISPLAY", &self.display);
        let status =
            import.status().await.context("ImageMagick's import is missing: run `cargo xtask setup`")?;
        anyhow::ensure!(status.success(), "import took no picture");
        Ok(())
    }

    /// Closes the window.
    ///
    /// # Errors
    /// It does not close.
    pub async fn strike(self) -> anyhow::Result<()> {
        self.window.clone().quit().await?;
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // The bus starts the driver, and the driver the app: all three are one process group.
        if let Some(group) = self.driver.id() {
            let _ = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
        }
    }
}

/// A screen of its own, and what `DISPLAY` names it; it ends when the child is dropped.
///
/// # Errors
/// Xvfb is missing or does not start.
pub async fn screen() -> anyhow::Result<(Child, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1180x800x24", "-nolisten", "tcp"]);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut screen = command.spawn().context("Xvfb is missing: run `cargo xtask setup`")?;
    let out = screen.stdout.take().context("Xvfb's output")?;
    let number = BufReader::new(out).lines().next_line().await?.context("Xvfb did not start")?;
    Ok((screen, format!(":{}", number.trim())))
}

/// A command on a session bus of its own, on that screen, with every directory of a person below `home`.
///
/// # Errors
/// A directory cannot be made.
pub fn session(home: &Path, display: &str) -> anyhow::Result<Command> {
    let mut command = Command::new("dbus-run-session");
    command.arg("--");
    surround(&mut command, home, display)?;
    // The bus starts the program: both are one process group.
    command.stdin(Stdio::null()).process_group(0);
    Ok(command)
}

/// Has a command run on that screen, with every directory of a person below `home`.
///
/// # Errors
/// A directory cannot be made.
pub fn surround(command: &mut Command, home: &Path, display: &str) -> anyhow::Result<()> {
    for (name, dir) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("TMPDIR", "tmp"),
    ] {
        std::fs::create_dir_all(home.join(dir))?;
        command.env(name, home.join(dir));
    }
    command.env("HOME", home).env("DISPLAY", display).env("LC_ALL", "C.UTF-8").env("GDK_BACKEND", "x11");
    command.env("NO_AT_BRIDGE", "1").env_remove("WAYLAND_DISPLAY");
    Ok(())
}

fn driver(home: &Path, display: &str, port: u16, bus: Option<&str>) -> anyhow::Result<Child> {
    let mut command = session(home, display)?;
    // Whoever joins this session has to know its bus.
    let tell = format!("printf %s \"${SESSION}\" > \"$HOME/{BUS}\" && exec \"$@\"");
    command.args(["sh", "-c", &tell, "sh", "WebKitWebDriver", &format!("--port={port}")]);
    if let Some(bus) = bus {
        command.env(VARIABLE, bus);
    }
    // Simulated devices tell the time of UTC.
    command.env("TZ", "UTC");
    command.env("TAURI_WEBVIEW_AUTOMATION", "true");
    // Everything that the app and the web view say goes where the app's files are.
    command.env("RUST_LOG", "debug");
    let log = std::fs::File::create(home.join("log"))?;
    command.stdout(log.try_clone()?).stderr(log);
    command.spawn().context("dbus-run-session is missing: run `cargo xtask setup`")
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Tries again and again until it works or patience ends; then the last reason is the error.
async fn eventually<T>(what: &str, attempt: impl AsyncFn() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let mut last = anyhow::anyhow!("nothing was tried");
    let mut pause = PAUSE;
    let tries = async {
        loop {
            match attempt().await {
                Err(error) if !end::is_over(&error) => last = error,
                done => return done,
            }
            tokio::time::sleep(pause).await;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    };
    let tried = tokio::time::timeout(PATIENCE, tries).await;
    tried.unwrap_or_else(|_| Err(last)).map_err(|error| error.context(format!("{what} did not appear")))
}

//! A window of a release build and its driver. Unlike the tests' stage it says nothing to a log, starts any program of this project,
//! keeps a person's caches from one start to the next, and knows when the start began.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::{screen, session};
use salus_tests::story::app::program;
use serde_json::{Value, json};
use thirtyfour::{By, Capabilities, Key, WebDriver};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// The program under measurement.
pub(crate) const APP: &str = "salus";
/// The one beside it.
pub(crate) const EMPTY: &str = "salus-empty-window";
/// As the program sets it for itself: without it some drivers draw nothing.
pub(crate) const DRAWN: (&str, &str) = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
/// Between two looks whose time is measured.
pub(crate) const LOOK: Duration = Duration::from_millis(5);

/// Real time.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Milliseconds since an instant.
pub(crate) fn since(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1000.0
}

/// A process and everything that it starts: one process group, which ends with this value.
pub(crate) struct Group(Child);

impl Group {
    pub(crate) fn begin(command: &mut Command) -> Result<Self> {
        Ok(Self(command.spawn().context("dbus-run-session is missing: run `cargo xtask setup`")?))
    }

    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Names the group; `None` once its first process has ended.
    pub(crate) fn id(&self) -> Option<u32> {
        self.0.id()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.id() {
            let _ = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
        }
    }
}

/// An open window.
pub(crate) struct Window {
    // First, so that it ends first.
    driver: Group,
    /// Its page.
    pub(crate) page: WebDriver,
    /// When the driver was told to start the program.
    pub(crate) begun: Instant,
    _screen: Child,
}

impl Window {
    /// Starts a program of this project on a screen of its own. `home` holds the person's directories, made when missing.
    pub(crate) async fn open(
        name: &str,
        arguments: &[String],
        home: &Path,
        variables: &[(&str, &str)],
    ) -> Result<Self> {
        let binary = program(name)?.display().to_string();
        let (screen, display) = screen().await?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = session(home, &display)?;
        command.args(["WebKitWebDriver", &format!("--port={port}")]);
        // Simulated devices tell the time of UTC.
        command.env("TZ", "UTC").env("TAURI_WEBVIEW_AUTOMATION", "true").env_remove("RUST_LOG");
        command.envs(variables.iter().copied());
        let log = std::fs::File::create(home.join("log"))?;
        command.stdout(log.try_clone()?).stderr(log);
        let driver = Group::begin(&mut command)?;
        let heard = eventually(PATIENCE, async || TcpStream::connect(("127.0.0.1", port)).await.ok());
        heard.await.context("WebKitWebDriver does not listen: run `cargo xtask setup`")?;
        let mut capabilities = Capabilities::new();
        capabilities
            .set("webkitgtk:browserOptions", json!({ "binary": binary, "args": arguments }))
            .context("the driver's options")?;
        let begun = now();
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await;
        let page = page.with_context(|| format!("{name} does not open under the driver"))?;
        Ok(Self { driver, page, begun, _screen: screen })
    }

    /// Names the process group of the driver, the program and the web view.
    pub(crate) fn group(&self) -> Result<u32> {
        self.driver.id().context("the driver is gone")
    }

    /// Waits until a script gives true; it gets the arguments.
    pub(crate) async fn until(&self, what: &str, script: &str, arguments: &[Value]) -> Result<()> {
        let held = eventually(PATIENCE, async || {
            let answer = self.page.execute(script, arguments.to_vec()).await.ok()?;
            (answer.json() == &Value::Bool(true)).then_some(())
        });
        held.await.with_context(|| format!("not there for {} s: {what}", PATIENCE.as_secs()))
    }

    /// Waits until something that the selector finds is on the page.
    pub(crate) async fn there(&self, selector: &str) -> Result<()> {
        self.until(selector, "return document.querySelector(arguments[0]) !== null;", &[selector.into()])
            .await
    }

    /// Unlocks the record by its lock screen.
    pub(crate) async fn unlock(&self, passphrase: &str) -> Result<()> {
        self.there("#unlock").await?;
        self.page.find(By::Id("unlock")).await?.send_keys(passphrase).await?;
        self.page.action_chain().send_keys(Key::Enter).perform().await?;
        self.there("[data-nav].here").await
    }

    /// To a screen by its address, until `there` is on it.
    pub(crate) async fn go(&self, address: &str, there: &str) -> Result<()> {
        self.page.execute("location.hash = arguments[0];", vec![address.into()]).await?;
        self.there(there).await
    }

    /// What a command that must be answered answers, as to a script in the page.
    pub(crate) async fn ask(&self, name: &str, request: Value) -> Result<Value> {
        let script = "const [name, request, done] = arguments;
            window.__TAURI_INTERNALS__.invoke(name, { request }).then(
                (answer) => done({ answer: JSON.parse(new TextDecoder().decode(answer)) }), (refusal) => done({ refusal: JSON.stringify(refusal) }));";
        let said = self.page.execute_async(script, vec![name.into(), request]).await?;
        match said.json() {
            Value::Object(said) if said.contains_key("answer") => Ok(said["answer"].clone()),
            said => anyhow::bail!("{name}: {said}"),
        }
    }

    /// Closes the window, which ends the program.
    pub(crate) async fn close(self) -> Result<()> {
        // A clone, so that what is left of this value is dropped in its order.
        Ok(self.page.clone().quit().await?)
    }
}

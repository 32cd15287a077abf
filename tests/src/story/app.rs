//! A `salus-host` process, driven over HTTP as a page would.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use salus_wire::Failure;
use salus_wire::command::{ClaimReadings, Command, GetApp, ListUnclaimed, Unlock};
use salus_wire::view::AppView;
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Child;

/// Every profile of the story has this passphrase.
pub const PASSPHRASE: &str = "a long walk by the sea";
/// Largest answer: an opened record of 500 rows is below 1 MiB.
const MAX_ANSWER: u64 = 16 << 20;
/// Longest command: an opening with two dead members.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running host.
#[derive(Debug)]
pub struct Host {
    child: Child,
    address: String,
    token: String,
    data_dir: PathBuf,
}

#[derive(Deserialize)]
struct First {
    url: String,
    token: String,
}

/// A program of this project, beside the running one.
///
/// # Errors
/// When it is not built.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let places = own.ancestors().skip(1).take(2).map(|dir| dir.join(name));
    places.into_iter().find(|p| p.is_file()).with_context(|| {
        format!("{name} is not beside {}; run `cargo build -p salus-tests --bins` first", own.display())
    })
}

impl Host {
    /// Says that the devices' users are the patient, once their first readings wait.
    pub(crate) async fn claim_all(&self) -> anyhow::Result<()> {
        let waiting = crate::network::eventually(PATIENCE, async || {
            self.ok(ListUnclaimed {}).await.ok().filter(|waiting| !waiting.is_empty())
        });
        for one in waiting.await.context("no reading waits for its person")? {
            self.ok(ClaimReadings { device: one.device, user: one.user, mine: true }).await?;
        }
        Ok(())
    }

    /// Starts a host called `name` under `dir`, on a chain with its clock.
    ///
    /// # Errors
    /// When it does not start; its log is `<name>.log` in `dir`.
    pub async fn start(
        name: &str,
        dir: &Path,
        genesis: &Path,
        clock: &Path,
        bus: Option<&str>,
    ) -> anyhow::Result<Self> {
        let mut more = vec!["--genesis".into(), genesis.into(), "--insecure-test-clock".into(), clock.into()];
        more.extend(bus.into_iter().flat_map(|bus| ["--bus".into(), bus.into()]));
        Self::start_with(name, dir, &more).await
    }

    /// Starts a host called `name` under `dir` that knows no members.
    ///
    /// # Errors
    /// As [`Host::start`].
    pub async fn alone(name: &str, dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(name, dir, &[]).await
    }

    /// Starts a host called `name` under `dir` with these arguments more than its directory.
    ///
    /// # Errors
    /// As [`Host::start`].
    pub async fn start_with(name: &str, dir: &Path, more: &[OsString]) -> anyhow::Result<Self> {
        let data_dir = dir.join(name);
        let log = File::create(dir.join(format!("{name}.log")))?;
        let mut command = tokio::process::Command::new(program("salus-host")?);
        command.arg("--data-dir").arg(&data_dir).arg("--auto-confirm").args(more);
        // The simulated cuff tells the time of UTC.
        command.env("TZ", "UTC").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut child = command.spawn()?;
        let out = child.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).await?;
        let First { url, token } = serde_json::from_str(&line)
            .with_context(|| format!("{name} did not start: {}", Self::log_of(dir, name)))?;
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Ok(Self { child, address, token, data_dir })
    }

    fn log_of(dir: &Path, name: &str) -> String {
        std::fs::read_to_string(dir.join(format!("{name}.log"))).unwrap_or_default()
    }

    /// The process; `None` once it has ended.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Where a browser finds its page, and the token of this start.
    #[must_use]
    pub fn door(&self) -> (String, &str) {
        (format!("http://{}/", self.address), &self.token)
    }

    /// The profile's directory.
    #[must_use]
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// Sends a command.
    ///
    /// # Errors
    /// When the host does not answer; a refusal is the inner error.
    pub async fn invoke<C: Command>(&self, command: C) -> anyhow::Result<Result<C::Answer, Failure>> {
        let body = serde_json::to_vec(&command)?;
        let sent = tokio::time::timeout(PATIENCE, self.post(C::NAME, &body)).await;
        let (ok, answer) = sent.map_err(|_| anyhow!("{} takes longer than {PATIENCE:?}", C::NAME))??;
        let text = |e| anyhow!("{}: {e}: {}", C::NAME, String::from_utf8_lossy(&answer));
        if ok {
            Ok(Ok(serde_json::from_slice(&answer).map_err(text)?))
        } else {
            Ok(Err(serde_json::from_slice(&answer).map_err(text)?))
        }
    }

    /// Sends a command that must succeed.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ok<C: Command>(&self, command: C) -> anyhow::Result<C::Answer> {
        self.invoke(command).await?.map_err(|f| anyhow!("{} was refused: {f}", C::NAME))
    }

    /// Sends a command that must be refused.
    ///
    /// # Errors
    /// When it is not.
    pub async fn refused<C: Command>(&self, command: C) -> anyhow::Result<Failure> {
        match self.invoke(command).await? {
            Ok(_) => bail!("{} was not refused", C::NAME),
            Err(failure) => Ok(failure),
        }
    }

    /// Opens the record again if it closed itself while time moved.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn wake(&self) -> anyhow::Result<AppView> {
        let view = self.ok(GetApp {}).await?;
        if view.locked { self.ok(Unlock { passphrase: PASSPHRASE.into() }).await } else { Ok(view) }
    }

    async fn post(&self, command: &str, body: &[u8]) -> anyhow::Result<(bool, Vec<u8>)> {
        let mut stream = TcpStream::connect(&self.address).await?;
        let head = format!(
            "POST /invoke/{command} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            self.token,
            body.len()
        );
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(body).await?;
        let mut answer = Vec::new();
        stream.take(MAX_ANSWER).read_to_end(&mut answer).await?;
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").context("not an HTTP answer")?;
        let ok = answer.starts_with(b"HTTP/1.1 200 ");
        Ok((ok, answer.split_off(end + 4)))
    }
}

//! A private dbus-daemon.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The name of the variable that tells a process where its system bus is.
pub const VARIABLE: &str = "DBUS_SYSTEM_BUS_ADDRESS";

/// The variable for the bus of the person's session.
pub const SESSION: &str = "DBUS_SESSION_BUS_ADDRESS";

const SOCKET: &str = "bus";
const CONFIG: &str = "bus.conf";

/// A running bus; it ends with this value, and with the process.
#[derive(Debug)]
pub struct Bus {
    address: String,
    _daemon: Child,
}

impl Bus {
    /// Starts a bus whose socket and configuration live in `dir` (a short path: sockets allow 107 octets).
    ///
    /// # Errors
    /// `dbus-daemon` is not installed or does not start.
    pub async fn start(dir: &Path) -> Result<Self> {
        let socket = dir.join(SOCKET);
        let config = dir.join(CONFIG);
        std::fs::write(&config, policy(&socket, true))?;
        // A parent that is killed cannot tidy up; the kernel ends the bus with it.
        let mut daemon = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "dbus-daemon", "--nofork", "--nopidfile", "--print-address=1"])
            .arg(format!("--config-file={}", config.display()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // It complains that an unprivileged process may not raise its limit of open files.
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("starting dbus-daemon (packages dbus and util-linux)")?;
        let out = daemon.stdout.take().context("no output")?;
        let mut address = String::new();
        BufReader::new(out).read_line(&mut address).await?;
        let address = address.trim().to_owned();
        if address.is_empty() {
            bail!("dbus-daemon ended at once: {}", daemon.wait().await?);
        }
        Ok(Self { address, _daemon: daemon })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// A bus's configuration. Without permission for `org.bluez` it answers as a system bus does whose policy has no
/// `<allow send_destination="org.bluez"/>` for the person: with `org.freedesktop.DBus.Error.AccessDenied`.
fn policy(socket: &Path, bluez: bool) -> String {
    let deny = if bluez { "" } else { r#"<deny send_destination="org.bluez"/>"# };
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    {deny}
  </policy>
</busconfig>
"#,
        socket.display()
    )
}

/// Gives everybody on the bus at `address` the permission to use `org.bluez`, or takes it; it holds once this returns.
///
/// # Errors
/// It is not a bus of [`Bus::start`], or does not answer.
pub async fn permit(address: &str, bluez: bool) -> Result<()> {
    let socket = address.strip_prefix("unix:path=").and_then(|rest| rest.split(',').next());
    let socket = Path::new(socket.context("not a bus of ours")?);
    std::fs::write(socket.with_file_name(CONFIG), policy(socket, bluez))?;
    let hand = zbus::connection::Builder::address(address)?.build().await?;
    let daemon = "org.freedesktop.DBus";
    hand.call_method(Some(daemon), "/org/freedesktop/DBus", Some(daemon), "ReloadConfig", &()).await?;
    Ok(())
}

/// Set in the inner process of a test.
const INNER: &str = "SALUS_TEST_ON_BUS";

/// Runs one test in a process of its own whose system and session bus is a private one: the test binary calls itself again with
/// the variable set, because a process must not change its own environment once it has threads. `name` is the test's
/// full path inside the binary.
///
/// # Errors
/// The bus does not start, or the inner test fails; its output is in the error.
pub fn on_private_bus(name: &str, inner: impl AsyncFnOnce(String) -> Result<()>) -> Result<()> {
    runtime()?.block_on(async {
        if std::env::var_os(INNER).is_some() {
            return inner(std::env::var(VARIABLE)?).await;
        }
        let dir = tempfile::tempdir()?;
        let bus = Bus::start(dir.path()).await?;
        again(name, bus.address()).await
    })
}

/// As [`on_private_bus`], on the bus of a `salus-sim-bluez` that runs as `simulation`.
///
/// # Errors
/// The simulation does not start, or the inner test fails.
pub fn on_simulated_bus(
    name: &str,
    simulation: &mut Command,
    inner: impl AsyncFnOnce(String) -> Result<()>,
) -> Result<()> {
    runtime()?.block_on(async {
        if std::env::var_os(INNER).is_some() {
            return inner(std::env::var(VARIABLE)?).await;
        }
        let mut simulation = simulation.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
        let mut lines = BufReader::new(simulation.stdout.take().context("no output")?).lines();
        let address = lines.next_line().await?.context("no address")?;
        // Read on, or the simulation stands still when the pipe is full.
        let drain = async {
            while let Ok(Some(_)) = lines.next_line().await {}
            std::future::pending::<Result<()>>().await
        };
        tokio::select! { done = again(name, &address) => done, never = drain => never }
    })
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()
}

async fn again(name: &str, address: &str) -> Result<()> {
    let output = Command::new(std::env::current_exe()?)
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(INNER, "1")
        .env(VARIABLE, address)
        // Nothing of a test goes to the person's own bus.
        .env(SESSION, address)
        .kill_on_drop(true)
        .output()
        .await?;
    let text = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() || !text.contains("1 passed") {
        bail!("{name}: {}\n{text}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

//! A network of members as real processes on loopback.
//!
//! ```no_run
//! # async fn story() -> anyhow::Result<()> {
//! # let dir = tempfile::tempdir()?;
//! let mut network = salus_tests::network::Network::start(4, dir.path()).await?;
//! network.kill(2)?;                       // SIGKILL, as a power cut does
//! network.reach(network.status(0).await?.height + 3).await?;
//! network.restart(2)?;
//! network.set_clock_offset(3_600_000)?;   // every member is an hour later
//! network.stop().await?;
//! # Ok(()) }
//! ```
//!
//! The `salus-node` binary is the one that cargo built beside the running test or program. Members are counted from 0
//! here; a keeper index is one more.

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use salus_chain::genesis::Genesis;

mod ask;
mod operate;
mod run;

pub use ask::{Status, eventually};

/// Longest wait for anything that members do together; debug builds on two busy cores are slow.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Lines of a member's log that a failing test prints.
const LOG_END: usize = 40;

/// How a network is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Longest time without a block.
    pub heartbeat_ms: u64,
    /// Proof of work asked of patients' transactions; low, because tests pay it too.
    pub pow_bits: u8,
    /// The members' names; "Member 1" and so on for those that are missing.
    pub names: Vec<String>,
    /// As what each member has people on duty.
    pub roles: Vec<String>,
    /// When the chain begins, Unix milliseconds; now, unless given.
    pub begins: Option<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self { heartbeat_ms: 1_000, pow_bits: 4, names: Vec::new(), roles: Vec::new(), begins: None }
    }
}

/// One member's process.
struct Member {
    home: PathBuf,
    http: String,
    /// Its own clock file; without one it runs on the network's.
    clock: Option<PathBuf>,
    child: Option<Child>,
}

/// A running network; every process ends when this is dropped.
pub struct Network {
    binary: PathBuf,
    dir: PathBuf,
    members: Vec<Member>,
}

/// Where cargo put `salus-node`.
///
/// # Errors
/// If it is not built.
pub fn node_binary() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    // A test is in <target>/debug/deps, a program in <target>/debug.
    let candidates = own.ancestors().skip(1).take(2).map(|dir| dir.join("salus-node"));
    candidates.into_iter().find(|path| path.is_file()).with_context(|| {
        format!("salus-node is not beside {}; run `cargo build -p salus-node` first", own.display())
    })
}

/// Free loopback ports, two for QUIC and one for HTTP. All are held until all are known, so that they differ.
///
/// They lie below those that the system gives to whoever dials (32768 and above on Linux): while a member is down, somebody
/// else's connection would otherwise sit on its port, and it could not come back.
fn ports(n: usize) -> anyhow::Result<Vec<(u16, u16, u16)>> {
    // Networks of several processes begin apart; a port that is taken is passed over.
    let first = 10_240 + u16::try_from(std::process::id() % 200).unwrap_or(0) * 100;
    let mut next = first..32_768;
    let mut held = Vec::new();
    while held.len() < 3 * n {
        let port = next.next().context("no free port below those of the system")?;
        let is_tcp = held.len() % 3 == 2;
        let bound = if is_tcp {
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(|tcp| (port, None, Some(tcp)))
        } else {
            UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).map(|udp| (port, Some(udp), None))
        };
        held.extend(bound.ok());
    }
    Ok(held.chunks(3).map(|of| (of[0].0, of[1].0, of[2].0)).collect())
}

fn set_offset(path: &Path, offset_ms: i64) -> anyhow::Result<()> {
    let part = path.with_extension("part");
    std::fs::write(&part, offset_ms.to_string())?;
    std::fs::rename(part, path)?;
    Ok(())
}

fn succeeded(what: &str, output: &Output) -> anyhow::Result<String> {
    ensure!(output.status.success(), "{what}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8(output.stdout.clone())?)
}

impl Network {
    /// Makes and starts `n` members under `dir`, and waits for their first common block.
    ///
    /// # Errors
    /// If a member does not start, with the end of its log.
    pub async fn start(n: usize, dir: &Path) -> anyhow::Result<Self> {
        Self::start_with(n, dir, &Options::default()).await
    }

    /// As [`Self::start`], with other options.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_with(n: usize, dir: &Path, options: &Options) -> anyhow::Result<Self> {
        let mut network = Self::make(n, dir, options)?;
        for member in 0..n {
            network.restart(member)?;
        }
        network.reach(1).await?;
        Ok(network)
    }

    /// Makes the members' homes and the genesis, and starts none of them.
    ///
    /// # Errors
    /// If the binary is not built or refuses.
    pub fn make(n: usize, dir: &Path, options: &Options) -> anyhow::Result<Self> {
        let binary = node_binary()?;
        let mut network = Self { binary, dir: dir.to_owned(), members: Vec::new() };
        network.set_clock_offset(0)?;
        for (index, (consensus, public, http)) in ports(n)?.into_iter().enumerate() {
            let home = dir.join(format!("member-{}", index + 1));
            let name = options.names.get(index).cloned().unwrap_or_else(|| format!("Member {}", index + 1));
            let http = format!("127.0.0.1:{http}");
            let made = Command::new(&network.binary)
                .arg("init")
                .arg("--home")
                .arg(&home)
                .args(["--name", &name, "--http", &http])
                .args(["--consensus-addr", &format!("/ip4/127.0.0.1/udp/{consensus}/quic-v1")])
                .args(["--public-addr", &format!("/ip4/127.0.0.1/udp/{public}/quic-v1")])
                .args(["--heartbeat", &options.heartbeat_ms.to_string()])
                .args(options.roles.iter().flat_map(|role| ["--duty-role", role.as_str()]))
                .output()?;
            succeeded("init", &made)?;
            network.members.push(Member { home, http, clock: None, child: None });
        }
        let mut genesis = Command::new(&network.binary);
        genesis.arg("genesis").arg("--member");
        genesis.args(network.members.iter().map(|member| member.home.join("member.json")));
        genesis.arg("--out").arg(network.genesis_path());
        genesis.args(["--pow-bits", &options.pow_bits.to_string()]);
        genesis.args(options.begins.iter().flat_map(|at| ["--time".to_owned(), at.to_string()]));
        succeeded("genesis", &genesis.output()?)?;
        for member in &network.members {
            std::fs::copy(network.genesis_path(), member.home.join("genesis.json"))?;
        }
        Ok(network)
    }

    /// How many members there are, running or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The network's genesis file: what an app needs to join.
    #[must_use]
    pub fn genesis_path(&self) -> PathBuf {
        self.dir.join("genesis.json")
    }

    /// The network's genesis.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn genesis(&self) -> anyhow::Result<Genesis> {
        Ok(Genesis::from_json(&std::fs::read_to_string(self.genesis_path())?)?)
    }

    /// The clock file that every member runs on; give it to apps too.
    #[must_use]
    pub fn clock_path(&self) -> PathBuf {
        self.dir.join("clock-offset")
    }

    /// Puts every clock that reads [`Self::clock_path`] `offset_ms` ahead of the machine's.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn set_clock_offset(&self, offset_ms: i64) -> anyhow::Result<()> {
        std::fs::create_dir_all(&self.dir)?;
        set_offset(&self.clock_path(), offset_ms)
    }

    /// Puts one member's clock `offset_ms` ahead of the machine's; a member that ran on the network's clock takes its own
    /// when it is started again.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn set_member_clock(&mut self, member: usize, offset_ms: i64) -> anyhow::Result<()> {
        let path = self.dir.join(format!("clock-offset-{}", member + 1));
        set_offset(&path, offset_ms)?;
        self.members[member].clock = Some(path);
        Ok(())
    }

    fn clock_of(&self, member: usize) -> PathBuf {
        self.members[member].clock.clone().unwrap_or_else(|| self.clock_path())
    }

    /// A member's home directory.
    #[must_use]
    pub fn home(&self, member: usize) -> &Path {
        &self.members[member].home
    }

    /// What a member has logged.
    #[must_use]
    pub fn log(&self, member: usize) -> String {
        std::fs::read_to_string(self.log_path(member)).unwrap_or_default()
    }

    fn log_end(&self, member: usize) -> String {
        let log = self.log(member);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LOG_END)..].join("\n")
    }

    fn log_path(&self, member: usize) -> PathBuf {
        self.dir.join(format!("member-{}.log", member + 1))
    }

    /// What a member says about itself.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn status(&self, member: usize) -> anyhow::Result<Status> {
        ask::status(&self.members[member].http).await
    }

    /// All of what a member's `/status` says.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn status_text(&self, member: usize) -> anyhow::Result<String> {
        ask::get(&self.members[member].http, "/status").await
    }

    /// The address of a member's status server.
    #[must_use]
    pub fn http(&self, member: usize) -> &str {
        &self.members[member].http
    }

    /// The command `salus-node status` for a member.
    #[must_use]
    pub fn status_command(&self, member: usize) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(["status", "--home"]).arg(self.home(member)).stdin(Stdio::null());
        command
    }

    /// Waits until every running member has a block of `height` or later.
    ///
    /// # Errors
    /// If it takes too long, with every member's log.
    pub async fn reach(&mut self, height: u64) -> anyhow::Result<()> {
        for member in 0..self.len() {
            if !self.runs(member)? && self.members[member].child.is_none() {
                continue;
            }
            let there = async || self.status(member).await.ok().filter(|status| status.height >= height);
            if eventually(PATIENCE, there).await.is_none() {
                let logs: String = (0..self.len()).map(|member| self.log(member)).collect();
                bail!("member {member} did not reach height {height}\n{logs}");
            }
        }
        Ok(())
    }
}

impl Drop for Network {
    #[expect(clippy::print_stderr, reason = "what a failing test says is read there")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The homes go with the failing test; what the members said is all that is left to read.
            for member in 0..self.len() {
                eprintln!("member {member}, the end of its log:\n{}", self.log_end(member));
            }
        }
        for member in &mut self.members {
            if let Some(child) = &mut member.child {
                // Nothing can be done about a process that cannot be ended, and a test may be failing already.
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}

//! The simulated bus as a process, and everything it says that it sent.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, ensure};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};

use super::app::program;

/// One packet that the simulation delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// `strap` or `cuff`.
    pub from: &'static str,
    /// The characteristic's value.
    pub bytes: Vec<u8>,
}

/// The running simulation.
#[derive(Debug)]
pub struct Sim {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    address: String,
}

impl Sim {
    /// Starts a strap and a cuff that have to be paired; nothing is sent until it is told to.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(clock: &Path) -> anyhow::Result<Self> {
        Self::run(clock, &["--protected"]).await
    }

    /// Starts the six wearables of [`day`](crate::bluez::day), which send to whoever connects.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_day(clock: &Path) -> anyhow::Result<Self> {
        Self::run(clock, &["--day"]).await
    }

    async fn run(clock: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut command = tokio::process::Command::new(program("salus-sim-bluez")?);
        command.args(arguments).arg("--insecure-test-clock").arg(clock);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
        let mut child = command.spawn()?;
        let input = child.stdin.take().context("no standard input")?;
        let mut output = BufReader::new(child.stdout.take().context("no standard output")?).lines();
        let address = output.next_line().await?.context("the simulation says no address")?;
        Ok(Self { _child: child, input, output, address })
    }

    /// The bus.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    async fn tell(&mut self, line: &str) -> anyhow::Result<Value> {
        self.input.write_all(format!("{line}\n").as_bytes()).await?;
        loop {
            let answer = self.output.next_line().await?.context("the simulation ended")?;
            let answer: Value = serde_json::from_str(&answer)?;
            // The script's own end is no answer.
            if answer.get("done").is_none() {
                return Ok(answer);
            }
        }
    }

    /// Sends one packet; false when nobody is subscribed.
    ///
    /// # Errors
    /// When the simulation is gone.
    pub async fn send(&mut self, from: &str, characteristic: u16, bytes: &[u8]) -> anyhow::Result<bool> {
        let line = format!("send {from} {characteristic:04x} {}", hex::encode(bytes));
        let answer = self.tell(&line).await?;
        ensure!(answer.get("error").is_none(), "{answer}");
        Ok(answer["delivered"] == true)
    }

    /// A peripheral leaves, and is back when somebody looks for it.
    ///
    /// # Errors
    /// When the simulation is gone.
    pub async fn drop_link(&mut self, of: &str) -> anyhow::Result<()> {
        let answer = self.tell(&format!("drop {of}")).await?;
        ensure!(answer.get("error").is_none(), "{answer}");
        Ok(())
    }

    /// The six digits that a peripheral shows; `None` unless it is being paired.
    ///
    /// # Errors
    /// When the simulation is gone.
    pub async fn digits(&mut self, of: &str) -> anyhow::Result<Option<String>> {
        let answer = self.tell(&format!("digits {of}")).await?;
        ensure!(answer.get("error").is_none(), "{answer}");
        Ok(answer["digits"].as_str().map(str::to_owned))
    }

    /// Whether the computer has a bond with a peripheral and trusts it, as BlueZ says.
    ///
    /// # Errors
    /// When the simulation is gone.
    pub async fn is_bonded(&mut self, with: &str) -> anyhow::Result<bool> {
        let answer = self.tell(&format!("bond {with}")).await?;
        ensure!(answer.get("error").is_none(), "{answer}");
        Ok(answer["bonded"] == true && answer["trusted"] == true)
    }

    /// How many packets it delivered: strap, cuff.
    ///
    /// # Errors
    /// When the simulation is gone.
    pub async fn counts(&mut self) -> anyhow::Result<(u64, u64)> {
        let answer = self.tell("sent").await?;
        let of = |who: &str| answer[who].as_u64().with_context(|| format!("{answer}"));
        Ok((of("strap")?, of("cuff")?))
    }
}

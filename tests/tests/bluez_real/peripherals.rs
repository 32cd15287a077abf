//! The two peripherals, in a process of their own: a line each way for every command and event.

use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use salus_tests::bluez::bus::VARIABLE;
use salus_tests::bluez::driver::DEADLINE;
use serde_json::Value;
use tokio::io::AsyncBufReadExt;
use tokio::io::{AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// What the cuff shows.
pub(crate) const PASSKEY: u32 = 271_828;

const SCRIPT: &str = "bluez/peripherals.py";

/// Where the machine's virtual controllers are, and what plays them.
pub(crate) struct Radio {
    address: String,
    python: String,
}

impl Radio {
    /// As `cargo xtask test --bluez` sets them.
    pub(crate) fn given() -> Result<Self> {
        let given =
            |name| std::env::var(name).with_context(|| format!("{name}: run `cargo xtask test --bluez`"));
        // btleplug and zbus read the second by themselves; this person's own bus must not be what is tested.
        ensure!(given("SALUS_BLUEZ_BUS")? == given(VARIABLE)?, "the system bus is not the machine's");
        Ok(Self { address: given("SALUS_BLUEZ_RADIO")?, python: given("SALUS_BLUEZ_PYTHON")? })
    }
}

/// Both peripherals, advertising as `Virtual Strap UNIT` and `Virtual Cuff UNIT`.
pub(crate) struct Peripherals {
    process: Child,
    commands: ChildStdin,
    events: Lines<BufReader<ChildStdout>>,
}

impl Peripherals {
    /// Starts them. Journeys share one machine: `unit` keeps their addresses apart.
    pub(crate) async fn start(radio: &Radio, unit: u8) -> Result<Self> {
        let mut process = Command::new(&radio.python)
            .args([SCRIPT, &radio.address, &unit.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let commands = process.stdin.take().context("no input")?;
        let events = BufReader::new(process.stdout.take().context("no output")?).lines();
        let mut peripherals = Self { process, commands, events };
        peripherals.find(|e| e["event"] == "ready").await?;
        Ok(peripherals)
    }

    /// Sends one command.
    pub(crate) async fn command(&mut self, line: &str) -> Result<()> {
        self.commands.write_all(format!("{line}\n").as_bytes()).await?;
        Ok(self.commands.flush().await?)
    }

    /// The next event of this name and peripheral; others before it are passed over.
    pub(crate) async fn until(&mut self, event: &str, who: &str) -> Result<Value> {
        let found = self.find(|e| e["event"] == event && e["who"] == who).await;
        found.with_context(|| format!("waiting for {event} of the {who}"))
    }

    /// Ends them in good order: a controller that is cut off would leave its link in the machine.
    pub(crate) async fn end(mut self) -> Result<()> {
        drop(self.commands);
        let status = tokio::time::timeout(DEADLINE, self.process.wait()).await??;
        ensure!(status.success(), "the peripherals ended with {status}");
        Ok(())
    }

    async fn find(&mut self, fits: impl Fn(&Value) -> bool) -> Result<Value> {
        loop {
            let line = tokio::time::timeout(DEADLINE, self.events.next_line()).await?;
            let Some(line) = line? else { bail!("the peripherals ended: {}", self.process.wait().await?) };
            println!("{line}");
            let event: Value = serde_json::from_str(&line)?;
            if fits(&event) {
                return Ok(event);
            }
        }
    }
}

//! A simulated BlueZ in a process of its own: one strap and one cuff on a private system bus; with `--day` all six
//! wearables of a day in the life.
//!
//! The first line on standard output is the bus address for `DBUS_SYSTEM_BUS_ADDRESS`. Then one JSON line for every
//! packet sent: `{"peripheral":"strap","characteristic":"2a37","bytes":"...","delivered":true,"sent":12}`, and `{"done":true}` when the
//! script is through.
//!
//! Standard input takes one command a line, answered by one JSON line:
//!
//! ```text
//! send NAME CHARACTERISTIC HEX          {"peripheral":..., "delivered":true, ...}; false when nobody is subscribed
//! drop NAME                             the peripheral leaves
//! sent                                  {"strap":300,"cuff":2,"strap_connected":true,"cuff_connected":true}
//! digits NAME                           {"digits":"042517"} while it is being paired and shows them, else {"digits":null}
//! bond NAME                             {"bonded":true,"trusted":true}, as the computer has it
//! quit
//! ```
//!
//! Names are `strap` and `cuff`; of a day also `oximeter`, `scale`, `thermometer` and `meter`.
//!
//! With `--protected` strap and cuff send only over an encrypted link, and each shows six digits of its own to be paired by.

mod command;

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use salus_tests::bluez::day;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{PairMethod, Peripheral, SimulatedBluez, peripheral::Clock};
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use command::{command, send};

#[derive(Parser)]
#[command(about = "A simulated BlueZ: one strap and one cuff on a private bus")]
struct Arguments {
    /// Heart-rate packets to send once the strap is subscribed.
    #[arg(long, default_value_t = 0)]
    heart_rate: u64,
    /// Blood pressures to send once the cuff is subscribed.
    #[arg(long, default_value_t = 0)]
    blood_pressure: u64,
    /// Time between two packets of one peripheral.
    #[arg(long, default_value_t = 1000)]
    interval_ms: u64,
    /// Never stop sending; the counts only say which peripherals send.
    #[arg(long)]
    forever: bool,
    /// All wearables of a day in the life, their memories filled.
    #[arg(long)]
    day: bool,
    /// Strap and cuff have to be paired, by the digits that they show, before they send.
    #[arg(long, conflicts_with = "day")]
    protected: bool,
    /// Seed of the values.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A file with a signed number of milliseconds that is added to this computer's clock.
    #[arg(long)]
    insecure_test_clock: Option<PathBuf>,
}

const STRAP: usize = 0;
const CUFF: usize = 1;
/// What strap and cuff show while they are paired.
const DIGITS: [u32; 2] = [42_517, 815_203];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let dir = tempfile::tempdir()?;
    let now = clock(arguments.insecure_test_clock.clone());
    let mut wave = Wave::new(arguments.seed);
    let peripherals = if arguments.day {
        day::wearables(&now, &mut wave)
    } else {
        let strap = Peripheral::heart_rate_strap(1);
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::clone(&now));
        if arguments.protected { protected(strap, cuff) } else { vec![strap, cuff] }
    };
    let bluez = SimulatedBluez::start(dir.path(), peripherals).await?;
    say(bluez.address())?;

    let mut left = [(STRAP, 0x2A37, arguments.heart_rate), (CUFF, 0x2A35, arguments.blood_pressure)];
    let mut done = left.iter().all(|(.., n)| *n == 0);
    let mut tick = tokio::time::interval(Duration::from_millis(arguments.interval_ms.max(1)));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut commands = lines();
    let mut terminated = signal(SignalKind::terminate())?;
    loop {
        tokio::select! {
            _ = tick.tick(), if !done => {
                for (peripheral, characteristic, left) in &mut left {
                    if *left == 0 || !bluez.is_subscribed(*peripheral, *characteristic) {
                        continue;
                    }
                    let bytes =
                        if *peripheral == STRAP { wave.heart_rate() } else { wave.blood_pressure(now()) };
                    let line = send(&bluez, *peripheral, *characteristic, &bytes).await?;
                    if line["delivered"] == true {
                        *left -= u64::from(!arguments.forever);
                        say(&line)?;
                    }
                }
                if left.iter().all(|(.., n)| *n == 0) {
                    done = true;
                    say(json!({"done": true}))?;
                }
            }
            Some(line) = commands.recv() => {
                if line.trim() == "quit" {
                    break;
                }
                let answer = command(&bluez, &line).await.unwrap_or_else(|e| json!({"error": e.to_string()}));
                say(&answer)?;
            }
            _ = terminated.recv() => break,
            _ = tokio::signal::ctrl_c() => break,
        }
    }
    Ok(())
}

fn protected(strap: Peripheral, cuff: Peripheral) -> Vec<Peripheral> {
    let [of_strap, of_cuff] = DIGITS.map(PairMethod::Shows);
    vec![strap.protecting(0x2A37).pairing_by(of_strap), cuff.protecting(0x2A35).pairing_by(of_cuff)]
}

/// Standard input line by line; a thread of its own, because a read of it cannot be cancelled.
fn lines() -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel(16);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.blocking_send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn say(line: impl std::fmt::Display) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn clock(offset: Option<PathBuf>) -> Clock {
    Arc::new(move || {
        #[expect(
            clippy::disallowed_methods,
            reason = "this process is where the peripheral's clock comes from"
        )]
        let system = std::time::SystemTime::now();
        let unix = system.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_millis();
        let offset = offset.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let offset = offset.and_then(|text| text.trim().parse::<i64>().ok()).unwrap_or(0);
        i64::try_from(unix).unwrap_or(i64::MAX).saturating_add(offset)
    })
}

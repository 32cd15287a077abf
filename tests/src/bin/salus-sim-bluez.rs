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
//! quit
//! ```
//!
//! Names are `strap` and `cuff`; of a day also `oximeter`, `scale`, `thermometer` and `meter`.

use std::io::{BufRead as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Parser;
use salus_tests::bluez::day;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez, peripheral::Clock};
use serde_json::{Value, json};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

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
    /// Seed of the values.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A file with a signed number of milliseconds that is added to this computer's clock.
    #[arg(long)]
    insecure_test_clock: Option<PathBuf>,
}

const STRAP: usize = 0;
const CUFF: usize = 1;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let dir = tempfile::tempdir()?;
    let now = clock(arguments.insecure_test_clock.clone());
    let mut wave = Wave::new(arguments.seed);
    let peripherals = if arguments.day {
        day::wearables(&now, &mut wave)
    } else {
        vec![Peripheral::heart_rate_strap(1), Peripheral::blood_pressure_cuff(1, Arc::clone(&now))]
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

async fn command(bluez: &SimulatedBluez, line: &str) -> Result<Value> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words.as_slice() {
        ["send", who, characteristic, bytes] => {
            let characteristic = u16::from_str_radix(characteristic, 16).context("characteristic")?;
            send(bluez, which(who)?, characteristic, &hex::decode(bytes)?).await
        }
        ["drop", who] => {
            let which = which(who)?;
            if which >= bluez.len() {
                bail!("{who} takes no part");
            }
            bluez.drop_link(which).await?;
            Ok(json!({"dropped": who}))
        }
        ["sent"] => Ok(json!({
            "strap": bluez.sent(STRAP), "cuff": bluez.sent(CUFF),
            "strap_connected": bluez.is_connected(STRAP), "cuff_connected": bluez.is_connected(CUFF),
        })),
        _ => bail!("unknown command"),
    }
}

fn which(name: &str) -> Result<usize> {
    day::NAMES.iter().position(|n| *n == name).with_context(|| format!("one of {:?}", day::NAMES))
}

async fn send(bluez: &SimulatedBluez, peripheral: usize, characteristic: u16, bytes: &[u8]) -> Result<Value> {
    if peripheral >= bluez.len() {
        bail!("{} takes no part", day::NAMES[peripheral]);
    }
    let delivered = bluez.send(peripheral, characteristic, bytes).await?;
    Ok(json!({
        "peripheral": day::NAMES[peripheral],
        "characteristic": format!("{characteristic:04x}"),
        "bytes": hex::encode(bytes),
        "delivered": delivered,
        "sent": bluez.sent(peripheral),
    }))
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

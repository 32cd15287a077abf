//! What the device journeys share: a session driven by a test's own clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use futures::StreamExt;
use salus_devices::{Central, History, Moment, Options, PeripheralKey, Session, SessionEvent};
use salus_wire::Reading;

use super::{Peripheral, SimulatedBluez};

/// 2026-05-21T08:30:45Z.
pub const NOW: i64 = 1_779_352_245_000;

/// How long any one thing may take before a journey fails instead of hanging.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// Strap 0 and cuff 1 on a bus that runs.
///
/// # Errors
/// As [`SimulatedBluez::attach`].
pub async fn strap_and_cuff(bus: &str) -> Result<SimulatedBluez> {
    let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| NOW));
    SimulatedBluez::attach(bus, vec![Peripheral::heart_rate_strap(1), cuff]).await
}

/// A session and its clock.
#[derive(Debug)]
pub struct Driver {
    /// The session.
    pub session: Session,
    clock: Arc<AtomicI64>,
}

impl Driver {
    /// Finds the peripheral by scanning and begins a session.
    ///
    /// # Errors
    /// No adapter, or not found.
    pub async fn start(bluez: &SimulatedBluez, peripheral: usize, seen: Vec<Reading>) -> Result<Self> {
        Self::named(&bluez.peripheral(peripheral).name, seen).await
    }

    /// As [`Driver::start`], with every choice.
    ///
    /// # Errors
    /// As [`Driver::start`].
    pub async fn with(bluez: &SimulatedBluez, peripheral: usize, options: Options) -> Result<Self> {
        let central = Central::open().await?;
        let key = find(&central, &bluez.peripheral(peripheral).name).await?;
        Ok(Self::of(central.session(&key, options).await?))
    }

    /// As [`Driver::start`], for a simulation elsewhere.
    ///
    /// # Errors
    /// As [`Driver::start`].
    pub async fn named(name: &str, seen: Vec<Reading>) -> Result<Self> {
        let central = Central::open().await?;
        let key = find(&central, name).await?;
        Ok(Self::of(central.session(&key, Options { seen, ..Options::default() }).await?))
    }

    /// Drives a session.
    #[must_use]
    pub fn of(session: Session) -> Self {
        Self { session, clock: Arc::new(AtomicI64::new(NOW)) }
    }

    /// The next event.
    ///
    /// # Panics
    /// When none comes within [`DEADLINE`].
    pub async fn event(&mut self) -> SessionEvent {
        let clock = Arc::clone(&self.clock);
        let clock = move || Moment { at: clock.load(Ordering::SeqCst), utc_offset_minutes: 0 };
        tokio::time::timeout(DEADLINE, self.session.next(&clock)).await.expect("an event in time")
    }

    /// The next event that a packet causes.
    pub async fn packet(&mut self) -> SessionEvent {
        self.until(|e| matches!(e, SessionEvent::Reading(_) | SessionEvent::Quarantined(_))).await
    }

    /// Events up to one that fits.
    pub async fn until(&mut self, fits: impl Fn(&SessionEvent) -> bool) -> SessionEvent {
        loop {
            let event = self.event().await;
            if fits(&event) {
                return event;
            }
        }
    }

    /// Up to the description, after which packets are taken.
    pub async fn packet_ready(&mut self) {
        self.until(|e| matches!(e, SessionEvent::Described(_))).await;
    }

    /// The next reading.
    ///
    /// # Panics
    /// When a packet is set aside instead.
    pub async fn reading(&mut self) -> Reading {
        match self.packet().await {
            SessionEvent::Reading(reading) => *reading,
            other => panic!("{other:?}"),
        }
    }

    /// Events up to the end of a fetch: its readings, how many packets were set aside, and what is to be remembered.
    pub async fn history(&mut self) -> (Vec<Reading>, u32, History) {
        let (mut readings, mut refused) = (Vec::new(), 0);
        loop {
            match self.event().await {
                SessionEvent::Reading(reading) => readings.push(*reading),
                SessionEvent::Quarantined(_) => refused += 1,
                SessionEvent::History { history, .. } => return (readings, refused, history),
                _ => {}
            }
        }
    }

    /// Moves the clock.
    pub fn advance(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::SeqCst);
    }
}

/// A session whose link is up.
///
/// # Errors
/// As [`Driver::start`].
pub async fn connected(bluez: &SimulatedBluez, peripheral: usize) -> Result<Driver> {
    let mut driver = Driver::start(bluez, peripheral, Vec::new()).await?;
    driver.packet_ready().await;
    Ok(driver)
}

/// Scans for a name.
///
/// # Errors
/// The adapter cannot scan, or nothing of that name is in range within [`DEADLINE`].
pub async fn find(central: &Central, name: &str) -> Result<PeripheralKey> {
    let mut scan = central.scan().await?;
    let key = tokio::time::timeout(DEADLINE, async {
        while let Some(found) = scan.next().await {
            if found.name == name {
                return Some(found.key);
            }
        }
        None
    });
    let key = key.await?.context("not found")?;
    scan.close().await;
    Ok(key)
}

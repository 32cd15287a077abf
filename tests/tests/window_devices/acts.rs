//! The stage, the room, and how a state is looked at.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::{Bus, Household, OwnClock, SimulatedBluez};
use salus_tests::network::eventually;
use salus_tests::stage::{Dress, PICTURES, Stage};
use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::room::{NAMES, advertise, peripherals};

/// Seconds of silence after which Bluetooth is restarted here.
const SILENCE: &str = "2";

/// How long whatever the devices do may take.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// One line a device.
const LINES: &str = "main .entries > li";

pub(crate) struct Acts {
    pub(crate) stage: Stage,
    pub(crate) bluez: Arc<SimulatedBluez>,
    pub(crate) clock: Arc<OwnClock>,
    pub(crate) household: Arc<Household>,
    heard: Mutex<Option<JoinHandle<()>>>,
    _bus: Bus,
    _dir: TempDir,
}

impl Acts {
    /// A patient's window on the screen about devices, on a computer without an adapter.
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let bus = Bus::start(dir.path()).await?;
        let (all, clock, household) = peripherals();
        let bluez = Arc::new(SimulatedBluez::attach(bus.address(), all).await?);
        bluez.set_plugged(false).await?;
        let stage = Stage::set_with(Some(bus.address()), &["--bluetooth-silence", SILENCE]).await?;
        stage.see("input[name=theme]").await?;
        let profile =
            json!({ "name": "Maria Keller", "role": "patient", "passphrase": "lantern otter velvet ninth" });
        stage.ask("create_profile", profile).await?;
        stage.dress(Dress::PLAIN).await?;
        let heard = Mutex::new(Some(advertise(&bluez)));
        let acts = Self { stage, bluez, clock, household, heard, _bus: bus, _dir: dir };
        acts.go("devices").await?;
        Ok(acts)
    }

    pub(crate) async fn end(self) -> Result<()> {
        self.hush();
        self.stage.strike().await
    }

    /// Nothing in range is heard any more.
    pub(crate) fn hush(&self) {
        let heard = self.heard.lock().ok().and_then(|mut heard| heard.take());
        heard.into_iter().for_each(|heard| heard.abort());
    }

    /// To a screen, by the words at the side.
    pub(crate) async fn go(&self, screen: &str) -> Result<()> {
        let link = format!("[data-nav={screen}] a");
        self.stage.see(&link).await?;
        self.stage.window.find(thirtyfour::By::Css(&link)).await?.click().await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Adds a device that was found.
    pub(crate) async fn add(&self, device: usize) -> Result<()> {
        self.stage.click(&format!("Add {}", NAMES[device])).await
    }

    /// A device sends this, once somebody listens to it.
    pub(crate) async fn send(&self, device: usize, characteristic: u16, bytes: &[u8]) -> Result<()> {
        let sent = eventually(PATIENCE, async || {
            self.bluez.send(device, characteristic, bytes).await.ok().filter(|sent| *sent)
        });
        sent.await.with_context(|| format!("{} is not listened to", NAMES[device])).map(drop)
    }

    /// Waits until a device's line says so.
    pub(crate) async fn says(&self, device: usize, words: &str) -> Result<()> {
        self.stage.reads_under(LINES, NAMES[device], words).await
    }

    /// A device's line is brought into view.
    pub(crate) async fn show(&self, device: usize) -> Result<()> {
        self.stage.turn_to(LINES, NAMES[device]).await
    }

    /// Nothing here is to be ashamed of; one picture of it.
    pub(crate) async fn look(&self, name: &str) -> Result<()> {
        self.stage.is_fit_to_be_seen().await.with_context(|| name.to_owned())?;
        self.stage.photograph(&format!("devices-{name}.png")).await
    }

    /// The same, and when pictures are wanted one in each dress; `there` finds what has to be on the screen again.
    pub(crate) async fn look_closely(&self, name: &str, there: &str) -> Result<()> {
        self.look_in_each_dress(name, there, "").await
    }

    /// The same at a device's line: it begins with the device's name in every dress.
    pub(crate) async fn look_at_line(&self, name: &str, device: usize) -> Result<()> {
        self.show(device).await?;
        self.look_in_each_dress(name, LINES, NAMES[device]).await
    }

    async fn look_in_each_dress(&self, name: &str, there: &str, title: &str) -> Result<()> {
        self.look(name).await?;
        if std::env::var_os(PICTURES).is_none() {
            return Ok(());
        }
        for dress in Dress::OTHERS {
            self.stage.dress(dress).await?;
            self.is_there(there, title).await.with_context(|| format!("{name} {}", dress.name))?;
            self.stage.turn_to(there, title).await?;
            self.stage.photograph(&format!("devices-{name}-{}.png", dress.name)).await?;
        }
        self.stage.dress(Dress::PLAIN).await?;
        self.is_there(there, title).await
    }

    async fn is_there(&self, there: &str, title: &str) -> Result<()> {
        self.stage.see(there).await?;
        self.stage.reads_under(there, title, "").await
    }
}

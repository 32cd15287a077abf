//! The screen about devices in a patient's window, and the simulated devices in range of it: what a person does there, what the
//! devices do, and how a state is looked at.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::By;
use tokio::task::JoinHandle;

use super::{Dress, PICTURES, Stage};
use crate::bluez::SimulatedBluez;
use crate::network::eventually;

/// How long whatever the devices do may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often a device in range is heard.
const HEARD: Duration = Duration::from_millis(200);

/// One line a device.
const LINES: &str = "main .entries > li";

/// A patient's window and the devices around it, which are named by their places in the simulation's list.
#[derive(Debug)]
pub struct Room {
    /// The window.
    pub stage: Stage,
    /// The devices.
    pub bluez: Arc<SimulatedBluez>,
    pictures: &'static str,
    heard: Mutex<Option<JoinHandle<()>>>,
    _dir: TempDir,
}

impl Room {
    /// A new patient's window on the screen about devices; the first device is heard again and again. `dir` holds the bus,
    /// `pictures` begins the names of the pictures, `more` are arguments for the app.
    ///
    /// # Errors
    /// As [`Stage::set_with`].
    pub async fn enter(
        dir: TempDir,
        bluez: SimulatedBluez,
        pictures: &'static str,
        more: &[&str],
    ) -> Result<Self> {
        let stage = Stage::set_with(Some(bluez.address()), more).await?;
        Self::furnish(stage, dir, bluez, pictures).await
    }

    /// The same in a window that is open, on the first page.
    ///
    /// # Errors
    /// The page does not come.
    pub async fn furnish(
        stage: Stage,
        dir: TempDir,
        bluez: SimulatedBluez,
        pictures: &'static str,
    ) -> Result<Self> {
        let bluez = Arc::new(bluez);
        stage.see("input[name=theme]").await?;
        let profile =
            json!({ "name": "Maria Keller", "role": "patient", "passphrase": "lantern otter velvet ninth" });
        stage.ask("create_profile", profile).await?;
        stage.dress(Dress::PLAIN).await?;
        let heard = Mutex::new(Some(advertise(&bluez)));
        let room = Self { stage, bluez, pictures, heard, _dir: dir };
        room.go("devices").await?;
        Ok(room)
    }

    /// Closes the window, as [`Stage::end`].
    ///
    /// # Errors
    /// As [`Stage::end`].
    pub async fn leave(self, outcome: Result<()>) -> Result<()> {
        self.hush();
        let failed = format!("{}-failed.png", self.pictures);
        self.stage.end(outcome, &failed).await
    }

    /// Nothing in range is heard any more.
    pub fn hush(&self) {
        let heard = self.heard.lock().ok().and_then(|mut heard| heard.take());
        heard.into_iter().for_each(|heard| heard.abort());
    }

    /// A device's name.
    #[must_use]
    pub fn name(&self, device: usize) -> &str {
        &self.bluez.peripheral(device).name
    }

    /// To a screen, by the words at the side.
    ///
    /// # Errors
    /// It is not there for a minute.
    pub async fn go(&self, screen: &str) -> Result<()> {
        let link = format!("[data-nav={screen}] a");
        self.stage.see(&link).await?;
        self.stage.window.find(By::Css(&link)).await?.click().await?;
        self.stage.see(&format!("[data-nav={screen}].here")).await
    }

    /// Adds a device that was found.
    ///
    /// # Errors
    /// It is not there for a minute.
    pub async fn add(&self, device: usize) -> Result<()> {
        let words = format!("Add {}", self.name(device));
        super::eventually(&words, async || {
            let button = self.stage.that_says("button", &words).await?;
            // What was stored last may lie over the end of the page.
            button.scroll_into_view().await?;
            Ok(button.click().await?)
        })
        .await
    }

    /// Clicks that button of a device's line whose words these are: others may have the same.
    ///
    /// # Errors
    /// There is none for a minute.
    pub async fn press(&self, device: usize, words: &str) -> Result<()> {
        let name = self.name(device);
        super::eventually(&format!("{words:?} under {name:?}"), async || {
            let button = self.stage.that_says_under((LINES, name), "button", words).await?;
            // One that is cut off at the edge counts as in view, and its middle is not.
            button.scroll_into_view().await?;
            Ok(button.click().await?)
        })
        .await
    }

    /// A device sends this, once somebody listens to it.
    ///
    /// # Errors
    /// Nobody does.
    pub async fn send(&self, device: usize, characteristic: u16, bytes: &[u8]) -> Result<()> {
        let sent = eventually(PATIENCE, async || {
            self.bluez.send(device, characteristic, bytes).await.ok().filter(|sent| *sent)
        });
        sent.await.with_context(|| format!("{} is not listened to", self.name(device))).map(drop)
    }

    /// Waits until a device's line says so.
    ///
    /// # Errors
    /// It does not, for a minute.
    pub async fn says(&self, device: usize, words: &str) -> Result<()> {
        self.stage.reads_under(LINES, self.name(device), words).await
    }

    /// A device's line is brought into view.
    ///
    /// # Errors
    /// It has none.
    pub async fn show(&self, device: usize) -> Result<()> {
        self.stage.turn_to(LINES, self.name(device)).await
    }

    /// Nothing here is to be ashamed of; one picture of it.
    ///
    /// # Errors
    /// What is.
    pub async fn look(&self, name: &str) -> Result<()> {
        self.stage.is_fit_to_be_seen().await.with_context(|| name.to_owned())?;
        self.stage.photograph(&format!("{}-{name}.png", self.pictures)).await
    }

    /// The same, and when pictures are wanted one in each dress; `there` finds what has to be on the screen again.
    ///
    /// # Errors
    /// As [`Room::look`], or it is not on the screen again.
    pub async fn look_closely(&self, name: &str, there: &str) -> Result<()> {
        self.look_in_each_dress(name, there, "").await
    }

    /// The same at a device's line: it begins with the device's name in every dress.
    ///
    /// # Errors
    /// As [`Room::look_closely`].
    pub async fn look_at_line(&self, name: &str, device: usize) -> Result<()> {
        self.show(device).await?;
        self.look_in_each_dress(name, LINES, self.name(device)).await
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
            self.stage.photograph(&format!("{}-{name}-{}.png", self.pictures, dress.name)).await?;
        }
        self.stage.dress(Dress::PLAIN).await?;
        self.is_there(there, title).await
    }

    async fn is_there(&self, there: &str, title: &str) -> Result<()> {
        self.stage.see(there).await?;
        self.stage.reads_under(there, title, "").await
    }
}

/// The first device is heard again and again, as one that is switched on is, until this is aborted.
fn advertise(bluez: &Arc<SimulatedBluez>) -> JoinHandle<()> {
    let (bluez, mut tick) = (Arc::clone(bluez), tokio::time::interval(HEARD));
    tokio::spawn(async move {
        loop {
            tick.tick().await;
            if bluez.advertise(0, -60).await.is_err() {
                return;
            }
        }
    })
}

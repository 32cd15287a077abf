//! The screen about devices, on a clock that is moved, with what a test looks into: the people of two scales and a strap.

use core::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result};
use salus_tests::bluez::peripheral::recorder::Strap;
use salus_tests::bluez::{Household, SimulatedBluez};
use salus_tests::stage::room::Room;
use serde_json::{Value, json};

use crate::cast::{Cast, NAMES};

pub(crate) struct Acts {
    room: Room,
    clock: PathBuf,
    ahead: AtomicI64,
    pub(crate) full: Arc<Household>,
    pub(crate) silent: Arc<Household>,
    pub(crate) mute: Arc<Strap>,
}

impl Deref for Acts {
    type Target = Room;

    fn deref(&self) -> &Room {
        &self.room
    }
}

impl Acts {
    /// A patient's window in which every device was found and none is added.
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let clock = dir.path().join("clock");
        std::fs::write(&clock, "0")?;
        let Cast { peripherals, full, silent, mute } = Cast::new();
        let bluez = SimulatedBluez::start(dir.path(), peripherals).await?;
        let offset = clock.display().to_string();
        let room = Room::enter(dir, bluez, "states", &["--insecure-test-clock", &offset]).await?;
        room.stage.click("Look for devices").await?;
        for name in NAMES {
            room.stage.reads("main .entries li[data-state=Found]", name).await?;
        }
        room.stage.reads("#scan", "Look for devices").await?;
        Ok(Self { room, clock, ahead: AtomicI64::new(0), full, silent, mute })
    }

    pub(crate) async fn end(self, outcome: Result<()>) -> Result<()> {
        self.room.leave(outcome).await
    }

    /// Moves the application's clock on.
    pub(crate) fn later(&self, ms: i64) -> Result<()> {
        let ahead = self.ahead.fetch_add(ms, Ordering::Relaxed) + ms;
        Ok(std::fs::write(&self.clock, ahead.to_string())?)
    }

    /// What the page is told of a device.
    pub(crate) async fn view(&self, device: usize) -> Result<Value> {
        let all = self.stage.ask("list_devices", json!({})).await?;
        let found = all.as_array().and_then(|all| all.iter().find(|d| d["name"] == NAMES[device])).cloned();
        found.with_context(|| format!("{} is listed", NAMES[device]))
    }
}

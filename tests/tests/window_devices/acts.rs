//! The screen about devices, with what a test looks into: the meter's clock and the people of the scale.

use core::ops::Deref;
use std::sync::Arc;

use anyhow::Result;
use salus_tests::bluez::{Household, OwnClock, SimulatedBluez};
use salus_tests::stage::room::Room;

use crate::room::peripherals;

pub(crate) use salus_tests::stage::room::PATIENCE;

/// Seconds of silence after which Bluetooth is restarted here.
const SILENCE: &str = "2";

pub(crate) struct Acts {
    room: Room,
    pub(crate) clock: Arc<OwnClock>,
    pub(crate) household: Arc<Household>,
}

impl Deref for Acts {
    type Target = Room;

    fn deref(&self) -> &Room {
        &self.room
    }
}

impl Acts {
    /// A patient's window on the screen about devices, on a computer without an adapter.
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let (all, clock, household) = peripherals();
        let bluez = SimulatedBluez::start(dir.path(), all).await?;
        bluez.set_plugged(false).await?;
        let room = Room::enter(dir, bluez, "devices", &["--bluetooth-silence", SILENCE]).await?;
        Ok(Self { room, clock, household })
    }

    pub(crate) async fn end(self, outcome: Result<()>) -> Result<()> {
        self.room.leave(outcome).await
    }
}

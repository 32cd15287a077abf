//! A person stops the fetching of what a device has stored, and wants it after all: the two commands.

use salus_wire::command::{FetchMemory, StopFetching};
use salus_wire::event::Event;
use salus_wire::view::{DeviceView, MemoryView};
use salus_wire::{DeviceId, ErrorCode, Failure};

use super::Devices;
use super::command::begin;
use super::pair::{Order, added};
use crate::{App, Run};

impl Run for StopFetching {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        let view = stop(&devices, self.device)?;
        app.tell(Event::DevicesChanged);
        Ok(view)
    }
}

impl Run for FetchMemory {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let devices = app.open().await?.devices.clone();
        if let Some(view) = not_held(&devices, self.device)? {
            return Ok(view);
        }
        // A new session asks as soon as it is connected.
        begin(app, &devices, self.device).await
    }
}

/// Also while the device is away: on its next link it would be asked again. What is not under way needs no stopping.
fn stop(devices: &Devices, id: DeviceId) -> Result<DeviceView, Failure> {
    let mut book = devices.book();
    let known = added(&mut book.known, id)?;
    if matches!(known.memory.view(), Some(MemoryView::Fetching { .. } | MemoryView::Unfinished { .. })) {
        let orders = known.orders.clone().ok_or(ErrorCode::DeviceUnreachable)?;
        let room = orders.try_reserve().map_err(|_| ErrorCode::TooMany)?;
        known.memory.hold(true);
        room.send(Order::StopFetching);
    }
    Ok(known.view())
}

/// Holds the memory no longer; the device as it is, where it was not held.
fn not_held(devices: &Devices, id: DeviceId) -> Result<Option<DeviceView>, Failure> {
    let mut book = devices.book();
    let known = added(&mut book.known, id)?;
    if !known.memory.is_held() {
        return Ok(Some(known.view()));
    }
    known.memory.hold(false);
    Ok(None)
}

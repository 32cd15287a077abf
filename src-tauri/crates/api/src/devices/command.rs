//! The commands about devices.

use std::time::Duration;

use futures::StreamExt;
use salus_wire::command::{
    AddDevice, ClaimReadings, ListDevices, ListUnclaimed, RemoveDevice, ScanDevices, SetDeviceClock,
};
use salus_wire::event::Event;
use salus_wire::view::{DeviceView, UnclaimedView};
use salus_wire::{ErrorCode, Failure};

use super::claim::{self, Claim};
use super::doubt::Doubt;
use super::{Devices, Kept, Known, drive};
use crate::failure::OrFail;
use crate::{App, Run};

/// A scan ends after 30 s,
const SCAN_MOST: Duration = Duration::from_secs(30);
/// or 3 s after the last new device.
const SCAN_QUIET: Duration = Duration::from_secs(3);
/// Most devices in range that are listed.
const MOST_FOUND: usize = 64;

impl Run for ListDevices {
    async fn run(self, app: &App) -> Result<Vec<DeviceView>, Failure> {
        Ok(app.open().await?.devices.views())
    }
}

impl Run for ScanDevices {
    async fn run(self, app: &App) -> Result<Vec<DeviceView>, Failure> {
        let devices = app.open().await?.devices.clone();
        if let Err(failure) = scan(app, &devices).await {
            devices.doubted.notify_one();
            return Err(failure);
        }
        Ok(devices.views())
    }
}

async fn scan(app: &App, devices: &Devices) -> Result<(), Failure> {
    let mut scan = devices.central().await?.scan().await.or_fail()?;
    devices.book().found.clear();
    let end = tokio::time::Instant::now() + SCAN_MOST;
    let mut quiet: Option<tokio::time::Instant> = None;
    loop {
        let until = quiet.map_or(end, |q| q.min(end));
        let Ok(Some(found)) = tokio::time::timeout_at(until, scan.next()).await else { return Ok(()) };
        if devices.added_keys().contains(&found.key) {
            continue;
        }
        let mut book = devices.book();
        if book.found.len() >= MOST_FOUND && !book.found.contains_key(&found.id) {
            continue;
        }
        if book.found.insert(found.id, found).is_none() {
            quiet = Some(tokio::time::Instant::now() + SCAN_QUIET);
        }
        drop(book);
        app.tell(Event::DevicesChanged);
    }
}

impl Run for AddDevice {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let open = app.open().await?;
        let devices = open.devices.clone();
        let kept = {
            let book = devices.book();
            let earlier = book.known.get(&self.device).map(|k| k.kept.clone());
            match (earlier, book.found.get(&self.device)) {
                (Some(kept), _) if kept.added => return Ok(book.known[&self.device].view()),
                (Some(kept), Some(found)) => {
                    // Added anew, it is taken as it is now: it may have been unpaired on purpose, or reset, and then
                    // its records are numbered from the beginning.
                    let (key, name) = (found.key.as_str().to_owned(), found.name.clone());
                    let (history, doubt) = (Vec::new(), Doubt::default());
                    Kept { added: true, key, name, link_encrypted: None, history, doubt, ..kept }
                }
                (None, Some(found)) => Kept::new(found),
                (_, None) => return Err(ErrorCode::UnknownDevice.into()),
            }
        };
        kept.save(&open.vault).await?;
        {
            let mut book = devices.book();
            book.found.remove(&self.device);
            book.known.insert(self.device, Known::new(kept));
        }
        drop(open);
        drive::start(app, &devices, self.device).await;
        app.tell(Event::DevicesChanged);
        let book = devices.book();
        book.known.get(&self.device).map(Known::view).ok_or_else(|| ErrorCode::UnknownDevice.into())
    }
}

impl Run for RemoveDevice {
    async fn run(self, app: &App) -> Result<Vec<DeviceView>, Failure> {
        let open = app.open().await?;
        let kept = {
            let mut book = open.devices.book();
            let known = book.known.get_mut(&self.device).filter(|k| k.kept.added);
            let known = known.ok_or(ErrorCode::UnknownDevice)?;
            known.kept.added = false;
            known.stop = None;
            known.kept.clone()
        };
        kept.save(&open.vault).await?;
        app.tell(Event::DevicesChanged);
        Ok(open.devices.views())
    }
}

impl Run for ListUnclaimed {
    async fn run(self, app: &App) -> Result<Vec<UnclaimedView>, Failure> {
        let open = app.open().await?;
        let held = open.devices.unclaimed.lock().await;
        Ok(held.views(|r| open.devices.origin_of(r)))
    }
}

impl Run for ClaimReadings {
    async fn run(self, app: &App) -> Result<Vec<UnclaimedView>, Failure> {
        let open = app.open().await?;
        claim::say(&open, self.device, Claim { user: self.user, mine: self.mine }).await?;
        let held = open.devices.unclaimed.lock().await;
        app.tell(Event::ReadingsChanged);
        app.tell(Event::DevicesChanged);
        Ok(held.views(|r| open.devices.origin_of(r)))
    }
}

impl Run for SetDeviceClock {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        let open = app.open().await?;
        let devices = open.devices.clone();
        let kept = {
            let mut book = devices.book();
            let known = book.known.get_mut(&self.device).filter(|k| k.kept.added);
            let kept = &mut known.ok_or(ErrorCode::UnknownDevice)?.kept;
            kept.sets_clock = self.agreed;
            kept.clone()
        };
        kept.save(&open.vault).await?;
        drop(open);
        // The next link sets it; a new session makes one at once.
        drive::start(app, &devices, self.device).await;
        app.tell(Event::DevicesChanged);
        let book = devices.book();
        book.known.get(&self.device).map(Known::view).ok_or_else(|| ErrorCode::UnknownDevice.into())
    }
}

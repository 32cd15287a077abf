//! The commands about devices.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use salus_wire::command::{
    AddDevice, ClaimReadings, ListDevices, ListUnclaimed, RemoveDevice, ScanDevices, SetDeviceClock,
};
use salus_wire::event::Event;
use salus_wire::view::{DeviceView, UnclaimedView};
use salus_wire::{DeviceId, ErrorCode, Failure};

use super::claim::{self, Claim};
use super::doubt::Doubt;
use super::pair::added;
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
        begin(app, &devices, self.device).await
    }
}

impl Run for RemoveDevice {
    async fn run(self, app: &App) -> Result<Vec<DeviceView>, Failure> {
        let open = app.open().await?;
        let kept = {
            let mut book = open.devices.book();
            let known = added(&mut book.known, self.device)?;
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
        Ok(app.open().await?.devices.unclaimed().await)
    }
}

impl Run for ClaimReadings {
    async fn run(self, app: &App) -> Result<Vec<UnclaimedView>, Failure> {
        let open = app.open().await?;
        claim::say(&open, self.device, Claim { user: self.user, mine: self.mine }).await?;
        app.tell(Event::ReadingsChanged);
        app.tell(Event::DevicesChanged);
        Ok(open.devices.unclaimed().await)
    }
}

impl Run for SetDeviceClock {
    async fn run(self, app: &App) -> Result<DeviceView, Failure> {
        // The next link sets it; a new session makes one at once.
        renew(app, self.device, move |kept| kept.sets_clock = self.agreed).await
    }
}

/// Changes what is kept of an added device, and begins a new session that knows of it.
pub(super) async fn renew(
    app: &App,
    id: DeviceId,
    change: impl FnOnce(&mut Kept) + Send,
) -> Result<DeviceView, Failure> {
    let open = app.open().await?;
    let devices = open.devices.clone();
    let kept = {
        // A lock that blocks: it is given back before anything is awaited.
        let mut book = devices.book();
        let kept = &mut added(&mut book.known, id)?.kept;
        change(kept);
        kept.clone()
    };
    kept.save(&open.vault).await?;
    drop(open);
    begin(app, &devices, id).await
}

/// Begins a session of an added device in place of the one that it has, and shows the device.
pub(super) async fn begin(app: &App, devices: &Arc<Devices>, id: DeviceId) -> Result<DeviceView, Failure> {
    drive::start(app, devices, id).await;
    app.tell(Event::DevicesChanged);
    let book = devices.book();
    book.known.get(&id).map(Known::view).ok_or_else(|| ErrorCode::UnknownDevice.into())
}

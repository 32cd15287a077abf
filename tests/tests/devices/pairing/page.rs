//! The application on this bus, and waiting until its page would be shown something.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use salus_api::{App, Config, Confirm};
use salus_light::clock::SystemClock;
use salus_tests::bluez::driver::DEADLINE;
use salus_wire::DeviceId;
use salus_wire::command as c;
use salus_wire::view::{AdapterState, DeviceView, Role};

struct No;

#[async_trait::async_trait]
impl Confirm for No {
    async fn confirm(&self, _: salus_api::Question<'_>) -> bool {
        false
    }
}

/// With the record of a patient, just made.
pub(crate) async fn open(dir: &Path) -> Result<App> {
    let app = App::new(Config::new(dir.to_owned(), Arc::new(SystemClock), Arc::new(No))).await?;
    let passphrase = "correct horse battery".into();
    app.run(c::CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase }).await?;
    Ok(app)
}

/// Asks again at each event until the device looks so.
pub(crate) async fn until(app: &App, id: DeviceId, fits: impl Fn(&DeviceView) -> bool) -> Result<DeviceView> {
    let mut events = app.subscribe();
    tokio::time::timeout(DEADLINE, async {
        loop {
            let all = app.run(c::ListDevices {}).await?;
            if let Some(device) = all.into_iter().find(|d| d.id == id && fits(d)) {
                return Ok(device);
            }
            events.recv().await?;
        }
    })
    .await?
}

/// Asks again at each event until Bluetooth is so.
pub(crate) async fn adapter(app: &App, state: AdapterState) -> Result<()> {
    let mut events = app.subscribe();
    tokio::time::timeout(DEADLINE, async {
        while app.run(c::GetAdapter {}).await?.state != state {
            events.recv().await?;
        }
        Ok(())
    })
    .await?
}

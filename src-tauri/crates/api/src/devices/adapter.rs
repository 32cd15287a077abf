//! The task that watches the adapter: off, gone, not allowed, deaf.

use std::sync::{Arc, Weak};

use salus_devices::{AdapterEvent, AdapterState as Radio};
use salus_wire::command::GetAdapter;
use salus_wire::event::Event;
use salus_wire::view::{AdapterState, AdapterView};
use salus_wire::{ErrorCode, Failure};
use tokio::sync::watch;

use super::Devices;
use super::drive::ADAPTER_AGAIN;
use crate::app::Inner;
use crate::failure::{Fail, OrFail};
use crate::{App, Run};

impl Run for GetAdapter {
    async fn run(self, app: &App) -> Result<AdapterView, Failure> {
        Ok(app.open().await?.devices.book().adapter)
    }
}

/// Starts the task; it ends with the devices.
pub(super) async fn start(app: &App, devices: &Arc<Devices>) {
    let ending = devices.ending.subscribe();
    app.0.links.lock().await.spawn(run(Arc::downgrade(&app.0), devices.clone(), ending));
}

async fn run(app: Weak<Inner>, devices: Arc<Devices>, mut ending: watch::Receiver<bool>) {
    tokio::select! {
        biased;
        _ = ending.wait_for(|e| *e) => {}
        () = keep_watching(&app, &devices) => {}
    }
}

async fn keep_watching(app: &Weak<Inner>, devices: &Devices) {
    loop {
        let failure = match watch_one(app, devices).await {
            Ok(()) => return,
            Err(failure) => failure,
        };
        // Before it is told: who asks next must not be answered by the adapter that is gone.
        devices.forget_central().await;
        set(app, devices, |view| {
            view.state = match failure.code {
                ErrorCode::BluetoothNotAllowed => AdapterState::NotAllowed,
                ErrorCode::BluetoothOff => AdapterState::Off,
                _ => AdapterState::Missing,
            };
        });
        tokio::select! {
            () = tokio::time::sleep(ADAPTER_AGAIN) => {}
            () = devices.doubted.notified() => {}
        }
    }
}

/// Watches one adapter until it is gone.
async fn watch_one(app: &Weak<Inner>, devices: &Devices) -> Result<(), Failure> {
    let Some(silence) = app.upgrade().map(|inner| inner.config.silence) else { return Ok(()) };
    let watch = devices.central().await?.watch(silence).await.or_fail()?;
    let mut watch = watch.heeding(devices.doubted.clone());
    loop {
        match watch.next().await {
            AdapterEvent::State(Radio::On) | AdapterEvent::Heard => {
                set(app, devices, |view| view.state = AdapterState::On);
            }
            AdapterEvent::State(Radio::Off) => set(app, devices, |view| view.state = AdapterState::Off),
            AdapterEvent::Restarted => {
                let now = app.upgrade().map(|inner| App(inner).now());
                set(app, devices, |view| view.restarted = now);
            }
            AdapterEvent::Silent => set(app, devices, |view| view.state = AdapterState::Silent),
            AdapterEvent::Gone(error) => {
                devices.forget_central().await;
                devices.renewals.send_modify(|n| *n += 1);
                return Err(error.fail());
            }
        }
    }
}

fn set(app: &Weak<Inner>, devices: &Devices, change: impl FnOnce(&mut AdapterView)) {
    let mut book = devices.book();
    let before = book.adapter;
    change(&mut book.adapter);
    let changed = book.adapter != before;
    drop(book);
    if changed && let Some(inner) = app.upgrade() {
        App(inner).tell(Event::DevicesChanged);
    }
}

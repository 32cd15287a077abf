//! One task per added device: drives its session, stores each reading durably, keeps its state.
//!
//! A reading leaves the task's hands only once it is on disk: in the record, or in the sealed inbox while the record is
//! locked. While the disk is full or a page is damaged, readings wait in memory (at most [`MOST_WAITING`]) and the session is
//! not asked for more: nothing is dropped. The task lives on while the record is locked, and ends with the application.

mod keep;
mod session;
mod take;

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::FutureExt;
use salus_chain::time::Clock;
use salus_devices::Moment;
use salus_wire::view::DeviceState;
use salus_wire::{DeviceId, Reading, UnixMillis};
use tokio::sync::{mpsc, oneshot, watch};

use super::pair::{self, MOST_ORDERS, Order};
use super::{Devices, Known, person};
use crate::App;
use crate::app::{Inner, utc_offset_minutes};

/// Most readings stored in one go.
const BATCH: usize = 256;
/// Most readings waiting for the disk.
const MOST_WAITING: usize = 10_000;
/// How often pages are told about new readings at most, and how soon storing is tried again.
const TICK: Duration = Duration::from_millis(500);
/// How soon a missing adapter is looked for again.
pub(super) const ADAPTER_AGAIN: Duration = Duration::from_secs(3);

/// Starts the task of an added device; one that runs already is ended first.
pub(super) async fn start(app: &App, devices: &Arc<Devices>, id: DeviceId) {
    let ending = devices.ending.subscribe();
    let (stop, stopped) = oneshot::channel();
    let (order, orders) = mpsc::channel(MOST_ORDERS);
    if let Some(known) = devices.book().known.get_mut(&id) {
        known.stop = Some(stop);
        known.orders = Some(order);
        known.state = DeviceState::Connecting;
    }
    let drive = Drive {
        app: Arc::downgrade(&app.0),
        devices: devices.clone(),
        id,
        waiting: Vec::new(),
        unclaimed: Vec::new(),
        untold: false,
        uncounted: false,
        ticks: 0,
        newest: 0,
        link_begun: app.now(),
        borrowed: false,
    };
    let clock = app.0.config.clock.clone();
    app.0.links.lock().await.spawn(drive.run(clock, ending, stopped, orders));
}

struct Drive {
    /// Not held: the application ends although the task waits for a device.
    app: Weak<Inner>,
    devices: Arc<Devices>,
    id: DeviceId,
    /// Readings not yet on disk.
    waiting: Vec<Reading>,
    /// Readings of a user that nobody claimed, not yet on disk.
    unclaimed: Vec<Reading>,
    /// Pages do not know of the newest readings yet.
    untold: bool,
    /// The kept counts lag behind the record.
    uncounted: bool,
    ticks: u32,
    /// When the newest reading arrived.
    newest: UnixMillis,
    /// When the running link was begun: no reading of it arrived before.
    link_begun: UnixMillis,
    /// It claims the identity of another device that is added; a new session knows it by its address.
    borrowed: bool,
}

impl Drive {
    async fn run(
        mut self,
        clock: Arc<dyn Clock>,
        mut ending: watch::Receiver<bool>,
        stopped: oneshot::Receiver<()>,
        mut orders: mpsc::Receiver<Order>,
    ) {
        let end = async move {
            tokio::select! {
                _ = ending.wait_for(|e| *e) => {}
                _ = stopped => {}
            }
        };
        let end = end.boxed().shared();
        let mut renewed = self.devices.renewals.subscribe();
        let mut session = tokio::select! {
            biased;
            () = end.clone() => return,
            session = self.session(&mut orders) => session,
        };
        let clock = move || {
            let at = clock.now();
            Moment { at, utc_offset_minutes: utc_offset_minutes(at) }
        };
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = end.clone() => break,
                _ = tick.tick() => self.tick(session.counts()).await,
                Some(order) = orders.recv() => {
                    let old_bond = match order {
                        Order::Pair(old_bond) => old_bond,
                        Order::Introduce => {
                            session.introduce(person::of(&self.devices, self.id));
                            continue;
                        }
                        Order::Record(length) => {
                            session.record_electrocardiogram(length);
                            continue;
                        }
                        Order::StopRecording => {
                            session.stop_electrocardiogram();
                            continue;
                        }
                        Order::StopFetching => {
                            session.stop_fetching();
                            continue;
                        }
                        Order::Answer(_) => continue,
                    };
                    // The session must not connect while the device is being paired.
                    self.end(session).await;
                    let Some(app) = self.app() else { return };
                    pair::lead(&app, &self.devices, self.id, old_bond, &mut orders, end.clone()).await;
                    drop(app);
                    session = tokio::select! {
                        biased;
                        () = end.clone() => return self.save().await,
                        session = self.session(&mut orders) => session,
                    };
                }
                // The adapter was taken out: what this session knows of it, and what it waits for, is over.
                Ok(()) = renewed.changed() => {
                    self.end(session).await;
                    session = tokio::select! {
                        biased;
                        () = end.clone() => return self.save().await,
                        session = self.session(&mut orders) => session,
                    };
                }
                event = session.next(&clock), if self.waiting.len() + self.unclaimed.len() < MOST_WAITING => {
                    self.take(event).await;
                    while !self.borrowed && self.waiting.len() + self.unclaimed.len() < BATCH {
                        let Some(event) = session.next(&clock).now_or_never() else { break };
                        self.take(event).await;
                    }
                    self.store().await;
                    if core::mem::take(&mut self.borrowed) {
                        self.end(session).await;
                        session = tokio::select! {
                            biased;
                            () = end.clone() => return self.save().await,
                            session = self.session(&mut orders) => session,
                        };
                    }
                }
            }
        }
        self.tick(session.counts()).await;
        self.save().await;
        session.close().await;
        self.set(|k| k.state = DeviceState::Waiting);
    }

    fn app(&self) -> Option<App> {
        self.app.upgrade().map(App)
    }

    fn set(&self, change: impl FnOnce(&mut Known)) {
        if let Some(known) = self.devices.book().known.get_mut(&self.id) {
            change(known);
        }
    }
}

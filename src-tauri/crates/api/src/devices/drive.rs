//! One task per added device: drives its session, stores each reading durably, keeps its state.
//!
//! A reading leaves the task's hands only once it is on disk: in the record, or in the sealed inbox while the record is
//! locked. While the disk is full or a page is damaged, readings wait in memory (at most [`MOST_WAITING`]) and the session is
//! not asked for more: nothing is dropped. The task lives on while the record is locked, and ends with the application.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures::FutureExt;
use salus_chain::time::Clock;
use salus_devices::measure::clock::{DeviceClock, TOLERANCE};
use salus_devices::{Counts, Moment, Options, Session, SessionEvent};
use salus_wire::event::Event;
use salus_wire::measure::DeviceTime;
use salus_wire::view::{DeviceState, SetAside};
use salus_wire::{DeviceId, Failure, Reading, UnixMillis};
use tokio::sync::{mpsc, oneshot, watch};

use super::Devices;
use super::claim::{self, Whose};
use super::kept::Gain;
use super::pair::{self, MOST_ORDERS, Order};
use super::{ecg, inbox, person};
use crate::App;
use crate::app::{Inner, utc_offset_minutes};
use crate::failure::OrFail;

/// Most readings stored in one go.
const BATCH: usize = 256;
/// Most readings waiting for the disk.
const MOST_WAITING: usize = 10_000;
/// How often pages are told about new readings at most, and how soon storing is tried again.
const TICK: Duration = Duration::from_millis(500);
/// How often the counts of a device are written while it sends, in ticks: every 5 seconds. Readings are written at once.
const COUNTS_EVERY: u32 = 10;
/// Readings whose arrival is out of order by less than this came in one delivery. One second.
const SAME_DELIVERY: i64 = 1_000;
/// A battery with so much is no longer low, whatever was said before. Percent.
const CHARGED: u8 = 20;
/// How soon a missing adapter is looked for again.
pub(super) const ADAPTER_AGAIN: Duration = Duration::from_secs(3);
/// Readings of the last two hours are known as seen when a session begins.
const SEEN_MS: i64 = 2 * 3_600_000;

const fn is_wrong(behind: i64) -> bool {
    behind.saturating_abs() > TOLERANCE
}

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

    /// Ends a session that another one follows, which counts from nothing.
    async fn end(&mut self, session: Session) {
        self.tick(session.counts()).await;
        session.close().await;
        self.set(|k| k.aside_before.clone_from(&k.kept.set_aside));
    }

    fn app(&self) -> Option<App> {
        self.app.upgrade().map(App)
    }

    /// A session; without an adapter it is tried again. Nothing can be paired then.
    async fn session(&self, orders: &mut mpsc::Receiver<Order>) -> Session {
        loop {
            match self.try_session().await {
                Ok(session) => return session,
                Err(failure) => tracing::debug!(code = %failure.code, "no session yet"),
            }
            while orders.try_recv().is_ok() {}
            self.set(|k| {
                k.state = DeviceState::Waiting;
                k.pairing = None;
            });
            self.devices.forget_central().await;
            tokio::time::sleep(ADAPTER_AGAIN).await;
        }
    }

    async fn try_session(&self) -> Result<Session, Failure> {
        let kept = {
            let book = self.devices.book();
            book.known.get(&self.id).ok_or(salus_wire::ErrorCode::UnknownDevice)?.kept.clone()
        };
        let key = kept.key.parse().map_err(|_| salus_wire::ErrorCode::Damaged)?;
        let app = self.app().ok_or(salus_wire::ErrorCode::Locked)?;
        let now = app.now();
        let mut seen = Vec::new();
        // While it is locked nobody knows; the journal leaves out what it has already.
        if let Ok(open) = app.open().await {
            for category in kept.measures {
                let (readings, _) =
                    open.vault.readable(category, now - SEEN_MS, now.saturating_add(1)).await.or_fail()?;
                seen.extend(readings.into_iter().filter(|r| Some(r.device) == kept.identity));
            }
        }
        drop(app);
        let central = self.devices.central().await?;
        let others = self.devices.book().identities_but(self.id);
        let options = Options {
            known: kept.identity.filter(|id| !others.contains(id)),
            others,
            bonded: kept.link_encrypted == Some(true),
            seen,
            history: kept.history.iter().map(|f| (*f).into()).collect(),
            set_clock: kept.sets_clock,
            person: person::of(&self.devices, self.id),
            overhear: kept.overheard,
        };
        central.session(&key, options).await.or_fail()
    }

    async fn take(&mut self, event: SessionEvent) {
        let Some(app) = self.app() else { return };
        match event {
            SessionEvent::Connecting => {
                self.link_begun = app.now();
                self.wait(DeviceState::Connecting);
            }
            SessionEvent::Connected => self.set(|k| {
                k.state = DeviceState::Connected;
                k.ecg = k.ecg.filter(ecg::outlives_link);
            }),
            SessionEvent::Electrocardiogram(outcome) => self.set(|k| k.ecg = Some(ecg::view(outcome))),
            SessionEvent::Described(d) => {
                // Looked up and kept in one go: two that claim the same thing may connect in the same moment.
                self.borrowed = !self.devices.book().admits(self.id, &d);
                if self.borrowed {
                    return;
                }
                let since = self.link_begun;
                self.set(|k| {
                    k.kept.describe(&d, since);
                    k.clock_behind = d.clock_behind;
                    k.clock_settable = d.clock_settable;
                    // Said until the clock is right, not only until the next link.
                    k.clock_refused &= d.clock_behind.is_some_and(is_wrong);
                });
                self.devices.book().meet();
                self.save().await;
            }
            SessionEvent::Battery(percent) => self.set(|k| {
                k.battery = Some(percent);
                k.battery_low &= percent < CHARGED;
            }),
            SessionEvent::BatteryLow(low) => self.set(|k| k.battery_low = low),
            SessionEvent::History { history, arrived, complete } => {
                tracing::info!(arrived, complete, "a device's history was fetched");
                self.store().await;
                // Remembered only once its records are in the record: what is lost now is asked for again.
                if self.waiting.is_empty()
                    && self.unclaimed.is_empty()
                    && !self.is_doubted()
                    && app.is_open().await
                {
                    self.set(|k| k.kept.fetched(history));
                    self.save().await;
                }
            }
            SessionEvent::ClockSet(read_back) => {
                let behind = read_back.and_then(|time| self.behind(time));
                tracing::info!(set = behind.is_some(), "a device's clock");
                self.set(|k| {
                    k.clock_behind = behind.or(k.clock_behind);
                    k.clock_refused = behind.is_none_or(is_wrong);
                });
            }
            SessionEvent::Person(outcome) => {
                person::take(&app, &self.devices, self.id, outcome).await;
                self.untold = true;
            }
            SessionEvent::Reading(mut reading) => {
                if self.devices.book().hear(self.id) {
                    // Counted as set aside: the person sees the count, and says whether it is their device.
                    self.set(|k| k.aside_before.add(SetAside::Doubted, 1));
                    return;
                }
                self.part(&mut reading);
                match self.whose(&reading) {
                    Whose::Mine => self.waiting.push(*reading),
                    Whose::Unknown => self.unclaimed.push(*reading),
                    Whose::SomebodyElses => tracing::debug!("somebody else's reading was left out"),
                }
                return;
            }
            SessionEvent::Quarantined(reason) => {
                tracing::debug!(reason = reason.as_str(), "a packet was set aside");
                return;
            }
            SessionEvent::NoIdentity | SessionEvent::PairFirst => {
                self.set(|k| k.state = DeviceState::PairFirst);
            }
            SessionEvent::BondLost => self.set(|k| k.state = DeviceState::PairAgain),
            SessionEvent::Disconnected | SessionEvent::Waiting(_) => self.wait(DeviceState::Waiting),
        }
        app.tell(Event::DevicesChanged);
    }

    /// What it sent was set aside, and is to be asked for again once the person says that it is theirs.
    fn is_doubted(&self) -> bool {
        self.devices.book().known.get(&self.id).is_some_and(|k| k.kept.doubt.holds())
    }

    /// Keeps two readings that a held-up link delivers in the same millisecond apart: without a time of their own, two
    /// equal ones would count as one.
    fn part(&mut self, reading: &mut Reading) {
        let behind = self.newest.saturating_sub(reading.arrived);
        if reading.device_time.is_none() && (0..SAME_DELIVERY).contains(&behind) {
            let later = behind.saturating_add(1);
            reading.arrived = reading.arrived.saturating_add(later);
            reading.at = reading.at.saturating_add(later);
        }
        self.newest = reading.arrived;
    }

    /// Milliseconds by which a device's wall time is behind ours.
    fn behind(&self, time: DeviceTime) -> Option<i64> {
        let at = self.app()?.now();
        let here = Moment { at, utc_offset_minutes: utc_offset_minutes(at) };
        match DeviceClock::compare(time, here) {
            DeviceClock::Behind(by) => Some(by),
            DeviceClock::Unknown => None,
        }
    }

    fn whose(&self, reading: &Reading) -> Whose {
        let mut book = self.devices.book();
        let Some(known) = book.known.get_mut(&self.id) else { return Whose::Unknown };
        known.kept.several |= reading.user.is_some();
        claim::whose(&known.kept.claims, known.kept.several, reading.user)
    }

    /// Holds, durably, what nobody claimed yet; what cannot be held stays waiting.
    async fn hold(&mut self) {
        if self.unclaimed.is_empty() {
            return;
        }
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else {
            return self.keep_sealed(&app, inbox::UNCLAIMED).await;
        };
        let mut held = self.devices.unclaimed.lock().await;
        while let Some(reading) = self.unclaimed.last() {
            match held.hold(&open.vault, reading).await {
                Ok(true) => {}
                // Counted as set aside: memory and disk have bounds, and the person sees the count.
                Ok(false) => self.set(|k| k.aside_before.add(SetAside::NoRoom, 1)),
                Err(failure) => {
                    tracing::warn!(code = %failure.code, "unclaimed readings wait for the disk");
                    break;
                }
            }
            self.unclaimed.pop();
        }
        drop(held);
        self.untold = true;
    }

    /// Stores what waits; what cannot be stored stays waiting.
    async fn store(&mut self) {
        self.hold().await;
        if self.waiting.is_empty() {
            return;
        }
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else { return self.keep_sealed(&app, inbox::MINE).await };
        match open.vault.record_each(&self.waiting).await {
            Ok((recorded, new)) => {
                let gain = Gain::of(&self.waiting, &new);
                self.waiting.clear();
                if recorded.refused > 0 {
                    // Counted beside the deletion, where the person sees it.
                    tracing::info!(readings = recorded.refused, "readings of a deleted time were not kept");
                }
                self.untold = true;
                self.uncounted = true;
                self.set(|k| k.kept.gained(gain));
            }
            Err(error) => tracing::warn!(code = %error.code(), "readings wait for the disk"),
        }
    }

    /// Puts what waits into the inbox of the locked record; what it does not take stays waiting.
    async fn keep_sealed(&mut self, app: &App, kind: u8) {
        let waiting = if kind == inbox::MINE { &mut self.waiting } else { &mut self.unclaimed };
        let readings = core::mem::take(waiting);
        if let Err(readings) = inbox::append(app, kind, readings).await {
            let waiting = if kind == inbox::MINE { &mut self.waiting } else { &mut self.unclaimed };
            *waiting = readings;
        }
    }

    async fn tick(&mut self, counted: Counts) {
        self.store().await;
        let mut changed = false;
        self.set(|k| {
            let all = k.aside_before.with(counted);
            changed = k.kept.set_aside != all;
            k.kept.set_aside = all;
        });
        if changed {
            self.uncounted = true;
            self.app().into_iter().for_each(|app| app.tell(Event::DevicesChanged));
        }
        self.ticks = self.ticks.wrapping_add(1);
        if self.ticks.is_multiple_of(COUNTS_EVERY) && std::mem::take(&mut self.uncounted) {
            self.save().await;
        }
        if std::mem::take(&mut self.untold)
            && let Some(app) = self.app()
        {
            app.tell(Event::ReadingsChanged);
            app.tell(Event::DevicesChanged);
        }
    }

    /// A state that comes and goes by itself; that a person has to pair the device stays until it connects.
    fn wait(&self, state: DeviceState) {
        self.set(|k| {
            if !matches!(k.state, DeviceState::Pairing | DeviceState::PairFirst | DeviceState::PairAgain) {
                k.state = state;
            }
        });
    }

    fn set(&self, change: impl FnOnce(&mut super::Known)) {
        if let Some(known) = self.devices.book().known.get_mut(&self.id) {
            change(known);
        }
    }

    /// While the record is locked the book has it, and it is written at the next unlocking.
    async fn save(&self) {
        let Some(app) = self.app() else { return };
        let Ok(open) = app.open().await else { return };
        let kept = self.devices.book().known.get(&self.id).map(|k| k.kept.clone());
        if let Some(kept) = kept
            && let Err(failure) = kept.save(&open.vault).await
        {
            tracing::warn!(code = %failure.code, "a device's counts were not written");
        }
    }
}

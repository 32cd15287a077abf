//! What a session tells becomes the device's state, and readings that wait to be stored.

use salus_devices::measure::clock::{DeviceClock, TOLERANCE};
use salus_devices::{Fetched, Moment, SessionEvent};
use salus_wire::Reading;
use salus_wire::event::Event;
use salus_wire::measure::DeviceTime;
use salus_wire::view::{DeviceState, SetAside};

use super::super::claim::{self, Whose};
use super::super::{ecg, person};
use super::Drive;
use crate::app::utc_offset_minutes;

/// Readings whose arrival is out of order by less than this came in one delivery. One second.
const SAME_DELIVERY: i64 = 1_000;
/// A battery with so much is no longer low, whatever was said before. Percent.
const CHARGED: u8 = 20;

const fn is_wrong(behind: i64) -> bool {
    behind.saturating_abs() > TOLERANCE
}

impl Drive {
    pub(super) async fn take(&mut self, event: SessionEvent) {
        let Some(app) = self.app() else { return };
        match event {
            SessionEvent::Connecting => {
                self.link_begun = app.now();
                self.wait(DeviceState::Connecting);
            }
            SessionEvent::Connected => self.set(|k| {
                k.state = DeviceState::Connected;
                k.ecg = k.ecg.filter(ecg::outlives_link);
                k.memory.linked();
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
            SessionEvent::Fetching { service, arrived, counted } => {
                self.set(|k| k.memory.fetching(service, arrived, counted));
                // Told with the next readings: there may be thousands of these.
                self.untold = true;
                return;
            }
            SessionEvent::History { history, arrived, end } => {
                tracing::info!(arrived, ?end, "a device's history was fetched");
                self.set(|k| {
                    k.memory.ended(history.service, arrived, end);
                    if end == Fetched::Whole {
                        k.kept.heard_at(app.now());
                    }
                });
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
            SessionEvent::Disconnected | SessionEvent::Waiting(_) => {
                self.set(|k| k.memory.cut_off());
                self.wait(DeviceState::Waiting);
            }
        }
        app.tell(Event::DevicesChanged);
    }

    /// What it sent was set aside, and is to be asked for again once the person says that it is theirs.
    pub(super) fn is_doubted(&self) -> bool {
        self.devices.book().known.get(&self.id).is_some_and(|k| k.kept.doubt.holds())
    }

    /// Keeps two readings that a held-up link delivers in the same millisecond apart: without a time of their own, two
    /// equal ones would count as one.
    pub(super) fn part(&mut self, reading: &mut Reading) {
        let behind = self.newest.saturating_sub(reading.arrived);
        if reading.device_time.is_none() && (0..SAME_DELIVERY).contains(&behind) {
            let later = behind.saturating_add(1);
            reading.arrived = reading.arrived.saturating_add(later);
            reading.at = reading.at.saturating_add(later);
        }
        self.newest = reading.arrived;
    }

    /// Milliseconds by which a device's wall time is behind ours.
    pub(super) fn behind(&self, time: DeviceTime) -> Option<i64> {
        let at = self.app()?.now();
        let here = Moment { at, utc_offset_minutes: utc_offset_minutes(at) };
        match DeviceClock::compare(time, here) {
            DeviceClock::Behind(by) => Some(by),
            DeviceClock::Unknown => None,
        }
    }

    pub(super) fn whose(&self, reading: &Reading) -> Whose {
        let mut book = self.devices.book();
        let Some(known) = book.known.get_mut(&self.id) else { return Whose::Unknown };
        known.kept.several |= reading.user.is_some();
        claim::whose(&known.kept.claims, known.kept.several, reading.user)
    }

    /// A state that comes and goes by itself; that a person has to pair the device stays until it connects.
    pub(super) fn wait(&self, state: DeviceState) {
        self.set(|k| {
            if !matches!(k.state, DeviceState::Pairing | DeviceState::PairFirst | DeviceState::PairAgain) {
                k.state = state;
            }
        });
    }
}

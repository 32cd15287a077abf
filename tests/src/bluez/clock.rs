//! A device's clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use salus_devices::gatt::date_time as layout;

use super::peripheral::{Clock, Written};
use super::wave::{date_time, wall};

/// What a clock does when it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// It takes the time.
    Obeys,
    /// It accepts the write and keeps its own time.
    Ignores,
    /// It refuses the write.
    Refuses,
}

/// A clock that may be wrong.
pub struct OwnClock {
    true_time: Clock,
    ahead: AtomicI64,
    setting: Setting,
    writes: AtomicU32,
}

impl core::fmt::Debug for OwnClock {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OwnClock")
            .field("ahead", &self.ahead)
            .field("setting", &self.setting)
            .finish_non_exhaustive()
    }
}

impl OwnClock {
    /// A clock that is ahead by so many milliseconds, or behind when negative.
    #[must_use]
    pub fn wrong(true_time: Clock, ahead: i64, setting: Setting) -> Arc<Self> {
        Arc::new(Self { true_time, ahead: AtomicI64::new(ahead), setting, writes: AtomicU32::new(0) })
    }

    /// A clock that is right.
    #[must_use]
    pub fn right(true_time: Clock) -> Arc<Self> {
        Self::wrong(true_time, 0, Setting::Obeys)
    }

    /// What it shows, Unix milliseconds.
    #[must_use]
    pub fn now(&self) -> i64 {
        (self.true_time)().saturating_add(self.ahead.load(Ordering::SeqCst))
    }

    /// How often somebody wrote to it.
    #[must_use]
    pub fn writes(&self) -> u32 {
        self.writes.load(Ordering::SeqCst)
    }

    /// What a read of Current Time gives.
    #[must_use]
    pub fn reads(self: &Arc<Self>) -> Arc<dyn Fn() -> Vec<u8> + Send + Sync> {
        let clock = Arc::clone(self);
        Arc::new(move || [&date_time(wall(clock.now()))[..], &[0, 0, 0]].concat())
    }

    /// What a read of Date Time gives, of a device that has no Current Time.
    #[must_use]
    pub fn reads_date(self: &Arc<Self>) -> Arc<dyn Fn() -> Vec<u8> + Send + Sync> {
        let clock = Arc::clone(self);
        Arc::new(move || date_time(wall(clock.now())).to_vec())
    }

    /// What a write of Current Time does.
    #[must_use]
    pub fn written(self: &Arc<Self>) -> Written {
        let clock = Arc::clone(self);
        Written::new(move |octets| {
            clock.writes.fetch_add(1, Ordering::SeqCst);
            let set = layout::current_time(octets).ok().and_then(layout::wall_millis)?;
            match clock.setting {
                Setting::Obeys => clock.ahead.store(set - (clock.true_time)(), Ordering::SeqCst),
                Setting::Ignores => {}
                Setting::Refuses => return None,
            }
            Some(Box::new(core::iter::empty()))
        })
    }
}

//! A reading under construction: every profile's mapping says what goes in, and this decides what may.

use salus_wire::measure::DeviceTime;
use salus_wire::{Category, Component, Decimal, Quality, Quantity, Reading};

use super::clock::Verdict;
use super::{Source, range, unit};
use crate::gatt::number::Value;
use crate::{Moment, Reason};

/// Values and flags so far.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    source: &'a Source,
    components: Vec<Component>,
    quality: Quality,
}

impl<'a> Draft<'a> {
    pub(crate) const fn new(source: &'a Source) -> Self {
        Self { source, components: Vec::new(), quality: source.quality() }
    }

    /// A value without which there is no reading.
    ///
    /// # Errors
    /// The [`Reason`] of a special value; [`Reason::NoValue`] for 0 where no living body has 0; [`Reason::Impossible`] outside
    /// the quantity's [`range`].
    pub(crate) fn require(&mut self, quantity: Quantity, value: Value) -> Result<Decimal, Reason> {
        let value = value?;
        let (low, high) = range::plausible(quantity);
        if value.mantissa == 0 && unit::less(Decimal::whole(0), low) {
            return Err(Reason::NoValue);
        }
        if unit::less(value, low) || unit::less(high, value) {
            return Err(Reason::Impossible);
        }
        self.components.push(Component { quantity, value });
        Ok(value)
    }

    /// A value that may be missing: absent, special and "0 for none" are left out.
    ///
    /// # Errors
    /// [`Reason::Impossible`] outside the quantity's range: then the packet as a whole is not to be trusted.
    pub(crate) fn include(&mut self, quantity: Quantity, value: Option<Value>) -> Result<(), Reason> {
        match value.map_or(Err(Reason::NoValue), |v| self.require(quantity, v)) {
            Err(reason) if !reason.is_no_value() => Err(reason),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// What the device sent where a conversion gave another quantity's value.
    pub(crate) fn original(&mut self, quantity: Quantity, value: Value) {
        if let Ok(value) = value {
            self.components.push(Component { quantity, value });
            self.quality = self.quality.with(Quality::CONVERTED);
        }
    }

    /// A value that needs no judgement: a code, a record number, a sample.
    pub(crate) fn as_sent(&mut self, quantity: Quantity, value: Decimal) {
        self.components.push(Component { quantity, value });
    }

    /// True without any value so far.
    pub(crate) const fn is_empty(&self) -> bool {
        self.components.is_empty()
    }

    /// Sets a flag when `is`.
    pub(crate) const fn flag(&mut self, is: bool, flag: u16) {
        if is {
            self.quality = self.quality.with(flag);
        }
    }

    /// A reading whose packet carries no time: the arrival is its time.
    ///
    /// # Errors
    /// As [`Draft::timed`].
    pub(crate) fn untimed(self, category: Category, arrived: Moment) -> Result<Reading, Reason> {
        self.timed(category, None, arrived, None)
    }

    /// A reading with the device's own time, if it sent one.
    ///
    /// # Errors
    /// [`Reason::Malformed`] with more values than a reading holds.
    pub(crate) fn timed(
        self,
        category: Category,
        time: Option<DeviceTime>,
        arrived: Moment,
        user: Option<u8>,
    ) -> Result<Reading, Reason> {
        let verdict = self.source.clock.verdict(time, arrived);
        self.judged(category, verdict, time, arrived, user)
    }

    /// A reading whose time was judged outside: its profile keeps time in a format of its own.
    ///
    /// # Errors
    /// As [`Draft::timed`].
    pub(crate) fn judged(
        self,
        category: Category,
        verdict: Verdict,
        time: Option<DeviceTime>,
        arrived: Moment,
        user: Option<u8>,
    ) -> Result<Reading, Reason> {
        if self.components.len() > Reading::MAX_COMPONENTS {
            return Err(Reason::Malformed);
        }
        Ok(Reading {
            at: verdict.at,
            arrived: arrived.at,
            device: self.source.device,
            category,
            components: self.components,
            quality: self.quality.with(verdict.flags),
            device_time: time,
            user,
        })
    }
}

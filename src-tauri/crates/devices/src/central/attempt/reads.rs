//! What is read of a device once its measurements are subscribed.

use core::time::Duration;

use btleplug::api::{CharPropFlags, Characteristic, Peripheral as _};
use btleplug::platform::Peripheral;
use salus_wire::Category;
use uuid::Uuid;

use super::super::uuids;
use crate::gatt::{
    Malformed, cgm, date_time, device_information as info, enhanced_blood_pressure, health_sensor,
    thermometer,
};
use crate::intake::Setup;
use crate::measure;

/// A read of a protected value hangs while the platform waits for a pairing agent.
const READ: Duration = Duration::from_secs(4);

/// What a generic health sensor observes.
pub(super) fn sensed(bytes: &[u8]) -> Result<Vec<Category>, Malformed> {
    health_sensor::features(bytes).map(|f| measure::health_sensor::measures(&f))
}

/// Reads that may fail one by one; a failure of a value that is there is remembered.
pub(super) struct Reads<'a> {
    peripheral: &'a Peripheral,
    /// A value that is there could not be read.
    pub(super) failed: bool,
}

impl<'a> Reads<'a> {
    pub(super) const fn new(peripheral: &'a Peripheral) -> Self {
        Self { peripheral, failed: false }
    }

    pub(super) async fn value<T>(
        &mut self,
        c: Option<&Characteristic>,
        decode: impl FnOnce(&[u8]) -> Result<T, Malformed>,
    ) -> Option<T> {
        let c = c.filter(|c| c.properties.contains(CharPropFlags::READ))?;
        if let Ok(Ok(bytes)) = tokio::time::timeout(READ, self.peripheral.read(c)).await {
            decode(&bytes).ok()
        } else {
            self.failed = true;
            None
        }
    }

    pub(super) async fn text(&mut self, c: Option<&Characteristic>) -> Option<String> {
        self.value(c, info::text).await.filter(|t| !t.is_empty())
    }

    /// What decides how the measurements are read. A device's features cannot change while it is connected.
    pub(super) async fn setup(&mut self, characteristics: &[Characteristic]) -> Setup {
        let find = |uuid: Uuid| characteristics.iter().find(|c| c.uuid == uuid);
        let feature = self.value(find(uuids::CGM_FEATURE), cgm::decode_feature).await;
        let protection = feature.map(cgm::Feature::protection).unwrap_or_default();
        let start = self.value(find(uuids::CGM_SESSION_START), |b| cgm::session::decode_start(b, protection));
        let start = start.await;
        let site = self.value(find(uuids::TEMPERATURE_TYPE), thermometer::decode_type).await;
        let pressure =
            self.value(find(uuids::BLOOD_PRESSURE_FEATURE), enhanced_blood_pressure::decode_feature).await;
        Setup {
            // The person says it, not the device.
            wheel_mm: None,
            site,
            cgm: measure::cgm::Session { start, feature },
            stored_pressure: pressure.map(enhanced_blood_pressure::Feature::protection).unwrap_or_default(),
            mi_scale: false,
        }
    }

    /// Only devices that stamp their readings have a clock worth asking.
    pub(super) async fn clock(
        &mut self,
        current: Option<&Characteristic>,
        date: Option<&Characteristic>,
        measures: &[Category],
    ) -> Option<salus_wire::measure::DeviceTime> {
        if measures.iter().all(|c| matches!(c, Category::HeartRate | Category::Activity)) {
            return None;
        }
        match self.value(current, date_time::current_time).await {
            Some(time) => Some(time),
            None => self.value(date, date_time::date_time).await,
        }
    }
}

//! Assigned numbers in use, and which profile each belongs to.

use btleplug::api::bleuuid::uuid_from_u16;
use salus_wire::Category;
use uuid::Uuid;

use crate::gatt::racp::Filter;

/// Heart Rate Measurement.
pub const HEART_RATE: Uuid = uuid_from_u16(0x2A37);
/// Blood Pressure Measurement.
pub const BLOOD_PRESSURE: Uuid = uuid_from_u16(0x2A35);
/// Blood Pressure Feature.
pub const BLOOD_PRESSURE_FEATURE: Uuid = uuid_from_u16(0x2A49);
/// Enhanced Blood Pressure Measurement.
pub const ENHANCED_BLOOD_PRESSURE: Uuid = uuid_from_u16(0x2B34);
/// Blood Pressure Record.
pub const BLOOD_PRESSURE_RECORD: Uuid = uuid_from_u16(0x2B36);
/// Temperature Measurement.
pub const TEMPERATURE: Uuid = uuid_from_u16(0x2A1C);
/// Temperature Type.
pub const TEMPERATURE_TYPE: Uuid = uuid_from_u16(0x2A1D);
/// PLX Spot-Check Measurement.
pub const SPOT_CHECK: Uuid = uuid_from_u16(0x2A5E);
/// PLX Continuous Measurement.
pub const CONTINUOUS_OXYGEN: Uuid = uuid_from_u16(0x2A5F);
/// Weight Measurement.
pub const WEIGHT: Uuid = uuid_from_u16(0x2A9D);
/// Body Composition Measurement.
pub const BODY_COMPOSITION: Uuid = uuid_from_u16(0x2A9C);
/// Glucose: the service.
pub const GLUCOSE_SERVICE: Uuid = uuid_from_u16(0x1808);
/// Glucose Measurement.
pub const GLUCOSE: Uuid = uuid_from_u16(0x2A18);
/// Glucose Measurement Context.
pub const GLUCOSE_CONTEXT: Uuid = uuid_from_u16(0x2A34);
/// CGM Measurement.
pub const CGM: Uuid = uuid_from_u16(0x2AA7);
/// CGM Feature.
pub const CGM_FEATURE: Uuid = uuid_from_u16(0x2AA8);
/// CGM Session Start Time.
pub const CGM_SESSION_START: Uuid = uuid_from_u16(0x2AAA);
/// RSC Measurement.
pub const RUNNING: Uuid = uuid_from_u16(0x2A53);
/// CSC Measurement.
pub const CYCLING: Uuid = uuid_from_u16(0x2A5B);
/// Cycling Power Measurement.
pub const CYCLING_POWER: Uuid = uuid_from_u16(0x2A63);
/// Generic Health Sensor: the service.
pub const OBSERVATIONS_SERVICE: Uuid = uuid_from_u16(0x1840);
/// Live Health Observations.
pub const LIVE_OBSERVATIONS: Uuid = uuid_from_u16(0x2B8B);
/// Stored Health Observations.
pub const STORED_OBSERVATIONS: Uuid = uuid_from_u16(0x2BDD);
/// Health Sensor Features.
pub const OBSERVATIONS_FEATURES: Uuid = uuid_from_u16(0x2BF3);
/// GHS Control Point.
pub const OBSERVATIONS_CONTROL: Uuid = uuid_from_u16(0x2BF4);
/// Record Access Control Point.
pub const RECORD_ACCESS: Uuid = uuid_from_u16(0x2A52);
/// User Control Point.
pub const USER_CONTROL: Uuid = uuid_from_u16(0x2A9F);
/// Polar Measurement Data: control point.
pub const POLAR_CONTROL: Uuid = Uuid::from_u128(0xFB00_5C81_02E7_F387_1CAD_8ACD_2D8D_F0C8);
/// Polar Measurement Data: data.
pub const POLAR_DATA: Uuid = Uuid::from_u128(0xFB00_5C82_02E7_F387_1CAD_8ACD_2D8D_F0C8);
/// Polar Measurement Data: the service.
pub const POLAR: Uuid = Uuid::from_u128(0xFB00_5C80_02E7_F387_1CAD_8ACD_2D8D_F0C8);
/// Battery Level.
pub const BATTERY: Uuid = uuid_from_u16(0x2A19);
/// Current Time.
pub const CURRENT_TIME: Uuid = uuid_from_u16(0x2A2B);
/// Date Time.
pub const DATE_TIME: Uuid = uuid_from_u16(0x2A08);
/// Current Elapsed Time.
pub const ELAPSED_TIME: Uuid = uuid_from_u16(0x2BF2);
/// System ID.
pub const SYSTEM_ID: Uuid = uuid_from_u16(0x2A23);
/// Model Number String.
pub const MODEL: Uuid = uuid_from_u16(0x2A24);
/// Serial Number String.
pub const SERIAL: Uuid = uuid_from_u16(0x2A25);
/// Firmware Revision String.
pub const FIRMWARE: Uuid = uuid_from_u16(0x2A26);
/// Manufacturer Name String.
pub const MAKER: Uuid = uuid_from_u16(0x2A29);
/// UDI for Medical Devices.
pub const UDI: Uuid = uuid_from_u16(0x2BFF);

/// A service that measures.
#[derive(Debug, Clone, Copy)]
pub struct Profile {
    /// The service.
    pub service: Uuid,
    /// What it measures; `None` when each device of it says so itself, once it is connected.
    pub category: Option<Category>,
    /// The category that may send as often as it does.
    pub pace: Category,
    /// What its measurements come in.
    pub measurements: &'static [Uuid],
    /// How its stored records are numbered, when it has a Record Access Control Point.
    pub records: Option<Filter>,
}

const fn profile(
    service: u16,
    category: Category,
    measurements: &'static [Uuid],
    records: Option<Filter>,
) -> Profile {
    Profile {
        service: uuid_from_u16(service),
        category: Some(category),
        pace: category,
        measurements,
        records,
    }
}

/// Every service that we take measurements from.
pub const PROFILES: [Profile; 13] = [
    profile(0x180D, Category::HeartRate, &[HEART_RATE], None),
    profile(
        0x1810,
        Category::BloodPressure,
        &[BLOOD_PRESSURE, ENHANCED_BLOOD_PRESSURE, BLOOD_PRESSURE_RECORD],
        Some(Filter::SequenceNumber),
    ),
    profile(
        0x1822,
        Category::OxygenSaturation,
        &[SPOT_CHECK, CONTINUOUS_OXYGEN],
        Some(Filter::SequenceNumber),
    ),
    profile(0x1809, Category::BodyTemperature, &[TEMPERATURE], None),
    profile(0x181D, Category::BodyWeight, &[WEIGHT], None),
    profile(0x181B, Category::BodyWeight, &[BODY_COMPOSITION], None),
    profile(0x1808, Category::Glucose, &[GLUCOSE, GLUCOSE_CONTEXT], Some(Filter::SequenceNumber)),
    profile(0x181F, Category::Glucose, &[CGM], Some(Filter::TimeOffset)),
    profile(0x1814, Category::Activity, &[RUNNING], None),
    profile(0x1816, Category::Activity, &[CYCLING], None),
    profile(0x1818, Category::Activity, &[CYCLING_POWER], None),
    Profile {
        service: OBSERVATIONS_SERVICE,
        category: None,
        // Whatever it is, in several segments.
        pace: Category::OxygenSaturation,
        measurements: &[LIVE_OBSERVATIONS, STORED_OBSERVATIONS],
        records: Some(Filter::RecordNumber),
    },
    Profile {
        service: POLAR,
        category: None,
        pace: Category::Electrocardiogram,
        measurements: &[POLAR_DATA],
        records: None,
    },
];

/// What a list of services measures, in the order of screens, each once. Services of which each device says itself what it
/// measures add nothing.
#[must_use]
pub fn measures(services: &[Uuid]) -> Vec<Category> {
    let has = |c: &Category| PROFILES.iter().any(|p| p.category == Some(*c) && services.contains(&p.service));
    Category::ALL.iter().copied().filter(has).collect()
}

/// True when one of the services sends measurements over a link, other than the weights that scales also say without one.
#[must_use]
pub fn connects(services: &[Uuid]) -> bool {
    PROFILES.iter().any(|p| p.category != Some(Category::BodyWeight) && services.contains(&p.service))
}

//! Assigned numbers in use.

use btleplug::api::bleuuid::uuid_from_u16;
use salus_wire::Category;
use uuid::Uuid;

/// Heart Rate Measurement.
pub const HEART_RATE: Uuid = uuid_from_u16(0x2A37);
/// Blood Pressure Measurement.
pub const BLOOD_PRESSURE: Uuid = uuid_from_u16(0x2A35);
/// Battery Level.
pub const BATTERY: Uuid = uuid_from_u16(0x2A19);
/// Current Time.
pub const CURRENT_TIME: Uuid = uuid_from_u16(0x2A2B);
/// Date Time.
pub const DATE_TIME: Uuid = uuid_from_u16(0x2A08);
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

/// What we take measurements from: service, its measurement, what it measures.
pub const MEASURING: [(Uuid, Uuid, Category); 2] = [
    (uuid_from_u16(0x180D), HEART_RATE, Category::HeartRate),
    (uuid_from_u16(0x1810), BLOOD_PRESSURE, Category::BloodPressure),
];

/// What a list of services measures, in the order of screens, each once.
#[must_use]
pub fn measures(services: &[Uuid]) -> Vec<Category> {
    MEASURING.iter().filter(|(s, ..)| services.contains(s)).map(|(.., category)| *category).collect()
}

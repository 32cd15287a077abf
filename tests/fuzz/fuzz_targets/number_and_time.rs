//! SFLOAT, FLOAT, unit conversion, Date Time, Current Time and setting it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_devices::gatt::{date_time, number};
use salus_devices::measure::unit;

fuzz_target!(|bytes: &[u8]| {
    if let Some(raw) = bytes.first_chunk()
        && let Ok(decimal) = number::sfloat(u16::from_le_bytes(*raw))
    {
        let _ = unit::kpa_to_mmhg(decimal).to_string();
    }
    if let Some(raw) = bytes.first_chunk()
        && let Ok(decimal) = number::float(u32::from_le_bytes(*raw))
    {
        let _ = unit::kpa_to_mmhg(decimal).to_string();
        let _ = (unit::pound_to_kilogram(decimal), unit::inch_to_centimetre(decimal));
        let _ = unit::fahrenheit_to_celsius(decimal);
    }
    if let Some(raw) = bytes.first_chunk()
        && let Some(octets) =
            date_time::encode_current_time(i64::from_le_bytes(*raw), date_time::Adjust::Manual)
    {
        assert!(date_time::current_time(&octets).is_ok());
    }
    for time in [date_time::date_time(bytes), date_time::current_time(bytes)].into_iter().flatten() {
        let _ = date_time::wall_millis(time);
    }
});

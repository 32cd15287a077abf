//! The same of what a device is asked for once, or says seldom: features, settings, identity, what a maker dumps.

use anyhow::Result;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::{
    body_composition, cgm, cycling, cycling_power, device_information, enhanced_blood_pressure, glucose,
    health_sensor, heart_rate, omron, pulse_oximeter, running, thermometer, user_data, weight,
};
use salus_tests::bluez::packet::{sensor, sugar};

use super::decoders::rate;

pub(crate) fn measure() -> Result<()> {
    of_the_heart()?;
    of_the_body()?;
    of_sugar()?;
    rate("running feature 2A54", &[0x07, 0], running::features)?;
    rate("cycling feature 2A5C", &[0x03, 0], cycling::features)?;
    rate("cycling power feature 2A65", &[0x0C, 0, 0, 0], cycling_power::features)?;
    let kinds = sensor::features(&[150_020, 150_456, 149_530]);
    rate("kinds of observation 2BF3, three", &kinds, health_sensor::features)?;
    rate(
        "schedule of observations 2BF1",
        &[0xB8, 0x4B, 2, 0, 20, 0, 0, 0xFF, 60, 0, 0, 0],
        health_sensor::schedule,
    )?;
    rate("observations control 2BF4", &[0x80], health_sensor::response)?;
    rate("system id 2A23", &[0xDE, 0xBC, 0x9A, 0xFE, 0xFF, 0x56, 0x34, 0x12], device_information::system_id)
}

fn of_the_heart() -> Result<()> {
    rate("site of a heart rate 2A38", &[1], heart_rate::location)?;
    rate("blood pressure feature 2A49", &[0x40, 0], enhanced_blood_pressure::decode_feature)?;
    rate("enhanced cuff pressure 2B35", &[0, 81, 0], enhanced_blood_pressure::decode_cuff)?;
    let dumped = [125, 93, 70, 0x1A, 0x2B, 0x25, 0x41, 0x16, 0, 0, 0x20, 0, 0, 1, 2, 0];
    rate("OMRON record", &dumped, omron::decode)
}

fn of_the_body() -> Result<()> {
    rate("oximeter feature 2A60", &[0, 0], pulse_oximeter::features)?;
    rate("site of a temperature 2A1D", &[6], thermometer::decode_type)?;
    rate("interval of temperatures 2A21", &[60, 0], thermometer::decode_interval)?;
    rate("weight feature 2A9E", &[0x3B, 0, 0, 0], weight::decode_feature)?;
    rate("body composition feature 2A9B", &[0x2B, 2, 0, 0], body_composition::decode_feature)?;
    rate("count of changes 2A99", &[1, 0, 0, 0], user_data::decode_increment)?;
    rate("user 2A9A", &[1], user_data::decode_index)
}

fn of_sugar() -> Result<()> {
    rate("glucose feature 2A51", &[0, 0], glucose::decode_feature)?;
    rate("glucose sensor feature 2AA8", &sugar::sensor_feature(), cgm::decode_feature)?;
    rate("glucose sensor status 2AA9", &[5, 0, 0, 0, 0], |b| cgm::decode_status(b, Protection::Plain))?;
    rate("glucose sensor start 2AAA", &sugar::sensor_start(1_779_352_245_000), |b| {
        cgm::session::decode_start(b, Protection::Plain)
    })?;
    rate("glucose sensor run time 2AAB", &[0xF0, 0], |b| {
        cgm::session::decode_run_time(b, Protection::Plain)
    })?;
    rate("glucose sensor control 2AAC", &[0x1C, 0x1A, 1], |b| cgm::control::decode(b, Protection::Plain))
}

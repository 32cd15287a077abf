//! Packets that one core decodes in a second, profile by profile.

use std::hint::black_box;

use anyhow::{Context, Result};
use salus_devices::advert;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::{
    Malformed, battery, blood_pressure, body_composition, cgm, cycling, cycling_power, date_time,
    elapsed_time, enhanced_blood_pressure, glucose, health_sensor, heart_rate, polar_pmd, pulse_oximeter,
    racp, running, thermometer, user_data, weight,
};
use salus_tests::bluez::Advert;
use salus_tests::bluez::packet::{activity, body, overheard, pressure, sensor, sugar};
use salus_tests::bluez::peripheral::recorder;
use salus_tests::bluez::wave::Wave;
use salus_tests::figure::{Figure, median_ms};

const PACKETS: u32 = 1_000_000;
const ROUNDS: usize = 5;
const NOW: i64 = 1_779_352_245_000;
/// 20 million a second.
const TARGET: f64 = 20.0;

pub(crate) fn measure() -> Result<()> {
    let mut wave = Wave::new(1);
    rate("heart rate 2A37", &wave.heart_rate(), heart_rate::decode)?;
    rate("blood pressure 2A35", &wave.blood_pressure(NOW), blood_pressure::decode)?;
    // The cuff inflates; the two other places are not a number.
    rate("cuff pressure 2A36", &[0, 81, 0, 0xFF, 7, 0xFF, 7], blood_pressure::decode_cuff)?;
    let enhanced = pressure::enhanced(120, 80, 72, NOW, 1);
    rate("enhanced blood pressure 2B34", &enhanced, enhanced_blood_pressure::decode)?;
    let records = pressure::record(7, &enhanced, 9, true);
    rate("blood pressure record 2B36, one segment", &records[0], enhanced_blood_pressure::record::decode)?;
    rate("spot check 2A5E", &body::spot_check(97, 61, NOW), pulse_oximeter::spot_check)?;
    rate("continuous oxygen 2A5F", &body::continuous(97, 61, 0), pulse_oximeter::continuous)?;
    rate("temperature 2A1C", &body::temperature(371, NOW, 6), thermometer::decode)?;
    rate("weight 2A9D", &body::weight(14_260, NOW, 1), weight::decode)?;
    let [composition, _] = body::composition(250, 9000, 14_260, NOW, 1);
    rate("body composition 2A9C", &composition, body_composition::decode)?;
    rate("glucose 2A18", &sugar::glucose(7, NOW, 5, 104, true), glucose::decode)?;
    rate("glucose context 2A34", &sugar::context(7, 45, 2), glucose::context::decode)?;
    rate("glucose sensor 2AA7", &sugar::sensor(&[(5, 104)]), |b| cgm::decode(b, Protection::Plain))?;
    // With every field that a record can have.
    let checked = [15, 0xE3, 0xD2, 0xE4, 5, 0, 2, 20, 0xFF, 2, 0xF0, 0xE5, 0xF3, 0x8E, 0x3F];
    rate("glucose sensor 2AA7, with checksum", &checked, |b| cgm::decode(b, Protection::Checked))?;
    rate("running 2A53", &activity::running(640, 172, 104, 12_345), running::decode)?;
    rate("cycling 2A5B", &activity::cycling(9, 1024, 3, 512), cycling::decode)?;
    rate("cycling power 2A63", &activity::power(210, 9, 2048, 3, 512), cycling_power::decode)?;
    rate("observation 2B8B, two values", &sensor::pressure(120, 80), health_sensor::live)?;
    let stored = sensor::stored(7, &sensor::pressure(120, 80));
    rate("stored observation 2BDD, two values", &stored, health_sensor::stored)?;
    rate("elapsed time 2BF2", &sensor::clock(900_000), elapsed_time::clock)?;
    rate("record access 2A52", &[0x06, 0x00, 0x01, 0x01], racp::decode)?;
    rate("user control 2A9F", &[0x20, 0x02, 0x01], user_data::decode_response)?;
    let clock = date_time::encode_current_time(NOW, date_time::Adjust::Manual).context("a time")?;
    rate("current time 2A2B", &clock, date_time::current_time)?;
    rate("date and time 2A08", &clock[..7], date_time::date_time)?;
    rate("battery 2A19", &[87], battery::decode)?;
    rate("Polar, 73 voltages", &recorder::frame(1), polar_pmd::frame)?;
    rate("Polar, 4 pulse intervals", &recorder::intervals(&[1, 2, 3, 4]), polar_pmd::frame)?;
    rate("Polar, one acceleration", &recorder::acceleration(), polar_pmd::frame)?;
    rate("Polar control", &[0xF0, 0x02, 0x00, 0x00, 0x00], polar_pmd::message)?;
    for (name, said) in [
        ("Ruuvi 5 advertisement", overheard::ruuvi(4860, 21_396, 100_044, 1)),
        ("Ruuvi 3 advertisement", overheard::ruuvi_3(52, 24, 30, 100_044)),
        ("Mi Scale advertisement", overheard::mi_scale(14_260, NOW, true)),
        ("Mi Scale 2 advertisement", overheard::mi_scale_2(14_260, Some(480), NOW, true)),
        ("BTHome advertisement", overheard::bthome_air(1, 2506, 5055)),
    ] {
        match said {
            Advert::Maker(company, octets) => {
                rate(name, &octets, |b| heard(advert::manufacturer(company, b)))?
            }
            Advert::Service(uuid, octets) => rate(name, &octets, |b| heard(advert::service(uuid, b)))?,
        }
    }
    Ok(())
}

fn heard(said: Option<Result<advert::Advert, advert::Unread>>) -> Result<advert::Advert, Malformed> {
    said.and_then(Result::ok).ok_or(Malformed::Undefined)
}

pub(crate) fn rate<'a, T>(
    name: &str,
    packet: &'a [u8],
    decode: impl Fn(&'a [u8]) -> Result<T, Malformed>,
) -> Result<()> {
    decode(packet).with_context(|| format!("what is measured does not decode: {name}"))?;
    let ms = median_ms(ROUNDS, || {
        for _ in 0..PACKETS {
            black_box(decode(black_box(packet)).is_ok());
        }
    });
    let millions = f64::from(PACKETS) / ms / 1000.0;
    Figure {
        name: format!("decoding {name}"),
        target: format!(">= {TARGET:.0} million/s/core"),
        measured: millions,
        unit: "million/s".to_owned(),
        baseline: format!("{} octets a packet", packet.len()),
        ok: Some(millions >= TARGET),
    }
    .print()
}

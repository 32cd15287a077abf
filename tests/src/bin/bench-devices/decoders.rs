//! Packets that one core decodes in a second, profile by profile.

use std::hint::black_box;

use anyhow::{Context, Result};
use salus_devices::advert;
use salus_devices::gatt::crc::Protection;
use salus_devices::gatt::{
    Malformed, blood_pressure, body_composition, cgm, cycling, cycling_power, glucose, health_sensor,
    heart_rate, pulse_oximeter, running, thermometer, weight,
};
use salus_tests::bluez::Advert;
use salus_tests::bluez::packet::{activity, body, overheard, sensor, sugar};
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
    rate("spot check 2A5E", &body::spot_check(97, 61, NOW), pulse_oximeter::spot_check)?;
    rate("continuous oxygen 2A5F", &body::continuous(97, 61, 0), pulse_oximeter::continuous)?;
    rate("temperature 2A1C", &body::temperature(371, NOW, 6), thermometer::decode)?;
    rate("weight 2A9D", &body::weight(14_260, NOW, 1), weight::decode)?;
    let [composition, _] = body::composition(250, 9000, 14_260, NOW, 1);
    rate("body composition 2A9C", &composition, body_composition::decode)?;
    rate("glucose 2A18", &sugar::glucose(7, NOW, 5, 104, true), glucose::decode)?;
    rate("glucose context 2A34", &sugar::context(7, 45, 2), glucose::context::decode)?;
    rate("glucose sensor 2AA7", &sugar::sensor(&[(5, 104)]), |b| cgm::decode(b, Protection::Plain))?;
    rate("running 2A53", &activity::running(640, 172, 104, 12_345), running::decode)?;
    rate("cycling 2A5B", &activity::cycling(9, 1024, 3, 512), cycling::decode)?;
    rate("cycling power 2A63", &activity::power(210, 9, 2048, 3, 512), cycling_power::decode)?;
    rate("observation 2B8B, two values", &sensor::pressure(120, 80), health_sensor::live)?;
    for (name, said) in [
        ("Ruuvi 5 advertisement", overheard::ruuvi(4860, 21_396, 100_044, 1)),
        ("Mi Scale advertisement", overheard::mi_scale(14_260, NOW, true)),
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

fn rate<'a, T>(
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

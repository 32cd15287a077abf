//! Journey: a device of each profile, from the radio to the reading. What comes out is what was sent.

use std::sync::Arc;

use anyhow::Result;
use salus_devices::{Options, Reason, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW, connected};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::{activity, body, sensor, sugar};
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_wire::{Category, Quality, Quantity, Reading};

const SEED: u64 = 20_261_124;
const MINUTE: i64 = 60_000;

fn values(reading: &Reading, quantities: &[Quantity]) -> Vec<String> {
    quantities.iter().map(|q| reading.value(*q).map(|v| v.to_string()).unwrap_or_default()).collect()
}

/// The one device of a simulation, connected.
async fn only(bus: &str, peripheral: Peripheral) -> Result<(SimulatedBluez, Driver)> {
    let bluez = SimulatedBluez::attach(bus, vec![peripheral]).await?;
    let driver = connected(&bluez, 0).await?;
    Ok((bluez, driver))
}

#[test]
fn an_oximeter() -> Result<()> {
    on_private_bus("profiles::an_oximeter", async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        memory.store(0_u16, vec![(0x2A5E, body::spot_check(95, 72, NOW - 60 * MINUTE))]);
        let (bluez, mut driver) =
            only(&bus, Peripheral::pulse_oximeter(1, Arc::new(|| NOW), &memory)).await?;
        let (stored, refused, history) = driver.history().await;
        assert_eq!((stored.len(), refused, history.last), (1, 0, None));
        assert_eq!(values(&stored[0], &[Quantity::OxygenSaturation, Quantity::PulseRate]), ["95", "72"]);
        assert!(stored[0].quality.has(Quality::BACKFILLED));
        let mut wave = Wave::new(SEED);
        for n in 0..20 {
            let (oxygen, pulse) = (wave.between(90, 100), wave.between(50, 110));
            assert!(bluez.send(0, 0x2A5E, &body::spot_check(oxygen, pulse, NOW - n * 1000)).await?);
            let reading = driver.reading().await;
            assert_eq!((reading.category, reading.at), (Category::OxygenSaturation, NOW - n * 1000));
            let sent = [oxygen.to_string(), pulse.to_string()];
            assert_eq!(values(&reading, &[Quantity::OxygenSaturation, Quantity::PulseRate]), sent);
            // Bit 11: on nobody.
            assert!(bluez.send(0, 0x2A5F, &body::continuous(oxygen, pulse, 1 << 11)).await?);
            let reading = driver.reading().await;
            assert_eq!(values(&reading, &[Quantity::OxygenSaturation, Quantity::PulseRate]), sent);
            assert!(reading.quality.has(Quality::NO_CONTACT));
        }
        Ok(())
    })
}

#[test]
fn a_scale_and_an_analyser() -> Result<()> {
    on_private_bus("profiles::a_scale_and_an_analyser", async |bus| {
        let scales =
            vec![Peripheral::scale(1, Arc::new(|| NOW)), Peripheral::body_analyser(1, Arc::new(|| NOW))];
        let bluez = SimulatedBluez::attach(&bus, scales).await?;
        let (mut scale, mut analyser) = (connected(&bluez, 0).await?, connected(&bluez, 1).await?);
        let mut wave = Wave::new(SEED);
        for n in 0..10 {
            let at = NOW - n * MINUTE;
            let kg_200 = u16::try_from(wave.between(8000, 24_000))?;
            assert!(bluez.send(0, 0x2A9D, &body::weight(kg_200, at, 2)).await?);
            let reading = scale.reading().await;
            let weight = reading.value(Quantity::BodyWeight).expect("a weight");
            assert_eq!((weight.mantissa, weight.exponent), (i64::from(kg_200) * 5, -3));
            assert_eq!((reading.at, reading.user), (at, Some(2)));

            let (fat, muscle) =
                (u16::try_from(wave.between(80, 400))?, u16::try_from(wave.between(4000, 9000))?);
            for packet in body::composition(fat, muscle, kg_200, at, 1) {
                assert!(bluez.send(1, 0x2A9C, &packet).await?);
            }
            let reading = analyser.reading().await;
            assert_eq!(reading.value(Quantity::BodyWeight), Some(weight));
            assert_eq!(reading.value(Quantity::BodyFat).map(|v| v.mantissa), Some(i64::from(fat)));
            assert_eq!(reading.value(Quantity::MuscleMass).map(|v| v.mantissa), Some(i64::from(muscle) * 5));
        }
        assert_eq!((scale.session.counts().total(), analyser.session.counts().total()), (0, 0));
        Ok(())
    })
}

#[test]
fn a_thermometer_in_both_units() -> Result<()> {
    on_private_bus("profiles::a_thermometer_in_both_units", async |bus| {
        let (bluez, mut driver) = only(&bus, Peripheral::thermometer(1, 6)).await?;
        assert!(bluez.send(0, 0x2A1C, &body::temperature(374, NOW, 3)).await?);
        let reading = driver.reading().await;
        assert_eq!(values(&reading, &[Quantity::BodyTemperature, Quantity::MeasurementSite]), ["37.4", "3"]);
        // The site that it says once for all.
        assert!(bluez.send(0, 0x2A1C, &body::fahrenheit(1004, NOW - MINUTE)).await?);
        let reading = driver.reading().await;
        let quantities =
            [Quantity::BodyTemperature, Quantity::BodyTemperatureFahrenheit, Quantity::MeasurementSite];
        assert_eq!(values(&reading, &quantities), ["38.00", "100.4", "6"]);
        assert!(reading.quality.has(Quality::CONVERTED));
        assert!(bluez.send(0, 0x2A1C, &body::temperature(999, NOW, 3)).await?);
        assert_eq!(driver.packet().await, SessionEvent::Quarantined(Reason::Impossible));
        Ok(())
    })
}

#[test]
fn a_glucose_meter() -> Result<()> {
    on_private_bus("profiles::a_glucose_meter", async |bus| {
        let memory = Memory::new(Skill::Full);
        let clock = OwnClock::right(Arc::new(|| NOW));
        let (bluez, mut driver) = only(&bus, Peripheral::glucose_meter(1, &clock, &memory)).await?;
        let (none, _, history) = driver.history().await;
        assert_eq!((none.len(), history.last), (0, None));
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(7, NOW - 30 * MINUTE, 29, 104, true)).await?);
        assert!(bluez.send(0, 0x2A34, &sugar::context(7, 45, 2)).await?);
        let reading = driver.reading().await;
        let quantities = [Quantity::CapillaryGlucose, Quantity::Carbohydrate, Quantity::MealContext];
        assert_eq!(values(&reading, &quantities), ["104", "45", "2"]);
        assert_eq!(reading.at, NOW - MINUTE);
        assert!(bluez.send(0, 0x2A18, &sugar::control_solution(8, NOW, 110)).await?);
        assert_eq!(driver.packet().await, SessionEvent::Quarantined(Reason::NotThePatient));
        Ok(())
    })
}

#[test]
fn a_glucose_sensor() -> Result<()> {
    on_private_bus("profiles::a_glucose_sensor", async |bus| {
        let start = NOW - 600 * MINUTE;
        let memory = Memory::new(Skill::Full);
        for minutes in [0, 5, 10] {
            memory.store(minutes, vec![(0x2AA7, sugar::sensor(&[(minutes, 100 + minutes)]))]);
        }
        let (bluez, mut driver) = only(&bus, Peripheral::glucose_sensor(1, start, &memory)).await?;
        let (stored, _, history) = driver.history().await;
        let glucose = |r: &Reading| values(r, &[Quantity::InterstitialGlucose]).concat();
        assert_eq!(stored.iter().map(glucose).collect::<Vec<_>>(), ["100", "105", "110"]);
        assert_eq!(stored[2].at, start + 10 * MINUTE);
        assert_eq!((history.service, history.last), (0x181F, Some(10)));
        assert!(history.within.is_some());
        // Two records in one packet.
        assert!(bluez.send(0, 0x2AA7, &sugar::sensor(&[(590, 131), (595, 133)])).await?);
        let two = [driver.reading().await, driver.reading().await];
        assert_eq!(two.each_ref().map(glucose), ["131", "133"]);
        assert_eq!(two[1].at, start + 595 * MINUTE);
        Ok(())
    })
}

#[test]
fn a_runner() -> Result<()> {
    on_private_bus("profiles::a_runner", async |bus| {
        let (bluez, mut driver) = only(&bus, Peripheral::foot_pod(1)).await?;
        // 2.5 m/s.
        assert!(bluez.send(0, 0x2A53, &activity::running(640, 172, 104, 12_345)).await?);
        let reading = driver.reading().await;
        let quantities = [Quantity::Speed, Quantity::Cadence, Quantity::StrideLength, Quantity::Distance];
        assert_eq!(values(&reading, &quantities), ["2.500", "172", "104", "1234.5"]);
        assert_eq!(reading.category, Category::Activity);
        Ok(())
    })
}

#[test]
fn a_cyclist_whose_counters_wrap() -> Result<()> {
    on_private_bus("profiles::a_cyclist_whose_counters_wrap", async |bus| {
        let sensors = vec![Peripheral::cycling_sensor(1), Peripheral::power_meter(1)];
        let bluez = SimulatedBluez::attach(&bus, sensors).await?;
        let (mut cycling, mut power) = (connected(&bluez, 0).await?, connected(&bluez, 1).await?);
        assert!(bluez.send(0, 0x2A5B, &activity::cycling(u32::MAX, 65_024, u16::MAX, 65_024)).await?);
        assert!(bluez.send(1, 0x2A63, &activity::power(210, u32::MAX, 64_512, u16::MAX, 65_024)).await?);
        assert_eq!(values(&power.reading().await, &[Quantity::Power, Quantity::Speed]), ["210", ""]);
        cycling.advance(1000);
        power.advance(1000);
        // A second later: three turns of the wheel (2.105 m each) and one of the crank.
        assert!(bluez.send(0, 0x2A5B, &activity::cycling(2, 512, 0, 512)).await?);
        assert!(bluez.send(1, 0x2A63, &activity::power(230, 2, 1024, 0, 512)).await?);
        let reading = cycling.reading().await;
        assert_eq!(values(&reading, &[Quantity::Speed, Quantity::Cadence]), ["6.315", "60.0"]);
        let reading = power.reading().await;
        let quantities = [Quantity::Power, Quantity::Speed, Quantity::Cadence];
        assert_eq!(values(&reading, &quantities), ["230", "6.315", "60.0"]);
        Ok(())
    })
}

#[test]
fn a_wheel_of_another_size_gives_another_speed() -> Result<()> {
    on_private_bus("profiles::a_wheel_of_another_size_gives_another_speed", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::cycling_sensor(1)]).await?;
        let options = Options { wheel_mm: Some(1_350), ..Options::default() };
        let mut driver = Driver::with(&bluez, 0, options).await?;
        let event = driver.until(|e| matches!(e, SessionEvent::Described(_))).await;
        assert!(matches!(event, SessionEvent::Described(d) if d.counts_wheel));
        assert!(bluez.send(0, 0x2A5B, &activity::cycling(10, 0, 0, 0)).await?);
        driver.advance(1000);
        // A second later: three turns of 1.350 m each.
        assert!(bluez.send(0, 0x2A5B, &activity::cycling(13, 1024, 1, 1024)).await?);
        assert_eq!(values(&driver.reading().await, &[Quantity::Speed]), ["4.050"]);
        Ok(())
    })
}

#[test]
fn a_generic_health_sensor_in_segments() -> Result<()> {
    on_private_bus("profiles::a_generic_health_sensor_in_segments", async |bus| {
        let (bluez, mut driver) = only(&bus, Peripheral::health_sensor(1)).await?;
        let mut wave = Wave::new(SEED);
        for _ in 0..10 {
            let (systolic, diastolic) = (wave.between(100, 150), wave.between(60, 95));
            for segment in sensor::segments(&sensor::pressure(systolic, diastolic), 20) {
                assert!(bluez.send(0, 0x2B8B, &segment).await?);
            }
            let reading = driver.reading().await;
            let sent = [systolic.to_string(), diastolic.to_string()];
            assert_eq!(values(&reading, &[Quantity::Systolic, Quantity::Diastolic]), sent);
            assert_eq!(reading.user, Some(1));
            driver.advance(20_000);
        }
        for segment in sensor::segments(&sensor::saturation(96), 20) {
            assert!(bluez.send(0, 0x2B8B, &segment).await?);
        }
        assert_eq!(values(&driver.reading().await, &[Quantity::OxygenSaturation]), ["96"]);
        // A segment that was lost is one refusal, and the next observation is whole.
        let cut = sensor::segments(&sensor::pressure(120, 80), 10);
        assert!(bluez.send(0, 0x2B8B, &cut[0]).await? && bluez.send(0, 0x2B8B, &cut[2]).await?);
        assert_eq!(driver.packet().await, SessionEvent::Quarantined(Reason::Malformed));
        for segment in sensor::segments(&sensor::saturation(97), 20) {
            assert!(bluez.send(0, 0x2B8B, &segment).await?);
        }
        assert_eq!(values(&driver.reading().await, &[Quantity::OxygenSaturation]), ["97"]);
        Ok(())
    })
}

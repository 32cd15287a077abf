//! Journey: an armband with its maker's own service. Its pulse intervals are streamed and stored by themselves, because it has
//! no others; acceleration is neither asked for nor stored.

use anyhow::Result;
use salus_devices::SessionEvent;
use salus_devices::gatt::polar_pmd::Error;
use salus_devices::gatt::polar_pmd::recording::Outcome;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, connected};
use salus_tests::bluez::peripheral::recorder::{CONTROL, DATA, Strap, acceleration, intervals};
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_wire::{Category, Quality, Quantity, Reading};

const START_PPI: [u8; 2] = [2, 3];

fn pulses(reading: &Reading) -> Vec<i64> {
    let pulses = reading.components.iter().filter(|c| c.quantity == Quantity::PulseInterval);
    pulses.map(|c| c.value.mantissa).collect()
}

#[test]
fn pulse_intervals_arrive_by_themselves_and_acceleration_is_left_out() -> Result<()> {
    on_private_bus("polar::pulse_intervals_arrive_by_themselves_and_acceleration_is_left_out", async |bus| {
        let told = Strap::light(3);
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::armband(1, &told).paired()]).await?;
        let mut driver = Driver::start(&bluez, 0, Vec::new()).await?;
        let SessionEvent::Described(d) = driver.until(|e| matches!(e, SessionEvent::Described(_))).await
        else {
            unreachable!()
        };
        assert_eq!(d.measures, [Category::HeartRate], "it has no electrodes");
        for more in 0..3 {
            let reading = driver.reading().await;
            assert_eq!((reading.category, pulses(&reading)), (Category::HeartRate, vec![800 + more]));
            assert_eq!(reading.value(Quantity::HeartRate).map(|v| v.mantissa), Some(75));
            assert_eq!(reading.value(Quantity::RrInterval), None, "a pulse wave is no heart beat");
            assert!(!reading.quality.has(Quality::NO_CONTACT));
        }
        // One that somebody else started: nothing of it is stored, and nothing is wrong with it.
        assert!(bluez.send(0, DATA, &acceleration()).await?);
        assert!(bluez.send(0, DATA, &intervals(&[7, 8])).await?);
        assert_eq!(pulses(&driver.reading().await), [807, 808]);
        assert_eq!(driver.session.counts().total(), 0);

        // It records no electrocardiogram, and is not even asked.
        driver.session.record_electrocardiogram(30_000);
        let outcome = driver.until(|e| matches!(e, SessionEvent::Electrocardiogram(_))).await;
        assert_eq!(outcome, SessionEvent::Electrocardiogram(Outcome::Refused(Error::NotSupported)));
        assert_eq!(told.told(), [START_PPI.to_vec()]);

        // A stream ends with its link, and is started again on the next one.
        bluez.drop_link(0).await?;
        assert_eq!(pulses(&driver.reading().await), [800]);
        assert_eq!(told.told(), [START_PPI.to_vec(), START_PPI.to_vec()]);
        Ok(())
    })
}

#[test]
fn without_a_bond_only_the_heart_rate_is_heard() -> Result<()> {
    on_private_bus("polar::without_a_bond_only_the_heart_rate_is_heard", async |bus| {
        let told = Strap::light(3);
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::armband(1, &told)]).await?;
        let mut driver = connected(&bluez, 0).await?;
        assert!(!bluez.is_subscribed(0, CONTROL));
        assert!(bluez.send(0, 0x2A37, &[0x06, 71]).await?);
        assert_eq!(driver.reading().await.value(Quantity::HeartRate).map(|v| v.mantissa), Some(71));
        assert_eq!((told.told().len(), driver.session.counts().total()), (0, 0));
        Ok(())
    })
}

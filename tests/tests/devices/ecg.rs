//! Journey: an electrocardiogram that the person wants, from a strap that records one when told to.

use std::sync::Arc;

use anyhow::{Context, Result};
use salus_devices::SessionEvent;
use salus_devices::gatt::polar_pmd::Error;
use salus_devices::gatt::polar_pmd::recording::Outcome;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{DEADLINE, Driver, NOW, connected};
use salus_tests::bluez::peripheral::recorder::{CONTROL, Strap};
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{DeviceState, DeviceView, EcgTrouble, EcgView};
use salus_wire::{Category, ErrorCode, Quantity};

const START_ECG: [u8; 10] = [2, 0, 0, 1, 0x82, 0, 1, 1, 14, 0];
const STOP_ECG: [u8; 2] = [3, 0];

async fn strap(bus: &str, strap: &Arc<Strap>) -> Result<(SimulatedBluez, Driver)> {
    let bluez = SimulatedBluez::attach(bus, vec![Peripheral::recording_strap(1, strap).paired()]).await?;
    let driver = connected(&bluez, 0).await?;
    Ok((bluez, driver))
}

async fn said(driver: &mut Driver) -> Outcome {
    match driver.until(|e| matches!(e, SessionEvent::Electrocardiogram(_))).await {
        SessionEvent::Electrocardiogram(outcome) => outcome,
        _ => unreachable!("until() gave another event"),
    }
}

#[test]
fn it_is_recorded_for_its_length() -> Result<()> {
    on_private_bus("ecg::it_is_recorded_for_its_length", async |bus| {
        let told = Strap::new(4, 0);
        let (bluez, mut driver) = strap(&bus, &told).await?;
        driver.session.record_electrocardiogram(30_000);
        assert_eq!(said(&mut driver).await, Outcome::Started { until: NOW + 30_000 });
        // 4 frames of 73 voltages; each frame is three readings.
        let mut voltages = Vec::new();
        while voltages.len() < 4 * 73 {
            let reading = driver.reading().await;
            assert_eq!(reading.category, Category::Electrocardiogram);
            let components = reading.components.iter().filter(|c| c.quantity == Quantity::EcgVoltage);
            voltages.extend(components.map(|c| c.value.mantissa));
        }
        assert_eq!(voltages.iter().filter(|v| **v == 1100).count(), 3);
        // A second one does not begin meanwhile.
        driver.session.record_electrocardiogram(30_000);
        assert_eq!(said(&mut driver).await, Outcome::Refused(Error::AlreadyInState));
        driver.advance(30_000);
        assert_eq!(said(&mut driver).await, Outcome::Ended);
        assert_eq!(told.told(), [START_ECG.to_vec(), STOP_ECG.to_vec()]);

        // The device ends the next one by itself, and the link the one after that.
        driver.session.record_electrocardiogram(30_000);
        assert!(matches!(said(&mut driver).await, Outcome::Started { .. }));
        assert!(bluez.send(0, CONTROL, &[1, 0]).await?);
        assert_eq!(said(&mut driver).await, Outcome::Cut);
        driver.session.record_electrocardiogram(30_000);
        assert!(matches!(said(&mut driver).await, Outcome::Started { .. }));
        bluez.drop_link(0).await?;
        assert_eq!(said(&mut driver).await, Outcome::Cut);
        assert_eq!(driver.session.counts().total(), 0);
        Ok(())
    })
}

#[test]
fn the_application_records_stops_and_says_why_not() -> Result<()> {
    on_private_bus("ecg::the_application_records_stops_and_says_why_not", async |bus| {
        // 13: on its charger.
        let (good, charging) = (Strap::new(2, 0), Strap::new(2, 13));
        let straps = vec![
            Peripheral::recording_strap(1, &good).paired(),
            Peripheral {
                name: "Charging Strap".into(),
                ..Peripheral::recording_strap(2, &charging).paired()
            },
        ];
        let bluez = SimulatedBluez::attach(&bus, straps).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        for found in desk.ok(c::ScanDevices {}).await? {
            desk.ok(c::AddDevice { device: found.id }).await?;
        }
        let seen = async |name: &str, fits: &dyn Fn(&DeviceView) -> bool| {
            let there = eventually(DEADLINE, async || {
                let all = desk.ok(c::ListDevices {}).await.ok()?;
                all.into_iter().find(|d| d.name == name && fits(d))
            });
            there.await.with_context(|| format!("{name} as expected"))
        };
        let ready = |d: &DeviceView| d.state == DeviceState::Connected && !d.measures.is_empty();
        let device = seen("Simulated Chest Strap", &ready).await?.id;
        let other = seen("Charging Strap", &ready).await?.id;

        assert_eq!(desk.refused(c::StartEcg { device, seconds: 9 }).await, ErrorCode::BadRequest);
        desk.ok(c::StartEcg { device, seconds: 30 }).await?;
        let running =
            |d: &DeviceView| matches!(d.ecg, Some(EcgView::Running { until }) if until == START + 30_000);
        seen("Simulated Chest Strap", &running).await?;
        assert_eq!(desk.refused(c::StartEcg { device, seconds: 30 }).await, ErrorCode::TooMany);
        desk.ok(c::StopEcg { device }).await?;
        seen("Simulated Chest Strap", &|d| d.ecg == Some(EcgView::Done)).await?;
        let view = desk
            .ok(c::GetRecord {
                category: Category::Electrocardiogram,
                from: START - 60_000,
                to: START + 60_000,
                width: 600,
            })
            .await?;
        assert_eq!(view.total, 6);
        assert_eq!(good.told(), [START_ECG.to_vec(), STOP_ECG.to_vec()]);
        assert_eq!(desk.ok(c::StopEcg { device }).await?.ecg, None);

        // One that the link's end cuts off is told, also once the strap is back.
        desk.ok(c::StartEcg { device, seconds: 30 }).await?;
        seen("Simulated Chest Strap", &running).await?;
        let links = bluez.links(0);
        bluez.drop_link(0).await?;
        let again = eventually(DEADLINE, async || (bluez.links(0) > links).then_some(()));
        again.await.context("a new link")?;
        let cut = Some(EcgView::Failed { why: EcgTrouble::Cut });
        seen("Simulated Chest Strap", &|d| d.state == DeviceState::Connected && d.ecg == cut).await?;

        desk.ok(c::StartEcg { device: other, seconds: 30 }).await?;
        let refused = |d: &DeviceView| d.ecg == Some(EcgView::Failed { why: EcgTrouble::Charging });
        seen("Charging Strap", &refused).await?;
        bluez.drop_link(1).await?;
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

//! Journey: find a device, connect, receive, lose it, have it back.

use std::sync::Arc;

use anyhow::Result;
use futures::StreamExt;
use salus_devices::{AdapterError, AdapterState, Central, Options, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{DEADLINE, Driver, NOW, connected, find, strap_and_cuff};
use salus_tests::bluez::packet::body;
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Content, Peripheral, SimulatedBluez};
use salus_wire::{Category, ErrorCode, Quality, Quantity};

const STRAP: usize = 0;
const CUFF: usize = 1;

#[test]
fn a_scan_lists_what_measures() -> Result<()> {
    on_private_bus("radio::a_scan_lists_what_measures", async |bus| {
        let lamp = Peripheral::new("Lamp", 9, 9).with(0x1815, 0x2A56, &["read"], Content::Fixed(vec![0]));
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1), lamp]).await?;
        let central = Central::open().await?;
        assert_eq!(central.state().await?, AdapterState::On);
        let mut scan = central.scan().await?;
        let found = tokio::time::timeout(DEADLINE, scan.next()).await?.expect("one device");
        assert_eq!(
            (found.name.as_str(), found.measures.as_slice()),
            ("Simulated Strap", &[Category::HeartRate][..])
        );
        assert!(bluez.is_discovering());
        scan.close().await;
        assert!(!bluez.is_discovering());
        Ok(())
    })
}

#[test]
fn every_notification_sent_is_received_once() -> Result<()> {
    on_private_bus("radio::every_notification_sent_is_received_once", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = Driver::start(&bluez, STRAP, Vec::new()).await?;
        assert_eq!(strap.event().await, SessionEvent::Connecting);
        assert_eq!(strap.event().await, SessionEvent::Connected);
        let SessionEvent::Described(description) = strap.event().await else { panic!("no description") };
        assert_eq!(description.maker.as_deref(), Some("Salus Simulation"));
        assert_eq!(description.model.as_deref(), Some("HRS-1"));
        assert_eq!(description.link_encrypted, Some(false));
        assert_eq!(strap.event().await, SessionEvent::Battery(87));

        let mut wave = Wave::new(42);
        for n in 0..300u64 {
            strap.advance(1000);
            assert!(bluez.send(STRAP, 0x2A37, &wave.heart_rate()).await?);
            let SessionEvent::Reading(reading) = strap.packet().await else { panic!("packet {n} set aside") };
            assert_eq!(reading.device, description.id);
            assert_eq!(reading.at, NOW + 1000 * i64::try_from(n + 1)?);
            assert!(reading.quality.has(Quality::LINK_OPEN));
        }
        assert_eq!(bluez.sent(STRAP), 300);
        assert_eq!(strap.session.counts().total(), 0);
        Ok(())
    })
}

#[test]
fn a_burst_is_received_whole_and_in_order() -> Result<()> {
    on_private_bus("radio::a_burst_is_received_whole_and_in_order", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        for bpm in 50..250u8 {
            assert!(bluez.send(STRAP, 0x2A37, &[0x06, bpm]).await?);
        }
        // The link goes while nobody looked: what was sent before is still there, then the loss.
        bluez.drop_link(STRAP).await?;
        for bpm in 50..250 {
            let SessionEvent::Reading(reading) = strap.packet().await else { panic!("{bpm} set aside") };
            assert_eq!(reading.value(Quantity::HeartRate).map(|v| v.mantissa), Some(bpm));
        }
        assert_eq!(strap.event().await, SessionEvent::Disconnected);
        strap.packet_ready().await;
        assert!(bluez.send(STRAP, 0x2A37, &[0x06, 60]).await?);
        assert!(matches!(strap.packet().await, SessionEvent::Reading(_)));
        Ok(())
    })
}

#[test]
fn a_cancelled_wait_loses_nothing() -> Result<()> {
    on_private_bus("radio::a_cancelled_wait_loses_nothing", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = Driver::start(&bluez, STRAP, Vec::new()).await?;
        let clock = || salus_devices::Moment { at: NOW, utc_offset_minutes: 0 };
        let (mut readings, mut sent) = (0, 0u32);
        let ended = tokio::time::timeout(DEADLINE, async {
            while readings < 100 {
                // Each turn gives the session one millisecond and then drops its future, wherever that is.
                let event =
                    tokio::time::timeout(std::time::Duration::from_millis(1), strap.session.next(&clock));
                if let Ok(SessionEvent::Reading(_)) = event.await {
                    readings += 1;
                }
                if sent < 100 && bluez.send(STRAP, 0x2A37, &[0x06, 70]).await.unwrap_or(false) {
                    sent += 1;
                }
            }
        });
        ended.await?;
        assert_eq!((readings, sent), (100, 100));
        Ok(())
    })
}

#[test]
fn a_wrong_clock_is_corrected_and_both_links_run_side_by_side() -> Result<()> {
    on_private_bus("radio::a_wrong_clock_is_corrected_and_both_links_run_side_by_side", async |bus| {
        // The cuff missed the summer time.
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| NOW - 3_600_000)).paired();
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1), cuff]).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        let mut cuff = connected(&bluez, CUFF).await?;
        assert!(bluez.send(CUFF, 0x2A35, &Wave::new(1).blood_pressure(NOW - 3_600_000)).await?);
        let SessionEvent::Reading(reading) = cuff.packet().await else { panic!("no reading") };
        assert_eq!(reading.at, NOW);
        assert!(reading.quality.has(Quality::CLOCK_CORRECTED));
        assert!(!reading.quality.has(Quality::LINK_OPEN), "paired");
        assert!(bluez.send(STRAP, 0x2A37, &[0x06, 60]).await?);
        assert!(matches!(strap.packet().await, SessionEvent::Reading(_)));
        Ok(())
    })
}

#[test]
fn a_device_is_known_by_its_label_alone() -> Result<()> {
    on_private_bus("radio::a_device_is_known_by_its_label_alone", async |bus| {
        // Neither system id nor serial, and an address that does not last; the last one's label names a lot, not a unit.
        let labels = ["(01)04012345678901(21)7", "(01)04012345678901(21)7", "(01)04012345678901(21)8"];
        let thermometer = |n: u8, label: &str| {
            let mut one = Peripheral::thermometer(n, 6).labelled(label).at_private_address(n);
            one.name = format!("Thermometer {n}");
            one
        };
        let mut all: Vec<Peripheral> = (0..).zip(labels).map(|(n, label)| thermometer(n, label)).collect();
        all.push(thermometer(3, "(01)04012345678901(10)A"));
        let bluez = SimulatedBluez::attach(&bus, all).await?;
        let mut ids = Vec::new();
        for at in 0..3 {
            let mut driver = connected(&bluez, at).await?;
            assert!(bluez.send(at, 0x2A1C, &body::temperature(371, NOW, 6)).await?);
            ids.push(driver.reading().await.device);
            driver.session.close().await;
        }
        assert_eq!(ids[0], ids[1], "one device at another address");
        assert_ne!(ids[0], ids[2]);
        let mut lot = Driver::start(&bluez, 3, Vec::new()).await?;
        lot.until(|e| *e == SessionEvent::NoIdentity).await;
        Ok(())
    })
}

#[test]
fn refused_attempts_back_off_and_the_third_removes_an_unpaired_device() -> Result<()> {
    on_private_bus("radio::refused_attempts_back_off_and_the_third_removes_an_unpaired_device", async |bus| {
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| NOW)).paired();
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1), cuff]).await?;
        for peripheral in [STRAP, CUFF] {
            let mut driver = Driver::start(&bluez, peripheral, Vec::new()).await?;
            bluez.refuse(peripheral, 3);
            let mut waits = Vec::new();
            loop {
                match driver.event().await {
                    SessionEvent::Waiting(ms) => waits.push(ms),
                    SessionEvent::Connected => break,
                    _ => {}
                }
            }
            assert_eq!(waits, [1000, 2000, 4000]);
            driver.session.close().await;
            assert!(!bluez.is_connected(peripheral));
        }
        assert_eq!((bluez.removals(STRAP), bluez.removals(CUFF)), (1, 0));
        Ok(())
    })
}

#[test]
fn identity_needs_something_that_lasts() -> Result<()> {
    on_private_bus("radio::identity_needs_something_that_lasts", async |bus| {
        let private = |name: &str, unit| {
            let mut p =
                Peripheral::new(name, unit, 7).with(0x180D, 0x2A37, &["notify"], Content::Fixed(Vec::new()));
            p.address[0] = 0x4A;
            p
        };
        let known = private("Known", 2).with_information("HRS-1", 2);
        let bluez = SimulatedBluez::attach(&bus, vec![private("Nameless", 1), known]).await?;
        let mut nameless = Driver::start(&bluez, 0, Vec::new()).await?;
        nameless.until(|e| *e == SessionEvent::NoIdentity).await;
        nameless.until(|e| matches!(e, SessionEvent::Waiting(_))).await;
        assert!(!bluez.is_connected(0));
        connected(&bluez, 1).await?;
        Ok(())
    })
}

#[test]
fn a_device_that_cannot_be_read_keeps_the_identity_it_had() -> Result<()> {
    on_private_bus("radio::a_device_that_cannot_be_read_keeps_the_identity_it_had", async |bus| {
        let shy = Peripheral::new("Shy", 1, 7)
            .with(0x180D, 0x2A37, &["notify"], Content::Fixed(Vec::new()))
            .with(0x180A, 0x2A23, &["read"], Content::Refused);
        let _bluez = SimulatedBluez::attach(&bus, vec![shy]).await?;
        let central = Central::open().await?;
        let key = find(&central, "Shy").await?;
        let before = salus_wire::DeviceId([9; 16]);
        let mut session =
            central.session(&key, Options { known: Some(before), ..Options::default() }).await?;
        let clock = || salus_devices::Moment { at: NOW, utc_offset_minutes: 0 };
        loop {
            if let SessionEvent::Described(d) = tokio::time::timeout(DEADLINE, session.next(&clock)).await? {
                assert_eq!(d.id, before);
                return Ok(());
            }
        }
    })
}

#[test]
fn a_radio_that_is_off_or_missing_is_told_apart() -> Result<()> {
    on_private_bus("radio::a_radio_that_is_off_or_missing_is_told_apart", async |bus| {
        assert_eq!(Central::open().await.map(drop), Err(AdapterError::Missing));
        assert_eq!(AdapterError::Missing.code(), ErrorCode::NoBluetooth);
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        bluez.set_powered(false).await?;
        strap.until(|e| *e == SessionEvent::Disconnected).await;
        let central = Central::open().await?;
        assert_eq!(central.state().await?, AdapterState::Off);
        assert_eq!(central.scan().await.map(drop), Err(AdapterError::Off));
        assert!(!bluez.is_discovering());
        strap.until(|e| matches!(e, SessionEvent::Waiting(_))).await;
        assert_eq!(central.state().await?, AdapterState::Off, "nobody switched it on");
        bluez.set_powered(true).await?;
        strap.until(|e| *e == SessionEvent::Connected).await;
        Ok(())
    })
}

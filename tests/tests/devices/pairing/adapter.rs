//! An adapter that is off, gone or deaf.

use std::time::Duration;

use anyhow::Result;
use salus_devices::{AdapterError, AdapterEvent, AdapterState, Central, Watch};
use salus_tests::bluez::PairMethod;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::DEADLINE;

use super::{STRAP, room, strap};

async fn event(watch: &mut Watch) -> Result<AdapterEvent> {
    Ok(tokio::time::timeout(DEADLINE, watch.next()).await?)
}

#[test]
fn an_adapter_that_hears_nothing_is_restarted_once() -> Result<()> {
    on_private_bus("pairing::adapter::an_adapter_that_hears_nothing_is_restarted_once", async |bus| {
        let room = room(&bus, strap(PairMethod::Plain)).await?;
        let mut watch = room.central.watch(Duration::from_millis(60)).await?;
        assert_eq!(event(&mut watch).await?, AdapterEvent::State(AdapterState::On));
        let scan = room.central.scan().await?;
        let (started, _) = room.bluez.restarts();
        assert_eq!(event(&mut watch).await?, AdapterEvent::Restarted);
        let (restarted, switched_off) = room.bluez.restarts();
        assert!(restarted >= started + 2, "without a filter, and after the power");
        assert_eq!(switched_off, 1);
        assert!(room.bluez.is_discovering(), "whoever looked for devices still does");
        assert_eq!(event(&mut watch).await?, AdapterEvent::Silent);
        room.bluez.advertise(STRAP, -60).await?;
        assert_eq!(event(&mut watch).await?, AdapterEvent::Heard);
        assert_eq!(room.bluez.restarts().1, 1, "once");
        scan.close().await;
        Ok(())
    })
}

#[test]
fn an_adapter_that_is_off_or_gone_is_told_and_left_alone() -> Result<()> {
    on_private_bus("pairing::adapter::an_adapter_that_is_off_or_gone_is_told_and_left_alone", async |bus| {
        let room = room(&bus, strap(PairMethod::Plain)).await?;
        let mut watch = room.central.watch(Duration::from_secs(1)).await?;
        assert_eq!(event(&mut watch).await?, AdapterEvent::State(AdapterState::On));
        room.bluez.set_powered(false).await?;
        assert_eq!(event(&mut watch).await?, AdapterEvent::State(AdapterState::Off));
        assert_eq!(room.bluez.restarts().1, 1, "the person's hand, not ours");
        room.bluez.set_powered(true).await?;
        assert_eq!(event(&mut watch).await?, AdapterEvent::State(AdapterState::On));
        room.bluez.set_plugged(false).await?;
        loop {
            match event(&mut watch).await? {
                AdapterEvent::State(AdapterState::Off) => {}
                last => {
                    assert_eq!(last, AdapterEvent::Gone(AdapterError::Missing));
                    break;
                }
            }
        }
        assert_eq!(Central::open().await.map(drop), Err(AdapterError::Missing));
        room.bluez.set_plugged(true).await?;
        assert_eq!(Central::open().await?.state().await?, AdapterState::On);
        Ok(())
    })
}

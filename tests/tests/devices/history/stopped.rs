//! The person stops the fetching of a memory: the device is told, what has arrived stays, and it is not asked again by itself.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use salus_devices::{Fetched, Options, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::sugar;
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{DeviceState, DeviceView, MemoryView};

use super::{fill, meter, numbers};

const PATIENCE: Duration = Duration::from_secs(60);
const MINUTE: i64 = 60_000;
/// Count, then report, all records.
const ASKED: [[u8; 2]; 2] = [[0x04, 0x01], [0x01, 0x01]];
const ABORT: [u8; 2] = [0x03, 0x00];

fn requests(memory: &Memory) -> Vec<[u8; 2]> {
    memory.requests().iter().filter_map(|request| request.as_slice().try_into().ok()).collect()
}

/// A session that is sent four of five records, and then stops that.
async fn stopped(bluez: &SimulatedBluez) -> Result<(Driver, SessionEvent)> {
    let mut driver = Driver::start(bluez, 0, Vec::new()).await?;
    driver.until(|e| matches!(e, SessionEvent::Fetching { arrived: 4, counted: Some(5), .. })).await;
    driver.session.stop_fetching();
    let ended = driver.until(|e| matches!(e, SessionEvent::History { .. })).await;
    Ok((driver, ended))
}

#[test]
fn a_device_is_told_to_stop_and_not_asked_on_the_next_link() -> Result<()> {
    on_private_bus("history::stopped::a_device_is_told_to_stop_and_not_asked_on_the_next_link", async |bus| {
        let memory = Memory::new(Skill::Stalls);
        fill(&memory, 0..5, NOW);
        let bluez = meter(&bus, &memory).await?;
        let (mut driver, ended) = stopped(&bluez).await?;
        let SessionEvent::History { history, arrived, end } = ended else { bail!("{ended:?}") };
        assert_eq!((history.last, arrived, end), (None, 4, Fetched::Stopped));
        assert_eq!(requests(&memory), [ASKED[0], ASKED[1], ABORT]);

        // What is measured on the next link comes, and nothing else is asked for.
        bluez.drop_link(0).await?;
        driver.packet_ready().await;
        for (number, ago) in [(9, MINUTE), (10, 0)] {
            assert!(bluez.send(0, 0x2A18, &sugar::glucose(number, NOW - ago, 0, 99, false)).await?);
        }
        let mut measured = Vec::new();
        while measured.len() < 2 {
            match driver.event().await {
                SessionEvent::Reading(reading) => measured.push(*reading),
                asked @ (SessionEvent::Fetching { .. } | SessionEvent::History { .. }) => bail!("{asked:?}"),
                _ => {}
            }
        }
        assert_eq!((numbers(&measured), memory.requests().len()), (vec![9, 10], 3));
        driver.session.close().await;

        // A session that is to hold it asks for nothing from the beginning; another one for everything that is missing.
        let options = Options { hold_memory: true, history: vec![history], ..Options::default() };
        let mut held = Driver::with(&bluez, 0, options).await?;
        held.packet_ready().await;
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(11, NOW, 0, 98, false)).await?);
        assert_eq!((numbers(&[held.reading().await]), memory.requests().len()), (vec![11], 3));
        held.session.close().await;
        let options = Options { history: vec![history], ..Options::default() };
        let mut again = Driver::with(&bluez, 0, options).await?;
        again.until(|e| matches!(e, SessionEvent::Fetching { arrived: 4, .. })).await;
        assert_eq!(requests(&memory)[3..], ASKED);
        again.session.close().await;
        Ok(())
    })
}

#[test]
fn one_that_cannot_stop_is_heard_to_its_end() -> Result<()> {
    on_private_bus("history::stopped::one_that_cannot_stop_is_heard_to_its_end", async |bus| {
        let memory = Memory::new(Skill::KeepsOn);
        fill(&memory, 0..5, NOW);
        let bluez = meter(&bus, &memory).await?;
        let (driver, ended) = stopped(&bluez).await?;
        let SessionEvent::History { history, arrived, end } = ended else { bail!("{ended:?}") };
        assert_eq!((history.last, arrived, end), (Some(4), 5, Fetched::Whole));
        assert_eq!(requests(&memory), [ASKED[0], ASKED[1], ABORT]);
        driver.session.close().await;
        Ok(())
    })
}

/// The one device, once it is as asked.
async fn device(desk: &Desk, as_asked: impl Fn(&DeviceView) -> bool) -> Result<DeviceView> {
    let found = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.into_iter().find(|d| as_asked(d))
    });
    match found.await {
        Some(view) => Ok(view),
        None => bail!("it is not as asked: {:?}", desk.ok(c::ListDevices {}).await?),
    }
}

#[test]
fn in_the_application_it_stays_stopped_until_the_person_wants_it() -> Result<()> {
    let name = "history::stopped::in_the_application_it_stays_stopped_until_the_person_wants_it";
    on_private_bus(name, async |bus| {
        let memory = Memory::new(Skill::Stalls);
        fill(&memory, 0..5, START);
        let clock = OwnClock::right(Arc::new(|| START));
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let found = desk.ok(c::ScanDevices {}).await?;
        let id = desk.ok(c::AddDevice { device: found.first().context("a meter")?.id }).await?.id;
        let is = |memory: MemoryView| move |d: &DeviceView| d.memory == Some(memory);
        device(&desk, is(MemoryView::Fetching { arrived: 4, counted: Some(5) })).await?;
        let told = desk.ok(c::StopFetching { device: id }).await?;
        assert_eq!(told.memory, Some(MemoryView::Stopping { arrived: 4 }));
        let stopped = MemoryView::Stopped { arrived: 4 };
        device(&desk, is(stopped)).await?;
        assert_eq!(requests(&memory), [ASKED[0], ASKED[1], ABORT]);

        // Over another link, on which it goes on measuring; stopping it twice does nothing.
        bluez.drop_link(0).await?;
        device(&desk, |d| bluez.links(0) == 2 && d.state == DeviceState::Connected).await?;
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(9, START - MINUTE, 0, 99, false)).await?);
        device(&desk, |d| d.stored == 5 && d.memory == Some(stopped)).await?;
        assert_eq!(desk.ok(c::StopFetching { device: id }).await?.memory, Some(stopped));
        assert_eq!(memory.requests().len(), 3);

        desk.ok(c::FetchMemory { device: id }).await?;
        device(&desk, is(MemoryView::Fetching { arrived: 4, counted: Some(5) })).await?;
        assert_eq!(requests(&memory)[3..], ASKED);
        device(&desk, |d| d.stored == 5).await?;
        desk.ok(c::Lock {}).await.map(drop)
    })
}

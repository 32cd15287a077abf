//! The same with the whole application: what the record holds in the end.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::clock::Setting;
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::{body, sugar};
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_wire::Category;
use salus_wire::command as c;
use salus_wire::view::{
    DeviceState, DeviceView, LinkView, MeasuredView, ProvenanceView, RecordView, SetAside, SetAsideView,
    TimeView,
};

use super::{HOUR, fill, fill_untimed, fill_wrongly};

const PATIENCE: Duration = Duration::from_secs(60);

async fn add(desk: &Desk) -> Result<DeviceView> {
    let found = desk.ok(c::ScanDevices {}).await?;
    desk.ok(c::AddDevice { device: found[0].id }).await
}

async fn record(desk: &Desk) -> Result<RecordView> {
    record_of(desk, Category::Glucose).await
}

async fn record_of(desk: &Desk, category: Category) -> Result<RecordView> {
    let (from, to) = (START - 90 * 24 * HOUR, START + 24 * HOUR);
    desk.ok(c::GetRecord { category, from, to, width: 600 }).await
}

async fn stored(desk: &Desk, readings: u32) -> Result<DeviceView> {
    stored_of(desk, Category::Glucose, readings).await
}

async fn stored_of(desk: &Desk, category: Category, readings: u32) -> Result<DeviceView> {
    let there = eventually(PATIENCE, async || {
        let view = record_of(desk, category).await.ok()?;
        let devices = desk.ok(c::ListDevices {}).await.ok()?;
        (view.total == readings && devices[0].stored == readings).then(|| devices[0].clone())
    });
    there.await.with_context(|| format!("{readings} readings stored"))
}

#[test]
fn records_are_stored_once_over_lost_links_and_locked_records() -> Result<()> {
    let name = "history::vault::records_are_stored_once_over_lost_links_and_locked_records";
    on_private_bus(name, async |bus| {
        for skill in [Skill::Full, Skill::AllOnly] {
            let memory = Memory::new(skill);
            fill(&memory, 0..60, START);
            let clock = OwnClock::right(Arc::new(|| START));
            let bluez =
                SimulatedBluez::attach(&bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
            let dir = tempfile::tempdir()?;
            let desk = Desk::patient(dir.path()).await?;
            // The count, six records in eight packets, and a measurement without the context that follows.
            bluez.cut_after(0, 10);
            add(&desk).await?;
            stored(&desk, 60).await?;
            assert_eq!(bluez.links(0), 2);

            // Known records are neither asked for again nor, where the meter sends them all the same, stored again.
            desk.ok(c::Lock {}).await?;
            fill(&memory, 60..63, START);
            desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
            // The link outlives the lock; a memory is asked on each new one.
            bluez.drop_link(0).await?;
            stored(&desk, 63).await?;
            if skill == Skill::Full {
                assert_eq!(memory.requests().last(), Some(&vec![0x01, 0x03, 0x01, 60, 0]));
            }
            desk.ok(c::Lock {}).await?;
        }
        Ok(())
    })
}

#[test]
fn a_wrong_clock_is_shown_and_set_when_the_person_agrees() -> Result<()> {
    on_private_bus("history::vault::a_wrong_clock_is_shown_and_set_when_the_person_agrees", async |bus| {
        for setting in [Setting::Obeys, Setting::Ignores] {
            let memory = Memory::new(Skill::Full);
            fill(&memory, 0..6, START - HOUR);
            let clock = OwnClock::wrong(Arc::new(|| START), -HOUR, setting);
            let bluez =
                SimulatedBluez::attach(&bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
            let dir = tempfile::tempdir()?;
            let desk = Desk::patient(dir.path()).await?;
            let device = add(&desk).await?.id;
            let view = stored(&desk, 6).await?;
            assert_eq!((view.clock_behind, view.sets_clock), (Some(HOUR), false));
            assert_eq!((view.clock_settable, view.clock_refused), (true, false));
            let rows = record(&desk).await?.rows;
            assert_eq!(rows.first().map(|r| r.at), Some(START - HOUR));
            assert_eq!(rows.first().map(|r| &r.provenance), Some(&corrected(&view)));
            assert_eq!(clock.writes(), 0);

            desk.ok(c::SetDeviceClock { device, agreed: true }).await?;
            let behind = if setting == Setting::Obeys { 0 } else { HOUR };
            let told = eventually(PATIENCE, async || {
                let all = desk.ok(c::ListDevices {}).await.ok()?;
                let connected = all[0].state == DeviceState::Connected;
                let told = (all[0].clock_behind, all[0].clock_refused) == (Some(behind), behind != 0);
                (connected && clock.writes() > 0 && told).then_some(())
            });
            told.await.context("the clock was set, and what it shows is told")?;
            assert_eq!(clock.now(), START - behind);
            // What was stored before says what the clock was then.
            stored(&desk, 6).await?;
            assert_eq!(record(&desk).await?.rows.first().map(|r| &r.provenance), Some(&corrected(&view)));
            desk.ok(c::Lock {}).await?;
            drop(bluez);
        }
        Ok(())
    })
}

/// Where a record of a meter comes from whose clock was an hour behind.
fn corrected(meter: &DeviceView) -> ProvenanceView {
    ProvenanceView::Measured(MeasuredView {
        model: Some("Salus Simulation, GLP-8".into()),
        firmware: Some("1.0".into()),
        link: LinkView::Open,
        time: TimeView::Corrected { behind: meter.clock_behind },
        backfilled: true,
        arrived: START,
        typed: false,
    })
}

#[test]
fn a_clock_that_can_only_be_read_is_told_apart() -> Result<()> {
    on_private_bus("history::vault::a_clock_that_can_only_be_read_is_told_apart", async |bus| {
        let cuff = Peripheral::blood_pressure_cuff(1, Arc::new(|| START - HOUR));
        let bluez = SimulatedBluez::attach(&bus, vec![cuff]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add(&desk).await?;
        let told = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListDevices {}).await.ok()?;
            (all[0].clock_behind == Some(HOUR)).then(|| all[0].clone())
        });
        let view = told.await.context("the cuff's clock is told")?;
        assert_eq!((view.clock_settable, view.clock_refused), (false, false));
        desk.ok(c::Lock {}).await?;
        drop(bluez);
        Ok(())
    })
}

#[test]
fn a_value_from_the_memory_is_never_the_last_reading() -> Result<()> {
    on_private_bus("history::vault::a_value_from_the_memory_is_never_the_last_reading", async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        fill(&memory, 0..6, START);
        let clock = OwnClock::right(Arc::new(|| START));
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add(&desk).await?;
        let view = stored(&desk, 6).await?;
        assert_eq!(view.last_reading, None);
        assert!(view.heard.is_some(), "that it sent is told all the same");

        // What is measured now is, and stays it while the whole memory comes once more with an older one.
        let now = START - 60_000;
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(6, now, 0, 99, false)).await?);
        assert_eq!(stored(&desk, 7).await?.last_reading, Some(now));
        memory.store(7_u16, vec![(0x2A18, sugar::glucose(7, START - 20 * 60_000, 0, 101, false))]);
        bluez.drop_link(0).await?;
        assert_eq!(stored(&desk, 8).await?.last_reading, Some(now));
        // The copies are known for what they are: nothing is wrong with them.
        let copies = vec![SetAsideView { reason: SetAside::Replayed, count: 6 }];
        let counted = eventually(PATIENCE, async || {
            desk.ok(c::ListDevices {}).await.ok().filter(|all| all[0].set_aside == copies).map(drop)
        });
        counted.await.context("six copies, and nothing else")?;
        desk.ok(c::Lock {}).await.map(drop)
    })
}

#[test]
fn records_of_a_wrong_clock_are_stored_once_and_never_the_last_reading() -> Result<()> {
    let name = "history::vault::records_of_a_wrong_clock_are_stored_once_and_never_the_last_reading";
    on_private_bus(name, async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        fill_wrongly(&memory, START);
        let clock = OwnClock::right(Arc::new(|| START));
        let meter = Peripheral::glucose_meter(1, &clock, &memory).without(0x2A2B);
        let bluez = SimulatedBluez::attach(&bus, vec![meter]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add(&desk).await?;
        assert_eq!(stored(&desk, 3).await?.last_reading, None);
        assert!(record(&desk).await?.latest.is_none());

        // Measured now, it is the latest, and stays it when the memory comes once more.
        desk.clock.advance(60_000);
        assert!(bluez.send(0, 0x2A18, &sugar::glucose(3, START + 10 * HOUR, 0, 99, false)).await?);
        let now = START + 60_000;
        assert_eq!(stored(&desk, 4).await?.last_reading, Some(now));
        memory.store(4_u16, vec![(0x2A18, sugar::glucose(4, START + 11 * HOUR, 0, 98, false))]);
        desk.clock.advance(60_000);
        bluez.drop_link(0).await?;
        assert_eq!(stored(&desk, 5).await?.last_reading, Some(now));
        assert_eq!(record(&desk).await?.latest.map(|r| r.at), Some(now));
        desk.ok(c::Lock {}).await.map(drop)
    })
}

#[test]
fn an_oximeter_s_memory_without_a_time_is_stored_once_and_never_the_last_reading() -> Result<()> {
    let name =
        "history::vault::an_oximeter_s_memory_without_a_time_is_stored_once_and_never_the_last_reading";
    on_private_bus(name, async |bus| {
        let memory = Memory::new(Skill::AllOnly);
        fill_untimed(&memory);
        let oximeter = Peripheral::pulse_oximeter(1, Arc::new(|| START), &memory);
        let bluez = SimulatedBluez::attach(&bus, vec![oximeter]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add(&desk).await?;
        assert_eq!(stored_of(&desk, Category::OxygenSaturation, 6).await?.last_reading, None);
        assert!(record_of(&desk, Category::OxygenSaturation).await?.latest.is_none());
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))?;
        drop(desk);

        // The next start is hours later, and knows of the memory from the record alone.
        let desk =
            eventually(PATIENCE, async || Desk::open(dir.path()).await.ok()).await.context("opened")?;
        desk.clock.advance(5 * HOUR);
        desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        // A number, six records and an end, on each of two links; what is sent behind them is taken behind them.
        let again = eventually(PATIENCE, async || (bluez.sent(0) == 2 * 8).then_some(()));
        again.await.context("the memory is sent once more")?;
        assert!(bluez.send(0, 0x2A5E, &body::spot_check(98, 66, START + 5 * HOUR)).await?);
        let now = START + 5 * HOUR;
        assert_eq!(stored_of(&desk, Category::OxygenSaturation, 7).await?.last_reading, Some(now));
        let latest = record_of(&desk, Category::OxygenSaturation).await?.latest;
        assert_eq!(latest.map(|r| r.at), Some(now));
        desk.ok(c::Lock {}).await.map(drop)
    })
}

#[test]
fn a_low_battery_is_told_until_a_record_or_the_level_says_otherwise() -> Result<()> {
    on_private_bus(
        "history::vault::a_low_battery_is_told_until_a_record_or_the_level_says_otherwise",
        async |bus| {
            let memory = Memory::new(Skill::Full);
            fill(&memory, 0..1, START);
            let clock = OwnClock::right(Arc::new(|| START));
            let bluez =
                SimulatedBluez::attach(&bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
            let dir = tempfile::tempdir()?;
            let desk = Desk::patient(dir.path()).await?;
            add(&desk).await?;
            stored(&desk, 1).await?;
            let record = |number: u16, status: u16| {
                let mut octets = sugar::glucose(number, START - 60_000, 0, 99, false);
                octets[0] |= 0x08;
                octets.extend(status.to_le_bytes());
                octets
            };
            let is_low = async |low: bool| {
                let told = eventually(PATIENCE, async || {
                    let all = desk.ok(c::ListDevices {}).await.ok()?;
                    (all[0].battery_low == low).then_some(())
                });
                told.await.with_context(|| format!("low: {low}"))
            };
            assert!(bluez.send(0, 0x2A18, &record(1, 1)).await?);
            is_low(true).await?;
            // One that says nothing of the device changes nothing.
            assert!(bluez.send(0, 0x2A18, &sugar::glucose(2, START - 50_000, 0, 98, false)).await?);
            stored(&desk, 3).await?;
            is_low(true).await?;
            assert!(bluez.send(0, 0x2A18, &record(3, 0)).await?);
            is_low(false).await?;
            assert!(bluez.send(0, 0x2A18, &record(4, 1)).await?);
            is_low(true).await?;
            assert!(bluez.send(0, 0x2A19, &[19]).await?);
            let level = eventually(PATIENCE, async || {
                desk.ok(c::ListDevices {}).await.ok().filter(|all| all[0].battery == Some(19)).map(drop)
            });
            level.await.context("19 %")?;
            is_low(true).await?;
            assert!(bluez.send(0, 0x2A19, &[20]).await?);
            is_low(false).await?;
            desk.ok(c::Lock {}).await.map(drop)
        },
    )
}

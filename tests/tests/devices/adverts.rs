//! Journey: devices that say their values to everybody. They are heard, stored, and never connected.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::packet::overheard::{
    bthome_air, bthome_mass, bthome_sealed, mi_scale, mi_scale_2, ruuvi, ruuvi_3,
};
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::network::eventually;
use salus_wire::view::{DeviceState, DeviceView, ReadingView};
use salus_wire::{Category, Quantity, command as c};

const PATIENCE: Duration = Duration::from_secs(30);
const RUUVI: usize = 0;
const SCALE: usize = 1;

async fn add_all(desk: &Desk) -> Result<Vec<DeviceView>> {
    for device in desk.ok(c::ScanDevices {}).await? {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    let listening = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.iter().all(|d| d.state == DeviceState::Connected).then_some(all)
    });
    listening.await.context("listening")
}

const fn record(category: Category) -> c::GetRecord {
    c::GetRecord { category, from: START - 86_400_000, to: START + 86_400_000, width: 600 }
}

async fn stored(desk: &Desk, category: Category, readings: u32) -> Result<()> {
    let there = eventually(PATIENCE, async || {
        desk.ok(record(category)).await.ok().filter(|view| view.total == readings)
    });
    there.await.with_context(|| format!("{readings} readings stored")).map(|_| ())
}

#[test]
fn the_air_and_a_weighing_are_overheard() -> Result<()> {
    on_private_bus("adverts::the_air_and_a_weighing_are_overheard", async |bus| {
        // 24.3 degrees, 53.49 %, 1000.44 hPa; 70 kg that still move.
        let air = |n: u16| ruuvi(4860, 21_396, 100_044, n);
        let peripherals =
            vec![Peripheral::ruuvi(1, air(1)), Peripheral::mi_scale(1, mi_scale(14_000, START, false))];
        let bluez = SimulatedBluez::attach(&bus, peripherals).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let all = add_all(&desk).await?;
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all.iter().all(|d| d.overheard));

        // The same minute ten times over is one reading; the next minute is another.
        for n in 2..12 {
            bluez.broadcast(RUUVI, air(n)).await?;
        }
        stored(&desk, Category::Surroundings, 1).await?;
        desk.clock.advance(60_000);
        bluez.broadcast(RUUVI, air(12)).await?;
        stored(&desk, Category::Surroundings, 2).await?;

        // A scale is stood on by whoever comes: it asks whose the weighing is, once.
        for _ in 0..5 {
            bluez.broadcast(SCALE, mi_scale(14_260, START, true)).await?;
        }
        let held = eventually(PATIENCE, async || {
            let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
            (held.len() == 1).then_some(held)
        });
        let held = held.await.context("asked whose it is")?;
        assert_eq!((held[0].user, held[0].waiting), (None, 1));
        stored(&desk, Category::BodyWeight, 0).await?;
        desk.ok(c::ClaimReadings { device: held[0].device, user: None, mine: true }).await?;
        stored(&desk, Category::BodyWeight, 1).await?;
        bluez.broadcast(SCALE, mi_scale(14_200, START + 30_000, true)).await?;
        stored(&desk, Category::BodyWeight, 2).await?;

        assert_eq!((bluez.links(RUUVI), bluez.links(SCALE)), (0, 0));
        let all = desk.ok(c::ListDevices {}).await?;
        assert!(all.iter().all(|d| d.quarantined == 0), "{all:?}");
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn a_scale_of_the_second_kind_is_overheard_with_bare_feet_and_with_shoes() -> Result<()> {
    let name = "adverts::a_scale_of_the_second_kind_is_overheard_with_bare_feet_and_with_shoes";
    on_private_bus(name, async |bus| {
        let scale = Peripheral::mi_scale_2(1, mi_scale_2(13_000, None, START, false));
        let bluez = SimulatedBluez::attach(&bus, vec![scale]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let all = add_all(&desk).await?;
        assert_eq!((all[0].measures.as_slice(), all[0].overheard), (&[Category::BodyWeight][..], true));

        // The weight is stable before the impedance is measured, and both are said many times.
        for ohm in [None, None, Some(480), Some(480)] {
            bluez.broadcast(0, mi_scale_2(14_260, ohm, START, true)).await?;
        }
        let held = eventually(PATIENCE, async || {
            let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
            (held.len() == 1).then_some(held)
        });
        let held = held.await.context("asked whose it is")?;
        desk.ok(c::ClaimReadings { device: held[0].device, user: None, mine: true }).await?;
        stored(&desk, Category::BodyWeight, 1).await?;

        // With shoes there is no impedance, and nobody hears the packet of the step off: it is stored all the same, and does
        // not wait for the next person.
        let shoes = START + 60_000;
        desk.clock.advance(60_000);
        let said = mi_scale_2(14_300, None, shoes, true);
        bluez.broadcast(0, said.clone()).await?;
        // Repetitions of what is heard already begin no new wait.
        let there = eventually(PATIENCE, async || {
            bluez.broadcast(0, said.clone()).await.ok()?;
            desk.clock.advance(1000);
            let view = desk.ok(record(Category::BodyWeight)).await.ok()?;
            (view.total == 2).then_some(view)
        });
        let rows = there.await.context("the weighing with shoes is stored")?.rows;
        assert_eq!(rows[0].at, shoes);
        let values = |row: &ReadingView, quantity: Quantity| {
            row.values.iter().find(|v| v.quantity == quantity).map(|v| v.value.clone())
        };
        assert_eq!(values(&rows[0], Quantity::BodyWeight).as_deref(), Some("71.500"));
        assert_eq!(values(&rows[0], Quantity::Impedance), None);
        assert_eq!(values(&rows[1], Quantity::Impedance).as_deref(), Some("480"));

        // Stepping off late, or saying it once more, adds nothing.
        bluez.broadcast(0, said).await?;
        bluez.broadcast(0, mi_scale_2(14_400, Some(470), shoes + 60_000, true)).await?;
        stored(&desk, Category::BodyWeight, 3).await?;
        assert_eq!(bluez.links(0), 0);
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn the_air_of_an_older_tag_is_overheard() -> Result<()> {
    on_private_bus("adverts::the_air_of_an_older_tag_is_overheard", async |bus| {
        // 26 %, 24.30 degrees, 1000.44 hPa.
        let tag = Peripheral::ruuvi(1, ruuvi_3(52, 24, 30, 100_044));
        let bluez = SimulatedBluez::attach(&bus, vec![tag]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let all = add_all(&desk).await?;
        assert_eq!((all[0].measures.as_slice(), all[0].overheard), (&[Category::Surroundings][..], true));
        // It numbers nothing: the minute alone tells its readings apart.
        for minute in 1..=2 {
            for _ in 0..5 {
                bluez.broadcast(RUUVI, ruuvi_3(52, 24, 30, 100_044)).await?;
            }
            stored(&desk, Category::Surroundings, minute).await?;
            desk.clock.advance(60_000);
        }
        let rows = desk.ok(record(Category::Surroundings)).await?.rows;
        let values: Vec<&str> = rows[0].values.iter().map(|v| v.value.as_str()).collect();
        assert_eq!(values, ["24.30", "26.0", "1000.44"]);
        let all = desk.ok(c::ListDevices {}).await?;
        assert_eq!((all[0].quarantined, bluez.links(RUUVI)), (0, 0));
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn rubbish_in_an_advertisement_is_counted() -> Result<()> {
    on_private_bus("adverts::rubbish_in_an_advertisement_is_counted", async |bus| {
        let bluez =
            SimulatedBluez::attach(&bus, vec![Peripheral::ruuvi(1, ruuvi(4860, 21_396, 100_044, 1))]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        for _ in 0..3 {
            bluez.broadcast(0, salus_tests::bluez::Advert::Maker(0x0499, vec![5, 1])).await?;
        }
        let counted = eventually(PATIENCE, async || {
            let all = desk.ok(c::ListDevices {}).await.ok()?;
            (all[0].quarantined == 3).then_some(())
        });
        counted.await.context("three refusals are shown")?;
        bluez.broadcast(0, ruuvi(4861, 21_396, 100_044, 2)).await?;
        stored(&desk, Category::Surroundings, 1).await?;
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn a_room_and_a_scale_of_any_maker_are_overheard() -> Result<()> {
    on_private_bus("adverts::a_room_and_a_scale_of_any_maker_are_overheard", async |bus| {
        let (room, scale, sealed) = (0, 1, 2);
        let peripherals = vec![
            // 25.06 degrees, 50.55 %.
            Peripheral::bthome("Room", 1, bthome_air(1, 2506, 5055)),
            // What it says at first is what it repeats below, whether it was heard then or not.
            Peripheral::bthome("Any scale", 2, bthome_mass(2, 7010)),
            Peripheral::bthome("Sealed", 3, bthome_sealed(1)),
        ];
        let bluez = SimulatedBluez::attach(&bus, peripherals).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        let mut all = add_all(&desk).await?;
        all.sort_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<_> = all.iter().map(|d| (d.name.as_str(), d.measures.clone(), d.overheard)).collect();
        // What is encrypted for its owner is not listed: nothing of it can be read.
        assert_eq!(
            names,
            [("Any scale", vec![Category::BodyWeight], true), ("Room", vec![Category::Surroundings], true)]
        );

        // A minute of repetitions is one reading of the air.
        for n in 2..8 {
            bluez.broadcast(room, bthome_air(n, 2506, 5055)).await?;
        }
        stored(&desk, Category::Surroundings, 1).await?;
        desk.clock.advance(60_000);
        bluez.broadcast(room, bthome_air(8, 2510, 5055)).await?;
        stored(&desk, Category::Surroundings, 2).await?;

        // A weighing is repeated with its number; another number is another weighing, also of the same weight.
        for _ in 0..5 {
            bluez.broadcast(scale, bthome_mass(2, 7010)).await?;
        }
        let held = eventually(PATIENCE, async || {
            let held = desk.ok(c::ListUnclaimed {}).await.ok()?;
            (held.len() == 1).then_some(held)
        });
        let held = held.await.context("asked whose it is")?;
        desk.ok(c::ClaimReadings { device: held[0].device, user: None, mine: true }).await?;
        stored(&desk, Category::BodyWeight, 1).await?;
        desk.clock.advance(60_000);
        bluez.broadcast(scale, bthome_mass(3, 7010)).await?;
        stored(&desk, Category::BodyWeight, 2).await?;

        bluez.broadcast(sealed, bthome_sealed(2)).await?;
        assert_eq!((0..3).map(|at| bluez.links(at)).sum::<u32>(), 0);
        let all = desk.ok(c::ListDevices {}).await?;
        assert!(all.iter().all(|d| d.quarantined == 0), "{all:?}");
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

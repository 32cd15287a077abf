//! Many devices at once, with links that drop and memories that are read twice: what the record holds in the end is, as a set of
//! device, time and value, what the devices sent while they were connected. The large runs are `cargo xtask bench devices`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::{activity, body, pressure, sugar};
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{DeviceState, ExportFormat};

const SEED: u64 = 20_261_129;
const PATIENCE: Duration = Duration::from_secs(120);
const MINUTE: i64 = 60_000;
/// Simulated seconds.
const SECONDS: i64 = 60;
/// Every so many seconds the next link drops.
const DROP_EVERY: i64 = 5;
/// What the meter has stored when it is first connected, and what the second pass finds beside it.
const RECORDS: u16 = 400;

/// Device, time, value in its canonical unit.
type Told = (String, i64, String);

/// What each of them sends in one second: the characteristic, the octets, the time that they bear, and the value.
fn says(kind: usize, second: i64, wave: &mut Wave) -> Result<(u16, Vec<u8>, i64, String)> {
    let now = START + second * 1000;
    // A device's clock has whole seconds, and no two of its measurements the same one.
    Ok(match kind {
        0 => {
            let bpm = wave.between(50, 150);
            (0x2A37, vec![0x06, u8::try_from(bpm)?], now, bpm.to_string())
        }
        1 => {
            let cadence = u8::try_from(wave.between(150, 190))?;
            let packet = activity::running(640, cadence, 104, u32::try_from(second * 25)?);
            (0x2A53, packet, now, "2.500".to_owned())
        }
        2 => {
            let systolic = wave.between(110, 150);
            (0x2A35, pressure::measured(systolic, 80, now), now, systolic.to_string())
        }
        3 => {
            let percent = wave.between(90, 99);
            (0x2A5E, body::spot_check(percent, 61, now), now, percent.to_string())
        }
        _ => {
            let tenths = wave.between(361, 389);
            let value = format!("{}.{}", tenths / 10, tenths % 10);
            (0x2A1C, body::temperature(tenths, now, 3), now, value)
        }
    })
}

/// Two of each kind but the oximeter's and the thermometer's.
fn room(now: &Arc<AtomicI64>) -> Vec<(usize, Peripheral)> {
    let clock = |now: &Arc<AtomicI64>| -> Arc<dyn Fn() -> i64 + Send + Sync> {
        let now = Arc::clone(now);
        Arc::new(move || now.load(Ordering::SeqCst))
    };
    let empty = Memory::new(Skill::Full);
    let mut all = vec![
        (0, Peripheral::heart_rate_strap(1)),
        (0, Peripheral::heart_rate_strap(2)),
        (1, Peripheral::foot_pod(1)),
        (1, Peripheral::foot_pod(2)),
        (2, Peripheral::blood_pressure_cuff(1, clock(now))),
        (2, Peripheral::blood_pressure_cuff(2, clock(now))),
        (3, Peripheral::pulse_oximeter(1, clock(now), &empty)),
        (4, Peripheral::thermometer(1, 6)),
    ];
    for (at, (_, peripheral)) in all.iter_mut().enumerate() {
        peripheral.name = format!("{} {at}", peripheral.name);
    }
    all
}

/// Everything in the record, as it is exported.
async fn held(desk: &Desk, first: &str) -> Result<(usize, BTreeSet<Told>)> {
    let out = tempfile::tempdir()?;
    let path = out.path().join("all.jsonl");
    desk.answers.choose(Some(&path));
    desk.ok(c::ExportRecord { format: ExportFormat::JsonLines }).await?;
    let text = std::fs::read_to_string(&path)?;
    let mut all = BTreeSet::new();
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let values = line["values"].as_array().context("values")?;
        let value = values.iter().find(|v| first.is_empty() || v["quantity"] == first).context("a value")?;
        let field = |v: &serde_json::Value| v.as_str().map(str::to_owned).context("text");
        all.insert((
            field(&line["device_name"])?,
            line["time_ms"].as_i64().context("a time")?,
            field(&value["value"])?,
        ));
    }
    Ok((text.lines().count(), all))
}

async fn add_all(desk: &Desk) -> Result<()> {
    let found = desk.ok(c::ScanDevices {}).await?;
    for device in &found {
        desk.ok(c::AddDevice { device: device.id }).await?;
    }
    let up = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        let up = |d: &salus_wire::view::DeviceView| d.state == DeviceState::Connected && d.model.is_some();
        (all.len() == found.len() && all.iter().all(up)).then_some(())
    });
    up.await.context("all are connected")
}

async fn stored(desk: &Desk, sum: usize) -> Result<()> {
    let there = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        (all.iter().map(|d| d.stored as usize).sum::<usize>() == sum).then_some(())
    });
    there.await.with_context(|| format!("{sum} readings stored"))
}

#[test]
fn what_many_devices_sent_while_connected_is_what_the_record_holds() -> Result<()> {
    on_private_bus("air::what_many_devices_sent_while_connected_is_what_the_record_holds", async |bus| {
        let now = Arc::new(AtomicI64::new(START));
        let room = room(&now);
        let bluez = SimulatedBluez::attach(&bus, room.iter().map(|(_, p)| p.clone()).collect()).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        let mut wave = Wave::new(SEED);
        let (mut sent, mut unheard) = (BTreeSet::new(), 0);
        for second in 1..=SECONDS {
            desk.clock.advance(1000);
            now.store(START + second * 1000, Ordering::SeqCst);
            for (at, (kind, peripheral)) in room.iter().enumerate() {
                let (characteristic, octets, time, value) = says(*kind, second, &mut wave)?;
                if bluez.send(at, characteristic, &octets).await? {
                    sent.insert((peripheral.name.clone(), time, value));
                } else {
                    unheard += 1;
                }
            }
            if second % DROP_EVERY == 0 {
                bluez.drop_link(usize::try_from(second / DROP_EVERY)? % room.len()).await?;
            }
            // What has no time of its own bears that of its arrival: the clock stands until all has arrived.
            stored(&desk, sent.len()).await?;
        }
        let (lines, held) = held(&desk, "").await?;
        assert_eq!(lines, sent.len(), "no reading twice");
        assert_eq!(held.difference(&sent).collect::<Vec<_>>(), Vec::<&Told>::new(), "nothing else");
        assert_eq!(sent.difference(&held).collect::<Vec<_>>(), Vec::<&Told>::new(), "nothing lost");
        ensure!(unheard > 0, "a link that was down missed something");
        let back = eventually(PATIENCE, async || (0..room.len()).all(|at| bluez.links(at) > 1).then_some(()));
        back.await.context("each has dropped and come back")?;
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

#[test]
fn a_memory_read_twice_is_what_the_record_holds() -> Result<()> {
    on_private_bus("air::a_memory_read_twice_is_what_the_record_holds", async |bus| {
        // A meter that knows no filter: it sends everything each time it is asked.
        let memory = Memory::new(Skill::AllOnly);
        let meter = Peripheral::glucose_meter(1, &OwnClock::right(Arc::new(|| START)), &memory);
        let name = meter.name.clone();
        let record = |number: u16| {
            let (at, mg) = (START - i64::from(2 * RECORDS - number) * 15 * MINUTE, 80 + number % 120);
            memory.store(number, vec![(0x2A18, sugar::glucose(number, at, 0, mg, false))]);
            (name.clone(), at, mg.to_string())
        };
        let mut sent: BTreeSet<Told> = (0..RECORDS).map(record).collect();
        let bluez = SimulatedBluez::attach(&bus, vec![meter]).await?;
        let dir = tempfile::tempdir()?;
        let desk = Desk::patient(dir.path()).await?;
        add_all(&desk).await?;
        stored(&desk, sent.len()).await?;
        desk.ok(c::Lock {}).await?;
        desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        sent.extend((RECORDS..RECORDS + 3).map(record));
        bluez.drop_link(0).await?;
        stored(&desk, sent.len()).await?;
        ensure!(bluez.sent(0) > 2 * u64::from(RECORDS), "the second pass sent them all again");
        let (lines, held) = held(&desk, "capillary_glucose").await?;
        assert_eq!(lines, sent.len(), "no reading twice");
        assert_eq!(held.symmetric_difference(&sent).collect::<Vec<_>>(), Vec::<&Told>::new());
        desk.ok(c::Lock {}).await.map(|_| ())
    })
}

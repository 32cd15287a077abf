//! A meter with 10,000 records that knows no filter: it sends all of them each time it is asked.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use salus_tests::bluez::memory::{Memory, Skill};
use salus_tests::bluez::packet::sugar;
use salus_tests::bluez::{OwnClock, Peripheral, SimulatedBluez};
use salus_tests::desk::{Desk, START};
use salus_tests::figure::Figure;
use salus_tests::network::eventually;
use salus_wire::command as c;

const RECORDS: u16 = 10_000;
/// From one record to the next: a quarter of an hour, so that all of them are 104 days.
const APART: i64 = 15 * 60_000;
const PATIENCE: Duration = Duration::from_secs(180);

pub(crate) async fn measure(bus: &str) -> Result<()> {
    let memory = Memory::new(Skill::AllOnly);
    let record = |number: u16| {
        let at = START - i64::from(RECORDS - number) * APART;
        sugar::glucose(number, at, 0, 80 + number % 120, false)
    };
    for number in 0..RECORDS {
        memory.store(number, vec![(0x2A18, record(number))]);
    }
    let clock = OwnClock::right(Arc::new(|| START));
    let bluez = SimulatedBluez::attach(bus, vec![Peripheral::glucose_meter(1, &clock, &memory)]).await?;
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let found = desk.ok(c::ScanDevices {}).await?;
    let device = found.first().context("a meter")?.id;

    desk.ok(c::AddDevice { device }).await?;
    let first = pass(&desk, u32::from(RECORDS)).await?;
    // A link that comes back is asked for everything again; over a lock it would stay.
    bluez.drop_link(0).await?;
    // The count's answer and the end's come beside the records of each pass, and the filter is refused in the second.
    let twice = 2 * (u64::from(RECORDS) + 2) + 1;
    let sent = eventually(PATIENCE, async || (bluez.sent(0) == twice).then_some(()));
    sent.await.context("the second pass was sent")?;
    // Packets are taken in order: once this one is stored, all before it have been taken.
    ensure!(bluez.send(0, 0x2A18, &record(RECORDS)).await?, "the meter is connected");
    pass(&desk, u32::from(RECORDS) + 1).await?;
    let stored = desk.ok(c::ListDevices {}).await?.first().map_or(0, |d| d.stored);
    desk.ok(c::Lock {}).await?;
    Figure {
        name: format!("back-fill of {RECORDS} records twice: stored"),
        target: "once; the second pass adds nothing".to_owned(),
        measured: f64::from(stored - 1),
        unit: "readings".to_owned(),
        baseline: format!("the first pass took {first:.1} s, {:.0} records/s", f64::from(RECORDS) / first),
        ok: Some(stored - 1 == u32::from(RECORDS)),
    }
    .print()
}

/// Waits for so many stored readings; seconds that it took.
async fn pass(desk: &Desk, readings: u32) -> Result<f64> {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    let started = std::time::Instant::now();
    let stored = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.first().filter(|d| d.stored >= readings).map(|_| ())
    });
    stored.await.with_context(|| format!("{readings} readings stored"))?;
    Ok(started.elapsed().as_secs_f64())
}

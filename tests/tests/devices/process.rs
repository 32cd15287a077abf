//! Journey: the simulation runs in a process of its own, as in the demonstration, and every packet arrives.

use anyhow::Result;
use salus_devices::{Reason, SessionEvent};
use salus_tests::bluez::bus::on_simulated_bus;
use salus_tests::bluez::driver::Driver;
use salus_wire::{Category, Quality};
use tokio::process::Command;

#[test]
fn a_script_of_another_process_arrives_whole() -> Result<()> {
    let mut simulation = Command::new(env!("CARGO_BIN_EXE_salus-sim-bluez"));
    simulation.args(["--heart-rate", "300", "--blood-pressure", "3", "--interval-ms", "5", "--seed", "9"]);
    on_simulated_bus("process::a_script_of_another_process_arrives_whole", &mut simulation, async |_| {
        let mut strap = Driver::named("Simulated Strap", Vec::new()).await?;
        for n in 0..300 {
            let SessionEvent::Reading(reading) = strap.packet().await else { panic!("packet {n} set aside") };
            assert_eq!(reading.category, Category::HeartRate);
        }
        // This test's clock stands in 2026-05-21, the cuff's runs: it is corrected. The three have one second between
        // them at most, so copies at the resolution of a second are taken once.
        let mut cuff = Driver::named("Simulated Cuff", Vec::new()).await?;
        for _ in 0..3 {
            match cuff.packet().await {
                SessionEvent::Reading(r) => assert!(r.quality.has(Quality::CLOCK_CORRECTED)),
                SessionEvent::Quarantined(reason) => assert_eq!(reason, Reason::Replayed),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(strap.session.counts().total(), 0);
        strap.session.close().await;
        cuff.session.close().await;
        Ok(())
    })
}

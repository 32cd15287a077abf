//! Adversary: a peripheral that sends rubbish, copies, nonsense and floods. Nothing of it becomes a reading, all of it
//! is counted, and the session goes on.

use anyhow::Result;
use salus_devices::{Reason, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{Driver, NOW, connected, strap_and_cuff};
use salus_tests::bluez::wave::Wave;

const CUFF: usize = 1;
const STRAP: usize = 0;

#[test]
fn malformed_packets_are_counted_and_the_next_good_one_is_taken() -> Result<()> {
    on_private_bus("bad_input::malformed_packets_are_counted_and_the_next_good_one_is_taken", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        for bad in ["", "16", "170101", "0060ff", "10410a", "ff", &"00".repeat(400)] {
            assert!(bluez.send(STRAP, 0x2A37, &hex::decode(bad)?).await?);
            assert_eq!(strap.packet().await, SessionEvent::Quarantined(Reason::Malformed), "{bad}");
        }
        assert!(bluez.send(STRAP, 0x2A19, &[200]).await?);
        assert_eq!(strap.packet().await, SessionEvent::Quarantined(Reason::Malformed));
        assert!(bluez.send(STRAP, 0x2A37, &[0x06, 71]).await?);
        assert!(matches!(strap.packet().await, SessionEvent::Reading(_)));
        assert_eq!(strap.session.counts().of(Reason::Malformed), 8);
        assert_eq!(strap.session.counts().total(), 8);
        Ok(())
    })
}

#[test]
fn a_replayed_blood_pressure_is_taken_once() -> Result<()> {
    on_private_bus("bad_input::a_replayed_blood_pressure_is_taken_once", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut cuff = connected(&bluez, CUFF).await?;
        let packet = Wave::new(3).blood_pressure(NOW);
        assert!(bluez.send(CUFF, 0x2A35, &packet).await?);
        let SessionEvent::Reading(first) = cuff.packet().await else { panic!("no reading") };
        assert_eq!(first.at, NOW);
        for _ in 0..3 {
            assert!(bluez.send(CUFF, 0x2A35, &packet).await?);
            assert_eq!(cuff.packet().await, SessionEvent::Quarantined(Reason::Replayed));
        }
        // Also after the link was lost, and in a new session that was told what is stored.
        bluez.drop_link(CUFF).await?;
        cuff.until(|e| *e == SessionEvent::Connected).await;
        cuff.packet_ready().await;
        assert!(bluez.send(CUFF, 0x2A35, &packet).await?);
        assert_eq!(cuff.packet().await, SessionEvent::Quarantined(Reason::Replayed));
        cuff.session.close().await;
        let mut later = Driver::start(&bluez, CUFF, vec![*first]).await?;
        later.packet_ready().await;
        assert!(bluez.send(CUFF, 0x2A35, &packet).await?);
        assert_eq!(later.packet().await, SessionEvent::Quarantined(Reason::Replayed));
        Ok(())
    })
}

#[test]
fn values_that_no_body_has_are_refused() -> Result<()> {
    on_private_bus("bad_input::values_that_no_body_has_are_refused", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        for (packet, reason) in
            [("0605", Reason::Impossible), ("07ffff", Reason::Impossible), ("0600", Reason::NoValue)]
        {
            assert!(bluez.send(STRAP, 0x2A37, &hex::decode(packet)?).await?);
            assert_eq!(strap.packet().await, SessionEvent::Quarantined(reason), "{packet}");
        }
        Ok(())
    })
}

#[test]
fn a_flood_is_counted_and_does_not_end_the_session() -> Result<()> {
    on_private_bus("bad_input::a_flood_is_counted_and_does_not_end_the_session", async |bus| {
        let bluez = strap_and_cuff(&bus).await?;
        let mut strap = connected(&bluez, STRAP).await?;
        // The clock of this test stands still: what comes through is exactly the burst.
        let (mut readings, mut refused) = (0, 0);
        for _ in 0..20 {
            for _ in 0..50 {
                assert!(bluez.send(STRAP, 0x2A37, &[0x06, 71]).await?);
            }
            for _ in 0..50 {
                match strap.packet().await {
                    SessionEvent::Reading(_) => readings += 1,
                    SessionEvent::Quarantined(Reason::TooFrequent) => refused += 1,
                    other => panic!("{other:?}"),
                }
            }
        }
        assert_eq!((readings, refused), (512, 488));
        assert_eq!(strap.session.counts().of(Reason::TooFrequent), 488);
        strap.advance(1000);
        assert!(bluez.send(STRAP, 0x2A37, &[0x06, 71]).await?);
        assert!(matches!(strap.packet().await, SessionEvent::Reading(_)));
        Ok(())
    })
}

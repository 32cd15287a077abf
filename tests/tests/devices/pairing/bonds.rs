//! A bond that one side lost, and a link that is open although there is one.

use anyhow::Result;
use salus_devices::{OldBond, PairError, PairEvent, PairOptions, Question, SessionEvent};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::{PairMethod, Peripheral};

use super::{PASSKEY, STRAP, digits, heart_rate, next, room, strap};

#[test]
fn a_bond_that_the_device_lost_is_told_and_made_again() -> Result<()> {
    on_private_bus("pairing::bonds::a_bond_that_the_device_lost_is_told_and_made_again", async |bus| {
        let room = room(&bus, strap(PairMethod::Shows(PASSKEY)).paired()).await?;
        let mut driver = room.session(true).await?;
        heart_rate(&room, &mut driver).await?;
        room.bluez.forget_there(STRAP);
        room.bluez.drop_link(STRAP).await?;
        driver.until(|e| *e == SessionEvent::BondLost).await;
        // Told once: the attempts go on behind it.
        let later = driver.until(|e| matches!(e, SessionEvent::BondLost | SessionEvent::Connecting)).await;
        assert_eq!(later, SessionEvent::Connecting);
        assert_eq!(room.bluez.removals(STRAP), 0, "a paired device is not removed by itself");
        driver.session.close().await;

        // This side still has its bond; only who says so gives it up.
        assert_eq!(next(&mut room.pair_now().await?).await?, PairEvent::Ended(Err(PairError::AlreadyPaired)));
        assert_eq!(room.bluez.removals(STRAP), 0);
        let again = PairOptions { old_bond: OldBond::Replace, ..PairOptions::default() };
        let mut pairing = room.pair(again).await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
        assert_eq!(room.bluez.removals(STRAP), 1);
        pairing.answer(digits(PASSKEY))?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Ok(())));
        heart_rate(&room, &mut room.session(true).await?).await
    })
}

#[test]
fn a_bond_that_the_device_lost_is_told_also_when_bluez_says_no_reason() -> Result<()> {
    on_private_bus(
        "pairing::bonds::a_bond_that_the_device_lost_is_told_also_when_bluez_says_no_reason",
        async |bus| {
            let room = room(&bus, strap(PairMethod::Shows(PASSKEY)).paired()).await?;
            room.bluez.keep_reasons_back();
            let mut driver = room.session(true).await?;
            heart_rate(&room, &mut driver).await?;

            // Out of reach, as often as one likes: that is no lost bond.
            room.bluez.refuse(STRAP, 2);
            room.bluez.drop_link(STRAP).await?;
            let is_told = |e: &SessionEvent| matches!(e, SessionEvent::BondLost | SessionEvent::Connected);
            assert_eq!(driver.until(is_told).await, SessionEvent::Connected);
            heart_rate(&room, &mut driver).await?;

            // In reach, and gone each time: once and twice can be bad reception.
            room.bluez.forget_there(STRAP);
            room.bluez.drop_link(STRAP).await?;
            let mut attempts = 0;
            loop {
                let told = |e: &SessionEvent| matches!(e, SessionEvent::BondLost | SessionEvent::Connecting);
                if driver.until(told).await == SessionEvent::BondLost {
                    break;
                }
                attempts += 1;
                assert!(attempts <= 3, "tried in silence");
            }
            assert_eq!(attempts, 3);
            assert_eq!(room.bluez.removals(STRAP), 0, "a paired device is not removed by itself");
            Ok(())
        },
    )
}

#[test]
fn a_bond_that_this_computer_lost_is_told_and_made_again() -> Result<()> {
    on_private_bus("pairing::bonds::a_bond_that_this_computer_lost_is_told_and_made_again", async |bus| {
        let room = room(&bus, strap(PairMethod::Shows(PASSKEY)).paired()).await?;
        let mut driver = room.session(true).await?;
        heart_rate(&room, &mut driver).await?;
        room.bluez.forget_here(STRAP).await?;
        driver.until(|e| *e == SessionEvent::BondLost).await;
        driver.session.close().await;
        let mut pairing = room.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
        pairing.answer(digits(PASSKEY))?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Ok(())));
        heart_rate(&room, &mut room.session(true).await?).await
    })
}

#[test]
fn nothing_is_taken_over_an_open_link_from_a_device_that_was_paired() -> Result<()> {
    on_private_bus(
        "pairing::bonds::nothing_is_taken_over_an_open_link_from_a_device_that_was_paired",
        async |bus| {
            // It would send to anybody: somebody else at its address looks the same.
            let room = room(&bus, Peripheral::heart_rate_strap(1)).await?;
            let mut driver = room.session(true).await?;
            let first =
                driver.until(|e| matches!(e, SessionEvent::BondLost | SessionEvent::Described(_))).await;
            assert_eq!(first, SessionEvent::BondLost);
            driver.until(|e| matches!(e, SessionEvent::Waiting(_))).await;
            assert!(!room.bluez.is_connected(STRAP));
            Ok(())
        },
    )
}

//! Pairing with a passkey, every way that it can go, and how each ends.

use std::time::Duration;

use anyhow::Result;
use salus_devices::{AdapterError, Answer, PairError, PairEvent, PairOptions, Question, SessionEvent};
use salus_tests::bluez::PairMethod;
use salus_tests::bluez::bus::on_private_bus;

use super::{PASSKEY, STRAP, digits, heart_rate, next, room, strap};

#[test]
fn a_strap_asks_to_be_paired_and_sends_once_it_is() -> Result<()> {
    on_private_bus("pairing::passkey::a_strap_asks_to_be_paired_and_sends_once_it_is", async |bus| {
        let room = room(&bus, strap(PairMethod::Shows(PASSKEY))).await?;
        let mut driver = room.session(false).await?;
        driver.until(|e| *e == SessionEvent::PairFirst).await;
        driver.session.close().await;

        let mut pairing = room.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
        assert_eq!(room.bluez.agents(), (1, 1));
        pairing.answer(digits(PASSKEY))?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Ok(())));
        assert_eq!(room.bluez.bond(STRAP), (true, true), "paired and trusted");
        room.is_tidy();
        heart_rate(&room, &mut room.session(false).await?).await
    })
}

#[test]
fn a_wrong_passkey_is_told_and_the_right_one_works_after_it() -> Result<()> {
    on_private_bus(
        "pairing::passkey::a_wrong_passkey_is_told_and_the_right_one_works_after_it",
        async |bus| {
            let room = room(&bus, strap(PairMethod::Shows(PASSKEY))).await?;
            for (given, expected) in [(PASSKEY + 1, Err(PairError::WrongPasskey)), (PASSKEY, Ok(()))] {
                let mut pairing = room.pair_now().await?;
                assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
                pairing.answer(digits(given))?;
                assert_eq!(next(&mut pairing).await?, PairEvent::Ended(expected));
                assert_eq!(room.bluez.bond(STRAP).0, expected.is_ok());
                room.is_tidy();
            }
            Ok(())
        },
    )
}

#[test]
fn digits_can_be_compared() -> Result<()> {
    on_private_bus("pairing::passkey::digits_can_be_compared", async |bus| {
        let passkey = PASSKEY.try_into()?;
        let compared = room(&bus, strap(PairMethod::Compares(PASSKEY))).await?;
        let mut pairing = compared.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Compare(passkey)));
        pairing.answer(Answer::No)?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Err(PairError::Refused)));
        compared.is_tidy();
        let mut pairing = compared.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Compare(passkey)));
        pairing.answer(Answer::Yes)?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Ok(())));
        Ok(())
    })
}

#[test]
fn digits_can_be_typed_on_the_device() -> Result<()> {
    on_private_bus("pairing::passkey::digits_can_be_typed_on_the_device", async |bus| {
        let room = room(&bus, strap(PairMethod::Types(PASSKEY))).await?;
        for (typed, expected) in [(1, Err(PairError::WrongPasskey)), (PASSKEY, Ok(()))] {
            let mut pairing = room.pair_now().await?;
            let shown = Question::Type(PASSKEY.try_into()?, 0);
            assert_eq!(next(&mut pairing).await?, PairEvent::Asks(shown));
            assert!(room.bluez.type_passkey(STRAP, typed));
            assert_eq!(next(&mut pairing).await?, PairEvent::Ended(expected));
        }
        room.is_tidy();
        Ok(())
    })
}

#[test]
fn a_cancelled_pairing_leaves_nothing() -> Result<()> {
    on_private_bus("pairing::passkey::a_cancelled_pairing_leaves_nothing", async |bus| {
        let room = room(&bus, strap(PairMethod::Types(PASSKEY))).await?;
        // Before anything was asked of the device, and while the person types on it.
        room.pair_now().await?.cancel().await;
        room.is_tidy();
        let mut pairing = room.pair_now().await?;
        assert!(matches!(next(&mut pairing).await?, PairEvent::Asks(Question::Type(..))));
        assert!(room.bluez.is_pairing(STRAP));
        assert_eq!(room.pair_now().await.map(drop), Err(PairError::Busy), "one at a time");
        pairing.cancel().await;
        room.is_tidy();
        assert_eq!(room.bluez.bond(STRAP), (false, false));
        assert!(room.pair_now().await.is_ok(), "and another may begin");
        Ok(())
    })
}

/// Also between the last look at the device and BlueZ's beginning, when there is nothing to cancel yet.
#[test]
fn a_pairing_can_be_cancelled_at_any_time() -> Result<()> {
    on_private_bus("pairing::passkey::a_pairing_can_be_cancelled_at_any_time", async |bus| {
        let room = room(&bus, strap(PairMethod::Types(PASSKEY))).await?;
        for turns in 0..40 {
            let mut pairing = room.pair_now().await?;
            for _ in 0..turns {
                tokio::select! {
                    biased;
                    _ = pairing.next() => break,
                    () = tokio::task::yield_now() => {}
                }
            }
            pairing.cancel().await;
            room.is_tidy();
        }
        Ok(())
    })
}

#[test]
fn a_question_that_nobody_answers_times_out() -> Result<()> {
    on_private_bus("pairing::passkey::a_question_that_nobody_answers_times_out", async |bus| {
        for method in [PairMethod::Shows(PASSKEY), PairMethod::Types(PASSKEY)] {
            let room = room(&bus, strap(method)).await?;
            let patience = Duration::from_millis(20);
            let mut pairing = room.pair(PairOptions { patience, ..PairOptions::default() }).await?;
            assert!(matches!(next(&mut pairing).await?, PairEvent::Asks(_)));
            assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Err(PairError::TimedOut)), "{method:?}");
            room.is_tidy();
            assert_eq!(room.bluez.bond(STRAP), (false, false));
        }
        Ok(())
    })
}

#[test]
fn a_device_that_nobody_chose_is_rejected() -> Result<()> {
    on_private_bus("pairing::passkey::a_device_that_nobody_chose_is_rejected", async |bus| {
        let room = room(&bus, strap(PairMethod::Shows(PASSKEY))).await?;
        let mut pairing = room.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
        let refusal = room.bluez.pair_unasked(1).await?;
        assert_eq!(refusal.as_deref(), Some("org.bluez.Error.Rejected"));
        // The question of the one that was chosen is still open.
        pairing.answer(digits(PASSKEY))?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Ended(Ok(())));
        assert_eq!(room.pair_now().await?.next().await, PairEvent::Ended(Err(PairError::AlreadyPaired)));
        Ok(())
    })
}

#[test]
fn a_pairing_that_was_dropped_rejects_what_is_still_asked() -> Result<()> {
    on_private_bus("pairing::passkey::a_pairing_that_was_dropped_rejects_what_is_still_asked", async |bus| {
        let room = room(&bus, strap(PairMethod::Shows(PASSKEY))).await?;
        let mut pairing = room.pair_now().await?;
        assert_eq!(next(&mut pairing).await?, PairEvent::Asks(Question::Enter));
        drop(pairing);
        let refusal = room.bluez.pair_unasked(STRAP).await?;
        assert_eq!(refusal.as_deref(), Some("org.bluez.Error.Rejected"));
        Ok(())
    })
}

#[test]
fn a_device_that_refuses_or_is_out_of_reach_is_told_apart() -> Result<()> {
    on_private_bus("pairing::passkey::a_device_that_refuses_or_is_out_of_reach_is_told_apart", async |bus| {
        let room = room(&bus, strap(PairMethod::Refuses)).await?;
        assert_eq!(next(&mut room.pair_now().await?).await?, PairEvent::Ended(Err(PairError::Refused)));
        room.bluez.refuse(STRAP, 1);
        assert_eq!(next(&mut room.pair_now().await?).await?, PairEvent::Ended(Err(PairError::Unreachable)));
        room.is_tidy();
        room.bluez.set_powered(false).await?;
        let off = PairError::Adapter(AdapterError::Off);
        assert_eq!(room.pair_now().await.map(drop), Err(off));
        Ok(())
    })
}

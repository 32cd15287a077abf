//! Journey: pairing with a passkey, every way that it can go; a bond lost on either side; an adapter that is off, gone
//! or deaf.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use salus_devices::{
    AdapterError, AdapterEvent, AdapterState, Answer, Central, OldBond, Options, PairError, PairEvent,
    PairOptions, Pairing, PeripheralKey, Question, SessionEvent,
};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::driver::{DEADLINE, Driver, find};
use salus_tests::bluez::{PairMethod, Peripheral, SimulatedBluez};
use salus_wire::Quality;

const PASSKEY: u32 = 42_517;
const STRAP: usize = 0;

/// A strap that sends only over an encrypted link.
fn strap(method: PairMethod) -> Peripheral {
    Peripheral::heart_rate_strap(1).protecting(0x2A37).pairing_by(method)
}

struct Room {
    bluez: SimulatedBluez,
    central: Central,
    key: PeripheralKey,
}

async fn room(bus: &str, strap: Peripheral) -> Result<Room> {
    let name = strap.name.clone();
    let bluez = SimulatedBluez::attach(bus, vec![strap, Peripheral::heart_rate_strap(2)]).await?;
    let central = Central::open().await?;
    let key = find(&central, &name).await?;
    // Two straps of one name: the first is the one whose key ends in its address.
    let ending = bluez.peripheral(STRAP).address_text().replace(':', "_");
    let (head, _) = key.as_str().rsplit_once("dev_").context("a key")?;
    let key = format!("{head}dev_{ending}").parse()?;
    Ok(Room { bluez, central, key })
}

impl Room {
    async fn pair(&self, options: PairOptions) -> Result<Pairing, PairError> {
        self.central.pair(&self.key, options).await
    }

    async fn pair_now(&self) -> Result<Pairing, PairError> {
        self.pair(PairOptions::default()).await
    }

    async fn session(&self, bonded: bool) -> Result<Driver> {
        let options = Options { bonded, ..Options::default() };
        Ok(Driver::of(self.central.session(&self.key, options).await?))
    }

    /// Nothing of a pairing is left behind.
    fn is_tidy(&self) {
        assert!(!self.bluez.is_pairing(STRAP));
        assert_eq!(self.bluez.agents(), (0, 0), "the agent is registered only while pairing");
    }
}

async fn next(pairing: &mut Pairing) -> Result<PairEvent> {
    Ok(tokio::time::timeout(DEADLINE, pairing.next()).await?)
}

fn digits(number: u32) -> Answer {
    Answer::Digits(number.try_into().expect("six digits"))
}

async fn heart_rate(room: &Room, driver: &mut Driver) -> Result<()> {
    driver.packet_ready().await;
    assert!(room.bluez.send(STRAP, 0x2A37, &[0x06, 71]).await?);
    let SessionEvent::Reading(reading) = driver.packet().await else { panic!("set aside") };
    assert!(!reading.quality.has(Quality::LINK_OPEN), "paired");
    Ok(())
}

#[test]
fn a_strap_asks_to_be_paired_and_sends_once_it_is() -> Result<()> {
    on_private_bus("a_strap_asks_to_be_paired_and_sends_once_it_is", async |bus| {
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
    on_private_bus("a_wrong_passkey_is_told_and_the_right_one_works_after_it", async |bus| {
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
    })
}

#[test]
fn digits_can_be_compared() -> Result<()> {
    on_private_bus("digits_can_be_compared", async |bus| {
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
    on_private_bus("digits_can_be_typed_on_the_device", async |bus| {
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
    on_private_bus("a_cancelled_pairing_leaves_nothing", async |bus| {
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

#[test]
fn a_question_that_nobody_answers_times_out() -> Result<()> {
    on_private_bus("a_question_that_nobody_answers_times_out", async |bus| {
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
    on_private_bus("a_device_that_nobody_chose_is_rejected", async |bus| {
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
    on_private_bus("a_pairing_that_was_dropped_rejects_what_is_still_asked", async |bus| {
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
    on_private_bus("a_device_that_refuses_or_is_out_of_reach_is_told_apart", async |bus| {
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

#[test]
fn a_bond_that_the_device_lost_is_told_and_made_again() -> Result<()> {
    on_private_bus("a_bond_that_the_device_lost_is_told_and_made_again", async |bus| {
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
    on_private_bus("a_bond_that_the_device_lost_is_told_also_when_bluez_says_no_reason", async |bus| {
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
    })
}

#[test]
fn a_bond_that_this_computer_lost_is_told_and_made_again() -> Result<()> {
    on_private_bus("a_bond_that_this_computer_lost_is_told_and_made_again", async |bus| {
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
    on_private_bus("nothing_is_taken_over_an_open_link_from_a_device_that_was_paired", async |bus| {
        // It would send to anybody: somebody else at its address looks the same.
        let room = room(&bus, Peripheral::heart_rate_strap(1)).await?;
        let mut driver = room.session(true).await?;
        let first = driver.until(|e| matches!(e, SessionEvent::BondLost | SessionEvent::Described(_))).await;
        assert_eq!(first, SessionEvent::BondLost);
        driver.until(|e| matches!(e, SessionEvent::Waiting(_))).await;
        assert!(!room.bluez.is_connected(STRAP));
        Ok(())
    })
}

async fn event(watch: &mut salus_devices::Watch) -> Result<AdapterEvent> {
    Ok(tokio::time::timeout(DEADLINE, watch.next()).await?)
}

#[test]
fn an_adapter_that_hears_nothing_is_restarted_once() -> Result<()> {
    on_private_bus("an_adapter_that_hears_nothing_is_restarted_once", async |bus| {
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
    on_private_bus("an_adapter_that_is_off_or_gone_is_told_and_left_alone", async |bus| {
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

mod app {
    //! The same through the application: what a page asks for, and what it is shown.

    use salus_api::{App, Config, Confirm};
    use salus_chain::time::Clock;
    use salus_light::clock::SystemClock;
    use salus_wire::command as c;
    use salus_wire::view::{AdapterState, DeviceState, DeviceView, PairingAnswer, PairingView, Role};
    use salus_wire::{DeviceId, ErrorCode};

    use super::*;

    struct No;

    #[async_trait::async_trait]
    impl Confirm for No {
        async fn confirm(&self, _: salus_api::Question<'_>) -> bool {
            false
        }
    }

    async fn open(dir: &Path) -> Result<App> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let config = Config {
            data_dir: dir.to_owned(),
            genesis: None,
            clock,
            test_clock: true,
            confirm: Arc::new(No),
            keyring: std::sync::Arc::new(salus_vault::NoKeyring),
            silence: salus_api::SILENCE,
            heads: Arc::new(salus_api::MemoryHeads::default()),
        };
        let app = App::new(config).await?;
        let passphrase = "correct horse battery".into();
        app.run(c::CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase }).await?;
        Ok(app)
    }

    /// Asks again at each event until the device looks so.
    async fn until(app: &App, id: DeviceId, fits: impl Fn(&DeviceView) -> bool) -> Result<DeviceView> {
        let mut events = app.subscribe();
        tokio::time::timeout(DEADLINE, async {
            loop {
                let all = app.run(c::ListDevices {}).await?;
                if let Some(device) = all.into_iter().find(|d| d.id == id && fits(d)) {
                    return Ok(device);
                }
                events.recv().await?;
            }
        })
        .await?
    }

    async fn adapter(app: &App, state: AdapterState) -> Result<()> {
        let mut events = app.subscribe();
        tokio::time::timeout(DEADLINE, async {
            while app.run(c::GetAdapter {}).await?.state != state {
                events.recv().await?;
            }
            Ok(())
        })
        .await?
    }

    #[test]
    fn a_page_pairs_a_strap_with_a_wrong_passkey_first() -> Result<()> {
        on_private_bus("app::a_page_pairs_a_strap_with_a_wrong_passkey_first", async |bus| {
            let bluez = SimulatedBluez::attach(&bus, vec![strap(PairMethod::Shows(PASSKEY))]).await?;
            let dir = tempfile::tempdir()?;
            let app = open(dir.path()).await?;
            let found = app.run(c::ScanDevices {}).await?;
            let device = found.first().context("a strap")?.id;
            app.run(c::AddDevice { device }).await?;
            until(&app, device, |d| d.state == DeviceState::PairFirst).await?;

            let yes = c::AnswerPairing { device, answer: PairingAnswer::Yes };
            assert_eq!(app.run(yes.clone()).await.unwrap_err().code, ErrorCode::NotAsked);
            for (digits, failed) in [("111111", true), ("042517", false)] {
                let view = app.run(c::PairDevice { device }).await?;
                assert_eq!(view.state, DeviceState::Pairing);
                let twice = app.run(c::PairDevice { device }).await.unwrap_err().code;
                assert_eq!(twice, ErrorCode::PairingBusy);
                until(&app, device, |d| d.pairing == Some(PairingView::Enter)).await?;
                assert_eq!(app.run(yes.clone()).await.unwrap_err().code, ErrorCode::NotAsked);
                let answer = |digits: &str| c::AnswerPairing {
                    device,
                    answer: PairingAnswer::Digits { digits: digits.into() },
                };
                assert_eq!(app.run(answer("42517")).await.unwrap_err().code, ErrorCode::BadRequest);
                app.run(answer(digits)).await?;
                if failed {
                    let wrong = Some(PairingView::Failed { code: ErrorCode::WrongPasskey });
                    until(&app, device, |d| d.state == DeviceState::PairFirst && d.pairing == wrong).await?;
                    let view = app.run(c::CancelPairing { device }).await?;
                    assert_eq!(view.pairing, None, "put away");
                }
            }
            let view = until(&app, device, |d| d.state == DeviceState::Connected).await?;
            assert_eq!(view.pairing, None);
            until(&app, device, |d| d.link_encrypted == Some(true)).await?;

            // The strap forgets, and is paired again; the page need not know whose bond was lost.
            bluez.forget_there(STRAP);
            bluez.drop_link(STRAP).await?;
            until(&app, device, |d| d.state == DeviceState::PairAgain).await?;
            app.run(c::PairDevice { device }).await?;
            until(&app, device, |d| d.pairing == Some(PairingView::Enter)).await?;
            app.run(c::CancelPairing { device }).await?;
            until(&app, device, |d| d.state == DeviceState::PairAgain && d.pairing.is_none()).await?;
            app.run(c::PairDevice { device }).await?;
            until(&app, device, |d| d.pairing == Some(PairingView::Enter)).await?;
            let digits = PairingAnswer::Digits { digits: "042517".into() };
            app.run(c::AnswerPairing { device, answer: digits }).await?;
            until(&app, device, |d| d.state == DeviceState::Connected).await?;

            // A record that is locked while somebody is asked ends the pairing.
            bluez.forget_there(STRAP);
            bluez.drop_link(STRAP).await?;
            until(&app, device, |d| d.state == DeviceState::PairAgain).await?;
            app.run(c::PairDevice { device }).await?;
            until(&app, device, |d| d.pairing == Some(PairingView::Enter)).await?;
            app.lock().await?;
            assert!(!bluez.is_pairing(STRAP));
            assert_eq!(bluez.agents(), (0, 0));
            Ok(())
        })
    }

    #[test]
    fn a_page_is_told_that_bluetooth_is_off_or_gone() -> Result<()> {
        on_private_bus("app::a_page_is_told_that_bluetooth_is_off_or_gone", async |bus| {
            let bluez = SimulatedBluez::attach(&bus, vec![strap(PairMethod::Plain)]).await?;
            let dir = tempfile::tempdir()?;
            let app = open(dir.path()).await?;
            adapter(&app, AdapterState::On).await?;
            let device = app.run(c::ScanDevices {}).await?.first().context("a strap")?.id;
            assert_eq!(
                app.run(c::PairDevice { device }).await.unwrap_err().code,
                ErrorCode::UnknownDevice,
                "not added"
            );
            app.run(c::AddDevice { device }).await?;
            bluez.set_powered(false).await?;
            adapter(&app, AdapterState::Off).await?;
            let pair = c::PairDevice { device };
            assert_eq!(app.run(pair.clone()).await.unwrap_err().code, ErrorCode::BluetoothOff);
            bluez.set_powered(true).await?;
            adapter(&app, AdapterState::On).await?;
            bluez.set_plugged(false).await?;
            adapter(&app, AdapterState::Missing).await?;
            assert_eq!(app.run(pair).await.unwrap_err().code, ErrorCode::NoBluetooth);
            bluez.set_plugged(true).await?;
            adapter(&app, AdapterState::On).await?;
            app.lock().await?;
            Ok(())
        })
    }

    #[test]
    fn devices_go_on_with_an_adapter_that_was_put_in_again() -> Result<()> {
        on_private_bus("app::devices_go_on_with_an_adapter_that_was_put_in_again", async |bus| {
            let straps = vec![Peripheral::heart_rate_strap(1), Peripheral::heart_rate_strap(2)];
            let bluez = SimulatedBluez::attach(&bus, straps).await?;
            let dir = tempfile::tempdir()?;
            let app = open(dir.path()).await?;
            adapter(&app, AdapterState::On).await?;
            let found: Vec<_> = app.run(c::ScanDevices {}).await?.iter().map(|d| d.id).collect();
            assert_eq!(found.len(), 2);
            for device in &found {
                app.run(c::AddDevice { device: *device }).await?;
            }
            for round in 0..2 {
                for device in &found {
                    until(&app, *device, |d| d.state == DeviceState::Connected).await?;
                }
                if round == 0 {
                    // Both wait when it goes: each keeps up what the other's discovery was.
                    bluez.refuse(0, 1);
                    bluez.refuse(1, 1);
                    bluez.drop_link(0).await?;
                    bluez.drop_link(1).await?;
                    for device in &found {
                        until(&app, *device, |d| d.state == DeviceState::Waiting).await?;
                    }
                    bluez.set_plugged(false).await?;
                    adapter(&app, AdapterState::Missing).await?;
                    bluez.set_plugged(true).await?;
                    adapter(&app, AdapterState::On).await?;
                }
            }
            app.lock().await?;
            Ok(())
        })
    }
}

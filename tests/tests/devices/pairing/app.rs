//! The same through the application: what a page asks for, and what it is shown.

use anyhow::{Context, Result};
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::bluez::{PairMethod, Peripheral, SimulatedBluez};
use salus_wire::ErrorCode;
use salus_wire::command as c;
use salus_wire::view::{AdapterState, DeviceState, PairingAnswer, PairingView};

use super::page::{adapter, open, until};
use super::{PASSKEY, STRAP, strap};

#[test]
fn a_page_pairs_a_strap_with_a_wrong_passkey_first() -> Result<()> {
    on_private_bus("pairing::app::a_page_pairs_a_strap_with_a_wrong_passkey_first", async |bus| {
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
    on_private_bus("pairing::app::a_page_is_told_that_bluetooth_is_off_or_gone", async |bus| {
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
    on_private_bus("pairing::app::devices_go_on_with_an_adapter_that_was_put_in_again", async |bus| {
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

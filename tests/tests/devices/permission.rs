//! Journey: a person who may not use Bluetooth. The bus's own policy refuses, as on a computer whose administrator did
//! not allow it, and gives the permission back.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_devices::{AdapterError, AdapterState as Radio, Central};
use salus_tests::bluez::bus::{on_private_bus, permit};
use salus_tests::bluez::wave::Wave;
use salus_tests::bluez::{Peripheral, SimulatedBluez};
use salus_tests::desk::Desk;
use salus_tests::network::eventually;
use salus_wire::command as c;
use salus_wire::view::{AdapterState, DeviceState, DeviceView};
use salus_wire::{Category, ErrorCode};

const PATIENCE: Duration = Duration::from_secs(60);
const STRAP: usize = 0;

async fn adapter(desk: &Desk, state: AdapterState) -> Result<()> {
    let seen = eventually(PATIENCE, async || {
        let adapter = desk.ok(c::GetAdapter {}).await.ok()?;
        (adapter.state == state).then_some(())
    });
    seen.await.with_context(|| format!("the page is never told {state:?}"))
}

async fn device(desk: &Desk, state: DeviceState) -> Result<DeviceView> {
    let seen = eventually(PATIENCE, async || {
        let all = desk.ok(c::ListDevices {}).await.ok()?;
        all.into_iter().find(|d| d.state == state)
    });
    seen.await.with_context(|| format!("no device is ever {state:?}"))
}

#[test]
fn the_bus_refuses_and_is_understood() -> Result<()> {
    on_private_bus("permission::the_bus_refuses_and_is_understood", async |bus| {
        let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
        permit(&bus, false).await?;
        // What a person without permission gets from a real bus, before BlueZ sees anything.
        let person = zbus::connection::Builder::address(bus.as_str())?.build().await?;
        let iface = Some("org.freedesktop.DBus.ObjectManager");
        let refused = person.call_method(Some("org.bluez"), "/", iface, "GetManagedObjects", &()).await;
        let Err(zbus::Error::MethodError(name, ..)) = refused else { panic!("{refused:?}") };
        assert_eq!(name.as_str(), "org.freedesktop.DBus.Error.AccessDenied");
        assert_eq!(Central::open().await.map(drop), Err(AdapterError::NoPermission));

        permit(&bus, true).await?;
        let central = Central::open().await?;
        assert_eq!(central.state().await?, Radio::On);
        // Taken while the adapter is in use: not "off", and not "does not answer".
        permit(&bus, false).await?;
        assert_eq!(central.state().await, Err(AdapterError::NoPermission));
        assert_eq!(central.scan().await.map(drop), Err(AdapterError::NoPermission));
        assert!(!bluez.is_discovering());
        Ok(())
    })
}

#[test]
fn a_page_is_told_that_bluetooth_is_not_allowed_and_when_it_is_again() -> Result<()> {
    on_private_bus(
        "permission::a_page_is_told_that_bluetooth_is_not_allowed_and_when_it_is_again",
        async |bus| {
            let bluez = SimulatedBluez::attach(&bus, vec![Peripheral::heart_rate_strap(1)]).await?;
            bluez.set_allowed(false).await?;
            let dir = tempfile::tempdir()?;
            let desk = Desk::patient(dir.path()).await?;
            adapter(&desk, AdapterState::NotAllowed).await?;
            assert_eq!(desk.refused(c::ScanDevices {}).await, ErrorCode::BluetoothNotAllowed);
            assert!(!bluez.is_discovering());

            // The way back needs no restart.
            bluez.set_allowed(true).await?;
            adapter(&desk, AdapterState::On).await?;
            let id = desk.ok(c::ScanDevices {}).await?.first().context("a strap")?.id;
            desk.ok(c::AddDevice { device: id }).await?;
            device(&desk, DeviceState::Connected).await?;

            // Taken while a device sends: whoever asks is told at once, and then the screen by itself.
            bluez.set_allowed(false).await?;
            assert_eq!(desk.refused(c::PairDevice { device: id }).await, ErrorCode::BluetoothNotAllowed);
            assert_eq!(desk.refused(c::ScanDevices {}).await, ErrorCode::BluetoothNotAllowed);
            adapter(&desk, AdapterState::NotAllowed).await?;
            bluez.drop_link(STRAP).await?;
            device(&desk, DeviceState::Waiting).await?;

            bluez.set_allowed(true).await?;
            adapter(&desk, AdapterState::On).await?;
            device(&desk, DeviceState::Connected).await?;
            let packet = Wave::new(3).heart_rate();
            let sent =
                eventually(PATIENCE, async || bluez.send(STRAP, 0x2A37, &packet).await.ok().filter(|s| *s));
            sent.await.context("subscribed again")?;
            let stored = eventually(PATIENCE, async || {
                let held = desk.ok(c::GetOverview {}).await.ok()?;
                held.iter().any(|o| o.category == Category::HeartRate).then_some(())
            });
            stored.await.context("a reading after the permission came back")?;
            desk.ok(c::Lock {}).await.map(|_| ())
        },
    )
}

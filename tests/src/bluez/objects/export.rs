//! What is on the bus, and when: devices once they are heard, their services once a link was made.

use std::sync::Arc;

use zbus::ObjectServer;

use super::super::world::{Entry, World};
use super::device::Device;
use super::gatt::{GattCharacteristic, GattDescriptor, GattService};

/// Exports the device, if it is not.
pub(in super::super) async fn appear(
    server: &ObjectServer,
    world: &Arc<World>,
    at: usize,
) -> zbus::Result<()> {
    server.at(world.at(at).path.as_str(), Device { world: Arc::clone(world), at }).await.map(drop)
}

/// Takes the device away, with its bond on this side.
pub(in super::super) async fn vanish(
    server: &ObjectServer,
    world: &Arc<World>,
    at: usize,
) -> zbus::Result<()> {
    let entry = world.at(at);
    entry.unlink();
    let exported = {
        let mut state = entry.state();
        state.bonded_here = false;
        state.trusted = false;
        core::mem::take(&mut state.exported)
    };
    // One that was never connected has no services.
    if exported {
        remove_services(server, entry).await;
    }
    server.remove::<Device, _>(entry.path.as_str()).await.map(drop)
}

/// Takes its services away until the next link.
pub(in super::super) async fn withdraw(server: &ObjectServer, entry: &Entry) -> zbus::Result<()> {
    if core::mem::replace(&mut entry.state().exported, false) {
        remove_services(server, entry).await;
    }
    Ok(())
}

/// What was never exported is no error.
async fn remove_services(server: &ObjectServer, entry: &Entry) {
    for c in 0..entry.spec.characteristics.len() {
        let path = entry.characteristic_path(c);
        server.remove::<GattDescriptor, _>(format!("{path}/desc0000")).await.ok();
        server.remove::<GattCharacteristic, _>(path).await.ok();
    }
    for c in &entry.spec.characteristics {
        server.remove::<GattService, _>(entry.service_path(c.service)).await.ok();
    }
}

pub(super) async fn export_services(
    server: &ObjectServer,
    world: &Arc<World>,
    at: usize,
) -> zbus::Result<()> {
    let entry = world.at(at);
    if core::mem::replace(&mut entry.state().exported, true) {
        return Ok(());
    }
    let hidden = entry.state().hidden.clone();
    for (c, characteristic) in entry.spec.characteristics.iter().enumerate() {
        if hidden.contains(&characteristic.uuid) {
            continue;
        }
        let service = GattService::new(characteristic.service, &entry.path);
        server.at(entry.service_path(characteristic.service), service).await?;
        let path = entry.characteristic_path(c);
        server.at(format!("{path}/desc0000"), GattDescriptor::new(&path)).await?;
        server.at(path, GattCharacteristic::new(world, at, c)).await?;
    }
    Ok(())
}

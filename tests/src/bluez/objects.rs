//! The exported objects. They hold no state of their own: every getter asks the [`World`](super::world::World).

mod adapter;
mod agent;
mod device;
mod export;
mod gatt;
mod signals;

use std::sync::Arc;

use zbus::Connection;
use zbus::message::Header;
use zbus::object_server::SignalEmitter;

use super::world::{ADAPTER, World};
pub(super) use adapter::Adapter;
pub(super) use agent::{AgentManager, ask_default, typed};
pub(super) use export::{appear, vanish, withdraw};
use signals::adapter_changed;
pub(super) use signals::{bond_changed, heard, link_changed, signal_strength, value_changed};

/// BlueZ's errors.
#[derive(Debug, zbus::DBusError)]
#[zbus(prefix = "org.bluez.Error")]
pub(super) enum Refusal {
    #[zbus(error)]
    ZBus(zbus::Error),
    Failed(String),
    NotReady(String),
    InProgress(String),
    DoesNotExist(String),
    NotConnected(String),
    NotPermitted(String),
    InvalidArguments(String),
    AlreadyExists(String),
    AuthenticationFailed(String),
    AuthenticationRejected(String),
    AuthenticationCanceled(String),
    AuthenticationTimeout(String),
    ConnectionAttemptFailed(String),
}

fn client(header: &Header<'_>) -> String {
    header.sender().map(ToString::to_string).unwrap_or_default()
}

/// Switches the adapter; links and discovery end with the power.
pub(super) async fn power(connection: &Connection, world: &Arc<World>, on: bool) -> zbus::Result<()> {
    if !world.set_powered(on) {
        return Ok(());
    }
    adapter_changed(&SignalEmitter::new(connection, ADAPTER)?, "Powered", on).await?;
    for entry in (0..world.len()).map(|at| world.at(at)) {
        if !on && entry.state().connected {
            entry.unlink();
            link_changed(&SignalEmitter::new(connection, entry.path.clone())?, false).await?;
        }
    }
    Ok(())
}

//! Leading a pairing through BlueZ. See the agent for the calls.

use core::time::Duration;

use futures::FutureExt;
use tokio::sync::oneshot;
use zbus::Connection;
use zbus::zvariant::{ObjectPath, Value};

use super::super::pairing::{Lead, OldBond, PairError};
use super::super::{AdapterError, Central, PeripheralKey, reach};
use super::agent::{Agent, PATH};
use super::{BLUEZ, DEVICE, Daemon, PROPERTIES, path};

const MANAGER: Option<&str> = Some("org.bluez.AgentManager1");
/// It can show digits and take them: BlueZ then picks the safest way that the device has.
const CAPABILITY: &str = "KeyboardDisplay";
/// Between two cancels of one pairing.
const CANCEL_AGAIN: Duration = Duration::from_millis(200);

impl Daemon {
    /// Prepares a pairing; nothing is asked of the device before its work is polled.
    pub(in super::super) async fn lead(
        &self,
        central: &Central,
        key: &PeripheralKey,
        old_bond: OldBond,
    ) -> Result<Lead, PairError> {
        let device = path(key).ok_or(PairError::Unreachable)?;
        let daemon = owner(&self.bus).await.map_err(|e| why(&e))?;
        let (seat, asks) = self.desk.take(device.as_str(), &daemon).ok_or(PairError::Busy)?;
        let (stop, mut stopped) = oneshot::channel();
        let work = {
            let (this, central, key, device) = (self.clone(), central.clone(), key.clone(), device.clone());
            async move {
                let _seat = seat;
                tokio::select! {
                    Ok(()) = &mut stopped => return Err(PairError::Cancelled),
                    ready = this.ready(&central, &key, old_bond) => ready?,
                }
                this.register().await.map_err(|e| why(&e))?;
                let paired = this.pair_until(&device, &mut stopped).await;
                // Whether it paired does not depend on this.
                let _ = this.manager("UnregisterAgent").await;
                let paired = paired.map_err(|e| why(&e));
                // BlueZ keeps a device that refused without its services, and no scan would list it again.
                if paired == Err(PairError::Refused) && this.paired(&key).await == Some(false) {
                    this.forget(&key).await;
                }
                paired
            }
        };
        let stop = async move {
            // An error means that the work is over.
            let _ = stop.send(());
        };
        Ok(Lead { work: work.boxed(), asks, stop: stop.boxed() })
    }

    /// The device is known to BlueZ and not paired.
    async fn ready(
        &self,
        central: &Central,
        key: &PeripheralKey,
        old_bond: OldBond,
    ) -> Result<(), PairError> {
        if self.paired(key).await == Some(true) {
            match old_bond {
                OldBond::Keep => return Err(PairError::AlreadyPaired),
                OldBond::Replace => self.forget(key).await,
            }
        }
        reach::reach(central, key).await
    }

    async fn register(&self) -> zbus::Result<()> {
        self.bus.object_server().at(PATH, Agent(self.desk.clone())).await?;
        let path = ObjectPath::from_static_str(PATH)?;
        let body = (&path, CAPABILITY);
        match self.bus.call_method(Some(BLUEZ), "/org/bluez", MANAGER, "RegisterAgent", &body).await {
            // An earlier pairing was dropped before it could unregister.
            Err(zbus::Error::MethodError(name, ..)) if name.as_str() == "org.bluez.Error.AlreadyExists" => {}
            other => drop(other?),
        }
        self.manager("RequestDefaultAgent").await
    }

    async fn manager(&self, method: &str) -> zbus::Result<()> {
        let path = ObjectPath::from_static_str(PATH)?;
        self.bus.call_method(Some(BLUEZ), "/org/bluez", MANAGER, method, &(&path,)).await.map(drop)
    }

    /// Pairs; or, once it is stopped, cancels until BlueZ has ended it. A cancel that comes before BlueZ began finds nothing to cancel, and
    /// the device would ask on, with nobody there to answer.
    async fn pair_until(
        &self,
        device: &ObjectPath<'_>,
        stopped: &mut oneshot::Receiver<()>,
    ) -> zbus::Result<()> {
        let pair = self.pair(device);
        tokio::pin!(pair);
        tokio::select! {
            paired = &mut pair => return paired,
            Ok(()) = stopped => {}
        }
        loop {
            let cancel = self.bus.call_method(Some(BLUEZ), device, Some(DEVICE), "CancelPairing", &());
            let again = async {
                // An error means that there is nothing to cancel yet, or any more.
                let _ = cancel.await;
                tokio::time::sleep(CANCEL_AGAIN).await;
            };
            tokio::select! {
                paired = &mut pair => return paired,
                () = again => {}
            }
        }
    }

    async fn pair(&self, device: &ObjectPath<'_>) -> zbus::Result<()> {
        self.bus.call_method(Some(BLUEZ), device, Some(DEVICE), "Pair", &()).await?;
        let trusted = (DEVICE, "Trusted", Value::from(true));
        // Trusted lets the device connect by itself; it is paired without it too.
        if let Err(error) = self.bus.call_method(Some(BLUEZ), device, Some(PROPERTIES), "Set", &trusted).await
        {
            tracing::debug!(%error, "trust");
        }
        Ok(())
    }
}

/// BlueZ's own connection.
async fn owner(bus: &Connection) -> zbus::Result<String> {
    let name = "org.freedesktop.DBus";
    let reply = bus.call_method(Some(name), "/org/freedesktop/DBus", Some(name), "GetNameOwner", &(BLUEZ,));
    reply.await?.body().deserialize()
}

fn why(error: &zbus::Error) -> PairError {
    tracing::debug!(%error, "pair");
    let zbus::Error::MethodError(name, ..) = error else { return AdapterError::Failed.into() };
    match name.as_str() {
        "org.bluez.Error.AlreadyExists" => PairError::AlreadyPaired,
        "org.bluez.Error.AuthenticationFailed" | "org.bluez.Error.AuthenticationRejected" => {
            PairError::Refused
        }
        "org.bluez.Error.AuthenticationTimeout" => PairError::TimedOut,
        // A cancel of ours is known as such; any other means that the device left.
        "org.bluez.Error.AuthenticationCanceled"
        | "org.bluez.Error.ConnectionAttemptFailed"
        | "org.bluez.Error.Failed"
        | "org.bluez.Error.DoesNotExist"
        | "org.freedesktop.DBus.Error.UnknownObject"
        | "org.freedesktop.DBus.Error.UnknownMethod" => PairError::Unreachable,
        "org.bluez.Error.InProgress" => PairError::Busy,
        "org.bluez.Error.NotReady" => AdapterError::Off.into(),
        "org.freedesktop.DBus.Error.AccessDenied" => AdapterError::NoPermission.into(),
        "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
            AdapterError::Missing.into()
        }
        _ => AdapterError::Failed.into(),
    }
}

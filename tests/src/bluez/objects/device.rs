//! `org.bluez.Device1`: links and pairing.

use std::collections::HashMap;
use std::sync::Arc;

use zbus::message::Header;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{ObjectPath, OwnedValue};
use zbus::{Connection, ObjectServer};

use super::super::world::{ADAPTER, AtOnce, Entry, Stop, World};
use super::export::export_services;
use super::signals::{maker_data, service_data};
use super::{Refusal, agent, bond_changed, client, gatt, link_changed, value_changed};

pub(super) struct Device {
    pub(super) world: Arc<World>,
    pub(super) at: usize,
}

impl Device {
    fn entry(&self) -> &Entry {
        self.world.at(self.at)
    }

    async fn link(&self, server: &ObjectServer, emitter: &SignalEmitter<'_>) -> zbus::Result<()> {
        {
            let mut state = self.entry().state();
            state.connected = true;
            state.resolved = true;
            state.links += 1;
        }
        export_services(server, &self.world, self.at).await?;
        link_changed(emitter, true).await?;
        for said in self.entry().at_once(AtOnce::Connecting, None) {
            let Some(path) = self.entry().path_of(said.uuid) else { continue };
            value_changed(&SignalEmitter::new(emitter.connection(), path)?, &said.octets).await?;
        }
        Ok(())
    }
}

/// What whoever wanted to pair is told of a pairing that was stopped.
fn stopped(stop: Option<Stop>) -> Refusal {
    match stop {
        Some(Stop::TimedOut) => Refusal::AuthenticationTimeout("Authentication Timeout".into()),
        Some(Stop::Cancelled) | None => Refusal::AuthenticationCanceled("Authentication Canceled".into()),
    }
}

#[zbus::interface(name = "org.bluez.Device1")]
impl Device {
    async fn connect(
        &self,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.is_powered() {
            return Err(Refusal::NotReady("Resource Not Ready".into()));
        }
        {
            let mut state = self.entry().state();
            if state.refuse > 0 {
                state.refuse -= u32::from(state.refuse != u32::MAX);
                return Err(Refusal::Failed("le-connection-abort-by-local".into()));
            }
        }
        self.entry().answers().await;
        let (here, there) = {
            let state = self.entry().state();
            (state.bonded_here, state.bonded_there)
        };
        if here && !there {
            // The key that the computer encrypts with is missing on the other side.
            // The link is there until the encryption fails.
            link_changed(&emitter, true).await?;
            link_changed(&emitter, false).await?;
            if !self.world.is_reticent() {
                let message = "Connection terminated due to authentication failure";
                Self::disconnected(&emitter, "org.bluez.Reason.Authentication", message).await?;
            }
            return Err(Refusal::Failed("le-connection-abort-by-local".into()));
        }
        Ok(self.link(server, &emitter).await?)
    }

    async fn disconnect(&self, #[zbus(signal_emitter)] emitter: SignalEmitter<'_>) -> Result<(), Refusal> {
        if !self.entry().state().connected {
            return Err(Refusal::NotConnected("Not Connected".into()));
        }
        self.entry().unlink();
        Ok(link_changed(&emitter, false).await?)
    }

    async fn pair(
        &self,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
        #[zbus(object_server)] server: &ObjectServer,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> Result<(), Refusal> {
        if !self.world.is_powered() {
            return Err(Refusal::Failed("Resource Not Ready".into()));
        }
        let (cancel, mut cancelled) = tokio::sync::oneshot::channel();
        {
            let mut state = self.entry().state();
            if state.pairing.is_some() {
                return Err(Refusal::InProgress("In Progress".into()));
            }
            if state.bonded_here {
                return Err(Refusal::AlreadyExists("Already Exists".into()));
            }
            if state.refuse > 0 {
                state.refuse -= u32::from(state.refuse != u32::MAX);
                return Err(Refusal::ConnectionAttemptFailed("Page Timeout".into()));
            }
            state.pairing = Some(cancel);
        }
        // BlueZ connects first and keeps the link.
        tokio::select! {
            () = self.entry().answers() => self.link(server, &emitter).await?,
            stop = &mut cancelled => {
                self.entry().state().pairing = None;
                return Err(stopped(stop.ok()));
            }
        }
        let agent = self.world.agents().of(Some(&client(&header)));
        let done = tokio::select! {
            done = agent::authenticate(connection, self.entry(), agent.as_ref()) => done,
            stop = cancelled => {
                agent::cancel(connection, agent.as_ref()).await;
                Err(stopped(stop.ok()))
            }
        };
        {
            let mut state = self.entry().state();
            state.pairing = None;
            state.typing = None;
            if done.is_ok() {
                state.bonded_here = true;
                state.bonded_there = true;
            }
        }
        if done.is_ok() {
            bond_changed(&emitter, true).await?;
        } else {
            self.entry().unlink();
            link_changed(&emitter, false).await?;
        }
        done
    }

    fn cancel_pairing(&self) -> Result<(), Refusal> {
        let pairing = self.entry().state().pairing.take();
        let cancel = pairing.ok_or_else(|| Refusal::DoesNotExist("Does Not Exist".into()))?;
        // An error means that it ended in this moment.
        let _ = cancel.send(Stop::Cancelled);
        Ok(())
    }

    // After the methods, as BlueZ lists it: readers of the introspection want each kind in one piece.
    #[zbus(signal)]
    async fn disconnected(emitter: &SignalEmitter<'_>, name: &str, message: &str) -> zbus::Result<()>;

    #[zbus(property)]
    fn address(&self) -> String {
        self.entry().spec.address_text()
    }

    #[zbus(property)]
    fn address_type(&self) -> &'static str {
        if self.entry().spec.random { "random" } else { "public" }
    }

    #[zbus(property)]
    fn name(&self) -> String {
        self.entry().spec.name.clone()
    }

    #[zbus(property)]
    fn alias(&self) -> String {
        self.entry().spec.name.clone()
    }

    #[zbus(property, name = "UUIDs")]
    fn uuids(&self) -> Vec<String> {
        let spec = &self.entry().spec;
        let mut services: Vec<u16> = spec.characteristics.iter().map(|c| c.service).collect();
        services.extend(&spec.announces);
        services.dedup();
        services.into_iter().map(gatt::uuid).collect()
    }

    #[zbus(property, name = "RSSI")]
    fn rssi(&self) -> i16 {
        -54
    }

    #[zbus(property)]
    fn service_data(&self) -> HashMap<String, OwnedValue> {
        self.entry().state().advert.as_ref().map(service_data).unwrap_or_default()
    }

    #[zbus(property)]
    fn manufacturer_data(&self) -> HashMap<u16, OwnedValue> {
        self.entry().state().advert.as_ref().map(maker_data).unwrap_or_default()
    }

    #[zbus(property)]
    fn paired(&self) -> bool {
        self.entry().state().bonded_here
    }

    #[zbus(property)]
    fn bonded(&self) -> bool {
        self.entry().state().bonded_here
    }

    #[zbus(property)]
    fn connected(&self) -> bool {
        self.entry().state().connected
    }

    #[zbus(property)]
    fn services_resolved(&self) -> bool {
        self.entry().state().resolved
    }

    #[zbus(property)]
    fn trusted(&self) -> bool {
        self.entry().state().trusted
    }

    #[zbus(property)]
    fn set_trusted(&self, on: bool) {
        self.entry().state().trusted = on;
    }

    #[zbus(property)]
    fn blocked(&self) -> bool {
        false
    }

    #[zbus(property)]
    fn legacy_pairing(&self) -> bool {
        false
    }

    #[zbus(property)]
    fn adapter(&self) -> ObjectPath<'static> {
        ObjectPath::from_static_str_unchecked(ADAPTER)
    }
}

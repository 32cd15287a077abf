//! `org.bluez.AgentManager1`, and what BlueZ asks an agent.

use std::sync::Arc;

use zbus::Connection;
use zbus::message::Header;
use zbus::zvariant::ObjectPath;

use super::super::peripheral::PairMethod;
use super::super::world::{Entry, World};
use super::{Refusal, client};

const INTERFACE: Option<&str> = Some("org.bluez.Agent1");

/// Exported at `/org/bluez`.
pub(in super::super) struct AgentManager {
    world: Arc<World>,
}

impl AgentManager {
    pub(in super::super) fn new(world: &Arc<World>) -> Self {
        Self { world: Arc::clone(world) }
    }
}

#[zbus::interface(name = "org.bluez.AgentManager1")]
impl AgentManager {
    fn register_agent(
        &self,
        #[zbus(header)] header: Header<'_>,
        agent: ObjectPath<'_>,
        capability: &str,
    ) -> Result<(), Refusal> {
        let known = ["", "DisplayOnly", "DisplayYesNo", "KeyboardOnly", "NoInputNoOutput", "KeyboardDisplay"];
        let (owner, mut agents) = (client(&header), self.world.agents());
        if agents.registered.iter().any(|(o, _)| *o == owner) {
            return Err(Refusal::AlreadyExists("Already Exists".into()));
        }
        if !known.contains(&capability) {
            return Err(Refusal::InvalidArguments("Invalid arguments in method call".into()));
        }
        agents.registered.push((owner, agent.to_string()));
        Ok(())
    }

    fn unregister_agent(
        &self,
        #[zbus(header)] header: Header<'_>,
        agent: ObjectPath<'_>,
    ) -> Result<(), Refusal> {
        let (owner, mut agents) = (client(&header), self.world.agents());
        let before = agents.registered.len();
        agents.registered.retain(|(o, path)| *o != owner || path != agent.as_str());
        if agents.registered.len() == before {
            return Err(Refusal::DoesNotExist("Does Not Exist".into()));
        }
        agents.defaults.retain(|o| *o != owner);
        Ok(())
    }

    fn request_default_agent(
        &self,
        #[zbus(header)] header: Header<'_>,
        agent: ObjectPath<'_>,
    ) -> Result<(), Refusal> {
        let (owner, mut agents) = (client(&header), self.world.agents());
        if !agents.registered.iter().any(|(o, path)| *o == owner && path == agent.as_str()) {
            return Err(Refusal::DoesNotExist("Does Not Exist".into()));
        }
        agents.defaults.retain(|o| *o != owner);
        agents.defaults.push(owner);
        Ok(())
    }
}

fn failed() -> Refusal {
    Refusal::AuthenticationFailed("Authentication Failed".into())
}

/// What the Security Manager makes of an agent's refusal.
fn refused(error: &zbus::Error) -> Refusal {
    match error {
        zbus::Error::MethodError(name, ..) if name.as_str() == "org.bluez.Error.Canceled" => {
            Refusal::AuthenticationCanceled("Authentication Canceled".into())
        }
        _ => failed(),
    }
}

/// Pairs by the peripheral's method, asking the agent.
pub(super) async fn authenticate(
    connection: &Connection,
    entry: &Entry,
    agent: Option<&(String, String)>,
) -> Result<(), Refusal> {
    let method = entry.spec.method;
    if method == PairMethod::Plain {
        return Ok(());
    }
    if method == PairMethod::Refuses {
        return Err(Refusal::AuthenticationRejected("Authentication Rejected".into()));
    }
    let (owner, at) = agent.ok_or_else(failed)?;
    let (owner, at) = (Some(owner.as_str()), at.as_str());
    let device = ObjectPath::try_from(entry.path.as_str()).map_err(|_| failed())?;
    let same = match method {
        PairMethod::Plain | PairMethod::Refuses => true,
        PairMethod::Asks => {
            let reply =
                connection.call_method(owner, at, INTERFACE, "RequestAuthorization", &(&device,)).await;
            reply.map(|_| true).map_err(|e| refused(&e))?
        }
        PairMethod::Shows(passkey) => {
            let reply = connection.call_method(owner, at, INTERFACE, "RequestPasskey", &(&device,)).await;
            reply.map_err(|e| refused(&e))?.body().deserialize::<u32>()? == passkey
        }
        PairMethod::Compares(passkey) => {
            let body = (&device, passkey);
            let reply = connection.call_method(owner, at, INTERFACE, "RequestConfirmation", &body).await;
            reply.map(|_| true).map_err(|e| refused(&e))?
        }
        PairMethod::Types(passkey) => {
            let (typing, typed) = tokio::sync::oneshot::channel();
            entry.state().typing = Some(typing);
            // BlueZ does not look at the answer.
            let body = (&device, passkey, 0_u16);
            drop(connection.call_method(owner, at, INTERFACE, "DisplayPasskey", &body).await);
            typed.await.map_err(|_| failed())? == passkey
        }
    };
    if same { Ok(()) } else { Err(failed()) }
}

/// Tells every agent how many digits are typed on the peripheral.
pub(in super::super) async fn typed(
    connection: &Connection,
    world: &World,
    entry: &Entry,
    digits: u16,
) -> zbus::Result<()> {
    let PairMethod::Types(passkey) = entry.spec.method else { return Ok(()) };
    let device = ObjectPath::try_from(entry.path.as_str())?;
    let agents = world.agents().registered.clone();
    for (owner, at) in agents {
        let (owner, body) = (Some(owner.as_str()), (&device, passkey, digits));
        connection.call_method(owner, at.as_str(), INTERFACE, "DisplayPasskey", &body).await?;
    }
    Ok(())
}

/// Tells the agent that its question is void.
pub(super) async fn cancel(connection: &Connection, agent: Option<&(String, String)>) {
    if let Some((owner, at)) = agent {
        let owner = Some(owner.as_str());
        drop(connection.call_method(owner, at.as_str(), INTERFACE, "Cancel", &()).await);
    }
}

/// A peripheral begins to pair by itself: the default agent is asked. The name of its refusal, or nothing when it
/// agreed; the same when there is no agent.
pub(in super::super) async fn ask_default(
    connection: &Connection,
    world: &World,
    entry: &Entry,
) -> zbus::Result<Option<String>> {
    let Some((owner, at)) = world.agents().of(None) else { return Ok(Some("no agent".into())) };
    let device = ObjectPath::try_from(entry.path.as_str())?;
    let (owner, at) = (Some(owner.as_str()), at.as_str());
    match connection.call_method(owner, at, INTERFACE, "RequestConfirmation", &(&device, 123_456_u32)).await {
        Ok(_) => Ok(None),
        Err(zbus::Error::MethodError(name, ..)) => Ok(Some(name.to_string())),
        Err(error) => Err(error),
    }
}

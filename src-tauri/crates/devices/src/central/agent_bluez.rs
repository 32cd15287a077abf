//! BlueZ's side of a pairing: `org.bluez.Agent1`, registered only while a pairing runs.
//!
//! ```text
//! RegisterAgent(path, "KeyboardDisplay") -> RequestDefaultAgent -> Device1.Pair -> Trusted = true -> UnregisterAgent
//!    Agent1.RequestPasskey(device) -> u32          Question::Enter
//!    Agent1.RequestConfirmation(device, u32)       Question::Compare
//!    Agent1.DisplayPasskey(device, u32, u16)       Question::Type; BlueZ waits for no answer
//!    Agent1.RequestAuthorization(device)           Question::Allow
//!    Agent1.RequestPinCode, DisplayPinCode, AuthorizeService    rejected: low energy has none of them
//!    Agent1.Cancel                                 the question is withdrawn
//! ```
//!
//! BlueZ asks the agent of whoever called `Pair`. Being the default agent too makes it ask us, and not the desktop,
//! when the device itself begins; unregistering gives the place back to whoever had it.
//!
//! # Source
//! BlueZ, doc/org.bluez.Agent.rst, doc/org.bluez.AgentManager.rst, doc/org.bluez.Device.rst.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{mpsc, oneshot};
use zbus::message::Header;
use zbus::zvariant::ObjectPath;

use super::super::pairing::{Ask, Passkey, Question, Reply};

/// Where the agent is exported.
pub(super) const PATH: &str = "/org/salus/agent";
/// Questions on their way; a peripheral that asks more is told no.
const MOST_ASKS: usize = 8;

/// The device that the person chose, while its pairing runs.
struct Chosen {
    device: String,
    /// The one who may ask: BlueZ's own connection.
    daemon: String,
    asks: mpsc::Sender<Ask>,
}

/// Where the agent and the pairing meet; clones share it.
#[derive(Clone, Default)]
pub(super) struct Desk(Arc<Mutex<Option<Chosen>>>);

impl core::fmt::Debug for Desk {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Desk")
    }
}

/// The desk is taken until this is dropped.
pub(super) struct Seat(Desk);

impl Drop for Seat {
    fn drop(&mut self) {
        *self.0.chosen() = None;
    }
}

impl Desk {
    fn chosen(&self) -> MutexGuard<'_, Option<Chosen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the desk for one device; `None` while another pairing runs.
    pub(super) fn take(&self, device: &str, daemon: &str) -> Option<(Seat, mpsc::Receiver<Ask>)> {
        let mut chosen = self.chosen();
        if chosen.is_some() {
            return None;
        }
        let (asks, asked) = mpsc::channel(MOST_ASKS);
        *chosen = Some(Chosen { device: device.to_owned(), daemon: daemon.to_owned(), asks });
        Some((Seat(self.clone()), asked))
    }

    /// The way to the person, for a request of BlueZ's about the chosen device.
    fn asks(&self, header: &Header<'_>, device: &ObjectPath<'_>) -> Result<mpsc::Sender<Ask>, Refusal> {
        let chosen = self.chosen();
        let sender = header.sender().map(|s| s.as_str());
        match &*chosen {
            Some(c) if c.device == device.as_str() && Some(c.daemon.as_str()) == sender => Ok(c.asks.clone()),
            _ => {
                tracing::warn!("a request to pair that nobody asked for was rejected");
                Err(Refusal::Rejected("Not asked for".into()))
            }
        }
    }
}

/// What an agent may refuse with.
#[derive(Debug, zbus::DBusError)]
#[zbus(prefix = "org.bluez.Error")]
pub(super) enum Refusal {
    #[zbus(error)]
    ZBus(zbus::Error),
    Rejected(String),
    Canceled(String),
}

/// The exported object.
pub(super) struct Agent(pub(super) Desk);

impl Agent {
    async fn ask(
        &self,
        header: &Header<'_>,
        device: &ObjectPath<'_>,
        question: Question,
    ) -> Result<Reply, Refusal> {
        let asks = self.0.asks(header, device)?;
        let (reply, replied) = oneshot::channel();
        asks.try_send(Ask::Question(question, Some(reply)))
            .map_err(|_| Refusal::Rejected("Too many questions".into()))?;
        replied.await.map_err(|_| Refusal::Canceled("Not answered".into()))
    }
}

#[zbus::interface(name = "org.bluez.Agent1")]
impl Agent {
    fn release(&self) {}

    async fn request_passkey(
        &self,
        #[zbus(header)] header: Header<'_>,
        device: ObjectPath<'_>,
    ) -> Result<u32, Refusal> {
        match self.ask(&header, &device, Question::Enter).await? {
            Reply::Digits(passkey) => Ok(passkey.number()),
            Reply::Yes => Err(Refusal::Rejected("No digits".into())),
        }
    }

    fn display_passkey(
        &self,
        #[zbus(header)] header: Header<'_>,
        device: ObjectPath<'_>,
        passkey: u32,
        entered: u16,
    ) -> Result<(), Refusal> {
        let asks = self.0.asks(&header, &device)?;
        let passkey = Passkey::try_from(passkey).map_err(|_| Refusal::Rejected("Not six digits".into()))?;
        asks.try_send(Ask::Question(Question::Type(passkey, entered), None))
            .map_err(|_| Refusal::Rejected("Too many questions".into()))
    }

    async fn request_confirmation(
        &self,
        #[zbus(header)] header: Header<'_>,
        device: ObjectPath<'_>,
        passkey: u32,
    ) -> Result<(), Refusal> {
        let passkey = Passkey::try_from(passkey).map_err(|_| Refusal::Rejected("Not six digits".into()))?;
        self.ask(&header, &device, Question::Compare(passkey)).await.map(drop)
    }

    async fn request_authorization(
        &self,
        #[zbus(header)] header: Header<'_>,
        device: ObjectPath<'_>,
    ) -> Result<(), Refusal> {
        self.ask(&header, &device, Question::Allow).await.map(drop)
    }

    fn request_pin_code(&self, _device: ObjectPath<'_>) -> Result<String, Refusal> {
        Err(Refusal::Rejected("No PIN codes".into()))
    }

    fn display_pin_code(&self, _device: ObjectPath<'_>, _pincode: &str) -> Result<(), Refusal> {
        Err(Refusal::Rejected("No PIN codes".into()))
    }

    fn authorize_service(&self, _device: ObjectPath<'_>, _uuid: &str) -> Result<(), Refusal> {
        Err(Refusal::Rejected("No services".into()))
    }

    fn cancel(&self, #[zbus(header)] header: Header<'_>) {
        let chosen = self.0.chosen();
        if let Some(c) = &*chosen
            && Some(c.daemon.as_str()) == header.sender().map(|s| s.as_str())
        {
            // When it is full, the pairing's own end says the same.
            let _ = c.asks.try_send(Ask::Withdrawn);
        }
    }
}

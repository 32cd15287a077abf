//! How BlueZ tells that a bond is missing, or may be.

use std::collections::HashMap;

use bluez_async::BluetoothError;
use futures::{FutureExt, StreamExt};
use zbus::zvariant::Value;
use zbus::{MatchRule, Message, MessageStream};

use super::{BLUEZ, DEVICE, Daemon, PROPERTIES, PeripheralKey, path};

/// Signals of one device that are kept during one attempt.
const MOST: usize = 64;

/// The interface, its changed properties, and the names of those that are to be asked for anew.
type Changed<'a> = (&'a str, HashMap<&'a str, Value<'a>>, Vec<&'a str>);

/// How the links of one device ended.
pub(in super::super) struct Farewells {
    /// `Device1.Disconnected(name, message)`.
    ///
    /// # Source
    /// BlueZ 5.80 and later, doc/org.bluez.Device.rst; earlier ones do not send it.
    reasons: Option<MessageStream>,
    /// `PropertiesChanged`, of every BlueZ.
    properties: Option<MessageStream>,
}

impl Daemon {
    /// Listens for how links end, from now on.
    pub(in super::super) async fn farewells(&self, key: &PeripheralKey) -> Farewells {
        Farewells {
            reasons: self.signals(key, DEVICE, "Disconnected").await,
            properties: self.signals(key, PROPERTIES, "PropertiesChanged").await,
        }
    }

    async fn signals(
        &self,
        key: &PeripheralKey,
        interface: &'static str,
        member: &'static str,
    ) -> Option<MessageStream> {
        let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal).sender(BLUEZ).ok()?;
        let rule = rule.interface(interface).ok()?.member(member).ok()?.path(path(key)?).ok()?;
        MessageStream::for_match_rule(rule.build(), &self.bus, Some(MOST)).await.ok()
    }
}

impl Farewells {
    /// True when a link ended because of authentication.
    pub(in super::super) fn of_authentication(&mut self) -> bool {
        let mut failed = false;
        while let Some(message) = heard(&mut self.reasons) {
            let name = message.body().deserialize::<(String, String)>().map(|(name, _)| name);
            failed |= name.is_ok_and(|name| name == "org.bluez.Reason.Authentication");
        }
        failed
    }

    /// True when a link was there and went, for whatever reason.
    pub(in super::super) fn of_a_link(&mut self) -> bool {
        let mut went = false;
        while let Some(message) = heard(&mut self.properties) {
            let body = message.body();
            let Ok((_, changed, _)) = body.deserialize::<Changed<'_>>() else { continue };
            went |= changed.get("Connected") == Some(&Value::Bool(false));
        }
        went
    }
}

/// What came meanwhile.
fn heard(stream: &mut Option<MessageStream>) -> Option<Message> {
    stream.as_mut()?.next().now_or_never().flatten()?.ok()
}

/// True when BlueZ says that it takes a bond.
///
/// # Source
/// BlueZ, src/gatt-client.c: the ATT errors Insufficient Authentication, Encryption and Encryption Key Size are
/// `NotPermitted` with this text, Insufficient Authorization is `NotAuthorized`.
pub(in super::super) fn refused(error: &btleplug::Error) -> bool {
    let btleplug::Error::Other(inner) = error else { return false };
    let Some(BluetoothError::DbusError(error)) = inner.downcast_ref::<BluetoothError>() else { return false };
    match error.name() {
        Some("org.bluez.Error.NotPermitted") => error.message() == Some("Not paired"),
        Some(
            "org.bluez.Error.NotAuthorized"
            | "org.bluez.Error.AuthenticationFailed"
            | "org.bluez.Error.AuthenticationRejected",
        ) => true,
        _ => false,
    }
}

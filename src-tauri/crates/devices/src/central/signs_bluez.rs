//! How BlueZ tells that a bond is missing.

use bluez_async::BluetoothError;
use futures::{FutureExt, StreamExt};
use zbus::{MatchRule, MessageStream};

use super::{BLUEZ, DEVICE, Daemon, PeripheralKey, path};

/// More links do not end during one attempt.
const MOST: usize = 16;

/// `Device1.Disconnected(name, message)` of one device.
///
/// # Source
/// BlueZ 5.80 and later, doc/org.bluez.Device.rst; earlier ones do not send it.
pub(in super::super) struct Farewells(Option<MessageStream>);

impl Daemon {
    /// Listens for why links end, from now on.
    pub(in super::super) async fn farewells(&self, key: &PeripheralKey) -> Farewells {
        let rule = path(key).and_then(|path| {
            let rule = MatchRule::builder().msg_type(zbus::message::Type::Signal);
            let rule = rule.sender(BLUEZ).ok()?.interface(DEVICE).ok()?.member("Disconnected").ok()?;
            Some(rule.path(path).ok()?.build())
        });
        let Some(rule) = rule else { return Farewells(None) };
        Farewells(MessageStream::for_match_rule(rule, &self.bus, Some(MOST)).await.ok())
    }
}

impl Farewells {
    /// True when a link ended because of authentication.
    pub(in super::super) fn of_authentication(&mut self) -> bool {
        let Some(stream) = &mut self.0 else { return false };
        let mut failed = false;
        while let Some(Some(Ok(message))) = stream.next().now_or_never() {
            let name = message.body().deserialize::<(String, String)>().map(|(name, _)| name);
            failed |= name.is_ok_and(|name| name == "org.bluez.Reason.Authentication");
        }
        failed
    }
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

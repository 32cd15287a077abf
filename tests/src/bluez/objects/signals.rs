//! What is told of a change.

use std::borrow::Cow;
use std::collections::HashMap;

use zbus::fdo::Properties;
use zbus::names::InterfaceName;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedValue, Value};

use super::super::peripheral::Advert;
use super::gatt;

async fn changed(
    emitter: &SignalEmitter<'_>,
    interface: &'static str,
    properties: HashMap<&str, Value<'_>>,
) -> zbus::Result<()> {
    let interface = InterfaceName::from_static_str(interface)?;
    Properties::properties_changed(emitter, interface, properties, Cow::Borrowed(&[])).await
}

pub(in super::super) async fn bond_changed(emitter: &SignalEmitter<'_>, bonded: bool) -> zbus::Result<()> {
    let properties = HashMap::from([("Paired", bonded.into()), ("Bonded", bonded.into())]);
    changed(emitter, "org.bluez.Device1", properties).await
}

pub(in super::super) async fn signal_strength(emitter: &SignalEmitter<'_>, dbm: i16) -> zbus::Result<()> {
    changed(emitter, "org.bluez.Device1", HashMap::from([("RSSI", dbm.into())])).await
}

/// What a peripheral said without a link.
pub(in super::super) async fn heard(emitter: &SignalEmitter<'_>, advert: &Advert) -> zbus::Result<()> {
    let property = match advert {
        Advert::Service(..) => ("ServiceData", service_data(advert).into()),
        Advert::Maker(..) => ("ManufacturerData", maker_data(advert).into()),
    };
    changed(emitter, "org.bluez.Device1", HashMap::from([property])).await
}

pub(in super::super) async fn adapter_changed(
    emitter: &SignalEmitter<'_>,
    name: &str,
    on: bool,
) -> zbus::Result<()> {
    changed(emitter, "org.bluez.Adapter1", HashMap::from([(name, on.into())])).await
}

pub(in super::super) async fn link_changed(emitter: &SignalEmitter<'_>, up: bool) -> zbus::Result<()> {
    let properties = HashMap::from([("Connected", up.into()), ("ServicesResolved", up.into())]);
    changed(emitter, "org.bluez.Device1", properties).await
}

pub(in super::super) async fn value_changed(emitter: &SignalEmitter<'_>, bytes: &[u8]) -> zbus::Result<()> {
    changed(emitter, "org.bluez.GattCharacteristic1", HashMap::from([("Value", bytes.into())])).await
}

pub(super) fn service_data(advert: &Advert) -> HashMap<String, OwnedValue> {
    match advert {
        Advert::Service(uuid, octets) => octets_by(gatt::uuid(*uuid), octets),
        Advert::Maker(..) => HashMap::new(),
    }
}

pub(super) fn maker_data(advert: &Advert) -> HashMap<u16, OwnedValue> {
    match advert {
        Advert::Maker(company, octets) => octets_by(*company, octets),
        Advert::Service(..) => HashMap::new(),
    }
}

pub(super) fn octets_by<K: core::hash::Hash + Eq>(key: K, octets: &[u8]) -> HashMap<K, OwnedValue> {
    OwnedValue::try_from(Value::from(octets)).map(|value| HashMap::from([(key, value)])).unwrap_or_default()
}

//! Which device this is, for years.
//!
//! ```text
//! DeviceId = first 16 octets of SHA-256("hg/v1/device" || kind || lp(part) || lp(part) ...),  lp = u32 BE length + octets
//!
//! kind  1  system id      8 octets as sent
//!       2  serial number  maker, model, serial
//!       3  UDI            the label, when it names one unit
//!       4  address        6 octets, most significant first: public, random static, or any bonded one
//!       5  platform       the platform's own name of the device, where it hides addresses
//!       0  seen           an address that will not last; good for one scan only, never for a reading
//! ```
//!
//! The first that is there counts. Values that many units share (all zero, all ones, "0000") are not there.

use btleplug::api::{AddressType, BDAddr};
use salus_wire::DeviceId;
use sha2::{Digest, Sha256};

/// What is known about a device when its identity is settled.
#[derive(Debug, Clone, Default)]
pub struct Facts<'a> {
    /// System ID 2A23, as sent.
    pub system_id: Option<[u8; 8]>,
    /// Maker 2A29.
    pub maker: Option<&'a str>,
    /// Model 2A24.
    pub model: Option<&'a str>,
    /// Serial 2A25.
    pub serial: Option<&'a str>,
    /// UDI label 2BFF.
    pub udi_label: Option<&'a str>,
    /// The address.
    pub address: Address<'a>,
}

/// A device's address as far as the platform shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Address<'a> {
    /// Lasting: public, random static, or the identity address of a bonded device. Most significant octet first.
    Lasting([u8; 6]),
    /// Resolvable or non-resolvable private: changes within minutes.
    Passing([u8; 6]),
    /// Hidden by the platform, which gives a name of its own.
    Hidden(&'a str),
    /// Not known.
    #[default]
    Unknown,
}

impl<'a> Address<'a> {
    /// Sorts an address by its type.
    ///
    /// # Source
    /// Core specification 6.0, volume 6 part B 1.3: the two most significant bits of a random address are 11 static,
    /// 01 resolvable private, 00 non-resolvable private. After bonding, platforms show the identity address.
    #[must_use]
    pub fn new(address: BDAddr, kind: Option<AddressType>, bonded: bool, platform: &'a str) -> Self {
        let octets = address.into_inner();
        if octets == [0; 6] {
            return Self::Hidden(platform);
        }
        let lasts = match kind {
            Some(AddressType::Public) => true,
            Some(AddressType::Random) => octets[0] >> 6 == 0b11,
            None => false,
        };
        if lasts || bonded { Self::Lasting(octets) } else { Self::Passing(octets) }
    }
}

/// The lasting identity; `None` when there is nothing that lasts.
#[must_use]
pub fn lasting(facts: &Facts<'_>) -> Option<DeviceId> {
    if let Some(id) = facts.system_id.filter(|id| names_one_unit(id)) {
        return Some(hash(1, &[&id]));
    }
    let text = |t: Option<&str>| t.unwrap_or_default().to_owned();
    if let Some(serial) = facts.serial.filter(|s| s.len() >= 4 && names_one_unit(s.as_bytes())) {
        return Some(hash(
            2,
            &[text(facts.maker).as_bytes(), text(facts.model).as_bytes(), serial.as_bytes()],
        ));
    }
    // (21) is the GS1 application identifier of a serial number; a label without it names a lot, not a unit.
    if let Some(label) = facts.udi_label.filter(|l| l.contains("(21)")) {
        return Some(hash(3, &[label.as_bytes()]));
    }
    match facts.address {
        Address::Lasting(octets) => Some(hash(4, &[&octets])),
        Address::Hidden(name) if !name.is_empty() => Some(hash(5, &[name.as_bytes()])),
        Address::Hidden(_) | Address::Passing(_) | Address::Unknown => None,
    }
}

/// The lasting identity of a device that is none of `others`: one that claims another's is known by its address, if that
/// lasts. Makers that give every unit one system id are more usual than liars.
#[must_use]
pub fn distinct(facts: &Facts<'_>, others: &[DeviceId]) -> Option<DeviceId> {
    let claimed = lasting(facts)?;
    if !others.contains(&claimed) {
        return Some(claimed);
    }
    lasting(&Facts { address: facts.address, ..Facts::default() }).or(Some(claimed))
}

/// Another device's identity, out of `others`, that a device gives as its own.
#[must_use]
pub fn claimed(facts: &Facts<'_>, others: &[DeviceId]) -> Option<DeviceId> {
    lasting(facts).filter(|id| others.contains(id))
}

/// An identity for a list of devices in range; the lasting one when the address alone gives it.
#[must_use]
pub fn seen(address: Address<'_>, platform: &str) -> DeviceId {
    lasting(&Facts { address, ..Facts::default() }).unwrap_or_else(|| match address {
        Address::Passing(octets) => hash(0, &[&octets]),
        _ => hash(0, &[platform.as_bytes()]),
    })
}

fn names_one_unit(octets: &[u8]) -> bool {
    octets.first().is_some_and(|first| octets.iter().any(|o| o != first))
}

fn hash(kind: u8, parts: &[&[u8]]) -> DeviceId {
    let mut sha = Sha256::new();
    sha.update(b"hg/v1/device");
    sha.update([kind]);
    for part in parts {
        sha.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        sha.update(part);
    }
    let digest: [u8; 32] = sha.finalize().into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    DeviceId(id)
}

#[cfg(test)]
mod tests;

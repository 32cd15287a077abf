//! What devices say without a connection: pure decoders of service data and manufacturer data.
//!
//! ```text
//! advertisement   AD structures, one after the other; a length of 0 ends them
//! AD structure    length u8 of what follows, type u8, data
//! type 16         service UUID u16, service data        181D and 181B Mi Scale, FCD2 BTHome, FE95 Xiaomi
//! type FF         company u16, manufacturer data        0499 Ruuvi
//! ```
//!
//! An advertisement names no user and comes from whoever owns the address: its identity is the address, and whose
//! reading it is has to be asked. The same one is heard many times.
//!
//! Not read: what is encrypted for the vendor (Xiaomi S400 and others in FE95), because it needs the vendor's key.
//!
//! # Source
//! Core specification 6.0, volume 3 part C 11; Supplement to the Core specification, part A 1.

pub mod bthome;
pub mod mi_scale;
pub mod ruuvi;

use salus_wire::Decimal;

use crate::gatt::{Malformed, Octets};

/// The air around a sensor, exactly as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Air {
    /// Temperature, degrees Celsius.
    pub temperature: Option<Decimal>,
    /// Relative humidity, %.
    pub humidity: Option<Decimal>,
    /// Pressure, hPa.
    pub pressure: Option<Decimal>,
}

/// One advertisement of a device that is read here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advert {
    /// Mi Scale 1 or 2.
    MiScale(mi_scale::Weighing),
    /// BTHome 2.
    BtHome(bthome::Values),
    /// Ruuvi format 3 or 5.
    Ruuvi(ruuvi::Values),
}

/// Why an advertisement of a vendor that is read here gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The octets do not follow the vendor's layout.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Encrypted: needs a vendor key.
    #[error("needs a vendor key")]
    NeedsKey,
    /// Another format of the same vendor.
    #[error("another format")]
    OtherFormat,
}

/// One AD structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Structure<'a> {
    /// AD type.
    pub kind: u8,
    /// Its data, at most 254 octets.
    pub data: &'a [u8],
}

/// The AD structures of an advertisement, front to back; ends after the first that is cut off.
#[derive(Debug, Clone)]
pub struct Structures<'a>(&'a [u8]);

impl<'a> Structures<'a> {
    /// The structures of these octets.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
}

impl<'a> Iterator for Structures<'a> {
    type Item = Result<Structure<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        let (length, rest) = core::mem::take(&mut self.0).split_first()?;
        if *length == 0 {
            return None;
        }
        let Some((own, rest)) = rest.split_at_checked(usize::from(*length)) else {
            return Some(Err(Malformed::Truncated));
        };
        self.0 = rest;
        own.split_first().map(|(kind, data)| Ok(Structure { kind: *kind, data }))
    }
}

/// The first structure that is read here; `None` when there is none.
///
/// # Errors
/// A structure that is cut off before one was found, or why that one gives nothing.
pub fn decode(bytes: &[u8]) -> Result<Option<Advert>, Unread> {
    for structure in Structures::new(bytes) {
        let Structure { kind, data } = structure?;
        let found = match (kind, data.split_first_chunk()) {
            (0x16, Some((uuid, data))) => service(u16::from_le_bytes(*uuid), data),
            (0xFF, Some((company, data))) => manufacturer(u16::from_le_bytes(*company), data),
            _ => None,
        };
        if let Some(found) = found {
            return found.map(Some);
        }
    }
    Ok(None)
}

/// Decodes the data of a 16-bit service; `None` for a service that is not read here.
#[must_use]
pub fn service(uuid: u16, data: &[u8]) -> Option<Result<Advert, Unread>> {
    Some(match uuid {
        0x181D => mi_scale::decode_first(data).map(Advert::MiScale).map_err(Unread::from),
        0x181B => mi_scale::decode_second(data).map(Advert::MiScale).map_err(Unread::from),
        0xFCD2 => bthome::decode(data).map(Advert::BtHome),
        0xFE95 => Err(xiaomi(data)),
        _ => return None,
    })
}

/// Decodes the data of a manufacturer; `None` for one that is not read here.
#[must_use]
pub fn manufacturer(company: u16, data: &[u8]) -> Option<Result<Advert, Unread>> {
    (company == 0x0499).then(|| ruuvi::decode(data).map(Advert::Ruuvi))
}

/// Xiaomi's own service data starts with u16 of flags; bit 3 = encrypted.
fn xiaomi(data: &[u8]) -> Unread {
    match Octets::new(data).u16() {
        Ok(flags) if flags & 0x08 != 0 => Unread::NeedsKey,
        Ok(_) => Unread::OtherFormat,
        Err(malformed) => malformed.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn structures_end_with_the_octets_or_with_a_length_of_zero() {
        let list = |bytes| Structures::new(bytes).collect::<Vec<_>>();
        let flags = Ok(Structure { kind: 1, data: &[6][..] });
        assert_eq!(list(&[2, 1, 6]), [flags]);
        assert_eq!(list(&[2, 1, 6, 0, 9, 9]), [flags]);
        assert_eq!(list(&[1, 9, 2, 1, 6]), [Ok(Structure { kind: 9, data: &[] }), flags]);
        assert_eq!(list(&[2, 1, 6, 3, 9, 9]), [flags, Err(Malformed::Truncated)]);
        assert_eq!(list(&[]), []);
    }

    #[test]
    fn what_is_encrypted_needs_a_key() {
        let s400 = hex::decode("4859d53b0bd6ef0b25db72785e7e2f46d6000000d8642df6").unwrap();
        assert_eq!(service(0xFE95, &s400), Some(Err(Unread::NeedsKey)));
        assert_eq!(service(0xFE95, &[0x40, 0x59]), Some(Err(Unread::OtherFormat)));
        assert_eq!(service(0xFE95, &[0x48]), Some(Err(Malformed::Truncated.into())));
    }

    #[test]
    fn what_is_not_ours_is_none() {
        assert_eq!(service(0x180D, &[]), None);
        assert_eq!(manufacturer(0x004C, &[]), None);
        assert_eq!(decode(&[2, 1, 6, 3, 3, 0x0D, 0x18, 2, 0x16, 0xD2]), Ok(None));
        assert_eq!(decode(&[9, 1]), Err(Malformed::Truncated.into()));
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_inside(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = decode(&bytes);
            let octets: usize = Structures::new(&bytes).flatten().map(|s| 2 + s.data.len()).sum();
            prop_assert!(octets <= bytes.len());
        }

        #[test]
        fn no_data_panics(uuid in prop::sample::select(vec![0x181D, 0x181B, 0xFCD2, 0xFE95]),
                          bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = (service(uuid, &bytes), manufacturer(0x0499, &bytes));
        }
    }
}

//! What a device offers, as one value to compare: another firmware, or another device at the same address, offers something
//! else.
//!
//! ```text
//! layout = first 16 octets of SHA-256("hg/v1/layout" || service 16 || characteristic 16 || ...), in order, each pair once
//! ```
//!
//! Left out are services that say how the device is reached (1800, 1801) and its battery (180F): versions of BlueZ differ in
//! whether they show them, and an update of this computer must not look like one of the device.

use std::collections::BTreeSet;

use btleplug::api::bleuuid::uuid_from_u16;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Generic Access, Generic Attribute, Battery.
const NOT_SHOWN_ALWAYS: [u16; 3] = [0x1800, 0x1801, 0x180F];

/// The layout of pairs of service and characteristic; `None` when nothing is left to compare.
pub(crate) fn of(pairs: impl Iterator<Item = (Uuid, Uuid)>) -> Option<[u8; 16]> {
    let left_out = NOT_SHOWN_ALWAYS.map(uuid_from_u16);
    let pairs: BTreeSet<_> = pairs.filter(|(service, _)| !left_out.contains(service)).collect();
    if pairs.is_empty() {
        return None;
    }
    let mut sha = Sha256::new();
    sha.update(b"hg/v1/layout");
    for (service, characteristic) in pairs {
        sha.update(service.as_bytes());
        sha.update(characteristic.as_bytes());
    }
    let digest: [u8; 32] = sha.finalize().into();
    let (half, _) = digest.split_at(16);
    half.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(pairs: &[(u16, u16)]) -> Option<[u8; 16]> {
        of(pairs.iter().map(|(s, c)| (uuid_from_u16(*s), uuid_from_u16(*c))))
    }

    #[test]
    fn order_and_repetition_change_nothing_and_a_characteristic_does() {
        let strap = layout(&[(0x180D, 0x2A37), (0x180A, 0x2A23)]);
        assert!(strap.is_some());
        assert_eq!(layout(&[(0x180A, 0x2A23), (0x180D, 0x2A37), (0x180A, 0x2A23)]), strap);
        for other in [
            &[(0x180D, 0x2A37)][..],
            &[(0x180D, 0x2A37), (0x180A, 0x2A23), (0x1812, 0x2A4D)],
            &[(0x1809, 0x2A37), (0x180A, 0x2A23)],
        ] {
            assert_ne!(layout(other), strap, "{other:x?}");
        }
    }

    #[test]
    fn what_the_computer_may_hide_does_not_count() {
        let strap = layout(&[(0x180D, 0x2A37)]);
        assert_eq!(layout(&[(0x180D, 0x2A37), (0x180F, 0x2A19), (0x1801, 0x2A05)]), strap);
        assert_eq!(layout(&[(0x180F, 0x2A19)]), None);
    }
}

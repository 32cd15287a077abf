//! Where a reading comes from, from its flags and times and from what the record knows of its device.
//!
//! | in the reading | said |
//! |---|---|
//! | typed here, `IMPORTED` | typed, imported; no device, link or clock |
//! | `TYPED` by a device's word | measured, with the word that it was typed into the device |
//! | `LINK_OPEN` | link open; else encrypted when the record says so of that time, else unknown |
//! | `NO_DEVICE_TIME` | time of arrival |
//! | `CLOCK_CORRECTED`, at arrival | time of arrival: the device's could not be right |
//! | `CLOCK_CORRECTED`, else | device's time, corrected by the difference, where both are known |
//! | neither | device's time as it is |

use salus_wire::view::{LinkView, MeasuredView, ProvenanceView, TimeView};
use salus_wire::{Quality, Reading};

/// What the record knows of a reading's device as it was then; nothing of it by default. Of a record that was shared,
/// what the permission tells: no name of the patient's, and nothing of a device that was added later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// What the device is called on the page; empty when not known.
    pub name: String,
    /// Maker and model.
    pub model: Option<String>,
    /// Firmware.
    pub firmware: Option<String>,
    /// Whether its link was encrypted.
    pub link_encrypted: Option<bool>,
    /// Milliseconds by which its clock was behind, negative when it was ahead; as it was judged then.
    pub clock_behind: Option<i64>,
}

/// What a page says about one reading's origin.
#[must_use]
pub fn provenance(reading: &Reading, origin: &Origin) -> ProvenanceView {
    let entered = reading.arrived;
    if reading.is_typed_here() {
        return ProvenanceView::Typed { entered };
    }
    if reading.quality.has(Quality::IMPORTED) {
        return ProvenanceView::Imported { entered };
    }
    ProvenanceView::Measured(MeasuredView {
        model: origin.model.clone(),
        firmware: origin.firmware.clone(),
        link: link(reading.quality, origin.link_encrypted),
        time: time(reading, origin.clock_behind),
        backfilled: reading.quality.has(Quality::BACKFILLED),
        arrived: reading.arrived,
        typed: reading.quality.has(Quality::TYPED),
    })
}

/// The reading's own flag comes first. Without it the link was not known to be open, which is less than encrypted.
const fn link(quality: Quality, encrypted: Option<bool>) -> LinkView {
    match encrypted {
        _ if quality.has(Quality::LINK_OPEN) => LinkView::Open,
        Some(true) => LinkView::Encrypted,
        Some(false) | None => LinkView::Unknown,
    }
}

fn time(reading: &Reading, behind: Option<i64>) -> TimeView {
    let corrected = reading.quality.has(Quality::CLOCK_CORRECTED);
    if reading.quality.has(Quality::NO_DEVICE_TIME) {
        TimeView::Arrival
    } else if corrected && reading.at == reading.arrived {
        TimeView::ArrivalInstead
    } else if corrected {
        TimeView::Corrected { behind }
    } else {
        TimeView::Device
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use salus_wire::measure::DeviceTime;
    use salus_wire::{Category, DeviceId};

    const HOUR: i64 = 3_600_000;

    fn reading(at: i64, flags: u16) -> Reading {
        Reading {
            at,
            arrived: 10 * HOUR,
            device: DeviceId([1; 16]),
            category: Category::BloodPressure,
            components: vec![],
            quality: Quality(flags),
            device_time: None,
            user: None,
        }
    }

    fn measured(reading: &Reading, origin: &Origin) -> MeasuredView {
        match provenance(reading, origin) {
            ProvenanceView::Measured(measured) => measured,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_cuff_an_hour_behind_says_so() {
        let origin = Origin {
            name: "Cuff".into(),
            model: Some("BPM-2".into()),
            firmware: Some("1.0".into()),
            link_encrypted: Some(true),
            clock_behind: Some(HOUR),
        };
        let said = measured(&reading(9 * HOUR, Quality::CLOCK_CORRECTED | Quality::BACKFILLED), &origin);
        assert_eq!(said.time, TimeView::Corrected { behind: Some(HOUR) });
        assert_eq!((said.link, said.backfilled), (LinkView::Encrypted, true));
        assert_eq!((said.model.as_deref(), said.firmware.as_deref()), (Some("BPM-2"), Some("1.0")));
    }

    #[test]
    fn a_link_is_encrypted_only_when_somebody_said_so() {
        for (flags, encrypted, link) in [
            (0, Some(true), LinkView::Encrypted),
            (0, Some(false), LinkView::Unknown),
            (0, None, LinkView::Unknown),
            (Quality::LINK_OPEN, Some(true), LinkView::Open),
            (Quality::LINK_OPEN, None, LinkView::Open),
        ] {
            let origin = Origin { link_encrypted: encrypted, ..Origin::default() };
            assert_eq!(measured(&reading(0, flags), &origin).link, link, "{flags} {encrypted:?}");
        }
    }

    #[test]
    fn a_time_is_the_devices_or_ours() {
        let known = Origin { clock_behind: Some(-2 * HOUR), ..Origin::default() };
        for (at, flags, origin, time) in [
            (9 * HOUR, 0, &known, TimeView::Device),
            (10 * HOUR, Quality::NO_DEVICE_TIME, &known, TimeView::Arrival),
            (10 * HOUR, Quality::CLOCK_CORRECTED, &known, TimeView::ArrivalInstead),
            (9 * HOUR, Quality::CLOCK_CORRECTED, &known, TimeView::Corrected { behind: Some(-2 * HOUR) }),
            (9 * HOUR, Quality::CLOCK_CORRECTED, &Origin::default(), TimeView::Corrected { behind: None }),
        ] {
            assert_eq!(measured(&reading(at, flags), origin).time, time);
        }
    }

    #[test]
    fn what_was_typed_or_imported_has_no_device() {
        let entered = 10 * HOUR;
        let of = |flags| provenance(&reading(0, flags), &Origin::default());
        assert_eq!(of(Quality::TYPED | Quality::CONVERTED), ProvenanceView::Typed { entered });
        assert_eq!(of(Quality::IMPORTED | Quality::BACKFILLED), ProvenanceView::Imported { entered });
    }

    #[test]
    fn what_was_typed_into_a_device_comes_from_the_device() {
        let encrypted = Origin { link_encrypted: Some(true), ..Origin::default() };
        for flags in [Quality::NO_DEVICE_TIME, Quality::CLOCK_CORRECTED] {
            let said = measured(&reading(9 * HOUR, Quality::TYPED | flags), &encrypted);
            assert_eq!((said.typed, said.link), (true, LinkView::Encrypted));
        }
        let time = DeviceTime { year: 2026, month: 5, day: 21, hour: 9, minute: 0, second: 0 };
        let timed = Reading { device_time: Some(time), ..reading(9 * HOUR, Quality::TYPED) };
        assert!(measured(&timed, &encrypted).typed);
        assert!(!measured(&reading(9 * HOUR, 0), &encrypted).typed);
    }
}

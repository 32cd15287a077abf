//! What a permission tells of a device: model, firmware and link, and since when that held.
//!
//! ```text
//! device = device id 16 || lp(model) || lp(firmware) || link u8 || since i64
//! ```
//!
//! The device id is the one in the readings of a segment. Model and firmware are UTF-8, empty when not known, at most
//! [`MAX_TOLD`] octets and as [`check_name`] allows; link is 0 not known, 1 encrypted, 2 open. The list is in order of
//! device, then since: of one device several may hold one after the other, because firmware changes. The patient's own
//! name for it, its serial number and its address have no field.

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, LAST_INSTANT, Reader, Writer};
use salus_wire::{DeviceId, Reading, UnixMillis};

/// Entries in one capsule at most.
pub const MAX_DEVICES: usize = 256;
/// Octets of a model or firmware at most.
pub const MAX_TOLD: usize = 120;

/// What held of a device from an instant on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDevice {
    /// As in its readings.
    pub device: DeviceId,
    /// Maker and model, where known; as [`told_text`] makes it.
    pub model: Option<String>,
    /// Firmware, where known; as [`told_text`] makes it.
    pub firmware: Option<String>,
    /// Whether its link was encrypted, where known.
    pub link_encrypted: Option<bool>,
    /// Held from here on, Unix milliseconds, until the next one of this device.
    pub since: UnixMillis,
}

/// What held of a reading's device when the reading arrived; `None` before anything did, and for one that is not told of.
#[must_use]
pub fn told_of<'a>(devices: &'a [ToldDevice], reading: &Reading) -> Option<&'a ToldDevice> {
    devices.iter().rev().find(|d| d.device == reading.device && d.since <= reading.arrived)
}

/// A device's own words as they may travel: without what reorders or hides text, cut at 80 characters and [`MAX_TOLD`]
/// octets. `None` when nothing is left.
#[must_use]
pub fn told_text(said: &str) -> Option<String> {
    // A character that may stand alone in a name may stand in it; of white space only the plain space.
    let shown = |c: &char| *c == ' ' || check_name(c.encode_utf8(&mut [0; 4])).is_ok();
    let mut text = String::new();
    for c in said.chars().filter(shown).skip_while(|c| *c == ' ').take(MAX_NAME) {
        if text.len() + c.len_utf8() > MAX_TOLD {
            break;
        }
        text.push(c);
    }
    text.truncate(text.trim_end().len());
    (!text.is_empty()).then_some(text)
}

/// Checks each entry and their order.
pub(super) fn check(devices: &[ToldDevice]) -> Result<(), CodecError> {
    devices.iter().try_for_each(ToldDevice::check)?;
    let ordered = devices.is_sorted_by(|a, b| (a.device, a.since) < (b.device, b.since));
    if ordered { Ok(()) } else { Err(CodecError::Value("devices")) }
}

impl ToldDevice {
    fn check(&self) -> Result<(), CodecError> {
        for text in [&self.model, &self.firmware].into_iter().flatten() {
            check_name(text)?;
            if text.len() > MAX_TOLD {
                return Err(CodecError::TooLong { length: text.len(), limit: MAX_TOLD });
            }
        }
        if (0..=LAST_INSTANT).contains(&self.since) { Ok(()) } else { Err(CodecError::Value("instant")) }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.device.as_bytes());
        out.lp(self.model.as_deref().unwrap_or_default());
        out.lp(self.firmware.as_deref().unwrap_or_default());
        out.u8(match self.link_encrypted {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        });
        out.instant(self.since);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let device = DeviceId(input.array()?);
        let (model, firmware) = (text(input)?, text(input)?);
        let link_encrypted = match input.u8()? {
            0 => None,
            1 => Some(true),
            2 => Some(false),
            _ => return Err(CodecError::Value("link")),
        };
        Ok(Self { device, model, firmware, link_encrypted, since: input.instant()? })
    }
}

fn text(input: &mut Reader<'_>) -> Result<Option<String>, CodecError> {
    let text = input.text(MAX_TOLD)?;
    Ok((!text.is_empty()).then_some(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use salus_wire::{Category, Quality};

    use super::*;

    fn told(device: u8, firmware: &str, since: UnixMillis) -> ToldDevice {
        ToldDevice {
            device: DeviceId([device; 16]),
            model: Some("Simulated, BPM-2".into()),
            firmware: Some(firmware.into()),
            link_encrypted: Some(true),
            since,
        }
    }

    #[test]
    fn a_reading_has_the_firmware_of_its_device_when_it_arrived() {
        let all = [told(1, "1.0", 100), told(1, "1.1", 300), told(2, "7", 0)];
        let firmware = |device, arrived| {
            let reading = Reading {
                at: 0,
                arrived,
                device: DeviceId([device; 16]),
                category: Category::BloodPressure,
                components: vec![],
                quality: Quality::default(),
                device_time: None,
                user: None,
            };
            told_of(&all, &reading).and_then(|d| d.firmware.as_deref())
        };
        assert_eq!(
            [99, 100, 299, 300].map(|at| firmware(1, at)),
            [None, Some("1.0"), Some("1.0"), Some("1.1")]
        );
        assert_eq!((firmware(2, 0), firmware(3, 400)), (Some("7"), None));
    }

    #[test]
    fn a_text_is_cut_to_what_may_travel() {
        assert_eq!(told_text("Salus Simulation, HRS-1").as_deref(), Some("Salus Simulation, HRS-1"));
        assert_eq!(told_text(" \u{202e}1\u{200b}.\n0 \u{a0}").as_deref(), Some("1.0"));
        assert_eq!((told_text(""), told_text(" \u{2066} ")), (None, None));
        assert_eq!(told_text(&"a".repeat(500)).map(|t| t.len()), Some(MAX_NAME));
        assert_eq!(told_text(&"é".repeat(500)).map(|t| t.len()), Some(MAX_TOLD));
    }

    proptest! {
        #[test]
        fn whatever_a_device_says_may_travel_afterwards(said in any::<String>()) {
            let one = ToldDevice { model: told_text(&said), firmware: told_text(&said), ..told(1, "", 0) };
            prop_assert_eq!(check(&[one]), Ok(()));
        }
    }
}

//! Codes that depend on what was measured in: glucose in another fluid than capillary blood has codes of its own.
//!
//! | fluid (2A18) | LOINC | IEEE 11073-10101 |
//! |---|---|---|
//! | none, capillary whole blood (1) | 41653-7 | 160184 |
//! | capillary plasma (2): a meter that gives blood as plasma | 41653-7 | 160188 |
//! | venous whole blood (3), venous plasma (4) | 41652-9, 2345-7 | 160192, 160196 |
//! | arterial whole blood (5), arterial plasma (6) | 41651-1, 2345-7 | 160200, 160204 |
//! | undetermined whole blood (7), undetermined plasma (8) | 2339-0, 2345-7 | 160364, 160368 |
//!
//! # Source
//! LOINC; IEEE 11073-10417 (partition * 65536 + term); the fluid's codes are those of Glucose Measurement.

use super::{Quantity, Reading};

/// LOINC and MDC by fluid; the first entry is fluid 1.
const GLUCOSE: [(&str, u32); 8] = [
    ("41653-7", 160_184),
    ("41653-7", 160_188),
    ("41652-9", 160_192),
    ("2345-7", 160_196),
    ("41651-1", 160_200),
    ("2345-7", 160_204),
    ("2339-0", 160_364),
    ("2345-7", 160_368),
];

impl Reading {
    /// LOINC code of one of its values.
    #[must_use]
    pub fn loinc(&self, quantity: Quantity) -> Option<&'static str> {
        self.in_fluid(quantity).map_or_else(|| quantity.loinc(), |(loinc, _)| Some(loinc))
    }

    /// IEEE 11073-10101 code of one of its values, partition * 65536 + term.
    #[must_use]
    pub fn mdc(&self, quantity: Quantity) -> Option<u32> {
        self.in_fluid(quantity).map_or_else(|| quantity.mdc(), |(_, mdc)| Some(mdc))
    }

    fn in_fluid(&self, quantity: Quantity) -> Option<(&'static str, u32)> {
        if quantity != Quantity::CapillaryGlucose {
            return None;
        }
        let fluid = self.value(Quantity::SampleFluid).filter(|v| v.exponent == 0)?;
        let at = usize::try_from(fluid.mantissa).ok()?.checked_sub(1)?;
        GLUCOSE.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Component, Decimal};
    use crate::{Category, DeviceId, Quality};

    fn in_fluid(fluid: Option<i64>) -> Reading {
        let whole = |quantity, value| Component { quantity, value: Decimal::whole(value) };
        let mut components = vec![whole(Quantity::CapillaryGlucose, 99)];
        components.extend(fluid.map(|f| whole(Quantity::SampleFluid, f)));
        Reading {
            at: 0,
            arrived: 0,
            device: DeviceId([1; 16]),
            category: Category::Glucose,
            components,
            quality: Quality::default(),
            device_time: None,
            user: None,
        }
    }

    #[test]
    fn glucose_is_coded_by_its_fluid() {
        let codes = |fluid| {
            let r = in_fluid(fluid);
            (r.loinc(Quantity::CapillaryGlucose).unwrap(), r.mdc(Quantity::CapillaryGlucose).unwrap())
        };
        assert_eq!(codes(Some(3)), ("41652-9", 160_192));
        assert_eq!(codes(Some(4)), ("2345-7", 160_196));
        assert_eq!(codes(Some(7)), ("2339-0", 160_364));
        // A code that no list knows, none, and nonsense: as a meter for the finger has it.
        for fluid in [None, Some(1), Some(0), Some(9), Some(-1), Some(i64::MAX)] {
            assert_eq!(codes(fluid), ("41653-7", 160_184), "{fluid:?}");
        }
    }

    #[test]
    fn other_quantities_keep_their_codes() {
        let r = in_fluid(Some(3));
        assert_eq!(
            (r.loinc(Quantity::HeartRate), r.mdc(Quantity::HeartRate)),
            (Some("8867-4"), Some(147_842))
        );
        assert_eq!(r.loinc(Quantity::SampleFluid), None);
    }

    /// As for the quantities' own: the last digit checks the others.
    #[test]
    fn every_code_checks() {
        for (code, _) in GLUCOSE {
            let (number, check) = code.split_once('-').unwrap();
            let digits = number.bytes().rev().enumerate().map(|(at, digit)| {
                let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
                digit / 10 + digit % 10
            });
            assert_eq!(check, ((10 - digits.sum::<u32>() % 10) % 10).to_string(), "{code}");
        }
    }
}

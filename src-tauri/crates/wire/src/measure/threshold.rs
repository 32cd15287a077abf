//! Lines that published conventions draw, for charts: where something begins to be called high or low. Never a finding.

use super::Quantity;

/// Which line it is, for its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Threshold {
    /// From here on a pressure measured at home is called high.
    HomePressure,
    /// Below this a glucose is below the usual target range.
    GlucoseLow,
    /// Above this a glucose is above it.
    GlucoseHigh,
}

impl Quantity {
    /// The lines of a quantity, in its own unit, lowest first.
    ///
    /// # Source
    /// 2023 ESH Guidelines for the management of arterial hypertension, home blood pressure: 135/85 mmHg. International Consensus on
    /// Time in Range, Diabetes Care 2019;42:1593: 70 to 180 mg/dL.
    #[must_use]
    pub const fn thresholds(self) -> &'static [(Threshold, f64)] {
        match self {
            Quantity::Systolic => &[(Threshold::HomePressure, 135.0)],
            Quantity::Diastolic => &[(Threshold::HomePressure, 85.0)],
            Quantity::CapillaryGlucose | Quantity::InterstitialGlucose => {
                &[(Threshold::GlucoseLow, 70.0), (Threshold::GlucoseHigh, 180.0)]
            }
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_in_order_and_few() {
        for quantity in Quantity::ALL {
            let lines = quantity.thresholds();
            assert!(lines.len() <= 2 && lines.windows(2).all(|w| w[0].1 < w[1].1), "{quantity:?}");
        }
        assert_eq!(Quantity::Systolic.thresholds(), [(Threshold::HomePressure, 135.0)]);
        assert_eq!(Quantity::Diastolic.thresholds(), [(Threshold::HomePressure, 85.0)]);
    }
}

//! Fourteen days of a glucose sensor.

use salus_wire::Quantity;
use salus_wire::view::{GlucoseProfileView, Permille, RangesView};

use super::Said;
use crate::words::{Words, t};

pub(super) fn said(w: &Words, view: &GlucoseProfileView) -> Said {
    let sentence = t!(w, "clinical-glucose-other", share = percent(view.ranges.in_range));
    let mean = t!(
        w,
        "clinical-glucose-mean",
        mean = w.amount(&view.mean, Quantity::InterstitialGlucose),
        molar = w.amount(&view.mean_molar, Quantity::InterstitialGlucoseMolar),
        gmi = view.gmi.clone(),
        gmi_molar = view.gmi_molar.clone(),
        variation = view.variation.to_string()
    );
    let rule = t!(
        w,
        "clinical-glucose-rule",
        active = percent(view.active),
        minutes = view.step_minutes,
        n = view.values,
        left = view.left_out
    );
    Said { sentence, more: vec![mean, rule, t!(w, "clinical-glucose-limits")] }
}

/// The ranges with their shares, the highest first.
pub(crate) fn ranges(w: &Words, ranges: &RangesView) -> [(String, Permille); 5] {
    [
        (t!(w, "clinical-range-very-high"), ranges.very_high),
        (t!(w, "clinical-range-high"), ranges.high),
        (t!(w, "clinical-range-in"), ranges.in_range),
        (t!(w, "clinical-range-low"), ranges.low),
        (t!(w, "clinical-range-very-low"), ranges.very_low),
    ]
}

/// "71.4 %", kept together and in its own direction.
pub(crate) fn percent(share: Permille) -> String {
    format!("\u{2068}{share}\u{a0}%\u{2069}")
}

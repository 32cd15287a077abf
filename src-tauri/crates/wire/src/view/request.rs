//! What a clinician asks a patient for: the purpose, which readings, for how long.

use serde::{Deserialize, Serialize};

use crate::Category;

/// For what a clinician asks. A closed list, so that every page says it in its own language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To treat the patient.
    Treatment,
    /// To see how it goes on after a visit.
    FollowUp,
    /// To go over the patient's medication.
    MedicationReview,
    /// To form a second opinion.
    SecondOpinion,
}

impl Purpose {
    /// Every purpose, in the order in which screens list them.
    pub const ALL: &'static [Purpose] =
        &[Self::Treatment, Self::FollowUp, Self::MedicationReview, Self::SecondOpinion];

    /// Code in the clinician's code, one octet; never reused.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Treatment => 1,
            Self::FollowUp => 2,
            Self::MedicationReview => 3,
            Self::SecondOpinion => 4,
        }
    }

    /// The purpose of a code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.code() == code)
    }
}

/// What a clinician asks for. A day is 24 hours; those that are over are counted in the patient's own calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskedView {
    /// For what.
    pub purpose: Purpose,
    /// In the clinician's own words: one line of at most [`AskedView::MAX_WORDS`] characters; may be empty. Words of a
    /// stranger: a page shows them apart from its own.
    pub words: String,
    /// Which series: at least one, in the order of [`Category::ALL`], each once.
    pub categories: Vec<Category>,
    /// Readings of this many days, today included; 0: none that there are yet. At most [`AskedView::MAX_BACK`].
    pub days_back: u16,
    /// Readings of this many days from now on; 0: none that are still to come. Not more than `lasts_days`.
    pub days_ahead: u16,
    /// For how many days the permission should run, 1 to [`AskedView::MAX_LASTS`].
    pub lasts_days: u16,
}

impl AskedView {
    /// Most characters of `words`.
    pub const MAX_WORDS: usize = 200;
    /// Most days back: ten years.
    pub const MAX_BACK: u16 = 3_660;
    /// Most days that a permission is asked for: a year.
    pub const MAX_LASTS: u16 = 366;

    /// Checks every limit.
    ///
    /// # Errors
    /// The name of the field that is outside its limits.
    pub fn check(&self) -> Result<(), &'static str> {
        if self.categories.is_empty() || !self.categories.is_sorted_by(|a, b| a < b) {
            return Err("categories");
        }
        if self.lasts_days == 0 || self.lasts_days > Self::MAX_LASTS {
            return Err("lasts_days");
        }
        if self.days_ahead > self.lasts_days {
            return Err("days_ahead");
        }
        if self.days_back > Self::MAX_BACK || (self.days_back == 0 && self.days_ahead == 0) {
            return Err("days_back");
        }
        let long = self.words.chars().count() > Self::MAX_WORDS;
        let bare =
            self.words.trim() == self.words && !self.words.chars().any(|c| c.is_control() || is_hidden(c));
        if bare && !long { Ok(()) } else { Err("words") }
    }
}

/// Characters that reorder, break or hide what stands around them, or that nobody sees.
///
/// # Source
/// Unicode 17: Bidi_Control, Default_Ignorable_Code_Point without the variation selectors, line and paragraph separator,
/// interlinear annotation.
pub(super) const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked() -> AskedView {
        AskedView {
            purpose: Purpose::FollowUp,
            words: "After your visit on Monday.".into(),
            categories: vec![Category::HeartRate, Category::BloodPressure],
            days_back: 30,
            days_ahead: 0,
            lasts_days: 14,
        }
    }

    #[test]
    fn codes_and_purposes_are_each_others() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::from_code(purpose.code()), Some(*purpose));
        }
        assert_eq!((Purpose::from_code(0), Purpose::from_code(5)), (None, None));
    }

    #[test]
    fn what_is_outside_its_limits_is_named() {
        let ok = asked();
        let (heart, pressure) = (Category::HeartRate, Category::BloodPressure);
        assert_eq!(ok.check(), Ok(()));
        assert_eq!(AskedView { days_back: 0, days_ahead: 14, ..ok.clone() }.check(), Ok(()));
        for (field, bad) in [
            ("categories", AskedView { categories: vec![], ..ok.clone() }),
            ("categories", AskedView { categories: vec![heart, heart], ..ok.clone() }),
            ("categories", AskedView { categories: vec![pressure, heart], ..ok.clone() }),
            ("lasts_days", AskedView { lasts_days: 0, ..ok.clone() }),
            ("lasts_days", AskedView { lasts_days: AskedView::MAX_LASTS + 1, ..ok.clone() }),
            ("days_ahead", AskedView { days_ahead: 15, ..ok.clone() }),
            ("days_back", AskedView { days_back: 0, ..ok.clone() }),
            ("days_back", AskedView { days_back: AskedView::MAX_BACK + 1, ..ok.clone() }),
        ] {
            assert_eq!(bad.check(), Err(field), "{bad:?}");
        }
    }

    #[test]
    fn words_are_one_line_that_reads_as_what_it_is() {
        let said = |words: &str| AskedView { words: words.into(), ..asked() }.check();
        let (full, long) = ("北".repeat(AskedView::MAX_WORDS), "x".repeat(AskedView::MAX_WORDS + 1));
        for good in ["", "Nach dem Termin, 12.5 mg?", "بعد زيارتك يوم الاثنين", full.as_str()]
        {
            assert_eq!(said(good), Ok(()), "{good}");
        }
        for bad in [
            "a\nb",
            "a\tb",
            "\u{7f}",
            "a\u{85}b",
            " padded",
            "padded ",
            "\u{202e}evil",
            "a\u{2066}b",
            "a\u{200b}b",
            "a\u{2028}b",
            "\u{61c}",
            "a\u{ad}b",
            "\u{3164}",
            "a\u{e0041}",
            long.as_str(),
        ] {
            assert_eq!(said(bad), Err("words"), "{bad:?}");
        }
    }
}

//! Clinical summaries by published conventions: home blood pressure, glucose profile, heart rate variability, NEWS2.
//!
//! A convention that asks for more than there is gives [`Outcome::NotEnough`] with what is there and what is missing, never a
//! number. Figures, never a diagnosis.

mod glucose;
mod news;
mod pressure;
mod read;
mod said;
mod usual;
mod variability;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::{Category, UnixMillis};

pub use glucose::{BandView, GlucoseProfileView, Goal, GoalSet, GoalView, GoalsView, RangesView};
pub use news::{
    Alertness, Breathing, NewsPart, NewsPointView, NewsRisk, NewsScoreView, NewsTyped, NewsView,
    SaturationScale, VitalView,
};
pub use pressure::{
    HomePressureView, PressureLeftOutView, PressurePartView, PressureView, PressureWindowsView,
};
pub use said::{PressureMean, PressureSaid};
pub use usual::{Standing, UsualPressureView, UsualView};
pub use variability::{DayVariabilityView, VariabilityTrendView, WholeDayView};

/// One category by its convention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClinicalView {
    /// Which series.
    pub category: Category,
    /// Whose wall clock says what is a morning and when a day begins.
    pub clock: WallClock,
    /// What came of it.
    pub summary: ClinicalSummary,
    /// Parts of about an hour that are damaged: what they hold is missing here.
    pub damaged: u32,
}

/// What a category's convention gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "view")]
pub enum ClinicalSummary {
    /// Blood pressure at home.
    Pressure(Outcome<HomePressureView>),
    /// The ambulatory glucose profile.
    Glucose(Outcome<GlucoseProfileView>),
    /// Heart rate variability against the person's own days.
    Variability(Outcome<VariabilityTrendView>),
}

/// Whose wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WallClock {
    /// That of the person's own computer.
    Own,
    /// That of the computer of whoever looks: a shared record does not tell the person's time zone.
    Reader,
}

/// What a convention made of the readings: figures, or what is missing for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome", content = "view")]
pub enum Outcome<T> {
    /// All that the convention asks for is there.
    Enough(T),
    /// Something is missing.
    NotEnough(ShortView),
}

impl<T> Outcome<T> {
    /// The figures, where there are enough readings for them.
    #[must_use]
    pub const fn enough(&self) -> Option<&T> {
        match self {
            Outcome::Enough(view) => Some(view),
            Outcome::NotEnough(_) => None,
        }
    }
}

/// What there is, and what is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortView {
    /// Start of the time that was looked at.
    pub from: UnixMillis,
    /// Its end, exclusive.
    pub to: UnixMillis,
    /// What is missing; at least one.
    pub lacks: Vec<LackView>,
}

/// One thing of which there is too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LackView {
    /// What.
    pub what: Lack,
    /// How much there is.
    pub have: u32,
    /// How much the convention asks for; more than there is.
    pub need: u32,
}

/// What may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lack {
    /// Blood pressures in the morning and in the evening, without the first day's.
    PressureReadings,
    /// Days with such readings, without the first.
    PressureDays,
    /// Percent of the time for which the sensor gave values.
    SensorActive,
    /// Windows of five minutes with enough heartbeats, today or yesterday.
    BeatWindows,
    /// Hours of heartbeats within one day.
    BeatHours,
    /// Hours of heartbeats between midnight and six in the morning of that day.
    NightHours,
    /// Earlier days to compare with.
    EarlierDays,
    /// A respiratory rate of the same hour.
    Respiration,
    /// An oxygen saturation of the same hour.
    Saturation,
    /// A systolic pressure of the same hour.
    Systolic,
    /// A pulse of the same hour.
    Pulse,
    /// A temperature of the same hour.
    Temperature,
    /// How alert the person is, typed.
    Alertness,
    /// Whether the person breathes air or oxygen, typed.
    Breathing,
}

impl Lack {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::PressureReadings,
        Self::PressureDays,
        Self::SensorActive,
        Self::BeatWindows,
        Self::BeatHours,
        Self::NightHours,
        Self::EarlierDays,
        Self::Respiration,
        Self::Saturation,
        Self::Systolic,
        Self::Pulse,
        Self::Temperature,
        Self::Alertness,
        Self::Breathing,
    ];
}

/// A share in tenths of a percent, 1000 for all; printed as percent: "71.4".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permille(pub u16);

impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_prints_as_percent_with_one_place() {
        assert_eq!(
            [0, 4, 40, 714, 1000].map(|n| Permille(n).to_string()),
            ["0.0", "0.4", "4.0", "71.4", "100.0"]
        );
    }
}

//! The National Early Warning Score 2 of one set of observations.

use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::{Quantity, UnixMillis};

/// How alert a person is: ACVPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alertness {
    /// Alert.
    Alert,
    /// Newly confused.
    Confusion,
    /// Responds to voice.
    Voice,
    /// Responds to pain.
    Pain,
    /// Unresponsive.
    Unresponsive,
}

/// What a person breathes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breathing {
    /// Air.
    Air,
    /// Supplemental oxygen.
    Oxygen,
}

/// Which scale the saturation is scored by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaturationScale {
    /// Scale 1: everybody else.
    One,
    /// Scale 2: a target of 88 to 92 % for confirmed hypercapnic respiratory failure, on a clinician's word only.
    Two,
}

/// What no sensor tells, typed by a clinician.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewsTyped {
    /// How alert the person was at the time of the readings.
    pub alertness: Alertness,
    /// What they breathed.
    pub breathing: Breathing,
    /// By which scale.
    pub scale: SaturationScale,
}

/// The newest value of one vital sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VitalView {
    /// What.
    pub quantity: Quantity,
    /// Decimal text, rounded as the chart has it.
    pub value: String,
    /// When it was measured.
    pub at: UnixMillis,
    /// Whether it belongs to the set: of the last twelve hours, and within an hour of the newest one.
    pub in_set: bool,
}

/// The vital signs that there are, and the score of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsView {
    /// The newest of each, at most five.
    pub vitals: Vec<VitalView>,
    /// The score; nothing is scored in part.
    pub score: Outcome<NewsScoreView>,
}

/// What points are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsPart {
    /// Respiratory rate.
    Respiration,
    /// Oxygen saturation.
    Saturation,
    /// Air or oxygen.
    Breathing,
    /// Systolic pressure.
    Systolic,
    /// Pulse.
    Pulse,
    /// Alertness.
    Alertness,
    /// Temperature.
    Temperature,
}

/// Points for one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsPointView {
    /// What for.
    pub part: NewsPart,
    /// 0 to 3.
    pub points: u8,
}

/// The risk that the chart names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsRisk {
    /// 0 to 4.
    Low,
    /// 0 to 4, with 3 in a single one.
    LowMedium,
    /// 5 or 6.
    Medium,
    /// 7 or more.
    High,
}

/// A whole score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsScoreView {
    /// The oldest of its readings.
    pub from: UnixMillis,
    /// The newest of its readings.
    pub to: UnixMillis,
    /// What was typed for it.
    pub typed: NewsTyped,
    /// All seven, in the chart's order.
    pub points: Vec<NewsPointView>,
    /// Their sum, 0 to 20.
    pub total: u8,
    /// What the chart calls it.
    pub risk: NewsRisk,
}

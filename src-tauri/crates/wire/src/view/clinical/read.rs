//! Reading what a convention gave; the words are those that serde writes.

use serde::{Deserialize, Deserializer};

use super::{ClinicalSummary, Outcome, ShortView};
use crate::view::tagged::{Tagged, tagged};

/// Which convention.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::view) enum Kind {
    Pressure,
    Glucose,
    Variability,
}

impl<'de> Tagged<'de> for ClinicalSummary {
    const TAG: &'static str = "kind";
    const CONTENT: &'static str = "view";
    type Tag = Kind;

    fn content<D: Deserializer<'de>>(tag: Kind, content: D) -> Result<Self, D::Error> {
        match tag {
            Kind::Pressure => Outcome::deserialize(content).map(Self::Pressure),
            Kind::Glucose => Outcome::deserialize(content).map(Self::Glucose),
            Kind::Variability => Outcome::deserialize(content).map(Self::Variability),
        }
    }
}

impl<'de> Deserialize<'de> for ClinicalSummary {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        tagged(from)
    }
}

/// Whether there was enough.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::view) enum Which {
    Enough,
    NotEnough,
}

impl<'de, T: Deserialize<'de>> Tagged<'de> for Outcome<T> {
    const TAG: &'static str = "outcome";
    const CONTENT: &'static str = "view";
    type Tag = Which;

    fn content<D: Deserializer<'de>>(tag: Which, content: D) -> Result<Self, D::Error> {
        match tag {
            Which::Enough => T::deserialize(content).map(Self::Enough),
            Which::NotEnough => ShortView::deserialize(content).map(Self::NotEnough),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Outcome<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        tagged(from)
    }
}

//! Body Composition Measurement as a reading.

use salus_wire::{Category, Quantity, Reading};

use super::weight::{height, mass};
use super::{Draft, Source};
use crate::gatt::body_composition::BodyComposition;
use crate::{Moment, Reason};

/// A whole body composition as a reading; a value of 0 is left out. One that needs two packets is joined before, see
/// [`Joiner`](crate::gatt::body_composition::Joiner).
///
/// # Errors
/// [`Reason::NoValue`] for an unsuccessful measurement or without any value, [`Reason::Impossible`] outside the ranges.
pub fn reading(b: &BodyComposition, source: &Source, arrived: Moment) -> Result<Reading, Reason> {
    let mut draft = Draft::new(source);
    mass(&mut draft, b.unit, (Quantity::BodyWeight, Quantity::BodyWeightPound), b.weight)?;
    draft.include(Quantity::BodyFat, b.fat.map(Ok))?;
    draft.include(Quantity::MusclePercentage, b.muscle_share.map(Ok))?;
    for (quantities, sent) in [
        ((Quantity::MuscleMass, Quantity::MuscleMassPound), b.muscle),
        ((Quantity::FatFreeMass, Quantity::FatFreeMassPound), b.fat_free),
        ((Quantity::SoftLeanMass, Quantity::SoftLeanMassPound), b.soft_lean),
        ((Quantity::BodyWaterMass, Quantity::BodyWaterMassPound), b.water),
    ] {
        mass(&mut draft, b.unit, quantities, sent)?;
    }
    // The range of basal metabolism begins at 0, which stands for none here as everywhere.
    draft.include(Quantity::BasalMetabolism, b.basal.filter(|kj| kj.mantissa != 0).map(Ok))?;
    draft.include(Quantity::Impedance, b.impedance.map(Ok))?;
    // A height alone says nothing that was measured.
    if draft.is_empty() {
        return Err(Reason::NoValue);
    }
    height(&mut draft, b.unit, b.height)?;
    draft.timed(Category::BodyWeight, b.time, arrived, b.user)
}

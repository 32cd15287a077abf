//! Clinical conventions: what a clinician makes of readings, as pure functions, each with its source.
//!
//! ```text
//! readings, in order of time
//!   -> material      only what the conventions use, bounded; the own record and an opened one take the same way
//!   -> pressure      a week at home: first day dropped, mean of mornings and evenings   (ESH 2021, 2023)
//!   -> glucose       fourteen days of a sensor: profile, time in range, GMI             (ATTD 2019, Bergenstal 2018)
//!   -> variability   a day's RMSSD against the person's own 28 days                     (Task Force 1996)
//!   -> news          one set of observations with what a clinician typed                (RCP 2017)
//! ```
//!
//! Guarantees: integer arithmetic, rounded once, half to even; the order of readings does not matter but for the beats, which
//! come in order of time; what a convention has too little for is [`Outcome::NotEnough`] with what is there and what is missing;
//! whether a figure is high or a goal is met is judged by the figure as it is shown, so that words and figures never disagree.
//!
//! Days, mornings and times of day are those of a [`WallTime`], which knows the days on which clocks change.
//!
//! Not guaranteed: a diagnosis. Where a source leaves something open, the constant's documentation says what Salus does.
//!
//! [`Outcome::NotEnough`]: salus_wire::view::Outcome::NotEnough

pub mod date;
pub mod glucose;
pub mod material;
pub mod news;
pub mod pressure;
mod quantile;
pub mod usual;
pub mod variability;
pub mod walltime;

pub use date::Date;
pub use material::Material;
pub use walltime::WallTime;

use salus_wire::{Decimal, Quality};

use crate::hrv::exact::micros;

/// Thousandths of a decimal's unit; `None` when it is negative or above `most` units.
fn thousandths(value: Decimal, most: u32) -> Option<u32> {
    let thousandths = u32::try_from(micros(value)?).ok()?;
    (thousandths <= most.saturating_mul(1000)).then_some(thousandths)
}

/// True where the device itself says that the value may be wrong, or is not final.
const fn doubted(quality: Quality) -> bool {
    const DOUBT: u16 = Quality::NO_CONTACT
        | Quality::MOVEMENT
        | Quality::CUFF_LOOSE
        | Quality::BAD_POSITION
        | Quality::QUESTIONABLE
        | Quality::PROVISIONAL;
    quality.0 & DOUBT != 0
}

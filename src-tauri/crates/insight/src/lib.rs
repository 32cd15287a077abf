//! What a screen shows of a span of readings: chart, plain statistics, coverage, table. Pure; no clock, no I/O.
//!
//! ```text
//! readings of one series, in time order
//!   -> chart      min and max per pixel column, gaps kept as gaps, round ticks
//!   -> stats      count, lowest, mean, highest of each drawn quantity
//!   -> coverage   share of what was to come that is there: minutes, or what a glucose sensor was to send by its own pace
//!   -> hrv        variability of the time between heartbeats, artefacts left out and counted
//!   -> trend      today, or the week, against the person's own earlier days
//!   -> record     all of it with the table, newest rows first
//!   -> clinical   home blood pressure, glucose profile, variability against the own days, NEWS2: figures or what is missing
//!   -> compare    a line for a list of patients, and two times side by side
//! ```
//!
//! Apart from screens, [`fhir`] says permissions, openings and sources of readings in the words of HL7 FHIR R4.
//!
//! The other way, [`import`] reads readings out of files.
//!
//! A span of more readings than a screen needs is shown from their summaries instead ([`Screen::take_summary`]): the same
//! chart up to half a pixel, and the same figures, without the variability, which needs every interval between beats.
//!
//! Guarantees: an extreme that lies in the span is in the chart (never LTTB, which hides extremes); nothing is drawn across
//! a silence longer than [`chart::bridge`]; values keep the precision that the device sent.
//!
//! Not guaranteed: a diagnosis. Readings flagged "no skin contact" are in the table, but neither drawn nor averaged.

pub mod chart;
pub mod clinical;
pub mod compare;
pub mod coverage;
pub mod fhir;
pub mod hrv;
pub mod import;
mod pace;
pub mod provenance;
pub mod record;
pub mod stats;
pub mod trend;

pub use provenance::Origin;
pub use record::{Screen, Span, record};

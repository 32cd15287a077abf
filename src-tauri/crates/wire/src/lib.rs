//! Everything that crosses from the application to a page, and the measurement model that the rooms share.
//!
//! serde only, no I/O, no clock; builds for wasm. This is the one crate that `ui/` may import.
//!
//! - [`id`]: identifiers as fixed-size bytes, hexadecimal on the wire
//! - [`measure`]: a reading, its quantities, units and provenance (LOINC, UCUM, IEEE 11073 codes)
//! - [`command`]: every command's name, request and answer
//! - [`view`]: what a screen shows
//! - [`event`]: what the application tells the page unasked
//! - [`error`]: stable codes; the page maps each to what happened and what to do
//! - [`words`]: a code as words of a list, and the reading of what somebody typed

pub mod command;
pub mod error;
pub mod event;
pub mod id;
pub mod measure;
pub mod view;
pub mod words;

pub use error::{ErrorCode, Failure};
pub use id::{ChangeId, CircleId, CodeId, DeviceId, GrantId, SeriesId};
pub use measure::{Category, Component, Decimal, Level, Quality, Quantity, Reading, Summary};

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted. Negative before 1970.
pub type UnixMillis = i64;

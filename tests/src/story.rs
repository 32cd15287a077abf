//! The stories. The main one: a reading's whole journey, ten steps on real components, each step a comparison of measured values.
//!
//! ```text
//! salus-sim-bluez (process) -- D-Bus --> salus-host patient (process)   --\
//!                                                                          >-- QUIC --> n x salus-node (processes)
//!                                        salus-host clinician (process) --/
//! story (this process): a person's hands on both pages, an own light client, an own client without any checks
//! ```
//!
//! Time is one file that every process reads; the story moves it across epochs and end times. The other story is a family's
//! (`family`), with the same members and the same clock.

pub mod app;
pub mod bare;
pub mod blocks;
pub mod budget;
pub mod click;
pub mod expect;
mod family;
pub mod hands;
mod heights;
mod liar;
pub mod play;
pub mod report;
pub mod sim;
mod step_end;
mod step_flip;
mod step_kill;
mod step_measure;
mod step_pair;
mod step_share;
mod step_stop;
pub mod tamper;
mod told;

pub use play::{Options, Which, play};

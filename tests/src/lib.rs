//! What proves that Salus works: the test host, simulated peripherals, a network of members, and the story.

// The host awaits whole use cases; their futures nest deeper than the default.
#![recursion_limit = "512"]

pub mod bluez;
pub mod browser;
pub mod demo;
pub mod desk;
pub mod draft;
pub mod fhir;
pub mod figure;
pub mod folder;
pub mod host;
pub mod keyboard;
pub mod login1;
pub mod memory;
pub mod network;
pub mod panel;
pub mod pdf;
pub mod place;
pub mod portal;
pub mod small_disk;
pub mod stage;
pub mod story;
pub mod straight;
pub mod strap;

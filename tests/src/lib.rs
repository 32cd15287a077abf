//! What proves that Salus works: the test host, simulated peripherals, a network of members, and the story.

pub mod bluez;
pub mod figure;
pub mod host;
pub mod network;

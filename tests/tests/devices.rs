//! Devices and the simulated BlueZ, a module for each matter. One program, because each would link everything once more.
//!
//! A test on a bus of its own calls this program again, so it names itself with its modules.

#[path = "devices/adverts.rs"]
mod adverts;
#[path = "devices/air.rs"]
mod air;
#[path = "devices/at_once.rs"]
mod at_once;
#[path = "devices/bad_input.rs"]
mod bad_input;
#[path = "devices/ecg.rs"]
mod ecg;
#[path = "devices/given_up.rs"]
mod given_up;
#[path = "devices/history.rs"]
mod history;
#[path = "devices/hostile.rs"]
mod hostile;
#[path = "devices/observations.rs"]
mod observations;
#[path = "devices/pairing.rs"]
mod pairing;
#[path = "devices/people.rs"]
mod people;
#[path = "devices/permission.rs"]
mod permission;
#[path = "devices/polar.rs"]
mod polar;
#[path = "devices/process.rs"]
mod process;
#[path = "devices/profiles.rs"]
mod profiles;
#[path = "devices/radio.rs"]
mod radio;

//! Journeys of a person at a desk without members, a module for each. One program, because each would link everything once more.
//!
//! A test on a bus of its own calls this program again, so it names itself with its modules.

#[path = "journeys/backup.rs"]
mod backup;
#[path = "journeys/claim.rs"]
mod claim;
#[path = "journeys/day.rs"]
mod day;
#[path = "journeys/delete.rs"]
mod delete;
#[path = "journeys/desktop.rs"]
mod desktop;
#[path = "journeys/doors.rs"]
mod doors;
#[path = "journeys/export.rs"]
mod export;
#[path = "journeys/household.rs"]
mod household;
#[path = "journeys/inbox.rs"]
mod inbox;
#[path = "journeys/keyring.rs"]
mod keyring;
#[path = "journeys/patient.rs"]
mod patient;
#[path = "journeys/people.rs"]
mod people;
#[path = "journeys/report.rs"]
mod report;
#[path = "journeys/stopped.rs"]
mod stopped;
#[path = "journeys/typed.rs"]
mod typed;
#[path = "journeys/written.rs"]
mod written;

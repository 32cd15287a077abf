//! Every use case of Salus, transport-neutral: the desktop shell and the test host call the same [`App`].
//!
//! ```text
//! page -> bridge -> App::call(name, json) -> lock and role check (one place) -> use case -> answer or Failure
//!                                                     |
//!      profile, lock    settings, keys, idle          |- vault      (readings, cabinet)
//!      devices          sessions that store           |- devices    (Bluetooth)
//!      record           charts and statistics         |- insight
//!      entry, delete    what a person types, deletes  |- vault
//!      compact          journal to segments, sums     |- vault
//!      share, activity  the patient's permissions     |- sharing, light
//!      inbox            the clinician's records       |- sharing, light
//!      members          what the light client proved  '- light
//! ```
//!
//! Guarantees: no command reads a record while it is locked; a command is refused before its request is looked at when
//! the profile's role or the lock does not allow it; every failure is a [`salus_wire::Failure`] with a stable code and
//! without dependency text; time comes from [`Config::clock`] alone.
//!
//! Non-guarantees: while locked, Bluetooth readings are not received (the link is closed until unlocking); the name and
//! the role of the profile are readable in `profile.json`, because the lock screen shows them.

mod activity;
mod app;
mod compact;
mod config;
mod delete;
mod devices;
mod dispatch;
mod entry;
mod failure;
mod file;
mod inbox;
mod lock;
mod members;
mod network;
mod profile;
mod record;
mod settings;
mod share;

pub use app::App;
pub use config::{Config, Confirm, SILENCE};
pub use dispatch::Run;

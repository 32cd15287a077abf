//! The screens.

mod activity;
mod backups;
mod code;
mod devices;
mod emergency;
mod emergency_card;
mod entry;
mod family;
mod first_run;
mod home;
mod inbox;
mod locked;
mod lost;
mod members;
mod opened;
mod people;
mod permissions;
mod recovery_key;
mod reports;
mod second;
mod settings;
mod share;
mod verify;
mod whose;

pub use activity::Activity;
pub use backups::Backups;
pub use code::Code;
pub use devices::Devices;
pub use emergency::Emergency;
pub use emergency_card::EmergencyCard;
pub use entry::Entry;
pub use family::{Family, GiveFor, Helped};
pub use first_run::FirstRun;
pub use home::Home;
pub use inbox::Inbox;
pub use locked::Locked;
pub use lost::Lost;
pub use members::Members;
pub use opened::Opened;
pub use people::{FromBackup, Others, Rename};
pub use permissions::Permissions;
pub use reports::Reports;
pub use settings::{Settings, SettingsForm};
pub use share::Share;
pub use verify::Verify;
pub use whose::Whose;

use salus_wire::Category;
use salus_wire::command::GetApp;
use wasm_bindgen_futures::spawn_local;

use crate::bridge;
use crate::state::{Change, Context};

/// Asks again what to show first.
fn refresh(shared: &Context) {
    let shared = shared.clone();
    spawn_local(async move { shared.dispatch(Change::App(bridge::invoke(GetApp {}).await)) });
}

/// Categories in the order of the screens: blood pressure, then as the application lists them.
fn in_order(categories: &[Category]) -> Vec<Category> {
    let mut ordered = categories.to_vec();
    ordered.sort_by_key(|c| (*c != Category::BloodPressure, Category::ALL.iter().position(|a| a == c)));
    ordered
}

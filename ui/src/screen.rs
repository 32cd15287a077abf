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
mod help;
mod home;
mod import;
mod inbox;
mod laptops;
mod locked;
mod lost;
mod members;
mod notes;
mod notices;
mod opened;
mod patients;
mod people;
mod permissions;
mod readings;
mod recovery_key;
mod reports;
mod second;
mod seen;
mod settings;
mod share;
mod verify;
mod whose;

pub use activity::Activity;
pub use backups::Backups;
pub use code::Code;
pub(crate) use code::GivenCodes;
pub use devices::{Devices, device_forms, device_row};
pub use emergency::Emergency;
pub use emergency_card::EmergencyCard;
pub use entry::Entry;
pub use family::{Family, GiveFor, Helped, RelativePage};
pub use first_run::FirstRun;
pub use help::{Help, HelpCorner};
pub use home::Home;
pub use import::Import;
pub use inbox::Inbox;
pub use laptops::Laptops;
pub use locked::Locked;
pub use lost::Lost;
pub use members::Members;
pub use notes::Notes;
pub use notices::Notices;
pub use opened::{Opened, consent_banner};
pub use patients::{Patients, patient_row};
pub use people::{FromBackup, Others, Rename};
pub use permissions::Permissions;
pub use readings::Readings;
pub use reports::Reports;
pub use seen::Seen;
pub use settings::{Settings, SettingsForm};
pub use share::Share;
pub use verify::Verify;
pub use whose::Whose;

use salus_wire::Category;

/// Categories in the order of the screens: blood pressure, then as the application lists them.
fn in_order(categories: &[Category]) -> Vec<Category> {
    let mut ordered = categories.to_vec();
    ordered.sort_by_key(|c| (*c != Category::BloodPressure, Category::ALL.iter().position(|a| a == c)));
    ordered
}

//! The screens.

mod activity;
mod code;
mod devices;
mod first_run;
mod home;
mod inbox;
mod locked;
mod members;
mod opened;
mod permissions;
mod settings;
mod share;

pub use activity::Activity;
pub use code::Code;
pub use devices::Devices;
pub use first_run::FirstRun;
pub use home::Home;
pub use inbox::Inbox;
pub use locked::Locked;
pub use members::Members;
pub use opened::Opened;
pub use permissions::Permissions;
pub use settings::{Settings, SettingsForm};
pub use share::Share;

use salus_wire::command::GetApp;
use wasm_bindgen_futures::spawn_local;

use crate::bridge;
use crate::state::{Change, Context};

/// Asks again what to show first.
fn refresh(shared: &Context) {
    let shared = shared.clone();
    spawn_local(async move { shared.dispatch(Change::App(bridge::invoke(GetApp {}).await)) });
}

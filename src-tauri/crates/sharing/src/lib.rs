//! Sharing: from a clinician's code to a permission, and from a permission to readings on the clinician's screen.

pub mod activity;
pub mod capsule;
pub mod cover;
mod depot;
mod envelope;
pub mod invitation;
pub mod issue;
pub mod members;
pub mod network;
pub mod open;
mod reader;
pub mod stop;
pub mod wrap;

pub use members::Members;
pub use network::Network;

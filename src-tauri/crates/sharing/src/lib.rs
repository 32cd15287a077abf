//! Sharing: from a clinician's code to a permission, and from a permission to readings on the clinician's screen.

pub mod capsule;
pub mod cover;
mod depot;
mod envelope;
pub mod invitation;
pub mod issue;
pub mod members;
pub mod network;
mod reader;
pub mod stop;
pub mod wrap;

pub use depot::DepotError;
pub use members::Members;
pub use network::Network;

//! Sharing: from a clinician's code to a permission, and from a permission to readings on the clinician's screen.

pub mod capsule;
pub mod cover;
mod envelope;
pub mod invitation;
pub mod network;
mod reader;
pub mod slot;
pub mod wrap;

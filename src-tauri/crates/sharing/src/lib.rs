//! Sharing: from a clinician's code to a permission, and from a permission to readings on the clinician's screen.
//!
//! ```text
//! clinician   ReaderSecret, Attestation -> invitation::Code -- text or file --> patient
//! patient     Code -> Invitation (who, proven) -> issue::Plan -> prepare -> Permission -> advance, upload, stop
//!                shares to keepers, capsule and sealed epochs to depots, GrantTx to the chain, note to the inbox
//! clinician   open::poll -> fetch -> accept -> Shared -> open: receipt, t keepers, node keys, manifests, readings
//!             second: question to another clinician, answer, where the permission's contract demands two
//! patient     enrol: the gateway's signing key is committed to; the capsule discloses it, the clinician proves it
//! patient     anchor: once a day, a salted commitment to what the record has come to
//! anyone      report: a salted commitment to the code of a report on paper; whoever holds its file finds it
//! anyone      emergency: a key on a card, an announcement or a second clinician's word, then an opening that states a reason
//! laptops     laptop: another laptop of the same person, certified, with mandates that the members hold it to
//! on duty     duty: a permission to the staff on duty of one organisation, found at its desk, opened under one's own name
//! anyone      activity: given, opened, stopped, ended, erased, each proven
//! family      circle: who may act for the patient, what they are told, a steward's permissions
//! both        reply: where a patient can be written to about a permission, and a clinician's signed notes
//! ```
//!
//! A permission gives readings, or summaries of whole days only ([`days`]): then no key of a reading is in its capsule.
//!
//! Two locks on every node key: the slot's output, which needs t members, and c_g, which only the reader opens.
//!
//! Guarantees: nothing is released before the receipt is final; whoever answers wrongly is named and dropped; a capsule
//! counts only when the proven grant carries its hash; a segment counts only when a manifest by one of the capsule's
//! writers lists it; x_g and c_g never reach the patient's disk; what was opened stays in memory. Every decoder has limits.
//!
//! Non-guarantees: what was opened cannot be taken back; t members together with the reader can open the whole grant; up
//! to f depots learn when equal locators are asked for; a depot that alone holds the newest manifest can hide it.
//!
//! Nothing here reads a clock or spawns a task: `now` and the generator are parameters, the members are the port
//! [`Network`].
//!
//! # Source
//! The project's HG/1 document. RFC 9180 (HPKE), RFC 5869 (HKDF), RFC 8439 (ChaCha20-Poly1305), RFC 9497 (slot PRF, in
//! salus-keeper), C2SP chunked-encryption v1 (in salus-vault).

pub mod activity;
pub mod anchor;
pub mod capsule;
pub mod circle;
pub mod cover;
pub mod days;
mod depot;
pub mod duty;
pub mod emergency;
mod enough;
pub mod enrol;
mod envelope;
pub mod gaps;
pub mod invitation;
pub mod issue;
pub mod laptop;
pub mod members;
pub mod network;
pub mod open;
mod reader;
pub mod reply;
pub mod report;
pub mod second;
mod signed;
pub mod stop;
#[cfg(test)]
mod town;
pub mod wrap;

pub use members::Members;
pub use network::Network;

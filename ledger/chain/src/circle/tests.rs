//! One file for each adversary: what somebody tries, and that it does not get them further; and what a contract adds.

mod approvals;
mod changes;
mod contracts;
mod custodian;
mod encoding;
pub(super) mod family;
mod golden;
mod guardians;
mod handover;
mod laptops;
mod powers;
mod readers;
mod retired;
mod springs;

//! Why Salus cannot start, in a sentence that says what to do.

use salus_wire::{ErrorCode as E, Failure};

/// What happened and what to do.
pub(crate) fn sentence(failure: &Failure, dir: &str) -> String {
    match failure.code {
        E::InUse => format!("another Salus uses {dir}; use its window, or close it first"),
        E::Storage => format!("{dir} cannot be read or written; check its owner and its disk"),
        E::DiskFull => format!("the disk of {dir} is full; nothing was lost; make room and start again"),
        E::WrongGenesis => "--genesis does not name the members that this record trusts".into(),
        E::BadRequest => "--genesis is not a members' list; ask a member for genesis.json".into(),
        E::TooNew => format!("the record in {dir} was made by a newer Salus; update this one"),
        code => format!("the record in {dir} cannot be used ({code})"),
    }
}

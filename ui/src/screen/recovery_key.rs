//! The recovery key as a person meets it: a new one, groups of it typed back from the paper, trying it, and what is said until it is
//! written down.

mod need;
mod new_key;
mod try_key;
mod type_back;

pub(super) use need::KeyNeedNote;
pub(super) use new_key::NewKey;
pub(super) use try_key::TryKey;
pub(super) use type_back::TypeBack;

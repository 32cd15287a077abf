//! The members and the newest proven block.

use serde::{Deserialize, Serialize};

use super::ProofView;
use crate::{Failure, UnixMillis};

/// The members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersView {
    /// Each member.
    pub members: Vec<MemberView>,
    /// How many must act together to open something.
    pub threshold: u16,
    /// Newest proven block.
    pub newest: Option<ProofView>,
    /// Age of the newest proven block, seconds.
    pub age_seconds: Option<u32>,
    /// True when it is too old to open anything.
    pub out_of_date: bool,
    /// Why there is no newer one, as of the last try.
    pub trouble: Option<Failure>,
    /// When this computer was enrolled as the gateway of its record, as proven.
    pub enrolled: Option<UnixMillis>,
    /// When that enrolment was withdrawn, as proven.
    pub withdrawn: Option<UnixMillis>,
    /// When what the record had come to was last recorded with the members, as proven.
    pub anchored: Option<UnixMillis>,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Name.
    pub name: String,
    /// True when it answered last.
    pub reachable: bool,
}

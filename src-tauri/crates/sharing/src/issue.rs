//! Giving a permission: deal to every keeper, seal the capsule, sign and record the grant.
//!
//! ```text
//! Plan -> prepare -> Permission    shares, capsule and note sealed; x_g and c_g are gone when it returns
//!         advance: deal to all n, >= t acks -> capsule to > f depots -> ContractTx final, where there is one and nobody
//!                  recorded it -> GrantTx final -> note to the reader's inbox
//!         upload:  sealed epochs to > f depots, now and whenever new ones are sealed
//! ```
//!
//! [`prepare`] and [`Permission::acknowledge`] are pure. [`advance`] is the one driver: it may be called again after any
//! failure, and again later to reach the members that were missing. Store the permission before and after it.

mod advance;
mod contract;
mod permission;
mod plan;
mod upload;

use salus_chain::codec::CodecError;
use salus_chain::contract::OutOfRange;
use salus_keeper::deal::DealRefused;
use salus_light::{Inclusion, LightError};
use salus_wire::ErrorCode;

pub use advance::{Advanced, BadAck, advance, advance_under};
pub(crate) use advance::{advance_as, advance_to_desk};
pub use permission::{Permission, Progress};
pub(crate) use plan::prepare_for;
pub use plan::{Plan, SeriesKey, Shares, prepare};
pub use upload::{Held, HeldDay, upload, upload_days};

use crate::capsule::CapsuleError;
use crate::invitation::CodeError;
use crate::members::Members;
use crate::network::light_code;

/// How far [`advance`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// These members hold their part.
    Dealt(Members),
    /// These depots hold the capsule.
    Stored(Members),
    /// It is proven to be recorded.
    Recorded(Inclusion),
    /// The note waits for the reader at these depots.
    Left(Members),
}

/// Why a permission was not given; nothing is in force unless it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// The code does not hold, or its attestation is not in force.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The members could not be asked, or refused the transaction.
    #[error(transparent)]
    Light(#[from] LightError),
    /// The end is not after the beginning, or already past.
    #[error("the permission's times are not possible")]
    Times,
    /// No contract says that.
    #[error(transparent)]
    Condition(#[from] OutOfRange),
    /// No series, or one twice.
    #[error("the series are not usable")]
    Series,
    /// All of the time of one series was deleted for ever: there are no keys to give.
    #[error("this time was deleted for ever")]
    Deleted,
    /// The patient's name is empty, too long, or misleading.
    #[error(transparent)]
    Name(CodecError),
    /// So much is covered that one capsule cannot hold it, or the reader's key is not usable.
    #[error(transparent)]
    Capsule(#[from] CapsuleError),
    /// A member's key in the genesis is not usable.
    #[error("member {member}: {why}")]
    Member {
        /// Which.
        member: u16,
        /// Why.
        why: DealRefused,
    },
    /// The permission is one of another chain.
    #[error("the permission belongs to other members")]
    OtherChain,
    /// Fewer members than the threshold hold their part.
    #[error("{} of {need} needed members hold their part", held.len())]
    TooFewKeepers {
        /// Those that do.
        held: Members,
        /// The threshold.
        need: u16,
        /// What the others answered.
        failures: Vec<(u16, LightError)>,
    },
    /// Fewer depots than needed hold the capsule or the note.
    #[error("{} of {need} needed depots hold it", held.len())]
    TooFewDepots {
        /// Those that do.
        held: Members,
        /// f + 1.
        need: u16,
        /// What the others answered.
        failures: Vec<(u16, LightError)>,
    },
}

impl IssueError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Code(error) => error.code(),
            Self::Light(error) => light_code(error),
            Self::Deleted => ErrorCode::Shredded,
            Self::Times | Self::Condition(_) | Self::Series | Self::Name(_) => ErrorCode::BadRequest,
            Self::Capsule(CapsuleError::TooLarge) => ErrorCode::TooLarge,
            Self::Capsule(_) => ErrorCode::BadCode,
            Self::Member { .. } | Self::OtherChain => ErrorCode::WrongGenesis,
            // Whoever waits in vain for members that have no room has to hear that.
            Self::TooFewKeepers { failures, .. } | Self::TooFewDepots { failures, .. } => {
                let full = |(_, why): &(u16, LightError)| light_code(why) == ErrorCode::MembersFull;
                if failures.iter().any(full) { ErrorCode::MembersFull } else { ErrorCode::TooFewMembers }
            }
        }
    }
}

#[cfg(test)]
mod tests;

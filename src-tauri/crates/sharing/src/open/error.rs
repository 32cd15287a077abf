//! Why a shared record was not opened, by step.

use salus_chain::state::TxRefused;
use salus_keeper::message::KeeperRefused;
use salus_keeper::reader::ReplyFault;
use salus_keeper::release::Refusal;
use salus_light::LightError;
use salus_vault::{Epoch, SharedError};
use salus_wire::ErrorCode;

use super::{Demand, Dropped};
use crate::capsule::CapsuleError;
use crate::network::light_code;
use crate::wrap::WrapError;

/// Why one member's answer does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// It could not be asked, did not answer, or answered something that does not decode.
    #[error(transparent)]
    Light(LightError),
    /// The release rule says no.
    #[error(transparent)]
    Refused(KeeperRefused),
    /// Its answer was altered, or is wrong.
    #[error(transparent)]
    Altered(ReplyFault),
}

impl Why {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Light(error) => light_code(error),
            Self::Refused(why) => light_code(&LightError::Keeper { member: 0, why: *why }),
            Self::Altered(_) => ErrorCode::ReplyAltered,
        }
    }

    /// How much it says about why nothing was released, when members answered differently.
    const fn weight(&self) -> u8 {
        match self {
            Self::Light(LightError::BadReply { .. } | LightError::BadAnswer { .. }) | Self::Altered(_) => 3,
            Self::Light(_) => 0,
            Self::Refused(KeeperRefused::Release(Refusal::StaleHead | Refusal::NoReceipt)) => 1,
            Self::Refused(_) => 2,
        }
    }
}

/// Why a shared record was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The chain could not be asked, or refused the receipt.
    #[error(transparent)]
    Light(#[from] LightError),
    /// No depot has the capsule.
    #[error("no depot has the capsule")]
    NoCapsule,
    /// The capsule does not open, or is not the one on the chain.
    #[error(transparent)]
    Capsule(#[from] CapsuleError),
    /// The chain has no such permission: the note may be anyone's.
    #[error("there is no such permission")]
    NotGranted,
    /// The permission is for other readers.
    #[error("the permission is for another reader")]
    OtherReader,
    /// The capsule's commitments are not those that the keepers checked.
    #[error("the capsule's commitments are not those on the chain")]
    OtherDealing,
    /// It has not begun.
    #[error("the permission has not begun")]
    NotBegun,
    /// It has run out.
    #[error("the permission has ended")]
    Ended,
    /// It was stopped.
    #[error("the permission was stopped")]
    Stopped,
    /// Its contract does not let it be opened now; nothing was recorded.
    #[error(transparent)]
    Condition(#[from] Demand),
    /// It is for those on duty, and who opens is not; nothing was recorded.
    #[error("who opens this is not on duty")]
    OffDuty,
    /// Nothing that it covers has happened yet.
    #[error("nothing that the permission covers has happened yet")]
    NothingYet,
    /// The person has not given the keys of any of it.
    #[error("no keys of this time were given")]
    OutsideLease,
    /// Fewer members than needed released; each with its reason.
    #[error("{have} of {need} needed members released")]
    TooFew {
        /// Verified answers.
        have: usize,
        /// The threshold.
        need: usize,
        /// The others.
        dropped: Vec<Dropped>,
    },
    /// A node key does not open: the capsule's wrap is not what it should be.
    #[error(transparent)]
    Wrap(#[from] WrapError),
    /// The capsule lacks the wrap of a slot that it covers.
    #[error("the capsule lacks a key")]
    NoWrap,
    /// Every copy of a listed segment or its manifest was altered.
    #[error("a sealed segment of epoch {} was altered", epoch.number())]
    SegmentAltered {
        /// Whose epoch.
        epoch: Epoch,
        /// Depots that gave it.
        by: crate::Members,
    },
    /// A listed segment is at no depot.
    #[error("a sealed segment of epoch {} is missing", epoch.number())]
    SegmentMissing {
        /// Whose epoch.
        epoch: Epoch,
    },
    /// A segment or manifest came as it was stored, and does not verify.
    #[error(transparent)]
    Segment(#[from] SharedError),
}

impl OpenError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            // A race with the end or a stop: the chain refuses the receipt itself.
            Self::Light(LightError::Refused(TxRefused::Ended)) | Self::Ended => ErrorCode::Ended,
            Self::Light(error) => light_code(error),
            Self::NoCapsule | Self::NothingYet => ErrorCode::NothingYet,
            Self::Capsule(_) | Self::OtherDealing | Self::Wrap(_) | Self::NoWrap => ErrorCode::ProofFailed,
            Self::NotGranted => ErrorCode::UnknownPermission,
            Self::OtherReader => ErrorCode::NotAllowed,
            Self::NotBegun => ErrorCode::NotYet,
            Self::Stopped => ErrorCode::Stopped,
            Self::Condition(demand) => demand.code(),
            Self::OffDuty => ErrorCode::OffDuty,
            Self::OutsideLease => ErrorCode::OutsideScope,
            Self::TooFew { dropped, .. } => {
                let telling = dropped.iter().filter(|d| d.why.weight() > 0);
                telling.max_by_key(|d| d.why.weight()).map_or(ErrorCode::TooFewMembers, |d| d.why.code())
            }
            Self::SegmentAltered { .. } | Self::SegmentMissing { .. } => ErrorCode::SegmentAltered,
            Self::Segment(error) => error.code(),
        }
    }

    /// The member to name in the sentence, where one is to blame.
    #[must_use]
    pub fn member(&self) -> Option<u16> {
        match self {
            Self::TooFew { dropped, .. } => dropped.iter().max_by_key(|d| d.why.weight()).map(|d| d.member),
            Self::SegmentAltered { by, .. } => by.iter().next(),
            _ => None,
        }
    }
}

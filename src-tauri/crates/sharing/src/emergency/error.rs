//! Why something was not opened, or not announced, in an emergency.

use salus_light::LightError;
use salus_wire::{ErrorCode, UnixMillis};

use super::{CardError, SecondError};
use crate::open::OpenError;

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmergencyError {
    /// The card was not read.
    #[error(transparent)]
    Card(#[from] CardError),
    /// No permission belongs to the card, or it is none for emergencies.
    #[error("no permission belongs to this card")]
    NoPermission,
    /// Permissions lie behind the card, and none is by whom it names: whoever saw it can put some there.
    #[error("what lies behind the card is not by whom it names")]
    Planted,
    /// No reason that the members know.
    #[error("there is no reason")]
    NoReason,
    /// It was not announced, and no second clinician signed.
    #[error("the emergency was not announced")]
    NotAnnounced,
    /// The half hour after the announcement is not over.
    #[error("the announcement is too new")]
    Waits {
        /// From when on one clinician may open alone.
        until: UnixMillis,
    },
    /// The four hours are over.
    #[error("the emergency is over")]
    Over,
    /// No member attests the clinician who opens.
    #[error("the clinician is not attested")]
    NotAttested,
    /// The second clinician's word does not hold.
    #[error(transparent)]
    Second(#[from] SecondError),
    /// The permission does not open: stopped, ended, or a member or a depot is to blame.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<LightError> for EmergencyError {
    fn from(error: LightError) -> Self {
        Self::Open(OpenError::Light(error))
    }
}

impl EmergencyError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Card(CardError::OtherMembers) => ErrorCode::WrongGenesis,
            Self::Card(CardError::NamesNobody) => ErrorCode::OldCard,
            Self::Card(_) => ErrorCode::BadCard,
            Self::NoPermission => ErrorCode::UnknownPermission,
            Self::Planted => ErrorCode::CardOfAnother,
            Self::NoReason => ErrorCode::BadRequest,
            Self::NotAnnounced | Self::Waits { .. } => ErrorCode::EmergencyWaits,
            Self::Over => ErrorCode::EmergencyOver,
            Self::NotAttested | Self::Second(SecondError::NotAttested) => ErrorCode::NotAttested,
            Self::Second(SecondError::SamePerson) => ErrorCode::SecondIsYourself,
            Self::Second(_) => ErrorCode::BadSecond,
            Self::Open(error) => error.code(),
        }
    }

    /// The member to name in the sentence, where one is to blame.
    #[must_use]
    pub fn member(&self) -> Option<u16> {
        match self {
            Self::Open(error) => error.member(),
            _ => None,
        }
    }
}

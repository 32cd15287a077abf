//! Why a keeper releases nothing.

/// Every reason, with the stable number that replies carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(u16)]
pub enum Refusal {
    /// No such final receipt.
    #[error("there is no final receipt for this opening")]
    NoReceipt = 1,
    /// The receipt is more than 20 blocks old.
    #[error("the receipt is too old")]
    ReceiptTooOld = 2,
    /// The request or the key is not the one that the receipt names.
    #[error("the receipt is for another request or key")]
    Preimage = 3,
    /// No such grant.
    #[error("there is no such permission")]
    NoGrant = 4,
    /// The reader is not under the grant's root.
    #[error("this reader is not part of the permission")]
    Reader = 5,
    /// The permission was stopped or ran out.
    #[error("the permission has ended")]
    Ended = 6,
    /// The permission has not begun.
    #[error("the permission has not begun")]
    NotBegun = 7,
    /// The consent contract does not permit it.
    #[error("the consent contract does not permit this")]
    Contract = 8,
    /// A stop is on its way.
    #[error("a stop of the permission is on its way")]
    RevokeSeen = 9,
    /// This keeper has no share, or has erased it.
    #[error("this keeper holds no share")]
    NoShare = 10,
    /// The share was dealt for other terms than the chain has.
    #[error("the share belongs to another dealing")]
    OtherDealing = 11,
    /// The chain's time and the clock are more than 60 s apart.
    #[error("the newest block is out of date")]
    StaleHead = 12,
    /// A slot lies outside the granted data.
    #[error("a slot lies outside the granted data")]
    OutsideScope = 13,
    /// A slot has not come yet.
    #[error("a slot has not come yet")]
    NotYet = 14,
    /// No slots, or more than 64.
    #[error("no slots, or too many")]
    SlotCount = 15,
    /// Too many slots of this grant within a minute.
    #[error("too many slots for now")]
    RateLimit = 16,
    /// A delegate's permission that waits for approvals or its veto window, was objected to, or rests.
    #[error("the delegate's permission does not hold now")]
    Circle = 17,
    /// The reader's, the opener's or the second person's attestation was withdrawn, has run out, or is not there where there has
    /// to be one; or the second person may be the opener.
    #[error("nobody attests who opens this, or who agreed to it")]
    Credential = 18,
    /// The reader is not on duty for the group that the permission was given to.
    #[error("who opens this is not on duty")]
    OffDuty = 19,
}

impl Refusal {
    const ALL: [Self; 19] = [
        Self::NoReceipt,
        Self::ReceiptTooOld,
        Self::Preimage,
        Self::NoGrant,
        Self::Reader,
        Self::Ended,
        Self::NotBegun,
        Self::Contract,
        Self::RevokeSeen,
        Self::NoShare,
        Self::OtherDealing,
        Self::StaleHead,
        Self::OutsideScope,
        Self::NotYet,
        Self::SlotCount,
        Self::RateLimit,
        Self::Circle,
        Self::Credential,
        Self::OffDuty,
    ];

    /// The stable number, from 1.
    pub fn code(self) -> u16 {
        self as u16
    }

    /// The reason with this number.
    pub fn from_code(code: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

//! Why a keeper refuses a dealing.

/// Every reason, with the stable number that replies carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(u16)]
pub enum DealRefused {
    /// The index is 0, or not this keeper's.
    #[error("the share is not for this keeper")]
    Index = 1,
    /// Not exactly t points.
    #[error("not exactly as many points as the threshold")]
    PointCount = 2,
    /// A point is not canonically encoded.
    #[error("a point is not canonically encoded")]
    Point = 3,
    /// A point is the identity.
    #[error("a point is the identity")]
    Identity = 4,
    /// The share is not a canonical scalar, or zero.
    #[error("the share is not canonically encoded")]
    Share = 5,
    /// x_i * G is not the value of the committed polynomial.
    #[error("the share does not lie on the committed polynomial")]
    Mismatch = 6,
    /// The sealed share does not open.
    #[error("the sealed share does not open")]
    Sealed = 7,
    /// The keeper set or threshold is not this chain's.
    #[error("the keeper set or threshold is not this chain's")]
    KeeperSet = 8,
    /// The grant id is not that of the key and nonce.
    #[error("the grant id does not belong to the key that signed")]
    GrantId = 9,
    /// The signature does not verify.
    #[error("the signature does not verify")]
    Signature = 10,
}

impl DealRefused {
    const ALL: [Self; 10] = [
        Self::Index,
        Self::PointCount,
        Self::Point,
        Self::Identity,
        Self::Share,
        Self::Mismatch,
        Self::Sealed,
        Self::KeeperSet,
        Self::GrantId,
        Self::Signature,
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

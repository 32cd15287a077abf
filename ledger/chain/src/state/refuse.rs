//! Why a transaction may not enter the chain.

/// Every reason, with the stable number that results and replies carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(u16)]
pub enum TxRefused {
    /// The octets are no transaction.
    #[error("not a transaction")]
    Malformed = 1,
    /// The signature does not verify under the key that must have made it.
    #[error("the signature does not verify")]
    Signature = 2,
    /// The proof of work is missing or too weak.
    #[error("the proof of work is too weak")]
    ProofOfWork = 3,
    /// Its last height is past.
    #[error("the transaction is no longer valid at this height")]
    TooLate = 4,
    /// The grant id is not that of the key and nonce.
    #[error("the grant id does not belong to the key that signed")]
    GrantId = 5,
    /// There is a grant with this id.
    #[error("this permission exists already")]
    GrantExists = 6,
    /// The grant names other keepers or another threshold than this chain has.
    #[error("the keeper set or threshold is not this chain's")]
    KeeperSet = 7,
    /// Fewer acks than the threshold, out of order, doubled, or not verifying.
    #[error("too few valid acknowledgements from keepers")]
    Acks = 8,
    /// End not after beginning, already past, or too far away.
    #[error("the permission's times are not possible")]
    Times = 9,
    /// A consent contract that is not known.
    #[error("the consent contract is not known")]
    Contract = 10,
    /// No grant with this id.
    #[error("no such permission")]
    UnknownGrant = 11,
    /// The grant has ended.
    #[error("the permission has ended")]
    Ended = 12,
    /// The grant has not begun.
    #[error("the permission has not begun")]
    NotBegun = 13,
    /// The revoker's key is neither the grant's nor under `revoker_root`.
    #[error("this key may not stop this permission")]
    Revoker = 14,
    /// The reader's key is not under `reader_pk_root`.
    #[error("this reader is not part of this permission")]
    Reader = 15,
    /// The reader's credential is suspended, withdrawn or past.
    #[error("the reader's credential is not in force")]
    Credential = 16,
    /// This receipt is recorded already.
    #[error("this receipt is recorded already")]
    Replayed = 17,
    /// Too many receipts of this grant in this epoch.
    #[error("too many openings of this permission for now")]
    TooMany = 18,
    /// No member with this index.
    #[error("no such member")]
    UnknownMember = 19,
    /// Erasure of a grant that has not ended.
    #[error("the permission has not ended")]
    NotEnded = 20,
    /// This keeper has confirmed erasure already.
    #[error("this keeper has confirmed erasure already")]
    AlreadyErased = 21,
    /// The nonce is not above the last one.
    #[error("the credential's nonce is not above the last")]
    Nonce = 22,
    /// The credential is another member's, or withdrawn for good.
    #[error("this credential cannot be changed by this member")]
    CredentialOwner = 23,
    /// There is an enrolment under this key, withdrawn or not.
    #[error("this gateway is enrolled already")]
    EnrolmentExists = 24,
    /// No enrolment under this key.
    #[error("no such enrolment")]
    UnknownEnrolment = 25,
    /// The enrolment was withdrawn before.
    #[error("the enrolment was withdrawn before")]
    EnrolmentWithdrawn = 26,
    /// The text is not a consent contract.
    #[error("this is not a consent contract")]
    ContractInvalid = 27,
    /// There is a contract with this hash.
    #[error("this consent contract is recorded already")]
    ContractExists = 28,
    /// The consent contract of the permission says no, or its evaluation failed.
    #[error("the consent contract does not permit this")]
    ContractDenies = 29,
    /// The circle's id is not that of the key and nonce.
    #[error("the circle's id does not belong to the key that signed")]
    CircleId = 30,
    /// There is a circle with this id.
    #[error("this circle exists already")]
    CircleExists = 31,
    /// A key is there twice, a limit is passed, or a power, policy or change is not possible in this circle.
    #[error("this circle or change is not possible")]
    CircleForm = 32,
    /// No circle with this id.
    #[error("no such circle")]
    UnknownCircle = 33,
    /// Something happened to the circle since this was signed.
    #[error("the circle has changed since this was signed")]
    CircleRevision = 34,
    /// The key is none of the circle's.
    #[error("this key is not of this circle")]
    CircleSigner = 35,
    /// The delegate's power has not begun, has lapsed, waits for its review, or ended with the handover.
    #[error("the delegate's power is not in force")]
    PowerNotInForce = 36,
    /// The kind of signer may not do this.
    #[error("this is not for this signer to do")]
    BeyondRole = 37,
    /// Another change of the circle waits.
    #[error("another change of the circle waits")]
    ChangeWaits = 38,
    /// No change, permission or power of this name waits for this.
    #[error("nothing waits for this")]
    NothingWaits = 39,
    /// This was said before, or enough have said it.
    #[error("this was said already")]
    AlreadySaid = 40,
    /// Nobody decides on what they asked for themselves or what concerns them.
    #[error("nobody decides on their own power")]
    Concerned = 41,
    /// The permission is longer, later or of other categories than the delegate may permit.
    #[error("the permission goes beyond the delegate's power")]
    BeyondPower = 42,
    /// A reader is not shown to be a clinician whom the delegate may permit.
    #[error("a reader is not one whom the delegate may permit")]
    Recipient = 43,
    /// A delegated permission waits for approvals or its veto window, was objected to, or waits to be confirmed.
    #[error("the delegate's permission does not hold now")]
    PermissionRests = 44,
    /// An emergency of this permission was announced before, and the announcement still serves.
    #[error("an emergency of this permission was announced before")]
    Announced = 45,
    /// The second person is the reader, or has no credential in force.
    #[error("the second person cannot vouch for this opening")]
    Second = 46,
    /// The block has no room for more questions to contracts; the next one may.
    #[error("too many contracts are asked in this block")]
    ContractsFull = 47,
    /// In an emergency, or where a second person signs, the clinician who answers for it is not named, has no credential in force,
    /// or is another than the one whom members attest as the reader; or one is named where neither is the case.
    #[error("no attested clinician answers for this opening")]
    Opener = 48,
    /// The announcement does not follow the newest one: another came between, or it was made before.
    #[error("the announcement does not follow the newest one")]
    Follows = 49,
    /// No announcement or emergency opening of this permission was recorded by this transaction.
    #[error("no such announcement or opening")]
    UnknownAct = 50,
    /// The key is neither the permission's own nor one that the person's word lets say something about it.
    #[error("this key may not say anything about this permission")]
    Reviewer = 51,
    /// The mandate is for another key.
    #[error("the mandate is not for this laptop's key")]
    Mandate = 52,
    /// A permission was given under this mandate before.
    #[error("a permission was given under this mandate before")]
    MandateUsed = 53,
    /// A permission to those on duty is not under its group's tag and contract.
    #[error("a permission to those on duty names another group or contract")]
    DutyForm = 54,
    /// The reader is not on duty for the group that the permission was given to.
    #[error("this reader is not on duty where the permission says")]
    OffDuty = 55,
}

impl TxRefused {
    const ALL: &[Self] = &[
        Self::Malformed,
        Self::Signature,
        Self::ProofOfWork,
        Self::TooLate,
        Self::GrantId,
        Self::GrantExists,
        Self::KeeperSet,
        Self::Acks,
        Self::Times,
        Self::Contract,
        Self::UnknownGrant,
        Self::Ended,
        Self::NotBegun,
        Self::Revoker,
        Self::Reader,
        Self::Credential,
        Self::Replayed,
        Self::TooMany,
        Self::UnknownMember,
        Self::NotEnded,
        Self::AlreadyErased,
        Self::Nonce,
        Self::CredentialOwner,
        Self::EnrolmentExists,
        Self::UnknownEnrolment,
        Self::EnrolmentWithdrawn,
        Self::ContractInvalid,
        Self::ContractExists,
        Self::ContractDenies,
        Self::CircleId,
        Self::CircleExists,
        Self::CircleForm,
        Self::UnknownCircle,
        Self::CircleRevision,
        Self::CircleSigner,
        Self::PowerNotInForce,
        Self::BeyondRole,
        Self::ChangeWaits,
        Self::NothingWaits,
        Self::AlreadySaid,
        Self::Concerned,
        Self::BeyondPower,
        Self::Recipient,
        Self::PermissionRests,
        Self::Announced,
        Self::Second,
        Self::ContractsFull,
        Self::Opener,
        Self::Follows,
        Self::UnknownAct,
        Self::Reviewer,
        Self::Mandate,
        Self::MandateUsed,
        Self::DutyForm,
        Self::OffDuty,
    ];

    /// Every reason.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied()
    }

    /// The stable number, from 1.
    pub fn code(self) -> u16 {
        self as u16
    }

    /// The reason with this number.
    pub fn from_code(code: u16) -> Option<Self> {
        Self::all().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_its_reason() {
        for code in 0..=60 {
            let expected = (1..=55).contains(&code).then_some(code);
            assert_eq!(TxRefused::from_code(code).map(TxRefused::code), expected);
        }
        assert!(TxRefused::all().map(TxRefused::code).eq(1..=55));
    }
}

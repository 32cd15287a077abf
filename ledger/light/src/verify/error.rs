//! Why a header is not trusted.

use tendermint_light_client_verifier::errors::VerificationErrorDetail as Detail;

/// What is wrong with a header, in the verifier's terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// The commit is for another header: some octet of the header was changed.
    #[error("the commit is for another header")]
    CommitMismatch,
    /// The validator set is not the one that the header, or the trusted header before it, names.
    #[error("the validator set is not the one named")]
    Validators,
    /// A signature in the commit does not verify.
    #[error("a signature in the commit does not verify")]
    Signature,
    /// Two thirds of the voting power did not sign.
    #[error("less than two thirds of the members signed")]
    TooFewSigners,
    /// The commit is empty, has a foreign or repeated signer, or has the wrong length.
    #[error("the commit is malformed")]
    Commit,
    /// The header names another chain.
    #[error("the header is of another chain")]
    Chain,
    /// Its time is not after the trusted header's, or its height is not above it.
    #[error("the header is not after the trusted one")]
    NotAfter,
    /// Its time or its height is not below those of the later header that vouches for it.
    #[error("the header is not before the trusted one")]
    NotBefore,
    /// Its time is ahead of the own clock.
    #[error("the header is from the future")]
    Future,
    /// A field has no meaning.
    #[error("the header is malformed")]
    Malformed,
}

/// Why verification of a target height stops.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The newest trusted header is older than the trusting period: a newer anchor is needed.
    #[error("the trusted header at height {height} is older than the trusting period")]
    AnchorExpired {
        /// Height of the trusted header.
        height: u64,
    },
    /// A block is not what its validators could have made.
    #[error("the block at height {height} is refused")]
    Refused {
        /// Height of the block.
        height: u64,
        /// What is wrong.
        #[source]
        fault: HeaderFault,
    },
    /// No chain of trusted thirds leads to the target.
    #[error("no trusted third of the members vouches for height {height}")]
    NotEnoughTrust {
        /// Height at which bisection ended.
        height: u64,
    },
    /// Bisection took more than [`super::MAX_STEPS`] headers.
    #[error("verification takes too many headers")]
    TooManySteps,
    /// A provided block is of another height than asked for.
    #[error("asked for height {asked}, was given {given}")]
    WrongHeight {
        /// What was needed.
        asked: u64,
        /// What came.
        given: u64,
    },
}

/// The verifier's verdict in our terms; `None` when the trusted header itself is too old.
pub(super) fn header_fault(detail: &Detail) -> Option<HeaderFault> {
    Some(match detail {
        Detail::NotWithinTrustPeriod(_) => return None,
        Detail::InvalidCommitValue(_) => HeaderFault::CommitMismatch,
        Detail::InvalidNextValidatorSet(_) | Detail::InvalidValidatorSet(_) => HeaderFault::Validators,
        Detail::InvalidSignature(_) | Detail::MissingSignature(_) => HeaderFault::Signature,
        Detail::InsufficientSignersOverlap(_) | Detail::NotEnoughTrust(_) => HeaderFault::TooFewSigners,
        Detail::DuplicateValidator(_)
        | Detail::NoSignatureForCommit(_)
        | Detail::MismatchPreCommitLength(_)
        | Detail::FaultySigner(_) => HeaderFault::Commit,
        Detail::ChainIdMismatch(_) => HeaderFault::Chain,
        Detail::NonMonotonicBftTime(_) | Detail::NonIncreasingHeight(_) => HeaderFault::NotAfter,
        Detail::HeaderFromTheFuture(_) => HeaderFault::Future,
        Detail::Tendermint(_) => HeaderFault::Malformed,
    })
}

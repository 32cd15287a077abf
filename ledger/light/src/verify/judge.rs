//! What the verifier says of one block, in our terms.

use salus_chain::block::{LightBlock, time};
use salus_chain::time::UnixMillis;
use tendermint::Time;
use tendermint_light_client_verifier::predicates::{ProdPredicates, VerificationPredicates};
use tendermint_light_client_verifier::types::UntrustedBlockState;
use tendermint_light_client_verifier::{ProdVerifier, Verdict, Verifier};

use super::error::{HeaderFault, VerifyError, header_fault};
use super::options;
use super::trusted::Trusted;

pub(super) enum Judgement {
    Trusted,
    TooFar,
}

/// A block against an earlier trusted state.
pub(super) fn later(
    block: &LightBlock,
    trusted: &Trusted,
    now: UnixMillis,
) -> Result<Judgement, VerifyError> {
    let now = moment(block, now)?;
    of_chain(block, trusted)?;
    let verifier = ProdVerifier::default();
    let verdict = verifier.verify_update_header(untrusted(block), trusted.as_state(), &options(), now);
    judgement(block, trusted, verdict)
}

/// A block that is older than what is trusted: more than a third of the members trusted now signed it, and two thirds of
/// its own. The members that are trusted now vouch for the past as they vouch for the future: whoever holds the keys of a
/// third of them can forge either.
///
/// # Errors
/// [`VerifyError`]; [`VerifyError::NotEnoughTrust`] when too many members were others then.
pub(crate) fn earlier(block: LightBlock, trusted: &Trusted, now: UnixMillis) -> Result<Trusted, VerifyError> {
    let now = moment(&block, now)?;
    of_chain(&block, trusted)?;
    let (state, height) = (trusted.as_state(), block.height());
    within_period(trusted.height(), state.header_time, now)?;
    if height >= trusted.height() || block.signed_header.header.time >= state.header_time {
        return Err(VerifyError::Refused { height, fault: HeaderFault::NotBefore });
    }
    let (verifier, untrusted) = (ProdVerifier::default(), untrusted(&block));
    let mut verdict = verifier.verify_validator_sets(&untrusted);
    if verdict == Verdict::Success {
        verdict = verifier.verify_commit_against_trusted(&untrusted, &state, &options());
    }
    match judgement(&block, trusted, verdict)? {
        Judgement::Trusted => Ok(Trusted::verified(block)),
        Judgement::TooFar => Err(VerifyError::NotEnoughTrust { height }),
    }
}

/// A block whose header hash a person vouches for, when nothing older is trusted any more: whole, signed by two thirds of
/// its own members, and not older than the trusting period itself.
///
/// # Errors
/// [`VerifyError`].
pub(crate) fn vouched_for(block: LightBlock, now: UnixMillis) -> Result<Trusted, VerifyError> {
    let now = moment(&block, now)?;
    let height = block.height();
    within_period(height, block.signed_header.header.time, now)?;
    let (verifier, untrusted) = (ProdVerifier::default(), untrusted(&block));
    let verdicts = [
        verifier.verify_validator_sets(&untrusted),
        verifier.check_header_is_from_past(&untrusted, &options(), now),
        verifier.verify_commit(&untrusted),
    ];
    for verdict in verdicts {
        let fault = match verdict {
            Verdict::Success => continue,
            Verdict::NotEnoughTrust(_) => Some(HeaderFault::TooFewSigners),
            Verdict::Invalid(detail) => header_fault(&detail),
        };
        return Err(match fault {
            Some(fault) => VerifyError::Refused { height, fault },
            None => VerifyError::AnchorExpired { height },
        });
    }
    Ok(Trusted::verified(block))
}

/// The own clock's time as headers hold it; a clock outside the years of a header is far behind.
fn moment(block: &LightBlock, now: UnixMillis) -> Result<Time, VerifyError> {
    time(now).map_err(|_| VerifyError::Refused { height: block.height(), fault: HeaderFault::Future })
}

/// The verifier looks at the trusting period first. That a block is of another chain is true in any year, and says more.
fn of_chain(block: &LightBlock, trusted: &Trusted) -> Result<(), VerifyError> {
    if block.signed_header.header.chain_id == *trusted.chain_id() {
        return Ok(());
    }
    Err(VerifyError::Refused { height: block.height(), fault: HeaderFault::Chain })
}

fn within_period(height: u64, of: Time, now: Time) -> Result<(), VerifyError> {
    let within = ProdPredicates.is_within_trust_period(of, options().trusting_period, now);
    within.map_err(|_| VerifyError::AnchorExpired { height })
}

fn untrusted(block: &LightBlock) -> UntrustedBlockState<'_> {
    UntrustedBlockState {
        signed_header: &block.signed_header,
        validators: &block.validators,
        next_validators: Some(&block.next_validators),
    }
}

fn judgement(block: &LightBlock, trusted: &Trusted, verdict: Verdict) -> Result<Judgement, VerifyError> {
    match verdict {
        Verdict::Success => Ok(Judgement::Trusted),
        Verdict::NotEnoughTrust(_) => Ok(Judgement::TooFar),
        Verdict::Invalid(detail) => Err(match header_fault(&detail) {
            Some(fault) => VerifyError::Refused { height: block.height(), fault },
            None => VerifyError::AnchorExpired { height: trusted.height() },
        }),
    }
}

//! The keeper's side of a release, after the rule said yes and the log has it.

use rand_core::CryptoRng;
use salus_chain::ids::{ChainId, Signature};
use salus_chain::sign::{Label, SigningKey};
use zeroize::Zeroizing;

use crate::envelope::{EnvelopeError, seal};
use crate::held::HeldShare;
use crate::message::{ReleaseReply, ReleaseRequest};
use crate::prf::evaluate;
use crate::release::{LoggedPermit, release_aad, release_info};

/// Why no reply could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// The permit is for another grant or request than given.
    #[error("the permit is for another request")]
    OtherRequest,
    /// The request's key is of small order.
    #[error(transparent)]
    Key(#[from] EnvelopeError),
}

/// Evaluates the permitted slots, with one proof, and seals the result to the request's key.
///
/// # Errors
/// [`AnswerError`].
pub fn release(
    chain: &ChainId,
    permit: LoggedPermit,
    held: &HeldShare,
    request: &ReleaseRequest,
    signing_key: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<ReleaseReply, AnswerError> {
    let entry = permit.entry();
    let same = entry.grant_id == held.grant_id
        && entry.access_tx_hash == request.access_tx_hash
        && entry.slots == request.slots.slots();
    if !same {
        return Err(AnswerError::OtherRequest);
    }
    let inputs: Vec<Vec<u8>> = entry.slots.iter().map(|slot| slot.input(chain, &held.grant_id)).collect();
    let evaluation = evaluate(held.share.scalar(), &inputs, rng);
    let mut text = Zeroizing::new(evaluation.points.concat());
    text.extend_from_slice(&evaluation.proof);
    let info = release_info(chain, &entry.access_tx_hash);
    let slots_hash = request.slots.slots_hash();
    let aad = release_aad(&held.grant_id, &held.keeper_set_id, held.keeper, entry.height, &slots_hash);
    let sealed = seal(&request.epk, &info, &aad, &text, rng)?;
    let mut reply =
        ReleaseReply { keeper: held.keeper, height: entry.height, sealed, signature: Signature([0; 64]) };
    reply.signature = signing_key.sign(Label::Release, chain, &reply.signed(&entry.access_tx_hash));
    Ok(reply)
}

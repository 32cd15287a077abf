//! The dealing on its way: sealed to one keeper, checked by it, acknowledged.

use rand_core::CryptoRng;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::{ChainId, GrantId, Hash32, KeeperSetId, KemPublicKey, Signature};
use salus_chain::sign::{Label, SigningKey};
use salus_chain::tx::{GrantAck, ack_body};

use super::{Commitments, DealRefused, Dealing, Share};
use crate::envelope::{KemSecretKey, seal};
use crate::held::HeldShare;
use crate::message::{DealContext, DealMessage};

/// HPKE info of a sealed share: "hg/v1/share" || chain_id || keeper_set_id.
pub fn share_info(chain: &ChainId, keepers: &KeeperSetId) -> Vec<u8> {
    [b"hg/v1/share".as_slice(), &chain.0, &keepers.0].concat()
}

/// HPKE aad of a sealed share: grant_id || u16 index || commit_hash.
pub fn share_aad(grant: &GrantId, index: u16, commit_hash: &Hash32) -> Vec<u8> {
    [grant.0.as_slice(), &index.to_be_bytes(), &commit_hash.0].concat()
}

/// The message that gives keeper `index` its share; `key` must be the one of the context's `patient_grant_pk`.
///
/// # Errors
/// [`DealRefused::Index`] for index 0, [`DealRefused::Sealed`] when the keeper's key is of small order.
pub fn seal_deal(
    chain: &ChainId,
    dealing: &Dealing,
    context: DealContext,
    index: u16,
    keeper_kem_pk: &KemPublicKey,
    key: &SigningKey,
    rng: &mut impl CryptoRng,
) -> Result<DealMessage, DealRefused> {
    let share = dealing.share(index)?;
    let commit_hash = dealing.commitments().hash(&context.grant_id, &context.keeper_set_id);
    let info = share_info(chain, &context.keeper_set_id);
    let aad = share_aad(&context.grant_id, index, &commit_hash);
    let sealed = seal(keeper_kem_pk, &info, &aad, share.to_bytes().as_slice(), rng)
        .map_err(|_| DealRefused::Sealed)?;
    let mut message = DealMessage {
        context,
        keeper: index,
        sealed_share: sealed,
        commitments: dealing.commitments().octets().to_vec(),
        signature: Signature([0; 64]),
    };
    message.signature = key.sign(Label::Deal, chain, &message.signed());
    Ok(message)
}

/// Checks a dealing to keeper `own_index` and gives what to store, durably, before the ack is sent.
///
/// # Errors
/// [`DealRefused`], one variant for each rule.
pub fn accept(
    ctx: &ChainContext,
    own_index: u16,
    kem_key: &KemSecretKey,
    signing_key: &SigningKey,
    message: &DealMessage,
) -> Result<(HeldShare, GrantAck), DealRefused> {
    let context = &message.context;
    if own_index == 0 || message.keeper != own_index {
        return Err(DealRefused::Index);
    }
    if context.keeper_set_id != ctx.keeper_set_id || context.threshold != ctx.threshold {
        return Err(DealRefused::KeeperSet);
    }
    if context.grant_id != GrantId::derive(&ctx.chain_id, &context.patient_grant_pk, &context.nonce) {
        return Err(DealRefused::GrantId);
    }
    context
        .patient_grant_pk
        .verify(Label::Deal, &ctx.chain_id, &message.signed(), &message.signature)
        .map_err(|_| DealRefused::Signature)?;
    let commitments = Commitments::parse(&message.commitments, context.threshold)?;
    let commit_hash = commitments.hash(&context.grant_id, &context.keeper_set_id);
    let info = share_info(&ctx.chain_id, &context.keeper_set_id);
    let aad = share_aad(&context.grant_id, own_index, &commit_hash);
    let opened = kem_key.open(&info, &aad, &message.sealed_share).map_err(|_| DealRefused::Sealed)?;
    let octets: &[u8; 32] = opened.as_slice().try_into().map_err(|_| DealRefused::Share)?;
    let share = Share::from_bytes(octets)?;
    commitments.verify_share(own_index, &share)?;
    let body = ack_body(&context.grant_id, &context.keeper_set_id, &commit_hash, own_index);
    let signature = signing_key.sign(Label::Ack, &ctx.chain_id, &body);
    let held = HeldShare {
        grant_id: context.grant_id,
        patient_grant_pk: context.patient_grant_pk,
        keeper_set_id: context.keeper_set_id,
        keeper: own_index,
        commit_hash,
        scope: context.scope,
        share,
    };
    Ok((held, GrantAck { keeper: own_index, signature }))
}

//! The previous block's commit: made from our certificate, checked in another's block.

use std::collections::BTreeMap;

use salus_chain::block::{self as format, VoteKind};
use salus_chain::ids::Signature;
use tendermint::block::{Commit, CommitSig};
use tendermint::{account, validator};

use super::{Executor, failed};
use crate::engine::{ApplicationError, Certificate, PublicKey};

/// A certificate in CometBFT's form.
///
/// # Errors
/// If a value does not fit.
pub(crate) fn tendermint_commit(
    certificate: &Certificate,
    validators: &validator::Set,
) -> Result<Commit, ApplicationError> {
    let id = certificate.id.tendermint().ok_or_else(|| failed("block id"))?;
    let signatures: BTreeMap<account::Id, Signature> = certificate
        .signatures
        .iter()
        .map(|(address, signature)| (account::Id::new(address.0), Signature(*signature)))
        .collect();
    let (height, round, time_ms) = (certificate.height, certificate.round, certificate.id.time_ms);
    format::commit(height, round, id, time_ms, validators, &signatures).map_err(failed)
}

impl Executor {
    /// The head's commit for the next block; `None` before the first block.
    pub(super) fn last_commit(&self) -> Result<Option<Commit>, ApplicationError> {
        let height = self.current().height;
        let Some(certificate) = self.store.certificate(height).map_err(failed)? else {
            return if height == 0 { Ok(None) } else { Err(failed("the head has no certificate")) };
        };
        tendermint_commit(&certificate, &self.validators(height)?).map(Some)
    }

    /// Whether more than two thirds of the head's validators signed the head in `commit`, and nobody something else.
    pub(super) fn last_commit_holds(&self, commit: Option<&Commit>) -> Result<bool, ApplicationError> {
        let height = self.current().height;
        let head = self.store.certificate(height).map_err(failed)?;
        let (commit, head) = match (commit, head) {
            (None, None) => return Ok(height == 0),
            (Some(commit), Some(head)) => (commit, head),
            _ => return Ok(false),
        };
        let validators = self.validators(height)?;
        let infos = validators.validators();
        let Ok(time) = format::time(head.id.time_ms) else { return Ok(false) };
        if commit.height.value() != height
            || Some(commit.block_id) != head.id.tendermint()
            || commit.signatures.len() != infos.len()
        {
            return Ok(false);
        }
        let round = commit.round.value();
        let id = Some(commit.block_id);
        let chain = &self.ctx.chain_id;
        let signed = format::vote_sign_bytes(VoteKind::Precommit, chain, height, round, id, head.id.time_ms);
        let Ok(signed) = signed else { return Ok(false) };
        let mut power = 0u64;
        for (info, signature) in infos.iter().zip(&commit.signatures) {
            match signature {
                CommitSig::BlockIdFlagAbsent => {}
                CommitSig::BlockIdFlagNil { .. } => return Ok(false),
                CommitSig::BlockIdFlagCommit { validator_address, timestamp, signature } => {
                    let holds = *validator_address == info.address
                        && *timestamp == time
                        && signature.as_ref().is_some_and(|s| verifies(info, &signed, s.as_bytes()));
                    if !holds {
                        return Ok(false);
                    }
                    power = power.saturating_add(info.power.value());
                }
            }
        }
        let total: u64 = infos.iter().map(|info| info.power.value()).sum();
        Ok(power.saturating_mul(3) > total.saturating_mul(2))
    }
}

fn verifies(info: &validator::Info, signed: &[u8], signature: &[u8]) -> bool {
    let key: Option<[u8; 32]> = info.pub_key.to_bytes().try_into().ok();
    let key = key.and_then(|octets| PublicKey::from_bytes(&octets).ok());
    let signature: Option<[u8; 64]> = signature.try_into().ok();
    key.zip(signature).is_some_and(|(key, signature)| key.verify(signed, &signature))
}

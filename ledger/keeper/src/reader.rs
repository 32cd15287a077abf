//! The reader's side of a release: open, verify against the commitments, name what is bad, combine.

use curve25519_dalek::RistrettoPoint;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::GrantId;
use salus_chain::sign::Label;

use crate::deal::Commitments;
use crate::envelope::KemSecretKey;
use crate::message::{ReleaseReply, ReleaseRequest};
use crate::prf::{CombineError, Evaluation, ProofRefused, SlotPrf, combine, verify};
use crate::release::{release_aad, release_info};

#[cfg(test)]
mod tests;

/// What is wrong with a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplyFault {
    /// It speaks for another keeper than the one that was asked, or for none.
    #[error("it is not from the keeper that was asked")]
    Keeper,
    /// It is for another height of the receipt.
    #[error("it is for another receipt")]
    Height,
    /// The signature does not verify.
    #[error("its signature does not verify")]
    Signature,
    /// It was not sealed for this request.
    #[error("it was not sealed for this request")]
    Sealed,
    /// Its values are not those of the keeper's share.
    #[error(transparent)]
    Proof(#[from] ProofRefused),
    /// The keeper answered already.
    #[error("this keeper answered already")]
    Twice,
}

/// A reply that is dropped, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("member {keeper} sent a bad reply: {fault}")]
pub struct BadReply {
    /// The keeper that was asked, from 1.
    pub keeper: u16,
    /// What is wrong.
    pub fault: ReplyFault,
}

/// Collects the replies to one request; the one-time key goes with it.
#[derive(Debug)]
pub struct Combiner<'a> {
    ctx: &'a ChainContext,
    grant: GrantId,
    commitments: &'a Commitments,
    request: &'a ReleaseRequest,
    height: u64,
    key: KemSecretKey,
    inputs: Vec<Vec<u8>>,
    values: Vec<(u16, Vec<RistrettoPoint>)>,
}

impl<'a> Combiner<'a> {
    /// For the replies to `request`, whose receipt is final at `height` and whose `epk` is the half of `key`.
    pub fn new(
        ctx: &'a ChainContext,
        grant: GrantId,
        commitments: &'a Commitments,
        request: &'a ReleaseRequest,
        height: u64,
        key: KemSecretKey,
    ) -> Self {
        let inputs = request.slots.slots().iter().map(|slot| slot.input(&ctx.chain_id, &grant)).collect();
        Self { ctx, grant, commitments, request, height, key, inputs, values: Vec::new() }
    }

    /// Takes a reply from keeper `asked`.
    ///
    /// # Errors
    /// [`BadReply`] names the keeper; the reply counts for nothing.
    pub fn add(&mut self, asked: u16, reply: &ReleaseReply) -> Result<(), BadReply> {
        let values = self.check(asked, reply).map_err(|fault| BadReply { keeper: asked, fault })?;
        self.values.push((asked, values));
        Ok(())
    }

    fn check(&self, asked: u16, reply: &ReleaseReply) -> Result<Vec<RistrettoPoint>, ReplyFault> {
        let keeper_pk = self.ctx.keeper_pk(asked).ok_or(ReplyFault::Keeper)?;
        if reply.keeper != asked {
            return Err(ReplyFault::Keeper);
        }
        if self.values.iter().any(|(keeper, _)| *keeper == asked) {
            return Err(ReplyFault::Twice);
        }
        if reply.height != self.height {
            return Err(ReplyFault::Height);
        }
        let (chain, access) = (&self.ctx.chain_id, &self.request.access_tx_hash);
        keeper_pk
            .verify(Label::Release, chain, &reply.signed(access), &reply.signature)
            .map_err(|_| ReplyFault::Signature)?;
        let slots_hash = self.request.slots.slots_hash();
        let aad = release_aad(&self.grant, &self.ctx.keeper_set_id, asked, self.height, &slots_hash);
        let text = self
            .key
            .open(&release_info(chain, access), &aad, &reply.sealed)
            .map_err(|_| ReplyFault::Sealed)?;
        let (points, proof) = text.split_last_chunk::<64>().ok_or(ProofRefused::Count)?;
        let (points, rest) = points.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(ProofRefused::Count.into());
        }
        let public = self.commitments.public_share(asked).map_err(|_| ReplyFault::Keeper)?;
        let evaluation = Evaluation { points: points.to_vec(), proof: *proof };
        Ok(verify(&public, &self.inputs, &evaluation)?)
    }

    /// How many replies count so far, and how many are needed.
    pub fn progress(&self) -> (usize, usize) {
        (self.values.len(), usize::from(self.commitments.threshold()))
    }

    /// One output for each slot of the request, in its order. Uses the key up.
    ///
    /// # Errors
    /// [`CombineError::TooFew`] before the threshold is reached.
    pub fn combine(self) -> Result<Vec<SlotPrf>, CombineError> {
        combine(self.commitments.threshold(), &self.inputs, &self.values)
    }
}

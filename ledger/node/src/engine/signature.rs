//! Ed25519 for the engine, over CometBFT's canonical bytes.
//!
//! A vote is signed exactly as CometBFT signs it, so that a certificate of ours is a commit that other people's light
//! clients accept. Verification is `verify_strict`.

use std::fmt;

use arc_malachitebft_core_types as core;
use arc_malachitebft_signing as signing;
use async_trait::async_trait;
use borsh::{BorshDeserialize, BorshSerialize};
use core::{SignedMessage, SignedProposal, SignedVote, ValidatorProof, VoteExtensionScope};
use salus_chain::ids::ChainId;
use signing::VerificationResult;

use super::context::SalusContext;
use super::guard::Guard;
use super::vote::{Proposal, Vote};

/// The signature scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ed25519;

/// Bytes that are no key or no signature.
#[derive(Debug, thiserror::Error)]
#[error("not an Ed25519 {0}")]
pub struct NotEd25519(&'static str);

/// A 64-byte signature, not yet verified.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub struct Signature(pub [u8; 64]);

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({}..)", hex::encode(&self.0[..4]))
    }
}

/// A member's consensus key, decompressed once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

impl PublicKey {
    /// Parses a key.
    ///
    /// # Errors
    /// If the bytes are not a point of the curve, or one of small order.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, NotEd25519> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| NotEd25519("key"))?;
        if key.is_weak() { Err(NotEd25519("key")) } else { Ok(Self(key)) }
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl core::SigningScheme for Ed25519 {
    type DecodingError = NotEd25519;
    type Signature = Signature;
    type PublicKey = PublicKey;
    type PrivateKey = ed25519_dalek::SigningKey;

    fn decode_signature(bytes: &[u8]) -> Result<Signature, NotEd25519> {
        bytes.try_into().map(Signature).map_err(|_| NotEd25519("signature"))
    }

    fn encode_signature(signature: &Signature) -> Vec<u8> {
        signature.0.to_vec()
    }

    fn decode_public_key(bytes: &[u8]) -> Result<PublicKey, NotEd25519> {
        PublicKey::from_bytes(bytes.try_into().map_err(|_| NotEd25519("key"))?)
    }

    fn encode_public_key(key: &PublicKey) -> Vec<u8> {
        key.0.to_bytes().to_vec()
    }
}

/// Verifies what other members signed; holds no key.
#[derive(Clone)]
pub(super) struct Verifier {
    /// The chain: part of every signed message.
    pub(super) chain: ChainId,
}

#[async_trait]
impl signing::Verifier<SalusContext> for Verifier {
    async fn verify_signed_vote(
        &self,
        vote: &Vote,
        signature: &Signature,
        key: &PublicKey,
    ) -> Result<VerificationResult, signing::Error> {
        Ok(match vote.sign_bytes(&self.chain) {
            Some(bytes) => VerificationResult::from_bool(key.verify(&bytes, &signature.0)),
            None => VerificationResult::Invalid,
        })
    }

    async fn verify_signed_proposal(
        &self,
        proposal: &Proposal,
        signature: &Signature,
        key: &PublicKey,
    ) -> Result<VerificationResult, signing::Error> {
        Ok(match proposal.sign_bytes(&self.chain) {
            Some(bytes) => VerificationResult::from_bool(key.verify(&bytes, &signature.0)),
            None => VerificationResult::Invalid,
        })
    }

    /// We have no vote extensions: the policy of every height refuses them before it comes to a signature.
    async fn verify_signed_vote_extension(
        &self,
        _scope: &VoteExtensionScope<SalusContext>,
        _extension: &(),
        _signature: &Signature,
        _key: &PublicKey,
    ) -> Result<VerificationResult, signing::Error> {
        Ok(VerificationResult::Invalid)
    }

    async fn verify_validator_proof(
        &self,
        proof: &ValidatorProof<SalusContext>,
    ) -> Result<VerificationResult, signing::Error> {
        Ok(match proof.decoded_public_key() {
            Ok(key) => VerificationResult::from_bool(key.verify(&proof.preimage(), &proof.signature.0)),
            Err(_) => VerificationResult::Invalid,
        })
    }
}

/// Signs what this member says, and never two different things at one step.
pub(super) struct Signer {
    /// The chain: part of every signed message.
    pub(super) chain: ChainId,
    /// The consensus key.
    pub(super) key: salus_chain::sign::SigningKey,
    /// What was signed last.
    pub(super) guard: Guard,
}

impl Signer {
    fn raw(&self, message: &[u8]) -> Signature {
        Signature(self.key.sign_octets(message).0)
    }

    /// Signs `message`, or abstains: a signature of zeros is dropped by every member, ourselves included.
    ///
    /// The engine cannot be told "do not vote". An error would halt it, and a value other than the one signed before
    /// the crash would be a double signature; an invalid signature is the vote that was never cast.
    fn guarded(
        &self,
        step: super::guard::Step,
        message: Option<Vec<u8>>,
    ) -> Result<Signature, signing::Error> {
        let Some(message) = message else { return Ok(Signature([0; 64])) };
        match self.guard.permit(step, &message).map_err(|e| signing::Error::from_source(Box::new(e)))? {
            true => Ok(self.raw(&message)),
            false => {
                tracing::warn!(
                    ?step,
                    "abstaining: something else was signed at this step before the restart"
                );
                Ok(Signature([0; 64]))
            }
        }
    }
}

#[async_trait]
impl signing::Signer<SalusContext> for Signer {
    async fn sign_vote(&self, vote: Vote) -> Result<SignedVote<SalusContext>, signing::Error> {
        let signature = self.guarded(vote.step(), vote.sign_bytes(&self.chain))?;
        Ok(SignedMessage::new(vote, signature))
    }

    async fn sign_proposal(
        &self,
        proposal: Proposal,
    ) -> Result<SignedProposal<SalusContext>, signing::Error> {
        let signature = self.guarded(proposal.step(), proposal.sign_bytes(&self.chain))?;
        Ok(SignedMessage::new(proposal, signature))
    }

    async fn sign_vote_extension(
        &self,
        _scope: VoteExtensionScope<SalusContext>,
        extension: (),
    ) -> Result<SignedMessage<SalusContext, ()>, signing::Error> {
        Ok(SignedMessage::new(extension, Signature([0; 64])))
    }

    async fn sign_validator_proof(
        &self,
        public_key: Vec<u8>,
        peer_id: Vec<u8>,
    ) -> Result<ValidatorProof<SalusContext>, signing::Error> {
        let signature = self.raw(&ValidatorProof::<SalusContext>::signing_bytes(&public_key, &peer_id));
        Ok(ValidatorProof::new(public_key, peer_id, signature))
    }
}

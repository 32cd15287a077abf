//! GrantTx: a permission and the acks that keepers hold its shares.

use super::pow::{Pow, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::genesis::MAX_MEMBERS;
use crate::ids::{ChainId, GrantId, Hash32, KeeperSetId, Nonce16, Signature, VerifyingKey, sha256};
use crate::sign::{Label, SigningKey};
use crate::time::UnixMillis;

/// What is permitted; kept in the state for as long as the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantTerms {
    /// Names the grant.
    pub grant_id: GrantId,
    /// The key that only this grant has; signs it and can revoke it.
    pub patient_grant_pk: VerifyingKey,
    /// Root over the readers' keys ([`crate::ids::ReaderKey::leaf`]).
    pub reader_pk_root: Hash32,
    /// The keepers that hold shares.
    pub keeper_set_id: KeeperSetId,
    /// Shares needed.
    pub threshold: u16,
    /// Commitment to the polynomial: SHA-256("hg/v1/commit" || grant_id || keeper_set_id || u16 t || A_0..).
    pub commit_hash: Hash32,
    /// [`capsule_hash`].
    pub capsule_hash: Hash32,
    /// First instant at which anything may be released.
    pub not_before_ms: UnixMillis,
    /// First instant at which nothing may be released any more.
    pub expires_ms: UnixMillis,
    /// Consent contract ([`crate::contract::contract_hash`]); zero is the plain permission.
    pub contract_hash: Hash32,
    /// Root over keys that may revoke besides the grant's own ([`VerifyingKey::revoker_leaf`]); zero for none.
    pub revoker_root: Hash32,
}

/// One keeper's acknowledgement: a signature under [`Label::Ack`] over [`ack_body`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantAck {
    /// The keeper, from 1.
    pub keeper: u16,
    /// Its signature.
    pub signature: Signature,
}

/// What the patient signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantBody {
    /// What is permitted.
    pub terms: GrantTerms,
    /// Opens `grant_id`, so that nobody can take a grant's id or its acks for a key of their own.
    pub nonce: Nonce16,
    /// Last height at which the transaction may enter the chain.
    pub valid_until_height: u64,
    /// At least `threshold` acks, by increasing keeper.
    pub acks: Vec<GrantAck>,
}

/// A signed permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantTx {
    /// What is signed.
    pub body: GrantBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `patient_grant_pk`, under [`Label::Grant`], over body || pow.
    pub signature: Signature,
}

/// grant_id || keeper_set_id || commit_hash || u16 keeper.
pub fn ack_body(grant: &GrantId, keepers: &KeeperSetId, commit_hash: &Hash32, keeper: u16) -> Vec<u8> {
    [grant.0.as_slice(), &keepers.0, &commit_hash.0, &keeper.to_be_bytes()].concat()
}

/// SHA-256("hg/v1/capsule-hash" || salt || capsule).
pub fn capsule_hash(salt: &[u8; 32], capsule: &[u8]) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/capsule-hash", salt, capsule]))
}

impl GrantTerms {
    pub(crate) fn write(&self, out: &mut Writer) {
        out.fixed(self.grant_id);
        out.fixed(self.patient_grant_pk);
        out.fixed(self.reader_pk_root);
        out.fixed(self.keeper_set_id);
        out.u16(self.threshold);
        out.fixed(self.commit_hash);
        out.fixed(self.capsule_hash);
        out.instant(self.not_before_ms);
        out.instant(self.expires_ms);
        out.fixed(self.contract_hash);
        out.fixed(self.revoker_root);
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant_id: input.grant_id()?,
            patient_grant_pk: input.verifying_key()?,
            reader_pk_root: input.hash()?,
            keeper_set_id: input.keeper_set_id()?,
            threshold: input.u16()?,
            commit_hash: input.hash()?,
            capsule_hash: input.hash()?,
            not_before_ms: input.instant()?,
            expires_ms: input.instant()?,
            contract_hash: input.hash()?,
            revoker_root: input.hash()?,
        })
    }
}

impl GrantBody {
    /// Solves the proof of work and signs; `key` must be the one of `patient_grant_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> GrantTx {
        let pow = solve(chain, &self.octets(), pow_bits);
        let mut tx = GrantTx { body: self, pow, signature: Signature([0; 64]) };
        tx.signature = key.sign(Label::Grant, chain, &tx.signed());
        tx
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.write(&mut out);
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.terms.write(out);
        out.fixed(self.nonce);
        out.u64(self.valid_until_height);
        out.list(&self.acks, |out, ack| {
            out.u16(ack.keeper);
            out.fixed(ack.signature);
        });
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            terms: GrantTerms::read(input)?,
            nonce: input.nonce16()?,
            valid_until_height: input.u64()?,
            acks: input.list(MAX_MEMBERS, |input| {
                Ok(GrantAck { keeper: input.u16()?, signature: input.signature()? })
            })?,
        })
    }
}

impl GrantTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        self.body.write(&mut out);
        out.u64(self.pow.0);
        out.finish()
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: GrantBody::read(input)?, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}

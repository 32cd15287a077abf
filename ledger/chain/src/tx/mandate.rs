//! MandatedGrantTx and MandatedRevokeTx: another laptop of the same person gives a permission, or stops one.
//!
//! ```text
//! mandate        = mandate_pk 32 || salt 32
//! commitment     = SHA-256(label || chain_id || salt || key of the laptop 32), recorded by an EnrolTx under mandate_pk; its label is
//!                  "hg/v1/mandate-give", "hg/v1/mandate-stop" or "hg/v1/mandate-object"
//! mandated grant = grant body || mandate || pow u64 || signature 64 by patient_grant_pk
//! mandated stop  = grant_id 32 || mandate || laptop's key 32 || path || pow u64 || signature 64 by the laptop's key
//! path           = index u32 || size u32 || siblings (u16 count, 32 each): mandate_pk under the permission's `revoker_root`
//! ```
//!
//! A mandate is one act's worth of power: the laptop with the identity key draws a key that nothing else has, enrols with it
//! a salted commitment to one key of the other laptop, and tells that laptop which and with what salt. Nothing on the chain
//! leads from one mandate to another, to a person or to a laptop, nor says what it is for before it is used; it serves that and
//! nothing else. It is taken back as any enrolment is, by a WithdrawTx under `mandate_pk`: from that block on the members refuse
//! whatever the laptop signs with the key.

use super::beside::beside;
use super::grant::GrantBody;
use super::paid::Paid;
use super::pow::{Pow, paid, solve};
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, Hash32, Signature, VerifyingKey, sha256};
use crate::merkle::MerklePath;
use crate::sign::{Label, SigningKey};

/// What a mandate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MandateFor {
    /// To give one permission.
    Giving,
    /// To stop one.
    Stopping,
    /// To object to changes of a circle.
    Objecting,
}

impl MandateFor {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Giving, Self::Stopping, Self::Objecting];

    const fn label(self) -> &'static [u8] {
        match self {
            Self::Giving => b"hg/v1/mandate-give",
            Self::Stopping => b"hg/v1/mandate-stop",
            Self::Objecting => b"hg/v1/mandate-object",
        }
    }
}

/// SHA-256(label of what it is for || chain_id || salt || key of the laptop).
pub fn mandate_commitment(what: MandateFor, chain: &ChainId, salt: &[u8; 32], hand: &VerifyingKey) -> Hash32 {
    Hash32(sha256(&[what.label(), &chain.0, salt, &hand.0]))
}

/// Which mandate, and what opens its commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mandate {
    /// The key under which it is enrolled; the laptop with the identity key has it, and nobody else.
    pub mandate_pk: VerifyingKey,
    /// Opens the commitment.
    pub salt: [u8; 32],
}

impl Mandate {
    /// Octets in a transaction.
    pub const LEN: usize = 64;

    /// Writes both.
    pub fn write(&self, out: &mut Writer) {
        out.fixed(self.mandate_pk);
        out.fixed(self.salt);
    }

    /// Reads both.
    ///
    /// # Errors
    /// When the octets end before.
    pub fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { mandate_pk: input.verifying_key()?, salt: input.array()? })
    }
}

/// A permission that another laptop of the person gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandatedGrantBody {
    /// The permission, as in a plain one; its own key is the laptop's key of the mandate.
    pub grant: GrantBody,
    /// What lets the laptop give it.
    pub mandate: Mandate,
}

/// It, signed.
pub type MandatedGrantTx = Paid<MandatedGrantBody>;

/// A stop by another laptop than the one that gave the permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandatedRevokeBody {
    /// The permission to stop.
    pub grant_id: GrantId,
    /// What lets the laptop stop it.
    pub mandate: Mandate,
    /// The laptop's key of that mandate.
    pub hand_pk: VerifyingKey,
    /// Place of `mandate_pk` under the permission's `revoker_root`.
    pub path: MerklePath,
}

/// It, signed. It has no last height, as any stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandatedRevokeTx {
    /// What is signed.
    pub body: MandatedRevokeBody,
    /// Proof of work over the body.
    pub pow: Pow,
    /// By `hand_pk`, under [`Label::MandatedRevoke`], over body || pow.
    pub signature: Signature,
}

beside!(MandatedGrantBody, MandatedGrant, mandate: Mandate::write, Mandate::read);

impl MandatedRevokeBody {
    /// Solves the proof of work and signs; `key` must be the one of `hand_pk`.
    pub fn sign(self, chain: &ChainId, pow_bits: u8, key: &SigningKey) -> MandatedRevokeTx {
        let octets = self.octets();
        let pow = solve(chain, &octets, pow_bits);
        let signature = key.sign(Label::MandatedRevoke, chain, &paid(&octets, pow));
        MandatedRevokeTx { body: self, pow, signature }
    }

    /// What the proof of work is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        self.mandate.write(&mut out);
        out.fixed(self.hand_pk);
        self.path.write(&mut out);
        out.finish()
    }
}

impl MandatedRevokeTx {
    /// What the signature is over.
    pub fn signed(&self) -> Vec<u8> {
        paid(&self.body.octets(), self.pow)
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.signed());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = MandatedRevokeBody {
            grant_id: input.grant_id()?,
            mandate: Mandate::read(input)?,
            hand_pk: input.verifying_key()?,
            path: MerklePath::read(input)?,
        };
        Ok(Self { body, pow: Pow(input.u64()?), signature: input.signature()? })
    }
}

//! The request for slots and the sealed answer.

use salus_chain::codec::{CodecError, Reader, Writer};
use salus_chain::ids::{Hash32, KemPublicKey, Signature, TxHash, sha256};

use crate::Slot;
use crate::envelope::{Envelope, TAG_LEN};
use crate::release::{MAX_SLOTS, Refusal};

/// The slots asked for and the salt that hides them on the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRequest {
    slots: Vec<Slot>,
    salt: [u8; 32],
}

impl SlotRequest {
    /// A request for `slots`, sorted, each once; the salt must be random.
    ///
    /// # Errors
    /// [`Refusal::SlotCount`] for none or more than [`MAX_SLOTS`].
    pub fn new(mut slots: Vec<Slot>, salt: [u8; 32]) -> Result<Self, Refusal> {
        slots.sort_unstable();
        slots.dedup();
        if slots.is_empty() || slots.len() > MAX_SLOTS {
            return Err(Refusal::SlotCount);
        }
        Ok(Self { slots, salt })
    }

    /// The slots, strictly increasing.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// What AccessTx carries: SHA-256("hg/v1/request" || salt || slots).
    pub fn hash(&self) -> Hash32 {
        Hash32(sha256(&[b"hg/v1/request", &self.salt, &self.slot_octets()]))
    }

    /// SHA-256(slots): what a release's aad carries.
    pub fn slots_hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.slot_octets()]))
    }

    fn slot_octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.list(&self.slots, |out, slot| slot.write(out));
        out.finish()
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.slot_octets());
        out.fixed(self.salt);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let slots = input.list(MAX_SLOTS, Slot::read)?;
        if slots.is_empty() || !slots.is_sorted_by(|left, right| left < right) {
            return Err(CodecError::Value("slots"));
        }
        Ok(Self { slots, salt: input.array()? })
    }
}

/// A request to one keeper; the same octets go to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRequest {
    /// The final receipt.
    pub access_tx_hash: TxHash,
    /// Preimage of its request hash.
    pub slots: SlotRequest,
    /// Preimage of its key hash: what to seal the answer to.
    pub epk: KemPublicKey,
}

impl ReleaseRequest {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.access_tx_hash);
        self.slots.write(out);
        out.fixed(self.epk);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            access_tx_hash: input.tx_hash()?,
            slots: SlotRequest::read(input)?,
            epk: input.kem_public_key()?,
        })
    }
}

/// A keeper's answer: HPKE of Y.. || proof64, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseReply {
    /// The keeper, from 1.
    pub keeper: u16,
    /// Height of the receipt.
    pub height: u64,
    /// Sealed to the request's key.
    pub sealed: Envelope,
    /// By the keeper under `Label::Release` over access_tx_hash || everything before.
    pub signature: Signature,
}

impl ReleaseReply {
    /// What the signature is over.
    pub fn signed(&self, access: &TxHash) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(access);
        self.fields(&mut out);
        out.finish()
    }

    fn fields(&self, out: &mut Writer) {
        out.u16(self.keeper);
        out.u64(self.height);
        self.sealed.write(out);
    }

    pub(super) fn write(&self, out: &mut Writer) {
        self.fields(out);
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            keeper: input.u16()?,
            height: input.u64()?,
            sealed: Envelope::read(input, 32 * MAX_SLOTS + 64 + TAG_LEN)?,
            signature: input.signature()?,
        })
    }
}

//! AccessTx: the receipt that must be final before any keeper releases anything.

use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, Hash32, KemPublicKey, ReaderKey, Signature, sha256};
use crate::merkle::MerklePath;
use crate::sign::{Label, SigningKey};

/// What the reader signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessBody {
    /// The permission that is used.
    pub grant_id: GrantId,
    /// Who uses it.
    pub reader_pk: ReaderKey,
    /// Place of `reader_pk` under `reader_pk_root`.
    pub path: MerklePath,
    /// Hash of the salted request; the slots asked for stay off the chain.
    pub request_hash: Hash32,
    /// [`epk_hash`] of the key that releases are sealed to, used once.
    pub epk_hash: Hash32,
}

/// A signed receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessTx {
    /// What is signed.
    pub body: AccessBody,
    /// By the signing half of `reader_pk`, under [`Label::Access`], over the body.
    pub signature: Signature,
}

/// SHA-256("hg/v1/epk" || epk).
pub fn epk_hash(epk: &KemPublicKey) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/epk", &epk.0]))
}

impl AccessBody {
    /// Signs; `key` must be the one of the signing half of `reader_pk`.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> AccessTx {
        let signature = key.sign(Label::Access, chain, &self.octets());
        AccessTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        out.fixed(self.reader_pk);
        self.path.write(&mut out);
        out.fixed(self.request_hash);
        out.fixed(self.epk_hash);
        out.finish()
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant_id: input.grant_id()?,
            reader_pk: input.reader_key()?,
            path: MerklePath::read(input)?,
            request_hash: input.hash()?,
            epk_hash: input.hash()?,
        })
    }
}

impl AccessTx {
    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: AccessBody::read(input)?, signature: input.signature()? })
    }
}

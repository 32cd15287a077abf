//! The notice of an emergency before an opening.

use super::MAX_REASON;
use crate::codec::{CodecError, Reader, Writer};
use crate::ids::{ChainId, GrantId, ReaderKey, Signature};
use crate::merkle::MerklePath;
use crate::sign::{BadSignature, Label, SigningKey};
use crate::tx::Announcer;

/// What a reader announces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnounceBody {
    /// The permission that is going to be used.
    pub grant_id: GrantId,
    /// Who.
    pub reader_pk: ReaderKey,
    /// Place of `reader_pk` under `reader_pk_root`.
    pub path: MerklePath,
    /// Why: from 1 to [`MAX_REASON`].
    pub reason: u8,
    /// The clinician who announces it; without one the chain does not record it.
    pub by: Option<Announcer>,
}

/// A signed announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnounceTx {
    /// What is signed.
    pub body: AnnounceBody,
    /// By the signing half of `reader_pk`, under [`Label::Announce`], over the body.
    pub signature: Signature,
}

impl AnnounceBody {
    /// Signs; `key` must be the one of the signing half of `reader_pk`.
    pub fn sign(self, chain: &ChainId, key: &SigningKey) -> AnnounceTx {
        let signature = key.sign(Label::Announce, chain, &self.octets());
        AnnounceTx { body: self, signature }
    }

    /// What the signature is over.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.fixed(self.grant_id);
        out.fixed(self.reader_pk);
        self.path.write(&mut out);
        out.u8(self.reason);
        if let Some(by) = &self.by {
            by.write(&mut out);
        }
        out.finish()
    }

    /// Checks the announcing clinician's signature; holds when there is none.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn announcer_signed(&self, chain: &ChainId) -> Result<(), BadSignature> {
        self.by.map_or(Ok(()), |by| by.verify(&self.grant_id, &self.reader_pk, self.reason, chain))
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self {
            grant_id: input.grant_id()?,
            reader_pk: input.reader_key()?,
            path: MerklePath::read(input)?,
            reason: match input.u8()? {
                reason @ 1..=MAX_REASON => reason,
                _ => return Err(CodecError::Value("reason")),
            },
            by: None,
        })
    }
}

impl AnnounceTx {
    pub(in super::super) fn write(&self, out: &mut Writer) {
        out.fixed(self.body.octets());
        out.fixed(self.signature);
    }

    /// The form that names nobody.
    pub(in super::super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        Ok(Self { body: AnnounceBody::read(input)?, signature: input.signature()? })
    }

    /// The form that names the clinician who announces.
    pub(in super::super) fn read_named(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let body = AnnounceBody::read(input)?;
        let body = AnnounceBody { by: Some(Announcer::read(input)?), ..body };
        Ok(Self { body, signature: input.signature()? })
    }
}

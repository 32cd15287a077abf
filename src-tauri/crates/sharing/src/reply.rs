//! A clinician's signed notes back to a patient, about one permission.
//!
//! ```text
//! address = 01 || 7A || grant_id 32 || inbox 64 || signature 64 by the permission's own key, under "reply-address"
//! reply   = 01 || 7B || grant_id 32 || number u32 || takes back u32 || written i64 || lp(text)
//!         || signature 64 by the clinician's attested key, under "reply"
//!
//! patient    after GrantTx is final: address --letter--> the reader key of the invitation
//! clinician  reply --letter--> the inbox of the address
//! ```
//!
//! Both go by [`letter`](crate::circle::letter): sealed to one key, in the depots, with nothing on the chain. The inbox is one of
//! its own for each permission, so that two permissions of one patient cannot be told to be of one; only who can open the
//! invitation's letters learns it. Numbers begin at 1; the first that says something under a number counts, so that a letter that is
//! sent again says it once. Taking back is a note of its own, which names the earlier one: nothing that was sent goes away.
//!
//! A permission that a helper gave has the helper's key: its address is the helper's, and the person of the circle says one of their own
//! ([`person`]). A note goes to both.
//!
//! Guarantees: an address counts when the key that signed the proven permission signed it; a note counts when the attested key of
//! the clinician whom the permission is for signed it, for this permission; the text is plain and bounded, and hides nothing.
//!
//! Non-guarantees: the time in a note is the clinician's word; whether the attestation is in force only the chain says; whoever
//! holds the reader key of the invitation learns the address.

pub mod person;

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_chain::state::GrantRecord;
use salus_wire::UnixMillis;
use salus_wire::view::{MAX_REPLY, MOST_REPLIES, check_reply};

use crate::signed::unsigned;

const ADDRESS: u8 = 0x7A;
const REPLY: u8 = 0x7B;

/// Why a note does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// The octets, the number or the text are outside their limits.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// It is about another permission.
    #[error("it is about another permission")]
    OtherPermission,
    /// The clinician did not sign it.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

/// Where a patient can be written to about a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The permission.
    pub grant: GrantId,
    /// The inbox.
    pub inbox: ReaderKey,
    signature: Signature,
}

/// What a clinician writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// About which permission.
    pub grant: GrantId,
    /// From 1 to [`MOST_REPLIES`].
    pub number: u32,
    /// The number of the earlier one that it takes back; `None` for one that takes back nothing.
    pub takes_back: Option<u32>,
    /// When, by the clinician's own clock.
    pub written: UnixMillis,
    /// As [`check_reply`] allows.
    pub text: String,
    signature: Signature,
}

impl Address {
    /// Signs one with the permission's own key.
    #[must_use]
    pub fn sign(grant: GrantId, inbox: ReaderKey, chain: &ChainId, key: &SigningKey) -> Self {
        let mut address = Self { grant, inbox, signature: Signature([0; 64]) };
        address.signature = key.sign(Label::ReplyAddress, chain, &unsigned(&address));
        address
    }

    /// Whether it is of this proven permission, by whoever gave it.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, record: &GrantRecord) -> bool {
        let by = record.terms.patient_grant_pk;
        record.terms.grant_id == self.grant
            && by.verify(Label::ReplyAddress, chain, &unsigned(self), &self.signature).is_ok()
    }
}

impl Reply {
    /// Signs one with the clinician's attested key.
    ///
    /// # Errors
    /// [`CodecError::Value`] names what is outside its limits.
    pub fn sign(
        grant: GrantId,
        number: u32,
        takes_back: Option<u32>,
        written: UnixMillis,
        text: &str,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Result<Self, CodecError> {
        let (text, signature) = (text.to_owned(), Signature([0; 64]));
        let mut reply = Self { grant, number, takes_back, written, text, signature };
        reply.check()?;
        reply.signature = key.sign(Label::Reply, chain, &unsigned(&reply));
        Ok(reply)
    }

    /// Reads one that is about this permission and that this clinician signed.
    ///
    /// # Errors
    /// [`ReplyError`].
    pub fn read_for(
        said: &[u8],
        grant: &GrantId,
        clinician: &VerifyingKey,
        chain: &ChainId,
    ) -> Result<Self, ReplyError> {
        let reply = Self::decode(said)?;
        if reply.grant != *grant {
            return Err(ReplyError::OtherPermission);
        }
        clinician.verify(Label::Reply, chain, &unsigned(&reply), &reply.signature)?;
        Ok(reply)
    }

    fn check(&self) -> Result<(), CodecError> {
        if !(1..=MOST_REPLIES).contains(&self.number) {
            return Err(CodecError::Value("number"));
        }
        if self.takes_back.is_some_and(|earlier| earlier == 0 || earlier >= self.number) {
            return Err(CodecError::Value("takes_back"));
        }
        check_reply(&self.text).map_err(CodecError::Value)
    }
}

impl Record for Address {
    const MAX: usize = 2 + 32 + 64 + 64;

    fn kind(&self) -> u8 {
        ADDRESS
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.inbox);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            ADDRESS => Ok(Self {
                grant: input.grant_id()?,
                inbox: input.reader_key()?,
                signature: input.signature()?,
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for Reply {
    // A character takes at most four octets in UTF-8.
    const MAX: usize = 2 + 32 + 4 + 4 + 8 + 4 + 4 * MAX_REPLY + 64;

    fn kind(&self) -> u8 {
        REPLY
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.u32(self.number);
        out.u32(self.takes_back.unwrap_or(0));
        out.instant(self.written);
        out.lp(&self.text);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != REPLY {
            return Err(CodecError::Kind(kind));
        }
        let grant = input.grant_id()?;
        let number = input.u32()?;
        let takes_back = Some(input.u32()?).filter(|earlier| *earlier != 0);
        let written = input.instant()?;
        let text = input.text(4 * MAX_REPLY)?;
        let reply = Self { grant, number, takes_back, written, text, signature: input.signature()? };
        reply.check()?;
        Ok(reply)
    }
}

#[cfg(test)]
mod tests;

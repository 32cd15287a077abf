//! What the asking clinician keeps until the answer comes: the slots and the salts that the question's hashes are of.
//!
//! ```text
//! asking  = 01 || 72 || grant_id 32 || older u32 || count u16 || request each
//! request = salt 32 || count u16 || level u8, start u32 each
//! ```

use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, GrantId, Hash32, VerifyingKey};
use salus_chain::tx::Second;
use salus_keeper::Slot;
use salus_keeper::message::SlotRequest;
use salus_keeper::release::MAX_SLOTS;
use salus_wire::UnixMillis;

use super::{Answer, Question, SecondError};
use crate::invitation::Code;
use crate::network::Network;
use crate::open::{MAX_REQUESTS, OpenError, Shared, batches, standing};
use crate::reader::ReaderSecret;

const KIND: u8 = 0x72;

/// One opening that was asked for. It says what is opened: seal it at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    grant: GrantId,
    older: u32,
    requests: Vec<([u8; 32], Vec<Slot>)>,
}

/// An opening to which a second clinician agreed.
#[derive(Debug, Clone)]
pub struct Agreed {
    older: u32,
    requests: Vec<(SlotRequest, Second)>,
}

/// Fixes the next opening and makes the question about it. `code` is the asker's own, of the reader key that the permission is
/// for. Nothing is recorded.
///
/// # Errors
/// [`OpenError`], also when the contract demands what a second clinician does not change.
pub async fn ask<N: Network>(
    network: &N,
    shared: &Shared,
    code: Code,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
) -> Result<(Asking, Question), OpenError> {
    let at = standing(network, shared, now, true).await?.at;
    let (batches, older) = batches(shared, at)?;
    let mut requests = Vec::with_capacity(batches.len());
    for slots in batches {
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        requests.push((salt, slots));
    }
    let asking = Asking { grant: shared.grant(), older: u32::try_from(older).unwrap_or(u32::MAX), requests };
    let hashes =
        asking.requests().map_err(|_| OpenError::NothingYet)?.iter().map(SlotRequest::hash).collect();
    let question = Question { code, grant: shared.grant(), hashes };
    Ok((asking, question))
}

impl Asking {
    fn requests(&self) -> Result<Vec<SlotRequest>, SecondError> {
        let one = |(salt, slots): &([u8; 32], Vec<Slot>)| {
            SlotRequest::new(slots.clone(), *salt).map_err(|_| SecondError::OtherQuestion)
        };
        self.requests.iter().map(one).collect()
    }

    /// Takes the answer; `own` is the asker's attested key.
    ///
    /// # Errors
    /// [`SecondError`]: it is to another question, its signature does not verify, or it is the asker's own.
    pub fn agree(
        &self,
        answer: &Answer,
        reader: &ReaderSecret,
        own: &VerifyingKey,
        chain: &ChainId,
    ) -> Result<Agreed, SecondError> {
        if answer.grant != self.grant {
            return Err(SecondError::OtherQuestion);
        }
        let public = reader.public();
        if answer.pk == *own || answer.pk == public.signing() {
            return Err(SecondError::Yourself);
        }
        let requests = self.requests()?;
        let hashes: Vec<Hash32> = requests.iter().map(SlotRequest::hash).collect();
        let words = answer.words(public, own, &hashes, chain)?;
        Ok(Agreed { older: self.older, requests: requests.into_iter().zip(words).collect() })
    }
}

impl Agreed {
    pub(crate) fn requests(&self) -> Vec<(SlotRequest, Second)> {
        self.requests.clone()
    }

    /// Slots of older data that this opening leaves for a later one.
    pub(crate) fn older(&self) -> usize {
        usize::try_from(self.older).unwrap_or(usize::MAX)
    }
}

impl Record for Asking {
    const MAX: usize = 2 + 32 + 4 + 2 + MAX_REQUESTS * (32 + 2 + MAX_SLOTS * 5);

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.u32(self.older);
        out.list(&self.requests, |out, (salt, slots)| {
            out.fixed(salt);
            out.list(slots, |out, slot| {
                out.u8(slot.level());
                out.u32(slot.start());
            });
        });
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (grant, older) = (input.grant_id()?, input.u32()?);
        let requests = input.list(MAX_REQUESTS, |input| {
            let salt = input.array()?;
            let slots = input.list(MAX_SLOTS, |input| {
                let level = input.u8()?;
                Slot::new(level, input.u32()?).map_err(|_| CodecError::Value("slot"))
            })?;
            Ok((salt, slots))
        })?;
        Ok(Self { grant, older, requests })
    }
}

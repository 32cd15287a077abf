//! Where the person of a circle can be written to about a permission that one of their helpers gave: such a permission names the
//! helper's key, and the circle that it was recorded under names the person's.
//!
//! ```text
//! address = 01 || 7D || grant_id 32 || circle_id 32 || number i64 || inbox 64
//!         || signature 64 by the person's key of the circle, under "reply-address"
//!
//! person     a helper's notice, proven -> notice::reader: the key that it was given to -> address --letter--> that key
//! clinician  grant_id -> circle_id -> the person's key, each proven -> address counts -> the note goes there too
//! ```
//!
//! Nothing of it is on the chain but what was there already. Of several the one with the highest number counts, the person's clock
//! when it was said: after a new key, or in a record that was restored, it is said anew.
//!
//! Guarantees: an address counts when the key that the proven circle names as the person's now signed it, and a helper gave that
//! permission under that circle. No helper can have the person's notes sent elsewhere.
//!
//! Non-guarantees: whose record it is nobody attests, as everywhere in families.

use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, GrantId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_light::{LightError, Proven};
use salus_wire::UnixMillis;

use crate::network::Network;
use crate::signed::{Signed, signed};

const KIND: u8 = 0x7D;

/// Where the person can be written to about a helper's permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonAddress {
    /// The permission.
    pub grant: GrantId,
    /// The circle under which it was given.
    pub circle: CircleId,
    /// When it was said, by the person's own clock: the highest counts.
    pub number: UnixMillis,
    /// The inbox.
    pub inbox: ReaderKey,
    signature: Signature,
}

impl PersonAddress {
    /// Signs one with the person's key of the circle.
    #[must_use]
    pub fn sign(
        grant: GrantId,
        circle: CircleId,
        number: UnixMillis,
        inbox: ReaderKey,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        Self { grant, circle, number, inbox, signature: Signature([0; 64]) }.signed(chain, key)
    }
}

/// The person's key that said it, when it counts now; `None` when it does not.
///
/// # Errors
/// [`LightError`].
pub async fn said_by<N: Network>(
    network: &N,
    address: &PersonAddress,
) -> Result<Option<VerifyingKey>, LightError> {
    let Some(given) = network.delegated(&address.grant).await?.value else { return Ok(None) };
    if given.circle_id != address.circle {
        return Ok(None);
    }
    let Proven { value, head } = network.circle(&given.circle_id).await?;
    let person = value.map(|circle| circle.at(head.time_ms).patient_pk);
    let chain = network.genesis().chain_id();
    Ok(person.filter(|person| address.signed_by(person, &chain).is_ok()))
}

/// Whether whoever gave a permission may be written to about it: the person themselves, or a helper who still sits in the circle.
///
/// # Errors
/// [`LightError`].
pub async fn giver_stays<N: Network>(network: &N, grant: &GrantId) -> Result<bool, LightError> {
    let Some(given) = network.delegated(grant).await?.value else { return Ok(true) };
    let Proven { value, head } = network.circle(&given.circle_id).await?;
    // No seat is given twice.
    Ok(value.is_some_and(|circle| circle.at(head.time_ms).seated(given.proposer).is_some()))
}

signed!(PersonAddress, ReplyAddress);

impl Record for PersonAddress {
    const MAX: usize = 2 + 32 + 32 + 8 + 64 + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.grant);
        out.fixed(self.circle);
        out.instant(self.number);
        out.fixed(self.inbox);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (grant, circle, number) = (input.grant_id()?, input.circle_id()?, input.instant()?);
        Ok(Self { grant, circle, number, inbox: input.reader_key()?, signature: input.signature()? })
    }
}

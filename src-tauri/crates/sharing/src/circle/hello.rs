//! After a new key: the person tells each helper from before where they are told of things now, and the helper answers with
//! the numbers behind the circle's hashes, which were lost with the laptop.
//!
//! ```text
//! hello = 01 || 6D || circle_id 32 || to 32 || inbox 64 || signature 64 by the person, under "circle-hello"
//! recalled = 01 || 6E || circle_id 32 || from 32 || to 32 || salts: category u8, salt 16 each || ordinary: category u8 each
//!         || allowed: category u8 each || signature 64 by the helper, under "circle-known"
//! ```
//!
//! Both go by letter. A helper answers the key that the proven circle names as the person's. The answer holds no key of a
//! reading: what a steward holds of those stays with the steward, so that a recovery that nobody objected to in time gives
//! nobody a reading. The numbers prove themselves for what the helper may permit and for what is ordinary: the circle has the
//! hashes. For other categories they are the helper's word, and a wrong one only makes a proof fail.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_wire::Category;

use super::power::{leaves, root};
use super::word::{Word, read_categories, read_salts, write_categories, write_salts};
use crate::signed::{Signed, signed};

const HELLO: u8 = 0x6D;
const RECALLED: u8 = 0x6E;

/// Where a person with a new key is told of things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// The circle.
    pub circle: CircleId,
    /// The helper.
    pub to: VerifyingKey,
    /// The person's new inbox.
    pub inbox: ReaderKey,
    signature: Signature,
}

/// What a helper knows of the numbers behind a circle's hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recalled {
    /// The circle.
    pub circle: CircleId,
    /// The helper.
    pub from: VerifyingKey,
    /// The person's key.
    pub to: VerifyingKey,
    /// What opens the leaves of categories.
    pub salts: BTreeMap<Category, [u8; 16]>,
    /// The categories that need no approval.
    pub ordinary: BTreeSet<Category>,
    /// Those that this helper may permit.
    pub allowed: BTreeSet<Category>,
    signature: Signature,
}

impl Hello {
    /// Signs one, with the person's key of the circle.
    #[must_use]
    pub fn sign(
        circle: CircleId,
        to: VerifyingKey,
        inbox: ReaderKey,
        chain: &ChainId,
        key: &SigningKey,
    ) -> Self {
        Self { circle, to, inbox, signature: Signature([0; 64]) }.signed(chain, key)
    }

    /// Whether it is for this helper, and the person of the proven circle signed it.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let signed = || self.signed_by(&circle.patient_pk, chain);
        circle.circle_id == self.circle && self.to == *own && signed().is_ok()
    }
}

impl Recalled {
    /// What a helper tells the person who has this key now, out of what they were told before.
    #[must_use]
    pub fn tell(word: &Word, to: VerifyingKey, chain: &ChainId, key: &SigningKey) -> Self {
        let recalled = Self {
            circle: word.circle,
            from: key.verifying_key(),
            to,
            salts: word.salts.clone(),
            ordinary: word.ordinary.clone(),
            allowed: word.allowed.clone(),
            signature: Signature([0; 64]),
        };
        recalled.signed(chain, key)
    }

    /// Whether it is for the person of the proven circle with this key, a helper of it signed it, and its numbers open what the
    /// circle has as hashes of what is ordinary and of what this helper may permit.
    #[must_use]
    pub fn holds(&self, chain: &ChainId, circle: &CircleRecord, own: &VerifyingKey) -> bool {
        let Some(Signer::Delegate(seat)) = circle.find(&self.from) else { return false };
        let Some(seated) = circle.seated(seat) else { return false };
        let salt = |category: Category| self.salts.get(&category).copied().unwrap_or_default();
        let opens = |categories: &BTreeSet<Category>| root(&leaves(salt, categories));
        let signed = || self.signed_by(&self.from, chain);
        circle.circle_id == self.circle
            && self.to == *own
            && circle.patient_pk == *own
            && opens(&self.allowed) == seated.delegate.categories_root
            && opens(&self.ordinary) == circle.policy.ordinary_root
            && signed().is_ok()
    }

    /// The numbers that the circle's hashes prove.
    pub fn proven(&self) -> impl Iterator<Item = (Category, [u8; 16])> + '_ {
        let all = self.salts.iter().map(|(category, salt)| (*category, *salt));
        all.filter(|(category, _)| self.allowed.contains(category) || self.ordinary.contains(category))
    }
}

signed!(Hello, CircleHello);
signed!(Recalled, CircleKnown);

impl Record for Hello {
    const MAX: usize = 2 + 32 + 32 + 64 + 64;

    fn kind(&self) -> u8 {
        HELLO
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.fixed(self.inbox);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != HELLO {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, inbox) = (input.circle_id()?, input.verifying_key()?, input.reader_key()?);
        Ok(Self { circle, to, inbox, signature: input.signature()? })
    }
}

impl Record for Recalled {
    const MAX: usize = 2 + 3 * 32 + 3 * 2 + Category::ALL.len() * (1 + 16 + 1 + 1) + 64;

    fn kind(&self) -> u8 {
        RECALLED
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.from);
        out.fixed(self.to);
        write_salts(out, &self.salts);
        write_categories(out, &self.ordinary);
        write_categories(out, &self.allowed);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != RECALLED {
            return Err(CodecError::Kind(kind));
        }
        let (circle, from, to) = (input.circle_id()?, input.verifying_key()?, input.verifying_key()?);
        let salts = read_salts(input)?;
        let (ordinary, allowed) = (read_categories(input)?, read_categories(input)?);
        Ok(Self { circle, from, to, salts, ordinary, allowed, signature: input.signature()? })
    }
}

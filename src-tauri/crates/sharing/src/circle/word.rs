//! What a person tells a delegate or a guardian: who helps, and a delegate what needs an approval and, a steward in force, the
//! keys of the series.
//!
//! ```text
//! word     = 01 || 65 || circle_id 32 || to 32 || number i64 || lp(person's name) || person's inbox 64
//!            || helpers || guardians: guardian_pk 32, inbox 64, lp(name) each || salts: category u8, salt 16 each
//!            || ordinary: category u8 each || allowed: category u8 each
//!            || recipients: credential_pk 32, salt 16, lp(name), lp(organisation) each || u8 0, or 1 and estate || signature 64 by the person
//! helper   = seat u8 || delegate_pk 32 || inbox 64 || lp(name)
//! signature  under the label "circle-word", over everything before it
//! ```
//!
//! A guardian's has neither salts nor categories nor an estate: they read nothing, and cannot tell what anybody may read.
//! Of several words the one with the highest number counts: the person's clock when it was written. A word holds keys: it is
//! sealed wherever it lies.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::circle::{CircleRecord, MAX_DELEGATES, MAX_GUARDIANS};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, CircleId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::{BadSignature, Label, SigningKey};
use salus_wire::Category;
use zeroize::Zeroizing;

use super::code::Relative;
use super::estate::Estate;
use super::letter::MAX_SAID;
use super::power::Salts;
use crate::capsule::CapsuleError;
use crate::signed::unsigned;

const KIND: u8 = 0x65;
/// Clinicians whom one steward may permit at most.
pub const MAX_RECIPIENTS: usize = 64;

/// Why a word was not written or does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordError {
    /// The octets are not a word.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The key that the circle names as the person's did not sign it.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// It is for another delegate, or of another circle.
    #[error("the word is for somebody else")]
    OtherDelegate,
    /// More series, devices or nodes than one word holds.
    #[error(transparent)]
    Estate(#[from] CapsuleError),
}

/// A delegate as the others know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// The seat in the circle.
    pub seat: u8,
    /// Keys and name.
    pub relative: Relative,
}

/// A clinician whom a steward may permit: what opens their leaf, and who they are as a member attested them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What opens the leaf.
    pub salt: [u8; 16],
    /// Name.
    pub name: String,
    /// Organisation; "-" for none.
    pub organisation: String,
}

impl Recipient {
    fn write(&self, out: &mut Writer) {
        out.fixed(self.salt);
        out.lp(&self.name);
        out.lp(&self.organisation);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let salt = input.array()?;
        let (name, organisation) = (input.text(4 * MAX_NAME)?, input.text(4 * MAX_NAME)?);
        check_name(&name)?;
        check_name(&organisation)?;
        Ok(Self { salt, name, organisation })
    }
}

/// What a person tells one delegate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The circle.
    pub circle: CircleId,
    /// Whom it is for: a delegate, or a guardian.
    pub to: VerifyingKey,
    /// Milliseconds since 1970, by the person's clock.
    pub number: i64,
    /// The name under which the person appears.
    pub person: String,
    /// Where the person is told of permissions.
    pub inbox: ReaderKey,
    /// Everybody who helps, by seat.
    pub helpers: Vec<Helper>,
    /// Everybody who can help to get back, in the circle's order.
    pub guardians: Vec<Relative>,
    /// What opens the leaves of categories.
    pub salts: BTreeMap<Category, [u8; 16]>,
    /// The categories that need no approval.
    pub ordinary: BTreeSet<Category>,
    /// Those that this delegate may permit.
    pub allowed: BTreeSet<Category>,
    /// The clinicians whom this delegate may permit, by their attested keys; empty for any attested one.
    pub recipients: BTreeMap<VerifyingKey, Recipient>,
    /// A steward's, while their power is in force.
    pub estate: Option<Estate>,
    signature: Signature,
}

impl Word {
    /// Begins a word; it counts once it is signed.
    #[must_use]
    pub fn new(circle: CircleId, to: VerifyingKey, number: i64, person: &str, inbox: ReaderKey) -> Self {
        Self {
            circle,
            to,
            number,
            person: person.to_owned(),
            inbox,
            helpers: Vec::new(),
            guardians: Vec::new(),
            salts: BTreeMap::new(),
            ordinary: BTreeSet::new(),
            allowed: BTreeSet::new(),
            recipients: BTreeMap::new(),
            estate: None,
            signature: Signature([0; 64]),
        }
    }

    /// Tells what opens the leaves of every category.
    pub fn tell_salts(&mut self, salts: &Salts) {
        self.salts = Category::ALL.iter().map(|category| (*category, salts.category(*category))).collect();
    }

    /// Signs it with the person's key of the circle; the octets to send.
    ///
    /// # Errors
    /// [`WordError::Codec`] for a name that may not travel or too many of anything, [`WordError::Estate`].
    pub fn sign(mut self, chain: &ChainId, key: &SigningKey) -> Result<Zeroizing<Vec<u8>>, WordError> {
        check_name(&self.person)?;
        if self.helpers.len() > MAX_DELEGATES {
            return Err(CodecError::TooLong { length: self.helpers.len(), limit: MAX_DELEGATES }.into());
        }
        if self.guardians.len() > MAX_GUARDIANS {
            return Err(CodecError::TooLong { length: self.guardians.len(), limit: MAX_GUARDIANS }.into());
        }
        if self.recipients.len() > MAX_RECIPIENTS {
            return Err(CodecError::TooLong { length: self.recipients.len(), limit: MAX_RECIPIENTS }.into());
        }
        for Recipient { name, organisation, .. } in self.recipients.values() {
            check_name(name)?;
            check_name(organisation)?;
        }
        self.signature = key.sign(Label::CircleWord, chain, &Zeroizing::new(unsigned(&self)));
        let octets = Zeroizing::new(self.encode());
        if octets.len() > MAX_SAID { Err(CapsuleError::TooLarge.into()) } else { Ok(octets) }
    }

    /// Reads a word for the delegate with this key; whether it counts says [`Word::verify`].
    ///
    /// # Errors
    /// [`WordError::Codec`], [`WordError::OtherDelegate`].
    pub fn read_for(octets: &[u8], own: &VerifyingKey) -> Result<Self, WordError> {
        let word = Self::decode(octets)?;
        if word.to == *own { Ok(word) } else { Err(WordError::OtherDelegate) }
    }

    /// Checks that the person of the proven circle signed it.
    ///
    /// # Errors
    /// [`WordError::Signature`], [`WordError::OtherDelegate`].
    pub fn verify(&self, chain: &ChainId, circle: &CircleRecord) -> Result<(), WordError> {
        if circle.circle_id != self.circle {
            return Err(WordError::OtherDelegate);
        }
        let signed = Zeroizing::new(unsigned(self));
        Ok(circle.patient_pk.verify(Label::CircleWord, chain, &signed, &self.signature)?)
    }

    /// The helper in a seat.
    #[must_use]
    pub fn helper(&self, seat: u8) -> Option<&Helper> {
        self.helpers.iter().find(|helper| helper.seat == seat)
    }

    /// What opens a category's leaf; zero for a category that the person's version of Salus does not know, which proves
    /// nothing.
    pub(super) fn salt(&self, category: Category) -> [u8; 16] {
        self.salts.get(&category).copied().unwrap_or_default()
    }
}

pub(super) fn write_helpers(out: &mut Writer, helpers: &[Helper]) {
    out.list(helpers, |out, helper| {
        out.u8(helper.seat);
        helper.relative.write(out);
    });
}

pub(super) fn read_helpers(input: &mut Reader<'_>) -> Result<Vec<Helper>, CodecError> {
    input.list(MAX_DELEGATES, |input| Ok(Helper { seat: input.u8()?, relative: Relative::read(input)? }))
}

pub(super) fn write_salts(out: &mut Writer, salts: &BTreeMap<Category, [u8; 16]>) {
    let mut salts: Vec<(u8, [u8; 16])> = salts.iter().map(|(c, salt)| (c.code(), *salt)).collect();
    salts.sort_unstable();
    out.list(&salts, |out, (code, salt)| {
        out.u8(*code);
        out.fixed(salt);
    });
}

pub(super) fn read_salts(input: &mut Reader<'_>) -> Result<BTreeMap<Category, [u8; 16]>, CodecError> {
    let salts = input.list(Category::ALL.len(), |input| Ok((category(input)?, input.array()?)))?;
    Ok(salts.into_iter().collect())
}

pub(super) fn write_categories(out: &mut Writer, categories: &BTreeSet<Category>) {
    let mut codes: Vec<u8> = categories.iter().map(|category| category.code()).collect();
    codes.sort_unstable();
    out.list(&codes, |out, code| out.u8(*code));
}

fn category(input: &mut Reader<'_>) -> Result<Category, CodecError> {
    Category::from_code(input.u8()?).ok_or(CodecError::Value("category"))
}

pub(super) fn read_categories(input: &mut Reader<'_>) -> Result<BTreeSet<Category>, CodecError> {
    // Out of order or twice is not how it is written, which decoding finds out.
    Ok(input.list(Category::ALL.len(), category)?.into_iter().collect())
}

impl Record for Word {
    const MAX: usize = MAX_SAID;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.circle);
        out.fixed(self.to);
        out.instant(self.number);
        out.lp(&self.person);
        out.fixed(self.inbox);
        write_helpers(out, &self.helpers);
        out.list(&self.guardians, |out, guardian| guardian.write(out));
        write_salts(out, &self.salts);
        write_categories(out, &self.ordinary);
        write_categories(out, &self.allowed);
        let recipients: Vec<_> = self.recipients.iter().collect();
        out.list(&recipients, |out, (pk, recipient)| {
            out.fixed(pk);
            recipient.write(out);
        });
        out.u8(u8::from(self.estate.is_some()));
        self.estate.iter().for_each(|estate| estate.write(out));
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        if kind != KIND {
            return Err(CodecError::Kind(kind));
        }
        let (circle, to, number) = (input.circle_id()?, input.verifying_key()?, input.instant()?);
        let person = input.text(4 * MAX_NAME)?;
        check_name(&person)?;
        let inbox = input.reader_key()?;
        let helpers = read_helpers(input)?;
        let guardians = input.list(MAX_GUARDIANS, Relative::read)?;
        let salts = read_salts(input)?;
        let (ordinary, allowed) = (read_categories(input)?, read_categories(input)?);
        let recipients =
            input.list(MAX_RECIPIENTS, |input| Ok((input.verifying_key()?, Recipient::read(input)?)))?;
        let estate = match input.u8()? {
            0 => None,
            1 => Some(Estate::read(input)?),
            _ => return Err(CodecError::Value("estate")),
        };
        Ok(Self {
            circle,
            to,
            number,
            person,
            inbox,
            helpers,
            guardians,
            salts,
            ordinary,
            allowed,
            recipients: recipients.into_iter().collect(),
            estate,
            signature: input.signature()?,
        })
    }
}

/// Until when the letter with a word lies in the depots: a delegate who was away longer gets the next one. 30 days.
pub const KEEP_MS: i64 = 30 * 86_400_000;

#[cfg(test)]
mod tests;

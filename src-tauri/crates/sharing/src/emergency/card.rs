//! The card: the secret half of a reader's key, as text that is printed and drawn as a QR code.
//!
//! ```text
//! card   = 02 || 45 || members 8 || issuer 16 || seed 32       as text of kind Card: SE1-XXXXX-...
//! keys   = HKDF-SHA512(seed, "hg/v1/card"): signing seed 32 || X25519 secret 32, the card's reader
//! issuer = first 16 octets of SHA-256("hg/v1/card-issuer" || chain_id 32 || reader 64 || patient_grant_pk 32)
//! ```
//!
//! `members` is the beginning of the chain's id: a card of other members is told from one that was mistyped. There is no name,
//! no category, no reading and no identifier of a permission in it.
//!
//! `issuer` names the key that signs the card's permission, and those that take its place when the keys of the record are new. Whoever
//! saw a card can seal to its reader and record a permission for it, with any name and any readings in it; under that very key they
//! cannot. 16 octets: whoever wants another key under the same ones tries 2^128, for this one card, as the reader is in the hash. Two
//! keys of one's own that share them take 2^64 and are worth nothing: only who makes the card could do that, and has the right key. The
//! whole hash would make the printed code larger by eight modules a side for nothing.
//!
//! Format 1 was the same without `issuer`. Such a card is not opened: it cannot tell the person's permission from another one.

use hkdf::Hkdf;
use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, ReaderKey, VerifyingKey, sha256};
use salus_chain::text::{Kind, TextError, from_text, to_text};
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::reader::ReaderSecret;

const KIND: u8 = 0x45;
const MEMBERS: usize = 8;
const ISSUER: usize = 16;
/// The format before a card named its issuer.
const BEFORE: u8 = 1;
const LABEL: &[u8] = b"hg/v1/card";
const ISSUER_LABEL: &[u8] = b"hg/v1/card-issuer";

/// Why a card was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// The text was not read: cut, mistyped, too long, or something else.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are not a card.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The card is one of other members.
    #[error("the card belongs to other members")]
    OtherMembers,
    /// The card is of the format that does not name its issuer.
    #[error("the card does not say whose permission belongs to it")]
    NamesNobody,
}

/// An emergency card; wiped on drop.
pub struct Card {
    members: [u8; MEMBERS],
    issuer: [u8; ISSUER],
    seed: Zeroizing<[u8; 32]>,
}

impl Card {
    /// A fresh card, for permissions whose own key is `issuer`.
    #[must_use]
    pub fn generate(chain: &ChainId, issuer: &VerifyingKey, rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self::of(chain, issuer, seed)
    }

    fn of(chain: &ChainId, issuer: &VerifyingKey, seed: Zeroizing<[u8; 32]>) -> Self {
        let reader = reader(&seed).public();
        Self { members: members(chain), issuer: issuer_of(chain, &reader, issuer), seed }
    }

    /// Whether a permission with this own key is one of the card's.
    #[must_use]
    pub fn is_by(&self, chain: &ChainId, issuer: &VerifyingKey) -> bool {
        self.issuer == issuer_of(chain, &self.reader().public(), issuer)
    }

    /// As printed.
    ///
    /// # Errors
    /// None for a card: it is far below the limit.
    pub fn to_text(&self) -> Result<Zeroizing<String>, TextError> {
        to_text(Kind::Card, &Zeroizing::new(self.encode())).map(Zeroizing::new)
    }

    /// Reads a card of these members.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn from_text(text: &str, chain: &ChainId) -> Result<Self, CardError> {
        let octets = Zeroizing::new(from_text(Kind::Card, text)?);
        let card = match Self::decode(&octets) {
            Err(CodecError::Version(BEFORE)) => return Err(CardError::NamesNobody),
            card => card?,
        };
        if card.members == members(chain) { Ok(card) } else { Err(CardError::OtherMembers) }
    }

    /// The keys that it stands for.
    #[must_use]
    pub fn reader(&self) -> ReaderSecret {
        reader(&self.seed)
    }
}

fn reader(seed: &[u8; 32]) -> ReaderSecret {
    let mut octets = Zeroizing::new([0; 64]);
    Hkdf::<Sha512>::new(None, seed)
        .expand(LABEL, &mut *octets)
        .unwrap_or_else(|_| unreachable!("64 octets are one block"));
    ReaderSecret::from_bytes(&octets)
}

fn issuer_of(chain: &ChainId, reader: &ReaderKey, issuer: &VerifyingKey) -> [u8; ISSUER] {
    let hash = sha256(&[ISSUER_LABEL, &chain.0, &reader.0, &issuer.0]);
    let mut out = [0; ISSUER];
    out.copy_from_slice(&hash[..ISSUER]);
    out
}

fn members(chain: &ChainId) -> [u8; MEMBERS] {
    let mut out = [0; MEMBERS];
    out.copy_from_slice(&chain.0[..MEMBERS]);
    out
}

impl core::fmt::Debug for Card {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Card(of {})", self.reader().public())
    }
}

impl Record for Card {
    const MAX: usize = 2 + MEMBERS + ISSUER + 32;
    const VERSION: u8 = 2;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.members);
        out.fixed(self.issuer);
        out.fixed(*self.seed);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self {
                members: input.array()?,
                issuer: input.array()?,
                seed: Zeroizing::new(input.array()?),
            }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests;

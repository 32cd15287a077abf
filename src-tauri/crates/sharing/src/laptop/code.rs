//! The code that a new laptop shows: where the two laptops meet.
//!
//! ```text
//! words   = twelve of a list, for 16 random octets (words.rs): shown, read out, typed
//! text    = salus_chain::text of kind Laptop, of the same octets: what the picture holds
//! address = keys of HKDF-SHA512(octets, "hg/v1/laptop-meeting" || what u8), 64 octets: signing seed, then X25519 secret
//! ```
//!
//! It says nothing but where: whoever reads it over a shoulder can write there too. Who the other laptop is the two settle by the
//! digits ([`super::pair`]).

use hkdf::Hkdf;
use rand_core::CryptoRng;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_wire::ErrorCode;
use salus_wire::words::{WordsError, is_drawn};
use sha2::Sha512;
use zeroize::Zeroizing;

use super::words;
use crate::reader::ReaderSecret;

const LABEL: &[u8] = b"hg/v1/laptop-meeting";

/// Why a text is no code of another laptop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It is words, and these are none.
    #[error(transparent)]
    Words(#[from] WordsError),
    /// It is what a picture holds, and is another document, cut or altered.
    #[error(transparent)]
    Drawn(#[from] TextError),
}

impl CodeError {
    /// For the page, with the fact that its sentence is about: a number, and nothing of the code.
    #[must_use]
    pub fn code(&self) -> (ErrorCode, Option<usize>) {
        match self {
            Self::Words(WordsError::Unknown { number, .. }) => (ErrorCode::UnknownWord, Some(*number)),
            Self::Words(WordsError::Count { have }) => (ErrorCode::WordCount, Some(*have)),
            Self::Words(WordsError::Checksum) => (ErrorCode::WordsWrong, None),
            Self::Drawn(_) => (ErrorCode::BadLaptopCode, None),
        }
    }
}

/// Where two laptops meet.
#[derive(Clone, PartialEq, Eq)]
pub struct Meeting([u8; Self::LEN]);

/// What lies where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The new laptop's offer.
    Offer = 1,
    /// The old one's answer.
    Hello = 2,
    /// The new one's nonce.
    Reveal = 3,
    /// What the old one hands over once a person confirmed it.
    Handover = 4,
}

impl Meeting {
    /// Octets of it.
    pub const LEN: usize = 16;

    /// A fresh one.
    #[must_use]
    pub fn random(rng: &mut impl CryptoRng) -> Self {
        let mut octets = [0; Self::LEN];
        rng.fill_bytes(&mut octets);
        Self(octets)
    }

    /// From what [`Meeting::as_bytes`] gave.
    #[must_use]
    pub const fn from_bytes(octets: [u8; Self::LEN]) -> Self {
        Self(octets)
    }

    /// The octets.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// As words to show, with a space between them.
    #[must_use]
    pub fn to_words(&self) -> String {
        words::written(&self.0)
    }

    /// As text for a picture.
    ///
    /// # Errors
    /// None: sixteen octets fit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Laptop, &self.0)
    }

    /// Reads what the new laptop shows: its words, or what its picture holds.
    ///
    /// # Errors
    /// [`CodeError`].
    pub fn from_text(text: &str) -> Result<Self, CodeError> {
        if !is_drawn(text) {
            return Ok(Self(words::read(text)?));
        }
        let octets = from_text(Kind::Laptop, text)?;
        Ok(Self(octets.try_into().map_err(|_| TextError::NotOurs)?))
    }

    /// The keys of an address: both laptops have them.
    #[must_use]
    pub fn address(&self, what: What) -> ReaderSecret {
        derived(&self.0, LABEL, &[what as u8])
    }
}

/// Keys that both ends of a secret can derive.
pub(super) fn derived(secret: &[u8], label: &[u8], context: &[u8]) -> ReaderSecret {
    ReaderSecret::from_bytes(&octets(secret, label, context))
}

/// HKDF-SHA512(secret, label || context), 64 octets.
pub(super) fn octets(secret: &[u8], label: &[u8], context: &[u8]) -> Zeroizing<[u8; 64]> {
    let mut octets = Zeroizing::new([0; 64]);
    Hkdf::<Sha512>::new(None, secret)
        .expand(&[label, context].concat(), &mut *octets)
        .unwrap_or_else(|_| unreachable!("64 octets are one block"));
    octets
}

impl core::fmt::Debug for Meeting {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Meeting(redacted)")
    }
}

//! Two laptops get to know each other: bound before they see what the digits depend on.
//!
//! ```text
//! offer      = 01 || 71 || laptop 64 || writer id 16, key 32 || commitment 32 || signature 64 by the laptop
//! commitment = SHA-256("hg/v1/laptop-commit" || chain_id || laptop || writer || nonce 32)
//! hello      = 01 || 72 || identity_pk 32 || laptop 64 || SHA-256(offer) 32 || nonce 32 || lp(person's name)
//!              || signature 64 by the laptop
//! reveal     = 01 || 73 || SHA-256(hello) 32 || nonce 32 || signature 64 by the new laptop
//! digits     = SHA-256("hg/v1/laptop-digits" || chain_id || offer || hello || nonce), first 8 octets modulo 10^6
//! ```
//!
//! Signatures are under the label "laptop-pair". Somebody in between has to have chosen the nonce behind the offer that the old
//! laptop sees before the old one draws its own, and the hello that the new laptop sees before the new one reveals: so the
//! digits on either side are fresh random numbers to them, and agree by chance, once in a million. Both sides take one answer
//! each; a second and other one ends it, and the tries are counted by whoever keeps them.

mod encoding;

use rand_core::CryptoRng;
use salus_chain::attestation::check_name;
use salus_chain::codec::{CodecError, Record};
use salus_chain::ids::{ChainId, Hash32, ReaderKey, Signature, VerifyingKey, sha256};
use salus_chain::sign::{BadSignature, Label};
use salus_vault::Writer as Computer;
use salus_wire::ErrorCode;

use crate::reader::ReaderSecret;
use crate::signed::unsigned;

/// One more than the largest number of six digits.
const NUMBERS: u64 = 1_000_000;

/// Why two laptops did not get to know each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairError {
    /// The octets are not what belongs here.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The laptop that it names did not sign it.
    #[error(transparent)]
    Signature(#[from] BadSignature),
    /// It answers something else than what was said.
    #[error("this is an answer to something else")]
    OtherOffer,
    /// The nonce is not the one that was committed to.
    #[error("the nonce is not the one that was committed to")]
    Commitment,
    /// A second, other answer came: somebody else is there.
    #[error("two different answers came")]
    Two,
}

impl PairError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Codec(_) => ErrorCode::BadLaptopCode,
            Self::Signature(_) | Self::OtherOffer | Self::Commitment | Self::Two => ErrorCode::PairingBroken,
        }
    }
}

/// What the new laptop offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its keys.
    pub laptop: ReaderKey,
    /// The key that its manifests verify under.
    pub writer: Computer,
    commitment: Hash32,
    signature: Signature,
}

/// What the old laptop answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// The person's identity key.
    pub identity: VerifyingKey,
    /// The old laptop's keys.
    pub laptop: ReaderKey,
    offer: Hash32,
    nonce: [u8; 32],
    /// The person's name, by the old laptop's word.
    pub person: String,
    signature: Signature,
}

/// What the new laptop says last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reveal {
    hello: Hash32,
    nonce: [u8; 32],
    signature: Signature,
}

/// The new laptop, which shows the code.
#[derive(Clone, PartialEq, Eq)]
pub struct Asking {
    /// What it offers.
    pub offer: Offer,
    nonce: [u8; 32],
    hello: Option<Hello>,
}

/// The old laptop, which read the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// What the new one offers.
    pub offer: Offer,
    /// What was answered.
    pub hello: Hello,
    revealed: Option<[u8; 32]>,
}

fn commitment(chain: &ChainId, laptop: &ReaderKey, writer: &Computer, nonce: &[u8; 32]) -> Hash32 {
    Hash32(sha256(&[b"hg/v1/laptop-commit", &chain.0, &laptop.0, &writer.id.0, &writer.key, nonce]))
}

fn digits(chain: &ChainId, offer: &Offer, hello: &Hello, nonce: &[u8; 32]) -> String {
    let hash = sha256(&[b"hg/v1/laptop-digits", &chain.0, &offer.encode(), &hello.encode(), nonce]);
    let mut head = [0; 8];
    head.copy_from_slice(&hash[..8]);
    let number = u64::from_be_bytes(head) % NUMBERS;
    format!("{:03} {:03}", number / 1000, number % 1000)
}

impl Offer {
    /// Reads an offer and checks that its laptop made it.
    ///
    /// # Errors
    /// [`PairError`].
    pub fn read_signed(octets: &[u8], chain: &ChainId) -> Result<Self, PairError> {
        let offer = Self::decode(octets)?;
        offer.laptop.signing().verify(Label::LaptopPair, chain, &unsigned(&offer), &offer.signature)?;
        Ok(offer)
    }

    fn hash(&self) -> Hash32 {
        Hash32(sha256(&[&self.encode()]))
    }
}

impl Asking {
    /// Begins: everything about the new laptop is fixed here.
    #[must_use]
    pub fn begin(own: &ReaderSecret, writer: Computer, chain: &ChainId, rng: &mut impl CryptoRng) -> Self {
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        let laptop = own.public();
        let commitment = commitment(chain, &laptop, &writer, &nonce);
        let mut offer = Offer { laptop, writer, commitment, signature: Signature([0; 64]) };
        offer.signature = own.signing().sign(Label::LaptopPair, chain, &unsigned(&offer));
        Self { offer, nonce, hello: None }
    }

    /// Takes the answer, and gives what is said to it. The same answer again gives the same.
    ///
    /// # Errors
    /// [`PairError`]; after [`PairError::Two`] nothing of this may be used.
    pub fn take(&mut self, hello: &[u8], own: &ReaderSecret, chain: &ChainId) -> Result<Reveal, PairError> {
        let hello = Hello::decode(hello)?;
        hello.laptop.signing().verify(Label::LaptopPair, chain, &unsigned(&hello), &hello.signature)?;
        if hello.offer != self.offer.hash() {
            return Err(PairError::OtherOffer);
        }
        if self.hello.as_ref().is_some_and(|before| *before != hello) {
            return Err(PairError::Two);
        }
        let hash = Hash32(sha256(&[&hello.encode()]));
        let mut reveal = Reveal { hello: hash, nonce: self.nonce, signature: Signature([0; 64]) };
        reveal.signature = own.signing().sign(Label::LaptopPair, chain, &unsigned(&reveal));
        self.hello = Some(hello);
        Ok(reveal)
    }

    /// The answer, once it came.
    #[must_use]
    pub const fn hello(&self) -> Option<&Hello> {
        self.hello.as_ref()
    }

    /// What a person compares, once the answer came: "482 109".
    #[must_use]
    pub fn digits(&self, chain: &ChainId) -> Option<String> {
        self.hello.as_ref().map(|hello| digits(chain, &self.offer, hello, &self.nonce))
    }
}

impl Answering {
    /// Answers an offer, once: whoever answers the same offer again with a fresh nonce gives somebody in between a second try.
    ///
    /// # Errors
    /// [`CodecError::Value`] for a name that [`check_name`] refuses.
    pub fn answer(
        offer: Offer,
        own: &ReaderSecret,
        identity: VerifyingKey,
        person: &str,
        chain: &ChainId,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, CodecError> {
        check_name(person)?;
        let mut nonce = [0; 32];
        rng.fill_bytes(&mut nonce);
        let mut hello = Hello {
            identity,
            laptop: own.public(),
            offer: offer.hash(),
            nonce,
            person: person.to_owned(),
            signature: Signature([0; 64]),
        };
        hello.signature = own.signing().sign(Label::LaptopPair, chain, &unsigned(&hello));
        Ok(Self { offer, hello, revealed: None })
    }

    /// Takes the nonce that the new laptop was committed to.
    ///
    /// # Errors
    /// [`PairError`].
    pub fn take(&mut self, reveal: &[u8], chain: &ChainId) -> Result<(), PairError> {
        let reveal = Reveal::decode(reveal)?;
        let Offer { laptop, writer, commitment: committed, .. } = &self.offer;
        laptop.signing().verify(Label::LaptopPair, chain, &unsigned(&reveal), &reveal.signature)?;
        if reveal.hello.0 != sha256(&[&self.hello.encode()]) {
            return Err(PairError::OtherOffer);
        }
        if commitment(chain, laptop, writer, &reveal.nonce) != *committed {
            return Err(PairError::Commitment);
        }
        self.revealed = Some(reveal.nonce);
        Ok(())
    }

    /// What a person compares, once the nonce came.
    #[must_use]
    pub fn digits(&self, chain: &ChainId) -> Option<String> {
        self.revealed.as_ref().map(|nonce| digits(chain, &self.offer, &self.hello, nonce))
    }
}

impl core::fmt::Debug for Asking {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Asking").field("offer", &self.offer).finish_non_exhaustive()
    }
}

/// Signs as a laptop would: what a test needs to say something wrong.
#[cfg(test)]
pub(super) fn resign(reveal: &mut Reveal, nonce: [u8; 32], own: &ReaderSecret, chain: &ChainId) {
    reveal.nonce = nonce;
    reveal.signature = own.signing().sign(Label::LaptopPair, chain, &unsigned(reveal));
}

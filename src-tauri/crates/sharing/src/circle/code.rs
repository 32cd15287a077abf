//! A relative's code: the keys and the name of somebody whom no member attests.
//!
//! ```text
//! code      = 01 || 62 || delegate_pk 32 || inbox 64 || lp(name) || signature 64 by delegate_pk
//! signature   under the label "relative", over everything before it
//! digits    = 65,536 times SHA-256 from SHA-256("hg/v1/relative-check" || code) on; first 8 octets modulo 10^12
//! ```
//!
//! As text it is [`salus_chain::text`] of kind `Relative`. Whoever carries it can put another in its place, so both sides
//! read the digits to each other, over the phone or at the table. Twelve, because a forger may try codes at leisure until
//! one has the right digits: that takes 10^12 tries of 65,536 hashes each, and six digits would take none worth the name.
//!
//! Both keys are for one circle only.

use rand_core::CryptoRng;
use salus_chain::attestation::{MAX_NAME, check_name};
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, ReaderKey, Signature, VerifyingKey, sha256};
use salus_chain::sign::{BadSignature, SigningKey};
use salus_chain::text::{Kind, TextError, from_text, to_text};
use salus_wire::ErrorCode;
use zeroize::Zeroizing;

use crate::reader::ReaderSecret;
use crate::signed::{Signed, signed};

const KIND: u8 = 0x62;
const CHECK: &[u8] = b"hg/v1/relative-check";
/// Hashes in a row for each code.
const ROUNDS: u32 = 1 << 16;
/// One more than the largest number of twelve digits.
const NUMBERS: u64 = 1_000_000_000_000;

/// Why a code does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RelativeError {
    /// The text was not read.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The octets are not a code.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// Its signature does not verify.
    #[error(transparent)]
    Signature(#[from] BadSignature),
}

impl RelativeError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Text(_) | Self::Codec(_) => ErrorCode::BadFamilyCode,
            Self::Signature(_) => ErrorCode::ProofFailed,
        }
    }
}

/// The secret half of a code; wiped on drop.
#[derive(Debug, Clone)]
pub struct RelativeSecret {
    /// Signs in the circle.
    pub signing: SigningKey,
    /// Opens what the circle seals to this relative.
    pub inbox: ReaderSecret,
}

impl RelativeSecret {
    /// Octets of [`RelativeSecret::to_bytes`].
    pub const LEN: usize = 96;

    /// Fresh keys.
    #[must_use]
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self { signing: SigningKey::generate(rng), inbox: ReaderSecret::generate(rng) }
    }

    /// From what [`RelativeSecret::to_bytes`] gave.
    #[must_use]
    pub fn from_bytes(octets: &[u8; Self::LEN]) -> Self {
        let (mut signing, mut inbox) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 64]));
        signing.copy_from_slice(&octets[..32]);
        inbox.copy_from_slice(&octets[32..]);
        Self { signing: SigningKey::from_bytes(&signing), inbox: ReaderSecret::from_bytes(&inbox) }
    }

    /// Signing seed, then the inbox' secrets: for sealing at rest only.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; Self::LEN]> {
        let mut octets = Zeroizing::new([0; Self::LEN]);
        octets[..32].copy_from_slice(&*Zeroizing::new(self.signing.to_bytes()));
        octets[32..].copy_from_slice(&*self.inbox.to_bytes());
        octets
    }
}

/// Whom a code stands for, by their own word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// The key that signs in the circle.
    pub pk: VerifyingKey,
    /// The key that letters are sealed to.
    pub inbox: ReaderKey,
    /// The name, as [`check_name`] allows.
    pub name: String,
}

/// A relative's code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    relative: Relative,
    signature: Signature,
}

impl Code {
    /// Makes a code.
    ///
    /// # Errors
    /// [`CodecError::Value`] for a name that [`check_name`] refuses.
    pub fn make(secret: &RelativeSecret, name: &str, chain: &ChainId) -> Result<Self, CodecError> {
        check_name(name)?;
        let (pk, inbox) = (secret.signing.verifying_key(), secret.inbox.public());
        let relative = Relative { pk, inbox, name: name.to_owned() };
        Ok(Self { relative, signature: Signature([0; 64]) }.signed(chain, &secret.signing))
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a code that [`Code::make`] made: the largest is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::Relative, &self.encode())
    }

    /// Reads a code and checks its signature.
    ///
    /// # Errors
    /// [`RelativeError`].
    pub fn from_text(text: &str, chain: &ChainId) -> Result<Self, RelativeError> {
        let code = Self::decode(&from_text(Kind::Relative, text)?)?;
        code.signed_by(&code.relative.pk, chain)?;
        Ok(code)
    }

    /// Whom it stands for.
    #[must_use]
    pub const fn relative(&self) -> &Relative {
        &self.relative
    }

    /// What both sides compare: "4821 0937 5561".
    #[must_use]
    pub fn digits(&self) -> String {
        digits(CHECK, &self.encode())
    }
}

/// Twelve digits of octets, each try of which costs 65,536 hashes; `check` says what they are of.
pub(super) fn digits(check: &[u8], octets: &[u8]) -> String {
    let first = sha256(&[check, octets]);
    let last = (0..ROUNDS).fold(first, |hash, _| sha256(&[&hash]));
    let mut head = [0; 8];
    head.copy_from_slice(&last[..8]);
    let number = u64::from_be_bytes(head) % NUMBERS;
    let group = |from: u64| number / from % 10_000;
    format!("{:04} {:04} {:04}", group(100_000_000), group(10_000), group(1))
}

impl Relative {
    pub(super) const MAX: usize = 32 + 64 + 4 + 4 * MAX_NAME;

    pub(super) fn write(&self, out: &mut Writer) {
        out.fixed(self.pk);
        out.fixed(self.inbox);
        out.lp(&self.name);
    }

    pub(super) fn read(input: &mut Reader<'_>) -> Result<Self, CodecError> {
        let (pk, inbox) = (input.verifying_key()?, input.reader_key()?);
        let name = input.text(4 * MAX_NAME)?;
        check_name(&name)?;
        Ok(Self { pk, inbox, name })
    }
}

signed!(Code, Relative);

impl Record for Code {
    const MAX: usize = 2 + Relative::MAX + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.relative.write(out);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self { relative: Relative::read(input)?, signature: input.signature()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests;

//! A request for a new key: what a person who lost their laptop hands to their guardians.
//!
//! ```text
//! plea      = 01 || 68 || new_pk 32 || inbox 64 || lp(name) || signature 64 by new_pk
//! signature   under the label "new-key", over everything before it
//! digits      as of a relative's code, from SHA-256("hg/v1/new-key-check" || plea) on
//! ```
//!
//! As text it is [`salus_chain::text`] of kind `NewKey`. It names no circle: whoever lost everything knows none, and each
//! guardian's application knows whose guardian it is. It proves nothing but that somebody holds the new key: that it is the
//! person who asks, a guardian hears from them, and both read the digits to each other.

use salus_chain::attestation::check_name;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, Signature};
use salus_chain::text::{Kind, TextError, from_text, to_text};

use super::code::{Relative, RelativeError, RelativeSecret, digits};
use crate::signed::{Signed, signed};

const KIND: u8 = 0x68;
const CHECK: &[u8] = b"hg/v1/new-key-check";

/// A request for a new key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plea {
    person: Relative,
    signature: Signature,
}

impl Plea {
    /// Makes a request; `secret` holds the new key, and where the guardians give back what they know.
    ///
    /// # Errors
    /// [`CodecError::Value`] for a name that [`check_name`] refuses.
    pub fn make(secret: &RelativeSecret, name: &str, chain: &ChainId) -> Result<Self, CodecError> {
        check_name(name)?;
        let (pk, inbox) = (secret.signing.verifying_key(), secret.inbox.public());
        let person = Relative { pk, inbox, name: name.to_owned() };
        Ok(Self { person, signature: Signature([0; 64]) }.signed(chain, &secret.signing))
    }

    /// As text to hand over.
    ///
    /// # Errors
    /// None for a request that [`Plea::make`] made: the largest is far below the limit.
    pub fn to_text(&self) -> Result<String, TextError> {
        to_text(Kind::NewKey, &self.encode())
    }

    /// Reads a request and checks its signature.
    ///
    /// # Errors
    /// [`RelativeError`].
    pub fn from_text(text: &str, chain: &ChainId) -> Result<Self, RelativeError> {
        let plea = Self::decode(&from_text(Kind::NewKey, text)?)?;
        plea.signed_by(&plea.person.pk, chain)?;
        Ok(plea)
    }

    /// The new key, its inbox, and the name that its holder gives.
    #[must_use]
    pub const fn person(&self) -> &Relative {
        &self.person
    }

    /// What both sides compare: "4821 0937 5561".
    #[must_use]
    pub fn digits(&self) -> String {
        digits(CHECK, &self.encode())
    }
}

signed!(Plea, NewKey);

impl Record for Plea {
    const MAX: usize = 2 + Relative::MAX + 64;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        self.person.write(out);
        out.fixed(self.signature);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self { person: Relative::read(input)?, signature: input.signature()? }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;
    use salus_wire::ErrorCode;

    use super::super::Code;
    use super::*;

    const CHAIN: ChainId = ChainId([3; 32]);

    fn secret() -> RelativeSecret {
        RelativeSecret::generate(&mut ChaCha20Rng::seed_from_u64(1))
    }

    #[test]
    fn a_request_reads_back_on_its_chain_and_is_no_code_of_a_relative() {
        let plea = Plea::make(&secret(), "Maria K.", &CHAIN).unwrap();
        let text = plea.to_text().unwrap();
        let read = Plea::from_text(&text, &CHAIN).unwrap();
        assert_eq!((&read, read.digits()), (&plea, plea.digits()));
        assert_eq!(read.person().pk, secret().signing.verifying_key());
        assert!(Plea::from_text(&text, &ChainId([4; 32])).is_err());
        assert_eq!(Code::from_text(&text, &CHAIN).unwrap_err().code(), ErrorCode::BadFamilyCode);
        let code = Code::make(&secret(), "Maria K.", &CHAIN).unwrap();
        assert!(Plea::from_text(&code.to_text().unwrap(), &CHAIN).is_err());
        assert_ne!(code.digits(), plea.digits());
    }

    #[test]
    fn every_cut_and_flipped_bit_is_refused() {
        let octets = Plea::make(&secret(), "Maria K.", &CHAIN).unwrap().encode();
        for cut in 0..octets.len() {
            assert!(Plea::decode(&octets[..cut]).is_err(), "{cut}");
        }
        for bit in 0..octets.len() * 8 {
            let mut flipped = octets.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let text = to_text(Kind::NewKey, &flipped).unwrap();
            assert!(Plea::from_text(&text, &CHAIN).is_err(), "{bit}");
        }
    }
}

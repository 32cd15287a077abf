//! The card: the secret half of a reader's key, as text that is printed and drawn as a QR code.
//!
//! ```text
//! card  = 01 || 45 || members 8 || seed 32       as text of kind Card: SE1-XXXXX-...
//! keys  = HKDF-SHA512(seed, "hg/v1/card"): signing seed 32 || X25519 secret 32
//! ```
//!
//! `members` is the beginning of the chain's id: a card of other members is told from one that was mistyped. There is no name,
//! no category, no reading and no identifier of a permission in it.

use hkdf::Hkdf;
use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::ChainId;
use salus_chain::text::{Kind, TextError, from_text, to_text};
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::reader::ReaderSecret;

const KIND: u8 = 0x45;
const MEMBERS: usize = 8;
const LABEL: &[u8] = b"hg/v1/card";

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
}

/// An emergency card; wiped on drop.
pub struct Card {
    members: [u8; MEMBERS],
    seed: Zeroizing<[u8; 32]>,
}

impl Card {
    /// A fresh card.
    #[must_use]
    pub fn generate(chain: &ChainId, rng: &mut impl CryptoRng) -> Self {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *seed);
        Self { members: members(chain), seed }
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
        let card = Self::decode(&Zeroizing::new(from_text(Kind::Card, text)?))?;
        if card.members == members(chain) { Ok(card) } else { Err(CardError::OtherMembers) }
    }

    /// The keys that it stands for.
    #[must_use]
    pub fn reader(&self) -> ReaderSecret {
        let mut octets = Zeroizing::new([0; 64]);
        Hkdf::<Sha512>::new(None, &*self.seed)
            .expand(LABEL, &mut *octets)
            .unwrap_or_else(|_| unreachable!("64 octets are one block"));
        ReaderSecret::from_bytes(&octets)
    }
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
    const MAX: usize = 2 + MEMBERS + 32;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.members);
        out.fixed(*self.seed);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self { members: input.array()?, seed: Zeroizing::new(input.array()?) }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::ChaCha20Rng;

    use super::*;

    const CHAIN: ChainId = ChainId([7; 32]);

    fn card() -> (Card, Zeroizing<String>) {
        let card = Card::generate(&CHAIN, &mut ChaCha20Rng::seed_from_u64(3));
        let text = card.to_text().unwrap();
        (card, text)
    }

    #[test]
    fn a_card_reads_back_also_without_its_separators() {
        let (card, text) = card();
        assert!(text.starts_with("SE1-"), "{}", *text);
        for text in [text.to_string(), text.replace(['-', '\n'], ""), text.to_lowercase()] {
            let read = Card::from_text(&text, &CHAIN).unwrap();
            assert_eq!(read.reader().public(), card.reader().public());
        }
        // One line for a QR code: nothing but the alphabet of its dense mode, and few enough for a small one.
        let one_line = text.replace(['-', '\n'], "");
        assert!(
            one_line.len() == 80 && one_line.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        );
    }

    #[test]
    fn a_wrong_card_is_refused_and_named() {
        let (_, text) = card();
        let other = ChainId([8; 32]);
        assert_eq!(Card::from_text(&text, &other).unwrap_err(), CardError::OtherMembers);
        let plain = text.replace(['-', '\n'], "");
        for at in 3..plain.len() {
            let mut bent = plain.clone().into_bytes();
            bent[at] = if bent[at] == b'7' { b'8' } else { b'7' };
            let bent = String::from_utf8(bent).unwrap();
            assert!(matches!(Card::from_text(&bent, &CHAIN), Err(CardError::Text(_))), "{at}");
            assert!(matches!(Card::from_text(&plain[..at], &CHAIN), Err(CardError::Text(_))), "{at}");
        }
        assert_eq!(Card::from_text("", &CHAIN).unwrap_err(), CardError::Text(TextError::Empty));
        let long = "0".repeat(salus_chain::text::MAX_TEXT + 1);
        assert_eq!(Card::from_text(&long, &CHAIN).unwrap_err(), CardError::Text(TextError::TooLong));
        let code = to_text(Kind::Code, &[1; 42]).unwrap();
        assert_eq!(
            Card::from_text(&code, &CHAIN).unwrap_err(),
            CardError::Text(TextError::OtherKind(Kind::Code))
        );
        // Well written, and no card.
        for (octets, why) in [
            (vec![2; 42], CodecError::Version(2)),
            ([vec![1, 0x43], vec![7; 40]].concat(), CodecError::Kind(0x43)),
            ([vec![1, KIND], vec![7; 41]].concat(), CodecError::TooLong { length: 43, limit: 42 }),
            ([vec![1, KIND], vec![7; 39]].concat(), CodecError::Truncated),
        ] {
            let text = to_text(Kind::Card, &octets).unwrap();
            assert_eq!(Card::from_text(&text, &CHAIN).unwrap_err(), CardError::Codec(why));
        }
    }

    #[test]
    fn two_cards_share_nothing_but_their_members() {
        let mut rng = ChaCha20Rng::seed_from_u64(4);
        let (one, two) = (Card::generate(&CHAIN, &mut rng), Card::generate(&CHAIN, &mut rng));
        assert_ne!(one.reader().public(), two.reader().public());
        assert!(!format!("{one:?}").contains(&hex::encode(*one.seed)));
    }
}

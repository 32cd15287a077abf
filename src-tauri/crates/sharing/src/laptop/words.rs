//! Sixteen octets as twelve words and back.
//!
//! ```text
//! bits  = 128 of the octets, then the first 4 of their SHA-256
//! words = the list's at each 11 of these bits
//! ```
//!
//! The checksum tells fifteen of sixteen wrong words that are in the list. The sixteenth leads to a place where nobody is.
//!
//! # Source
//! BIP-0039, "Generating the mnemonic" (github.com/bitcoin/bips, bip-0039.mediawiki).

use salus_chain::ids::sha256;
use salus_wire::words::{self, COUNT, WordsError};

/// The octets as words, with a space between them.
pub(super) fn written(octets: &[u8; 16]) -> String {
    let bits = u128::from_be_bytes(*octets);
    // The last word has seven of the octets' bits, and the checksum.
    let upto = |i: usize| match i {
        0..11 => bits >> (117 - 11 * i),
        _ => (bits << 4) | u128::from(checksum(octets)),
    };
    let places: [u16; COUNT] = core::array::from_fn(|i| u16::try_from(upto(i) & 0x7ff).unwrap_or_default());
    words::written(&places)
}

/// The octets that words stand for.
///
/// # Errors
/// [`WordsError`]: which word is none, how many there are, or that they do not belong together.
pub(super) fn read(text: &str) -> Result<[u8; 16], WordsError> {
    let [first @ .., last] = words::read(text)?;
    let bits = first.iter().fold(0u128, |bits, place| (bits << 11) | u128::from(*place));
    let octets = ((bits << 7) | u128::from(last >> 4)).to_be_bytes();
    if last & 0xf == u16::from(checksum(&octets)) { Ok(octets) } else { Err(WordsError::Checksum) }
}

fn checksum(octets: &[u8; 16]) -> u8 {
    sha256(&[&octets[..]])[0] >> 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use salus_wire::words::LIST;

    use super::*;

    /// Entropy and sentence of every English one with 128 bits in `vectors.json` of trezor/python-mnemonic
    /// (b57a5ad77a981e743f4167ab2f7927a55c1e82a8, MIT), the reference of BIP-0039.
    const VECTORS: [(&str, &str); 8] = [
        (
            "00000000000000000000000000000000",
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        ),
        (
            "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
            "legal winner thank year wave sausage worth useful legal winner thank yellow",
        ),
        (
            "80808080808080808080808080808080",
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
        ),
        ("ffffffffffffffffffffffffffffffff", "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"),
        (
            "9e885d952ad362caeb4efe34a8e91bd2",
            "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
        ),
        (
            "c0ba5a8e914111210f2bd131f3d5e08d",
            "scheme spot photo card baby mountain device kick cradle pact join borrow",
        ),
        (
            "23db8160a31d3e0dca3688ed941adbf3",
            "cat swing flag economy stadium alone churn speed unique patch report train",
        ),
        (
            "f30f8c1da665478f49b001d94c5fc452",
            "vessel ladder alter error federal sibling chat ability sun glass valve picture",
        ),
    ];

    #[test]
    fn the_list_is_the_published_one() {
        let published = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda";
        assert_eq!(hex::encode(sha256(&[LIST.as_bytes()])), published);
    }

    #[test]
    fn the_references_sentences_are_these_octets() {
        for (entropy, sentence) in VECTORS {
            let octets: [u8; 16] = hex::decode(entropy).unwrap().try_into().unwrap();
            assert_eq!(written(&octets), sentence);
            assert_eq!(read(sentence), Ok(octets));
        }
    }

    #[test]
    fn a_wrong_word_and_two_out_of_order_are_told() {
        let (_, sentence) = VECTORS[4];
        for wrong in [sentence.replace("grab", "zoo"), sentence.replace("ozone drill", "drill ozone")] {
            assert_eq!(read(&wrong), Err(WordsError::Checksum), "{wrong}");
        }
        // Seven bits of the last word are the octets', and of sixteen checksums one is theirs.
        let (head, _) = sentence.rsplit_once(' ').unwrap();
        let right = LIST.lines().filter(|last| read(&format!("{head} {last}")).is_ok()).count();
        assert_eq!(right, 2048 / 16);
    }

    proptest! {
        #[test]
        fn any_octets_read_back(octets in any::<[u8; 16]>()) {
            let text = written(&octets);
            prop_assert_eq!(text.split(' ').count(), COUNT);
            prop_assert_eq!(read(&text), Ok(octets));
        }

        #[test]
        fn any_text_is_a_code_or_says_why_not(text in "\\PC*") {
            if let Ok(octets) = read(&text) {
                prop_assert_eq!(read(&written(&octets)), Ok(octets));
            }
        }
    }
}

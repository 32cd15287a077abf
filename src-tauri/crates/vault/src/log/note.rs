//! A signed checkpoint: the tree's size and root as a text that any tool for transparency logs reads.
//!
//! ```text
//! note = text || "\n" || "— " || name || " " || base64(key id 4 || Ed25519 signature over text 64) || "\n"
//! key id = the first 4 octets of SHA-256(name || 0A || 01 || key 32)
//! text = origin || "\n" || size, decimal || "\n" || base64(root) || "\n"
//! ```
//!
//! The origin of a record's log is a keyed hash: it says nothing about the person, and only who can open the record finds it
//! again. It is the name of the key too.
//!
//! # Source
//! <https://c2sp.org/signed-note>, <https://c2sp.org/tlog-checkpoint>; Ed25519 strict (RFC 8032).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::log::Hash;
use crate::manifest::verifies;
use crate::secret::wipe_deep_stack;

/// Most octets of a note that is read.
pub const MAX_NOTE: usize = 4096;

const ED25519: u8 = 1;
const DASH: &str = "\u{2014} ";

/// A tree's size and root, under a log's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

impl Checkpoint {
    /// Signs; the name of the key is the origin.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        let Self { origin, size, root } = self;
        sign(&format!("{origin}\n{size}\n{}\n", STANDARD.encode(root)), origin, key)
    }

    /// Reads a note that this log's key signed; `None` when it is another's, altered, or no checkpoint.
    #[must_use]
    pub fn open(note: &str, origin: &str, key: &[u8; 32]) -> Option<Self> {
        let text = open(note, origin, key)?;
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (name, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        let size: u64 = size.parse().ok().filter(|n: &u64| n.to_string() == size)?;
        let root = STANDARD.decode(root).ok()?.try_into().ok()?;
        // Lines behind these are for extensions, which nothing here writes.
        (name == origin && lines.next().is_none()).then(|| Self { origin: origin.to_owned(), size, root })
    }
}

/// The note of a text, signed under this name.
pub(crate) fn sign(text: &str, name: &str, key: &SigningKey) -> String {
    let id = key_id(name, &key.verifying_key().to_bytes());
    let signature = key.sign(text.as_bytes()).to_bytes();
    wipe_deep_stack();
    format!("{text}\n{DASH}{name} {}\n", STANDARD.encode([&id[..], &signature].concat()))
}

/// The text of a note that this key signed under this name.
fn open<'a>(note: &'a str, name: &str, key: &[u8; 32]) -> Option<&'a str> {
    if note.len() > MAX_NOTE || note.chars().any(|c| c.is_ascii_control() && c != '\n') {
        return None;
    }
    // The last empty line parts text and signatures; the text keeps its own end.
    let cut = note.rfind("\n\n")? + 1;
    let (text, rest) = note.split_at(cut);
    let id = key_id(name, key);
    let ours = rest[1..].strip_suffix('\n')?.split('\n').find_map(|line| {
        let (of, signature) = line.strip_prefix(DASH)?.split_once(' ')?;
        let signature = STANDARD.decode(signature).ok().filter(|_| of == name)?;
        let (claimed, signature) = signature.split_first_chunk::<4>()?;
        (*claimed == id).then(|| <[u8; 64]>::try_from(signature).ok()).flatten()
    })?;
    verifies(key, text.as_bytes(), &ours).then_some(text)
}

fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let hash = Sha256::new().chain_update(name).chain_update([b'\n', ED25519]).chain_update(key).finalize();
    let mut id = [0; 4];
    id.copy_from_slice(&hash[..4]);
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the reference implementation (golang.org/x/mod/sumdb/note).
    const KEY: &str = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn example_key() -> [u8; 32] {
        let octets = STANDARD.decode(KEY).unwrap();
        assert_eq!(octets[0], ED25519);
        octets[1..].try_into().unwrap()
    }

    #[test]
    fn the_reference_implementations_note_opens() {
        assert_eq!(hex::encode(key_id("PeterNeumann", &example_key())), "c74f20a3");
        let text = open(NOTE, "PeterNeumann", &example_key()).unwrap();
        assert_eq!(text, NOTE.split_once("\n\n").unwrap().0.to_owned() + "\n");
        for other in [
            NOTE.replace("don't", "do"),
            NOTE.replace("PeterNeumann", "RogerNeedham"),
            NOTE.replace("x08g", "x08h"),
            NOTE.trim_end().to_owned(),
            NOTE.replace("\n\n", "\n"),
            NOTE.to_owned() + &"x".repeat(MAX_NOTE),
        ] {
            assert_eq!(open(&other, "PeterNeumann", &example_key()), None, "{other}");
        }
    }

    #[test]
    fn a_checkpoint_has_the_documented_form_and_opens_for_its_key_and_origin_only() {
        let key = SigningKey::from_bytes(&[3; 32]);
        let verifying = key.verifying_key().to_bytes();
        let origin = "salus.invalid/log/0011223344556677";
        let checkpoint = Checkpoint { origin: origin.to_owned(), size: 12, root: [7; 32] };
        let note = checkpoint.sign(&key);
        let head = format!("{origin}\n12\n{}\n\n\u{2014} {origin} ", STANDARD.encode([7; 32]));
        assert!(note.starts_with(&head), "{note}");
        assert_eq!(Checkpoint::open(&note, origin, &verifying), Some(checkpoint.clone()));
        assert_eq!(Checkpoint::open(&note, "salus.invalid/log/0", &verifying), None);
        assert_eq!(Checkpoint::open(&note, origin, &example_key()), None);
        assert_eq!(Checkpoint::open(&note.replace("\n12\n", "\n13\n"), origin, &verifying), None);
    }

    #[test]
    fn a_size_is_written_in_one_way_only() {
        let key = SigningKey::from_bytes(&[3; 32]);
        for size in ["012", "+12", "", "-1", "18446744073709551616"] {
            let text = format!("o\n{size}\n{}\n", STANDARD.encode([7; 32]));
            let id = key_id("o", &key.verifying_key().to_bytes());
            let signed = STANDARD.encode([&id[..], &key.sign(text.as_bytes()).to_bytes()].concat());
            let note = format!("{text}\n{DASH}o {signed}\n");
            assert!(open(&note, "o", &key.verifying_key().to_bytes()).is_some());
            assert_eq!(Checkpoint::open(&note, "o", &key.verifying_key().to_bytes()), None, "{size}");
        }
    }
}

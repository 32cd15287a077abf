//! Letters between the members of a circle: sealed to one key, in the depots, with a note in that key's inbox.
//!
//! ```text
//! letter = 01 || 63 || sealed key 80 || lp(body)
//! sealed = HPKE(info "hg/v1/letter" || chain_id, aad inbox locator, pt key 32)
//! body   = chunked-encryption, padded, under HKDF-SHA512(key, "hg/v1/letter-body"),
//!          context "hg/v1/letter-body" || inbox locator || sealed, of what is said
//! note   = HPKE(info "hg/v1/letter-note" || chain_id, aad inbox locator, pt 01 || 64 || SHA-256(letter) 32)
//! ```
//!
//! Whoever knows the inbox can leave a letter, so a letter proves nothing: what is in it is signed.

mod left;

use std::collections::BTreeSet;

use futures::stream::{self, StreamExt};
use hkdf::Hkdf;
use rand_core::CryptoRng;
use salus_chain::codec::{CodecError, Reader, Record, Writer};
use salus_chain::ids::{ChainId, Hash32, ReaderKey};
use salus_keeper::depot::{blob_hash, inbox_of};
use salus_light::LightError;
use salus_vault::{Key, seal};
use salus_wire::UnixMillis;
use sha2::Sha512;
use zeroize::Zeroizing;

use crate::capsule::{CapsuleError, MAX_CAPSULE};
use crate::depot;
use crate::envelope::{self, OVERHEAD};
use crate::issue::IssueError;
use crate::members::Members;
use crate::network::Network;
use crate::reader::ReaderSecret;

pub use self::left::Left;

const KIND: u8 = 0x63;
const NOTE_KIND: u8 = 0x64;
const SEALED: usize = 32 + OVERHEAD;
const BODY: &[u8] = b"hg/v1/letter-body";
/// Letters fetched at once: a note may point to nothing, and each of these is waited for a while where a depot does not answer.
const AT_ONCE: usize = 4;

/// Most octets that a letter says: what is left of a depot's largest blob, padding and seals aside.
pub const MAX_SAID: usize = MAX_CAPSULE - MAX_CAPSULE / 8;

/// A letter was not sealed or not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The octets are not a letter.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// It was altered, is for another key, or the key is not a usable one.
    #[error("the letter does not open")]
    Sealed,
    /// It says more than fits.
    #[error("the letter is too long")]
    TooLong,
}

struct Letter {
    sealed: [u8; SEALED],
    body: Vec<u8>,
}

struct Note(Hash32);

fn info(label: &[u8], chain: &ChainId) -> Vec<u8> {
    [label, chain.as_bytes().as_slice()].concat()
}

fn body_key(key: &[u8; 32]) -> Key {
    let mut out = Zeroizing::new([0; 32]);
    Hkdf::<Sha512>::new(None, key)
        .expand(BODY, &mut *out)
        .unwrap_or_else(|_| unreachable!("32 octets are less than one block"));
    Key::new(*out)
}

fn context(inbox: &Hash32, sealed: &[u8]) -> Vec<u8> {
    [BODY, &inbox.0, sealed].concat()
}

/// Seals what is said to one key.
///
/// # Errors
/// [`LetterError::TooLong`]; [`LetterError::Sealed`] for a key of small order.
pub fn seal(
    said: &[u8],
    to: &ReaderKey,
    chain: &ChainId,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, LetterError> {
    if said.len() > MAX_SAID {
        return Err(LetterError::TooLong);
    }
    let inbox = inbox_of(to);
    let mut key = Zeroizing::new([0; 32]);
    rng.fill_bytes(&mut *key);
    let sealed = envelope::seal(&to.kem(), &info(b"hg/v1/letter", chain), &inbox.0, &*key, rng);
    let sealed: [u8; SEALED] =
        sealed.ok().and_then(|sealed| sealed.try_into().ok()).ok_or(LetterError::Sealed)?;
    let body = seal::seal_padded(&body_key(&key), &context(&inbox, &sealed), said, rng);
    Ok(Letter { sealed, body }.encode())
}

/// Opens a letter.
///
/// # Errors
/// [`LetterError`].
pub fn open(
    letter: &[u8],
    reader: &ReaderSecret,
    chain: &ChainId,
) -> Result<Zeroizing<Vec<u8>>, LetterError> {
    let Letter { sealed, body } = Letter::decode(letter)?;
    let inbox = inbox_of(&reader.public());
    let opened = envelope::open(reader.kem(), &info(b"hg/v1/letter", chain), &inbox.0, &sealed)
        .map_err(|_| LetterError::Sealed)?;
    let mut key = Zeroizing::new([0; 32]);
    if opened.len() != key.len() {
        return Err(LetterError::Sealed);
    }
    key.copy_from_slice(&opened);
    seal::open_padded(&body_key(&key), &context(&inbox, &sealed), &body).map_err(|_| LetterError::Sealed)
}

/// Seals what is said, puts it into the depots and leaves the note, both to be kept until an instant. What it gives is sent once more
/// while a depot lacks it.
///
/// # Errors
/// [`IssueError::TooFewDepots`] when fewer than f + 1 hold the letter or the note; saying it again is harmless.
pub async fn send<N: Network>(
    network: &N,
    said: &[u8],
    to: &ReaderKey,
    until: UnixMillis,
    now: UnixMillis,
    rng: &mut (impl CryptoRng + Send),
) -> Result<Left, IssueError> {
    let chain = network.genesis().chain_id();
    let sealed = |_| IssueError::Capsule(CapsuleError::TooLarge);
    let letter = seal(said, to, &chain, rng).map_err(sealed)?;
    let inbox = inbox_of(to);
    let note = Note(blob_hash(&letter)).encode();
    let note = envelope::seal(&to.kem(), &info(b"hg/v1/letter-note", &chain), &inbox.0, &note, rng)
        .map_err(|_| IssueError::Capsule(CapsuleError::Altered))?;
    let need = network.genesis().faults() + 1;
    let mut left = Left::new(inbox, until, letter, note);
    let failures = left.put_letter(network, now).await;
    let held = left.letter_at();
    if held.len() < need {
        return Err(IssueError::TooFewDepots { held, need, failures });
    }
    left.put_note(network, now).await;
    let held = left.note_at();
    if held.len() < need {
        return Err(IssueError::TooFewDepots { held, need, failures: Vec::new() });
    }
    Ok(left)
}

/// The letters that wait for a key and are not among those `known` by their hashes. What does not open is skipped: it may be
/// anybody's.
///
/// # Errors
/// [`LightError`] when no depot answers.
pub async fn collect<N: Network>(
    network: &N,
    reader: &ReaderSecret,
    known: &BTreeSet<Hash32>,
) -> Result<Vec<(Hash32, Zeroizing<Vec<u8>>)>, LightError> {
    let all = look(network, reader, known).await?;
    Ok(all.into_iter().filter_map(|(hash, said)| Some((hash, said?))).collect())
}

/// As [`collect`], and of what does not open the hash alone: whoever remembers it fetches it once, however large it is.
///
/// # Errors
/// [`LightError`] when no depot answers.
pub async fn look<N: Network>(
    network: &N,
    reader: &ReaderSecret,
    known: &BTreeSet<Hash32>,
) -> Result<Vec<(Hash32, Option<Zeroizing<Vec<u8>>>)>, LightError> {
    let chain = network.genesis().chain_id();
    let inbox = inbox_of(&reader.public());
    let everyone: Members = (1..=network.genesis().n()).collect();
    let mut hashes = BTreeSet::new();
    for note in depot::notes(network, inbox).await? {
        let opened = envelope::open(reader.kem(), &info(b"hg/v1/letter-note", &chain), &inbox.0, &note);
        hashes.extend(opened.ok().and_then(|plain| Note::decode(&plain).ok()).map(|note| note.0));
    }
    let wanted: Vec<Hash32> = hashes.difference(known).copied().collect();
    let one = |hash: Hash32| async move { (hash, depot::fetch(network, hash, everyone).await.octets) };
    let mut fetched = stream::iter(wanted.into_iter().map(one)).buffered(AT_ONCE);
    let mut letters = Vec::new();
    while let Some((hash, letter)) = fetched.next().await {
        let Some(letter) = letter else { continue };
        letters.push((hash, open(&letter, reader, &chain).ok()));
    }
    Ok(letters)
}

impl Record for Letter {
    const MAX: usize = MAX_CAPSULE;

    fn kind(&self) -> u8 {
        KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.sealed);
        out.lp(&self.body);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            KIND => Ok(Self { sealed: input.array()?, body: input.lp(MAX_CAPSULE)?.to_vec() }),
            other => Err(CodecError::Kind(other)),
        }
    }
}

impl Record for Note {
    const MAX: usize = 2 + 32;

    fn kind(&self) -> u8 {
        NOTE_KIND
    }

    fn write(&self, out: &mut Writer) {
        out.fixed(self.0);
    }

    fn read(kind: u8, input: &mut Reader<'_>) -> Result<Self, CodecError> {
        match kind {
            NOTE_KIND => Ok(Self(input.hash()?)),
            other => Err(CodecError::Kind(other)),
        }
    }
}

#[cfg(test)]
mod tests;

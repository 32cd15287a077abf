//! The line between two laptops: a letter a number, each at an address of its own.
//!
//! ```text
//! address = keys of HKDF-SHA512(line, "hg/v1/laptop-line" || from u8 || to u8 || number u64), 64 octets
//! said    = from u8 || to u8 || number u64 || body
//! signed  = said || signature 64 by the laptop that says it, under the label "laptop-letter"
//! letter  = letter(to the laptop's own key, signed), in a letter to the address
//! ```
//!
//! Depots keep few letters at one address, and see that letters at one address belong together; a fresh address for each letter
//! is free of both. Whoever has the line's secret finds the letters; only the laptop's own key opens them. They come in their
//! turn: a number that was read is not looked at again, and one that did not come yet holds up those behind it.

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use salus_chain::ids::{ChainId, ReaderKey, Signature, VerifyingKey};
use salus_chain::sign::Label;
use salus_light::LightError;
use salus_wire::UnixMillis;
use zeroize::Zeroizing;

use super::code::{Meeting, What, derived};
use crate::capsule::CapsuleError;
use crate::circle::letter::{self, Left};
use crate::issue::IssueError;
use crate::network::Network;
use crate::reader::ReaderSecret;

const LABEL: &[u8] = b"hg/v1/laptop-line";
const HEAD: usize = 1 + 1 + 8;

/// One direction between two laptops of a record.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    /// The secret that both have.
    pub secret: &'a [u8; 32],
    /// The number of the laptop that says something.
    pub from: u8,
    /// The number of the laptop that it is said to.
    pub to: u8,
}

impl Line<'_> {
    fn address(&self, number: u64) -> ReaderSecret {
        derived(self.secret, LABEL, &self.head(number))
    }

    fn head(&self, number: u64) -> [u8; HEAD] {
        let mut head = [0; HEAD];
        head[0] = self.from;
        head[1] = self.to;
        head[2..].copy_from_slice(&number.to_be_bytes());
        head
    }

    /// Says something, under a number that was not used before, or the same again.
    ///
    /// # Errors
    /// [`IssueError::TooFewDepots`]; saying it again is harmless. [`IssueError::Capsule`] when it is too long.
    pub async fn say<N: Network>(
        &self,
        network: &N,
        number: u64,
        body: &[u8],
        (own, to): (&ReaderSecret, &ReaderKey),
        (until, now): (UnixMillis, UnixMillis),
        rng: &mut (impl CryptoRng + Send),
    ) -> Result<Left, IssueError> {
        let chain = network.genesis().chain_id();
        let mut signed = Zeroizing::new([&self.head(number)[..], body].concat());
        let signature = own.signing().sign(Label::LaptopLetter, &chain, &signed);
        signed.extend_from_slice(&signature.0);
        let sealed = letter::seal(&signed, to, &chain, rng);
        let sealed = sealed.map_err(|_| IssueError::Capsule(CapsuleError::TooLarge))?;
        letter::send(network, &sealed, &self.address(number).public(), until, now, rng).await
    }

    /// What was said under a number; `None` when nothing waits there that this laptop can open and the other signed.
    ///
    /// # Errors
    /// [`LightError`] when no depot answers.
    pub async fn hear<N: Network>(
        &self,
        network: &N,
        number: u64,
        own: &ReaderSecret,
        from: &VerifyingKey,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, LightError> {
        let chain = network.genesis().chain_id();
        let waiting = letter::collect(network, &self.address(number), &BTreeSet::new()).await?;
        let mut heard = waiting.iter().filter_map(|(_, sealed)| {
            let signed = letter::open(sealed, own, &chain).ok()?;
            opened(&signed, &self.head(number), from, &chain)
        });
        Ok(heard.next())
    }
}

fn opened(
    signed: &[u8],
    head: &[u8; HEAD],
    from: &VerifyingKey,
    chain: &ChainId,
) -> Option<Zeroizing<Vec<u8>>> {
    let (said, signature) = signed.split_last_chunk::<{ Signature::LEN }>()?;
    from.verify(Label::LaptopLetter, chain, said, &Signature(*signature)).ok()?;
    said.strip_prefix(&head[..]).map(|body| Zeroizing::new(body.to_vec()))
}

/// Leaves something at a meeting, sealed to the address, and when `to` is known to that laptop too.
///
/// # Errors
/// [`IssueError::TooFewDepots`], [`IssueError::Capsule`].
pub async fn leave<N: Network>(
    network: &N,
    (meeting, what): (&Meeting, What),
    octets: &[u8],
    to: Option<&ReaderKey>,
    (until, now): (UnixMillis, UnixMillis),
    rng: &mut (impl CryptoRng + Send),
) -> Result<Left, IssueError> {
    let address = meeting.address(what).public();
    let Some(to) = to else { return letter::send(network, octets, &address, until, now, rng).await };
    let sealed = letter::seal(octets, to, &network.genesis().chain_id(), rng);
    let sealed = sealed.map_err(|_| IssueError::Capsule(CapsuleError::TooLarge))?;
    letter::send(network, &sealed, &address, until, now, rng).await
}

/// Everything that lies at a meeting, of which this laptop opens what is sealed to it; `own` is `None` for what is sealed to the
/// address alone. Each once, whatever the depots repeat.
///
/// # Errors
/// [`LightError`] when no depot answers.
pub async fn find<N: Network>(
    network: &N,
    (meeting, what): (&Meeting, What),
    own: Option<&ReaderSecret>,
) -> Result<Vec<Zeroizing<Vec<u8>>>, LightError> {
    let chain = network.genesis().chain_id();
    let waiting = letter::collect(network, &meeting.address(what), &BTreeSet::new()).await?;
    let mut found: Vec<Zeroizing<Vec<u8>>> = waiting
        .into_iter()
        .filter_map(|(_, octets)| match own {
            Some(own) => letter::open(&octets, own, &chain).ok(),
            None => Some(octets),
        })
        .collect();
    found.sort_by(|one, other| one.as_slice().cmp(other.as_slice()));
    found.dedup();
    Ok(found)
}

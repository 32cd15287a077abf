//! The members' depots as sharing uses them: put everywhere, find and fetch from whoever has it.

use std::collections::BTreeMap;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use salus_chain::codec::Record;
use salus_chain::ids::{ChainId, Hash32};
use salus_chain::tx::Pow;
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, InboxPut, MAX_HASHES, Put, blob_hash,
};
use salus_light::LightError;
use salus_wire::UnixMillis;

use crate::members::Members;
use crate::network::Network;

/// Work that a depot may ask for at most: 2^22 hashes are seconds.
const MAX_POW_BITS: u8 = 22;
/// Requests under way at one depot.
const AT_ONCE: usize = 6;
/// How long after a grant's end its data stays: 7 days.
const GRACE_MS: i64 = 7 * 86_400_000;

/// Why one depot did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepotError {
    /// It could not be asked.
    #[error(transparent)]
    Light(#[from] LightError),
    /// It said no.
    #[error(transparent)]
    Refused(#[from] DepotRefused),
    /// It answered something else than was asked.
    #[error("the depot's answer is malformed")]
    Malformed,
    /// It asks for more work than is reasonable.
    #[error("the depot asks for too much work")]
    TooMuchWork,
}

/// Sealed octets and where they are to be found.
#[derive(Debug, Clone)]
pub(crate) struct Blob<'a> {
    pub(crate) locator: Option<Hash32>,
    pub(crate) octets: &'a [u8],
}

/// Octets that hash to what was asked, or who gave others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Fetched {
    pub(crate) octets: Option<Vec<u8>>,
    pub(crate) altered_by: Members,
}

pub(crate) async fn ask<N: Network>(
    network: &N,
    member: u16,
    request: DepotRequest,
) -> Result<DepotReply, DepotError> {
    let reply = network.depot(member, request.encode()).await?;
    match DepotReply::decode(&reply).map_err(|_| DepotError::Malformed)? {
        DepotReply::Refused(why) => Err(why.into()),
        reply => Ok(reply),
    }
}

async fn stat<N: Network>(
    network: &N,
    member: u16,
    hashes: Vec<Hash32>,
) -> Result<(DepotTerms, Vec<Hash32>), DepotError> {
    match ask(network, member, DepotRequest::Stat(hashes)).await? {
        DepotReply::Stat { terms, .. } if terms.pow_bits > MAX_POW_BITS => Err(DepotError::TooMuchWork),
        DepotReply::Stat { terms, held } => Ok((terms, held)),
        _ => Err(DepotError::Malformed),
    }
}

fn keep_until(expires: UnixMillis, now: UnixMillis, terms: &DepotTerms) -> UnixMillis {
    // An hour inside the longest time, so that a depot's clock ahead of ours does not refuse it.
    let longest = now.saturating_add(terms.max_keep_ms).saturating_sub(3_600_000);
    expires.saturating_add(GRACE_MS).min(longest)
}

/// Puts every blob into every depot that takes it, and says for each blob which depots hold it.
///
/// A depot that cannot be reached is left alone for the rest; the caller compares the count with what it needs.
pub(crate) async fn put_all<N: Network>(
    network: &N,
    chain: &ChainId,
    blobs: &[Blob<'_>],
    expires: UnixMillis,
    now: UnixMillis,
) -> (Vec<Members>, Vec<(u16, DepotError)>) {
    let mut held = vec![Members::default(); blobs.len()];
    let mut failures = Vec::new();
    let one =
        |member: u16| async move { (member, put_into(network, member, chain, blobs, expires, now).await) };
    for (member, (places, failure)) in join_all((1..=network.genesis().n()).map(one)).await {
        places.into_iter().for_each(|place| held[place].insert(member));
        failures.extend(failure.map(|failure| (member, failure)));
    }
    (held, failures)
}

async fn put_into<N: Network>(
    network: &N,
    member: u16,
    chain: &ChainId,
    blobs: &[Blob<'_>],
    expires: UnixMillis,
    now: UnixMillis,
) -> (Vec<usize>, Option<DepotError>) {
    let hashes: BTreeMap<Hash32, usize> =
        blobs.iter().enumerate().map(|(place, blob)| (blob_hash(blob.octets), place)).collect();
    let mut done = Vec::new();
    let mut failure = None;
    let all: Vec<(Hash32, usize)> = hashes.into_iter().collect();
    for page in all.chunks(MAX_HASHES) {
        let asked = page.iter().map(|(hash, _)| *hash).collect();
        let (terms, held) = match stat(network, member, asked).await {
            Ok(answer) => answer,
            Err(error) => return (done, Some(error)),
        };
        for (hash, place) in page {
            if held.contains(hash) {
                done.push(*place);
                continue;
            }
            let blob = &blobs[*place];
            let put = Put {
                keep_until_ms: keep_until(expires, now, &terms),
                locators: blob.locator.into_iter().collect(),
                pow: Pow(0),
                octets: blob.octets.to_vec(),
            };
            let put = put.solved(chain, terms.pow_bits);
            match ask(network, member, DepotRequest::Put(Box::new(put))).await {
                Ok(DepotReply::Stored(stored)) if stored == *hash => done.push(*place),
                Ok(_) => return (done, Some(DepotError::Malformed)),
                Err(error @ DepotError::Light(_)) => return (done, Some(error)),
                Err(error) => failure = Some(error),
            }
        }
    }
    (done, failure)
}

/// Leaves a note in an inbox of every depot that takes it.
pub(crate) async fn leave<N: Network>(
    network: &N,
    chain: &ChainId,
    inbox: Hash32,
    pointer: &[u8],
    expires: UnixMillis,
    now: UnixMillis,
) -> Members {
    let one = |member: u16| async move {
        let (terms, _) = stat(network, member, Vec::new()).await?;
        let keep_until_ms = keep_until(expires, now, &terms);
        let put = InboxPut { inbox, keep_until_ms, pow: Pow(0), pointer: pointer.to_vec() };
        match ask(network, member, DepotRequest::InboxPut(put.solved(chain, terms.pow_bits))).await? {
            DepotReply::Stored(_) => Ok(member),
            _ => Err(DepotError::Malformed),
        }
    };
    let left = join_all((1..=network.genesis().n()).map(one)).await;
    left.into_iter().filter_map(Result::ok).collect()
}

/// What waits in an inbox, from every depot that answers; `Err` when none does.
pub(crate) async fn notes<N: Network>(network: &N, inbox: Hash32) -> Result<Vec<Vec<u8>>, DepotError> {
    let asked = (1..=network.genesis().n()).map(|m| ask(network, m, DepotRequest::InboxFind(inbox)));
    let mut notes = Vec::new();
    let (mut answered, mut failure) = (false, DepotError::Malformed);
    for answer in join_all(asked).await {
        match answer {
            Ok(DepotReply::Pointers(found)) => {
                answered = true;
                notes.extend(found);
            }
            Ok(_) => {}
            Err(DepotError::Refused(DepotRefused::NotFound)) => answered = true,
            Err(error) => failure = error,
        }
    }
    notes.sort_unstable();
    notes.dedup();
    if answered { Ok(notes) } else { Err(failure) }
}

/// For each locator, the blobs under it and who has each; from every depot, because none need hold everything.
pub(crate) async fn locate<N: Network>(
    network: &N,
    locators: &[Hash32],
) -> Result<BTreeMap<Hash32, BTreeMap<Hash32, Members>>, DepotError> {
    let mut found: BTreeMap<Hash32, BTreeMap<Hash32, Members>> = BTreeMap::new();
    let (mut answered, mut failure) = (false, DepotError::Malformed);
    let one = |member: u16| async move { (member, locate_at(network, member, locators).await) };
    for (member, answer) in join_all((1..=network.genesis().n()).map(one)).await {
        match answer {
            Ok(pairs) => {
                answered = true;
                for (locator, hash) in pairs {
                    found.entry(locator).or_default().entry(hash).or_default().insert(member);
                }
            }
            Err(error) => failure = error,
        }
    }
    if answered { Ok(found) } else { Err(failure) }
}

async fn locate_at<N: Network>(
    network: &N,
    member: u16,
    locators: &[Hash32],
) -> Result<Vec<(Hash32, Hash32)>, DepotError> {
    let one = |locator: Hash32| async move {
        match ask(network, member, DepotRequest::Find(locator)).await {
            Ok(DepotReply::Hashes(hashes)) => Ok((locator, hashes)),
            Ok(_) => Err(DepotError::Malformed),
            Err(DepotError::Refused(DepotRefused::NotFound)) => Ok((locator, Vec::new())),
            Err(error) => Err(error),
        }
    };
    let mut pairs = Vec::new();
    let mut answers = stream::iter(locators.iter().copied().map(one)).buffer_unordered(AT_ONCE);
    // The first failure ends it: a depot that is down must not be waited for once per locator.
    while let Some(answer) = answers.next().await {
        let (locator, hashes) = answer?;
        pairs.extend(hashes.into_iter().map(|hash| (locator, hash)));
    }
    Ok(pairs)
}

/// One blob from whoever has it; who gives other octets is named and passed over.
pub(crate) async fn fetch<N: Network>(network: &N, hash: Hash32, holders: Members) -> Fetched {
    let mut fetched = Fetched::default();
    for member in holders.iter() {
        match ask(network, member, DepotRequest::Get(hash)).await {
            Ok(DepotReply::Blob(octets)) if blob_hash(&octets) == hash => {
                fetched.octets = Some(octets);
                break;
            }
            Ok(_) | Err(DepotError::Malformed) => fetched.altered_by.insert(member),
            Err(error) => tracing::debug!(member, %error, "blob not fetched"),
        }
    }
    fetched
}

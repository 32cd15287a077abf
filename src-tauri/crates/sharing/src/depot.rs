//! The members' depots as sharing uses them: put everywhere, find and fetch from whoever has it.

use std::collections::BTreeMap;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
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

async fn stat<N: Network>(
    network: &N,
    member: u16,
    hashes: Vec<Hash32>,
) -> Result<(DepotTerms, Vec<Hash32>), LightError> {
    match network.depot(member, DepotRequest::Stat(hashes)).await? {
        DepotReply::Stat { terms, .. } if terms.pow_bits > MAX_POW_BITS => {
            Err(LightError::Depot { member, why: DepotRefused::ProofOfWork })
        }
        DepotReply::Stat { terms, held } => Ok((terms, held)),
        _ => Err(LightError::BadReply { member }),
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
) -> (Vec<Members>, Vec<(u16, LightError)>) {
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
) -> (Vec<usize>, Option<LightError>) {
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
            match network.depot(member, DepotRequest::Put(Box::new(put))).await {
                Ok(DepotReply::Stored(stored)) if stored == *hash => done.push(*place),
                Ok(_) => return (done, Some(LightError::BadReply { member })),
                Err(error @ (LightError::Silent { .. } | LightError::Unreachable | LightError::Network)) => {
                    return (done, Some(error));
                }
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
        match network.depot(member, DepotRequest::InboxPut(put.solved(chain, terms.pow_bits))).await? {
            DepotReply::Stored(_) => Ok(member),
            _ => Err(LightError::BadReply { member }),
        }
    };
    let left = join_all((1..=network.genesis().n()).map(one)).await;
    left.into_iter().filter_map(Result::ok).collect()
}

/// What waits in an inbox, from every depot that answers; `Err` when none does.
pub(crate) async fn notes<N: Network>(network: &N, inbox: Hash32) -> Result<Vec<Vec<u8>>, LightError> {
    let asked = (1..=network.genesis().n()).map(|m| network.depot(m, DepotRequest::InboxFind(inbox)));
    let mut notes = Vec::new();
    let (mut answered, mut failure) = (false, LightError::Unreachable);
    for answer in join_all(asked).await {
        match answer {
            Ok(DepotReply::Pointers(found)) => {
                answered = true;
                notes.extend(found);
            }
            Ok(_) => {}
            Err(LightError::Missing { .. }) => answered = true,
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
) -> Result<BTreeMap<Hash32, BTreeMap<Hash32, Members>>, LightError> {
    let mut found: BTreeMap<Hash32, BTreeMap<Hash32, Members>> = BTreeMap::new();
    let (mut answered, mut failure) = (false, LightError::Unreachable);
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
) -> Result<Vec<(Hash32, Hash32)>, LightError> {
    let one = |locator: Hash32| async move {
        match network.depot(member, DepotRequest::Find(locator)).await {
            Ok(DepotReply::Hashes(hashes)) => Ok((locator, hashes)),
            Ok(_) => Err(LightError::BadReply { member }),
            Err(LightError::Missing { .. }) => Ok((locator, Vec::new())),
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
        match network.depot(member, DepotRequest::Get(hash)).await {
            Ok(DepotReply::Blob(octets)) if blob_hash(&octets) == hash => {
                fetched.octets = Some(octets);
                break;
            }
            Ok(_) | Err(LightError::BadReply { .. } | LightError::Altered { .. }) => {
                fetched.altered_by.insert(member)
            }
            Err(error) => tracing::debug!(member, %error, "blob not fetched"),
        }
    }
    fetched
}

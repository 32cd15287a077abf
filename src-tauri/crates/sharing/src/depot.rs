//! The members' depots as sharing uses them: put everywhere, find and fetch from whoever has it.

use std::collections::BTreeMap;

use futures::future::join_all;
use salus_chain::ids::Hash32;
use salus_chain::tx::Pow;
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, InboxPut, MAX_FOUND, MAX_HASHES, Put,
    blob_hash,
};
use salus_light::LightError;
use salus_wire::UnixMillis;

use crate::enough::until_enough;
use crate::members::Members;
use crate::network::Network;

/// Work that a depot may ask for at most: 2^22 hashes are seconds.
const MAX_POW_BITS: u8 = 22;

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

/// Something to keep: a blob or a note.
trait Keep: DepotPow + Clone + Sync {
    fn keep_until(&mut self) -> &mut UnixMillis;
    fn request(self) -> DepotRequest;
}

impl Keep for Put {
    fn keep_until(&mut self) -> &mut UnixMillis {
        &mut self.keep_until_ms
    }

    fn request(self) -> DepotRequest {
        DepotRequest::Put(Box::new(self))
    }
}

impl Keep for InboxPut {
    fn keep_until(&mut self) -> &mut UnixMillis {
        &mut self.keep_until_ms
    }

    fn request(self) -> DepotRequest {
        DepotRequest::InboxPut(self)
    }
}

async fn terms<N: Network>(network: &N, member: u16) -> Result<DepotTerms, LightError> {
    match network.depot(member, DepotRequest::Stat(Vec::new())).await? {
        DepotReply::Stat { terms, .. } if terms.pow_bits <= MAX_POW_BITS => Ok(terms),
        DepotReply::Stat { .. } => Err(LightError::Depot { member, why: DepotRefused::ProofOfWork }),
        _ => Err(LightError::BadReply { member }),
    }
}

/// Hands it in; when the depot's terms are others than the chain's, once more by its own. Gives the hash it says it keeps.
async fn hand_in<N: Network>(
    network: &N,
    member: u16,
    mut what: impl Keep,
    now: UnixMillis,
) -> Result<Hash32, LightError> {
    use DepotRefused::{ProofOfWork, Terms};
    let mut reply = network.depot(member, what.clone().request()).await;
    if matches!(reply, Err(LightError::Depot { why: ProofOfWork | Terms, .. })) {
        let terms = terms(network, member).await?;
        // An hour inside its longest time, so that a clock behind ours does not refuse it.
        let longest = now.saturating_add(terms.max_keep_ms).saturating_sub(3_600_000);
        let until = what.keep_until();
        *until = (*until).min(longest);
        let solved = what.solved(&network.genesis().chain_id(), terms.pow_bits);
        reply = network.depot(member, solved.request()).await;
    }
    match reply? {
        DepotReply::Stored(hash) => Ok(hash),
        _ => Err(LightError::BadReply { member }),
    }
}

/// Puts every blob into every depot that takes it, to be kept until `expires` and the depot's grace, and says for each
/// blob which depots hold it. What a depot has already it keeps longer.
///
/// A depot that cannot be reached or is busy is left alone for the rest, and one that answers nothing is passed over once f + 1 have
/// everything; the caller compares the count with its need.
pub(crate) async fn put_all<N: Network>(
    network: &N,
    blobs: &[Blob<'_>],
    expires: UnixMillis,
    now: UnixMillis,
) -> (Vec<Members>, Vec<(u16, LightError)>) {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let put = |blob: &Blob<'_>| {
        let locators = blob.locator.into_iter().collect();
        let octets = blob.octets.to_vec();
        Put { keep_until_ms: expires, locators, pow: Pow(0), octets }.solved(&chain, bits)
    };
    // The work does not depend on the depot: it is done once.
    let puts: Vec<Put> = blobs.iter().map(put).collect();
    let puts = puts.as_slice();
    let one = |member: u16| (member, put_into(network, member, puts, now));
    let mut held = vec![Members::default(); blobs.len()];
    let mut failures = Vec::new();
    let take = |member: u16, (places, failure): (Vec<usize>, Option<LightError>)| {
        let has_all = places.len() == puts.len();
        places.into_iter().for_each(|place| held[place].insert(member));
        failures.extend(failure.map(|failure| (member, failure)));
        has_all
    };
    let silent = until_enough(network, (1..=network.genesis().n()).map(one), enough(network), take).await;
    failures.extend(silent.iter().map(|member| (member, LightError::Silent { member })));
    (held, failures)
}

async fn put_into<N: Network>(
    network: &N,
    member: u16,
    puts: &[Put],
    now: UnixMillis,
) -> (Vec<usize>, Option<LightError>) {
    let (mut done, mut failure) = (Vec::new(), None);
    for (place, put) in puts.iter().enumerate() {
        match hand_in(network, member, put.clone(), now).await {
            Ok(stored) if stored == blob_hash(&put.octets) => done.push(place),
            Ok(_) => return (done, Some(LightError::BadReply { member })),
            // No room for this one; a smaller one may still fit.
            Err(error @ LightError::Depot { why: DepotRefused::Full | DepotRefused::Terms, .. }) => {
                failure = Some(error);
            }
            Err(error) => return (done, Some(error)),
        }
    }
    (done, failure)
}

/// Leaves a note in an inbox of every depot that takes it, but those that hold it already; all that hold it then.
pub(crate) async fn leave<N: Network>(
    network: &N,
    inbox: Hash32,
    pointer: &[u8],
    mut held: Members,
    expires: UnixMillis,
    now: UnixMillis,
) -> Members {
    let (chain, bits) = (network.genesis().chain_id(), network.genesis().params.pow_bits);
    let put = InboxPut { inbox, keep_until_ms: expires, pow: Pow(0), pointer: pointer.to_vec() };
    let put = &put.solved(&chain, bits);
    let need = enough(network).saturating_sub(usize::from(held.len()));
    let others: Vec<u16> = (1..=network.genesis().n()).filter(|member| !held.contains(*member)).collect();
    let asked = others.into_iter().map(|member| (member, hand_in(network, member, put.clone(), now)));
    let take = |member: u16, left: Result<Hash32, LightError>| left.map(|_| held.insert(member)).is_ok();
    until_enough(network, asked, need, take).await;
    held
}

/// So many depots that an honest one is among them: f + 1.
fn enough<N: Network>(network: &N) -> usize {
    usize::from(network.genesis().faults()) + 1
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
    let mut sorted = locators.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let locators = sorted.as_slice();
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
    let mut pages: Vec<&[Hash32]> = locators.chunks(MAX_HASHES).collect();
    let mut pairs = Vec::new();
    // The first failure ends it: a depot that is down must not be waited for once per page.
    while let Some(page) = pages.pop() {
        let DepotReply::Found(found) = network.depot(member, DepotRequest::FindMany(page.to_vec())).await?
        else {
            return Err(LightError::BadReply { member });
        };
        if found.len() >= MAX_FOUND && page.len() > 1 {
            // Crowded: what was cut off shows in a smaller page.
            let (left, right) = page.split_at(page.len() / 2);
            pages.extend([left, right]);
            continue;
        }
        for (place, hash) in found {
            let locator = page.get(usize::from(place)).ok_or(LightError::BadReply { member })?;
            pairs.push((*locator, hash));
        }
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

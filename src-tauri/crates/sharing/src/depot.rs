//! The members' depots as sharing uses them: put everywhere, find and fetch from whoever has it.

mod read;

use salus_chain::ids::Hash32;
use salus_chain::tx::Pow;
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, InboxPut, Put, blob_hash,
};
use salus_light::LightError;
use salus_wire::UnixMillis;

pub(crate) use self::read::{fetch, locate, notes};
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

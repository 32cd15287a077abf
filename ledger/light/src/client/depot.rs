//! The members' depots: sealed octets under their hash, found by locators, and pointers in inboxes.

use std::collections::BTreeSet;
use std::time::Duration;

use futures::stream::{FuturesUnordered, StreamExt};
use salus_chain::codec::Record;
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;
use salus_chain::tx::Pow;
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, InboxPut, MAX_HASHES, Put, blob_hash,
};

use super::LightClient;
use super::error::LightError;
use crate::p2p::Protocol;

/// How long depots have to say what they hold.
const PATIENCE: Duration = Duration::from_secs(3);

/// Most zero bits of work that this client pays; more is a depot's way of saying no.
const MAX_POW_BITS: u8 = 24;

/// The way to every depot; borrowed from the client.
#[derive(Clone, Copy)]
pub struct Depots<'a> {
    client: &'a LightClient,
}

impl<'a> Depots<'a> {
    pub(super) fn new(client: &'a LightClient) -> Self {
        Self { client }
    }

    /// Puts sealed octets into f + 1 depots, or more when some refuse; the members that keep them.
    ///
    /// # Errors
    /// When fewer than f + 1 depots keep them; those that do are not told to forget.
    pub async fn put(
        &self,
        keep_until_ms: UnixMillis,
        locators: &[Hash32],
        octets: Vec<u8>,
    ) -> Result<Vec<u16>, LightError> {
        let hash = blob_hash(&octets);
        let locators: BTreeSet<Hash32> = locators.iter().copied().collect();
        let locators = locators.into_iter().collect();
        let put = Put { keep_until_ms, locators, pow: Pow(0), octets };
        self.spread(hash, put, |put| DepotRequest::Put(Box::new(put))).await
    }

    /// Puts a sealed pointer into an inbox of f + 1 depots, or more when some refuse; the members that keep it.
    ///
    /// # Errors
    /// As [`Depots::put`].
    pub async fn put_pointer(
        &self,
        inbox: &Hash32,
        keep_until_ms: UnixMillis,
        pointer: Vec<u8>,
    ) -> Result<Vec<u16>, LightError> {
        let hash = blob_hash(&pointer);
        let put = InboxPut { inbox: *inbox, keep_until_ms, pow: Pow(0), pointer };
        self.spread(hash, put, DepotRequest::InboxPut).await
    }

    /// The octets of a hash, from the first depot that has them unaltered.
    ///
    /// # Errors
    /// [`LightError::Missing`] when no depot that answers has them.
    pub async fn get(&self, hash: &Hash32) -> Result<Vec<u8>, LightError> {
        let body = DepotRequest::Get(*hash).encode();
        let accept = |member: u16, reply: Vec<u8>| match read(member, &reply)? {
            DepotReply::Blob(octets) if blob_hash(&octets) == *hash => Ok(octets),
            DepotReply::Blob(_) => Err(LightError::Altered { member }),
            _ => Err(LightError::BadReply { member }),
        };
        self.client.0.members.first(Protocol::Depot, &body, accept).await
    }

    /// Every hash that any depot has under a locator.
    ///
    /// # Errors
    /// When no depot answers.
    pub async fn find(&self, locator: &Hash32) -> Result<Vec<Hash32>, LightError> {
        let hashes = |reply| match reply {
            DepotReply::Hashes(hashes) => Some(hashes),
            _ => None,
        };
        self.gather(&DepotRequest::Find(*locator), hashes).await
    }

    /// Every pointer that any depot has in an inbox; open them, they are from anybody.
    ///
    /// # Errors
    /// When no depot answers.
    pub async fn pointers(&self, inbox: &Hash32) -> Result<Vec<Vec<u8>>, LightError> {
        let pointers = |reply| match reply {
            DepotReply::Pointers(pointers) => Some(pointers),
            _ => None,
        };
        self.gather(&DepotRequest::InboxFind(*inbox), pointers).await
    }

    /// Which depots hold which of these blobs; a depot that does not answer is not in the list.
    ///
    /// # Errors
    /// When no depot answers.
    pub async fn held(&self, hashes: &[Hash32]) -> Result<Vec<(u16, Vec<Hash32>)>, LightError> {
        let hashes: BTreeSet<Hash32> = hashes.iter().copied().collect();
        let hashes: Vec<Hash32> = hashes.into_iter().collect();
        let mut held: Vec<(u16, Vec<Hash32>)> = Vec::new();
        for part in hashes.chunks(MAX_HASHES) {
            for (member, reply) in self.each(&DepotRequest::Stat(part.to_vec())).await? {
                let DepotReply::Stat { held: mut more, .. } = reply else { continue };
                more.retain(|hash| part.binary_search(hash).is_ok());
                match held.iter_mut().find(|(known, _)| *known == member) {
                    Some((_, hashes)) => hashes.append(&mut more),
                    None => held.push((member, more)),
                }
            }
        }
        Ok(held)
    }

    /// One depot's terms.
    ///
    /// # Errors
    /// [`LightError`] names the member.
    pub async fn terms(&self, member: u16) -> Result<DepotTerms, LightError> {
        match self.ask(member, &DepotRequest::Stat(Vec::new())).await? {
            DepotReply::Stat { terms, .. } => Ok(terms),
            _ => Err(LightError::BadReply { member }),
        }
    }

    async fn spread<T: DepotPow + Clone>(
        &self,
        hash: Hash32,
        put: T,
        request: impl Fn(T) -> DepotRequest + Copy,
    ) -> Result<Vec<u16>, LightError> {
        let needed = self.client.0.members.faults() + 1;
        let bits = self.client.genesis().params.pow_bits;
        let put = &put.solved(&self.client.chain_id(), bits);
        let mut waiting = self.client.0.members.order().into_iter();
        let store =
            |member: u16| async move { (member, self.store(member, hash, put.clone(), request).await) };
        let mut asked: FuturesUnordered<_> = waiting.by_ref().take(needed).map(store).collect();
        let (mut kept, mut failure) = (Vec::new(), LightError::Unreachable);
        while let Some((member, stored)) = asked.next().await {
            match stored {
                Ok(()) => kept.push(member),
                Err(error) => {
                    if error.weight() >= failure.weight() {
                        failure = error;
                    }
                    asked.extend(waiting.next().map(store));
                }
            }
        }
        if kept.len() >= needed { Ok(kept) } else { Err(failure) }
    }

    async fn store<T: DepotPow + Clone>(
        &self,
        member: u16,
        hash: Hash32,
        put: T,
        request: impl Fn(T) -> DepotRequest,
    ) -> Result<(), LightError> {
        let mut answer = self.ask(member, &request(put.clone())).await;
        if matches!(answer, Err(LightError::Depot { why: DepotRefused::ProofOfWork, .. })) {
            let bits = self.terms(member).await?.pow_bits;
            if bits <= MAX_POW_BITS {
                answer = self.ask(member, &request(put.solved(&self.client.chain_id(), bits))).await;
            }
        }
        match answer? {
            DepotReply::Stored(stored) if stored == hash => Ok(()),
            _ => Err(LightError::BadReply { member }),
        }
    }

    async fn gather<T: Ord>(
        &self,
        request: &DepotRequest,
        items: impl Fn(DepotReply) -> Option<Vec<T>>,
    ) -> Result<Vec<T>, LightError> {
        let replies = self.each(request).await?;
        let all: BTreeSet<T> = replies.into_iter().filter_map(|(_, reply)| items(reply)).flatten().collect();
        Ok(all.into_iter().collect())
    }

    async fn each(&self, request: &DepotRequest) -> Result<Vec<(u16, DepotReply)>, LightError> {
        let members = &self.client.0.members;
        let answers = members.each(&members.order(), Protocol::Depot, &request.encode(), PATIENCE).await;
        let (mut replies, mut failure) = (Vec::new(), LightError::Unreachable);
        for (member, answer) in answers {
            let answer = answer.map_err(|error| LightError::from_ask(member, error));
            match answer.and_then(|reply| read(member, &reply)) {
                Ok(reply) => replies.push((member, reply)),
                Err(error) if error.weight() >= failure.weight() => failure = error,
                Err(_) => {}
            }
        }
        if replies.is_empty() { Err(failure) } else { Ok(replies) }
    }

    /// One exchange with one member's depot: the decoded reply, whatever it is.
    ///
    /// # Errors
    /// [`LightError`] names the member.
    pub async fn ask(&self, member: u16, request: &DepotRequest) -> Result<DepotReply, LightError> {
        let answer = self.client.0.members.ask(member, Protocol::Depot, request.encode()).await;
        read(member, &answer.map_err(|error| LightError::from_ask(member, error))?)
    }
}

fn read(member: u16, reply: &[u8]) -> Result<DepotReply, LightError> {
    match DepotReply::decode(reply) {
        Ok(DepotReply::Refused(DepotRefused::NotFound)) => Err(LightError::Missing { member }),
        Ok(DepotReply::Refused(why)) => Err(LightError::Depot { member, why }),
        Ok(reply) => Ok(reply),
        Err(_) => Err(LightError::BadReply { member }),
    }
}

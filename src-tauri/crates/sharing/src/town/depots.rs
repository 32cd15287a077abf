//! A depot: blobs by hash, hashes by locator, notes by inbox.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::genesis::ChainContext;
use salus_chain::ids::{Hash32, sha256};
use salus_keeper::depot::{
    DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, MAX_FOUND, blob_hash,
};
use salus_wire::UnixMillis;

use super::NOW;

const MAX_KEEP_MS: i64 = 400 * 86_400_000;

#[derive(Default)]
pub(crate) struct Depot {
    pub(crate) blobs: BTreeMap<Hash32, Vec<u8>>,
    pub(crate) found: BTreeMap<Hash32, BTreeSet<Hash32>>,
    /// Bits of work above the chain's.
    pub(crate) stricter: u8,
    pub(crate) notes: BTreeMap<Hash32, Vec<Vec<u8>>>,
}

impl Depot {
    pub(super) fn answer(
        &mut self,
        ctx: &ChainContext,
        request: DepotRequest,
    ) -> Result<DepotReply, DepotRefused> {
        Ok(match request {
            DepotRequest::Put(put) => {
                self.admit(&*put, put.keep_until_ms, ctx)?;
                let hash = blob_hash(&put.octets);
                for locator in put.locators {
                    self.found.entry(locator).or_default().insert(hash);
                }
                self.blobs.insert(hash, put.octets);
                DepotReply::Stored(hash)
            }
            DepotRequest::Get(hash) => {
                DepotReply::Blob(self.blobs.get(&hash).cloned().ok_or(DepotRefused::NotFound)?)
            }
            DepotRequest::Find(locator) => {
                let found = self.found.get(&locator).ok_or(DepotRefused::NotFound)?;
                DepotReply::Hashes(found.iter().copied().collect())
            }
            DepotRequest::FindMany(locators) => {
                let mut found = Vec::new();
                for (place, locator) in (0u16..).zip(locators) {
                    found.extend(self.found.get(&locator).into_iter().flatten().map(|hash| (place, *hash)));
                }
                found.truncate(MAX_FOUND);
                DepotReply::Found(found)
            }
            DepotRequest::InboxPut(put) => {
                self.admit(&put, put.keep_until_ms, ctx)?;
                let hash = Hash32(sha256(&[&put.pointer]));
                self.notes.entry(put.inbox).or_default().push(put.pointer);
                DepotReply::Stored(hash)
            }
            DepotRequest::InboxFind(inbox) => {
                DepotReply::Pointers(self.notes.get(&inbox).cloned().ok_or(DepotRefused::NotFound)?)
            }
            DepotRequest::Stat(hashes) => {
                let terms = DepotTerms {
                    pow_bits: ctx.params.pow_bits + self.stricter,
                    max_blob_bytes: 4 << 20,
                    room_bytes: 1 << 30,
                    max_keep_ms: MAX_KEEP_MS,
                };
                let held = hashes.into_iter().filter(|h| self.blobs.contains_key(h)).collect();
                DepotReply::Stat { terms, held }
            }
        })
    }

    fn admit(&self, put: &impl DepotPow, until: UnixMillis, ctx: &ChainContext) -> Result<(), DepotRefused> {
        if !put.pow_holds(&ctx.chain_id, ctx.params.pow_bits + self.stricter) {
            return Err(DepotRefused::ProofOfWork);
        }
        if until > NOW + MAX_KEEP_MS { Err(DepotRefused::Terms) } else { Ok(()) }
    }

    /// Flips one bit of every blob found under any locator.
    pub(crate) fn spoil(&mut self) {
        for hash in self.found.values().flatten() {
            if let Some(octets) = self.blobs.get_mut(hash) {
                let at = octets.len() / 2;
                octets[at] ^= 1;
            }
        }
    }
}

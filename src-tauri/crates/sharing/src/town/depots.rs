//! A depot: blobs by hash, hashes by locator, notes by inbox.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::genesis::ChainContext;
use salus_chain::ids::{Hash32, sha256};
use salus_keeper::depot::{DepotPow, DepotRefused, DepotReply, DepotRequest, DepotTerms, blob_hash};

#[derive(Default)]
pub(crate) struct Depot {
    pub(crate) blobs: BTreeMap<Hash32, Vec<u8>>,
    pub(crate) found: BTreeMap<Hash32, BTreeSet<Hash32>>,
    pub(crate) notes: BTreeMap<Hash32, Vec<Vec<u8>>>,
    pub(crate) puts: usize,
}

impl Depot {
    pub(super) fn answer(
        &mut self,
        ctx: &ChainContext,
        request: DepotRequest,
    ) -> Result<DepotReply, DepotRefused> {
        let bits = ctx.params.pow_bits;
        Ok(match request {
            DepotRequest::Put(put) => {
                assert!(put.pow_holds(&ctx.chain_id, bits));
                let hash = blob_hash(&put.octets);
                for locator in put.locators {
                    self.found.entry(locator).or_default().insert(hash);
                }
                self.blobs.insert(hash, put.octets);
                self.puts += 1;
                DepotReply::Stored(hash)
            }
            DepotRequest::Get(hash) => {
                DepotReply::Blob(self.blobs.get(&hash).cloned().ok_or(DepotRefused::NotFound)?)
            }
            DepotRequest::Find(locator) => {
                let found = self.found.get(&locator).ok_or(DepotRefused::NotFound)?;
                DepotReply::Hashes(found.iter().copied().collect())
            }
            DepotRequest::InboxPut(put) => {
                assert!(put.pow_holds(&ctx.chain_id, bits));
                let hash = Hash32(sha256(&[&put.pointer]));
                self.notes.entry(put.inbox).or_default().push(put.pointer);
                DepotReply::Stored(hash)
            }
            DepotRequest::InboxFind(inbox) => {
                DepotReply::Pointers(self.notes.get(&inbox).cloned().ok_or(DepotRefused::NotFound)?)
            }
            DepotRequest::Stat(hashes) => {
                let terms = DepotTerms {
                    pow_bits: bits,
                    max_blob_bytes: 4 << 20,
                    room_bytes: 1 << 30,
                    max_keep_ms: 400 * 86_400_000,
                };
                let held = hashes.into_iter().filter(|h| self.blobs.contains_key(h)).collect();
                DepotReply::Stat { terms, held }
            }
        })
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

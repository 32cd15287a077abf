//! What is trusted: in memory, and as the record of a [`TrustStore`].

use std::collections::BTreeMap;

use salus_chain::block::{LightBlock, account_id};
use salus_chain::codec::{Reader, Record, Writer};
use salus_chain::genesis::{Genesis, Member, MembersList, TrustAnchor};

use super::error::{Fork, LightError};
use super::head::Head;
use crate::store::TrustStore;
use crate::verify::Trusted;

/// Verified headers kept in memory besides the genesis.
const KEPT: usize = 64;

/// CometBFT's limit for a chain id.
const MAX_CHAIN_ID: usize = 50;

/// What is trusted, in memory.
pub(super) struct Chain {
    genesis: Trusted,
    /// The list's anchor, until a member has shown the block and it was taken up.
    pub(super) anchor: Option<TrustAnchor>,
    kept: BTreeMap<u64, Trusted>,
    pub(super) witnesses: u16,
    pub(super) fork: Option<Fork>,
}

impl Chain {
    /// The newest of what is stored and what the list names; the list's anchor still has to be shown by a member.
    pub(super) async fn load(list: &MembersList, store: &dyn TrustStore) -> Result<Self, LightError> {
        let genesis = Trusted::genesis(&list.genesis)?;
        let mut chain = Self { genesis, anchor: None, kept: BTreeMap::new(), witnesses: 0, fork: None };
        if let Some(record) = store.load().await? {
            chain.restore(&record).ok_or(LightError::StoredState)?;
        }
        if let Some(anchor) = list.anchor {
            let latest = chain.latest();
            if anchor.height == latest.height() && anchor.header_hash != latest.header_hash() {
                // What was verified and what a person was told contradict each other.
                return Err(LightError::StoredState);
            }
            chain.anchor = (anchor.height > latest.height()).then_some(anchor);
        }
        Ok(chain)
    }

    fn restore(&mut self, record: &[u8]) -> Option<()> {
        let stored = Stored::decode(record)?;
        if stored.chain_id != self.genesis.chain_id().as_str() {
            return None;
        }
        self.fork = (stored.frozen_at != 0).then_some(Fork { height: stored.frozen_at, witness: 0 });
        if let Some(block) = stored.block {
            let whole = block.next_validators.hash() == block.signed_header.header.next_validators_hash;
            let trusted = Trusted::verified(block);
            if !whole || trusted.chain_id() != self.genesis.chain_id() {
                return None;
            }
            self.keep(trusted);
        }
        Some(())
    }

    pub(super) fn record(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.lp(self.genesis.chain_id().as_str());
        out.u64(self.fork.as_ref().map_or(0, |fork| fork.height));
        out.lp(self.latest().block().map(Record::encode).unwrap_or_default());
        out.finish()
    }

    pub(super) fn latest(&self) -> &Trusted {
        self.kept.last_key_value().map_or(&self.genesis, |(_, trusted)| trusted)
    }

    /// The greatest trusted state at or below `height`.
    pub(super) fn below(&self, height: u64) -> &Trusted {
        self.kept.range(..=height).next_back().map_or(&self.genesis, |(_, trusted)| trusted)
    }

    pub(super) fn keep(&mut self, trusted: Trusted) {
        self.kept.insert(trusted.height(), trusted);
        while self.kept.len() > KEPT {
            self.kept.pop_first();
        }
    }

    pub(super) fn head(&self, genesis: &Genesis) -> Option<Head> {
        let latest = self.latest();
        latest.block()?;
        Some(head_of(latest, genesis, self.witnesses))
    }
}

/// The record of a store: lp(chain id), u64 height of a fork or 0, then lp(the newest trusted light block), empty at the
/// genesis.
struct Stored {
    chain_id: String,
    frozen_at: u64,
    block: Option<LightBlock>,
}

impl Stored {
    fn decode(record: &[u8]) -> Option<Self> {
        let mut input = Reader::new(record);
        let chain_id = input.text(MAX_CHAIN_ID).ok()?;
        let frozen_at = input.u64().ok()?;
        let block = input.lp(LightBlock::MAX).ok()?;
        input.end().ok()?;
        let block = match block {
            [] => None,
            octets => Some(LightBlock::decode(octets).ok()?),
        };
        Some(Self { chain_id, frozen_at, block })
    }

    /// What counts of two records: that one is unreadable, then that the chain was seen to fork, then the later block.
    fn rank(record: &[u8]) -> (bool, bool, u64) {
        match Self::decode(record) {
            None => (true, false, 0),
            Some(stored) => (false, stored.frozen_at != 0, stored.block.map_or(0, |block| block.height())),
        }
    }
}

/// Of two records of one chain the one to go on from; the first of two that are alike. An unreadable one is not passed
/// over: the client refuses it.
#[must_use]
pub fn newer(first: Option<Vec<u8>>, second: Option<Vec<u8>>) -> Option<Vec<u8>> {
    [second, first].into_iter().flatten().max_by_key(|record| Stored::rank(record))
}

pub(super) fn head_of(trusted: &Trusted, genesis: &Genesis, witnesses: u16) -> Head {
    let signed = trusted.signers();
    let has_signed = |m: &Member| account_id(&m.consensus_pk).is_ok_and(|id| signed.contains(&id));
    let members = (1u16..).zip(&genesis.members);
    Head {
        height: trusted.height(),
        time_ms: trusted.time_ms(),
        hash: trusted.header_hash(),
        signers: members.filter(|(_, m)| has_signed(m)).map(|(index, _)| index).collect(),
        witnesses,
    }
}

//! A light block and a part of a block from a member: one encoding, no more validators than members, and its hashes and times
//! are computed before anything is verified.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::block::{BlockPart, LightBlock, MAX_LIGHT_BLOCK_BYTES, PART_BYTES, commit_hash};
use salus_chain::codec::Record;
use salus_chain::genesis::MAX_MEMBERS;
use salus_chain::tendermint::block::parts;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(block) = LightBlock::decode(bytes) {
        assert!(bytes.len() <= MAX_LIGHT_BLOCK_BYTES && block.encode() == bytes);
        let commit = &block.signed_header.commit;
        for set in [&block.validators, &block.next_validators] {
            assert!(set.validators().len() <= MAX_MEMBERS);
            let _ = set.hash();
        }
        assert!(commit.signatures.len() <= MAX_MEMBERS);
        let _ = (block.height(), block.time_ms(), block.hash(), block.app_hash(), block.data_hash());
        let _ = commit_hash(commit);
    }
    if let Ok(part) = BlockPart::decode(bytes) {
        assert!(part.octets.len() <= PART_BYTES && part.encode() == bytes);
        assert!(!part.belongs_to(&parts::Header::default()));
    }
});

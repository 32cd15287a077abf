//! Proofs from a member: one encoding, and neither a proof of the state nor a path proves anything under a root of zeros.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::block::TxInclusion;
use salus_chain::ids::{Hash32, TxHash};
use salus_chain::merkle::MerklePath;
use salus_chain::state::StateKey;
use salus_chain::state_tree::{MAX_PROOF_BYTES, StateProof};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(proof) = StateProof::decode(bytes) {
        assert!(bytes.len() <= MAX_PROOF_BYTES && proof.encode().is_ok_and(|again| again == bytes));
        for value in [None, Some(&b"value"[..])] {
            assert!(proof.verify(&Hash32::ZERO, &StateKey::Chain, value).is_err());
        }
    }
    let Some((index, rest)) = bytes.split_first_chunk() else { return };
    let Some((size, rest)) = rest.split_first_chunk() else { return };
    let siblings = rest.as_chunks::<32>().0.iter().copied().map(Hash32).collect();
    let path = MerklePath { index: u32::from_be_bytes(*index), size: u32::from_be_bytes(*size), siblings };
    assert!(!path.proves(&Hash32::ZERO, &Hash32([1; 32])));
    assert!(!TxInclusion(path).proves(&Hash32::ZERO, &TxHash([1; 32])));
});

use std::time::Duration;

use proptest::prelude::*;
use tendermint_light_client_verifier::options::Options;
use tendermint_light_client_verifier::types::{TrustThreshold, TrustedBlockState, UntrustedBlockState};
use tendermint_light_client_verifier::{ProdVerifier, Verdict, Verifier};

use super::*;
use crate::codec::{CodecError, Record};
use crate::fixture::{Chain, START};
use crate::ids::TxHash;

fn verdict(chain: &Chain, trusted: &LightBlock, untrusted: &LightBlock) -> Verdict {
    let options = Options {
        trust_threshold: TrustThreshold::ONE_THIRD,
        trusting_period: Duration::from_secs(30 * 86_400),
        clock_drift: Duration::from_secs(10),
    };
    let header = &trusted.signed_header.header;
    ProdVerifier::default().verify_update_header(
        UntrustedBlockState {
            signed_header: &untrusted.signed_header,
            validators: &untrusted.validators,
            next_validators: Some(&untrusted.next_validators),
        },
        TrustedBlockState {
            chain_id: &header.chain_id,
            header_time: header.time,
            height: header.height,
            next_validators: &trusted.next_validators,
            next_validators_hash: header.next_validators_hash,
        },
        &options,
        time(chain.time_ms).unwrap(),
    )
}

fn chain_of_five(members: u8, signers: usize) -> Chain {
    let mut chain = Chain::new(members);
    for seed in 1..=5 {
        let tx = chain.grant_tx(seed);
        chain.block_signed(1000, &[tx], signers);
    }
    chain
}

#[test]
fn other_peoples_verifier_accepts_adjacent_and_skipped_headers() {
    for (members, signers) in [(1, 1), (4, 4), (4, 3), (7, 5), (21, 15)] {
        let chain = chain_of_five(members, signers);
        assert_eq!(verdict(&chain, &chain.blocks[0], &chain.blocks[1]), Verdict::Success);
        assert_eq!(verdict(&chain, &chain.blocks[0], &chain.blocks[4]), Verdict::Success);
        let octets = chain.blocks[4].encode();
        assert!(octets.len() <= 5 * 1024 + 100 || members > 7, "{}", octets.len());
        assert_eq!(LightBlock::decode(&octets).unwrap(), chain.blocks[4]);
    }
}

#[test]
fn two_of_four_signatures_are_not_enough() {
    let chain = chain_of_five(4, 2);
    assert_ne!(verdict(&chain, &chain.blocks[0], &chain.blocks[1]), Verdict::Success);
}

#[test]
fn an_altered_header_or_commit_is_refused() {
    let chain = chain_of_five(4, 4);
    let refused = |change: &dyn Fn(&mut LightBlock)| {
        let mut bad = chain.blocks[3].clone();
        change(&mut bad);
        verdict(&chain, &chain.blocks[0], &bad) != Verdict::Success
    };
    assert!(!refused(&|_| {}));
    assert!(refused(&|b| b.signed_header.header.app_hash = vec![1; 32].try_into().unwrap()));
    assert!(refused(&|b| b.signed_header.header.time = time(START + 1).unwrap()));
    assert!(refused(&|b| b.signed_header.commit.block_id.hash = tendermint::Hash::Sha256([1; 32])));
    assert!(refused(&|b| b.signed_header.commit.round = 1u8.into()));
    assert!(refused(&|b| b.validators.validators.truncate(3)));
}

#[test]
fn a_light_block_decodes_strictly() {
    let chain = chain_of_five(4, 3);
    let octets = chain.blocks[2].encode();
    for end in 0..octets.len() {
        assert!(LightBlock::decode(&octets[..end]).is_err());
    }
    assert_eq!(LightBlock::decode(&[&octets[..], &[0]].concat()), Err(CodecError::Trailing));
    assert!(matches!(LightBlock::decode(&vec![1; LightBlock::MAX + 1]), Err(CodecError::TooLong { .. })));
    for bit in 0..8 * octets.len() {
        let mut flipped = octets.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(other) = LightBlock::decode(&flipped) {
            assert_ne!(other, chain.blocks[2]);
            assert_ne!(verdict(&chain, &chain.blocks[0], &other), Verdict::Success);
        }
    }
}

#[test]
fn times_outside_the_format_are_refused() {
    assert_eq!(instant(time(START + 7).unwrap()), START + 7);
    assert!(time(-1).is_err() && time(i64::MAX).is_err());
    let chain = &Chain::new(1).ctx.chain_id;
    assert!(vote_sign_bytes(VoteKind::Prevote, chain, u64::MAX, 0, None, START).is_err());
    assert!(vote_sign_bytes(VoteKind::Prevote, chain, 1, u32::MAX, None, START).is_err());
    let prevote = vote_sign_bytes(VoteKind::Prevote, chain, 1, 0, None, START).unwrap();
    assert_ne!(prevote, vote_sign_bytes(VoteKind::Precommit, chain, 1, 0, None, START).unwrap());
}

proptest! {
    #[test]
    fn a_transaction_is_proven_at_its_place_only(count in 1usize..40, at: prop::sample::Index) {
        let txs: Vec<TxHash> = (0..count).map(|n| TxHash([u8::try_from(n).unwrap(); 32])).collect();
        let (root, index) = (data_hash(&txs), at.index(count));
        let proof = TxInclusion::prove(&txs, index).unwrap();
        prop_assert!(proof.proves(&root, &txs[index]));
        prop_assert!(!proof.proves(&root, &TxHash([0xff; 32])));
        for place in 0..count {
            let mut moved = proof.clone();
            moved.0.index = u32::try_from(place).unwrap();
            prop_assert_eq!(moved.proves(&root, &txs[index]), place == index);
        }
        let mut longer = proof;
        longer.0.siblings.push(crate::ids::Hash32::ZERO);
        prop_assert!(!longer.proves(&root, &txs[index]));
        prop_assert!(TxInclusion::prove(&txs, count).is_none());
    }

    #[test]
    fn the_root_is_the_libraries_own(leaves in prop::collection::vec(any::<[u8; 32]>(), 0..30)) {
        let hashes: Vec<TxHash> = leaves.iter().copied().map(TxHash).collect();
        let theirs = tendermint::merkle::simple_hash_from_byte_vectors::<tendermint::crypto::default::Sha256>(&leaves);
        prop_assert_eq!(data_hash(&hashes).0, theirs);
    }

    #[test]
    fn parts_belong_to_their_block(len in 1usize..300_000, flip: prop::sample::Index) {
        let octets: Vec<u8> = (0..len).map(|n| u8::try_from(n % 251).unwrap()).collect();
        let set = PartSet::cut(&octets).unwrap();
        let joined: Vec<u8> = set.parts.iter().flat_map(|part| part.octets.clone()).collect();
        prop_assert_eq!(&joined, &octets);
        for part in &set.parts {
            prop_assert!(part.belongs_to(&set.header));
            prop_assert_eq!(&BlockPart::decode(&part.encode()).unwrap(), part);
            let mut bad = part.clone();
            let place = flip.index(bad.octets.len());
            bad.octets[place] ^= 1;
            prop_assert!(!bad.belongs_to(&set.header));
        }
    }
}

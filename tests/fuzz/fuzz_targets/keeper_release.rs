//! A keeper's reply to a reader, signed and sealed as it has to be around any octets: no values of a keeper are made up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::genesis::{ChainContext, Params};
use salus_chain::ids::{ChainId, GrantId, KeeperSetId, Signature, TxHash};
use salus_chain::sign::{Label, SigningKey};
use salus_keeper::Slot;
use salus_keeper::deal::Dealing;
use salus_keeper::envelope::{KemSecretKey, seal};
use salus_keeper::message::{ReleaseReply, ReleaseRequest, SlotRequest};
use salus_keeper::reader::Combiner;
use salus_keeper::release::{release_aad, release_info};

const HEIGHT: u64 = 9;

fuzz_target!(|text: &[u8]| {
    let (mut rng, keeper) = (ChaCha20Rng::seed_from_u64(1), SigningKey::from_bytes(&[2; 32]));
    let (grant, access, key) = (GrantId([5; 32]), TxHash([6; 32]), KemSecretKey::from_bytes([3; 32]));
    let ctx = ChainContext {
        chain_id: ChainId([1; 32]),
        keeper_set_id: KeeperSetId([2; 32]),
        keeper_pks: vec![keeper.verifying_key()],
        threshold: 1,
        params: Params::default(),
        genesis_time_ms: 0,
    };
    let dealing = Dealing::generate(1, &mut rng).expect("a threshold of one");
    // As many slots as there are points in front of the proof.
    let slots = (0..).take((text.len().saturating_sub(64) / 32).clamp(1, 3));
    let slots = slots.map(|start| Slot::new(0, start).expect("a slot")).collect();
    let slots = SlotRequest::new(slots, [7; 32]).expect("few");
    let aad = release_aad(&grant, &ctx.keeper_set_id, 1, HEIGHT, &slots.slots_hash());
    let epk = key.public_key().expect("a key");
    let sealed = seal(&epk, &release_info(&ctx.chain_id, &access), &aad, text, &mut rng).expect("a key");
    let mut reply = ReleaseReply { keeper: 1, height: HEIGHT, sealed, signature: Signature([0; 64]) };
    reply.signature = keeper.sign(Label::Release, &ctx.chain_id, &reply.signed(&access));
    let request = ReleaseRequest { access_tx_hash: access, slots, epk };
    let mut combiner = Combiner::new(&ctx, grant, dealing.commitments(), &request, HEIGHT, key);
    assert!(combiner.add(1, &reply).is_err() && combiner.progress() == (0, 1));
});

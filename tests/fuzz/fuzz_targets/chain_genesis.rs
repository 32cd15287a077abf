//! A members' list that somebody was handed, with or without an anchor, and a genesis of our own form with any text in it:
//! refused or the same after writing it again, with the same chain id.
#![no_main]

use libfuzzer_sys::fuzz_target;
use salus_chain::block::validator_set;
use salus_chain::genesis::{Genesis, MAX_MEMBERS, Member, MembersList, Params};
use salus_chain::ids::KemPublicKey;
use salus_chain::sign::SigningKey;

fn read(json: &str) -> Option<Genesis> {
    if let Ok(list) = MembersList::from_json(json) {
        assert!(list.anchor.is_none_or(|anchor| anchor.chain_id == list.genesis.chain_id()));
        assert_eq!(MembersList::from_json(&list.to_json()).as_ref(), Ok(&list));
    }
    let genesis = Genesis::from_json(json).ok()?;
    assert!(genesis.members.len() <= MAX_MEMBERS && validator_set(&genesis).is_ok());
    let again = Genesis::from_json(&genesis.to_json()).expect("it was valid");
    assert_eq!((again.context(), &again), (genesis.context(), &genesis));
    Some(genesis)
}

fuzz_target!(|text: &str| {
    read(text);
    let member = Member {
        name: text.into(),
        consensus_pk: SigningKey::from_bytes(&[1; 32]).verifying_key(),
        keeper_pk: SigningKey::from_bytes(&[2; 32]).verifying_key(),
        keeper_kem_pk: KemPublicKey([3; 32]),
        peer_id: text.into(),
        public_addr: text.into(),
        consensus_addr: text.into(),
    };
    let params = Params::default();
    let made = Genesis { chain_name: text.into(), genesis_time_ms: 0, members: vec![member], params };
    assert_eq!(read(&made.to_json()).is_some(), made.validate().is_ok());
});

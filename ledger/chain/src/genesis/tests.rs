use super::*;
use crate::fixture;

#[test]
fn thresholds_are_those_of_the_design() {
    let of = |n| {
        let (genesis, ..) = fixture::genesis(n);
        (genesis.faults(), genesis.threshold())
    };
    assert_eq!([of(1), of(4), of(7), of(10)], [(0, 1), (1, 3), (2, 5), (3, 7)]);
}

#[test]
fn json_round_trips_and_unknown_fields_are_refused() {
    let (genesis, ..) = fixture::genesis(4);
    let json = genesis.to_json();
    assert_eq!(Genesis::from_json(&json), Ok(genesis.clone()));
    let extra = json.replacen('{', "{\"extra\": 1,", 1);
    assert!(matches!(Genesis::from_json(&extra), Err(GenesisError::Json(_))));
    assert_eq!(Genesis::from_json(&" ".repeat(300_000)), Err(GenesisError::TooLarge));
    let id = genesis.tendermint_chain_id();
    assert!(id.len() <= 50 && id.starts_with("salus-"));
    assert!(genesis.keeper(0).is_none() && genesis.keeper(5).is_none());
    assert_eq!(genesis.keeper(1), genesis.members.first());
}

#[test]
fn every_rule_is_checked() {
    let (good, ..) = fixture::genesis(4);
    let refused = |change: &dyn Fn(&mut Genesis)| {
        let mut genesis = good.clone();
        change(&mut genesis);
        genesis.validate().err()
    };
    assert_eq!(refused(&|_| {}), None);
    assert_eq!(refused(&|g| g.members.clear()), Some(GenesisError::MemberCount(0)));
    let many = |g: &mut Genesis| g.members = vec![g.members[0].clone(); 22];
    assert_eq!(refused(&many), Some(GenesisError::MemberCount(22)));
    assert_eq!(refused(&|g| g.chain_name.clear()), Some(GenesisError::Text("chain name")));
    assert_eq!(refused(&|g| g.members[0].name = "a\nb".into()), Some(GenesisError::Text("member name")));
    assert_eq!(refused(&|g| g.genesis_time_ms = -1), Some(GenesisError::Param("genesis_time_ms")));
    assert_eq!(refused(&|g| g.params.pow_bits = 33), Some(GenesisError::Param("pow_bits")));
    assert_eq!(refused(&|g| g.params.max_grant_ms = 0), Some(GenesisError::Param("max_grant_ms")));
    assert_eq!(refused(&|g| g.params.access_per_epoch = 0), Some(GenesisError::Param("access_per_epoch")));
    assert_eq!(refused(&|g| g.params.max_block_bytes = 1), Some(GenesisError::Param("max_block_bytes")));
    let weak = |g: &mut Genesis| g.members[2].keeper_pk = VerifyingKey([0; 32]);
    assert!(matches!(refused(&weak), Some(GenesisError::Key { key: "keeper_pk", .. })));
    let zero = |g: &mut Genesis| g.members[2].keeper_kem_pk = KemPublicKey([0; 32]);
    assert!(matches!(refused(&zero), Some(GenesisError::Key { key: "keeper_kem_pk", .. })));
    let shared = |g: &mut Genesis| g.members[2].keeper_pk = g.members[1].consensus_pk;
    assert_eq!(refused(&shared), Some(GenesisError::Duplicate("signing keys")));
    let named = |g: &mut Genesis| g.members[2].name = g.members[1].name.clone();
    assert_eq!(refused(&named), Some(GenesisError::Duplicate("names")));
    let peer = |g: &mut Genesis| g.members[2].peer_id = g.members[1].peer_id.clone();
    assert_eq!(refused(&peer), Some(GenesisError::Duplicate("peer ids")));
    let kem = |g: &mut Genesis| g.members[2].keeper_kem_pk = g.members[1].keeper_kem_pk;
    assert_eq!(refused(&kem), Some(GenesisError::Duplicate("HPKE keys")));
}

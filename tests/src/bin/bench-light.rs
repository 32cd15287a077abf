//! Measures a cold light start at several sizes: one signed header far from the genesis, its octets and the time to trust
//! it, beside the bare signature checks that two thirds of the members make unavoidable.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use salus_chain::block::{
    HeaderInput, LightBlock, VoteKind, account_id, block_id, commit, header, header_hash, validator_set,
    vote_sign_bytes,
};
use salus_chain::codec::Record;
use salus_chain::genesis::{Genesis, Member, Params};
use salus_chain::ids::{Hash32, KemPublicKey};
use salus_chain::sign::SigningKey;
use salus_light::verify::{Progress, Skipping, Trusted};
use salus_tests::figure::{Figure, median_ms};

const START_MS: i64 = 1_795_000_000_000;
const DAY_MS: i64 = 86_400_000;
const HEIGHT: u64 = 10_000;
const ROUNDS: usize = 41;

fn main() -> Result<()> {
    for n in [4, 7, 21] {
        measure(n)?;
    }
    Ok(())
}

fn key(kind: u8, member: u8) -> SigningKey {
    let mut seed = [kind; 32];
    seed[0] = member;
    SigningKey::from_bytes(&seed)
}

fn genesis(n: u8) -> Genesis {
    let member = |i: u8| Member {
        name: format!("Member {i}"),
        consensus_pk: key(1, i).verifying_key(),
        keeper_pk: key(2, i).verifying_key(),
        keeper_kem_pk: KemPublicKey(key(3, i).verifying_key().0),
        peer_id: format!("peer-{i}"),
        public_addr: String::new(),
        consensus_addr: String::new(),
    };
    Genesis {
        chain_name: "bench".to_owned(),
        genesis_time_ms: START_MS,
        members: (1..=n).map(member).collect(),
        params: Params::default(),
    }
}

/// The block at [`HEIGHT`], a day after the genesis, signed by every member; and the octets that all signed.
fn block(genesis: &Genesis) -> Result<(LightBlock, Vec<u8>)> {
    let ctx = genesis.context();
    let validators = validator_set(genesis)?;
    let time_ms = START_MS + DAY_MS;
    let parts = one_part()?;
    let previous = block_id(&Hash32([8; 32]), parts);
    let none = commit(HEIGHT - 1, 0, previous, time_ms - 5_000, &validators, &BTreeMap::new())?;
    let input = HeaderInput {
        ctx: &ctx,
        height: HEIGHT,
        time_ms,
        last_block_id: Some(previous),
        last_commit: Some(&none),
        txs: &[],
        validators: &validators,
        next_validators: &validators,
        app_hash: Hash32([9; 32]),
        results: &[],
        proposer: account_id(&genesis.members[0].consensus_pk)?,
    };
    let header = header(&input)?;
    let id = block_id(&header_hash(&header), parts);
    let octets = vote_sign_bytes(VoteKind::Precommit, &ctx.chain_id, HEIGHT, 0, Some(id), time_ms)?;
    let mut signatures = BTreeMap::new();
    for (i, member) in (1u8..).zip(&genesis.members) {
        signatures.insert(account_id(&member.consensus_pk)?, key(1, i).sign_octets(&octets));
    }
    let signed = commit(HEIGHT, 0, id, time_ms, &validators, &signatures)?;
    let signed_header = salus_chain::tendermint::block::signed_header::SignedHeader::new(header, signed)
        .map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok((LightBlock { signed_header, validators: validators.clone(), next_validators: validators }, octets))
}

fn one_part() -> Result<salus_chain::tendermint::block::parts::Header> {
    let hash = salus_chain::tendermint::Hash::Sha256([5; 32]);
    salus_chain::tendermint::block::parts::Header::new(1, hash).map_err(|e| anyhow::anyhow!("{e}"))
}

fn measure(n: u8) -> Result<()> {
    let genesis = genesis(n);
    let anchor = Trusted::genesis(&genesis)?;
    let (block, octets) = block(&genesis)?;
    let encoded = block.encode();
    let trust = || -> Result<()> {
        let block = LightBlock::decode(&encoded)?;
        let progress = Skipping::new(anchor.clone(), block).step(START_MS + DAY_MS)?;
        ensure!(matches!(progress, Progress::Done(_)), "the header was not trusted in one step");
        Ok(())
    };
    trust().context("what is measured does not hold")?;
    let whole = median_ms(ROUNDS, trust);
    // More than two thirds must be checked, whatever the client.
    let needed = usize::from(n) * 2 / 3 + 1;
    let signed: Vec<_> =
        (1..=n).take(needed).map(|i| (key(1, i).verifying_key(), key(1, i).sign_octets(&octets))).collect();
    let bare = median_ms(ROUNDS, || {
        signed.iter().all(|(pk, signature)| pk.verify_octets(&octets, signature).is_ok())
    });
    let within = |target: bool| (n == 7).then_some(target);
    let target = |text: &str| if n == 7 { text.to_owned() } else { String::new() };
    let bytes = encoded.len();
    Figure {
        name: format!("cold light start at n = {n}: octets"),
        target: target("<= 5120"),
        measured: f64::from(u32::try_from(bytes)?),
        unit: "octets".to_owned(),
        baseline: "one round trip".to_owned(),
        ok: within(bytes <= 5120),
    }
    .print()?;
    Figure {
        name: format!("cold light start at n = {n}: decoding and verifying"),
        target: target("<= 10 ms"),
        measured: whole,
        unit: "ms".to_owned(),
        baseline: format!("{needed} bare signature checks: {bare:.3} ms, ratio {:.2}", whole / bare),
        ok: within(whole <= 10.0),
    }
    .print()
}

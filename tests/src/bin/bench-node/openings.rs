//! Openings of permissions, plain or under a contract: what asking it costs.

use std::time::Duration;

use anyhow::{Context, Result};
use salus_chain::contract::{Ready, contract_hash};
use salus_chain::genesis::Genesis;
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, Nonce16, ReaderKey};
use salus_chain::merkle::MerklePath;
use salus_chain::sign::{Label, SigningKey};
use salus_chain::tx::{AccessBody, ContractBody, GrantAck, GrantBody, GrantTerms, Tx, ack_body};
use salus_light::LightClient;

const DAY_MS: i64 = 86_400_000;
const PATIENCE: Duration = Duration::from_secs(30);
/// No height that the benchmark reaches.
const NEVER: u64 = 1_000_000;

/// Records a contract that permits every opening of now, and gives its hash.
///
/// # Errors
/// If the members do not record it.
pub(crate) async fn contract(client: &LightClient, now: i64) -> Result<Hash32> {
    let genesis = client.genesis();
    let (author, text) = (seeded(1, 0), Ready::Appointment { at_ms: now }.text()?);
    let hash = contract_hash(&text);
    let body = ContractBody { author_pk: author.verifying_key(), valid_until_height: NEVER, text };
    let tx = Tx::Contract(body.sign(&genesis.chain_id(), genesis.params.pow_bits, &author));
    client.record(&tx, PATIENCE).await?;
    Ok(hash)
}

/// So many signed openings, of as many recorded permissions as they need; `keepers` are the members' keys, in order.
///
/// # Errors
/// If the members do not record the permissions.
pub(crate) async fn signed(
    client: &LightClient,
    keepers: &[SigningKey],
    contract_hash: Hash32,
    now: i64,
    count: u32,
) -> Result<Vec<Tx>> {
    let genesis = client.genesis();
    let chain = genesis.chain_id();
    // Half of what the chain allows: an epoch may end in between, and never begins with what was used.
    let each = (genesis.params.access_per_epoch / 2).max(1);
    // Others than those of the other contract.
    let kind = if contract_hash == Hash32::ZERO { 2 } else { 3 };
    let mut txs = Vec::new();
    let mut permission = None;
    for number in 0..count {
        if number % each == 0 {
            let (reader, (tx, id)) =
                (seeded(kind + 2, number), grant(genesis, keepers, kind, number, contract_hash, now));
            client.record(&tx, PATIENCE).await?;
            permission = Some((reader, id));
        }
        let (reader, grant_id) = permission.as_ref().context("no permission was recorded")?;
        let mut request = [0; 32];
        request[..4].copy_from_slice(&number.to_be_bytes());
        let body = AccessBody {
            grant_id: *grant_id,
            reader_pk: reader_pk(reader),
            path: MerklePath::single(),
            request_hash: Hash32(request),
            epk_hash: Hash32(request),
        };
        txs.push(Tx::Access(body.sign(&chain, reader)));
    }
    Ok(txs)
}

/// A permission that the keepers' keys confirm, as if it were dealt: nothing of it is ever released.
fn grant(
    genesis: &Genesis,
    keepers: &[SigningKey],
    kind: u8,
    number: u32,
    contract_hash: Hash32,
    now: i64,
) -> (Tx, GrantId) {
    let (chain, own) = (genesis.chain_id(), seeded(kind, number));
    let (pk, nonce, keeper_set_id) = (own.verifying_key(), Nonce16([7; 16]), genesis.keeper_set_id());
    let (grant_id, commit_hash) = (GrantId::derive(&chain, &pk, &nonce), Hash32([3; 32]));
    let ack = |(keeper, key): (u16, &SigningKey)| {
        let body = ack_body(&grant_id, &keeper_set_id, &commit_hash, keeper);
        GrantAck { keeper, signature: key.sign(Label::Ack, &chain, &body) }
    };
    let acks = (1u16..).zip(keepers).map(ack).collect();
    let terms = GrantTerms {
        grant_id,
        patient_grant_pk: pk,
        reader_pk_root: reader_pk(&seeded(kind + 2, number)).leaf(),
        keeper_set_id,
        threshold: genesis.threshold(),
        commit_hash,
        capsule_hash: Hash32([4; 32]),
        not_before_ms: now,
        expires_ms: now + DAY_MS,
        contract_hash,
        revoker_root: Hash32::ZERO,
    };
    let body = GrantBody { terms, nonce, valid_until_height: NEVER, acks };
    (Tx::Grant(Box::new(body.sign(&chain, genesis.params.pow_bits, &own))), grant_id)
}

fn reader_pk(reader: &SigningKey) -> ReaderKey {
    ReaderKey::new(reader.verifying_key(), KemPublicKey([9; 32]))
}

fn seeded(kind: u8, number: u32) -> SigningKey {
    let mut seed = [kind; 32];
    seed[..4].copy_from_slice(&number.to_be_bytes());
    SigningKey::from_bytes(&seed)
}

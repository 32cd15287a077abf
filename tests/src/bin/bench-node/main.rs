//! Measures finality on real processes at 200 signed transactions a second: from handing one in to the block that holds it
//! being final at a member. And what a consent contract in each of them adds to it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use salus_chain::ids::{ChainId, Hash32, TxHash, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::tx::{CredentialBody, CredentialStatus, Tx};
use salus_light::clock::SystemClock;
use salus_light::{LightClient, MemoryStore};
use salus_tests::figure::Figure;
use salus_tests::network::{Network, Options};

mod openings;

const RATE: u32 = 200;
const SECONDS: u32 = 10;
/// Every so many transactions one is looked up afterwards.
const SAMPLE: usize = 10;
const PATIENCE: Duration = Duration::from_secs(30);

/// Finality of a network of members as processes on this machine.
#[derive(Parser)]
struct Arguments {
    /// How many members.
    #[arg(long, default_value_t = 4)]
    members: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let dir = tempfile::tempdir()?;
    let mut network = Network::make(arguments.members, dir.path(), &Options::default())?;
    for member in 0..network.len() {
        lift_request_limit(&network, member)?;
        network.restart(member)?;
    }
    network.reach(2).await?;
    let idle = rounds(&network, 1).await?;
    let loaded = rounds(&network, RATE * SECONDS).await?;
    let (p50, p95) = (percentile(&loaded, 50), percentile(&loaded, 95));
    let one = percentile(&idle, 50);
    let n = arguments.members;
    for (name, measured, ok) in
        [("median", p50, None), ("95th percentile", p95, (n == 4).then_some(p95 <= 0.4))]
    {
        Figure {
            name: format!("finality, {n} members as processes, {RATE} tx/s, {name}"),
            target: if ok.is_some() { "<= 0.4 s".to_owned() } else { String::new() },
            measured,
            unit: "s".to_owned(),
            baseline: format!(
                "a single transaction on the idle network: {one:.3} s, ratio {:.2}",
                measured / one
            ),
            ok,
        }
        .print()?;
    }
    with_contracts(&network, n).await?;
    network.stop().await
}

/// Openings under a contract, beside plain ones of the same run.
async fn with_contracts(network: &Network, members: usize) -> Result<()> {
    let client = connected(network).await?;
    let keepers: Vec<SigningKey> =
        (0..network.len()).map(|member| keeper_key(network, member)).collect::<Result<_>>()?;
    let now = network.status(0).await?.time_ms;
    let contract = openings::contract(&client, now).await?;
    let (count, mut medians) = (RATE * SECONDS, Vec::new());
    for hash in [Hash32::ZERO, contract] {
        let txs = openings::signed(&client, &keepers, hash, now, count).await?;
        medians.push(percentile(&measured(network, &client, &txs).await?, 50));
    }
    let [plain, asked] = medians[..] else { anyhow::bail!("two runs have two medians") };
    Figure {
        name: format!("finality, {members} members, {RATE} openings/s that each ask a contract, median"),
        target: String::new(),
        measured: asked,
        unit: "s".to_owned(),
        baseline: format!("as many plain openings: {plain:.3} s, ratio {:.2}", asked / plain),
        ok: None,
    }
    .print()
}

/// One client sends what many would: the per-client limit is not what is measured.
fn lift_request_limit(network: &Network, member: usize) -> Result<()> {
    let path = network.home(member).join("config.toml");
    let mut config: toml::Table = std::fs::read_to_string(&path)?.parse()?;
    let public =
        config.get_mut("public").and_then(toml::Value::as_table_mut).context("no [public] in the config")?;
    public.insert("requests_per_minute".to_owned(), 1_000_000.into());
    Ok(std::fs::write(path, toml::to_string(&config)?)?)
}

fn keeper_key(network: &Network, member: usize) -> Result<SigningKey> {
    let keys: toml::Table = std::fs::read_to_string(network.home(member).join("keys.toml"))?.parse()?;
    let text = keys.get("keeper").and_then(toml::Value::as_str).context("no keeper key")?;
    let seed: [u8; 32] = hex::decode(text)?.try_into().ok().context("a key has 32 octets")?;
    Ok(SigningKey::from_bytes(&seed))
}

/// A statement about a clinician that does not exist; each has a key of its own.
fn credential(chain: &ChainId, key: &SigningKey, number: u64, valid_until_ms: i64) -> Tx {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    let credential_pk: VerifyingKey = SigningKey::from_bytes(&seed).verifying_key();
    let body = CredentialBody {
        credential_pk,
        member_index: 1,
        status: CredentialStatus::Active,
        attestation_hash: Hash32([1; 32]),
        valid_until_ms,
        nonce: 1,
        subject: None,
    };
    Tx::Credential(body.sign(chain, key))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn now() -> Instant {
    Instant::now()
}

/// [`measured`] for `count` statements about clinicians.
async fn rounds(network: &Network, count: u32) -> Result<Vec<f64>> {
    let (client, key) = (connected(network).await?, keeper_key(network, 0)?);
    let chain = client.chain_id();
    let head = network.status(0).await?;
    let start = u64::from(count) << 32;
    let txs: Vec<Tx> = (0..u64::from(count))
        .map(|i| credential(&chain, &key, start + i, head.time_ms + 86_400_000))
        .collect();
    measured(network, &client, &txs).await
}

async fn connected(network: &Network) -> Result<LightClient> {
    let store = Arc::new(MemoryStore::default());
    let client = LightClient::connect(network.genesis()?, store, Arc::new(SystemClock)).await?;
    client.sync().await?;
    Ok(client)
}

/// Sends these at [`RATE`]; seconds from handing in to final at the first member, of a sample.
async fn measured(network: &Network, client: &LightClient, txs: &[Tx]) -> Result<Vec<f64>> {
    let finals = RefCell::new(BTreeMap::new());
    let sampled = tokio::select! {
        sampled = send(client, txs) => sampled?,
        failed = watch(network, &finals) => return Err(failed),
    };
    ensure!(!sampled.is_empty(), "nothing was measured");
    let finals = finals.into_inner();
    let latency = |(at, height): &(Instant, u64)| {
        // A height that the watcher skipped was final by the next one that it saw.
        finals
            .range(height..)
            .next()
            .map(|(_, seen): (&u64, &Instant)| seen.saturating_duration_since(*at).as_secs_f64())
    };
    sampled.iter().map(|s| latency(s).context("a block was not seen final")).collect()
}

/// Hands in every transaction at [`RATE`] and proves a sample of them recorded: when handed in, and at which height.
async fn send(client: &LightClient, txs: &[Tx]) -> Result<Vec<(Instant, u64)>> {
    let mut tick = tokio::time::interval(Duration::from_secs(1) / RATE);
    let mut tasks = Vec::with_capacity(txs.len());
    for tx in txs {
        tick.tick().await;
        let (client, tx, at) = (client.clone(), tx.clone(), now());
        tasks.push((at, tokio::spawn(async move { client.submit(&tx).await })));
    }
    let mut handed_in: Vec<(Instant, TxHash)> = Vec::with_capacity(tasks.len());
    for (at, task) in tasks {
        handed_in.push((at, task.await??));
    }
    let mut sampled = Vec::new();
    for (at, hash) in handed_in.iter().rev().step_by(SAMPLE) {
        sampled.push((*at, client.await_inclusion(hash, PATIENCE).await?.height));
    }
    Ok(sampled)
}

/// Notes when the first member has each new height; ends only by failing.
async fn watch(network: &Network, finals: &RefCell<BTreeMap<u64, Instant>>) -> anyhow::Error {
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    loop {
        tick.tick().await;
        match network.status(0).await {
            Ok(status) => {
                finals.borrow_mut().entry(status.height).or_insert_with(now);
            }
            Err(error) => return error,
        }
    }
}

fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() - 1) * percent / 100]
}

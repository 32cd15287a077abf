//! The client against four members in this process, over real connections.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Genesis, Member, Params};
use salus_chain::ids::{GrantId, Hash32, KemPublicKey, TxHash};
use salus_chain::query::{LightReply, LightRequest, NoAnswer, StateReply};
use salus_chain::state::{ChainRecord, StateKey, genesis_writes};
use salus_chain::state_tree::{MemoryTree, prove};
use salus_chain::time::Clock;

use super::{LightClient, LightError, Reach};
use crate::p2p::{self, Fault, Inbound};
use crate::store::{MemoryStore, TrustStore};
use crate::verify::HeaderFault;
use crate::verify::VerifyError;
use crate::verify::chain_of_tests::{START_MS, TestChain, key, time_at};

mod anchor;
mod circle;

const MEMBERS: [u8; 4] = [1, 2, 3, 4];

/// How a member behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Honest,
    /// Answers every request with a fault.
    Faulty,
    /// Changes the state root without anybody's signature.
    ForgesHeaders,
    /// Shows another block, signed by everybody.
    Forks,
    /// Flips a bit of every proof.
    ForgesProofs,
    /// Shows the blocks of others under the chain's name.
    Strangers,
}

/// The chain as four strangers sign it.
fn strangers(genesis: &Genesis) -> TestChain {
    TestChain { id: genesis.tendermint_chain_id().parse().unwrap(), seeds: |_| vec![5, 6, 7, 8] }
}

struct Script {
    chain: TestChain,
    strangers: TestChain,
    tree: MemoryTree,
    root: Hash32,
    height: AtomicU64,
    moods: Mutex<[Mood; 4]>,
}

impl Script {
    fn set(&self, member: usize, mood: Mood) {
        self.moods.lock().unwrap()[member - 1] = mood;
    }

    fn answer(&self, member: usize, body: &[u8]) -> Result<Vec<u8>, Fault> {
        let mood = self.moods.lock().unwrap()[member];
        let newest = self.height.load(Ordering::Relaxed);
        let at = |height: u64| if height == 0 { newest } else { height };
        let reply = match (mood, LightRequest::decode(body).map_err(|_| Fault::Malformed)?) {
            (Mood::Faulty, _) => return Err(Fault::Internal),
            (_, LightRequest::LightBlock { height }) if height > newest => {
                LightReply::None(NoAnswer::NotFound)
            }
            (Mood::Forks, LightRequest::LightBlock { height }) => {
                LightReply::LightBlock(Box::new(self.chain.block_with(at(height), [9; 32], &MEMBERS)))
            }
            (Mood::Strangers, LightRequest::LightBlock { height }) => {
                LightReply::LightBlock(Box::new(self.strangers.block(at(height))))
            }
            (mood, LightRequest::LightBlock { height }) => {
                let mut block = self.chain.block_with(at(height), self.root.0, &MEMBERS);
                if mood == Mood::ForgesHeaders {
                    block.signed_header.header.app_hash = vec![8; 32].try_into().unwrap();
                }
                LightReply::LightBlock(Box::new(block))
            }
            (mood, LightRequest::State { key, height }) => {
                let (value, proof) = prove(&self.tree, 0, &key).unwrap();
                let mut proof = proof.encode().unwrap();
                if mood == Mood::ForgesProofs {
                    *proof.last_mut().unwrap() ^= 1;
                }
                LightReply::State(StateReply { height: at(height), value, proof })
            }
            _ => LightReply::None(NoAnswer::NotFound),
        };
        Ok(reply.encode())
    }
}

struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Network {
    genesis: Genesis,
    script: Arc<Script>,
    clock: Arc<TestClock>,
    store: Arc<MemoryStore>,
    _endpoints: Vec<p2p::Endpoint>,
}

async fn network() -> Network {
    let mut genesis = Genesis {
        chain_name: "test".into(),
        genesis_time_ms: START_MS,
        members: Vec::new(),
        params: Params::default(),
    };
    let (mut endpoints, mut inboxes) = (Vec::new(), Vec::new());
    for seed in MEMBERS {
        let listen = Some("/ip4/127.0.0.1/udp/0/quic-v1".parse().unwrap());
        let (endpoint, inbox) = p2p::spawn(p2p::Config { listen, ..p2p::Config::dial_only() }).unwrap();
        genesis.members.push(Member {
            name: format!("member {seed}"),
            consensus_pk: key(seed).verifying_key(),
            keeper_pk: key(100 + seed).verifying_key(),
            keeper_kem_pk: KemPublicKey([seed; 32]),
            peer_id: endpoint.id().to_string(),
            public_addr: endpoint.listening().await.unwrap().to_string(),
            consensus_addr: "/ip4/127.0.0.1/udp/1/quic-v1".into(),
        });
        endpoints.push(endpoint);
        inboxes.push(inbox);
    }
    let context: ChainContext = genesis.context();
    let mut tree = MemoryTree::default();
    let writes = [genesis_writes(&context), circle::writes()].concat();
    let root = tree.commit(0, &writes).unwrap();
    let chain = TestChain { id: genesis.tendermint_chain_id().parse().unwrap(), seeds: |_| MEMBERS.to_vec() };
    let moods = Mutex::new([Mood::Honest; 4]);
    let strangers = strangers(&genesis);
    let script = Arc::new(Script { chain, strangers, tree, root, height: AtomicU64::new(20), moods });
    for (member, mut inbox) in inboxes.into_iter().enumerate() {
        let script = script.clone();
        tokio::spawn(async move {
            while let Some(Inbound { body, responder, .. }) = inbox.recv().await {
                responder.send(script.answer(member, &body));
            }
        });
    }
    let clock = Arc::new(TestClock(AtomicI64::new(time_at(20) + 1_000)));
    Network { genesis, script, clock, store: Arc::default(), _endpoints: endpoints }
}

impl Network {
    async fn client(&self) -> LightClient {
        self.try_client().await.unwrap()
    }

    async fn try_client(&self) -> Result<LightClient, LightError> {
        LightClient::connect(self.genesis.clone(), self.store.clone(), self.clock.clone()).await
    }

    fn advance(&self, height: u64) {
        self.script.height.store(height, Ordering::Relaxed);
        self.clock.0.store(time_at(height) + 1_000, Ordering::Relaxed);
    }
}

#[tokio::test]
async fn the_head_is_verified_from_the_genesis_and_witnessed() {
    let network = network().await;
    let client = network.client().await;
    assert_eq!(*client.heads().borrow(), None);
    let head = client.sync().await.unwrap();
    assert_eq!((head.height, head.time_ms, head.witnesses), (20, time_at(20), 2));
    assert_eq!(head.signers, [1, 2, 3, 4]);
    assert!(head.is_fresh(time_at(20) + 60_000) && !head.is_fresh(time_at(20) + 60_001));
    assert_eq!(*client.heads().borrow(), Some(head));
    assert!(client.members().iter().filter(|member| member.reach == Reach::Answers).count() >= 3);
}

#[tokio::test]
async fn whoever_took_too_long_is_late_for_half_a_minute_or_until_it_answers() {
    let network = network().await;
    let client = network.client().await;
    assert!((0..=5).all(|member| !client.is_late(member)));
    client.note_late(2, true);
    assert!(client.is_late(2) && !client.is_late(1) && !client.is_late(3));
    client.note_late(2, false);
    assert!(!client.is_late(2));
    client.note_late(2, true);
    network.clock.0.fetch_add(29_999, Ordering::Relaxed);
    assert!(client.is_late(2));
    network.clock.0.fetch_add(1, Ordering::Relaxed);
    assert!(!client.is_late(2));
}

#[tokio::test]
async fn the_trusted_state_outlives_the_process() {
    let network = network().await;
    let head = network.client().await.sync().await.unwrap();
    let again = network.client().await;
    assert_eq!(again.heads().borrow().as_ref().map(|head| head.hash), Some(head.hash));
    network.advance(500);
    assert_eq!(again.sync().await.unwrap().height, 500);
}

#[tokio::test]
async fn a_stored_state_of_another_chain_or_damaged_is_refused() {
    let network = network().await;
    network.client().await.sync().await.unwrap();
    let record = network.store.load().await.unwrap().unwrap();
    let mut other = network.genesis.clone();
    other.chain_name = "other".into();
    other.members[0].keeper_kem_pk = KemPublicKey([77; 32]);
    let opened = LightClient::connect(other, network.store.clone(), network.clock.clone()).await;
    assert_eq!(opened.err(), Some(LightError::StoredState));
    network.store.save(&record[..record.len() - 1]).await.unwrap();
    assert_eq!(network.try_client().await.err(), Some(LightError::StoredState));
}

#[tokio::test]
async fn forged_headers_are_passed_over_and_named_when_there_is_nothing_else() {
    let network = network().await;
    for member in [1, 2, 3] {
        network.script.set(member, Mood::ForgesHeaders);
    }
    let client = network.client().await;
    let head = client.sync().await.unwrap();
    assert_eq!((head.height, head.witnesses), (20, 0));
    network.advance(21);
    network.script.set(4, Mood::ForgesHeaders);
    let refused = client.sync().await.unwrap_err();
    let fault = HeaderFault::CommitMismatch;
    assert!(
        matches!(refused, LightError::Header { error: VerifyError::Refused { height: 21, fault: f }, .. } if f == fault),
        "{refused:?}"
    );
}

#[tokio::test]
async fn two_signed_histories_freeze_the_client_for_good() {
    let network = network().await;
    // Two of each: whichever member is asked, one of its two witnesses shows the other history.
    for member in [3, 4] {
        network.script.set(member, Mood::Forks);
    }
    let client = network.client().await;
    let frozen = client.sync().await.unwrap_err();
    assert!(matches!(&frozen, LightError::Frozen(fork) if fork.height == 20), "{frozen:?}");
    for member in [3, 4] {
        network.script.set(member, Mood::Honest);
    }
    assert!(matches!(client.sync().await, Err(LightError::Frozen(_))));
    assert!(matches!(client.prove_grant(&GrantId([1; 32])).await, Err(LightError::Frozen(_))));
    assert!(matches!(network.client().await.sync().await, Err(LightError::Frozen(_))));
}

#[tokio::test]
async fn records_and_their_absence_are_proven() {
    let network = network().await;
    let client = network.client().await;
    let absent = client.prove_grant(&GrantId([1; 32])).await.unwrap();
    assert_eq!((absent.value, absent.head.height), (None, 20));
    let head = client.fresh_head().await.unwrap();
    let record: Option<ChainRecord> = client.prove_at(&head, StateKey::Chain).await.unwrap();
    assert_eq!(record.unwrap().chain_id, client.chain_id());
    assert_eq!(client.grant_log(&GrantId([1; 32])).await.unwrap().value, None);
    let nowhere = client.recorded(&TxHash([1; 32])).await.unwrap_err();
    assert!(matches!(nowhere, LightError::Missing { .. }), "{nowhere:?}");
}

#[tokio::test]
async fn a_forged_proof_is_passed_over_and_named_when_there_is_nothing_else() {
    let network = network().await;
    for member in [1, 2, 3] {
        network.script.set(member, Mood::ForgesProofs);
    }
    let client = network.client().await;
    assert_eq!(client.prove_grant(&GrantId([1; 32])).await.unwrap().value, None);
    network.script.set(4, Mood::ForgesProofs);
    let refused = client.prove_grant(&GrantId([1; 32])).await.unwrap_err();
    assert!(matches!(refused, LightError::Proof { .. }), "{refused:?}");
}

#[tokio::test]
async fn faults_of_every_member_are_an_error_and_of_some_are_not() {
    let network = network().await;
    for member in [1, 2, 3] {
        network.script.set(member, Mood::Faulty);
    }
    let client = network.client().await;
    assert_eq!(client.sync().await.unwrap().height, 20);
    network.script.set(4, Mood::Faulty);
    assert!(matches!(client.sync().await, Err(LightError::Fault { fault: Fault::Internal, .. })));
}

#[tokio::test]
async fn unreachable_members_are_said_to_be() {
    let mut network = network().await;
    network._endpoints.clear();
    for member in &mut network.genesis.members {
        member.public_addr = "/ip4/127.0.0.1/udp/9/quic-v1".into();
    }
    let client = network.client().await;
    let refused = client.sync().await.unwrap_err();
    assert!(matches!(refused, LightError::Silent { .. }), "{refused:?}");
    assert!(client.members().iter().all(|member| member.reach == Reach::Silent));
}

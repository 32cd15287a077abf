use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use salus_chain::attestation::Attestation;
use salus_chain::genesis::Params;
use salus_chain::state::StateKey;
use salus_chain::tx::{CredentialBody, CredentialStatus};
use tendermint_light_client_verifier::types::{LightBlock as Verifiable, PeerId, TrustThreshold};
use tendermint_light_client_verifier::{ProdVerifier, Verdict as LightVerdict, Verifier, options::Options};

use super::*;
use crate::config::{Config, MempoolLimits};
use crate::home::Home;
use crate::keys::Keys;
use crate::present::{LONGEST_REST_MS, Measured};
use crate::state::{Inner, NodeState};

mod consent;
mod duty;
mod family;

const BEGIN: UnixMillis = 1_795_000_000_000;

struct Hand(AtomicI64);

impl Clock for Hand {
    fn now(&self) -> UnixMillis {
        self.0.load(Ordering::SeqCst)
    }
}

/// A chain whose members are all in this process, and whose agreement is a loop over their keys.
struct Chain {
    keys: Vec<Keys>,
    genesis: Genesis,
    clock: Arc<Hand>,
    app: Executor,
    state: NodeState,
}

impl Chain {
    fn open(dir: &std::path::Path, members: usize) -> Self {
        use rand::SeedableRng;
        let mut rng = rand::rngs::ChaCha20Rng::seed_from_u64(7);
        let keys: Vec<Keys> = (0..members).map(|_| Keys::generate(&mut rng)).collect();
        let member = |(i, keys): (usize, &Keys)| {
            let address = |port: usize| format!("/ip4/127.0.0.1/udp/{}/quic-v1", port + i);
            keys.member(&format!("Member {i}"), &address(2_000), &address(3_000)).unwrap()
        };
        let members = keys.iter().enumerate().map(member).collect();
        let params = Params { pow_bits: 0, ..Params::default() };
        let genesis = Genesis { chain_name: "Test".into(), genesis_time_ms: BEGIN, members, params };
        genesis.validate().unwrap();
        let store = Store::open(&dir.join("chain.redb"), genesis.chain_id()).unwrap();
        let head = prepare_store(&store, &genesis).unwrap();
        let (head_to, _) = watch::channel(head);
        let clock = Arc::new(Hand(AtomicI64::new(BEGIN + 1_000)));
        let limits = MempoolLimits { max_txs: 100, max_bytes: 1 << 20 };
        let mempool = Mempool::new(limits, Box::new(|_, _| Ok(())));
        let ctx = genesis.context();
        let app = Executor::new(ctx.clone(), clock.clone(), store.clone(), mempool.clone(), head_to.clone());
        let state = NodeState(Arc::new(Inner {
            config: Config::named("Member 0"),
            home: Home::at(dir),
            keys: keys[0].clone(),
            genesis: genesis.clone(),
            ctx,
            store,
            index: 1,
            clock: clock.clone(),
            test_clock: true,
            measured: Measured::default(),
            mempool,
            head: head_to,
        }));
        Self { keys, genesis, clock, app, state }
    }

    fn address(&self, member: usize) -> Address {
        let id = format::account_id(&self.keys[member].consensus_pk()).unwrap();
        Address(id.as_bytes().try_into().unwrap())
    }

    /// A certificate by the first `signers` members.
    fn certificate(&self, height: u64, id: BlockId, signers: usize) -> Certificate {
        let chain = self.genesis.chain_id();
        let kind = format::VoteKind::Precommit;
        let octets = format::vote_sign_bytes(kind, &chain, height, 0, id.tendermint(), id.time_ms).unwrap();
        let sign = |member: usize| (self.address(member), self.keys[member].consensus.sign_octets(&octets).0);
        Certificate { height, round: 0, id, signatures: (0..signers).map(sign).collect() }
    }

    fn advance(&mut self, signers: usize) -> u64 {
        self.clock.0.fetch_add(1_000, Ordering::SeqCst);
        let height = self.app.head() + 1;
        let (id, octets) = self.app.propose(height, self.address(0)).unwrap();
        let proposer = self.address(0);
        let block = Undecided { height, round: 0, valid_round: -1, proposer, id, valid: true, octets };
        self.app.keep(&block).unwrap();
        self.app.commit(&self.certificate(height, id, signers)).unwrap();
        height
    }

    fn credential(&self, seed: u8) -> (Vec<u8>, StateKey) {
        let chain = self.genesis.chain_id();
        let credential_pk = salus_chain::sign::SigningKey::from_bytes(&[seed; 32]).verifying_key();
        let person = salus_chain::attestation::Person {
            credential_pk,
            name: "Dr A".into(),
            organisation: "North".into(),
        };
        let attestation = Attestation::sign(person, 1, BEGIN, [seed; 16], &chain, &self.keys[0].keeper);
        let body = CredentialBody {
            credential_pk,
            member_index: 1,
            status: CredentialStatus::Active,
            attestation_hash: attestation.hash(),
            valid_until_ms: BEGIN + 10_000_000,
            nonce: 1,
            subject: None,
        };
        let tx = Tx::Credential(body.sign(&chain, &self.keys[0].keeper));
        (tx.encode(), StateKey::Credential(credential_pk))
    }
}

fn verifiable(chain: &Chain, height: u64) -> Verifiable {
    let block = chain.state.light_block(height).unwrap().unwrap();
    Verifiable::new(block.signed_header, block.validators, block.next_validators, PeerId::new([1; 20]))
}

#[test]
fn other_peoples_light_client_accepts_the_chain_and_refuses_an_altered_app_hash() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 4);
    for _ in 0..6 {
        chain.advance(3);
    }
    let options = Options {
        trust_threshold: TrustThreshold::ONE_THIRD,
        trusting_period: Duration::from_secs(86_400),
        clock_drift: Duration::from_secs(10),
    };
    let now = format::time(BEGIN + 60_000).unwrap();
    let trusted = verifiable(&chain, 1);
    for height in [2, 6] {
        let untrusted = verifiable(&chain, height);
        let verdict = ProdVerifier::default().verify_update_header(
            untrusted.as_untrusted_state(),
            trusted.as_trusted_state(),
            &options,
            now,
        );
        assert_eq!(verdict, LightVerdict::Success, "height {height}");
    }
    let mut altered = verifiable(&chain, 6);
    altered.signed_header.header.app_hash = vec![9; 32].try_into().unwrap();
    let verdict = ProdVerifier::default().verify_update_header(
        altered.as_untrusted_state(),
        trusted.as_trusted_state(),
        &options,
        now,
    );
    assert!(matches!(verdict, LightVerdict::Invalid(_)));
}

#[test]
fn a_recorded_transaction_is_proven_by_block_and_state_and_survives_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 4);
    let (tx, key) = chain.credential(5);
    let (_, absent) = chain.credential(6);
    chain.advance(4);
    let hash = chain.state.mempool().submit(&tx).unwrap();
    let height = chain.advance(3);
    assert_eq!(chain.state.mempool().pending().len(), 0, "recorded");
    drop(chain);

    let chain = Chain::open(dir.path(), 4);
    assert_eq!(chain.state.head().height, height);
    let light = chain.state.light_block(0).unwrap().unwrap();
    assert_eq!(light.hash(), chain.state.head().hash);
    let found = chain.state.tx(&hash).unwrap().unwrap();
    assert_eq!((found.height, found.code, &found.octets), (height, 0, &tx));
    assert!(found.inclusion.proves(&light.data_hash().unwrap(), &hash));
    let root = light.app_hash().unwrap();
    let proven = chain.state.proven_value(&key, 0).unwrap().unwrap();
    proven.proof.verify(&root, &key, Some(&proven.value.unwrap())).unwrap();
    let missing = chain.state.proven_value(&absent, height).unwrap().unwrap();
    assert_eq!(missing.value, None);
    missing.proof.verify_absence(&root, &absent).unwrap();
    let before = chain.state.proven_value(&key, height - 1).unwrap().unwrap();
    assert_eq!(before.value, None, "the state of an earlier height stays readable");
}

#[test]
fn a_block_that_breaks_a_rule_is_judged_the_same_by_everyone() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 4);
    chain.advance(3);
    let (id, octets) = chain.app.propose(2, chain.address(1)).unwrap();
    chain.app.prepared.clear();
    assert_eq!(chain.app.judge(2, &octets).unwrap(), Verdict::Valid(id), "executed again");
    assert_eq!(chain.app.judge(2, &octets[..octets.len() - 1]).unwrap(), Verdict::NotABlock);

    let good = Block::decode(&octets).unwrap();
    let mut judged = |change: &dyn Fn(&mut Block)| {
        let mut block = good.clone();
        change(&mut block);
        chain.app.prepared.clear();
        chain.app.judge(2, &block.encode()).unwrap()
    };
    let invalid: [&dyn Fn(&mut Block); 6] = [
        &|b| b.header.app_hash = vec![1; 32].try_into().unwrap(),
        &|b| b.header.time = format::time(BEGIN).unwrap(),
        &|b| b.header.proposer_address = account::Id::new([9; 20]),
        &|b| b.last_commit = None,
        &|b| b.txs.push(vec![1; 40]),
        &|b| {
            if let Some(commit) = &mut b.last_commit {
                commit.signatures[0] = tendermint::block::CommitSig::BlockIdFlagAbsent;
                commit.signatures[1] = tendermint::block::CommitSig::BlockIdFlagAbsent;
            }
        },
    ];
    for (number, change) in invalid.iter().enumerate() {
        assert!(matches!(judged(change), Verdict::Invalid(_)), "change {number}");
    }
}

#[test]
fn a_failing_transaction_is_left_out_and_a_larger_certificate_replaces_a_smaller_one() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 4);
    let (tx, _) = chain.credential(5);
    let mut again = Tx::decode(&tx).unwrap();
    if let Tx::Credential(credential) = &mut again {
        credential.signature.0[0] ^= 1;
    }
    chain.state.mempool().submit(&again.encode()).unwrap();
    chain.state.mempool().submit(&tx).unwrap();
    let height = chain.advance(3);
    assert_eq!(chain.state.store().block(height).unwrap().unwrap().txs, vec![tx]);
    let id = chain.state.store().certificate(height).unwrap().unwrap().id;
    chain.app.improve(&chain.certificate(height, id, 4)).unwrap();
    assert_eq!(chain.app.decided(height).unwrap().unwrap().1.signatures.len(), 4);
    chain.app.improve(&chain.certificate(height, id, 3)).unwrap();
    assert_eq!(chain.app.decided(height).unwrap().unwrap().1.signatures.len(), 4);
}

#[test]
fn a_member_alone_does_not_follow_its_clock_over_a_long_rest_unless_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut chain = Chain::open(dir.path(), 1);
    chain.advance(1);
    chain.clock.0.fetch_add(LONGEST_REST_MS - 1_000, Ordering::SeqCst);
    let rested = chain.advance(1);
    chain.clock.0.fetch_add(365 * 86_400_000, Ordering::SeqCst);
    let refused = chain.app.propose(rested + 1, chain.address(0)).unwrap_err().to_string();
    assert!(refused.contains("365 days ahead") && refused.contains("set the date"), "{refused}");
    chain.app.confirm_clock();
    chain.advance(1);
    chain.clock.0.fetch_add(365 * 86_400_000, Ordering::SeqCst);
    assert!(chain.app.propose(rested + 2, chain.address(0)).is_err(), "the word was for one block");
}

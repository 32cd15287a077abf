//! Four members as real processes, their clock, and somebody who sends each of them whatever they like.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::codec::Record;
use salus_chain::ids::ChainId;
use salus_chain::query::{LightReply, LightRequest, StatusReply, TxReply};
use salus_chain::sign::SigningKey;
use salus_chain::state::TxRefused;
use salus_chain::time::UnixMillis;
use salus_chain::tx::{Paid, PaidBody, Tx};
use salus_light::clock::OffsetFileClock;
use salus_light::p2p::{Peer, Protocol};
use salus_light::{Inclusion, LightClient, MemoryStore};
use salus_tests::network::{Network, Options, PATIENCE, eventually};
use salus_tests::straight::Straight;
use tempfile::TempDir;

pub(crate) const HOUR: i64 = 3_600_000;
pub(crate) const DAY: i64 = 24 * HOUR;

/// Longer than any change of a circle waits.
pub(crate) const PAST_THE_DELAY: i64 = 73 * HOUR;

/// No height that a test reaches.
pub(crate) const NEVER: u64 = 1_000_000;

/// The two clinicians that members attested for everybody.
pub(crate) const CLINICIANS: [u8; 2] = [1, 2];

/// The key of somebody in the test `case`; of case 0 are those whom all tests share.
pub(crate) fn key(case: u8, who: u8) -> SigningKey {
    let mut seed = [case; 32];
    seed[0] = who;
    SigningKey::from_bytes(&seed)
}

/// An attested clinician.
pub(crate) fn clinician(who: u8) -> SigningKey {
    key(0, who)
}

/// The members and a way to each of them.
pub(crate) struct Stage {
    pub(crate) network: Network,
    pub(crate) client: LightClient,
    pub(crate) rng: RefCell<ChaCha20Rng>,
    pub(crate) straight: Straight,
    ahead_ms: Cell<i64>,
    _dir: TempDir,
}

impl Stage {
    /// Starts the members and has two clinicians attested.
    pub(crate) async fn set() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let roles = vec!["Night".to_owned(), "Day".to_owned()];
        let options = Options { roles, ..Options::default() };
        let network = Network::start_with(4, dir.path(), &options).await?;
        let genesis = network.genesis()?;
        let clock = Arc::new(OffsetFileClock::open(network.clock_path())?);
        let straight = Straight::to(&genesis)?;
        let client = LightClient::connect(genesis, Arc::new(MemoryStore::default()), clock).await?;
        let rng = RefCell::new(ChaCha20Rng::seed_from_u64(5));
        let stage = Self { network, client, rng, straight, ahead_ms: Cell::new(0), _dir: dir };
        for (member, who) in CLINICIANS.into_iter().enumerate() {
            stage.attest(member, "Dr Ana Wójcik", "North Clinic", &clinician(who)).await?;
        }
        Ok(stage)
    }

    pub(crate) fn now(&self) -> UnixMillis {
        self.client.clock().now()
    }

    pub(crate) fn chain(&self) -> ChainId {
        self.client.chain_id()
    }

    pub(crate) fn pow_bits(&self) -> u8 {
        self.client.genesis().params.pow_bits
    }

    pub(crate) fn signed<B: PaidBody>(&self, body: B, key: &SigningKey) -> Paid<B> {
        body.sign(&self.chain(), self.pow_bits(), key)
    }

    /// Every member with its number, from 1.
    pub(crate) fn members(&self) -> impl Iterator<Item = (u16, &Peer)> {
        self.straight.members()
    }

    /// Records what the rules allow; every member has the block afterwards.
    pub(crate) async fn record(&self, what: &str, tx: &Tx) -> Result<Inclusion> {
        let recorded = self.client.record(tx, PATIENCE).await.with_context(|| what.to_owned())?;
        self.level(|member| member.height >= recorded.height).await?;
        Ok(recorded)
    }

    /// What a member answers to a transaction.
    pub(crate) async fn sent(&self, to: &Peer, tx: &Tx) -> Result<TxReply> {
        self.straight.sent(to, tx).await
    }

    /// Sends a transaction to every member: none takes it, all for this reason.
    pub(crate) async fn refused(&self, what: &str, tx: &Tx, why: TxRefused) -> Result<()> {
        self.straight.refused(what, tx, why).await.map(drop)
    }

    /// Sends a transaction that is recorded to every member again: each says so, and it happens once.
    pub(crate) async fn known(&self, what: &str, tx: &Tx) -> Result<()> {
        for (member, peer) in self.members() {
            // A member that has the block may not have taken it out of its queue yet.
            let told = async || match self.sent(peer, tx).await {
                Ok(TxReply::Accepted) => None,
                answer => Some(answer),
            };
            let answer = eventually(PATIENCE, told).await.context("it waits for ever")??;
            ensure!(matches!(answer, TxReply::Known { .. }), "{what}: member {member} answers {answer:?}");
        }
        Ok(())
    }

    /// Every clock is so much later, and every member has a block of then.
    pub(crate) async fn pass(&self, ms: i64) -> Result<()> {
        self.ahead_ms.set(self.ahead_ms.get() + ms);
        self.network.set_clock_offset(self.ahead_ms.get())?;
        let now = self.now();
        self.level(|member| member.time_ms >= now).await
    }

    /// Waits until every member is there.
    pub(crate) async fn level(&self, there: impl Fn(&StatusReply) -> bool) -> Result<()> {
        for (member, peer) in self.members() {
            let seen = async || {
                let body = LightRequest::Status.encode();
                let reply = self.straight.ask(peer, Protocol::Light, body).await.ok()?;
                match LightReply::decode(&reply).ok()? {
                    LightReply::Status(status) => there(&status).then_some(()),
                    _ => None,
                }
            };
            eventually(PATIENCE, seen).await.with_context(|| format!("member {member} stays behind"))?;
        }
        Ok(())
    }
}

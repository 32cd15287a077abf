//! Members as pure functions, in one process: the chain's state machine, keepers with the real release rule, depots as maps.
//! Only for tests.

mod depots;
mod given;
mod keepers;
pub(crate) mod parts;
mod people;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::genesis::{ChainContext, Genesis, Member, Params};
use salus_chain::ids::{CircleId, GrantId, Hash32, TxHash, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_chain::state::{
    AccessRecord, ActRecord, ContractRecord, CredentialRecord, DutyRecord, EmergencyRecord, EnrolmentRecord,
    GrantRecord, StateError, StateKey, StateReader, StatementRecord, execute_block, genesis_writes,
};
use salus_chain::tx::Tx;
use salus_keeper::depot::{DepotRefused, DepotReply, DepotRequest};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{KeeperRefused, KeeperReply, KeeperRequest};
use salus_light::{Head, Inclusion, LightError, Proven};
use salus_wire::UnixMillis;

use crate::network::{GrantLog, Network};
use depots::Depot;
pub(crate) use given::Given;
use keepers::Keeper;
pub(crate) use people::{Clinician, Patient};

/// Unix time of the golden vectors: in epoch 438232.
pub(crate) const NOW: UnixMillis = 1_795_000_000_000;

pub(crate) struct Town {
    pub(crate) genesis: Genesis,
    pub(crate) ctx: ChainContext,
    pub(crate) signing: Vec<SigningKey>,
    inside: Mutex<Inside>,
}

pub(crate) struct Inside {
    pub(crate) now: UnixMillis,
    pub(crate) height: u64,
    state: BTreeMap<StateKey, Vec<u8>>,
    times: BTreeMap<u64, UnixMillis>,
    accesses: BTreeMap<TxHash, (Tx, u64, Option<GrantRecord>)>,
    recorded: BTreeMap<TxHash, Tx>,
    pub(crate) keepers: Vec<Keeper>,
    pub(crate) depots: Vec<Depot>,
    pub(crate) down: crate::Members,
    /// Members that take a request and never answer it.
    pub(crate) hung: crate::Members,
    /// Members that took too long.
    late: crate::Members,
    /// Members whose disk is full: they keep and release nothing more.
    pub(crate) full: crate::Members,
    /// Members whose release replies have one bit flipped.
    pub(crate) bent: crate::Members,
    /// So many releases are answered as by members that do not have the receipt's block yet.
    pub(crate) lag: u32,
    /// Comes into a block after what is handed in next.
    pub(crate) on_its_way: Option<Tx>,
    /// Nobody proves an enrolment.
    pub(crate) mute: bool,
    /// Receipts and requests for release, in order.
    pub(crate) log: Vec<&'static str>,
    /// What applications handed in, also what was refused.
    pub(crate) sent: u32,
    rng: ChaCha20Rng,
}

struct State<'a>(&'a BTreeMap<StateKey, Vec<u8>>);

impl StateReader for State<'_> {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        Ok(self.0.get(key).cloned())
    }
}

impl Town {
    pub(crate) fn new(n: u16) -> Self {
        let mut rng = ChaCha20Rng::seed_from_u64(u64::from(n));
        let signing: Vec<SigningKey> = (0..n).map(|_| SigningKey::generate(&mut rng)).collect();
        let kem: Vec<KemSecretKey> = (0..n).map(|_| KemSecretKey::generate(&mut rng)).collect();
        let member = |(i, (sign, kem)): (usize, (&SigningKey, &KemSecretKey))| Member {
            name: format!("Member {}", i + 1),
            consensus_pk: sign.verifying_key(),
            keeper_pk: sign.verifying_key(),
            keeper_kem_pk: kem.public_key().unwrap(),
            peer_id: format!("peer {i}"),
            public_addr: String::new(),
            consensus_addr: String::new(),
        };
        let members = signing.iter().zip(&kem).enumerate().map(member).collect();
        let params = Params { pow_bits: 4, ..Params::default() };
        let genesis =
            Genesis { chain_name: "town".into(), genesis_time_ms: NOW - 86_400_000, members, params };
        let ctx = genesis.context();
        let state = genesis_writes(&ctx).into_iter().filter_map(|(k, v)| Some((k, v?))).collect();
        let keepers = (1..).zip(kem).map(|(index, kem)| Keeper::new(index, kem)).collect();
        let inside = Inside {
            now: NOW,
            height: 0,
            state,
            times: BTreeMap::new(),
            accesses: BTreeMap::new(),
            recorded: BTreeMap::new(),
            keepers,
            depots: (0..n).map(|_| Depot::default()).collect(),
            down: crate::Members::default(),
            hung: crate::Members::default(),
            late: crate::Members::default(),
            on_its_way: None,
            full: crate::Members::default(),
            bent: crate::Members::default(),
            lag: 0,
            mute: false,
            log: Vec::new(),
            sent: 0,
            rng,
        };
        let town = Self { genesis, ctx, signing, inside: Mutex::new(inside) };
        town.tick();
        town
    }

    pub(crate) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// The time of the newest block.
    pub(crate) fn head_of_tests(&self) -> UnixMillis {
        self.head_now().time_ms
    }

    /// An empty block at the present time.
    pub(crate) fn tick(&self) {
        self.block(None).unwrap();
    }

    /// Lets time pass, and a block come.
    pub(crate) fn wait(&self, ms: i64) {
        self.inside().now += ms;
        self.tick();
    }

    pub(crate) fn block(&self, tx: Option<&Tx>) -> Result<Inclusion, LightError> {
        let mut inside = self.inside();
        let (height, time_ms) = (inside.height + 1, inside.now);
        let txs: Vec<Vec<u8>> = tx.iter().map(|tx| tx.encode()).collect();
        let effects = execute_block(&self.ctx, &State(&inside.state), height, time_ms, &txs).unwrap();
        // A transaction that would be refused never enters a block.
        if let Some(refused) = effects.results.iter().find_map(|r| r.outcome.err()) {
            return Err(LightError::Refused(refused));
        }
        for (key, value) in effects.writes {
            match value {
                Some(value) => inside.state.insert(key, value),
                None => inside.state.remove(&key),
            };
        }
        inside.height = height;
        inside.times.insert(height, time_ms);
        inside.recorded.extend(tx.map(|tx| (tx.hash(), tx.clone())));
        if let Some((tx, opening)) = tx.and_then(|tx| Some((tx, tx.opening()?))) {
            let grant = inside.get(&StateKey::Grant(opening.grant_id));
            inside.accesses.insert(tx.hash(), (tx.clone(), height, grant));
            inside.log.push("receipt");
        }
        Ok(Inclusion { height, time_ms, position: 0 })
    }

    fn head_now(&self) -> Head {
        let inside = self.inside();
        let time_ms = inside.times[&inside.height];
        Head { height: inside.height, time_ms, hash: Hash32::ZERO, signers: Vec::new(), witnesses: 0 }
    }

    fn proven<T: Record>(&self, key: &StateKey) -> Proven<Option<T>> {
        Proven { head: self.head_now(), value: self.inside().get(key) }
    }

    async fn reach(&self, member: u16) -> Result<(), LightError> {
        let hung = self.inside().hung.contains(member);
        if hung {
            futures::future::pending::<()>().await;
        }
        if self.inside().down.contains(member) { Err(LightError::Silent { member }) } else { Ok(()) }
    }
}

impl Inside {
    pub(crate) fn get<T: Record>(&self, key: &StateKey) -> Option<T> {
        self.state.get(key).map(|octets| T::decode(octets).unwrap())
    }

    /// The receipt that was recorded last.
    pub(crate) fn last_access(&self) -> Option<Tx> {
        self.accesses.values().max_by_key(|(_, height, _)| *height).map(|(tx, ..)| tx.clone())
    }
}

impl Network for Town {
    fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    async fn head(&self) -> Result<Head, LightError> {
        Ok(self.head_now())
    }

    async fn record(&self, tx: &Tx) -> Result<Inclusion, LightError> {
        self.inside().sent += 1;
        let recorded = self.block(Some(tx));
        let later = self.inside().on_its_way.take();
        later.map_or(Ok(()), |later| self.block(Some(&later)).map(drop))?;
        recorded
    }

    async fn grant(&self, id: &GrantId) -> Result<Proven<Option<GrantRecord>>, LightError> {
        Ok(self.proven(&StateKey::Grant(*id)))
    }

    async fn log(&self, id: &GrantId) -> Result<Proven<GrantLog>, LightError> {
        let grant: Proven<Option<GrantRecord>> = self.proven(&StateKey::Grant(*id));
        let inside = self.inside();
        let log = |record: GrantRecord| {
            let place = |p| inside.get::<AccessRecord>(&StateKey::AccessLog(*id, p)).unwrap();
            let log = (0..record.access_count).map(place).collect();
            (record, log)
        };
        Ok(grant.map(|value| value.map(log)))
    }

    async fn credential(&self, key: &VerifyingKey) -> Result<Proven<Option<CredentialRecord>>, LightError> {
        Ok(self.proven(&StateKey::Credential(*key)))
    }

    async fn duty(&self, key: &VerifyingKey) -> Result<Proven<Option<DutyRecord>>, LightError> {
        Ok(self.proven(&StateKey::Duty(*key)))
    }

    async fn enrolment(&self, key: &VerifyingKey) -> Result<Proven<Option<EnrolmentRecord>>, LightError> {
        if self.inside().mute {
            return Err(LightError::Unreachable);
        }
        Ok(self.proven(&StateKey::Enrolment(*key)))
    }

    async fn contract(&self, hash: &Hash32) -> Result<Proven<Option<ContractRecord>>, LightError> {
        Ok(self.proven(&StateKey::Contract(*hash)))
    }

    async fn emergency(&self, id: &GrantId) -> Result<Proven<Option<EmergencyRecord>>, LightError> {
        Ok(self.proven(&StateKey::Emergency(*id)))
    }

    async fn statement(&self, tx: &TxHash) -> Result<Proven<Option<StatementRecord>>, LightError> {
        Ok(self.proven(&StateKey::Statement(*tx)))
    }

    async fn act(&self, tx: &TxHash) -> Result<Proven<Option<ActRecord>>, LightError> {
        Ok(self.proven(&StateKey::EmergencyAct(*tx)))
    }

    async fn circle(&self, id: &CircleId) -> Result<Proven<Option<CircleRecord>>, LightError> {
        Ok(self.proven(&StateKey::Circle(*id)))
    }

    async fn delegated(&self, id: &GrantId) -> Result<Proven<Option<CircleGrantRecord>>, LightError> {
        Ok(self.proven(&StateKey::CircleGrant(*id)))
    }

    async fn recorded(&self, hash: &TxHash) -> Result<Tx, LightError> {
        self.inside().recorded.get(hash).cloned().ok_or(LightError::Missing { member: 1 })
    }

    async fn time_at(&self, height: u64) -> Result<UnixMillis, LightError> {
        self.inside().times.get(&height).copied().ok_or(LightError::Unreachable)
    }

    fn is_late(&self, member: u16) -> bool {
        self.inside().late.contains(member)
    }

    fn note_late(&self, member: u16, late: bool) {
        let mut inside = self.inside();
        if late { inside.late.insert(member) } else { inside.late.remove(member) }
    }

    async fn keeper(&self, member: u16, request: KeeperRequest) -> Result<KeeperReply, LightError> {
        self.reach(member).await?;
        // What crosses the wire is octets.
        let request = KeeperRequest::decode(&request.encode()).unwrap();
        let full = self.inside().full.contains(member);
        if full && !matches!(request, KeeperRequest::EraseStatus(_)) {
            return Err(LightError::Keeper { member, why: KeeperRefused::Full });
        }
        match keepers::answer(self, member, request) {
            KeeperReply::Refused(why) => Err(LightError::Keeper { member, why }),
            reply => {
                let mut octets = reply.encode();
                if self.inside().bent.contains(member) && matches!(reply, KeeperReply::Released(_)) {
                    let at = octets.len() / 2;
                    octets[at] ^= 1;
                }
                KeeperReply::decode(&octets).map_err(|_| LightError::BadReply { member })
            }
        }
    }

    async fn depot(&self, member: u16, request: DepotRequest) -> Result<DepotReply, LightError> {
        self.reach(member).await?;
        let request = DepotRequest::decode(&request.encode()).unwrap();
        let full = self.inside().full.contains(member);
        if full && matches!(request, DepotRequest::Put(_) | DepotRequest::InboxPut(_)) {
            return Err(LightError::Depot { member, why: DepotRefused::Full });
        }
        let reply = self.inside().depots[usize::from(member) - 1].answer(&self.ctx, request);
        let reply = reply.map_err(|why| match why {
            DepotRefused::NotFound => LightError::Missing { member },
            why => LightError::Depot { member, why },
        });
        let octets = reply?.encode();
        DepotReply::decode(&octets).map_err(|_| LightError::BadReply { member })
    }
}

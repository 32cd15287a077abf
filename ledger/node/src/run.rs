//! One running member: opens the home, links the parts, runs until told to stop.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use salus_chain::genesis::{ChainContext, Genesis, GenesisError, MembersList};
use salus_chain::ids::TxHash;
use salus_chain::state::{self, CheckError};
use salus_chain::time::Clock;
use salus_chain::tx::Tx;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::config::{Config, ConfigError};
use crate::depot::{self, Depot};
use crate::engine::{
    ApplicationError, EngineError, Guard, GuardError, LogError, Malachite, OrderingEngine, check_log,
    check_record,
};
use crate::executor::{Executor, prepare_store};
use crate::home::{Home, HomeError, HomeLock};
use crate::keeper::Keeper;
use crate::keys::{Keys, KeysError};
use crate::mempool::{Mempool, TxRefused};
use crate::present::{self, ClockOff, Earlier, Measured};
use crate::public::{Public, PublicError};
use crate::state::{Head, Inner, NodeState};
use crate::store::{Store, StoreError};
use crate::{http, spool};

/// How long a member that ran before stays away from the others. Their transport takes a connection for dead after 300 ms of
/// silence; who is killed and back sooner stands beside its own dead connection, and is never told what the others listen
/// to. It would follow every block and be heard by nobody, and with two such members nothing is decided any more.
const FORGOTTEN: Duration = Duration::from_secs(1);

/// Why a member does not run, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The home is in use or cannot be written.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// No genesis, or one that cannot be read.
    #[error("{path}: {source}; make one with `salus-node genesis`")]
    NoGenesis {
        /// Where it is looked for.
        path: PathBuf,
        /// What the file system said.
        source: std::io::Error,
    },
    /// The genesis.
    #[error("genesis.json: {0}; copy it again from the member that ran `salus-node genesis`")]
    Genesis(GenesisError),
    /// The keys of this home are none of the genesis' members'.
    #[error(
        "this home's keys belong to no member of genesis.json: copy the genesis.json that was made with this home's \
         member.json, or run the home that this genesis names"
    )]
    NotAMember,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record of signatures.
    #[error(transparent)]
    Guard(#[from] GuardError),
    /// The engine's log does not fit.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The clock of a member alone is long after its last block.
    #[error(transparent)]
    Clock(#[from] ClockOff),
    /// The application.
    #[error(transparent)]
    Application(#[from] ApplicationError),
    /// The status server cannot listen.
    #[error(
        "http.listen: {0}; end the program that uses this address, or change http.listen in config.toml to a free one"
    )]
    Http(std::io::Error),
    /// The shares or the release log cannot be used.
    #[error(
        "the keeper's files: {0}; let this user write data/shares and data/releases.log, and make room if the disk is full. \
         Never delete them: no other member has these shares"
    )]
    Keeper(std::io::Error),
    /// The depot cannot be used.
    #[error("the depot: {0}; let this user write data/depot, and make room if the disk is full")]
    Depot(depot::StoreError),
    /// The public swarm does not start.
    #[error(transparent)]
    Public(#[from] PublicError),
    /// Ordering ended.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Reads and validates a home's genesis.
///
/// # Errors
/// [`RunError::NoGenesis`] or [`RunError::Genesis`].
pub fn load_genesis(home: &Home) -> Result<Genesis, RunError> {
    let path = home.genesis();
    let text = std::fs::read_to_string(&path).map_err(|source| RunError::NoGenesis { path, source })?;
    // A list that a member renewed for an app is of the same chain: its anchor says nothing that a member needs.
    Ok(MembersList::from_json(&text).map_err(RunError::Genesis)?.genesis)
}

/// The keeper index of the member whose keys these are.
#[must_use]
pub fn own_index(genesis: &Genesis, keys: &Keys) -> Option<u16> {
    let peer = keys.network_keypair().ok()?.public().to_peer_id().to_string();
    let own = |member: &salus_chain::genesis::Member| {
        member.consensus_pk == keys.consensus_pk()
            && member.keeper_pk == keys.keeper_pk()
            && member.keeper_kem_pk == keys.keeper_kem_pk()
            && member.peer_id == peer
    };
    (1u16..).zip(&genesis.members).find(|(_, member)| own(member)).map(|(index, _)| index)
}

/// Admission to the mempool: the chain's own check, as of the head and of now.
fn admission(
    ctx: ChainContext,
    store: Store,
    head: watch::Receiver<Head>,
    clock: Arc<dyn Clock>,
) -> impl Fn(&Tx, &TxHash) -> Result<(), TxRefused> {
    move |tx, hash| {
        let failed = |error: StoreError| {
            tracing::error!(%error, "a transaction cannot be checked");
            TxRefused::Unavailable
        };
        if let Some(place) = store.tx_place(hash).map_err(failed)?
            && place.code == 0
        {
            return Err(TxRefused::Recorded(place.height));
        }
        let head = *head.borrow();
        let state = store.state_at(head.height).map_err(failed)?;
        // The next block is not older than the present.
        let head = state::Head { height: head.height, time_ms: head.time_ms.max(clock.now()) };
        match state::check_tx(&ctx, &state, tx, &head) {
            Ok(()) => Ok(()),
            Err(CheckError::Refused(refused)) => Err(TxRefused::Rule(refused)),
            Err(CheckError::State(error)) => Err(failed(StoreError::Tree(error.to_string()))),
        }
    }
}

/// How a member is started.
pub struct Start {
    /// Its directory.
    pub home: Home,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// Whether a test controls that clock: said in the status.
    pub test_clock: bool,
    /// The operator's word that the clock is right, though it is long after the last block of a member alone.
    pub clock_is_right: bool,
}

/// A member's home, opened: its chain and keys, and what only one process may hold.
pub struct Opened {
    /// The chain and the keys, for services.
    pub state: NodeState,
    guard: Guard,
    again: bool,
    _lock: HomeLock,
}

/// Opens a member's home and starts nothing: what there is on disk is checked, and no other process may have it.
///
/// # Errors
/// [`RunError`] says what to do about it.
pub fn open(start: Start) -> Result<Opened, RunError> {
    let Start { home, clock, test_clock, clock_is_right } = start;
    let config = Config::load(&home.config())?;
    let again = home.has_run();
    let lock = home.lock()?;
    let keys = Keys::load(&home.keys())?;
    let genesis = load_genesis(&home)?;
    let index = own_index(&genesis, &keys).ok_or(RunError::NotAMember)?;
    let ctx = genesis.context();
    let store = Store::open(&home.store(), ctx.chain_id)?;
    let head = prepare_store(&store, &genesis)?;
    check_record(&home.signed(), head.height)?;
    let guard = Guard::open(&home.signed())?;
    check_log(&home.wal(), head.height, guard.last())?;
    if !clock_is_right {
        ClockOff::no_leap(genesis.n(), &head, clock.now())?;
    }

    let (head_to, head_at) = watch::channel(head);
    let check = admission(ctx.clone(), store.clone(), head_at, clock.clone());
    let mempool = Mempool::new(config.mempool.clone(), Box::new(check));
    let measured = Measured::default();
    let inner = Inner {
        config,
        home,
        keys,
        genesis,
        ctx,
        store,
        index,
        clock,
        test_clock,
        measured,
        mempool,
        head: head_to,
    };
    Ok(Opened { state: NodeState(Arc::new(inner)), guard, again, _lock: lock })
}

/// Runs a member until `stop` turns true.
///
/// # Errors
/// [`RunError`] says what to do about it.
pub async fn run(start: Start, mut stop: watch::Receiver<bool>) -> Result<(), RunError> {
    let clock_is_right = start.clock_is_right;
    let Opened { state, guard, again, _lock } = open(start)?;
    let Inner { config, keys, genesis, ctx, store, clock, measured, mempool, head, .. } = &*state.0;
    let engine = Malachite {
        genesis: genesis.clone(),
        index: state.index(),
        consensus: keys.consensus.clone(),
        network: keys.network.clone(),
        config: config.consensus.clone(),
        wal: state.home().wal(),
        guard,
        clock: clock.clone(),
        measured: measured.clone(),
        waiting: mempool.waiting(),
    };
    let mut application =
        Executor::new(ctx.clone(), clock.clone(), store.clone(), mempool.clone(), head.clone());
    if clock_is_right {
        application.confirm_clock();
    }

    let mut tasks = JoinSet::new();
    let listen = state.config().http.listen;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(RunError::Http)?;
    tasks.spawn(http::serve(listener, state.clone()));
    tasks.spawn(spool::submit(state.clone()));
    tasks.spawn(present::tell(state.clone()));
    let keeper = Keeper::open(state.clone()).map_err(RunError::Keeper)?;
    let limits = &state.config().depot;
    let depot = state.home().data().join("depot");
    let earlier = Earlier { clock: state.clock().clone(), head: state.new_blocks() };
    let depot =
        Depot::open(&depot, limits, state.genesis(), Arc::new(earlier)).await.map_err(RunError::Depot)?;
    tasks.spawn(keeper.clone().look_after());
    tasks.spawn(depot.clone().collect());
    tasks.spawn(Public::listen(state.clone(), keeper, depot)?.serve());
    tracing::info!(height = state.head().height, member = state.index(), chain = %state.chain_id(), "running");

    let (end, ending) = watch::channel(false);
    let ordering = async {
        if again && state.genesis().n() > 1 {
            tokio::time::sleep(FORGOTTEN).await;
        }
        engine.run(application, ending).await
    };
    tokio::pin!(ordering);
    let ended = tokio::select! {
        ended = &mut ordering => ended,
        _ = stop.wait_for(|stop| *stop) => {
            end.send_replace(true);
            ordering.await
        }
    };
    tasks.shutdown().await;
    tracing::info!(height = state.head().height, "stopped");
    Ok(ended?)
}

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
use crate::home::{Home, HomeError};
use crate::keeper::Keeper;
use crate::keys::{Keys, KeysError};
use crate::mempool::{Mempool, TxRefused};
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
    #[error("genesis.json: {0}")]
    Genesis(#[from] GenesisError),
    /// The keys of this home are none of the genesis' members'.
    #[error("this home's keys belong to no member of genesis.json")]
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
    /// The application.
    #[error(transparent)]
    Application(#[from] ApplicationError),
    /// The status server cannot listen.
    #[error("http.listen: {0}")]
    Http(std::io::Error),
    /// The shares or the release log cannot be used.
    #[error("the keeper's files: {0}")]
    Keeper(std::io::Error),
    /// The depot cannot be used.
    #[error("the depot: {0}")]
    Depot(#[from] depot::StoreError),
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
    Ok(MembersList::from_json(&text)?.genesis)
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

/// Runs the member in `home` until `stop` turns true.
///
/// # Errors
/// [`RunError`] says what to do about it.
pub async fn run(home: Home, clock: Arc<dyn Clock>, mut stop: watch::Receiver<bool>) -> Result<(), RunError> {
    let config = Config::load(&home.config())?;
    let again = home.has_run();
    let _lock = home.lock()?;
    let keys = Keys::load(&home.keys())?;
    let genesis = load_genesis(&home)?;
    let index = own_index(&genesis, &keys).ok_or(RunError::NotAMember)?;
    let ctx = genesis.context();
    let store = Store::open(&home.store(), ctx.chain_id)?;
    let head = prepare_store(&store, &genesis)?;
    check_record(&home.signed(), head.height)?;
    let guard = Guard::open(&home.signed())?;
    check_log(&home.wal(), head.height, guard.last())?;

    let (head_to, head_at) = watch::channel(head);
    let check = admission(ctx.clone(), store.clone(), head_at, clock.clone());
    let mempool = Mempool::new(config.mempool.clone(), Box::new(check));
    let engine = Malachite {
        genesis: genesis.clone(),
        index,
        consensus: keys.consensus.clone(),
        network: keys.network.clone(),
        config: config.consensus.clone(),
        wal: home.wal(),
        guard,
        clock: clock.clone(),
        waiting: mempool.waiting(),
    };
    let application =
        Executor::new(ctx.clone(), clock.clone(), store.clone(), mempool.clone(), head_to.clone());
    let inner = Inner { config, home, keys, genesis, ctx, store, index, clock, mempool, head: head_to };
    let state = NodeState(Arc::new(inner));

    let mut tasks = JoinSet::new();
    let listen = state.config().http.listen;
    let listener = tokio::net::TcpListener::bind(listen).await.map_err(RunError::Http)?;
    tasks.spawn(http::serve(listener, state.clone()));
    tasks.spawn(spool::submit(state.clone()));
    let keeper = Keeper::open(state.clone()).map_err(RunError::Keeper)?;
    let limits = &state.config().depot;
    let depot = state.home().data().join("depot");
    let depot = Depot::open(&depot, limits, state.genesis(), state.clock().clone()).await?;
    tasks.spawn(keeper.clone().look_after());
    tasks.spawn(depot.clone().collect());
    tasks.spawn(Public::listen(state.clone(), keeper, depot)?.serve());
    tracing::info!(height = head.height, member = index, chain = %state.chain_id(), "running");

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

//! Ordering: the boundary between our application and the Byzantine-agreement engine, and the engine behind it.
//!
//! ```text
//!   Application (our block rules, our store)  <---->  OrderingEngine (Malachite: rounds, votes, log, sync)
//! ```
//!
//! The application never sees a round timer or a vote; the engine never sees a transaction. What crosses is a block as
//! octets, its [`BlockId`], and a [`Certificate`]. The engine can be replaced by another behind the same two traits.

use std::future::Future;
use std::sync::Arc;

use tokio::sync::watch;

mod assembly;
mod codec;
mod context;
mod guard;
mod log_file;
mod malachite;
mod ordering;
mod pace;
mod part;
mod signature;
mod value;
mod vote;

pub use context::Address;
pub use guard::{Guard, GuardError, Step};
pub use log_file::{LogError, check_log, check_record};
pub use malachite::Malachite;
pub use part::MAX_BLOCK_BYTES;
pub use signature::PublicKey;
pub use value::BlockId;

/// More than two thirds of the members signed this block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Height decided.
    pub height: u64,
    /// Round it was decided in.
    pub round: u32,
    /// The block.
    pub id: BlockId,
    /// Precommit signatures over CometBFT's canonical bytes, at most one a member.
    pub signatures: Vec<(Address, [u8; 64])>,
}

/// A block that was proposed and is not decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    /// Height proposed at.
    pub height: u64,
    /// Round proposed in.
    pub round: i64,
    /// Round of the earlier quorum, or -1.
    pub valid_round: i64,
    /// Who proposed it.
    pub proposer: Address,
    /// The block.
    pub id: BlockId,
    /// Whether it keeps the chain's rules.
    pub valid: bool,
    /// Its octets.
    pub octets: Arc<[u8]>,
}

/// What the application says about a block at the height after its head; the same at every member, at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It keeps every rule.
    Valid(BlockId),
    /// It is a block and breaks a rule.
    Invalid(BlockId),
    /// It is not a block.
    NotABlock,
}

/// The octets of a decided block, and who signed it.
pub type DecidedBlock = (Arc<[u8]>, Certificate);

/// A failure of this machine, after which the node has to stop.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ApplicationError(pub String);

/// What is ordered. Calls come one at a time; everything that returns has already been made durable.
pub trait Application: Send + 'static {
    /// The last decided height.
    fn head(&self) -> u64;

    /// Time of the last decided block.
    fn head_time(&self) -> salus_chain::time::UnixMillis;

    /// Builds the block of `height`, which is the one after the head.
    ///
    /// # Errors
    /// If the store fails.
    fn propose(&mut self, height: u64, proposer: Address) -> Result<(BlockId, Arc<[u8]>), ApplicationError>;

    /// Judges a block of `height`, which is the one after the head.
    ///
    /// # Errors
    /// If the store fails.
    fn judge(&mut self, height: u64, octets: &[u8]) -> Result<Verdict, ApplicationError>;

    /// Stores a block that may be decided.
    ///
    /// # Errors
    /// If the store fails.
    fn keep(&mut self, block: &Undecided) -> Result<(), ApplicationError>;

    /// Every stored undecided block of `height`.
    ///
    /// # Errors
    /// If the store fails.
    fn undecided(&self, height: u64) -> Result<Vec<Undecided>, ApplicationError>;

    /// Executes and records the decided block in one transaction.
    ///
    /// # Errors
    /// If the block is not stored, breaks a rule, or the store fails: the node cannot go on.
    fn commit(&mut self, certificate: &Certificate) -> Result<(), ApplicationError>;

    /// Replaces the head's certificate by one with more signatures.
    ///
    /// # Errors
    /// If the store fails.
    fn improve(&mut self, certificate: &Certificate) -> Result<(), ApplicationError>;

    /// The decided block of `height` and its certificate.
    ///
    /// # Errors
    /// If the store fails.
    fn decided(&self, height: u64) -> Result<Option<DecidedBlock>, ApplicationError>;
}

/// Why ordering ended.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The engine could not be started.
    #[error(
        "the ordering engine cannot start: {0}; check consensus.listen in config.toml, the members' addresses in \
         genesis.json, and that no other program listens there"
    )]
    Start(String),
    /// The engine ended by itself, which it does when going on would not be safe.
    #[error(
        "the ordering engine halted, as it does when going on would not be safe: the lines above say why. If the disk is \
         full, make room; then start again"
    )]
    Halted,
    /// The application failed.
    #[error(transparent)]
    Application(#[from] ApplicationError),
}

/// Runs an application until told to stop.
pub trait OrderingEngine {
    /// Orders blocks until `stop` turns true.
    fn run<A: Application>(
        self,
        application: A,
        stop: watch::Receiver<bool>,
    ) -> impl Future<Output = Result<(), EngineError>> + Send;
}

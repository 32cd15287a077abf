//! The state machine: a pure, deterministic function from (state, block) to (writes, results, events).
//!
//! No floats, no hash-map iteration, no clock, no randomness. Reads go through [`StateReader`]; a failed read
//! stops the block, a failed transaction does not. The access log of a grant is a hash chain whose head is in
//! the grant's record, so that a list of receipts is complete by construction or does not verify.

use crate::codec::CodecError;
use crate::ids::TxHash;
use crate::time::UnixMillis;

mod access;
mod circle;
mod consent;
mod contract;
mod credential;
mod duty;
mod emergency;
mod enrol;
mod execute;
mod expiry;
mod grant;
mod judge;
mod key;
mod mandate;
mod overlay;
mod record;
mod refuse;
mod review;
mod stated;
#[cfg(test)]
mod tests;

pub use access::{access_log_head, access_log_start};
pub use consent::{ContractRecord, StatementRecord};
pub use duty::{DutyGrantRecord, DutyRecord};
pub use emergency::{
    ANNOUNCEMENT_LASTS_MS, ActRecord, Announcement, Did, EmergencyRecord, MAX_ANNOUNCEMENTS, MAX_REVIEWS,
    ObjectionCount, ObjectionRecord, Review, Reviewer,
};
#[cfg(test)]
pub(crate) use execute::apply_unsigned;
pub use execute::{check_signatures, check_tx, execute_block, genesis_writes};
pub use judge::MAX_QUESTIONS;
pub use key::StateKey;
pub use mandate::MandateRecord;
pub use record::{
    AccessPointer, AccessRecord, ChainRecord, CredentialRecord, EnrolmentRecord, EnrolmentStatus, GrantEnd,
    GrantRecord, GrantStatus, Withdrawn,
};
pub use refuse::TxRefused;

/// A read of the state that failed: the block cannot be executed here and now.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The store failed.
    #[error("the state could not be read: {0}")]
    Store(String),
    /// A stored record does not decode: the store is damaged.
    #[error("a stored record is damaged: {0}")]
    Damaged(#[from] CodecError),
    /// The state contradicts itself.
    #[error("the state is inconsistent: {0}")]
    Inconsistent(&'static str),
}

/// Where the state machine reads from: the state after the previous block.
pub trait StateReader {
    /// The value at `key`.
    ///
    /// # Errors
    /// [`StateError`] when the store fails.
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError>;
}

impl<T: StateReader + ?Sized> StateReader for &T {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        (**self).get(key)
    }
}

/// The newest final block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its height.
    pub height: u64,
    /// Its time.
    pub time_ms: UnixMillis,
}

/// A key and its new value; `None` removes it.
pub type StateWrite = (StateKey, Option<Vec<u8>>);

/// Why a transaction may not enter the chain, or that this could not be found out.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// It may not.
    #[error(transparent)]
    Refused(#[from] TxRefused),
    /// The state could not be read.
    #[error(transparent)]
    State(#[from] StateError),
}

/// What became of one transaction of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TxResult {
    /// Which transaction.
    pub hash: TxHash,
    /// Executed, or why not.
    pub outcome: Result<(), TxRefused>,
}

impl TxResult {
    /// 0 when executed, else [`TxRefused::code`]: what `last_results_hash` covers.
    pub fn code(&self) -> u16 {
        self.outcome.map_or_else(TxRefused::code, |()| 0)
    }
}

/// Something that a node, keeper or wallet may react to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A permission was recorded.
    Granted(crate::ids::GrantId),
    /// A permission was stopped.
    Revoked(crate::ids::GrantId),
    /// A permission ran out.
    Expired(crate::ids::GrantId),
    /// A receipt was recorded.
    Accessed(AccessRecord),
    /// A keeper confirmed erasure.
    Erased {
        /// The ended permission.
        grant: crate::ids::GrantId,
        /// The keeper, from 1.
        keeper: u16,
    },
    /// A credential changed.
    Credential(crate::ids::VerifyingKey),
    /// A gateway was enrolled, under this key.
    Enrolled(crate::ids::VerifyingKey),
    /// This enrolment was withdrawn.
    EnrolmentWithdrawn(crate::ids::VerifyingKey),
    /// A consent contract was recorded.
    Contract(crate::ids::Hash32),
    /// An emergency of this permission was announced.
    Announced(crate::ids::GrantId),
    /// Something was said about an emergency of this permission.
    Reviewed(crate::ids::GrantId),
    /// A circle was made, or something in it was asked for, said or changed.
    Circle(crate::ids::CircleId),
    /// A delegated permission was recorded, approved, confirmed or objected to.
    Delegated(crate::ids::GrantId),
    /// Somebody is on duty, or no longer.
    Duty(crate::ids::VerifyingKey),
}

/// What a block does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BlockEffects {
    /// New values by increasing key; each key once.
    pub writes: Vec<StateWrite>,
    /// One for each transaction, in order.
    pub results: Vec<TxResult>,
    /// In order of happening.
    pub events: Vec<Event>,
}

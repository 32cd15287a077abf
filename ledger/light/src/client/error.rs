//! Why the light client cannot say what it was asked.

use salus_chain::state::TxRefused;
use salus_chain::time::UnixMillis;
use salus_keeper::depot::DepotRefused;
use salus_keeper::message::KeeperRefused;

use crate::p2p::{AskError, Fault, PeerError, SpawnError};
use crate::store::StoreError;
use crate::verify::{TrustedError, VerifyError};

/// Two verified headers for one height: somebody made the members sign two histories.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two different blocks were signed at height {height}")]
pub struct Fork {
    /// The height of both.
    pub height: u64,
    /// The member that gave the second one; 0 when it is not known any more.
    pub witness: u16,
}

/// Any failure of the light client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LightError {
    /// The genesis describes no chain.
    #[error(transparent)]
    Genesis(#[from] TrustedError),
    /// A member's address in the genesis is malformed.
    #[error(transparent)]
    Peer(#[from] PeerError),
    /// The network cannot be started.
    #[error("the network cannot be started")]
    Network,
    /// The stored trusted state cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored trusted state is damaged or of another chain.
    #[error("the stored trusted state is not of this chain")]
    StoredState,
    /// No member could be reached.
    #[error("no member can be reached")]
    Unreachable,
    /// One member did not answer.
    #[error("member {member} did not answer")]
    Silent {
        /// Keeper index.
        member: u16,
    },
    /// One member answered that it did not process the request.
    #[error("member {member} did not process the request")]
    Fault {
        /// Keeper index.
        member: u16,
        /// Why.
        #[source]
        fault: Fault,
    },
    /// One member's reply is malformed.
    #[error("member {member} sent a malformed reply")]
    BadReply {
        /// Keeper index.
        member: u16,
    },
    /// One member's header is refused.
    #[error("member {member} sent a block that is refused")]
    Header {
        /// Keeper index.
        member: u16,
        /// Why.
        #[source]
        error: VerifyError,
    },
    /// One member's proof does not lead to the verified root.
    #[error("member {member} sent a proof that does not hold")]
    Proof {
        /// Keeper index.
        member: u16,
    },
    /// One member does not have what was asked: it is behind, or has pruned it.
    #[error("member {member} does not have it")]
    Missing {
        /// Keeper index.
        member: u16,
    },
    /// The trusted state is older than the trusting period, by a clock that the members' newest blocks agree with: a list with
    /// a newer anchor is needed.
    #[error("the trusted state is too old; a newer members' list is needed from a member in person")]
    AnchorExpired,
    /// The block that one member has at the anchor's height is not the one that the list names.
    #[error("member {member} has another block at the height that the members' list names")]
    OtherAnchor {
        /// Keeper index.
        member: u16,
    },
    /// Two histories: the client is frozen, and stays so.
    #[error(transparent)]
    Frozen(#[from] Fork),
    /// The newest header is too old to act on, or not of this clock's time.
    #[error("the newest header, of height {height}, is out of date")]
    OutOfDate {
        /// Its height.
        height: u64,
        /// Its time, milliseconds since 1970.
        time_ms: UnixMillis,
    },
    /// Every member asked refused the transaction.
    #[error("the transaction was refused")]
    Refused(#[source] TxRefused),
    /// Every member asked has no room for the transaction.
    #[error("the members are busy")]
    Busy,
    /// One keeper refuses.
    #[error("keeper {member} refuses")]
    Keeper {
        /// Keeper index.
        member: u16,
        /// Why.
        #[source]
        why: KeeperRefused,
    },
    /// One keeper's answer is not signed by it, or not for this question.
    #[error("keeper {member} sent an answer that does not verify")]
    BadAnswer {
        /// Keeper index.
        member: u16,
    },
    /// One depot refuses.
    #[error("the depot of member {member} refuses")]
    Depot {
        /// Keeper index.
        member: u16,
        /// Why.
        #[source]
        why: DepotRefused,
    },
    /// One depot sent other octets than those of the hash.
    #[error("the depot of member {member} sent altered data")]
    Altered {
        /// Keeper index.
        member: u16,
    },
    /// The transaction is not final in time; it may still become so.
    #[error("the transaction is not final yet")]
    NotFinal,
    /// The message cannot be expressed within the protocol's limits.
    #[error("the message is larger than the protocol allows")]
    TooLarge,
    /// No member index of this chain.
    #[error("the chain has no member {0}")]
    NoMember(u16),
}

impl LightError {
    pub(crate) fn from_ask(member: u16, error: AskError) -> Self {
        match error {
            AskError::Unreachable | AskError::Silent | AskError::Lost => Self::Silent { member },
            AskError::Unsupported => Self::Fault { member, fault: Fault::Unserved },
            AskError::BadReply => Self::BadReply { member },
            AskError::Fault(fault) => Self::Fault { member, fault },
            AskError::TooLarge => Self::TooLarge,
            AskError::Closed => Self::Network,
        }
    }

    /// How much a failure tells when several members failed differently.
    pub(crate) fn weight(&self) -> u8 {
        match self {
            Self::Unreachable => 0,
            Self::Silent { .. } => 1,
            Self::Missing { .. } => 2,
            Self::Fault { .. } | Self::Busy => 3,
            Self::BadReply { .. } => 4,
            Self::Depot { .. } => 4,
            Self::Proof { .. } | Self::Header { .. } | Self::Altered { .. } | Self::Refused(_) => 5,
            Self::OtherAnchor { .. } => 5,
            _ => 6,
        }
    }
}

impl From<SpawnError> for LightError {
    fn from(_: SpawnError) -> Self {
        Self::Network
    }
}

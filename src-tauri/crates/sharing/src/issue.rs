//! Giving a permission: deal to every keeper, seal the capsule, sign and record the grant.
//!
//! ```text
//! Plan -> prepare -> Permission            deals, capsule and pointer sealed; the key x_g and the secret c_g are gone
//!          advance: deal to all n, >= t acks -> capsule to depots -> GrantTx final -> pointer to the reader's inbox
//!          upload:  sealed epochs to >= f + 1 depots, now and whenever new ones are sealed
//! ```

use rand_core::CryptoRng;
use salus_chain::codec::CodecError;
use salus_chain::ids::GrantId;
use salus_chain::sign::SigningKey;
use salus_chain::state::GrantRecord;
use salus_light::{Inclusion, LightError};
use salus_vault::vault::{SealedEpoch, Series};
use salus_vault::{Node, Writer};
use salus_wire::{ErrorCode, UnixMillis};

use crate::cover::DataRange;
use crate::invitation::{CodeError, Invitation};
use crate::network::Network;

/// What to permit.
#[derive(Debug, Clone)]
pub struct Plan {
    /// For whom.
    pub invitation: Invitation,
    /// Which series, with the root of each one's tree (`vault.node(category, 20, 0)`).
    pub series: Vec<(Series, Node)>,
    /// The computers whose manifests count.
    pub writers: Vec<Writer>,
    /// The name under which the patient appears.
    pub patient: String,
    /// Which epochs.
    pub range: DataRange,
    /// The permission works from here.
    pub not_before: UnixMillis,
    /// And ends here.
    pub expires: UnixMillis,
    /// A key that no other grant has; signs the grant and can stop it.
    pub grant_key: SigningKey,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Members that hold their part, of all.
    Held {
        /// So many.
        members: u16,
        /// Of so many.
        of: u16,
    },
    /// Depots that hold the capsule.
    Stored {
        /// So many.
        depots: u16,
    },
    /// Proven to be recorded.
    Recorded(Inclusion),
    /// The pointer waits for the reader.
    Left,
}

/// Why a permission was not given. Nothing is in force unless it is recorded; [`advance`] may be called again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    /// The code does not hold, or its attestation is not in force.
    #[error(transparent)]
    Code(#[from] CodeError),
}

impl IssueError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Code(error) => error.code(),
        }
    }
}

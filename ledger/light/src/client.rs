//! The app's handle on the chain: proves, submits, and carries messages to keepers and depots.
//!
//! Every answer about the chain is proven against a header verified from the genesis, or from a newer anchor of the
//! members' list, on. A member that lies, lags or is silent is passed over and named in the error when no other member
//! does better.

mod anchor;
mod chain;
mod depot;
mod error;
mod head;
mod keeper;
mod members;
mod prove;
mod submit;
mod sync;

use std::sync::Arc;
use std::time::Duration;

use salus_chain::genesis::{Genesis, MembersList};
use salus_chain::ids::{ChainId, KeeperSetId};
use salus_chain::time::{Clock, UnixMillis};
use tokio::sync::watch;

pub use chain::newer;
pub use depot::Depots;
pub use error::{Fork, LightError};
pub use head::{FRESH_MS, Head, Inclusion, Proven};
pub use keeper::KeeperLink;
pub use members::{MemberView, Reach};

use crate::p2p;
use crate::store::TrustStore;
use chain::Chain;
use members::Members;

/// A cloneable handle over one chain; the network task ends with the last clone.
#[derive(Clone)]
pub struct LightClient(Arc<Inner>);

struct Inner {
    genesis: Genesis,
    chain_id: ChainId,
    tendermint_chain_id: String,
    keeper_set_id: KeeperSetId,
    clock: Arc<dyn Clock>,
    store: Arc<dyn TrustStore>,
    members: Members,
    chain: tokio::sync::Mutex<Chain>,
    head: watch::Sender<Option<Head>>,
}

impl LightClient {
    /// Opens the chain of a members' list: loads the trusted state and starts a network that only dials out, under a fresh
    /// peer identity. Trust begins at the newest of the stored state, the list's anchor and the genesis. Asks nobody yet, so
    /// it works offline.
    ///
    /// # Errors
    /// [`LightError`] when the list or the stored state cannot be used, or when they contradict each other.
    pub async fn connect(
        list: impl Into<MembersList>,
        store: Arc<dyn TrustStore>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, LightError> {
        let list = list.into();
        let chain = Chain::load(&list, store.as_ref()).await?;
        let genesis = list.genesis;
        // Nobody sends requests to a network that only dials.
        let (endpoint, _) = p2p::spawn(p2p::Config::dial_only())?;
        let members = Members::new(&genesis, endpoint, clock.clone())?;
        Ok(Self(Arc::new(Inner {
            chain_id: genesis.chain_id(),
            tendermint_chain_id: genesis.tendermint_chain_id(),
            keeper_set_id: genesis.keeper_set_id(),
            clock,
            store,
            members,
            head: watch::channel(chain.head(&genesis)).0,
            chain: tokio::sync::Mutex::new(chain),
            genesis,
        })))
    }

    /// The chain's genesis.
    #[must_use]
    pub fn genesis(&self) -> &Genesis {
        &self.0.genesis
    }

    /// Names the chain.
    #[must_use]
    pub fn chain_id(&self) -> ChainId {
        self.0.chain_id
    }

    /// Names the ordered keepers.
    #[must_use]
    pub fn keeper_set_id(&self) -> KeeperSetId {
        self.0.keeper_set_id
    }

    /// The clock that freshness is judged by.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.0.clock
    }

    /// Every member and whether it answered last.
    #[must_use]
    pub fn members(&self) -> Vec<MemberView> {
        self.0.members.views()
    }

    /// The newest verified head, `None` before the first; changes with every sync that finds a newer one.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<Option<Head>> {
        self.0.head.subscribe()
    }

    /// The keeper with index `index`, from 1.
    ///
    /// # Errors
    /// [`LightError::NoMember`].
    pub fn keeper(&self, index: u16) -> Result<KeeperLink<'_>, LightError> {
        match self.0.genesis.keeper(index) {
            Some(member) => Ok(KeeperLink::new(self, index, member.keeper_pk)),
            None => Err(LightError::NoMember(index)),
        }
    }

    /// The members' depots.
    #[must_use]
    pub fn depots(&self) -> Depots<'_> {
        Depots::new(self)
    }

    /// Lets a moment pass: a block that one member has reaches the others.
    pub async fn pause(&self) {
        tokio::time::sleep(POLL).await;
    }

    /// Whether a member was noted to take too long within the last half minute.
    #[must_use]
    pub fn is_late(&self, member: u16) -> bool {
        self.0.members.is_late(member)
    }

    /// Notes that a member took too long, as whoever waited for it found, or that it does not any more.
    pub fn note_late(&self, member: u16, late: bool) {
        self.0.members.note_late(member, late);
    }

    fn now(&self) -> UnixMillis {
        self.0.clock.now()
    }
}

#[cfg(test)]
mod tests;

/// How long polling pauses between two questions.
const POLL: Duration = Duration::from_millis(150);

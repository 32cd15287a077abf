//! What this member hears of the others: the heights that they are at, and how many are connected.

use std::time::Duration;

use arc_malachitebft_app_channel::NetworkRequest;
use arc_malachitebft_core_consensus::SignedConsensusMsg;
use arc_malachitebft_engine::util::events::{Event, RxEvent};
use tokio::sync::{broadcast, mpsc, watch};

use crate::engine::context::SalusContext;

/// How long to wait for a quorum of members before the first height begins.
const MEET: Duration = Duration::from_secs(3);

/// Raises `seen` to a height that somebody is at.
pub(super) fn saw(seen: &watch::Sender<u64>, height: u64) {
    seen.send_if_modified(|seen| {
        let higher = height > *seen;
        *seen = height.max(*seen);
        higher
    });
}

/// Raises `seen` with every message that arrives; a member cannot raise it by more than one at a time.
pub(super) async fn watch_heights(mut events: RxEvent<SalusContext>, seen: watch::Sender<u64>) {
    let mut current = 0u64;
    loop {
        match events.recv().await {
            Ok(Event::StartedHeight(height, _)) => current = height.0,
            Ok(Event::Received(SignedConsensusMsg::Vote(vote))) => {
                saw(&seen, vote.message.height.0.min(current.saturating_add(1)));
            }
            Ok(Event::Received(SignedConsensusMsg::Proposal(proposal))) => {
                saw(&seen, proposal.message.height.0.min(current.saturating_add(1)));
            }
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
            Err(broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// Returns when `wanted` members are connected, or after a while: a proposal sent before would be lost.
pub(super) async fn meet(network: &mpsc::Sender<NetworkRequest>, wanted: usize) {
    let connected = async {
        loop {
            match NetworkRequest::dump_state(network).await {
                Ok(Some(state)) if state.peers.len() >= wanted => return,
                Ok(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                Err(_) => return,
            }
        }
    };
    if tokio::time::timeout(MEET, connected).await.is_err() {
        tracing::info!(wanted, "starting before enough members are connected");
    }
}

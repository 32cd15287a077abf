//! Mends connections over which nothing is heard.
//!
//! Two members that dial each other at once have two connections. What a member listens to it says once, on the first of them; where
//! that one ends before the word is through, the other member never sends it anything, for as long as the second connection lives, and
//! counts it as connected. With one member more away there is no quorum. Such a connection is ended and made anew, which says it again.

use std::collections::BTreeMap;
use std::time::Duration;

use arc_malachitebft_app_channel::NetworkRequest;
use arc_malachitebft_app_channel::app::net::Multiaddr;
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

/// Between two looks.
const LOOK: Duration = Duration::from_secs(2);
/// Looks in a row at which a connected member was sent nothing, before its connection is made anew. One that has just been connected
/// is sent to within a second.
const PATIENCE: u32 = 4;
/// Looks after that at which its connection is left alone.
const REST: u32 = 15;
/// While messages go straight to so many members, they reach the others through them: of a large network, not everybody is sent to.
const ENOUGH: usize = 4;

/// Another member: how the engine names it, and where it is dialled.
pub(in crate::engine) struct Other {
    /// Its peer id, as text.
    pub(in crate::engine) peer: String,
    /// As it was configured.
    pub(in crate::engine) address: Multiaddr,
}

/// Looks after the connections until the engine ends.
pub(super) async fn tend(network: mpsc::Sender<NetworkRequest>, others: Vec<Other>) {
    let mut looks = Looks::default();
    let mut tick = tokio::time::interval(LOOK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !network.is_closed() {
        tick.tick().await;
        let Ok(Some(state)) = NetworkRequest::dump_state(&network).await else { continue };
        let connected = state.peers.iter().map(|(peer, info)| (peer.to_string(), !info.topics.is_empty()));
        for peer in looks.deaf(&connected.collect()) {
            let Some(other) = others.iter().find(|other| other.peer == peer) else { continue };
            tracing::warn!(%peer, "connected, and sent nothing: its connection is made anew");
            // An error means that the engine ends. What is removed and not added is dialled by the other side.
            let _ = NetworkRequest::remove_persistent_peer(&network, other.address.clone()).await;
            let _ = NetworkRequest::add_persistent_peer(&network, other.address.clone()).await;
        }
    }
}

/// How often in a row each connected member was sent nothing; below zero while its connection is left alone.
#[derive(Default)]
struct Looks(BTreeMap<String, i64>);

impl Looks {
    /// Those whose connection is to be made anew, of the connected ones and whether each is sent to.
    fn deaf(&mut self, connected: &BTreeMap<String, bool>) -> Vec<String> {
        let sent_to = connected.values().filter(|sent_to| **sent_to).count();
        let mut due = Vec::new();
        self.0.retain(|peer, looks| connected.contains_key(peer) || *looks < 0);
        for (peer, is_sent_to) in connected {
            let looks = self.0.entry(peer.clone()).or_default();
            *looks = match *looks {
                resting @ ..0 => resting + 1,
                _ if *is_sent_to || sent_to >= ENOUGH => 0,
                before => before + 1,
            };
            if *looks >= i64::from(PATIENCE) {
                *looks = -i64::from(REST);
                due.push(peer.clone());
            }
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected(members: &[(&str, bool)]) -> BTreeMap<String, bool> {
        members.iter().map(|(peer, sent_to)| ((*peer).to_owned(), *sent_to)).collect()
    }

    #[test]
    fn a_member_that_is_sent_nothing_is_connected_anew_and_then_left_alone() {
        let mut looks = Looks::default();
        let now = connected(&[("a", true), ("b", false)]);
        for _ in 1..PATIENCE {
            assert!(looks.deaf(&now).is_empty());
        }
        assert_eq!(looks.deaf(&now), ["b"]);
        // Also while it is away in between.
        assert!(looks.deaf(&connected(&[("a", true)])).is_empty());
        for _ in 0..REST {
            assert!(looks.deaf(&now).is_empty());
        }
        for _ in 1..PATIENCE {
            assert!(looks.deaf(&now).is_empty());
        }
        assert_eq!(looks.deaf(&now), ["b"]);
    }

    #[test]
    fn one_that_is_sent_to_in_between_or_was_away_begins_anew() {
        for between in [connected(&[("b", true)]), connected(&[])] {
            let mut looks = Looks::default();
            for _ in 1..PATIENCE {
                assert!(looks.deaf(&connected(&[("b", false)])).is_empty());
            }
            assert!(looks.deaf(&between).is_empty());
            for _ in 1..PATIENCE {
                assert!(looks.deaf(&connected(&[("b", false)])).is_empty());
            }
            assert_eq!(looks.deaf(&connected(&[("b", false)])), ["b"]);
        }
    }

    #[test]
    fn in_a_large_network_not_everybody_is_sent_to() {
        let mut looks = Looks::default();
        let now = connected(&[("a", true), ("b", true), ("c", true), ("d", true), ("e", false)]);
        for _ in 0..PATIENCE * 3 {
            assert!(looks.deaf(&now).is_empty());
        }
    }
}

//! A steward reads: the epochs of the lease, found and verified as a clinician's opening does it, but with trees in hand.
//!
//! Nothing is left on the chain: the person gave the keys themselves. What is read stays in memory.

use salus_keeper::Scope;
use salus_vault::Node;
use salus_wire::UnixMillis;

use super::estate::Estate;
use crate::cover::to_ask;
use crate::gaps::around;
use crate::network::Network;
use crate::open::{self, Epochs, OpenError, Step};

/// Everything in the depots of the estate's series within `scope`, up to `now`.
///
/// # Errors
/// [`OpenError::OutsideLease`] when none of it is leased; what of it is, is read. Otherwise as an opening.
pub async fn read<N: Network>(
    network: &N,
    estate: &Estate,
    scope: Scope,
    now: UnixMillis,
    progress: &mut (dyn FnMut(Step) + Send),
) -> Result<Epochs, OpenError> {
    let nodes = nodes(estate, scope, now);
    if nodes.is_empty() {
        return Err(OpenError::OutsideLease);
    }
    open::read(network, &estate.content, &nodes, progress).await
}

/// The largest nodes of each tree that open nothing but what is asked for.
fn nodes(estate: &Estate, scope: Scope, now: UnixMillis) -> Vec<(usize, Node)> {
    let leased = estate.content.scope;
    let first = scope.first_epoch.max(leased.first_epoch);
    let last = scope.last_epoch.min(leased.last_epoch);
    let Ok(scope) = Scope::new(first, last) else { return Vec::new() };
    let slots = to_ask(scope, now);
    let mut nodes = Vec::new();
    for (place, tree) in estate.trees.iter().enumerate() {
        let held = slots.iter().flat_map(|slot| around(tree, *slot));
        nodes.extend(held.filter_map(|slot| tree.descend(slot.level(), slot.start())).map(|n| (place, n)));
    }
    nodes
}

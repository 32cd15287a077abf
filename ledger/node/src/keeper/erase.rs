//! Erasing shares of ended permissions, and confirming it on the chain.
//!
//! Looks at every held share after each block: what the chain records as ended is erased at once, then ErasureAckTx is handed
//! in until the chain has it. A share whose permission never came onto the chain goes after a day.

use std::collections::HashMap;
use std::io;

use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_chain::state::{GrantRecord, StateKey};
use salus_chain::time::UnixMillis;
use salus_chain::tx::{ErasureAckBody, Tx};

use super::shares::Shares;
use crate::NodeState;
use crate::state::ReadError;

/// How long a share waits for its permission: 24 hours.
const UNUSED_MS: i64 = 86_400_000;

/// Why shares could not be looked after; the next block tries again.
#[derive(Debug, thiserror::Error)]
pub(super) enum EraseError {
    #[error(transparent)]
    Chain(#[from] ReadError),
    #[error("the share files cannot be used")]
    Files(#[from] io::Error),
}

/// Shares by when they were first seen without a permission.
pub(super) type Unused = HashMap<GrantId, UnixMillis>;

/// Erases and confirms what the chain at its head asks for.
pub(super) fn sweep(state: &NodeState, shares: &Shares, unused: &mut Unused) -> Result<(), EraseError> {
    let (held, erased) = shares.list()?;
    unused.retain(|grant, _| held.contains(grant));
    for grant in held {
        match record(state, &grant)? {
            Some(record) if record.end.is_some() => {
                shares.erase(&grant)?;
                tracing::info!(grant = %grant, "a share is erased");
                confirm(state, &grant);
            }
            Some(_) => {
                unused.remove(&grant);
            }
            None => {
                let now = state.clock().now();
                let since = *unused.entry(grant).or_insert(now);
                if now.saturating_sub(since) >= UNUSED_MS {
                    shares.discard(&grant)?;
                }
            }
        }
    }
    for grant in erased {
        match record(state, &grant)? {
            Some(record) if record.erasure_confirmed(state.index()) => shares.confirmed(&grant)?,
            // A crash may have come between the mark and the overwriting.
            Some(_) => {
                shares.erase(&grant)?;
                confirm(state, &grant);
            }
            None => {}
        }
    }
    Ok(())
}

fn confirm(state: &NodeState, grant: &GrantId) {
    let body = ErasureAckBody { grant_id: *grant, keeper: state.index() };
    let tx = Tx::ErasureAck(body.sign(&state.chain_id(), &state.keys().keeper));
    if let Err(error) = state.mempool().submit(&tx.encode()) {
        tracing::debug!(%error, "the erasure is confirmed later");
    }
}

/// The permission at the head.
pub(super) fn record(state: &NodeState, grant: &GrantId) -> Result<Option<GrantRecord>, ReadError> {
    let octets = state.value(&StateKey::Grant(*grant))?;
    octets
        .map(|octets| GrantRecord::decode(&octets).map_err(|_| ReadError::Damaged("grant record")))
        .transpose()
}

//! Erasing shares of ended permissions, and confirming it on the chain.
//!
//! Looks after each block at the held shares that may have to go ([`super::watch`]): what the chain records as ended is erased at once,
//! then ErasureAckTx is handed in until the chain has it. A share whose permission never came onto the chain goes after a day.

use std::io;
use std::sync::{Mutex, PoisonError};

use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_chain::state::{GrantRecord, StateKey};
use salus_chain::tx::{ErasureAckBody, Tx};

use super::shares::Shares;
use super::watch::{Seen, Watch};
use crate::NodeState;
use crate::state::ReadError;

/// How long a share waits for its permission: 24 hours.
const UNUSED_MS: i64 = 86_400_000;

/// Why shares could not be looked after; the next block tries again.
#[derive(Debug, thiserror::Error)]
pub(super) enum EraseError {
    #[error(transparent)]
    Chain(#[from] ReadError),
    #[error(
        "the files in data/shares cannot be used ({0}): let this user write there, and make room if the disk is full"
    )]
    Files(#[from] io::Error),
}

/// Erases and confirms what the chain at its head asks for.
pub(super) fn sweep(state: &NodeState, shares: &Shares, watch: &Mutex<Watch>) -> Result<(), EraseError> {
    let lock = || watch.lock().unwrap_or_else(PoisonError::into_inner);
    let due = lock().due(state);
    for grant in due {
        match record(state, &grant)? {
            Some(record) if record.end.is_some() => {
                shares.erase(&grant)?;
                tracing::info!(grant = %grant, "a share is erased");
                lock().erased(grant);
                confirm(state, &grant);
            }
            Some(record) => lock().recorded(&grant, record.terms.expires_ms),
            None => {
                let mut watch = lock();
                if watch.waited(&grant, Seen::now(state)) >= UNUSED_MS {
                    shares.discard(&grant)?;
                    watch.forget(&grant);
                }
            }
        }
    }
    let erased = lock().unconfirmed();
    for grant in erased {
        match record(state, &grant)? {
            Some(record) if record.erasure_confirmed(state.index()) => {
                shares.confirmed(&grant)?;
                lock().confirmed(&grant);
            }
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

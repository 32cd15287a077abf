//! Erasing shares of ended permissions, and confirming it on the chain.
//!
//! Looks at every held share after each block: what the chain records as ended is erased at once, then ErasureAckTx is handed
//! in until the chain has it. A share whose permission never came onto the chain goes after a day.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_chain::state::{GrantRecord, StateKey};
use salus_chain::time::UnixMillis;
use salus_chain::tx::{ErasureAckBody, Tx};
use tokio::time::Instant;

use super::shares::Shares;
use crate::NodeState;
use crate::state::ReadError;

/// How long a share waits for its permission: 24 hours.
const UNUSED_MS: i64 = 86_400_000;

/// How often every share is looked at, whatever is known about it.
const WHOLE: Duration = Duration::from_secs(60);

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

/// One moment by both clocks: what has to wait a day has to wait it by each.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    clock_ms: UnixMillis,
    head_ms: UnixMillis,
}

impl Seen {
    /// This moment.
    pub(super) fn now(state: &NodeState) -> Self {
        Self { clock_ms: state.clock().now(), head_ms: state.head().time_ms }
    }

    /// How much later `self` is than `since`, by whichever clock says less: this computer's may have been set, and the
    /// head's goes over a whole rest at once.
    fn after(self, since: Self) -> i64 {
        let clock = self.clock_ms.saturating_sub(since.clock_ms);
        clock.min(self.head_ms.saturating_sub(since.head_ms))
    }
}

/// What is known of a held share.
struct Held {
    /// When it was first seen.
    since: Seen,
    /// When its permission runs out; unknown before it is on the chain.
    expires: Option<UnixMillis>,
}

/// The shares to look after, so that a block costs what it ends and not what is held.
pub(super) struct Watch {
    held: BTreeMap<GrantId, Held>,
    erased: BTreeSet<GrantId>,
    whole: Option<Instant>,
}

impl Watch {
    pub(super) fn new(shares: &Shares, now: Seen) -> io::Result<Self> {
        let (held, erased) = shares.list()?;
        let held = held.into_iter().map(|grant| (grant, Held { since: now, expires: None })).collect();
        Ok(Self { held, erased: erased.into_iter().collect(), whole: None })
    }

    /// How many shares are held.
    pub(super) fn count(&self) -> usize {
        self.held.len()
    }

    /// Looks after a share that was just kept.
    pub(super) fn add(&mut self, grant: GrantId, now: Seen) {
        self.held.entry(grant).or_insert(Held { since: now, expires: None });
    }

    /// The shares that may have to go: a permission unknown, run out or being stopped; all of them once a minute.
    fn due(&mut self, state: &NodeState) -> Vec<GrantId> {
        let now = Instant::now();
        let whole = self.whole.is_none_or(|last| now.duration_since(last) >= WHOLE);
        if whole {
            self.whole = Some(now);
        }
        let head_ms = state.head().time_ms;
        let due = |grant: &GrantId, held: &Held| {
            whole
                || held.expires.is_none_or(|expires| expires <= head_ms)
                || state.mempool().seen_revocation(grant)
        };
        self.held.iter().filter(|(grant, held)| due(grant, held)).map(|(grant, _)| *grant).collect()
    }
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
                let mut watch = lock();
                watch.held.remove(&grant);
                watch.erased.insert(grant);
                confirm(state, &grant);
            }
            Some(record) => {
                if let Some(held) = lock().held.get_mut(&grant) {
                    held.expires = Some(record.terms.expires_ms);
                }
            }
            None => {
                let mut watch = lock();
                let since = watch.held.get(&grant).map(|held| held.since);
                let waited = since.map_or(0, |since| Seen::now(state).after(since));
                if waited >= UNUSED_MS {
                    shares.discard(&grant)?;
                    watch.held.remove(&grant);
                }
            }
        }
    }
    let erased: Vec<GrantId> = lock().erased.iter().copied().collect();
    for grant in erased {
        match record(state, &grant)? {
            Some(record) if record.erasure_confirmed(state.index()) => {
                shares.confirmed(&grant)?;
                lock().erased.remove(&grant);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_waited_by_both_clocks() {
        const YEAR: i64 = 365 * UNUSED_MS;
        let seen = |clock_ms, head_ms| Seen { clock_ms, head_ms };
        let dealt = seen(1_000, 1_000);
        assert_eq!(seen(1_000 + UNUSED_MS, 1_000 + UNUSED_MS).after(dealt), UNUSED_MS);
        assert_eq!(seen(1_000 + YEAR, 6_000).after(dealt), 5_000, "the clock was set a year ahead");
        assert_eq!(seen(6_000, 1_000 + YEAR).after(dealt), 5_000, "the chain went over a long rest");
        let behind = seen(1_000 - YEAR, 1_000);
        assert_eq!(seen(6_000, 6_000).after(behind), 5_000, "the clock was a year behind and is right again");
    }
}

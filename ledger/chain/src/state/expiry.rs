//! Grants by end time: a binary heap in the state, so that a block costs what it ends, however long the chain
//! stood still. Entry i has its children at 2i + 1 and 2i + 2.

use super::overlay::Overlay;
use super::record::{ChainRecord, ExpiryEntry, GrantEnd};
use super::{Event, StateError, StateKey, StateReader};
use crate::ids::GrantId;
use crate::time::UnixMillis;

/// Grants that one block marks as ended at most; the rest follow in the next blocks. Nothing depends on the
/// mark in between: [`super::GrantRecord::status_at`] compares the end time itself.
const MAX_PER_BLOCK: usize = 4096;

fn entry<S: StateReader>(state: &Overlay<'_, S>, place: u32) -> Result<ExpiryEntry, StateError> {
    state.record(&StateKey::Expiry(place))?.ok_or(StateError::Inconsistent("hole in the expiry heap"))
}

/// Adds a grant to the heap of `chain`, which the caller stores.
pub(super) fn push<S: StateReader>(
    state: &mut Overlay<'_, S>,
    chain: &mut ChainRecord,
    expires_ms: UnixMillis,
    grant_id: GrantId,
) -> Result<(), StateError> {
    let added = ExpiryEntry { expires_ms, grant_id };
    let mut place = chain.heap_len;
    chain.heap_len = place.checked_add(1).ok_or(StateError::Inconsistent("expiry heap full"))?;
    while place > 0 {
        let above = (place - 1) / 2;
        let parent = entry(state, above)?;
        if parent <= added {
            break;
        }
        state.put(StateKey::Expiry(place), &parent);
        place = above;
    }
    state.put(StateKey::Expiry(place), &added);
    Ok(())
}

fn pop<S: StateReader>(state: &mut Overlay<'_, S>, chain: &mut ChainRecord) -> Result<(), StateError> {
    let last_place = chain.heap_len - 1;
    let last = entry(state, last_place)?;
    state.remove(StateKey::Expiry(last_place));
    chain.heap_len = last_place;
    let mut place = 0;
    loop {
        let left = 2 * u64::from(place) + 1;
        let Some(left) = u32::try_from(left).ok().filter(|left| *left < last_place) else { break };
        let mut below = (entry(state, left)?, left);
        if left + 1 < last_place {
            below = below.min((entry(state, left + 1)?, left + 1));
        }
        if last <= below.0 {
            break;
        }
        state.put(StateKey::Expiry(place), &below.0);
        place = below.1;
    }
    if last_place > 0 {
        state.put(StateKey::Expiry(place), &last);
    }
    Ok(())
}

/// Marks every grant whose end time has come; called before the block's transactions.
pub(super) fn expire<S: StateReader>(
    state: &mut Overlay<'_, S>,
    height: u64,
    time_ms: UnixMillis,
    events: &mut Vec<Event>,
) -> Result<(), StateError> {
    let before = state.chain()?;
    let mut chain = before;
    for _ in 0..MAX_PER_BLOCK {
        if chain.heap_len == 0 {
            break;
        }
        let first = entry(state, 0)?;
        if first.expires_ms > time_ms {
            break;
        }
        pop(state, &mut chain)?;
        let mut grant =
            state.grant(&first.grant_id)?.ok_or(StateError::Inconsistent("expiry of no grant"))?;
        if grant.end.is_none() {
            grant.end = Some(GrantEnd { revoked: false, height });
            state.put(StateKey::Grant(first.grant_id), &grant);
            events.push(Event::Expired(first.grant_id));
        }
    }
    if chain != before {
        state.put(StateKey::Chain, &chain);
    }
    Ok(())
}

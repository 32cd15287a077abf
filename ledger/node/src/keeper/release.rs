//! Gathering what the release rule looks at, and obeying it.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::ids::GrantId;
use salus_chain::state::{GrantRecord, Head, StateKey};
use salus_chain::tx::{AccessTx, Tx};
use salus_keeper::answer;
use salus_keeper::held::HeldShare;
use salus_keeper::message::{KeeperRefused, ReleaseReply, ReleaseRequest};
use salus_keeper::release::{FinalAccess, Refusal, ReleaseFacts, decide};

use super::log::Log;
use super::shares::Shares;
use super::{erase, internal, unwritten};
use crate::NodeState;
use crate::state::ReadError;

/// Decides one request and, if the rule says yes and the log has it, answers.
pub(super) fn release(
    state: &NodeState,
    shares: &Shares,
    log: &mut Log,
    request: &ReleaseRequest,
) -> Result<ReleaseReply, KeeperRefused> {
    // One head for everything: a block that comes meanwhile is the next request's.
    let head = state.head();
    let access = final_access(state, request).map_err(internal)?;
    let grant_id = access.as_ref().map(|(tx, _)| tx.body.grant_id);
    let (mut at_access, mut at_head, mut held, mut released) = (None, None, None, (0, 0));
    let mut delegated = None;
    let clock_ms = state.clock().now();
    if let (Some(grant), Some((_, height))) = (&grant_id, &access) {
        at_access = grant_at(state, &StateKey::Grant(*grant), *height).map_err(internal)?;
        at_head = erase::record(state, grant).map_err(internal)?;
        let octets = shares.read(grant).map_err(internal)?;
        held = octets.map(|octets| HeldShare::decode(&octets).map_err(internal)).transpose()?;
        released = log.released_in_window(grant, clock_ms);
        delegated = circle_of(state, grant).map_err(internal)?;
    }
    let facts = ReleaseFacts {
        ctx: state.context(),
        request,
        access: access.as_ref().map(|(tx, height)| FinalAccess { tx, height: *height }),
        grant_at_access: at_access.as_ref(),
        grant_at_head: at_head.as_ref(),
        head: Head { height: head.height, time_ms: head.time_ms },
        clock_ms,
        revoke_seen: grant_id.is_some_and(|grant| state.mempool().seen_revocation(&grant)),
        held: held.as_ref(),
        released_in_window: released.1,
        circle: delegated.as_ref().map(|(given, circle)| (given, circle)),
    };
    let permit = decide(&facts).map_err(KeeperRefused::Release)?;
    // The rule counts slots; the member's own configuration may also bound requests.
    if released.0 >= state.config().keeper.releases_per_minute {
        return Err(KeeperRefused::Release(Refusal::RateLimit));
    }
    let permit = permit.log(|entry| log.append(entry)).map_err(unwritten)?;
    let held = held.ok_or(KeeperRefused::Internal)?;
    let (chain, key) = (state.chain_id(), &state.keys().keeper);
    answer::release(&chain, permit, &held, request, key, &mut crate::entropy::rng()).map_err(internal)
}

/// The receipt that a request names, when it is in a block and had its effect.
fn final_access(state: &NodeState, request: &ReleaseRequest) -> Result<Option<(AccessTx, u64)>, ReadError> {
    let Some(found) = state.tx(&request.access_tx_hash)? else { return Ok(None) };
    match Tx::decode(&found.octets) {
        Ok(Tx::Access(tx)) if found.code == 0 => Ok(Some((tx, found.height))),
        _ => Ok(None),
    }
}

/// What the head says of a delegated grant and its circle; `None` only when it says that there is nothing of the kind.
fn circle_of(
    state: &NodeState,
    grant: &GrantId,
) -> Result<Option<(CircleGrantRecord, CircleRecord)>, ReadError> {
    let Some(given) = state.value(&StateKey::CircleGrant(*grant))? else { return Ok(None) };
    let given = CircleGrantRecord::decode(&given).map_err(|_| ReadError::Damaged("delegated grant"))?;
    let circle = state.value(&StateKey::Circle(given.circle_id))?;
    let circle = circle.and_then(|octets| CircleRecord::decode(&octets).ok());
    Ok(Some((given, circle.ok_or(ReadError::Damaged("circle"))?)))
}

fn grant_at(state: &NodeState, key: &StateKey, height: u64) -> Result<Option<GrantRecord>, ReadError> {
    let octets = state.proven_value(key, height)?.and_then(|found| found.value);
    octets
        .map(|octets| GrantRecord::decode(&octets).map_err(|_| ReadError::Damaged("grant record")))
        .transpose()
}

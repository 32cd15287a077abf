//! The release rule: a pure function of everything a keeper knows; fails closed.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::duty::person_key;
use salus_chain::genesis::ChainContext;
use salus_chain::ids::{GrantId, Hash32, KeeperSetId, TxHash};
use salus_chain::merkle::MerklePath;
use salus_chain::state::{GrantRecord, GrantStatus, Head};
use salus_chain::time::UnixMillis;
use salus_chain::tx::{GrantTerms, Purpose, Tx, epk_hash};

use crate::Slot;
use crate::held::HeldShare;
use crate::message::ReleaseRequest;

mod contract;
mod credential;
mod duty;
mod permit;
mod refusal;
#[cfg(test)]
mod tests;

pub use contract::ContractFacts;
pub use credential::Credentials;
pub use duty::DutyFacts;
pub use permit::{LoggedPermit, Permit, ReleaseLogEntry};
pub use refusal::Refusal;

/// Blocks after which a receipt no longer counts.
pub const MAX_RECEIPT_AGE: u64 = 20;
/// Largest distance of the head's time from the keeper's clock, in milliseconds, inclusive.
pub const MAX_HEAD_SKEW_MS: i64 = 60_000;
/// Slots in a request at most.
pub const MAX_SLOTS: usize = 64;
/// Slots released for one grant within [`RATE_WINDOW_MS`] at most: two full requests a minute.
pub const MAX_SLOTS_PER_WINDOW: u32 = 128;
/// The window of the rate limit.
pub const RATE_WINDOW_MS: i64 = 60_000;
/// How long a slot may be over that is released in an emergency, in milliseconds, exclusive: the last 30 days, which is what an
/// application asks for, and a day in which a second clinician may take to answer.
pub const EMERGENCY_SET_MS: i64 = 31 * 86_400_000;

/// A receipt that is final and was executed, with its height.
#[derive(Debug, Clone, Copy)]
pub struct FinalAccess<'a> {
    /// The transaction: an AccessTx or a StatedAccessTx.
    pub tx: &'a Tx,
    /// The height of its block.
    pub height: u64,
}

/// Everything the rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseFacts<'a> {
    /// The chain.
    pub ctx: &'a ChainContext,
    /// The request.
    pub request: &'a ReleaseRequest,
    /// The receipt it names; `None` when there is no such final, executed transaction.
    pub access: Option<FinalAccess<'a>>,
    /// The grant after the receipt's height.
    pub grant_at_access: Option<&'a GrantRecord>,
    /// The grant at the keeper's head.
    pub grant_at_head: Option<&'a GrantRecord>,
    /// The keeper's head.
    pub head: Head,
    /// The keeper's clock.
    pub clock_ms: UnixMillis,
    /// Whether a valid stop of the grant, a RevokeTx or an ObjectTx, was seen in gossip, final or not.
    pub revoke_seen: bool,
    /// The share; `None` when there was none or it is erased.
    pub held: Option<&'a HeldShare>,
    /// Slots of this grant released within the last [`RATE_WINDOW_MS`], by the keeper's own log.
    pub released_in_window: u32,
    /// What the grant's contract is asked with; `None` for the plain permission, or when the contract is not here.
    pub contract: Option<ContractFacts<'a>>,
    /// What the keeper's state at its head says of the reader, of who opens in an emergency, and of a second person.
    pub credentials: Credentials<'a>,
    /// What the keeper's state at its head says of a delegated grant, and of its circle; `None` when it says that there is
    /// nothing of the kind, never because it was not asked.
    pub circle: Option<(&'a CircleGrantRecord, &'a CircleRecord)>,
    /// What it says of a grant to those on duty; `None` when it says that the grant is to readers, never because it was not
    /// asked.
    pub duty: Option<DutyFacts<'a>>,
}

/// Decides; the numbers are the rule's.
///
/// # Errors
/// The first branch that refuses.
pub fn decide(facts: &ReleaseFacts<'_>) -> Result<Permit, Refusal> {
    let request = facts.request;
    // 1. The receipt is final, fresh, and for exactly this request and key.
    let (access, terms) = opening(facts)?;
    // 2. In force then and now, not being stopped, and the share is here.
    in_force(facts)?;
    let held = facts.held.ok_or(Refusal::NoShare)?;
    let same_dealing = held.grant_id == terms.grant_id
        && held.patient_grant_pk == terms.patient_grant_pk
        && held.keeper_set_id == terms.keeper_set_id
        && held.keeper_set_id == facts.ctx.keeper_set_id
        && held.commit_hash == terms.commit_hash;
    if !same_dealing {
        return Err(Refusal::OtherDealing);
    }
    // 3. and 4. The chain's time is the present, and between beginning and end.
    present(facts, terms)?;
    // 5. Nothing that has not happened yet, nothing outside the granted data.
    let (purpose, ..) = access.tx.stated();
    for slot in request.slots.slots() {
        reachable(*slot, facts, held)?;
        recent(*slot, facts, purpose)?;
    }
    // 6. Not too many.
    let asked = u32::try_from(request.slots.slots().len()).unwrap_or(u32::MAX);
    if request.slots.slots().is_empty() || request.slots.slots().len() > MAX_SLOTS {
        return Err(Refusal::SlotCount);
    }
    if facts.released_in_window.saturating_add(asked) > MAX_SLOTS_PER_WINDOW {
        return Err(Refusal::RateLimit);
    }
    // 2., the people, once the time is known to be the present.
    credential::hold(facts, access.tx)?;
    // 2., the contract: last, because it costs most.
    contract::permits(facts, terms, access.tx)?;
    Ok(Permit::new(ReleaseLogEntry {
        grant_id: terms.grant_id,
        access_tx_hash: request.access_tx_hash,
        height: access.height,
        released_ms: facts.clock_ms,
        slots: request.slots.slots().to_vec(),
    }))
}

/// Whether the desk of the member to whose staff the grant was given may hand on the group's secret: all of the rule but what
/// is about a share, which this member need not have.
///
/// # Errors
/// The first branch that refuses; [`Refusal::Reader`] for a grant to readers, whose secret no member has.
pub fn may_learn(facts: &ReleaseFacts<'_>) -> Result<GrantId, Refusal> {
    let (access, terms) = opening(facts)?;
    if facts.duty.is_none() {
        return Err(Refusal::Reader);
    }
    in_force(facts)?;
    present(facts, terms)?;
    credential::hold(facts, access.tx)?;
    contract::permits(facts, terms, access.tx)?;
    Ok(terms.grant_id)
}

/// 1. The receipt, and what the grant says that it opens.
fn opening<'a>(facts: &ReleaseFacts<'a>) -> Result<(FinalAccess<'a>, &'a GrantTerms), Refusal> {
    let request = facts.request;
    let access = facts.access.ok_or(Refusal::NoReceipt)?;
    let body = access.tx.opening().ok_or(Refusal::NoReceipt)?;
    if access.tx.hash() != request.access_tx_hash {
        return Err(Refusal::NoReceipt);
    }
    match facts.head.height.checked_sub(access.height) {
        Some(age) if age <= MAX_RECEIPT_AGE => {}
        Some(_) => return Err(Refusal::ReceiptTooOld),
        None => return Err(Refusal::NoReceipt),
    }
    if body.request_hash != request.slots.hash() || body.epk_hash != epk_hash(&request.epk) {
        return Err(Refusal::Preimage);
    }
    let at_access = facts.grant_at_access.ok_or(Refusal::NoGrant)?;
    let at_head = facts.grant_at_head.ok_or(Refusal::NoGrant)?;
    if at_access.terms != at_head.terms || at_head.terms.grant_id != body.grant_id {
        return Err(Refusal::NoGrant);
    }
    let terms = &at_head.terms;
    // A person on duty has no place under a root of readers, and is judged with the people.
    let reader = match facts.duty {
        Some(_) => {
            body.reader_pk == person_key(body.reader_pk.signing()) && body.path == MerklePath::single()
        }
        None => body.path.proves(&terms.reader_pk_root, &body.reader_pk.leaf()),
    };
    if reader { Ok((access, terms)) } else { Err(Refusal::Reader) }
}

/// 2. In force when the receipt was recorded and at the head, and nobody is stopping it.
fn in_force(facts: &ReleaseFacts<'_>) -> Result<(), Refusal> {
    if facts.grant_at_access.ok_or(Refusal::NoGrant)?.end.is_some() {
        return Err(Refusal::Ended);
    }
    match facts.grant_at_head.ok_or(Refusal::NoGrant)?.status_at(facts.head.time_ms) {
        GrantStatus::Active => {}
        GrantStatus::NotYet => return Err(Refusal::NotBegun),
        GrantStatus::Revoked | GrantStatus::Expired => return Err(Refusal::Ended),
    }
    if facts.revoke_seen {
        return Err(Refusal::RevokeSeen);
    }
    // A delegate's permission: approved, past its veto window, not resting, by both times as everything that has a time.
    if let Some((given, circle)) = facts.circle
        && ![facts.head.time_ms, facts.clock_ms].iter().all(|now| given.opens(circle, *now))
    {
        return Err(Refusal::Circle);
    }
    Ok(())
}

/// 3. The chain's time is the present. 4. Between beginning and end by the chain's time (above) and by the own clock.
fn present(facts: &ReleaseFacts<'_>, terms: &GrantTerms) -> Result<(), Refusal> {
    let skew = facts.head.time_ms.abs_diff(facts.clock_ms);
    if skew > MAX_HEAD_SKEW_MS.unsigned_abs() {
        return Err(Refusal::StaleHead);
    }
    if facts.clock_ms < terms.not_before_ms {
        return Err(Refusal::NotBegun);
    }
    if facts.clock_ms >= terms.expires_ms {
        return Err(Refusal::Ended);
    }
    Ok(())
}

fn reachable(slot: Slot, facts: &ReleaseFacts<'_>, held: &HeldShare) -> Result<(), Refusal> {
    if !held.scope.contains(slot) {
        return Err(Refusal::OutsideScope);
    }
    // The earlier of both clocks: a slot must have come by each.
    let now = facts.head.time_ms.min(facts.clock_ms);
    let come = if slot.level() == 0 { slot.start_ms() <= now } else { slot.end_ms() <= now };
    if come { Ok(()) } else { Err(Refusal::NotYet) }
}

/// In an emergency a small set: nothing that was over long ago, whatever the permission covers.
fn recent(slot: Slot, facts: &ReleaseFacts<'_>, purpose: Purpose) -> Result<(), Refusal> {
    let now = facts.head.time_ms.max(facts.clock_ms);
    match purpose {
        Purpose::Emergency if slot.end_ms() <= now.saturating_sub(EMERGENCY_SET_MS) => {
            Err(Refusal::OutsideScope)
        }
        Purpose::Emergency | Purpose::Treatment => Ok(()),
    }
}

/// HPKE info of a release: "hg/v1/release" || chain_id || access_tx_hash.
pub fn release_info(chain: &salus_chain::ids::ChainId, access: &TxHash) -> Vec<u8> {
    [b"hg/v1/release".as_slice(), &chain.0, &access.0].concat()
}

/// HPKE aad of a release: grant_id || keeper_set_id || u16 index || u64 height || SHA-256(slots).
pub fn release_aad(
    grant: &GrantId,
    keepers: &KeeperSetId,
    index: u16,
    height: u64,
    slots_hash: &Hash32,
) -> Vec<u8> {
    [grant.0.as_slice(), &keepers.0, &index.to_be_bytes(), &height.to_be_bytes(), &slots_hash.0].concat()
}

//! `/objections`: what people object to of what this member's clinicians did in emergencies.

use salus_chain::codec::Record;
use salus_chain::state::{ActRecord, Did, ObjectionCount, ObjectionRecord, StateKey};
use salus_chain::time::UnixMillis;
use salus_chain::tx::Verdict;
use serde::{Deserialize, Serialize};

use crate::NodeState;
use crate::state::ReadError;

/// Objections in one answer at most, so that it stays below 64 KiB.
const PAGE: u32 = 100;

/// One objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    /// Its place in the member's list, from 0.
    pub place: u32,
    /// When it was recorded.
    pub at_ms: UnixMillis,
    /// The clinician's attested key, hex.
    pub clinician: String,
    /// Whether readings were opened; otherwise an emergency was announced.
    pub opened: bool,
    /// When that was recorded.
    pub act_at_ms: UnixMillis,
    /// The reason that was given, as its number.
    pub reason: u8,
    /// Whether the objection stopped the permission.
    pub stopped: bool,
    /// The permission, hex.
    pub permission: String,
    /// The transaction with the opening or the announcement, hex.
    pub act: String,
    /// The transaction with the objection, hex.
    pub tx: String,
}

/// A page of objections, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objections {
    /// How many there are in all.
    pub total: u32,
    /// At most 100 of them.
    pub objections: Vec<Objection>,
}

/// The newest objections before a place, or of all.
pub(super) fn objections(state: &NodeState, before: Option<u32>) -> Result<Objections, ReadError> {
    let member = state.index();
    let count: Option<ObjectionCount> = read(state, &StateKey::Objections(member))?;
    let ObjectionCount(total) = count.unwrap_or_default();
    let end = before.unwrap_or(total).min(total);
    let places = (end.saturating_sub(PAGE)..end).rev();
    let objections = places.map(|place| objection(state, member, place)).collect::<Result<_, _>>()?;
    Ok(Objections { total, objections })
}

fn objection(state: &NodeState, member: u16, place: u32) -> Result<Objection, ReadError> {
    const DAMAGED: ReadError = ReadError::Damaged("objection");
    let said: Option<ObjectionRecord> = read(state, &StateKey::Objection(member, place))?;
    let said = said.ok_or(DAMAGED)?;
    let act: Option<ActRecord> = read(state, &StateKey::EmergencyAct(said.act))?;
    let act = act.ok_or(DAMAGED)?;
    Ok(Objection {
        place,
        at_ms: said.at_ms,
        clinician: said.credential_pk.to_string(),
        opened: act.did == Did::Opened,
        act_at_ms: act.at_ms,
        reason: act.reason,
        stopped: said.verdict == Verdict::Stopped,
        permission: said.grant_id.to_string(),
        act: said.act.to_string(),
        tx: said.tx.to_string(),
    })
}

fn read<T: Record>(state: &NodeState, key: &StateKey) -> Result<Option<T>, ReadError> {
    let octets = state.value(key)?;
    octets.map(|octets| T::decode(&octets).map_err(|_| ReadError::Damaged("state record"))).transpose()
}

//! The desk: what this member does for its own staff on duty, beside its duty as a keeper.
//!
//! ```text
//! patient    Note    what was given to the staff, kept while the permission lasts        data/duty/<grant>.note
//! on duty    OnDuty  the notes for the group of who asks, and for nobody else
//! receipt    Secret  c_g, sealed on to the receipt's key, by the same rule as a release
//! patient    Who     the attestation of the key in a receipt, for the permission's own key
//! ```
//!
//! Everything but a note is answered to somebody whom the chain names. The desk can open a group's c_g at any time, and nothing
//! with it: a slot's key takes t members, who want a receipt by somebody on duty.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::sync::{Mutex, MutexGuard, PoisonError};

use salus_chain::codec::Record;
use salus_chain::duty::DutyGroup;
use salus_chain::ids::GrantId;
use salus_chain::state::{
    CredentialRecord, DutyGrantRecord, DutyRecord, GrantRecord, GrantStatus, StateKey, TxRefused,
};
use salus_chain::tx::Tx;
use salus_keeper::desk::{hand_on, open_note, seal_page};
use salus_keeper::envelope::KemSecretKey;
use salus_keeper::message::{
    DutyAsk, DutyNote, DutyPage, KeeperRefused, KeeperReply, MAX_PAGE, SecretRequest, WhoRequest,
};
use salus_keeper::release::{MAX_HEAD_SKEW_MS, Refusal, may_learn};

use super::release::{Known, record_at};
use super::{erase, internal, unwritten};
use crate::NodeState;
use crate::roster::Roster;
use crate::state::ReadError;
use notes::Notes;

mod notes;

/// Notes kept at most; each is of a permission that is on the chain.
const MAX_NOTES: usize = 100_000;
/// Largest distance of a question's time from the own clock, in milliseconds, inclusive.
const MAX_ASK_SKEW_MS: u64 = 60_000;

pub(super) struct Desk {
    notes: Notes,
    roster: Roster,
    /// Which note is for which group.
    groups: Mutex<BTreeMap<GrantId, DutyGroup>>,
}

impl Desk {
    /// Opens the notes, and forgets those of permissions that are over.
    pub(super) fn open(state: &NodeState) -> io::Result<Self> {
        let notes = Notes::open(&state.home().data().join("duty"))?;
        let mut groups = BTreeMap::new();
        for grant in notes.list()? {
            // One that the chain does not know yet stays: a member may be catching up.
            let known = erase::record(state, &grant).map_err(unread)?.is_some();
            match standing(state, &grant).map_err(unread)? {
                Some((_, group)) => drop(groups.insert(grant, group)),
                None if known => notes.remove(&grant)?,
                None => {}
            }
        }
        Ok(Self { notes, roster: Roster::of(state.home()), groups: Mutex::new(groups) })
    }

    fn groups(&self) -> MutexGuard<'_, BTreeMap<GrantId, DutyGroup>> {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a note of a permission to this member's staff; the patient may replace it.
    pub(super) fn note(&self, state: &NodeState, note: &DutyNote) -> Result<KeeperReply, KeeperRefused> {
        let found = standing(state, &note.grant_id).map_err(internal)?;
        let (grant, group) = found.ok_or(KeeperRefused::NotYours)?;
        let chain = state.chain_id();
        note.verify(&chain, &grant.terms.patient_grant_pk).map_err(|_| KeeperRefused::NotYours)?;
        open_note(&kem(state), &chain, &note.grant_id, &note.sealed).map_err(|_| KeeperRefused::Malformed)?;
        let mut groups = self.groups();
        if groups.len() >= MAX_NOTES && !groups.contains_key(&note.grant_id) {
            self.sweep(state, &mut groups).map_err(internal)?;
            if groups.len() >= MAX_NOTES {
                return Err(KeeperRefused::Busy);
            }
        }
        self.notes.keep(note).map_err(unwritten)?;
        groups.insert(note.grant_id, group);
        Ok(KeeperReply::Noted)
    }

    fn sweep(&self, state: &NodeState, groups: &mut BTreeMap<GrantId, DutyGroup>) -> Result<(), ReadError> {
        let mut over = Vec::new();
        for grant in groups.keys() {
            if standing(state, grant)?.is_none() {
                over.push(*grant);
            }
        }
        for grant in over {
            self.forget(&grant, groups);
        }
        Ok(())
    }

    /// A file that stays is found again, and forgotten, at the next start.
    fn forget(&self, grant: &GrantId, groups: &mut BTreeMap<GrantId, DutyGroup>) {
        groups.remove(grant);
        if let Err(error) = self.notes.remove(grant) {
            tracing::warn!(kind = ?error.kind(), "a note of a permission that is over cannot be removed");
        }
    }

    /// The notes for the group of who asks, a page at a time.
    pub(super) fn on_duty(&self, state: &NodeState, ask: &DutyAsk) -> Result<KeeperReply, KeeperRefused> {
        let (chain, head, clock) = (state.chain_id(), state.head(), state.clock().now());
        ask.verify(&chain).map_err(|_| KeeperRefused::NotYours)?;
        if ask.at_ms.abs_diff(clock) > MAX_ASK_SKEW_MS {
            return Err(KeeperRefused::Stale);
        }
        if head.time_ms.abs_diff(clock) > MAX_HEAD_SKEW_MS.unsigned_abs() {
            return Err(KeeperRefused::Release(Refusal::StaleHead));
        }
        let key = ask.credential_pk;
        let person: Option<CredentialRecord> =
            record_at(state, &StateKey::Credential(key), head.height).map_err(internal)?;
        let duty: Option<DutyRecord> =
            record_at(state, &StateKey::Duty(key), head.height).map_err(internal)?;
        let off = KeeperRefused::Release(Refusal::OffDuty);
        let group = duty.as_ref().map(|duty| duty.body.group.clone()).ok_or(off)?;
        if group.member() != state.index() {
            return Err(KeeperRefused::NotYours);
        }
        for now in [head.time_ms, clock] {
            group.serves(person.as_ref(), duty.as_ref(), now).map_err(|why| match why {
                TxRefused::OffDuty => off,
                _ => KeeperRefused::Release(Refusal::Credential),
            })?;
        }
        let page = self.page(state, &group, ask.after)?;
        let sealed = seal_page(ask, &page, &chain, &mut crate::entropy::rng());
        sealed.map(KeeperReply::OnDuty).map_err(|_| KeeperRefused::Malformed)
    }

    fn page(&self, state: &NodeState, group: &DutyGroup, after: GrantId) -> Result<DutyPage, KeeperRefused> {
        let mut groups = self.groups();
        let beyond = (Bound::Excluded(after), Bound::Unbounded);
        let own = groups.range(beyond).filter(|(_, of)| *of == group);
        let own: Vec<GrantId> = own.map(|(grant, _)| *grant).collect();
        let (mut page, mut room) = (DutyPage { notes: Vec::new(), more: false }, MAX_PAGE);
        let key = kem(state);
        for grant in own {
            if standing(state, &grant).map_err(internal)?.is_none() {
                self.forget(&grant, &mut groups);
                continue;
            }
            let Some(note) = self.notes.read(&grant).map_err(internal)? else { continue };
            // It opened when it was kept.
            let Ok(text) = open_note(&key, &state.chain_id(), &grant, &note.sealed) else { continue };
            let Some(left) = room.checked_sub(DutyPage::cost(&text)) else {
                page.more = true;
                break;
            };
            room = left;
            page.notes.push((grant, text.to_vec()));
        }
        Ok(page)
    }

    /// Seals c_g on, when keepers would release with this receipt.
    pub(super) fn secret(
        &self,
        state: &NodeState,
        request: &SecretRequest,
    ) -> Result<KeeperReply, KeeperRefused> {
        let known = Known::of(state, &request.release).map_err(internal)?;
        let grant = may_learn(&known.facts(state, &request.release)).map_err(KeeperRefused::Release)?;
        let own = known.given().is_some_and(|given| given.group.member() == state.index());
        if !own {
            return Err(KeeperRefused::NotYours);
        }
        let sealed = hand_on(&kem(state), &state.chain_id(), &grant, request, &mut crate::entropy::rng());
        sealed.map(KeeperReply::Secret).map_err(|_| KeeperRefused::Malformed)
    }

    /// Who signed a receipt, as this member attests them; told to the key of the permission alone.
    pub(super) fn who(&self, state: &NodeState, request: &WhoRequest) -> Result<KeeperReply, KeeperRefused> {
        let found = state.tx(&request.access_tx_hash).map_err(internal)?.filter(|found| found.code == 0);
        let tx = found.and_then(|found| Tx::decode(&found.octets).ok()).ok_or(KeeperRefused::NotYours)?;
        let opening = tx.opening().ok_or(KeeperRefused::NotYours)?;
        let grant = erase::record(state, &opening.grant_id).map_err(internal)?;
        let grant = grant.ok_or(KeeperRefused::NotYours)?;
        let given = given(state, &opening.grant_id).map_err(internal)?;
        let own = given.is_some_and(|given| given.group.member() == state.index());
        let asked = request.verify(&state.chain_id(), &grant.terms.patient_grant_pk);
        if !own || asked.is_err() {
            return Err(KeeperRefused::NotYours);
        }
        let attestation = self.roster.attestation(&opening.reader_pk.signing()).map_err(internal)?;
        attestation.map(|who| KeeperReply::Who(Box::new(who))).ok_or(KeeperRefused::NotYours)
    }
}

fn unread(error: ReadError) -> io::Error {
    io::Error::other(error.to_string())
}

fn kem(state: &NodeState) -> KemSecretKey {
    KemSecretKey::from_bytes(*state.keys().keeper_kem)
}

fn given(state: &NodeState, grant: &GrantId) -> Result<Option<DutyGrantRecord>, ReadError> {
    record_at(state, &StateKey::DutyGrant(*grant), state.head().height)
}

/// A permission to this member's own staff that is not over by the chain's time, and the group.
fn standing(state: &NodeState, grant: &GrantId) -> Result<Option<(GrantRecord, DutyGroup)>, ReadError> {
    let (Some(record), Some(given)) = (erase::record(state, grant)?, given(state, grant)?) else {
        return Ok(None);
    };
    let over = matches!(record.status_at(state.head().time_ms), GrantStatus::Revoked | GrantStatus::Expired);
    let own = given.group.member() == state.index();
    Ok((own && !over).then_some((record, given.group)))
}

//! The state as a judge sees it that was loosened in one place: what it does not look at, it sees as it wishes.
//!
//! No rule has a switch. Instead the state that chain and keeper read tells them a lie, which they then judge by: a mandate that was
//! withdrawn looks as if it stood. So every rule that reads it is gone, and nothing else is changed.

use std::collections::BTreeMap;
use std::rc::Rc;

use salus_chain::circle::CircleGrantRecord;
use salus_chain::codec::Record;
use salus_chain::ids::Hash32;
use salus_chain::state::{
    CredentialRecord, DutyRecord, EmergencyRecord, EnrolmentRecord, GrantRecord, StateError, StateKey,
    StateReader, StateWrite,
};
use salus_chain::tx::CredentialStatus;

use super::case::{HOUR, Role};
use super::history::Matter;
use super::stage::group;

/// What is not looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    /// That a mandate was withdrawn.
    Withdrawals,
    /// That one was used.
    Uses,
    /// That a permission ended before its time.
    Stops,
    /// That an opening is recorded.
    Receipts,
    /// That a credential was suspended, or ran out.
    Attestations,
    /// That two keys are one person's.
    Persons,
    /// That a duty is over.
    DutyEnds,
    /// As what somebody is on duty.
    Roles,
    /// That a steward's permission waits for an approval.
    Approvals,
    /// How long ago an emergency was announced.
    Waits,
    /// That one was opened before.
    FourHours,
}

impl Fault {
    pub(super) const ALL: [Self; 11] = [
        Self::Withdrawals,
        Self::Uses,
        Self::Stops,
        Self::Receipts,
        Self::Attestations,
        Self::Persons,
        Self::DutyEnds,
        Self::Roles,
        Self::Approvals,
        Self::Waits,
        Self::FourHours,
    ];

    /// Which histories have what it is about.
    pub(super) const fn matter(self) -> Matter {
        match self {
            Self::Withdrawals
            | Self::Uses
            | Self::Stops
            | Self::Receipts
            | Self::Attestations
            | Self::Approvals => Matter::Laptops,
            Self::Persons | Self::DutyEnds | Self::Roles | Self::Waits | Self::FourHours => Matter::Contracts,
        }
    }

    /// What a judge takes a value for.
    fn taken_for(self, key: &StateKey, octets: Vec<u8>, now: i64) -> Option<Vec<u8>> {
        match (self, key) {
            (Self::Uses, StateKey::Mandate(_)) | (Self::Receipts, StateKey::Access(_)) => None,
            (Self::Withdrawals, StateKey::Enrolment(_)) => {
                changed(&octets, |record: &mut EnrolmentRecord| record.withdrawn = None)
            }
            (Self::Stops, StateKey::Grant(_)) => {
                changed(&octets, |record: &mut GrantRecord| record.end = None)
            }
            (Self::Attestations, StateKey::Credential(_)) => {
                changed(&octets, |record: &mut CredentialRecord| {
                    record.body.status = CredentialStatus::Active;
                    record.body.valid_until_ms = now + HOUR;
                })
            }
            (Self::Persons, StateKey::Credential(_)) => changed(&octets, |record: &mut CredentialRecord| {
                record.body.subject = Some(Hash32(record.body.credential_pk.0));
            }),
            (Self::DutyEnds, StateKey::Duty(_)) => {
                changed(&octets, |record: &mut DutyRecord| record.body.until_ms = now + HOUR)
            }
            (Self::Roles, StateKey::Duty(_)) => changed(&octets, |record: &mut DutyRecord| {
                record.body.group = group(record.body.group.member(), Role::Night);
            }),
            (Self::Approvals, StateKey::CircleGrant(_)) => {
                changed(&octets, |record: &mut CircleGrantRecord| record.ready_ms = Some(1))
            }
            (Self::Waits, StateKey::Emergency(_)) => changed(&octets, |record: &mut EmergencyRecord| {
                record.announcements.iter_mut().for_each(|one| one.at_ms -= HOUR);
            }),
            (Self::FourHours, StateKey::Emergency(_)) => {
                changed(&octets, |record: &mut EmergencyRecord| record.opened_ms = None)
            }
            _ => Some(octets),
        }
    }
}

fn changed<T: Record>(octets: &[u8], change: impl FnOnce(&mut T)) -> Option<Vec<u8>> {
    let mut record = T::decode(octets).unwrap();
    change(&mut record);
    Some(record.encode())
}

/// The state of one history, on that of every one.
#[derive(Clone)]
pub(super) struct Store {
    base: Rc<BTreeMap<StateKey, Vec<u8>>>,
    writes: BTreeMap<StateKey, Option<Vec<u8>>>,
}

impl Store {
    pub(super) fn new(base: Rc<BTreeMap<StateKey, Vec<u8>>>) -> Self {
        Self { base, writes: BTreeMap::new() }
    }

    pub(super) fn write(&mut self, writes: Vec<StateWrite>) {
        self.writes.extend(writes);
    }

    fn value(&self, key: &StateKey) -> Option<Vec<u8>> {
        match self.writes.get(key) {
            Some(written) => written.clone(),
            None => self.base.get(key).cloned(),
        }
    }

    /// What differs from every history's beginning.
    pub(super) fn changes(&self) -> BTreeMap<StateKey, Option<Vec<u8>>> {
        let differs = |(key, value): &(&StateKey, &Option<Vec<u8>>)| self.base.get(*key) != value.as_ref();
        self.writes.iter().filter(differs).map(|(key, value)| (*key, value.clone())).collect()
    }
}

/// It, as a judge sees it in a block of this time.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) store: &'a Store,
    pub(super) fault: Option<Fault>,
    pub(super) now: i64,
}

impl StateReader for Seen<'_> {
    fn get(&self, key: &StateKey) -> Result<Option<Vec<u8>>, StateError> {
        let value = self.store.value(key);
        Ok(match self.fault {
            Some(fault) => value.and_then(|octets| fault.taken_for(key, octets, self.now)),
            None => value,
        })
    }
}

impl Seen<'_> {
    pub(super) fn record<T: Record>(&self, key: &StateKey) -> Option<T> {
        self.get(key).unwrap().map(|octets| T::decode(&octets).unwrap())
    }
}

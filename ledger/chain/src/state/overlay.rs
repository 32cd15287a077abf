//! The state as seen inside a block: the stored state with the block's writes on top.

use std::collections::BTreeMap;

use super::judge::{Judge, MAX_QUESTIONS, Question};
use super::record::{ChainRecord, CredentialRecord, EnrolmentRecord, GrantRecord};
use super::{DutyGrantRecord, DutyRecord, StateError, StateKey, StateReader, StateWrite, TxRefused};
use crate::circle::{CircleGrantRecord, CircleRecord};
use crate::codec::Record;
use crate::ids::{CircleId, GrantId, VerifyingKey};
use crate::time::UnixMillis;

pub(super) struct Overlay<'a, S> {
    base: &'a S,
    writes: BTreeMap<StateKey, Option<Vec<u8>>>,
    judge: Judge,
}

impl<'a, S: StateReader> Overlay<'a, S> {
    pub(super) fn new(base: &'a S) -> Self {
        Self::with(base, Judge::of_block(MAX_QUESTIONS))
    }

    /// With who puts the questions to contracts.
    pub(super) fn with(base: &'a S, judge: Judge) -> Self {
        Self { base, writes: BTreeMap::new(), judge }
    }

    /// Puts a question to a contract, now or when everything cheaper has passed.
    pub(super) fn ask(&mut self, question: Question) -> Result<(), TxRefused> {
        self.judge.ask(question)
    }

    /// Puts the questions that were kept.
    pub(super) fn settle(&mut self) -> Result<(), TxRefused> {
        self.judge.settle()
    }

    #[cfg(test)]
    pub(super) const fn judge(&self) -> &Judge {
        &self.judge
    }

    pub(super) fn record<T: Record>(&self, key: &StateKey) -> Result<Option<T>, StateError> {
        let octets = match self.writes.get(key) {
            Some(written) => written.clone(),
            None => self.base.get(key)?,
        };
        octets.map(|octets| T::decode(&octets)).transpose().map_err(StateError::from)
    }

    pub(super) fn put<T: Record>(&mut self, key: StateKey, record: &T) {
        self.writes.insert(key, Some(record.encode()));
    }

    pub(super) fn remove(&mut self, key: StateKey) {
        self.writes.insert(key, None);
    }

    pub(super) fn grant(&self, id: &GrantId) -> Result<Option<GrantRecord>, StateError> {
        self.record(&StateKey::Grant(*id))
    }

    pub(super) fn credential(&self, pk: &VerifyingKey) -> Result<Option<CredentialRecord>, StateError> {
        self.record(&StateKey::Credential(*pk))
    }

    pub(super) fn enrolment(&self, pk: &VerifyingKey) -> Result<Option<EnrolmentRecord>, StateError> {
        self.record(&StateKey::Enrolment(*pk))
    }

    /// The circle as it is at an instant.
    pub(super) fn circle(&self, id: &CircleId, now: UnixMillis) -> Result<Option<CircleRecord>, StateError> {
        let stored: Option<CircleRecord> = self.record(&StateKey::Circle(*id))?;
        Ok(stored.map(|circle| circle.at(now)))
    }

    pub(super) fn delegated(&self, id: &GrantId) -> Result<Option<CircleGrantRecord>, StateError> {
        self.record(&StateKey::CircleGrant(*id))
    }

    pub(super) fn duty(&self, pk: &VerifyingKey) -> Result<Option<DutyRecord>, StateError> {
        self.record(&StateKey::Duty(*pk))
    }

    pub(super) fn duty_grant(&self, id: &GrantId) -> Result<Option<DutyGrantRecord>, StateError> {
        self.record(&StateKey::DutyGrant(*id))
    }

    pub(super) fn chain(&self) -> Result<ChainRecord, StateError> {
        self.record(&StateKey::Chain)?.ok_or(StateError::Inconsistent("no chain record"))
    }

    pub(super) fn into_writes(self) -> Vec<StateWrite> {
        self.writes.into_iter().collect()
    }
}

//! Questions to consent contracts: the dearest thing that a transaction can cost. A block puts so many of them at most, and
//! parses no text twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::TxRefused;
use crate::contract::{Action, Compiled, Facts, contract_hash};
use crate::ids::Hash32;

/// Questions to contracts that one block puts at most. It is a rule of the chain: members with two limits would come to two
/// states. What is beyond it is refused and can be recorded in the next block.
pub const MAX_QUESTIONS: u32 = 256;

/// What a contract is asked, or the engine of a text.
pub(super) enum Question {
    /// Whether this is a contract at all.
    Valid(String),
    /// Whether it permits something.
    Permits {
        /// Names it.
        hash: Hash32,
        /// Its recorded text.
        text: String,
        /// What is about to happen.
        action: Action,
        /// What it sees.
        facts: Facts,
    },
}

/// Puts the questions of one block, or of one check.
pub(super) struct Judge {
    /// Never more than questions.
    compiled: BTreeMap<Hash32, Compiled>,
    asked: u32,
    limit: u32,
    /// What is put when everything cheaper has passed; `None` when a question is put at once.
    waiting: Option<Vec<Question>>,
}

impl Judge {
    /// For a block: puts each question at once, because the next transaction stands on the answer.
    pub(super) const fn of_block(limit: u32) -> Self {
        Self { compiled: BTreeMap::new(), asked: 0, limit, waiting: None }
    }

    /// For the check of one transaction: keeps its questions until [`Judge::settle`].
    pub(super) const fn of_check() -> Self {
        Self { compiled: BTreeMap::new(), asked: 0, limit: MAX_QUESTIONS, waiting: Some(Vec::new()) }
    }

    /// Puts a question, or keeps it.
    pub(super) fn ask(&mut self, question: Question) -> Result<(), TxRefused> {
        match &mut self.waiting {
            Some(waiting) => {
                waiting.push(question);
                Ok(())
            }
            None => self.put(&question),
        }
    }

    /// Puts what was kept, in order.
    pub(super) fn settle(&mut self) -> Result<(), TxRefused> {
        let waiting = self.waiting.take().unwrap_or_default();
        waiting.iter().try_for_each(|question| self.put(question))
    }

    fn put(&mut self, question: &Question) -> Result<(), TxRefused> {
        if self.asked >= self.limit {
            return Err(TxRefused::ContractsFull);
        }
        self.asked = self.asked.saturating_add(1);
        match question {
            Question::Valid(text) => {
                let compiled = Compiled::check(text).map_err(|_| TxRefused::ContractInvalid)?;
                self.compiled.insert(contract_hash(text), compiled);
                Ok(())
            }
            Question::Permits { hash, text, action, facts } => {
                let contract = match self.compiled.entry(*hash) {
                    Entry::Occupied(parsed) => parsed.into_mut(),
                    Entry::Vacant(place) => {
                        place.insert(Compiled::parse(text).map_err(|_| TxRefused::ContractDenies)?)
                    }
                };
                if contract.permits(*action, facts) { Ok(()) } else { Err(TxRefused::ContractDenies) }
            }
        }
    }

    /// Questions that were put, and texts that were parsed for them.
    #[cfg(test)]
    pub(super) fn cost(&self) -> (u32, usize) {
        (self.asked, self.compiled.len())
    }
}

//! What a keeper's own chain says of a permission to those on duty, and whether who opens is.

use salus_chain::state::{DutyGrantRecord, DutyRecord, TxRefused};

use super::{Refusal, ReleaseFacts};

/// All of it at the keeper's head.
#[derive(Debug, Clone, Copy)]
pub struct DutyFacts<'a> {
    /// Whom it was given to.
    pub given: &'a DutyGrantRecord,
    /// The newest statement about the duty of who opens; `None` when there is none, never because it was not asked.
    pub duty: Option<&'a DutyRecord>,
}

/// Whether who opens is on duty for the group, at the head and by the own clock. The chain judged the same when the receipt was
/// recorded: who went off duty since then opens nothing any more.
pub(super) fn holds(facts: &ReleaseFacts<'_>) -> Result<(), Refusal> {
    let Some(DutyFacts { given, duty }) = facts.duty else { return Ok(()) };
    for now in [facts.head.time_ms, facts.clock_ms] {
        match given.group.serves(facts.credentials.reader, duty, now) {
            Ok(()) => {}
            Err(TxRefused::OffDuty) => return Err(Refusal::OffDuty),
            Err(_) => return Err(Refusal::Credential),
        }
    }
    Ok(())
}

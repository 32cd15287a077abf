//! What a contract is asked about.

use crate::circle::CircleGrantRecord;
use crate::ids::VerifyingKey;
use crate::state::{CredentialRecord, DutyRecord, EmergencyRecord};
use crate::time::UnixMillis;
use crate::tx::{GrantTerms, Purpose};

/// What is about to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The permission is recorded.
    Give,
    /// A receipt is recorded.
    Open,
    /// A keeper gives its part of a slot's key.
    Release,
}

impl Action {
    /// Its name in the schema.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Give => "give",
            Self::Open => "open",
            Self::Release => "release",
        }
    }
}

/// Everything that a contract sees, under the names of [`super::SCHEMA`]; times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Block time; at a release the head's.
    pub now_ms: UnixMillis,
    /// Beginning of the permission.
    pub begins_ms: UnixMillis,
    /// End of the permission.
    pub ends_ms: UnixMillis,
    /// Whether the reader, in an emergency the clinician who opens, has a credential in force
    /// ([`CircleGrantRecord::answering`]).
    pub attested: bool,
    /// The attesting member's index, from 1; 0 when not attested.
    pub organisation: u16,
    /// Until the credential is out of force by itself, or in a permission to those on duty until the duty is over, whichever is
    /// first; 0 when not attested.
    pub credential_left_ms: i64,
    /// What it is opened for.
    pub purpose: Purpose,
    /// The stated reason; 0 for none.
    pub reason: u8,
    /// Whether a second attested clinician signed.
    pub seconded: bool,
    /// Whether who opens announced the emergency, no more than a day before the first opening ([`EmergencyRecord::serves`]).
    pub announced: bool,
    /// Since the announcement; 0 without.
    pub waited_ms: i64,
    /// Since the first emergency opening; 0 before.
    pub opened_ms: i64,
    /// Level of the slot; 0 except at a release.
    pub level: u8,
    /// Beginning of the slot; `now_ms` except at a release.
    pub slot_start_ms: UnixMillis,
    /// End of the slot; `now_ms` except at a release.
    pub slot_end_ms: UnixMillis,
    /// Approvals by delegates, as recorded; 0 for a permission that is no delegate's, and when one is given.
    pub approvals: u32,
}

impl Facts {
    /// Of a permission at an instant: for treatment, by a reader of whom nothing is known, nothing announced.
    pub fn of(terms: &GrantTerms, now_ms: UnixMillis) -> Self {
        Self {
            now_ms,
            begins_ms: terms.not_before_ms,
            ends_ms: terms.expires_ms,
            attested: false,
            organisation: 0,
            credential_left_ms: 0,
            purpose: Purpose::Treatment,
            reason: 0,
            seconded: false,
            announced: false,
            waited_ms: 0,
            opened_ms: 0,
            level: 0,
            slot_start_ms: now_ms,
            slot_end_ms: now_ms,
            approvals: 0,
        }
    }

    /// With what the chain knows of the key that answers for the reader ([`CircleGrantRecord::answering`]).
    #[must_use]
    pub fn read_by(self, credential: Option<&CredentialRecord>) -> Self {
        match credential.filter(|credential| credential.in_force(self.now_ms)) {
            None => Self { attested: false, organisation: 0, credential_left_ms: 0, ..self },
            Some(CredentialRecord { body, .. }) => Self {
                attested: true,
                organisation: body.member_index,
                credential_left_ms: body.valid_until_ms.saturating_sub(self.now_ms),
                ..self
            },
        }
    }

    /// With the reader's duty, in a permission to those on duty; others are none of a duty's business.
    #[must_use]
    pub fn on_duty(self, duty: Option<&DutyRecord>) -> Self {
        let left = duty.map(|duty| duty.body.until_ms.saturating_sub(self.now_ms).max(0));
        Self {
            credential_left_ms: left
                .map_or(self.credential_left_ms, |left| left.min(self.credential_left_ms)),
            ..self
        }
    }

    /// With what the reader stated.
    #[must_use]
    pub fn stated(self, purpose: Purpose, reason: u8, seconded: bool) -> Self {
        Self { purpose, reason, seconded, ..self }
    }

    /// With what the chain knows of a delegate's permission.
    #[must_use]
    pub fn approved_in(self, given: Option<&CircleGrantRecord>) -> Self {
        let approvals = given.map_or(0, |given| u32::try_from(given.approvals.len()).unwrap_or(u32::MAX));
        Self { approvals, ..self }
    }

    /// With what the chain knows of an emergency of this permission, for the clinician who opens: what another announced serves
    /// nobody else.
    #[must_use]
    pub fn in_emergency(self, emergency: Option<&EmergencyRecord>, opener: Option<&VerifyingKey>) -> Self {
        let since = |at: Option<UnixMillis>| at.map_or(0, |at| self.now_ms.saturating_sub(at).max(0));
        let announced = emergency.zip(opener).and_then(|(emergency, by)| emergency.serves(self.now_ms, by));
        let opened = emergency.and_then(|emergency| emergency.opened_ms);
        Self { announced: announced.is_some(), waited_ms: since(announced), opened_ms: since(opened), ..self }
    }

    /// Of the release of one slot.
    #[must_use]
    pub fn of_slot(self, level: u8, slot_start_ms: UnixMillis, slot_end_ms: UnixMillis) -> Self {
        Self { level, slot_start_ms, slot_end_ms, ..self }
    }
}

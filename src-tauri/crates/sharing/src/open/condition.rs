//! What a permission's contract demands of whoever opens it, before anything is recorded.
//!
//! The members judge every opening and every release; this only says beforehand what they would say, and when they would say
//! otherwise. Of a contract that is none of the library's it says nothing, and the members are asked.

use salus_chain::contract::{APPOINTMENT_MARGIN_MS, Action, Facts, Ready, permits};
use salus_chain::tx::{GrantTerms, Purpose};
use salus_wire::{ErrorCode, UnixMillis};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// What is not given now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Demand {
    /// It is open at certain hours.
    #[error("it opens again at {again}")]
    Hours {
        /// When they begin next.
        again: UnixMillis,
    },
    /// It is open around an appointment that is still to come.
    #[error("it opens at {from}")]
    Before {
        /// From when on.
        from: UnixMillis,
    },
    /// It was open around an appointment.
    #[error("the appointment is over")]
    After,
    /// A second clinician has to agree.
    #[error("a second clinician has to agree")]
    Second,
}

impl Demand {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Hours { .. } => ErrorCode::OutsideHours,
            Self::Before { .. } => ErrorCode::BeforeAppointment,
            Self::After => ErrorCode::AfterAppointment,
            Self::Second => ErrorCode::NeedsSecond,
        }
    }
}

/// What the contract `text` of a permission with these terms does not find in an opening for treatment at an instant.
pub(super) fn demand(text: &str, terms: &GrantTerms, at: UnixMillis, seconded: bool) -> Option<Demand> {
    let facts = Facts::of(terms, at).stated(Purpose::Treatment, 0, seconded);
    let denied = || !permits(text, Action::Open, &facts);
    match Ready::of(text)? {
        Ready::Hours { from, utc_offset_minutes, .. }
        | Ready::SummariesHours { from, utc_offset_minutes, .. }
            if denied() =>
        {
            let again = next(from, utc_offset_minutes, at);
            Some(Demand::Hours { again })
        }
        Ready::Appointment { at_ms } if denied() => {
            let from = at_ms.saturating_sub(APPOINTMENT_MARGIN_MS);
            Some(if at < from { Demand::Before { from } } else { Demand::After })
        }
        Ready::TwoPersons | Ready::SummariesTwoPersons if denied() => Some(Demand::Second),
        _ => None,
    }
}

/// The next instant after `at` with this minute of the day, by a clock so far ahead of UTC.
fn next(minute: u16, utc_offset_minutes: i16, at: UnixMillis) -> UnixMillis {
    let ahead = i64::from(utc_offset_minutes) * MINUTE_MS;
    let midnight = at - (at + ahead).rem_euclid(DAY_MS);
    let today = midnight + i64::from(minute) * MINUTE_MS;
    if today > at { today } else { today + DAY_MS }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod held;

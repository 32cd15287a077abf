//! A clinician's signed notes back to the patient: how long there can be any, and when a permission was over.
//!
//! ```text
//! patient    share::reply   recorded permission -> address, by letter to the invitation's key
//! clinician  inbox::reply   address -> send_reply (native confirmation) -> kept, then by letter to that address until it is there
//! patient    share::reply   letter -> signed by this permission's clinician? attested? -> kept sealed -> list_replies, read_reply
//! helper     share::reply   gave the permission -> address, as above; the person of the circle says one of their own, by the circle's
//!                           key: a note goes to both, and to no helper who helps no longer
//! ```
//!
//! A permission that ends or is stopped ends reading, not speaking: who saw something that matters can still say it, for
//! [`SAY_MS`]. Such a note says that the permission was over. Nothing is taken in from anybody else, and nothing after
//! [`LISTEN_MS`].

use std::collections::BTreeMap;

use salus_wire::{GrantId, UnixMillis};

/// After its end a clinician can write about a permission for so long. 30 days.
pub(crate) const SAY_MS: i64 = 30 * 86_400_000;
/// After its end a patient's computer looks for notes for so long: longer, because it may have been off. 90 days.
pub(crate) const LISTEN_MS: i64 = 90 * 86_400_000;
/// A note waits in the depots for so long. 90 days.
pub(crate) const KEEP_MS: i64 = 90 * 86_400_000;

/// A permission about which nothing may come soon is looked at so often. 1 minute.
const SELDOM_MS: i64 = 60_000;

/// When each permission was looked at last, since the record was opened.
#[derive(Default)]
pub(crate) struct Looked(BTreeMap<GrantId, UnixMillis>);

impl Looked {
    /// Whether it is time to look. A clock that was set back looks too.
    pub(crate) fn is_due(&self, id: &GrantId, often: Often, now: UnixMillis) -> bool {
        let recent = |last: &UnixMillis| (0..SELDOM_MS).contains(&now.saturating_sub(*last));
        often == Often::EachRound || !self.0.get(id).is_some_and(recent)
    }

    /// It was looked at.
    pub(crate) fn note(&mut self, id: GrantId, now: UnixMillis) {
        self.0.insert(id, now);
    }
}

/// How often to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Often {
    /// Whenever there is a round.
    EachRound,
    /// Once a minute.
    Seldom,
}

/// Under which name a note is kept: its permission and its number.
pub(crate) fn name(id: &GrantId, number: u32) -> Vec<u8> {
    [id.0.as_slice(), &number.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_is_looked_at_once_a_minute_and_what_runs_each_round() {
        let (id, mut looked) = (GrantId([1; 32]), Looked::default());
        assert!(looked.is_due(&id, Often::Seldom, 5));
        looked.note(id, 5);
        assert!(!looked.is_due(&id, Often::Seldom, SELDOM_MS + 4) && looked.is_due(&id, Often::EachRound, 6));
        assert!(looked.is_due(&id, Often::Seldom, SELDOM_MS + 5) && looked.is_due(&id, Often::Seldom, 4));
        assert!(looked.is_due(&GrantId([2; 32]), Often::Seldom, 6));
    }
}

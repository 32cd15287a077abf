//! Where what was opened came from: whether the gateways that sealed it were enrolled. Shown, never enforced.
//!
//! ```text
//! capsule's disclosure (one-time key, salt) -> proven record -> commitment is to the writer's key?
//!   -> first arrival at or after the enrolment, last arrival before a withdrawal?
//! ```
//!
//! Guarantees: an enrolment counts only when its record is proven and commits to the key that verified the manifests.
//!
//! Non-guarantees: arrivals are the gateway's own word, so the thief of an unlocked gateway can sign with an earlier time
//! than the withdrawal's; members that are asked can tell which enrolment belongs to which opening.

use std::collections::BTreeMap;

use salus_chain::state::{EnrolmentRecord, EnrolmentStatus};
use salus_vault::{Writer, WriterId};
use salus_wire::{Category, Reading, UnixMillis};

use super::Shared;
use crate::network::Network;

/// What is known of the gateway that sealed readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It was enrolled whenever one of them arrived.
    Enrolled,
    /// It is enrolled, and some of them arrived before it was.
    Early,
    /// Some of them arrived after its enrolment was withdrawn.
    Withdrawn,
    /// The capsule names no enrolment of it, or one that is proven not to exist.
    NotEnrolled,
    /// The capsule names an enrolment of another gateway.
    OtherGateway,
    /// The members did not prove it now.
    Unproven,
}

/// Where one category's readings came from: one for each gateway that sealed some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provenance {
    /// The category.
    pub category: Category,
    /// The gateway.
    pub writer: WriterId,
    /// What is known of it.
    pub standing: Standing,
    /// Its own enrolment, proven; `None` when it has none or that is not known.
    pub enrolment: Option<EnrolmentRecord>,
}

/// When a gateway's readings of one category arrived at it, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrivals {
    /// The first.
    pub first: UnixMillis,
    /// The last.
    pub last: UnixMillis,
}

/// By category and writer.
pub type Sealed = BTreeMap<(Category, WriterId), Arrivals>;

impl Arrivals {
    /// Of these readings; `None` for none.
    pub(super) fn of(readings: &[Reading]) -> Option<Self> {
        let arrived = || readings.iter().map(|reading| reading.arrived);
        arrived().min().zip(arrived().max()).map(|(first, last)| Self { first, last })
    }

    /// Of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    fn under(self, record: &EnrolmentRecord) -> Standing {
        match (record.status_at(self.first), record.status_at(self.last)) {
            (_, EnrolmentStatus::Withdrawn) | (EnrolmentStatus::Withdrawn, _) => Standing::Withdrawn,
            (EnrolmentStatus::Enrolled, EnrolmentStatus::Enrolled) => Standing::Enrolled,
            _ => Standing::Early,
        }
    }
}

/// Proves what the capsule says about the gateways. It never fails: what is not proven is said to be unproven.
pub(super) async fn provenance<N: Network>(network: &N, shared: &Shared, sealed: &Sealed) -> Vec<Provenance> {
    let mut known = BTreeMap::new();
    let mut all = Vec::with_capacity(sealed.len());
    for (&(category, id), arrivals) in sealed {
        let found = match known.get(&id) {
            Some(found) => *found,
            None => look(network, shared, id).await,
        };
        known.insert(id, found);
        let (standing, enrolment) = match found {
            Ok(record) => (arrivals.under(&record), Some(record)),
            Err(standing) => (standing, None),
        };
        all.push(Provenance { category, writer: id, standing, enrolment });
    }
    all
}

/// A writer's own enrolment, or why there is none.
async fn look<N: Network>(network: &N, shared: &Shared, id: WriterId) -> Result<EnrolmentRecord, Standing> {
    let content = shared.content();
    let Some(Writer { key, .. }) = content.writers.iter().find(|writer| writer.id == id) else {
        return Err(Standing::NotEnrolled);
    };
    let Some(disclosure) = content.disclosures.iter().find(|one| one.writer == id) else {
        return Err(Standing::NotEnrolled);
    };
    let proven = network.enrolment(&disclosure.enrolment).await.map_err(|error| {
        tracing::debug!(%error, "an enrolment is not proven now");
        Standing::Unproven
    })?;
    let record = proven.value.ok_or(Standing::NotEnrolled)?;
    let own = disclosure.opens(&record, &network.genesis().chain_id(), key);
    if own { Ok(record) } else { Err(Standing::OtherGateway) }
}

#[cfg(test)]
mod tests;

//! A shared record: a capsule that the chain vouches for, opened.

use std::collections::BTreeSet;

use salus_chain::codec::Record;
use salus_chain::duty::DutyGroup;
use salus_chain::genesis::Genesis;
use salus_chain::ids::GrantId;
use salus_chain::merkle::{self, MerklePath};
use salus_chain::state::{GrantRecord, GrantStatus};
use salus_chain::tx::GrantTerms;
use salus_keeper::deal::Commitments;
use salus_keeper::{Scope, Slot};
use salus_light::{Head, Proven};
use salus_vault::summary::day_start;
use salus_wire::{Category, UnixMillis};

use super::OpenError;
use crate::capsule::{Capsule, Content, ToldDevice};
use crate::cover::instants;
use crate::reader::ReaderSecret;
use crate::wrap::GrantSecret;

/// A shared record that can be opened; c_g in it is wiped on drop.
#[derive(Debug, Clone)]
pub struct Shared {
    pub(super) terms: GrantTerms,
    pub(super) content: Content,
    pub(super) commitments: Commitments,
    pub(super) secret: GrantSecret,
    pub(crate) path: MerklePath,
}

/// Opens a capsule and checks it against the proven grant: same hash, reader under its root, commitments as dealt.
///
/// # Errors
/// [`OpenError`]; whoever sent it, an unproven capsule is never shown.
pub fn accept(
    capsule: &[u8],
    reader: &ReaderSecret,
    recorded: Option<&GrantRecord>,
    genesis: &Genesis,
) -> Result<Shared, OpenError> {
    let terms = &recorded.ok_or(OpenError::NotGranted)?.terms;
    let capsule = Capsule::decode(capsule).map_err(crate::capsule::CapsuleError::from)?;
    if capsule.header.grant != terms.grant_id {
        return Err(OpenError::NotGranted);
    }
    let leaves: Vec<_> = capsule.header.readers.iter().map(|r| r.leaf()).collect();
    let public = reader.public();
    let place = capsule.header.readers.iter().position(|r| *r == public);
    let path = place.and_then(|place| merkle::path(&leaves, place)).ok_or(OpenError::OtherReader)?;
    if !path.proves(&terms.reader_pk_root, &public.leaf()) {
        return Err(OpenError::OtherReader);
    }
    let opened = capsule.open(reader, &terms.capsule_hash, &genesis.chain_id())?;
    dealt(terms, opened, path, genesis)
}

/// The capsule of a permission to a group, when it is the one on the chain: what a receipt is worth leaving for.
pub(crate) fn of_group(octets: &[u8], terms: &GrantTerms, group: &DutyGroup) -> Result<Capsule, OpenError> {
    let capsule = Capsule::decode(octets).map_err(crate::capsule::CapsuleError::from)?;
    if capsule.header.grant != terms.grant_id {
        return Err(OpenError::NotGranted);
    }
    if terms.reader_pk_root != group.tag() {
        return Err(OpenError::OtherReader);
    }
    if capsule.chain_hash() != terms.capsule_hash {
        return Err(crate::capsule::CapsuleError::OtherHash.into());
    }
    Ok(capsule)
}

/// Opens what [`of_group`] gave with the secret that the member's desk handed on.
pub(crate) fn accept_handed(
    capsule: &Capsule,
    secret: &[u8],
    terms: &GrantTerms,
    genesis: &Genesis,
) -> Result<Shared, OpenError> {
    dealt(terms, capsule.open_with(secret)?, MerklePath::single(), genesis)
}

fn dealt(
    terms: &GrantTerms,
    (secret, content): (GrantSecret, Content),
    path: MerklePath,
    genesis: &Genesis,
) -> Result<Shared, OpenError> {
    let commitments = Commitments::parse(&content.commitments, genesis.threshold())
        .ok()
        .filter(|c| c.hash(&terms.grant_id, &terms.keeper_set_id) == terms.commit_hash)
        .ok_or(OpenError::OtherDealing)?;
    Ok(Shared { terms: terms.clone(), content, commitments, secret, path })
}

impl Shared {
    /// Names the permission.
    #[must_use]
    pub const fn grant(&self) -> GrantId {
        self.terms.grant_id
    }

    /// What is permitted, as the chain carries it.
    #[must_use]
    pub const fn terms(&self) -> &GrantTerms {
        &self.terms
    }

    /// The name under which the patient appears.
    #[must_use]
    pub fn patient(&self) -> &str {
        &self.content.patient
    }

    /// What is covered, each category once.
    #[must_use]
    pub fn categories(&self) -> Vec<Category> {
        let mut all: Vec<Category> = Vec::new();
        for category in self.content.series.iter().map(|s| s.category) {
            if !all.contains(&category) {
                all.push(category);
            }
        }
        all
    }

    /// What the patient's devices said of themselves, as the patient's computer tells it; empty in a permission from
    /// before that was told.
    #[must_use]
    pub fn devices(&self) -> &[ToldDevice] {
        &self.content.devices
    }

    /// The capsule's content: wrapped node keys, writers, commitments.
    #[must_use]
    pub const fn content(&self) -> &Content {
        &self.content
    }

    /// The epochs that are covered.
    #[must_use]
    pub const fn scope(&self) -> Scope {
        self.content.scope
    }

    /// True when it gives daily summaries only: there is no key of a reading in it.
    #[must_use]
    pub fn daily(&self) -> bool {
        !self.content.days.is_empty()
    }

    /// The instants of what is covered: of its epochs, or of its days.
    #[must_use]
    pub fn span(&self) -> (UnixMillis, UnixMillis) {
        let days = || self.content.days.iter().flatten().map(|wrapped| wrapped.day);
        match days().min().zip(days().max()) {
            Some((first, last)) => (day_start(first), day_start(last.saturating_add(1))),
            None => instants(self.content.scope),
        }
    }

    /// The slots that each series has a wrap for.
    pub(crate) fn wrapped(&self) -> Vec<BTreeSet<Slot>> {
        let slots = |s: &crate::capsule::SeriesWraps| s.wraps.iter().map(|w| w.slot).collect();
        self.content.series.iter().map(slots).collect()
    }

    /// Whether the proven record lets it be opened at an instant; gives the head that it was proven against.
    pub(crate) fn standing(
        &self,
        proven: &Proven<Option<GrantRecord>>,
        at: UnixMillis,
    ) -> Result<Head, OpenError> {
        let record = proven.value.as_ref().filter(|r| r.terms == self.terms).ok_or(OpenError::NotGranted)?;
        active(record, at)?;
        Ok(proven.head.clone())
    }
}

/// Whether a permission can be opened at an instant, as far as its times and a stop say.
pub(crate) fn active(record: &GrantRecord, at: UnixMillis) -> Result<(), OpenError> {
    match record.status_at(at) {
        GrantStatus::NotYet => Err(OpenError::NotBegun),
        GrantStatus::Revoked => Err(OpenError::Stopped),
        GrantStatus::Expired => Err(OpenError::Ended),
        GrantStatus::Active => Ok(()),
    }
}

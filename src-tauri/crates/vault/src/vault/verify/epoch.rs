//! Verifying one epoch: as a clinician's program would open it, and against the index, the journal and the log.

use std::collections::HashSet;

use super::{Fault, Report};
use crate::VaultError;
use crate::log::Hash;
use crate::shared::{open_manifest, open_segment};
use crate::vault::index::Slot;
use crate::vault::journal::Fingerprint;
use crate::vault::{Vault, begin, mend};

/// Why an epoch was not verified to its end.
pub(super) enum Stop {
    Fault(Fault),
    Vault(VaultError),
}

/// Damage that storage tells is this fault; everything else ends the verification.
fn or(fault: Fault) -> impl Fn(VaultError) -> Stop {
    move |e| match e {
        VaultError::Damaged { .. } => Stop::Fault(fault),
        e => Stop::Vault(e),
    }
}

impl Vault {
    /// Verifies what is stored of an epoch, and gives the prints of what lasts of it; counts what opened also when a later part
    /// does not.
    pub(super) async fn verify_epoch(
        &self,
        slot: &Slot,
        logged: Option<(u64, Hash)>,
        report: &mut Report,
    ) -> Result<HashSet<Fingerprint>, Stop> {
        let mut prints = HashSet::new();
        if slot.head.unsealed > 0 {
            let waiting = self.journal_readings(slot).await.map_err(or(Fault::Journal))?;
            report.waiting += waiting.len() as u64;
            report.readings += waiting.len() as u64;
            prints.extend(waiting.iter().filter_map(|r| self.lasting(r)));
        }
        if slot.head.version == 0 {
            return Ok(prints);
        }
        let sealed = self.sealed_epoch(slot).await.map_err(or(Fault::Segment))?;
        let leaf = self.leaf(slot.category, slot.head.epoch).ok_or(Stop::Fault(Fault::Gone))?;
        let manifest = open_manifest(&leaf, &sealed.origin, &sealed.manifest);
        let manifest = manifest.map_err(|_| Stop::Fault(Fault::Manifest))?;
        if manifest.version != slot.head.version || manifest.closed != slot.head.closed {
            return Err(Stop::Fault(Fault::Manifest));
        }
        let (mut readings, mut found) = (0, HashSet::new());
        for segment in &sealed.segments {
            let opened = open_segment(&leaf, &manifest, segment).map_err(|_| Stop::Fault(Fault::Segment))?;
            if opened.iter().any(|r| r.category != slot.category) {
                return Err(Stop::Fault(Fault::Segment));
            }
            found.extend(manifest.entry_of(segment).map(|e| e.seq));
            report.segments += 1;
            report.readings += opened.len() as u64;
            readings += opened.len() as u64;
            prints.extend(opened.iter().filter_map(|r| self.lasting(r)));
        }
        // A copy of one must not stand in for another.
        if found.len() != manifest.entries.len() || sealed.segments.len() != found.len() {
            return Err(Stop::Fault(Fault::Segment));
        }
        if readings != slot.head.readings || readings != manifest.readings() {
            return Err(Stop::Fault(Fault::Count));
        }
        let branches = self.branches();
        let sources = mend::Sources { branches: &branches, writers: self.writers() };
        let signed = begin::signed(sources, slot, &sealed.manifest);
        let told = signed.map(|signed| (manifest.version, begin::hash(&signed)));
        if told.is_none() || told != logged {
            return Err(Stop::Fault(Fault::Log));
        }
        Ok(prints)
    }
}

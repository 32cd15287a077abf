//! Whether the clinicians of running permissions are still confirmed: asked once for each of them when the record is opened, and
//! once a day while it is open.
//!
//! Members do not know the clinician behind the key that a person's own permission is given to, and must not. So a confirmation
//! that is taken back ends nothing; whoever gave the permission has to hear of it.

use std::collections::{BTreeMap, BTreeSet};

use salus_chain::ids::VerifyingKey;
use salus_chain::state::CredentialRecord;
use salus_chain::tx::CredentialStatus;
use salus_light::LightClient;
use salus_wire::view::{PermissionState, Unconfirmed};
use salus_wire::{Failure, UnixMillis};

use super::kept::{self, Kept};
use crate::App;
use crate::lock::Open;

/// How often one clinician is asked about. A member that is asked learns that this computer is interested in that clinician, as
/// it does when a code is checked; not more often than needed.
const EACH_MS: i64 = 24 * 3_600_000;

/// When each clinician's attested key was asked about last, since the record was opened.
#[derive(Default)]
pub(super) struct Looked(BTreeMap<[u8; 32], UnixMillis>);

impl Looked {
    /// A clock that was set back asks again too.
    fn due(&self, key: &[u8; 32], now: UnixMillis) -> bool {
        self.0.get(key).is_none_or(|last| !(0..EACH_MS).contains(&now.saturating_sub(*last)))
    }
}

/// The attested key behind a permission that opens something, or will.
fn running(kept: &Kept, now: UnixMillis) -> Option<[u8; 32]> {
    let over = matches!(kept.state(now), PermissionState::Ended | PermissionState::Stopped);
    kept.facts.credential.filter(|_| !over)
}

/// Asks about every clinician who is due; true when something changed that a screen shows.
///
/// # Errors
/// That members cannot be asked, or the record not written; who was not asked is due still.
pub(super) async fn look(
    app: &App,
    open: &Open,
    client: &LightClient,
    looked: &mut Looked,
) -> Result<bool, Failure> {
    let (now, all) = (app.now(), kept::all(&open.vault).await?);
    let keys = all.iter().filter_map(|kept| running(kept, now));
    let due: BTreeSet<[u8; 32]> = keys.filter(|key| looked.due(key, now)).collect();
    let mut changed = false;
    for key in due {
        let proven = client.prove_credential(&VerifyingKey(key)).await;
        let proven = proven.map_err(|e| app.0.network.failure(&e))?;
        let said = unconfirmed(proven.value.as_ref(), proven.head.time_ms);
        for before in &all {
            if running(before, now) != Some(key) {
                continue;
            }
            let mut kept = before.clone();
            kept.facts.unconfirmed = said;
            changed |= kept.save_changes(before, &open.vault).await?;
        }
        looked.0.insert(key, now);
    }
    Ok(changed)
}

/// Why a clinician is not confirmed at an instant; `None` for one who is.
pub(super) fn unconfirmed(record: Option<&CredentialRecord>, at: UnixMillis) -> Option<Unconfirmed> {
    match record.map(|record| record.body.status) {
        // A code is taken only when its attestation is recorded, and what is recorded stays: this is no state of a chain that
        // keeps its rules, and nobody vouches.
        None | Some(CredentialStatus::Withdrawn) => Some(Unconfirmed::Withdrawn),
        Some(CredentialStatus::Suspended) => Some(Unconfirmed::Suspended),
        Some(CredentialStatus::Active) => {
            let holds = record.is_some_and(|record| record.in_force(at));
            (!holds).then_some(Unconfirmed::RanOut)
        }
    }
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::Hash32;
    use salus_chain::tx::CredentialBody;

    use super::*;

    fn record(status: CredentialStatus) -> CredentialRecord {
        let body = CredentialBody {
            credential_pk: VerifyingKey([1; 32]),
            member_index: 1,
            status,
            attestation_hash: Hash32([2; 32]),
            valid_until_ms: 100,
            nonce: 1,
            subject: None,
        };
        CredentialRecord { body, height: 1 }
    }

    #[test]
    fn each_way_of_not_being_confirmed_is_told_apart() {
        let said = |status, at| unconfirmed(Some(&record(status)), at);
        assert_eq!(said(CredentialStatus::Active, 99), None);
        assert_eq!(said(CredentialStatus::Active, 100), Some(Unconfirmed::RanOut));
        assert_eq!(said(CredentialStatus::Suspended, 99), Some(Unconfirmed::Suspended));
        assert_eq!(said(CredentialStatus::Withdrawn, 100), Some(Unconfirmed::Withdrawn));
        assert_eq!(unconfirmed(None, 99), Some(Unconfirmed::Withdrawn));
    }

    #[test]
    fn a_clinician_is_asked_about_once_a_day() {
        let (key, other) = ([1; 32], [2; 32]);
        let mut looked = Looked::default();
        assert!(looked.due(&key, 5));
        looked.0.insert(key, 5);
        assert!(!looked.due(&key, 5) && !looked.due(&key, EACH_MS + 4));
        assert!(looked.due(&key, EACH_MS + 5) && looked.due(&key, 4) && looked.due(&other, 5));
    }
}

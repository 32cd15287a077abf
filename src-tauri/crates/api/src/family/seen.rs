//! What was proven last of a circle and of what its helpers gave, as the record keeps it.
//!
//! Records of the chain are kept as their octets: what is shown follows from them and the present time, so that a change that
//! comes due, or a time for objections that passes, shows without asking anybody.

use salus_chain::circle::{CircleGrantRecord, CircleRecord};
use salus_chain::codec::Record;
use salus_chain::ids::CircleId;
use salus_chain::state::GrantRecord;
use salus_sharing::circle::Notice;
use salus_vault::Vault;
use salus_wire::view::ProofView;
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Own};
use crate::failure::OrFail;
use crate::namespace::{FAMILY_NOTICES, FAMILY_SEEN};

/// One permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Given {
    pub(super) id: GrantId,
    grant: String,
    given: String,
    /// When it was opened, oldest first.
    pub(super) opened: Vec<UnixMillis>,
    /// The text of its contract; empty without one.
    #[serde(default)]
    pub(super) policy: String,
}

/// One circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    circle: String,
    pub(super) proof: ProofView,
    pub(super) given: Vec<Given>,
}

fn damaged() -> Failure {
    ErrorCode::Damaged.into()
}

fn read<T: Record>(text: &str) -> Result<T, Failure> {
    let octets = hex::decode(text).map_err(|_| damaged())?;
    T::decode(&octets).map_err(|_| damaged())
}

impl Given {
    pub(super) fn new(
        id: GrantId,
        grant: &GrantRecord,
        given: &CircleGrantRecord,
        opened: Vec<UnixMillis>,
        policy: String,
    ) -> Self {
        Self { id, grant: hex::encode(grant.encode()), given: hex::encode(given.encode()), opened, policy }
    }

    pub(super) fn grant(&self) -> Result<GrantRecord, Failure> {
        read(&self.grant)
    }

    pub(super) fn given(&self) -> Result<CircleGrantRecord, Failure> {
        read(&self.given)
    }
}

impl Seen {
    pub(super) fn new(circle: &CircleRecord, proof: ProofView, given: Vec<Given>) -> Self {
        Self { circle: hex::encode(circle.encode()), proof, given }
    }

    pub(super) fn circle(&self) -> Result<CircleRecord, Failure> {
        read(&self.circle)
    }

    /// Whether something else is shown; a newer block that says the same is no change.
    pub(super) fn differs(&self, other: &Self) -> bool {
        self.circle != other.circle || self.given != other.given
    }

    pub(super) async fn load(vault: &Vault, circle: &CircleId) -> Result<Option<Self>, Failure> {
        kept::load(vault, FAMILY_SEEN, &circle.0).await
    }

    pub(super) async fn save(&self, vault: &Vault, circle: &CircleId) -> Result<(), Failure> {
        kept::save(vault, FAMILY_SEEN, &circle.0, self).await
    }
}

/// The own circle as it is by now, as it was proven last, while this record's key speaks in it.
pub(super) async fn spoken_in(
    vault: &Vault,
    own: &Own,
    now: UnixMillis,
) -> Result<Option<CircleRecord>, Failure> {
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(None) };
    let circle = seen.circle()?.at(now);
    Ok((circle.patient_pk == own.key(vault).verifying_key()).then_some(circle))
}

/// Keeps a notice that was proven; the first of a permission counts. Its window is the steward's word, and what the person agrees to
/// must not become wider afterwards.
pub(super) async fn keep_notice(vault: &Vault, notice: &Notice) -> Result<(), Failure> {
    if has_notice(vault, notice).await {
        return Ok(());
    }
    vault.cabinet().put(FAMILY_NOTICES, &notice.grant.0, &notice.encode()).await.or_fail()
}

/// Whether one of the same permission is kept.
pub(super) async fn has_notice(vault: &Vault, notice: &Notice) -> bool {
    matches!(vault.cabinet().get(FAMILY_NOTICES, &notice.grant.0).await, Ok(Some(_)))
}

/// Every notice of a circle.
pub(super) async fn notices(vault: &Vault, circle: &CircleId) -> Result<Vec<Notice>, Failure> {
    let mut all = Vec::new();
    for (_, octets) in vault.cabinet().readable(FAMILY_NOTICES).await.or_fail()? {
        let notice = Notice::decode(&octets).map_err(|_| damaged())?;
        all.extend((notice.circle == *circle).then_some(notice));
    }
    Ok(all)
}

//! What a permission by a steward must keep to, and how many approvals it needs.

use super::{CircleRecord, Role, recipient_leaf};
use crate::ids::Hash32;
use crate::merkle::MerklePath;
use crate::state::TxRefused;
use crate::time::UnixMillis;
use crate::tx::{CategoryClaim, DelegatedGrantBody, ReaderClaim};

impl CircleRecord {
    /// The approvals that a permission recorded by the delegate in `seat` needs; `self` is the circle at that time. What needs
    /// no state is checked with the signatures, credentials by the caller.
    ///
    /// # Errors
    /// In what the permission goes beyond the power.
    pub fn needs(&self, now: UnixMillis, seat: u8, body: &DelegatedGrantBody) -> Result<u8, TxRefused> {
        let power = &self.seated(seat).ok_or(TxRefused::CircleSigner)?.delegate;
        let terms = &body.grant.terms;
        if power.role != Role::Steward {
            return Err(TxRefused::BeyondRole);
        }
        if !self.in_force(seat, now) {
            return Err(TxRefused::PowerNotInForce);
        }
        // A permission carries no powers: its key is nobody's of the circle.
        if self.find(&terms.patient_grant_pk).is_some() {
            return Err(TxRefused::BeyondRole);
        }
        let lasts = terms.expires_ms.saturating_sub(terms.not_before_ms.max(now));
        if lasts > power.longest_ms || terms.expires_ms > power.lapses_ms {
            return Err(TxRefused::BeyondPower);
        }
        let (allowed, ordinary) = (&power.categories_root, &self.policy.ordinary_root);
        if body.categories.is_empty() || !body.categories.iter().all(|claim| proves(claim, allowed, ordinary))
        {
            return Err(TxRefused::BeyondPower);
        }
        if !body.readers.iter().all(|claim| permitted(claim, &power.recipients_root)) {
            return Err(TxRefused::Recipient);
        }
        // From now, not from its beginning: a row of short ones, each after the other, is a long one.
        let long = terms.expires_ms.saturating_sub(now) > self.policy.long_ms;
        let sensitive = body.categories.iter().any(|claim| claim.ordinary.is_none());
        Ok(if long || sensitive { self.policy.approvals } else { 0 })
    }
}

/// Whether the claim is true in every part. A zero root is no tree: a zero leaf would be its own root.
fn proves(claim: &CategoryClaim, allowed: &Hash32, ordinary: &Hash32) -> bool {
    let under = |root: &Hash32, path: &MerklePath| *root != Hash32::ZERO && path.proves(root, &claim.leaf);
    under(allowed, &claim.path) && claim.ordinary.as_ref().is_none_or(|path| under(ordinary, path))
}

fn permitted(claim: &ReaderClaim, recipients: &Hash32) -> bool {
    match &claim.place {
        None => *recipients == Hash32::ZERO,
        Some(place) => {
            let leaf = recipient_leaf(&place.salt, &claim.credential_pk);
            *recipients != Hash32::ZERO && place.path.proves(recipients, &leaf)
        }
    }
}

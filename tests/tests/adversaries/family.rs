//! One person's circle: Anna a steward, Ben and Cleo approvers, three guardians. Two approvals for what is sensitive.

use anyhow::{Context, Result};
use salus_chain::circle::{
    Beginning, CircleGrantRecord, CircleRecord, Delegate, Guardians, Pending, Policy, Role, Subject,
    category_leaf,
};
use salus_chain::ids::{CircleId, GrantId, Hash32, Nonce16, VerifyingKey};
use salus_chain::merkle::{self, MerklePath};
use salus_chain::sign::SigningKey;
use salus_chain::state::StateKey;
use salus_chain::tx::{CategoryClaim, CircleBody, Tx};

use crate::stage::{DAY, HOUR, NEVER, Stage, key};

pub(crate) const PERSON: u8 = 10;
pub(crate) const ANNA: u8 = 11;
pub(crate) const BEN: u8 = 12;
pub(crate) const CLEO: u8 = 13;
pub(crate) const GUARDIANS: [u8; 3] = [21, 22, 23];
/// Somebody who is nobody in the circle.
pub(crate) const STRANGER: u8 = 30;

/// What the steward may permit; all but the last are ordinary.
const ALLOWED: [u8; 4] = [1, 2, 3, SENSITIVE];
const ORDINARY: [u8; 3] = [1, 2, 3];
pub(crate) const SENSITIVE: u8 = 4;
/// What nobody of the circle may permit.
pub(crate) const FORBIDDEN: u8 = 5;

/// A circle that is recorded; `case` sets its keys apart from those of every other.
pub(crate) struct Family<'a> {
    pub(crate) stage: &'a Stage,
    case: u8,
    pub(crate) id: CircleId,
}

fn leaves(categories: &[u8]) -> Vec<Hash32> {
    categories.iter().map(|category| category_leaf(&[*category; 16], *category)).collect()
}

/// What a steward says about these categories; for one that is not allowed, what comes closest.
pub(crate) fn claims(categories: &[u8]) -> Vec<CategoryClaim> {
    let (allowed, ordinary) = (leaves(&ALLOWED), leaves(&ORDINARY));
    let place = |of: &[Hash32], leaf: &Hash32| {
        of.iter().position(|each| each == leaf).and_then(|at| merkle::path(of, at))
    };
    let claim = |leaf: Hash32| CategoryClaim {
        leaf,
        path: place(&allowed, &leaf).unwrap_or_else(MerklePath::single),
        ordinary: place(&ordinary, &leaf),
    };
    leaves(categories).into_iter().map(claim).collect()
}

/// A power from an hour ago on for 60 days, of permissions of 10 days.
pub(crate) fn power(stage: &Stage, pk: VerifyingKey, role: Role) -> Delegate {
    let steward = role == Role::Steward;
    Delegate {
        pk,
        role,
        instrument_hash: Hash32([1; 32]),
        categories_root: if steward { merkle::root(&leaves(&ALLOWED)) } else { Hash32::ZERO },
        recipients_root: Hash32::ZERO,
        longest_ms: 10 * DAY,
        begins_ms: stage.now() - HOUR,
        lapses_ms: stage.now() + 60 * DAY,
        review_ms: None,
        beginning: Beginning::AtOnce,
    }
}

pub(crate) fn policy() -> Policy {
    let ordinary_root = merkle::root(&leaves(&ORDINARY));
    Policy { approvals: 2, long_ms: 5 * DAY, ordinary_root, veto_ms: DAY, objector: 0 }
}

impl<'a> Family<'a> {
    /// Records the circle, after a change of how it is made.
    pub(crate) async fn make(
        stage: &'a Stage,
        case: u8,
        change: impl FnOnce(&mut CircleBody),
    ) -> Result<Self> {
        let pk = |who| key(case, who).verifying_key();
        let (patient_pk, nonce) = (pk(PERSON), Nonce16([case; 16]));
        let id = CircleId::derive(&stage.chain(), &patient_pk, &nonce);
        let mut body = CircleBody {
            circle_id: id,
            patient_pk,
            nonce,
            valid_until_height: NEVER,
            delegates: vec![
                power(stage, pk(ANNA), Role::Steward),
                power(stage, pk(BEN), Role::Approver),
                power(stage, pk(CLEO), Role::Approver),
            ],
            guardians: Guardians { keys: GUARDIANS.map(pk).to_vec(), threshold: 2 },
            policy: policy(),
        };
        change(&mut body);
        stage.record("a circle", &Tx::Circle(stage.signed(body, &key(case, PERSON)))).await?;
        Ok(Self { stage, case, id })
    }

    pub(crate) fn key(&self, who: u8) -> SigningKey {
        key(self.case, who)
    }

    pub(crate) fn pk(&self, who: u8) -> VerifyingKey {
        self.key(who).verifying_key()
    }

    /// The circle as it was recorded last, proven.
    pub(crate) async fn stored(&self) -> Result<CircleRecord> {
        self.stage.prove(StateKey::Circle(self.id)).await?.context("there is no circle")
    }

    /// The circle as it is now.
    pub(crate) async fn circle(&self) -> Result<CircleRecord> {
        Ok(self.stored().await?.at(self.stage.now()))
    }

    /// The change that waits.
    pub(crate) async fn pending(&self) -> Result<Pending> {
        self.circle().await?.pending.context("no change waits")
    }

    /// The name of the change that waits.
    pub(crate) async fn waiting(&self) -> Result<Subject> {
        Ok(Subject::Change(self.pending().await?.subject))
    }

    /// What is recorded of a delegate's permission, proven.
    pub(crate) async fn given(&self, id: GrantId) -> Result<Option<CircleGrantRecord>> {
        self.stage.prove(StateKey::CircleGrant(id)).await
    }
}

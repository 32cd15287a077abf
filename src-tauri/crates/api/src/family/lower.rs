//! A helper helps with less: with fewer categories, or without reading anything.
//!
//! ```text
//! lower_delegate   what is left is kept (`narrows`): the rest is theirs no longer, and new keys begin for it (gone)
//!   members, at once       the power is over no category; where nothing is left, it is one that only agrees, objects and stops
//!   members, after 72 h    over what is left, unless somebody objects
//! ```
//!
//! The members have categories as one hash and cannot tell that another one is of fewer. So what is left is given once more, and waits
//! as whatever is given. In between the helper reads it and permits nothing.

use std::collections::BTreeSet;

use salus_chain::circle::{ATTESTATIONS, Beginning, Change, CircleRecord, Delegate, Role, Signer};
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_light::LightClient;
use salus_sharing::circle::power::categories_root;
use salus_sharing::circle::{Voice, speak};
use salus_wire::command::LowerDelegate;
use salus_wire::view::{FamilyView, HelperRole};
use salus_wire::{Category, ErrorCode, Failure};

use super::kept::{Helper, Own};
use super::shown;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Run};

/// Most that is said of one helper at a time: less, and what is left.
const STEPS: usize = 2;

impl Run for LowerDelegate {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        if circle.find(&own.key(&open.vault).verifying_key()) != Some(Signer::Patient) {
            return Err(ErrorCode::NotYours.into());
        }
        if circle.pending.is_some() && !self.categories.is_empty() {
            // What is left waits, and would take the place of what waits now.
            return Err(ErrorCode::ChangeWaits.into());
        }
        let pk = circle.seated(self.seat).ok_or(ErrorCode::NothingYet)?.delegate.pk;
        let helper = own.helpers.iter_mut().find(|helper| helper.relative.pk == pk);
        narrow(helper.ok_or(ErrorCode::NotAllowed)?, &self.categories)?;
        // On disk before it is said: it is said also if this computer stops now.
        own.save(&open.vault).await?;
        if let Err(failure) = go_on(&open, &client).await {
            tracing::info!(code = %failure.code, "the members are told later that a helper helps with less");
        }
        shown(app, &open, &client).await
    }
}

/// Keeps what is left to a helper of what they had.
fn narrow(helper: &mut Helper, left: &[Category]) -> Result<(), Failure> {
    let has: BTreeSet<Category> = helper.limits.categories.iter().copied().collect();
    let set: BTreeSet<Category> = left.iter().copied().collect();
    let fewer = set.len() == left.len() && set.len() < has.len() && set.is_subset(&has);
    if helper.narrows.is_some() {
        return Err(ErrorCode::ChangeWaits.into());
    }
    if helper.limits.role != HelperRole::Steward || !fewer {
        return Err(Failure::with(ErrorCode::BadRequest, "categories"));
    }
    helper.generations = helper.given();
    helper.narrows = Some(set.into_iter().collect());
    Ok(())
}

/// What comes next of a helper with whom less is left.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Next {
    /// To be said.
    Say(Change),
    /// Another change waits; when that is over.
    Later,
    /// The members have it, or it came to nothing.
    Done,
}

/// What comes next; `left` is the hash of what is left, zero for nothing.
fn next(circle: &CircleRecord, pk: &VerifyingKey, left: Hash32) -> Next {
    let Some(Signer::Delegate(seat)) = circle.find(pk) else { return Next::Done };
    let Some(seated) = circle.seated(seat) else { return Next::Done };
    let power = seated.delegate;
    if circle.handover_ms.is_some() || power.role == Role::Approver {
        return Next::Done;
    }
    let nothing = Delegate { categories_root: Hash32::ZERO, ..power };
    if left == Hash32::ZERO {
        return Next::Say(Change::LowerDelegate(seat, Delegate { role: Role::Approver, ..nothing }));
    }
    if power.categories_root == left {
        return Next::Done;
    }
    if power.categories_root != Hash32::ZERO {
        return Next::Say(Change::LowerDelegate(seat, nothing));
    }
    match &circle.pending {
        Some(pending) => match (pending.proposer, &pending.change) {
            (Signer::Patient, Change::RaiseDelegate(of, to)) if *of == seat && to.categories_root == left => {
                Next::Done
            }
            _ => Next::Later,
        },
        None => {
            // What two clinicians said of it once they need not say again.
            let sprung = seated.attested.len() >= ATTESTATIONS;
            let beginning = if sprung { Beginning::AtOnce } else { power.beginning };
            Next::Say(Change::RaiseDelegate(seat, Delegate { categories_root: left, beginning, ..power }))
        }
    }
}

/// Tells the members what they do not have yet; true when something changed that a screen shows. The caller has the turn.
pub(super) async fn go_on(open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    let narrowed = |helper: &Helper| {
        let left: BTreeSet<Category> = helper.narrows.as_ref()?.iter().copied().collect();
        Some((helper.relative.pk, left))
    };
    let narrowed: Vec<(VerifyingKey, BTreeSet<Category>)> = own.helpers.iter().filter_map(narrowed).collect();
    let mut changed = false;
    for (pk, left) in narrowed {
        let (key, root) = (own.key(vault), categories_root(&own.salts(vault), &left));
        let voice = Voice { circle: own.circle, key: &key };
        for _ in 0..=STEPS {
            let circle = speak::standing(client, &own.circle).await.or_fail()?.value;
            match next(&circle, &pk, root) {
                Next::Say(change) => speak::change(client, voice, change).await.map(drop).or_fail()?,
                Next::Later => break,
                Next::Done => {
                    let helper = own.helpers.iter_mut().find(|helper| helper.relative.pk == pk);
                    helper.into_iter().for_each(settle);
                    own.save(vault).await?;
                    changed = true;
                    break;
                }
            }
        }
    }
    Ok(changed)
}

/// What is left is what they have.
fn settle(helper: &mut Helper) {
    let Some(left) = helper.narrows.take() else { return };
    helper.limits.categories.retain(|category| left.contains(category));
    if left.is_empty() {
        helper.limits.role = HelperRole::Approver;
        (helper.limits.only_named, helper.limits.clinicians) = (false, Vec::new());
    }
}

#[cfg(test)]
mod tests;

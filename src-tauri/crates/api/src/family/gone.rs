//! New keys when somebody who holds the keys of now helps no longer: removed by the person or by the others, or gone by themselves.
//!
//! Who that is follows from what is kept and from the circle that was proven last, so that it holds as well for what happened
//! while this computer was off, after a kill, and in a copy of the record from before: it comes with the next look.

use salus_chain::circle::{CircleRecord, Role, Signer};
use salus_vault::Vault;
use salus_wire::view::{HolderView, RenewalView};
use salus_wire::{Failure, UnixMillis};

use super::kept::{Helper, Own};
use super::seen::Seen;
use crate::App;
use crate::lock::Open;
use crate::record::renew::{self, Because, Renewal};

/// Those who hold keys of what is sealed now, and are stewards no longer.
fn who<'a>(vault: &Vault, own: &'a Own, circle: &CircleRecord, now: UnixMillis) -> Vec<&'a Helper> {
    let steward = |helper: &Helper| match circle.find(&helper.relative.pk) {
        Some(Signer::Delegate(seat)) => {
            circle.seated(seat).is_some_and(|seated| seated.delegate.role == Role::Steward)
        }
        _ => false,
    };
    own.helpers.iter().filter(|helper| helper.holds(vault, now) && !steward(helper)).collect()
}

/// Begins new keys when somebody like that is there; true when it did. The caller has the turn.
pub(super) async fn shut_out(app: &App, open: &Open) -> Result<bool, Failure> {
    let Some(own) = Own::load(&open.vault).await? else { return Ok(false) };
    let Some(seen) = Seen::load(&open.vault, &own.circle).await? else { return Ok(false) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let gone = who(&open.vault, &own, &circle, now);
    let names: Vec<String> = gone.into_iter().map(|helper| helper.relative.name.clone()).collect();
    if names.is_empty() {
        return Ok(false);
    }
    renew::renew(app, open, Because::Helpers(names)).await?;
    Ok(true)
}

/// The same as screens tell it, as long as it could not be done.
pub(super) fn shown(vault: &Vault, own: &Own, circle: &CircleRecord, now: UnixMillis) -> Vec<HolderView> {
    let view = |helper: &Helper| HolderView {
        name: helper.relative.name.clone(),
        ends: helper.keys_until.unwrap_or(now),
    };
    who(vault, own, circle, now).into_iter().map(view).collect()
}

/// When it was done last, and whom it shut out.
pub(super) async fn last(vault: &Vault) -> Result<Option<RenewalView>, Failure> {
    let view = |renewal: Renewal| match renewal.because {
        Because::Helpers(names) => Some(RenewalView { at: renewal.at, names }),
        Because::Laptop(_) | Because::Lost => None,
    };
    Ok(renew::all(vault).await?.into_iter().find_map(view))
}

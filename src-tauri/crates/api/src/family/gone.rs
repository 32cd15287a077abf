//! New keys when somebody who holds the keys of now may not read what they open any more: removed by the person or by the others, gone
//! by themselves, left with fewer categories, or a helper of a circle that was handed over.
//!
//! Who that is, and of which categories, follows from what is kept and from the circle that was proven last, so that it holds as well
//! for what happened while this computer was off, after a kill, and in a copy of the record from before: it comes with the next look.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use salus_chain::circle::CircleRecord;
use salus_vault::Vault;
use salus_wire::view::{HolderView, RenewalView};
use salus_wire::{Category, Failure, UnixMillis};

use super::kept::{Helper, Own};
use super::reach;
use super::seen::Seen;
use crate::App;
use crate::lock::Open;
use crate::record::renew::{self, Because, Renewal};

/// Somebody who holds keys of what is sealed now and may not read it.
struct ShutOut<'a> {
    helper: &'a Helper,
    /// Of what.
    categories: Vec<Category>,
    /// They read nothing at all any more.
    wholly: bool,
}

fn who<'a>(vault: &Vault, own: &'a Own, circle: &CircleRecord, now: UnixMillis) -> Vec<ShutOut<'a>> {
    let mut all = Vec::new();
    for helper in &own.helpers {
        let mut categories = helper.holds(vault, now);
        if categories.is_empty() {
            continue;
        }
        let reads = reach::of(vault, own, circle, helper);
        categories.retain(|category| !reads.contains(category));
        if !categories.is_empty() {
            all.push(ShutOut { helper, categories, wholly: reads.is_empty() });
        }
    }
    all
}

/// Begins new keys when somebody like that is there; true when it did. The caller has the turn.
pub(super) async fn shut_out(app: &App, open: &Open) -> Result<bool, Failure> {
    let Some(own) = Own::load(&open.vault).await? else { return Ok(false) };
    let Some(seen) = Seen::load(&open.vault, &own.circle).await? else { return Ok(false) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let gone = who(&open.vault, &own, &circle, now);
    if gone.is_empty() {
        return Ok(false);
    }
    let names = gone.iter().map(|one| one.helper.relative.name.clone()).collect();
    if gone.iter().any(|one| one.wholly) {
        renew::renew(app, open, Because::Helpers(names)).await?;
    } else {
        let lost: BTreeSet<Category> = gone.iter().flat_map(|one| one.categories.iter().copied()).collect();
        let categories: Vec<Category> = lost.into_iter().collect();
        renew::some(app, open, &categories, Because::Less { names, categories: categories.clone() }).await?;
    }
    Ok(true)
}

/// The same as screens tell it, as long as it could not be done.
pub(super) fn shown(vault: &Vault, own: &Own, circle: &CircleRecord, now: UnixMillis) -> Vec<HolderView> {
    let view = |one: ShutOut<'_>| HolderView {
        name: one.helper.relative.name.clone(),
        ends: one.helper.keys_until.unwrap_or(now),
    };
    who(vault, own, circle, now).into_iter().map(view).collect()
}

/// When it was done last, of what, and whom it shut out.
pub(super) async fn last(vault: &Vault) -> Result<Option<RenewalView>, Failure> {
    let view = |renewal: Renewal| match renewal.because {
        Because::Helpers(names) => Some(RenewalView { at: renewal.at, names, categories: Vec::new() }),
        Because::Less { names, categories } => Some(RenewalView { at: renewal.at, names, categories }),
        Because::Laptop(_) | Because::Lost => None,
    };
    Ok(renew::all(vault).await?.into_iter().find_map(view))
}

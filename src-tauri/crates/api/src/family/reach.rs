//! What a helper may read, by the circle that was proven last. The members have the categories of a power as one hash; this computer
//! knows the numbers behind it, and so finds which they are.

use std::collections::BTreeSet;

use salus_chain::circle::{Change, CircleRecord, Role, Signer};
use salus_chain::ids::Hash32;
use salus_sharing::circle::Salts;
use salus_sharing::circle::power::categories_root;
use salus_vault::Vault;
use salus_wire::Category;
use salus_wire::view::HelperLimits;

use super::kept::{Helper, Own};

/// The categories of a steward's power, and of what the person asked for in its place; none of anybody else, and none once the circle
/// was handed over.
pub(super) fn of(vault: &Vault, own: &Own, circle: &CircleRecord, helper: &Helper) -> BTreeSet<Category> {
    let none = BTreeSet::new;
    let Some(Signer::Delegate(seat)) = circle.find(&helper.relative.pk) else { return none() };
    let Some(power) = circle.seated(seat).map(|seated| &seated.delegate) else { return none() };
    if power.role != Role::Steward || circle.handover_ms.is_some() {
        return none();
    }
    // What the person takes away is taken, also before the members can be asked.
    if let Some(left) = &helper.narrows {
        return left.iter().copied().collect();
    }
    let (salts, told) = (own.salts(vault), helper.limits.categories.iter().copied().collect());
    let mut reads = under(&salts, &told, &power.categories_root);
    if let Some(pending) = &circle.pending
        && let (Signer::Patient, Change::RaiseDelegate(of, to)) = (pending.proposer, &pending.change)
        && *of == seat
    {
        reads.extend(under(&salts, &told, &to.categories_root));
    }
    reads
}

/// The categories that a hash is of. One of none that are known, because the numbers are not, is taken as what the helper was told.
fn under(salts: &Salts, told: &BTreeSet<Category>, root: &Hash32) -> BTreeSet<Category> {
    if *root == Hash32::ZERO {
        return BTreeSet::new();
    }
    let is = |set: &BTreeSet<Category>| categories_root(salts, set) == *root;
    if is(told) { told.clone() } else { sets().find(is).unwrap_or_else(|| told.clone()) }
}

/// Every set of categories but the empty one: 1,023 of ten.
fn sets() -> impl Iterator<Item = BTreeSet<Category>> {
    let of = |bits: u32| -> BTreeSet<Category> {
        let chosen = (0_u32..).zip(Category::ALL).filter(move |(place, _)| (bits >> place) & 1 == 1);
        chosen.map(|(_, category)| *category).collect()
    };
    (1..1_u32 << Category::ALL.len()).map(of)
}

/// A helper as they are told of themselves: with no category that the proven power is not over.
pub(super) fn within(vault: &Vault, own: &Own, circle: &CircleRecord, helper: &Helper) -> Helper {
    let reads = of(vault, own, circle, helper);
    let mut categories = helper.limits.categories.clone();
    categories.retain(|category| reads.contains(category));
    Helper {
        limits: HelperLimits { categories, ..helper.limits.clone() },
        generations: helper.given(),
        ..helper.clone()
    }
}

//! The circle that was taken on a new computer goes over into the record that came out of a backup: there it was before.

use std::collections::BTreeSet;

use salus_chain::ids::VerifyingKey;
use salus_sharing::circle::RelativeSecret;
use salus_vault::Vault;
use salus_wire::{Category, ErrorCode, Failure};

use super::kept::{Guardian, Own};
use super::seen::Seen;
use super::{history, lost};

/// Gives the restored record the person's new key, and what the circle has come to since the backup was made. What it is derived
/// from stays the backup's: the numbers behind the circle's hashes are there again.
pub(super) async fn carry(from: &Vault, to: &Vault) -> Result<(), Failure> {
    let own = Own::load(from).await?.ok_or(ErrorCode::NothingYet)?;
    let secret = RelativeSecret { signing: own.key(from), inbox: own.inbox(from) };
    let seen = Seen::load(from, &own.circle).await?;
    let before = Own::load(to).await.ok().flatten().filter(|before| before.circle == own.circle);
    // Somebody was let help, or the rules were changed, with the numbers of the new record: those hold now.
    let changed = own.next.is_some() || own.helpers.iter().any(|helper| !helper.from_before);
    let mut carried = match before {
        Some(before) if !changed => together(before, &own),
        _ => {
            let salts = own.salts(from);
            let all = Category::ALL.iter().map(|category| (*category, salts.category(*category)));
            Own { recalled: all.collect(), ..own.clone() }
        }
    };
    carried.carry(to, &secret).await?;
    if let Some(seen) = seen {
        seen.save(to, &own.circle).await?;
    }
    history::carry(from, to).await?;
    // A request that the lost computer itself had open is over.
    lost::forget(to).await
}

/// The circle as the backup knows it, with those who came to it later.
fn together(before: Own, now: &Own) -> Own {
    let known: BTreeSet<[u8; 32]> = before.helpers.iter().map(|helper| helper.relative.pk.0).collect();
    let new = |pk: &VerifyingKey| !known.contains(&pk.0);
    let mut own = before;
    own.helpers.extend(now.helpers.iter().filter(|helper| new(&helper.relative.pk)).cloned());
    for guardian in &now.guardians {
        own.guardians.retain(|before| before.relative.pk != guardian.relative.pk);
        own.guardians.push(Guardian { told: None, ..guardian.clone() });
    }
    // Letters of before went to an inbox that nobody looks into; answers were about parts that are void.
    own.read.clone_from(&now.read);
    (own.rehearsal, own.held) = (None, Vec::new());
    own.given_back = None;
    // What rests is decided on with the key of now.
    own.left.clone_from(&now.left);
    own
}

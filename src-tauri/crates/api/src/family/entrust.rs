//! The guardians who are in force hold parts of what opens the backups: the patient's computer makes them, lets those of before
//! become void, and sends each to its guardian.

use salus_chain::circle::CircleRecord;
use salus_chain::codec::Record;
use salus_chain::ids::VerifyingKey;
use salus_light::LightClient;
use salus_sharing::circle::Entrusted;
use salus_sharing::circle::word::KEEP_MS;
use salus_vault::{Door, Vault, VaultError};
use salus_wire::view::PartState;
use salus_wire::{Failure, UnixMillis};

use super::kept::{Entrustment, Known, Own};
use super::lost;
use super::seen::spoken_in;
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::outbox;

/// Makes parts for guardians who have none, and tells each theirs: again while nothing shows that they have it and the letter
/// of before is gone. True when somebody was told.
pub(super) async fn parts(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    // Whoever has not given back their part yet must still have it.
    if lost::waits(vault).await? {
        return Ok(false);
    }
    let (now, key) = (app.now(), own.key(vault));
    let Some(circle) = spoken_in(vault, &own, now).await? else { return Ok(false) };
    let Some(mut entrusted) = current(vault, &mut own, &circle, now).await? else { return Ok(false) };
    let mut written = false;
    for at in 0..entrusted.each.len() {
        let one = &entrusted.each[at];
        let shown = own.held.iter().any(|h| h.guardian == one.guardian && h.part == PartState::Right);
        let due = one.told.is_none_or(|told| !shown && now.saturating_sub(told) >= KEEP_MS);
        let known = own.guardians.iter().find(|guardian| guardian.relative.pk == one.guardian);
        let Some(known) = known.filter(|_| due) else { continue };
        let (to, number, part) = (one.guardian, entrusted.number, one.part()?);
        let said = Entrusted::sign(own.circle, to, number, part, &client.chain_id(), &key);
        let until = now.saturating_add(KEEP_MS);
        let inbox = &known.relative.inbox;
        if let Err(error) = outbox::send(vault, client, &said.encode(), inbox, (until, now)).await {
            tracing::debug!(%error, "a guardian is entrusted with their part later");
            continue;
        }
        entrusted.each[at].told = Some(now);
        entrusted.save(vault).await?;
        written = true;
    }
    Ok(written)
}

/// What the guardians of the proven circle hold; made now where they hold nothing, or what others held before them.
async fn current(
    vault: &Vault,
    own: &mut Own,
    circle: &CircleRecord,
    now: UnixMillis,
) -> Result<Option<Entrustment>, Failure> {
    let set = &circle.guardians;
    let (slot, kept) = (vault.guardian_checks().await.or_fail()?, Entrustment::load(vault).await?);
    if set.keys.is_empty() {
        if slot.is_some() {
            vault.remove_door(Door::Guardians).await.or_fail()?;
        }
        if kept.is_some() {
            Entrustment::forget(vault).await?;
        }
        return Ok(None);
    }
    if let Some(kept) = kept.filter(|kept| kept.is_of(set, slot.as_ref())) {
        return Ok(Some(kept));
    }
    let known = |pk: &VerifyingKey| {
        own.guardians.iter().map(|guardian| &guardian.relative).find(|known| known.pk == *pk)
    };
    let Some(people) = set.keys.iter().map(known).collect::<Option<Vec<&Known>>>() else {
        tracing::debug!("not every guardian is known here: they hold no parts");
        return Ok(None);
    };
    let keys: Vec<[u8; 32]> = people.iter().map(|known| known.inbox.kem().0).collect();
    let (slot, sealed) = match vault.fresh_guardians(&keys, set.threshold).await {
        // The ledger takes one guardian, and one that is needed: alone they are to open nothing.
        Err(VaultError::OutOfBounds) => return Ok(None),
        made => made.or_fail()?,
    };
    let entrusted = Entrustment::new(now, set, &slot, sealed);
    // Kept before the slot counts: a slot whose parts nobody has would be none.
    entrusted.save(vault).await?;
    own.held.iter_mut().for_each(|held| held.part = PartState::Unknown);
    own.save(vault).await?;
    vault.set_guardians(&slot).await.or_fail()?;
    Ok(Some(entrusted))
}

//! A guardian's part, on the guardian's computer: taken in, kept sealed, and forgotten once it is void.

use salus_chain::circle::Signer;
use salus_light::LightClient;
use salus_sharing::circle::Entrusted;
use salus_vault::Vault;
use salus_vault::keyslot::Share;
use salus_wire::{Failure, UnixMillis};

use super::kept::{Coded, HeldPart};
use super::letters::{Read, is_newer, proven};
use super::seen::Seen;

/// Keeps a part that the person of the proven circle entrusts to this guardian, in place of an earlier one.
pub(super) async fn keep(
    vault: &Vault,
    client: &LightClient,
    coded: &Coded,
    entrusted: &Entrusted,
) -> Result<Read, Failure> {
    if coded.facts.circle != Some(entrusted.circle) || entrusted.to != coded.pk() {
        return Ok(Read::Nothing);
    }
    let before = match HeldPart::of(vault, coded).await? {
        Some(before) => Some(before.entrusted()?),
        None => None,
    };
    let Some(circle) = proven(client, &entrusted.circle).await? else { return Ok(Read::Later) };
    let standing = before.filter(|before| before.is_signed_by(&client.chain_id(), &circle.patient_pk));
    if !is_newer(standing.map(|before| before.number), entrusted.number) {
        return Ok(Read::Nothing);
    }
    // The member that was asked may not know yet that the person's key, or who guards, has changed.
    if !entrusted.holds(&client.chain_id(), &circle, &coded.secret) {
        return Ok(Read::Later);
    }
    HeldPart::new(entrusted, circle.revision).save(vault, coded).await?;
    Ok(Read::News)
}

/// The part that is held; `None` without one, and for one that does not open.
pub(super) async fn share(vault: &Vault, coded: &Coded) -> Result<Option<Share>, Failure> {
    match HeldPart::of(vault, coded).await? {
        Some(held) => held.share(coded),
        None => Ok(None),
    }
}

/// Forgets the parts of circles in which this record's person is no guardian any more: others hold new ones.
pub(super) async fn forget(vault: &Vault, now: UnixMillis) -> Result<(), Failure> {
    for coded in Coded::all(vault).await? {
        let (Some(circle), Some(held)) = (coded.facts.circle, HeldPart::of(vault, &coded).await?) else {
            continue;
        };
        let Some(seen) = Seen::load(vault, &circle).await? else { continue };
        let circle = seen.circle()?.at(now);
        let guards = matches!(circle.find(&coded.pk()), Some(Signer::Guardian(_)));
        // What was seen before the part came says nothing.
        if !guards && circle.revision > held.revision {
            HeldPart::forget(vault, &coded).await?;
        }
    }
    Ok(())
}

//! Clinicians of what helpers permitted, whose notes are listened to: by the person whose readings they see, in the voice of the circle's
//! own key, and by the helper who gave it, in the permission's.

use salus_chain::state::GrantRecord;
use salus_sharing::circle::Notice;
use salus_vault::{Identity, Vault};
use salus_wire::view::{PermissionState, Through};
use salus_wire::{Failure, GrantId, UnixMillis};

use super::kept::{Coded, Own};
use super::mine::Mine;
use super::seen::{self, Given, Seen};
use crate::App;
use crate::lock::Open;
use crate::share::kept::Kept;
use crate::share::reply::{Heard, Over, Tells, Who};

/// Every one, as proven last.
pub(crate) async fn heard(app: &App, open: &Open) -> Result<Vec<Heard>, Failure> {
    let mut all = by_person(app, &open.vault).await?;
    all.extend(by_helper(app, &open.vault).await?);
    Ok(all)
}

/// Of what helpers gave for this record's person.
async fn by_person(app: &App, vault: &Vault) -> Result<Vec<Heard>, Failure> {
    let Some(own) = Own::load(vault).await? else { return Ok(Vec::new()) };
    let Some(seen) = Seen::load(vault, &own.circle).await? else { return Ok(Vec::new()) };
    let (now, key) = (app.now(), own.key(vault));
    // Where another key speaks for the person, nobody would believe this one.
    let speaks = seen.circle()?.at(now).patient_pk == key.verifying_key();
    let mut all = Vec::new();
    for notice in seen::notices(vault, &own.circle).await? {
        let Some(known) = known(&seen, &notice) else { continue };
        let name = own.helper(&notice.by).map(|helper| helper.relative.name.clone()).unwrap_or_default();
        let tells = Tells::Circle { circle: own.circle, key: key.clone() };
        let mut one = of(app, &notice, known, Through::Helper { name }, tells, now)?;
        one.live &= speaks;
        all.push(one);
    }
    Ok(all)
}

/// Of what this record's person gave as somebody's helper.
async fn by_helper(app: &App, vault: &Vault) -> Result<Vec<Heard>, Failure> {
    let (now, mut all) = (app.now(), Vec::new());
    let helped = Coded::all(vault).await?;
    for mine in Mine::all(vault).await?.into_iter().filter(Mine::is_recorded) {
        let circle = mine.facts.circle;
        let coded = helped.iter().rfind(|coded| coded.facts.circle == Some(circle) && !coded.facts.guardian);
        let Some(coded) = coded else { continue };
        let Some(word) = coded.word(vault).await? else { continue };
        let Some(seen) = Seen::load(vault, &circle).await? else { continue };
        let notice = mine.notice()?;
        let Some(known) = known(&seen, &notice) else { continue };
        // Who helps no longer reads no more of it either: clinicians' apps see to that too.
        if seen.circle()?.at(now).find(&coded.pk()).is_none() {
            continue;
        }
        let identity = Identity(mine.facts.identity);
        let tells = Tells::Permission {
            identity,
            nonce: mine.facts.nonce,
            key: Kept::key(vault, identity, &mine.facts.nonce),
            reader: *mine.given.permission().reader(),
        };
        let through =
            Through::Relative { circle: salus_wire::CircleId(circle.0), person: word.person.clone() };
        all.push(of(app, &notice, known, through, tells, now)?);
    }
    Ok(all)
}

/// What was proven of the permission of a notice.
fn known<'a>(seen: &'a Seen, notice: &Notice) -> Option<&'a Given> {
    seen.given.iter().find(|given| given.id.0 == notice.grant.0)
}

fn of(
    app: &App,
    notice: &Notice,
    known: &Given,
    through: Through,
    tells: Tells,
    now: UnixMillis,
) -> Result<Heard, Failure> {
    let (grant, given) = (known.grant()?, known.given()?);
    let person = &notice.attestation.person;
    Ok(Heard {
        id: GrantId(notice.grant.0),
        who: Who {
            key: person.credential_pk,
            name: person.name.clone(),
            organisation: person.organisation.clone(),
            attested_by: app.0.network.name_of(notice.attestation.member_index),
        },
        through: Some(through),
        ends: grant.terms.expires_ms,
        over: over(&grant, given.objected),
        live: grant.end.is_none() && now < grant.terms.expires_ms,
        opened: !known.opened.is_empty(),
        tells,
    })
}

/// How it is over, or will be: stopped, also by an objection, or run out.
fn over(grant: &GrantRecord, objected: bool) -> Over {
    let ends = grant.terms.expires_ms;
    match grant.end {
        Some(end) if end.revoked || objected => Over::Stopped { height: end.height, ends },
        _ => Over::At(ends, PermissionState::Ended),
    }
}

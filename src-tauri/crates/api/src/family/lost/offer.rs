//! What comes for the new key: from guardians, who they know and their parts; or from the computer that made the circle, all that
//! it knows of it.

use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::circle::{Handed, Part, Return, letter, word};
use salus_vault::Vault;
use salus_wire::Failure;

use super::{Back, Found, HOUR, Lost, Recall};
use crate::App;
use crate::failure::OrFail;
use crate::family::kept::Known;
use crate::family::{before, letters};
use crate::lock::Open;

/// Circles given back at most: whoever saw the request can offer one.
const MOST_FOUND: usize = 8;
/// Letters remembered as read.
const MOST_READ: usize = 512;
/// So long after a circle was taken, what further guardians give back is still listened to: 90 days.
const LISTEN_MS: i64 = 90 * 24 * HOUR;

/// One of them.
enum Offer {
    /// From a guardian.
    Back(Return),
    /// From the computer that made the circle.
    Handed(Handed),
}

/// Takes in what comes; true when there is something new to compare.
pub(in crate::family) async fn take(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut lost) = Lost::load(vault).await? else { return Ok(false) };
    if lost.taken.is_some_and(|taken| app.now().saturating_sub(taken.at) > LISTEN_MS) {
        return Ok(false);
    }
    let inbox = lost.seed().inbox(vault);
    let before = lost.clone();
    for (hash, said) in letter::collect(client, &inbox, &letters::known(&lost.read)).await.or_fail()? {
        if add(vault, client, &mut lost, &said).await? {
            lost.read.push(hash);
            let extra = lost.read.len().saturating_sub(MOST_READ);
            lost.read.drain(..extra);
        }
    }
    if lost != before {
        lost.save(vault).await?;
    }
    Ok(lost.found != before.found)
}

/// Looks at one letter; false when whether it holds cannot be said now.
async fn add(vault: &Vault, client: &LightClient, lost: &mut Lost, said: &[u8]) -> Result<bool, Failure> {
    let (id, offer) = match (Return::decode(said), Handed::decode(said)) {
        (Ok(back), _) => (back.circle, Offer::Back(back)),
        (_, Ok(handed)) => (handed.circle, Offer::Handed(handed)),
        _ => return Ok(true),
    };
    if lost.taken.is_some_and(|taken| taken.circle != id) {
        return Ok(true);
    }
    let own = lost.pk(vault);
    let Some(circle) = letters::proven(client, &id).await? else { return Ok(false) };
    if circle.patient_pk != own {
        return Ok(false);
    }
    let chain = client.chain_id();
    let holds = match &offer {
        Offer::Back(back) => back.holds(&chain, &circle, &own),
        Offer::Handed(handed) => handed.holds(&chain, &circle, &own),
    };
    if holds {
        put(lost, offer);
    } else {
        tracing::debug!("what somebody gives back does not hold");
    }
    Ok(true)
}

/// Keeps what holds: the word of whoever made the circle goes before a guardian's, because it tells more.
fn put(lost: &mut Lost, offer: Offer) {
    let offered = found(offer);
    let place = lost.found.iter().position(|found| found.circle == offered.circle);
    let Some(known) = place.and_then(|at| lost.found.get_mut(at)) else {
        if lost.found.len() < MOST_FOUND {
            lost.found.push(offered);
        }
        return;
    };
    if offered.told.is_some() {
        let (by, parts) = (std::mem::take(&mut known.by), std::mem::take(&mut known.parts));
        *known = Found { by, parts, ..offered };
        return;
    }
    for by in offered.by {
        if !known.by.contains(&by) {
            known.by.push(by);
        }
    }
    // Whoever gave back names only may give the part later.
    for part in offered.parts {
        known.parts.retain(|before| before.from != part.from);
        known.parts.push(part);
    }
}

fn found(offer: Offer) -> Found {
    let known = |helpers: &[word::Helper]| -> Vec<Known> {
        helpers.iter().map(|helper| Known::of(&helper.relative)).collect()
    };
    match offer {
        Offer::Back(back) => {
            let part = |part: &Part| Back { from: back.from, part: hex::encode(part.to_bytes()) };
            Found {
                circle: back.circle,
                digits: back.digits(),
                by: vec![back.from],
                helpers: known(&back.helpers),
                guardians: back.guardians.iter().map(Known::of).collect(),
                parts: back.part.as_ref().map(part).into_iter().collect(),
                person: back.person,
                told: None,
            }
        }
        Offer::Handed(handed) => Found {
            circle: handed.circle,
            digits: handed.digits(),
            by: Vec::new(),
            helpers: known(&handed.helpers),
            guardians: handed.guardians.iter().map(Known::of).collect(),
            parts: Vec::new(),
            person: handed.person,
            told: Some(Recall {
                salts: handed.salts.into_iter().collect(),
                ordinary: handed.ordinary.into_iter().collect(),
                before: handed.before.into_iter().map(before::heard).collect(),
            }),
        },
    }
}

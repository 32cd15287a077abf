//! A steward's permissions are given again when the person's keys are new, as the person's own are ([`crate::share`]): by the
//! steward's app, once it was told the new keys.
//!
//! ```text
//! behind   it is recorded and ready, and the person's word has newer keys of its window than it gives
//!   -> give::again, kept (replaces) -> mine::go_on brings it to the members and tells the family, as any
//!   -> ready, also by approvals where it needs some: the one before is stopped
//! stopped or objected to meanwhile: the one in its place is stopped too
//! ```
//!
//! One that needs approvals needs them again: whoever agrees should see what they agree to. Until it is ready, the one before goes
//! on opening what was sealed before.

use std::collections::BTreeSet;

use rand::Rng;
use salus_chain::contract::Ready;
use salus_chain::ids;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::circle::{Notice, Voice, Word, give, speak};
use salus_wire::{Category, Failure, GrantId, UnixMillis};

use super::kept::Coded;
use super::mine::Mine;
use super::seen::{Given, Seen};
use crate::App;
use crate::app::rng;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::share::kept::Kept;

/// The newest generation of each category's keys that a word has of a window.
pub(super) fn generations(
    word: &Word,
    categories: &BTreeSet<Category>,
    scope: Scope,
) -> Vec<(Category, u32)> {
    let of = |category: &Category| Some((*category, word.estate.as_ref()?.generation(*category, scope)?));
    categories.iter().filter_map(of).collect()
}

fn is_behind(mine: &Mine, word: &Word) -> bool {
    let permission = mine.given.permission();
    let categories = permission.categories().iter().copied().collect();
    let has = |category: Category| {
        let known = mine.facts.generations.iter().find(|(known, _)| *known == category);
        known.map_or(0, |(_, generation)| *generation)
    };
    let newer = generations(word, &categories, permission.scope());
    newer.into_iter().any(|(category, generation)| generation > has(category))
}

/// How one stands on the chain, as proven last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// It waits for approvals, or for the time to object.
    Waits,
    /// It can be opened, or will be when its time comes.
    Ready,
    /// It was stopped or objected to.
    Stopped,
}

fn stands(known: &Given, now: UnixMillis) -> Result<Stands, Failure> {
    let (grant, given) = (known.grant()?, known.given()?);
    let ready = given.ready_ms.is_some_and(|ready| ready <= now);
    Ok(match (grant.end.is_some() || given.objected, ready) {
        (true, _) => Stands::Stopped,
        (false, true) => Stands::Ready,
        (false, false) => Stands::Waits,
    })
}

/// Prepares what is due, and stops what another one is in the place of; true when something changed that a screen shows.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let (vault, now) = (&open.vault, app.now());
    let mut changed = false;
    for coded in Coded::all(vault).await?.into_iter().filter(|coded| !coded.facts.guardian) {
        let Some(circle) = coded.facts.circle else { continue };
        let (Some(word), Some(seen)) = (coded.word(vault).await?, Seen::load(vault, &circle).await?) else {
            continue;
        };
        let mut all = Mine::all(vault).await?;
        all.retain(|mine| mine.facts.circle == circle && now < mine.ends());
        let followed: Vec<GrantId> = all.iter().filter_map(|mine| mine.facts.replaces).collect();
        for mut mine in all {
            let known = |id: GrantId| seen.given.iter().find(|given| given.id == id);
            let Some(stood) = known(mine.id()).map(|known| stands(known, now)).transpose()? else { continue };
            if let Some(before) = mine.facts.replaces {
                let ended = known(before).map(|known| stands(known, now)).transpose()?;
                let voice = Voice { circle, key: &coded.secret.signing };
                match (stood, ended) {
                    // Somebody stopped the one before: what is in its place is not to begin.
                    (Stands::Waits | Stands::Ready, Some(Stands::Stopped)) => {
                        speak::stop(client, voice, mine.given.permission().id()).await.or_fail()?;
                    }
                    (Stands::Ready, Some(_)) => {
                        speak::stop(client, voice, ids::GrantId(before.0)).await.or_fail()?;
                    }
                    (Stands::Stopped, _) => {}
                    (Stands::Waits, Some(_)) | (_, None) => continue,
                }
                mine.facts.replaces = None;
                mine.save(vault).await?;
                changed = true;
                continue;
            }
            if stood != Stands::Ready || mine.facts.again || !is_behind(&mine, &word) {
                continue;
            }
            // Killed between the two, only this is missing.
            if followed.contains(&mine.id()) {
                mine.facts.again = true;
                mine.save(vault).await?;
                continue;
            }
            let policy = known(mine.id()).map(|known| known.policy.as_str()).unwrap_or_default();
            changed |= again(app, open, client, (&coded, &word), &mut mine, Ready::of(policy)).await?;
        }
    }
    Ok(changed)
}

/// Prepares one once more, under the contract that it is under; what goes beyond the power by now is not, nor what is under a text
/// that this version does not recognise.
async fn again(
    app: &App,
    open: &Open,
    client: &LightClient,
    (coded, word): (&Coded, &Word),
    before: &mut Mine,
    contract: Option<Ready>,
) -> Result<bool, Failure> {
    let (vault, now, circle) = (&open.vault, app.now(), before.facts.circle);
    let (identity, mut nonce) = (vault.identity(), [0; 16]);
    rng().fill_bytes(&mut nonce);
    let grant_key = Kept::key(vault, identity, &nonce);
    let standing = speak::standing(client, &circle).await.or_fail()?.value;
    let (pk, genesis) = (coded.pk(), client.genesis());
    let under = (contract, &grant_key);
    let given = give::again(word, &standing, pk, &before.given, under, genesis, now, &mut rng());
    let given = match given {
        Ok(given) => given,
        Err(error) => {
            tracing::debug!(%error, "a helper's permission is not given again");
            return Ok(false);
        }
    };
    let (permission, told) = (given.permission(), before.notice()?);
    let categories: BTreeSet<Category> = permission.categories().iter().copied().collect();
    let (id, scope, key) = (permission.id(), permission.scope(), &coded.secret.signing);
    let generations = generations(word, &categories, scope);
    let notice = Notice::sign(circle, id, told.attestation, categories, scope, &client.chain_id(), key);
    let mut after = Mine::new(circle, (identity, nonce), given, &notice, generations);
    after.facts.replaces = Some(before.id());
    after.save(vault).await?;
    before.facts.again = true;
    before.save(vault).await?;
    Ok(true)
}

//! Permissions that other laptops of the person gave: told by them, proven by the members, and stopped from here too.

mod ends;
mod stands;
#[cfg(test)]
mod tests;

use salus_chain::codec::Record;
use salus_chain::ids::{GrantId as ChainGrant, ReaderKey, sha256};
use salus_chain::sign::SigningKey;
use salus_sharing::laptop::news::MAX_TOLD;
use salus_vault::Vault;
use salus_wire::view::{ClinicianView, PermissionState};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Own};
use super::{beside, power};
use crate::App;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::share::kept::{self as permissions, Proven};

pub(crate) use ends::{Elsewhere, behind, elsewhere, stop};
pub(crate) use stands::views;
pub(super) use stands::{concealed, look};

/// Octets of one told permission at most, and permissions of one laptop.
const MAX: usize = 32 * 1024;
const MOST: usize = 128;

/// A permission as one laptop tells another of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub(super) id: GrantId,
    /// The laptop that gave it.
    pub(super) by: u8,
    pub(super) clinician: ClinicianView,
    pub(super) categories: Vec<Category>,
    pub(super) data_from: UnixMillis,
    pub(super) data_to: UnixMillis,
    pub(super) starts: UnixMillis,
    pub(super) ends: UnixMillis,
    pub(super) policy: String,
    pub(super) members_holding: u16,
    /// For which key of the clinician: with the code the first laptop proves who that is, when it gives the permission again.
    pub(super) reader: ReaderKey,
    /// The clinician's code, where the laptop kept it.
    pub(super) code: String,
    /// What its stop mandates are derived from, on the first laptop.
    pub(super) context: Vec<u8>,
}

/// It, with what the members said of it last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    told: Told,
    proven: Option<Proven>,
}

/// Where a clinician's code is kept, by the key that it is for.
fn code_name(reader: &ReaderKey) -> Vec<u8> {
    [&b"c"[..], &reader.leaf().0].concat()
}

pub(super) async fn keep_code(vault: &Vault, reader: &ReaderKey, code: &str) -> Result<(), Failure> {
    vault.cabinet().put(LAPTOPS, &code_name(reader), code.as_bytes()).await.or_fail()
}

async fn code_of(vault: &Vault, reader: &ReaderKey) -> Result<String, Failure> {
    let stored = vault.cabinet().get(LAPTOPS, &code_name(reader)).await.or_fail()?;
    Ok(stored.and_then(|octets| String::from_utf8(octets.to_vec()).ok()).unwrap_or_default())
}

fn name(by: u8) -> [u8; 2] {
    [b't', by]
}

/// Everything that other laptops gave, as it was told last.
async fn all(vault: &Vault) -> Result<Vec<Seen>, Failure> {
    let mut all = Vec::new();
    for by in 0..salus_sharing::laptop::MAX_LAPTOPS {
        let Some(stored) = vault.cabinet().get(LAPTOPS, &name(by)).await.or_fail()? else { continue };
        let some: Vec<Seen> = serde_json::from_slice(&stored).map_err(|_| ErrorCode::Damaged)?;
        all.extend(some);
    }
    Ok(all)
}

async fn save(vault: &Vault, by: u8, some: &[Seen]) -> Result<(), Failure> {
    let octets = serde_json::to_vec(some).map_err(|_| bug("a told permission has no JSON form"))?;
    vault.cabinet().put(LAPTOPS, &name(by), &octets).await.or_fail()
}

/// What this laptop itself gave and is not over.
async fn mine(app: &App, vault: &Vault, own: &Own) -> Result<Vec<Told>, Failure> {
    let now = app.now();
    let mut mine = Vec::new();
    for kept in permissions::all(vault).await? {
        // Cards are made on the first laptop, and stopped and made anew there; one of before that rule is on paper beside its laptop.
        let live = matches!(kept.state(now), PermissionState::NotYet | PermissionState::Active);
        if !live || kept.facts.card.is_some() {
            continue;
        }
        let f = &kept.facts;
        let base = own.joined.as_ref().map_or(0, |joined| joined.base);
        let context = match power::hand_of(vault, &f.nonce).await? {
            // Given under a mandate that was taken back, because the first laptop's keys retired: that one gives it again.
            Some(hand) if hand < base => continue,
            Some(hand) => power::given_context(own.number, hand),
            None => power::own_context(f.identity(), &f.nonce),
        };
        mine.push(Told {
            id: kept.id(),
            by: own.number,
            clinician: f.clinician.clone(),
            categories: f.categories.clone(),
            data_from: f.data_from,
            data_to: f.data_to,
            starts: f.starts,
            ends: f.ends,
            policy: f.policy.clone(),
            members_holding: kept.permission.holding().len(),
            reader: *kept.permission.reader(),
            code: code_of(vault, kept.permission.reader()).await?,
            context,
        });
    }
    mine.truncate(MOST);
    Ok(mine)
}

/// What a laptop is told: everything that it did not give itself, and on the first one what is beside that.
pub(super) async fn for_laptop(
    app: &App,
    vault: &Vault,
    own: &Own,
    number: u8,
) -> Result<Vec<Vec<u8>>, Failure> {
    let others = all(vault)
        .await?
        .into_iter()
        .map(|seen| seen.told)
        .filter(|told| own.is_first() && told.by != number);
    let told = mine(app, vault, own).await?.into_iter().chain(others);
    let beside = if own.is_first() { beside::for_laptop(vault, app.now()).await? } else { Vec::new() };
    let text = |mut told: Told| {
        // Only the first laptop derives anything from it.
        if own.is_first() {
            told.context.clear();
        }
        serde_json::to_vec(&told).map_err(|_| bug("a told permission has no JSON form"))
    };
    // As many as a letter takes.
    beside.into_iter().map(Ok).chain(told.map(text)).take(MAX_TOLD).collect()
}

/// A hash of what is told, to see when it changed.
pub(super) fn hash(told: &[Vec<u8>]) -> [u8; 32] {
    let all: Vec<[u8; 32]> = told.iter().map(|text| sha256(&[text])).collect();
    sha256(&[&all.concat()])
}

/// Takes what a laptop told; one may speak for itself, and the first one for all. True when it is new. What the first one gave, and
/// what another told of before, is not of the laptop that tells now: with that name it would have the others let stop something else.
pub(super) async fn take(vault: &Vault, own: &Own, from: u8, texts: &[Vec<u8>]) -> Result<bool, Failure> {
    let before = all(vault).await?;
    let mine = if own.is_first() { permissions::all(vault).await? } else { Vec::new() };
    let others = |id: GrantId| {
        mine.iter().any(|kept| kept.id() == id)
            || before.iter().any(|seen| seen.told.id == id && seen.told.by != from)
    };
    let mut told: Vec<Told> = Vec::with_capacity(texts.len());
    for text in texts.iter().filter(|text| text.len() <= MAX) {
        let Ok(one) = serde_json::from_slice::<Told>(text) else { continue };
        let speaks = from == kept::FIRST || (one.by == from && !others(one.id));
        let context = one.context.len() <= 32 && (!own.is_first() || says(&one));
        if speaks && context && one.by != own.number && one.by < salus_sharing::laptop::MAX_LAPTOPS {
            told.push(one);
        }
    }
    told.truncate(MOST);
    let known = |mut one: Told| {
        let proven = before.iter().find(|seen| seen.told.id == one.id && seen.proven.is_some());
        // Under which mandate it was given is proven with it: told otherwise afterwards, nobody could stop it from here.
        if let Some(seen) = proven {
            one.context.clone_from(&seen.told.context);
        }
        Seen { told: one, proven: proven.and_then(|seen| seen.proven.clone()) }
    };
    let seen: Vec<Seen> = told.into_iter().map(known).collect();
    let mut changed = false;
    for by in 0..salus_sharing::laptop::MAX_LAPTOPS {
        if by == own.number || (from != kept::FIRST && by != from) {
            continue;
        }
        let mut of: Vec<Seen> = seen.iter().filter(|seen| seen.told.by == by).cloned().collect();
        let was: Vec<&Seen> = before.iter().filter(|seen| seen.told.by == by).collect();
        // One that is over is told no more, and shown for as long as it was told once: screens list what ended too.
        let gone = was.iter().filter(|seen| !of.iter().any(|new| new.told.id == seen.told.id));
        let mut gone: Vec<Seen> = gone.map(|seen| (*seen).clone()).collect();
        gone.truncate(MOST);
        of.append(&mut gone);
        of.truncate(2 * MOST);
        if !was.iter().copied().eq(of.iter()) {
            save(vault, by, &of).await?;
            changed = true;
        }
    }
    Ok(changed)
}

/// On the first laptop: whether a context is one of the laptop that is said to have given it.
fn says(told: &Told) -> bool {
    matches!(told.context.as_slice(), [2, number, _, _, _, _] if *number == told.by)
}

/// On the first laptop: the key of the mandate under which another laptop gave it, whose stop the members take.
fn stopping(vault: &Vault, own: &Own, told: &Told) -> Option<SigningKey> {
    let [2, number, hand @ ..] = told.context.as_slice() else { return None };
    let hand = u32::from_be_bytes(hand.try_into().ok()?);
    Some(power::give_key(vault, power::identity_of(own, &told.context), *number, hand))
}

/// What runs, whoever gave it: its name, the context of its stop mandates, and the laptop that gave it.
pub(super) async fn running(
    app: &App,
    open: &Open,
    own: &Own,
) -> Result<Vec<(ChainGrant, Vec<u8>, u8)>, Failure> {
    let now = app.now();
    // Proven: a laptop that makes some up gets nobody to draw anything for them.
    let runs = |seen: &Seen| seen.told.ends > now && seen.proven.is_some() && !seen.is_over();
    let others = all(&open.vault).await?.into_iter().filter(runs);
    let told = mine(app, &open.vault, own).await?.into_iter().chain(others.map(|seen| seen.told));
    Ok(told.map(|told| (ChainGrant(told.id.0), told.context, told.by)).collect())
}

/// Reads a withdrawal that a laptop signed in advance.
pub(super) fn withdrawal(octets: &[u8]) -> Option<salus_chain::tx::Tx> {
    match salus_chain::tx::Tx::decode(octets) {
        Ok(tx @ salus_chain::tx::Tx::Withdraw(_)) => Some(tx),
        _ => None,
    }
}

/// What a laptop gave and runs, as it was told.
pub(super) async fn running_by(vault: &Vault, by: u8, now: UnixMillis) -> Result<Vec<Told>, Failure> {
    let all = all(vault).await?.into_iter();
    let of = all.filter(|seen| seen.told.by == by && seen.told.ends > now && !seen.is_over());
    Ok(of.map(|seen| seen.told).collect())
}

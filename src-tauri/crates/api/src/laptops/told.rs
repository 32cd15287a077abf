//! Permissions that other laptops of the person gave: told by them, proven by the members, and stopped from here too.

use salus_chain::codec::Record;
use salus_chain::ids::{GrantId as ChainGrant, ReaderKey, sha256};
use salus_chain::sign::SigningKey;
use salus_light::{LightClient, LightError};
use salus_sharing::laptop::mandate::{stop_given, stop_under};
use salus_sharing::laptop::news::MAX_TOLD;
use salus_vault::{Identity, Vault};
use salus_wire::view::{ClinicianView, NewKeys, PermissionState, PermissionView};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::kept::{self, Own};
use super::{beside, power};
use crate::App;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::share::condition;
use crate::share::keep_up::state_of;
use crate::share::kept::{self as permissions, Proven};

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

impl Seen {
    fn is_over(&self) -> bool {
        let ended = |p: &Proven| matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
        self.proven.as_ref().is_some_and(ended)
    }

    fn state(&self, now: UnixMillis) -> PermissionState {
        match self.proven.as_ref().map(|proven| proven.state) {
            None => PermissionState::Pending,
            Some(ended @ (PermissionState::Ended | PermissionState::Stopped)) => ended,
            Some(_) if now >= self.told.ends => PermissionState::Ended,
            Some(_) if now < self.told.starts => PermissionState::NotYet,
            Some(_) => PermissionState::Active,
        }
    }

    fn view(&self, now: UnixMillis, members: u16) -> PermissionView {
        let (told, proven) = (&self.told, self.proven.as_ref());
        PermissionView {
            id: told.id,
            clinician: told.clinician.clone(),
            categories: told.categories.clone(),
            data_from: told.data_from,
            data_to: told.data_to,
            starts: told.starts,
            ends: told.ends,
            condition: condition::view(&told.policy),
            state: self.state(now),
            members_holding: told.members_holding,
            members_erased: proven.map_or(0, |p| p.erased),
            members,
            openings: proven.map_or(0, |p| p.openings),
            proof: proven.map(|p| p.proof.clone()),
            unconfirmed: None,
            emergency: None,
            new_keys: NewKeys::None,
        }
    }
}

/// What other laptops gave, as screens show it.
pub(crate) async fn views(
    vault: &Vault,
    now: UnixMillis,
    members: u16,
) -> Result<Vec<PermissionView>, Failure> {
    Ok(all(vault).await?.iter().map(|seen| seen.view(now, members)).collect())
}

/// Asks the members where the permissions of other laptops stand; true when something changed that screens show.
pub(super) async fn look(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let own = Own::load(&open.vault).await?;
    let mut changed = false;
    for by in 0..salus_sharing::laptop::MAX_LAPTOPS {
        let Some(stored) = open.vault.cabinet().get(LAPTOPS, &name(by)).await.or_fail()? else { continue };
        let mut some: Vec<Seen> = serde_json::from_slice(&stored).map_err(|_| ErrorCode::Damaged)?;
        let before = some.clone();
        for seen in some.iter_mut().filter(|seen| !seen.is_over()) {
            prove(app, &open.vault, client, &own, seen).await?;
        }
        if some != before {
            save(&open.vault, by, &some).await?;
            changed = true;
        }
    }
    Ok(changed)
}

async fn prove(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    own: &Own,
    seen: &mut Seen,
) -> Result<(), Failure> {
    let id = ChainGrant(seen.told.id.0);
    let proven = client.prove_grant(&id).await.map_err(|error| app.0.network.failure(&error))?;
    // Told and not recorded: the member that was asked may not have the block yet, or it was never given.
    let Some(record) = &proven.value else { return Ok(()) };
    if own.is_first() && seen.proven.is_none() && !is_its(app, vault, client, own, &seen.told).await? {
        return Ok(());
    }
    let new = Proven {
        state: state_of(record.status_at(proven.head.time_ms)),
        erased: u16::try_from(record.counts().1).unwrap_or(u16::MAX),
        openings: record.access_count,
        proof: app.0.network.proof(&proven.head),
    };
    let same = |old: &Proven| (old.state, old.erased, old.openings) == (new.state, new.erased, new.openings);
    if !seen.proven.as_ref().is_some_and(same) {
        seen.proven = Some(new);
    }
    Ok(())
}

/// On the first laptop: whether the members have it as what was given under the mandate that is named with it. Whoever has an added
/// laptop can tell of anybody's permission, and would have it drawn mandates for, and shown to those who help.
async fn is_its(
    app: &App,
    vault: &Vault,
    client: &LightClient,
    own: &Own,
    told: &Told,
) -> Result<bool, Failure> {
    let Some(key) = stopping(vault, own, told) else { return Ok(false) };
    let given = client.prove_mandate(&key.verifying_key()).await;
    let given = given.map_err(|error| app.0.network.failure(&error))?.value;
    Ok(given.is_some_and(|given| given.grant_id.0 == told.id.0))
}

/// Stops a permission that another laptop gave; [`ErrorCode::UnknownPermission`] when none told of it.
pub(crate) async fn stop(
    app: &App,
    open: &Open,
    client: &LightClient,
    id: GrantId,
) -> Result<PermissionView, Failure> {
    let vault = &open.vault;
    let own = Own::load(vault).await?;
    let found = all(vault).await?.into_iter().find(|seen| seen.told.id == id);
    let mut seen = found.ok_or(ErrorCode::UnknownPermission)?;
    let stopped = if own.is_first() {
        let key = stopping(vault, &own, &seen.told).ok_or(ErrorCode::NeedsOtherLaptop)?;
        stop_given(client, ChainGrant(id.0), &key).await
    } else {
        let powers = kept::powers(vault).await?;
        let mandate = powers.stops.into_iter().find(|stop| stop.grant.0 == id.0);
        let mandate = mandate.ok_or(ErrorCode::NeedsOtherLaptop)?;
        stop_under(client, &mandate, &power::hand(vault, mandate.hand)).await
    };
    stopped.map_err(refused)?;
    prove(app, vault, client, &own, &mut seen).await?;
    let by = seen.told.by;
    let mut of: Vec<Seen> = all(vault).await?.into_iter().filter(|other| other.told.by == by).collect();
    of.iter_mut().filter(|other| other.told.id == id).for_each(|other| *other = seen.clone());
    save(vault, by, &of).await?;
    Ok(seen.view(app.now(), client.genesis().n()))
}

/// On the first laptop: the key of the mandate under which another laptop gave it, whose stop the members take.
fn stopping(vault: &Vault, own: &Own, told: &Told) -> Option<SigningKey> {
    let [2, number, hand @ ..] = told.context.as_slice() else { return None };
    let hand = u32::from_be_bytes(hand.try_into().ok()?);
    Some(power::give_key(vault, power::identity_of(own, &told.context), *number, hand))
}

/// What another laptop gave and runs, for those who may be told of it.
pub(crate) struct Elsewhere {
    pub(crate) id: GrantId,
    pub(crate) ends: UnixMillis,
    pub(crate) clinician: ClinicianView,
    pub(crate) categories: Vec<Category>,
    /// Stops it.
    pub(crate) key: SigningKey,
}

/// On the first laptop: what the others gave and runs, as the members said last.
pub(crate) async fn elsewhere(vault: &Vault, now: UnixMillis) -> Result<Vec<Elsewhere>, Failure> {
    let own = Own::load(vault).await?;
    if !own.is_first() {
        return Ok(Vec::new());
    }
    let runs = |seen: &Seen| seen.told.ends > now && seen.proven.is_some() && !seen.is_over();
    let one = |seen: Seen| {
        let key = stopping(vault, &own, &seen.told)?;
        let Told { id, ends, clinician, categories, .. } = seen.told;
        Some(Elsewhere { id, ends, clinician, categories, key })
    };
    Ok(all(vault).await?.into_iter().filter(runs).filter_map(one).collect())
}

/// Which of the first laptop's identities is behind what another laptop gave; none where none told of it.
pub(crate) async fn behind(vault: &Vault, id: GrantId) -> Result<Option<Identity>, Failure> {
    let own = Own::load(vault).await?;
    let found = all(vault).await?.into_iter().find(|seen| seen.told.id == id);
    Ok(found.map(|seen| power::identity_of(&own, &seen.told.context)))
}

fn refused(error: LightError) -> Failure {
    crate::failure::Fail::fail(error)
}

/// Whether a mandate was used for a permission that nobody told of, or that was told to end earlier than it does, so that nobody was
/// asked about it: its name.
pub(super) async fn concealed(
    vault: &Vault,
    client: &LightClient,
    key: &salus_chain::ids::VerifyingKey,
) -> Result<Option<ChainGrant>, Failure> {
    let Some(used) = client.prove_mandate(key).await.or_fail()?.value else { return Ok(None) };
    let told = all(vault).await?.into_iter().find(|seen| seen.told.id.0 == used.grant_id.0);
    let Some(seen) = told else { return Ok(Some(used.grant_id)) };
    let record = client.prove_grant(&used.grant_id).await.or_fail()?.value;
    let goes_on = record.is_some_and(|record| record.terms.expires_ms > seen.told.ends);
    Ok(goes_on.then_some(used.grant_id))
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

#[cfg(test)]
mod tests {
    use salus_chain::ids::{KemPublicKey, VerifyingKey};
    use salus_wire::view::{ActivityBy, ProofView};

    use super::*;
    use crate::testing::{Hands, NOON, patient};

    fn text(id: u8, by: u8) -> Vec<u8> {
        let clinician = ClinicianView {
            name: "Dr. Adams".to_owned(),
            organisation: "Hill Hospital".to_owned(),
            attested_by: "Member".to_owned(),
            proven_at_height: "7".to_owned(),
            asks: None,
            on_duty: false,
        };
        let told = Told {
            id: GrantId([id; 32]),
            by,
            clinician,
            categories: vec![Category::HeartRate],
            data_from: NOON,
            data_to: NOON + 1,
            starts: NOON,
            ends: NOON + 1,
            policy: String::new(),
            members_holding: 4,
            reader: ReaderKey::new(VerifyingKey([1; 32]), KemPublicKey([2; 32])),
            code: String::new(),
            context: power::given_context(by, 0),
        };
        serde_json::to_vec(&told).unwrap()
    }

    #[tokio::test]
    async fn a_laptop_does_not_tell_of_what_another_told_of_as_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let own = Own::load(&open.vault).await.unwrap();
        assert!(take(&open.vault, &own, 1, &[text(7, 1)]).await.unwrap());
        assert!(take(&open.vault, &own, 2, &[text(7, 2), text(8, 2)]).await.unwrap());
        let seen = all(&open.vault).await.unwrap();
        let told: Vec<(u8, u8)> = seen.iter().map(|seen| (seen.told.id.0[0], seen.told.by)).collect();
        assert_eq!(told, [(7, 1), (8, 2)]);
        // Who opened something with them is listed here as well, each once.
        let listed = crate::activity::subject::all(&app, &open.vault).await.unwrap();
        let ids: Vec<u8> = listed.iter().map(|subject| subject.id.0[0]).collect();
        assert_eq!(ids, [7, 8]);
        assert!(listed.iter().all(|subject| subject.given == ActivityBy::OtherLaptop));
        drop(open);
        app.close().await.unwrap();
    }

    #[tokio::test]
    async fn what_another_laptop_gave_is_stopped_by_the_key_of_its_mandate_while_it_runs() {
        let dir = tempfile::tempdir().unwrap();
        let app = patient(dir.path(), &Hands::at(NOON)).await;
        let open = app.open().await.unwrap();
        let vault = &open.vault;
        let own = Own::load(vault).await.unwrap();
        take(vault, &own, 1, &[text(7, 1)]).await.unwrap();
        assert!(elsewhere(vault, NOON).await.unwrap().is_empty(), "the members said nothing of it yet");
        assert_eq!(behind(vault, GrantId([7; 32])).await.unwrap(), Some(Identity::FIRST));
        assert_eq!(behind(vault, GrantId([8; 32])).await.unwrap(), None);

        let mut seen = all(vault).await.unwrap();
        let stands = |state| {
            let proof = ProofView { height: "1".into(), block: String::new(), time: NOON, signed_by: vec![] };
            Some(Proven { state, erased: 0, openings: 0, proof })
        };
        seen[0].proven = stands(PermissionState::Active);
        save(vault, 1, &seen).await.unwrap();
        let found = elsewhere(vault, NOON).await.unwrap();
        let [one] = found.as_slice() else { panic!("{}", found.len()) };
        assert_eq!((one.id, one.clinician.name.as_str()), (GrantId([7; 32]), "Dr. Adams"));
        let mandate = power::give_key(vault, Identity::FIRST, 1, 0);
        assert_eq!(one.key.verifying_key(), mandate.verifying_key());
        // Told again under another mandate, the one that was proven stays.
        let mut other: Told = serde_json::from_slice(&text(7, 1)).unwrap();
        other.context = power::given_context(1, 5);
        take(vault, &own, 1, &[serde_json::to_vec(&other).unwrap()]).await.unwrap();
        let found = elsewhere(vault, NOON).await.unwrap();
        assert!(
            found.iter().all(|one| one.key.verifying_key() == mandate.verifying_key()) && found.len() == 1
        );
        assert!(elsewhere(vault, NOON + 1).await.unwrap().is_empty(), "it is over by the clock");
        seen[0].proven = stands(PermissionState::Stopped);
        save(vault, 1, &seen).await.unwrap();
        assert!(elsewhere(vault, NOON).await.unwrap().is_empty());
        drop(open);
        app.close().await.unwrap();
    }
}

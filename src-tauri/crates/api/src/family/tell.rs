//! What the patient's computer does for helpers by itself: tells them who helps and what the rules are, leases stewards the
//! keys of what they may read, and sends sealed readings ahead of them.

use std::time::Duration;

use salus_chain::circle::{CircleRecord, Seated, Signer};
use salus_chain::ids::VerifyingKey;
use salus_chain::time::Epoch;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::circle::word::{self, KEEP_MS};
use salus_sharing::circle::{Estate, Word, power};
use salus_sharing::issue::{IssueError, SeriesKey};
use salus_vault::Vault;
use salus_wire::view::HelperRole;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};

use super::kept::{Helper, Known, Own, Sent, Told};
use super::seen::Seen;
use super::{clinicians, limits, reach};
use crate::App;
use crate::failure::{Fail, OrFail};
use crate::lock::Open;
use crate::outbox;
use crate::share::enrol;
use crate::share::upload::{self, PAUSE, Running, Wanted};

/// A steward's keys reach further every so often: 7 days.
const RENEW_MS: i64 = 7 * limits::DAY;
/// How long readings are sent in one go.
const SENDING: Duration = Duration::from_secs(15);

/// Writes to every helper to whom something is due; true when one was written to.
pub(super) async fn helpers(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let Some(mut own) = Own::load(&open.vault).await? else { return Ok(false) };
    let Some(seen) = Seen::load(&open.vault, &own.circle).await? else { return Ok(false) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let mut written = false;
    for seated in &circle.delegates {
        let at = own.helpers.iter().position(|helper| helper.relative.pk == seated.delegate.pk);
        let Some(at) = at else { continue };
        let in_force = circle.in_force(seated.seat, now);
        let known = reach::within(&open.vault, &own, &circle, &own.helpers[at]);
        if known.from_before || !due(&open.vault, &known, circle.revision, in_force, now) {
            continue;
        }
        let word = write(app, open, &own, &circle, seated, &known, in_force, now).await?;
        let leased = word.estate.as_ref().map(Estate::until);
        let generations = word.estate.is_some().then(|| generations(&open.vault, &known));
        let said = word.sign(&client.chain_id(), &own.key(&open.vault)).or_fail()?;
        let helper = &mut own.helpers[at];
        // Before it is sent: nobody holds keys that are not known of.
        helper.keys_until = helper.keys_until.max(leased);
        if let Some(generations) = generations {
            helper.generations = generations;
        }
        own.save(&open.vault).await?;
        let helper = &mut own.helpers[at];
        let until = now.saturating_add(KEEP_MS);
        let sent = outbox::send(&open.vault, client, &said, &helper.relative.inbox, (until, now)).await;
        if let Err(error) = sent {
            tracing::debug!(%error, "a helper is told later");
            continue;
        }
        helper.told = Some(Told { revision: circle.revision, in_force, at: now });
        own.save(&open.vault).await?;
        written = true;
    }
    Ok(written)
}

/// Nothing was said yet, something of it changed, or a steward's keys end soon or are not those of now.
fn due(vault: &Vault, helper: &Helper, revision: u32, in_force: bool, now: UnixMillis) -> bool {
    let renew = in_force && helper.limits.role == HelperRole::Steward;
    helper.told.is_none_or(|told| {
        (told.revision, told.in_force) != (revision, in_force)
            || (renew && (helper.is_behind(vault) || now.saturating_sub(told.at) >= RENEW_MS))
    })
}

/// The newest generation of the keys of each category that a helper may read, and of those that they were given before.
fn generations(vault: &Vault, helper: &Helper) -> Vec<(Category, u32)> {
    let reads = &helper.limits.categories;
    let before = helper.given().into_iter().filter(|(category, _)| !reads.contains(category));
    before.chain(reads.iter().map(|category| (*category, vault.series(*category).generation))).collect()
}

#[expect(clippy::too_many_arguments, reason = "each is one fact of what is written")]
async fn write(
    app: &App,
    open: &Open,
    own: &Own,
    circle: &CircleRecord,
    seated: &Seated,
    helper: &Helper,
    in_force: bool,
    now: UnixMillis,
) -> Result<Word, Failure> {
    let vault = &open.vault;
    let mut said = begun(app, open, own, circle, seated.delegate.pk, now);
    let person = said.person.clone();
    let salts = own.salts(vault);
    said.tell_salts(&salts);
    said.recipients = clinicians::recipients(&helper.limits, &salts)?;
    said.ordinary = own.current(vault, circle).ordinary.iter().copied().collect();
    said.allowed = helper.limits.categories.iter().copied().collect();
    // A steward who may read nothing any more has a word like anybody else.
    if in_force && helper.limits.role == HelperRole::Steward && !helper.limits.categories.is_empty() {
        said.estate = estate(open, helper, seated, &person, now).await?;
    }
    Ok(said)
}

/// What everybody of the circle is told: who it is, who helps, and who can help to get back.
pub(super) fn begun(
    app: &App,
    open: &Open,
    own: &Own,
    circle: &CircleRecord,
    to: VerifyingKey,
    now: UnixMillis,
) -> Word {
    let person = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let mut said = Word::new(own.circle, to, now, &person, own.inbox(&open.vault).public());
    let helper = |other: &Seated| {
        let known = own.helper(&other.delegate.pk)?;
        Some(word::Helper { seat: other.seat, relative: known.relative.relative() })
    };
    said.helpers = circle.delegates.iter().filter_map(helper).collect();
    let guardian = |pk: &VerifyingKey| own.guardians.iter().find(|known| known.relative.pk == *pk);
    let guardians = circle.guardians.keys.iter().filter_map(guardian);
    said.guardians = guardians.map(|known| known.relative.relative()).collect();
    said
}

/// Writes to every guardian who does not know how the circle is; true when one was written to. They get names, and no key.
pub(super) async fn guardians(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let Some(mut own) = Own::load(&open.vault).await? else { return Ok(false) };
    let Some(seen) = Seen::load(&open.vault, &own.circle).await? else { return Ok(false) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let mut written = false;
    for at in 0..own.guardians.len() {
        let Known { pk, inbox, .. } = own.guardians[at].relative.clone();
        let named = circle.guardians.keys.contains(&pk);
        if !named || own.guardians[at].told == Some(circle.revision) {
            continue;
        }
        let word = begun(app, open, &own, &circle, pk, now);
        let said = word.sign(&client.chain_id(), &own.key(&open.vault)).or_fail()?;
        let until = now.saturating_add(KEEP_MS);
        if let Err(error) = outbox::send(&open.vault, client, &said, &inbox, (until, now)).await {
            tracing::debug!(%error, "a guardian is told later");
            continue;
        }
        own.guardians[at].told = Some(circle.revision);
        own.save(&open.vault).await?;
        written = true;
    }
    Ok(written)
}

/// The keys of what a steward may read, no further ahead than the lease.
async fn estate(
    open: &Open,
    helper: &Helper,
    seated: &Seated,
    person: &str,
    now: UnixMillis,
) -> Result<Option<Estate>, Failure> {
    let (vault, limits) = (&open.vault, &helper.limits);
    let longest = seated.delegate.longest_ms;
    let Some(scope) = power::lease(longest, seated.delegate.lapses_ms, limits.data_from, now) else {
        return Ok(None);
    };
    let keys = |category: &Category| SeriesKey::of(vault.parts(*category));
    let series: Vec<SeriesKey> = limits.categories.iter().flat_map(keys).collect();
    let disclosures = enrol::disclosures(vault).await?;
    let devices = open.devices.told(&limits.categories, limits.data_from);
    let estate = Estate::lease(&series, scope, person, vault.writers(), disclosures, devices);
    estate.map(Some).map_err(|error| IssueError::from(error).fail())
}

/// Sends sealed readings that stewards in force may read.
pub(super) async fn readings(app: &App, open: &Open, client: &LightClient) -> Result<(), Failure> {
    let Some(own) = Own::load(&open.vault).await? else { return Ok(()) };
    let Some(seen) = Seen::load(&open.vault, &own.circle).await? else { return Ok(()) };
    let now = app.now();
    let circle = seen.circle()?.at(now);
    let steward = |helper: &&Helper| {
        let Some(Signer::Delegate(seat)) = circle.find(&helper.relative.pk) else { return false };
        let known = !helper.from_before;
        known && helper.limits.role == HelperRole::Steward && circle.in_force(seat, now)
    };
    let stewards: Vec<&Helper> = own.helpers.iter().filter(steward).collect();
    let from = stewards.iter().map(|helper| helper.limits.data_from).min();
    let until = stewards.iter().map(|helper| helper.limits.lapses).max();
    let Some((from, until)) = from.zip(until) else { return Ok(()) };
    let Ok(scope) = Scope::new(Epoch::at(from).0, Epoch::at(until.saturating_sub(1)).0) else {
        return Ok(());
    };
    let every = Category::ALL.iter().copied();
    let categories: Vec<Category> =
        every.filter(|c| stewards.iter().any(|helper| helper.limits.categories.contains(c))).collect();
    let before = Sent::load(&open.vault).await?;
    let mut sent = before.clone();
    if sent.until < until {
        // Longer than before: depots are asked to keep it longer.
        sent = Sent { until, uploaded: Vec::new() };
    }
    let wanted = Wanted { categories, scope, until };
    let sending = upload::send(app, open, client, &wanted, &mut sent.uploaded, Running::NotSince(PAUSE));
    // What was sent is kept, also where there is more of it than comes in this time.
    let outcome = tokio::time::timeout(SENDING, sending).await;
    if sent != before {
        sent.save(&open.vault).await?;
    }
    outcome.unwrap_or_else(|_| Err(ErrorCode::TooFewMembers.into()))
}

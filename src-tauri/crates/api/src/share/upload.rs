//! Sealed readings to the depots, as far as permissions cover them.

use std::time::Duration;

use salus_chain::contract::Ready;
use salus_chain::time::Epoch as ChainEpoch;
use salus_keeper::Scope;
use salus_light::LightClient;
use salus_sharing::issue::HeldDay;
use salus_vault::{Epoch, SealedDay, VaultError};
use salus_wire::{Category, Failure, UnixMillis};
use tokio::time::Instant;

use super::kept::{Facts, Kept, Uploaded};
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::repeat::{Repeat, note};

/// What happens to the running epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Running {
    /// Sealed as far as it is, at once: a new permission opens right away.
    Now,
    /// Sealed at most once in this time: each sealing is a new version to send.
    NotSince(Duration),
}

/// A running epoch is sealed again at most once a minute.
pub(crate) const PAUSE: Duration = Duration::from_secs(60);

/// Days that are sent in one go.
const TOGETHER: usize = 32;

/// Which sealed readings the depots are to hold, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) categories: Vec<Category>,
    pub(crate) scope: Scope,
    pub(crate) until: UnixMillis,
}

/// Seals and sends what is new inside a permission's scope; notes in `kept` what enough depots hold.
pub(super) async fn all(
    app: &App,
    open: &Open,
    client: &LightClient,
    kept: &mut Kept,
    running: Running,
) -> Result<(), Failure> {
    if Ready::of(&kept.facts.policy).is_some_and(|ready| ready.gives_days()) {
        return days(app, open, client, &mut kept.facts, running).await;
    }
    let (categories, scope) = (kept.facts.categories.clone(), kept.permission.scope());
    let wanted = Wanted { categories, scope, until: kept.facts.ends };
    send(app, open, client, &wanted, &mut kept.facts.uploaded, running).await
}

/// Sends the summaries of days that are over and new, or summed up again, where a permission gives these only.
async fn days(
    app: &App,
    open: &Open,
    client: &LightClient,
    facts: &mut Facts,
    running: Running,
) -> Result<(), Failure> {
    let (now, members) = (app.now(), client.genesis().n());
    let mut repeat = may_repeat(open, running);
    let Some(days) = salus_sharing::days::days(facts.data_from, facts.data_to) else { return Ok(()) };
    readable(open.vault.close_epochs(now).await.map(drop))?;
    for category in facts.categories.iter().copied() {
        let mut waiting = Vec::new();
        for (day, version) in open.vault.summed_days(category, days.clone(), now).await.or_fail()? {
            let new = Uploaded { category, epoch: day, version, again: 0 };
            if !repeat.sends(&facts.uploaded, &new, Instant::now()) {
                continue;
            }
            // Of a day without a value that a summary counts there is nothing to send, and nothing to look at again.
            if let Some(day) = readable(open.vault.give_day(category, day).await)? {
                waiting.push((new, day));
            }
        }
        // Noted in between: who is cut off goes on from there.
        for some in waiting.chunks(TOGETHER) {
            let sealed: Vec<SealedDay> = some.iter().filter_map(|(_, day)| day.clone()).collect();
            let sent = if sealed.is_empty() {
                Vec::new()
            } else {
                salus_sharing::issue::upload_days(client, &sealed, facts.ends, now).await.or_fail()?
            };
            for (new, _) in some {
                let everywhere = |one: &HeldDay| one.day != new.epoch || one.depots.len() >= members;
                note(&mut facts.uploaded, *new, sent.iter().all(everywhere));
            }
        }
    }
    Ok(())
}

/// Seals and sends what is new of what is wanted; notes in `uploaded` what enough depots hold.
pub(crate) async fn send(
    app: &App,
    open: &Open,
    client: &LightClient,
    wanted: &Wanted,
    uploaded: &mut Vec<Uploaded>,
    running: Running,
) -> Result<(), Failure> {
    let (now, members) = (app.now(), client.genesis().n());
    let mut repeat = may_repeat(open, running);
    let scope = wanted.scope;
    let current = ChainEpoch::at(now).0;
    let last = scope.last_epoch.min(current);
    let (Some(first), Some(last)) = (Epoch::new(scope.first_epoch), Epoch::new(last)) else { return Ok(()) };
    if first > last {
        return Ok(());
    }
    readable(open.vault.close_epochs(now).await.map(drop))?;
    for category in wanted.categories.iter().copied() {
        if last.number() == current && due(open, category, running) {
            readable(open.vault.flush_epoch(category, last).await.map(drop))?;
        }
        for head in open.vault.epochs(category, first..=last).await.or_fail()? {
            let epoch = head.epoch.number();
            let new = Uploaded { category, epoch, version: head.version, again: 0 };
            // Of an hour that lost all its readings the depots get that it did.
            let held = uploaded.iter().any(|u| (u.category, u.epoch) == (category, epoch));
            let nothing = head.readings == 0 && !held;
            if nothing || !repeat.sends(uploaded, &new, Instant::now()) {
                continue;
            }
            let sealed = open.vault.sealed_segments(category, head.epoch..=head.epoch).await;
            let Some(sealed) = readable(sealed)? else { continue };
            let sent = salus_sharing::issue::upload(client, &sealed, wanted.until, now).await.or_fail()?;
            for one in sent {
                let new = Uploaded { category, epoch: one.epoch.number(), version: one.version, again: 0 };
                note(uploaded, new, one.depots.len() >= members);
            }
        }
    }
    Ok(())
}

/// A damaged hour is left out, and told where it is read: the others are sent.
fn readable<T>(sealed: Result<T, VaultError>) -> Result<Option<T>, Failure> {
    match sealed {
        Err(VaultError::Damaged { .. }) => Ok(None),
        sealed => sealed.or_fail().map(Some),
    }
}

/// What may be sent once more: not while a person waits for what is new.
fn may_repeat(open: &Open, running: Running) -> Repeat<'_> {
    match running {
        Running::Now => Repeat::nothing(&open.repeated.readings),
        Running::NotSince(_) => Repeat::since(&open.repeated.readings, Instant::now()),
    }
}

fn due(open: &Open, category: Category, running: Running) -> bool {
    let mut flushed = open.flushed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let now = Instant::now();
    let due = match (running, flushed.get(&category)) {
        (Running::NotSince(pause), Some(last)) => now.duration_since(*last) >= pause,
        _ => true,
    };
    if due {
        flushed.insert(category, now);
    }
    due
}

//! Letters that are taken in: the words of those whom this record's person helps, and stewards' notices.

use std::collections::BTreeSet;

use salus_chain::circle::{CircleRecord, Signer};
use salus_chain::codec::Record;
use salus_chain::ids::{CircleId, Hash32};
use salus_light::LightClient;
use salus_sharing::circle::notice::{self, NoticeError};
use salus_sharing::circle::{Entrusted, Hello, Notice, Recalled, Stops, Watch, Word, letter};
use salus_vault::Vault;
use salus_wire::Failure;
use zeroize::Zeroizing;

use super::kept::{Coded, Own};
use super::{emergency, greet, hold, lost, seen, stops};
use crate::App;
use crate::failure::OrFail;
use crate::lock::Open;

/// A code that nobody used is listened to for 90 days.
const LISTEN_MS: i64 = 90 * 86_400_000;
/// Letters remembered as read; more than an inbox holds at every member.
const MOST_READ: usize = 512;

type Letters = Vec<(Hash32, Zeroizing<Vec<u8>>)>;

/// What became of a letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// It changed what is known.
    News,
    /// It is none for us, says nothing new, or does not hold.
    Nothing,
    /// Whether it holds cannot be said now.
    Later,
}

/// Takes in what waits; true when something that screens show has changed.
pub(super) async fn take(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut changed = to_person(open, client).await?;
    changed |= lost::take(app, open, client).await?;
    for coded in Coded::all(&open.vault).await? {
        let stale = app.now().saturating_sub(coded.facts.made) > LISTEN_MS;
        if coded.facts.circle.is_some() || !stale {
            changed |= to_helper(app, open, client, coded).await?;
        }
    }
    Ok(changed)
}

/// What stewards tell the person whose circle it is.
async fn to_person(open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let vault = &open.vault;
    let Some(mut own) = Own::load(vault).await? else { return Ok(false) };
    let inbox = own.inbox(vault);
    let letters = letter::collect(client, &inbox, &known(&own.read)).await.or_fail()?;
    let (mut changed, before) = (false, own.read.clone());
    // What helpers recall first: notices are held against it.
    let (recalled, letters): (Letters, Letters) =
        letters.into_iter().partition(|(_, said)| Recalled::decode(said).is_ok());
    for (hash, said) in &recalled {
        let read = greet::recall(vault, client, &mut own, said).await?;
        changed |= read == Read::News;
        note(&mut own.read, *hash, read);
    }
    // What the person knows of the own circle, to hold notices against.
    let mut word = Word::new(own.circle, own.key(vault).verifying_key(), 0, "", inbox.public());
    word.tell_salts(&own.salts(vault));
    for (hash, said) in &letters {
        let read = noticed(vault, client, &word, said).await?;
        changed |= read == Read::News;
        note(&mut own.read, *hash, read);
    }
    if own.read != before {
        own.save(vault).await?;
    }
    Ok(changed)
}

async fn to_helper(app: &App, open: &Open, client: &LightClient, mut coded: Coded) -> Result<bool, Failure> {
    let vault = &open.vault;
    let letters: Letters =
        letter::collect(client, &coded.secret.inbox, &known(&coded.facts.read)).await.or_fail()?;
    let before = coded.facts.clone();
    let mut changed = false;
    // Words first: a notice is held against the newest.
    let (words, others): (Letters, Letters) =
        letters.into_iter().partition(|(_, said)| Word::read_for(said, &coded.pk()).is_ok());
    for (hash, said) in &words {
        let read = worded(vault, client, &mut coded, said).await?;
        changed |= read == Read::News;
        note(&mut coded.facts.read, *hash, read);
    }
    let word = coded.word(vault).await?;
    for (hash, said) in &others {
        let read = match &word {
            Some(word) => other(app, open, client, &coded, word, said).await?,
            None => Read::Later,
        };
        changed |= read == Read::News;
        note(&mut coded.facts.read, *hash, read);
    }
    if coded.facts != before {
        coded.save(vault).await?;
    }
    Ok(changed)
}

/// What a helper or guardian is told besides words.
async fn other(
    app: &App,
    open: &Open,
    client: &LightClient,
    coded: &Coded,
    word: &Word,
    said: &[u8],
) -> Result<Read, Failure> {
    let vault = &open.vault;
    if let Ok(hello) = Hello::decode(said) {
        return greet::answer(app, vault, client, coded, word, &hello).await;
    }
    if let Ok(entrusted) = Entrusted::decode(said) {
        return hold::keep(vault, client, coded, &entrusted).await;
    }
    if let Ok(watch) = Watch::decode(said) {
        return emergency::take(vault, client, coded, &watch).await;
    }
    if let Ok(told) = Stops::decode(said) {
        return stops::take(vault, client, coded, &told).await;
    }
    noticed(vault, client, word, said).await
}

/// A word counts when the person of a circle in which this key sits signed it, and it is the newest. A code is used in one
/// circle: the first.
async fn worded(
    vault: &Vault,
    client: &LightClient,
    coded: &mut Coded,
    said: &[u8],
) -> Result<Read, Failure> {
    let Ok(word) = Word::read_for(said, &coded.pk()) else { return Ok(Read::Nothing) };
    let other = coded.facts.circle.is_some_and(|circle| circle != word.circle);
    if other {
        return Ok(Read::Nothing);
    }
    let Some(circle) = proven(client, &word.circle).await? else { return Ok(Read::Later) };
    let seated = matches!(circle.find(&coded.pk()), Some(Signer::Delegate(_) | Signer::Guardian(_)));
    if !seated || word.verify(&client.chain_id(), &circle).is_err() {
        return Ok(Read::Nothing);
    }
    let last = coded.word(vault).await?;
    let stands = last.is_some_and(|last| last.verify(&client.chain_id(), &circle).is_ok());
    if !is_newer(stands.then_some(coded.facts.number), word.number) {
        return Ok(Read::Nothing);
    }
    coded.keep_word(vault, said).await?;
    coded.facts.circle = Some(word.circle);
    coded.facts.guardian = matches!(circle.find(&coded.pk()), Some(Signer::Guardian(_)));
    coded.facts.number = word.number;
    Ok(Read::News)
}

/// The circle that a letter is about, as the members have it now; none where the one that was asked knows of none, which may change.
pub(super) async fn proven(client: &LightClient, circle: &CircleId) -> Result<Option<CircleRecord>, Failure> {
    let proven = client.prove_circle(circle).await.or_fail()?;
    Ok(proven.value.map(|circle| circle.at(proven.head.time_ms)))
}

/// Whether what the person says under a number is newer than what their present key said last, if it said anything. What a key of
/// before said last does not count: a thief who had it could have named the largest number there is, and nobody would hear the person
/// again.
pub(super) fn is_newer(last: Option<i64>, number: i64) -> bool {
    last.is_none_or(|last| number > last)
}

async fn noticed(vault: &Vault, client: &LightClient, word: &Word, said: &[u8]) -> Result<Read, Failure> {
    let Ok(notice) = Notice::decode(said) else { return Ok(Read::Nothing) };
    match notice::prove(client, word, &notice).await {
        Ok(_) => {
            seen::keep_notice(vault, &notice).await?;
            Ok(Read::News)
        }
        // The member that was asked may not have the block yet.
        Err(NoticeError::Light(_) | NoticeError::NotGiven) => Ok(Read::Later),
        Err(error) => {
            tracing::debug!(%error, "a notice does not hold");
            Ok(Read::Nothing)
        }
    }
}

pub(super) fn known(read: &[Hash32]) -> BTreeSet<Hash32> {
    read.iter().copied().collect()
}

fn note(all: &mut Vec<Hash32>, hash: Hash32, read: Read) {
    if read != Read::Later {
        all.push(hash);
        let extra = all.len().saturating_sub(MOST_READ);
        all.drain(..extra);
    }
}

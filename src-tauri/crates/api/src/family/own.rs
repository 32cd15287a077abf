//! The patient's own circle: a helper comes or goes, a power goes on, the rules change.

use std::io::Read;
use std::path::Path;

use rand::Rng;
use salus_chain::circle::{Change, REVIEW_AHEAD_MS};
use salus_chain::ids::{Hash32, Nonce16};
use salus_light::LightClient;
use salus_sharing::circle::power::instrument_hash;
use salus_sharing::circle::{Code, Voice, speak};
use salus_wire::command::{AddDelegate, ConfirmReview, RemoveDelegate, SetFamilyRules};
use salus_wire::view::{FamilyRules, FamilyView, HelperLimits};
use salus_wire::{ErrorCode, Failure};

use super::kept::{Helper, Known, Own};
use super::{clinicians, code, limits, sentence, shown};
use crate::app::{rng, utc_offset_minutes};
use crate::asked::Asked;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::{App, Choice, Run, laptops};

/// Largest paper: a scan of some pages.
const MAX_PAPER: u64 = 64 << 20;
/// How far ahead a review is confirmed: a day inside what the ledger takes, so that a clock ahead is not refused.
const ANOTHER_YEAR_MS: i64 = REVIEW_AHEAD_MS - limits::DAY;

impl Run for AddDelegate {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let now = app.now();
        let client = app.0.network.client()?;
        let longest = client.genesis().params.max_grant_ms;
        // What cannot be is refused before anything is asked.
        limits::power(&self.limits, Hash32::ZERO, longest, now)?;
        let code = code::read(&client, &self.code)?;
        let open = app.open().await?;
        if !laptops::may_renew(&open.vault).await? {
            // When a helper goes, new keys begin: two laptops that began some would have two different ones.
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        let limits = clinicians::as_known(&open.vault, &self.limits).await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let (own, exists) = circle(app, &open, &client, self.rules).await?;
        let instrument = if self.paper { paper(app, &open, &own, &code).await? } else { Hash32::ZERO };
        let power = limits::power(&limits, instrument, longest, now)?;
        let sentence = sentence::helper(app.tongue(), &code, &limits, now, utc_offset_minutes(now));
        app.ask(Asked::Helper, &sentence).await?;
        let _turn = open.sharing.take().await;
        // While the question stood, helpers may have been told something.
        let own = match Own::load(&open.vault).await? {
            Some(newer) => Own { rules: own.rules, ..newer },
            None => own,
        };
        let delegate = power.delegate(code.relative().pk, &own.salts(&open.vault));
        let own = remember(&open, own, &code, &limits).await?;
        let key = own.key(&open.vault);
        if exists {
            let voice = Voice { circle: own.circle, key: &key };
            speak::change(&client, voice, Change::AddDelegate(delegate)).await.or_fail()?;
        } else {
            let policy = limits::rules(&own.rules)?.policy(&own.salts(&open.vault));
            speak::make(&client, &key, Nonce16(own.nonce), vec![delegate], policy).await.or_fail()?;
        }
        shown(app, &open, &client).await
    }
}

/// The own circle, and whether the members have it already; rules are for one that they have not.
pub(super) async fn circle(
    app: &App,
    open: &Open,
    client: &LightClient,
    rules: Option<FamilyRules>,
) -> Result<(Own, bool), Failure> {
    let known = Own::load(&open.vault).await?;
    let exists = match &known {
        Some(own) => {
            let proven = client.prove_circle(&own.circle).await;
            proven.map_err(|e| app.0.network.failure(&e))?.value.is_some()
        }
        None => false,
    };
    if exists && rules.is_some() {
        return Err(Failure::with(ErrorCode::BadRequest, "rules"));
    }
    let mut own = known.unwrap_or_else(|| {
        let mut nonce = [0; 16];
        rng().fill_bytes(&mut nonce);
        Own::new(&open.vault, &client.chain_id(), nonce, limits::usual())
    });
    own.rules = rules.unwrap_or(own.rules);
    limits::rules(&own.rules)?;
    Ok((own, exists))
}

/// The salted hash of the paper that the person chooses.
async fn paper(app: &App, open: &Open, own: &Own, code: &Code) -> Result<Hash32, Failure> {
    let chosen = app.0.config.confirm.choose(Choice::Paper).await.ok_or(ErrorCode::Cancelled)?;
    let octets = octets_of(&chosen)?;
    Ok(instrument_hash(&own.paper(&open.vault, &code.relative().pk), &octets))
}

fn octets_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut octets = Vec::new();
    std::fs::File::open(path).or_fail()?.take(MAX_PAPER + 1).read_to_end(&mut octets).or_fail()?;
    if octets.len() as u64 > MAX_PAPER { Err(ErrorCode::TooLarge.into()) } else { Ok(octets) }
}

/// Keys and name are on disk before anything is signed.
async fn remember(open: &Open, mut own: Own, code: &Code, limits: &HelperLimits) -> Result<Own, Failure> {
    let relative = Known::of(code.relative());
    own.helpers.retain(|helper| helper.relative.pk != relative.pk);
    let limits = limits.clone();
    own.helpers.push(Helper {
        relative,
        limits,
        told: None,
        keys_until: None,
        generations: Vec::new(),
        narrows: None,
        from_before: false,
        watches: None,
        stops: None,
    });
    own.save(&open.vault).await?;
    Ok(own)
}

impl Run for RemoveDelegate {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        change(app, Change::RemoveDelegate(self.seat)).await
    }
}

impl Run for ConfirmReview {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let open = app.open().await?;
        // The helper themselves may find the record open, and nobody lengthens a power of their own.
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let (client, now) = (app.0.network.client()?, app.now());
        let own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        let power = circle.seated(self.seat).ok_or(ErrorCode::NothingYet)?.delegate;
        let known = own.helpers.iter().find(|helper| helper.relative.pk == power.pk);
        let name = known.map(|helper| helper.relative.name.as_str()).unwrap_or_default();
        let review_ms = now.saturating_add(ANOTHER_YEAR_MS);
        let until = (review_ms, power.lapses_ms);
        let sentence = sentence::goes_on(app.tongue(), name, until, utc_offset_minutes(now));
        app.ask(Asked::ReviewPassed, &sentence).await?;
        let _turn = open.sharing.take().await;
        // While the question stood, another key may have come to speak for the person.
        let own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        said(&open, &client, &own, Change::ConfirmReview { seat: self.seat, review_ms }).await?;
        shown(app, &open, &client).await
    }
}

impl Run for SetFamilyRules {
    async fn run(self, app: &App) -> Result<FamilyView, Failure> {
        let rules = limits::rules(&self.rules)?;
        let open = app.open().await?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let client = app.0.network.client()?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
        let circle = speak::standing(&client, &own.circle).await.or_fail()?.value;
        own.rules = own.current(&open.vault, &circle).clone();
        own.next = Some(self.rules);
        // On disk before it is said: which of the two holds, the proven circle tells.
        own.save(&open.vault).await?;
        let policy = rules.policy(&own.salts(&open.vault));
        said(&open, &client, &own, Change::SetPolicy(policy)).await?;
        shown(app, &open, &client).await
    }
}

async fn change(app: &App, change: Change) -> Result<FamilyView, Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    let _turn = open.sharing.take().await;
    let own = Own::load(&open.vault).await?.ok_or(ErrorCode::NothingYet)?;
    said(&open, &client, &own, change).await?;
    shown(app, &open, &client).await
}

async fn said(open: &Open, client: &LightClient, own: &Own, change: Change) -> Result<(), Failure> {
    let key = own.key(&open.vault);
    let voice = Voice { circle: own.circle, key: &key };
    speak::change(client, voice, change).await.map(drop).or_fail()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Hands, NOON, PASSPHRASE, patient};

    #[tokio::test]
    async fn whoever_finds_the_record_open_lets_no_help_go_on() {
        let (dir, clock) = (tempfile::tempdir().unwrap(), Hands::at(NOON));
        let app = patient(dir.path(), &clock).await;
        let confirm = |passphrase: &str| ConfirmReview { seat: 1, passphrase: passphrase.into() };
        assert_eq!(app.run(confirm("something else")).await.unwrap_err().code, ErrorCode::WrongPassphrase);
        // With the passphrase it is a matter of the members, of whom there are none here.
        assert_ne!(app.run(confirm(PASSPHRASE)).await.unwrap_err().code, ErrorCode::WrongPassphrase);
    }
}

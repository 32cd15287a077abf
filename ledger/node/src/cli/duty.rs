//! `duty`: who of the clinicians that this member attests is on duty, and as what.

use std::io::Read;

use anyhow::{Context, anyhow, bail, ensure};
use clap::{Args, Subcommand};
use salus_chain::attestation::Attestation;
use salus_chain::codec::Record;
use salus_chain::duty::{DutyGroup, MAX_DUTY_MS};
use salus_chain::ids::VerifyingKey;
use salus_chain::time::UnixMillis;
use salus_chain::tx::{DutyBody, Tx};

use super::At;
use super::attest::Member;
use crate::config::Config;
use crate::roster::Roster;
use crate::spool;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day is the longest duty by block time too, which may be behind this clock.
const MARGIN_MS: i64 = 10 * MINUTE_MS;
/// An attestation is below 2 KiB as text.
const MAX_TEXT: u64 = 16 * 1024;

#[derive(Debug, Args)]
pub(super) struct Duty {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put a clinician on duty: they open what patients gave to those on duty here in this role, until the time is over.
    ///
    /// Say it only of who is at work: each opening carries your organisation's word, and its patient is told who opened.
    On(On),
    /// Take a clinician off duty at once: from the next block on they open nothing more that was given to those on duty.
    Off(Off),
    /// List everybody whom this member attests, and until when they are on duty by its own last word.
    List(List),
}

#[derive(Debug, Args)]
struct On {
    #[command(flatten)]
    at: At,
    /// The clinician's credential key, 64 hex digits, as `duty list` shows it.
    #[arg(long, value_name = "HEX", conflicts_with = "attestation")]
    key: Option<VerifyingKey>,
    /// The attestation that you gave to the clinician, as text, or - to read it from standard input: for who was attested
    /// before this member kept attestations.
    #[arg(long, value_name = "TEXT", required_unless_present = "key")]
    attestation: Option<String>,
    /// What they are on duty as: one of keeper.duty_roles in config.toml, which are the words that patients choose from.
    #[arg(long, value_name = "ROLE")]
    role: String,
    /// For how many hours.
    #[arg(long, value_name = "HOURS", default_value_t = 8, value_parser = clap::value_parser!(i64).range(1..=24))]
    hours: i64,
    /// For tests only: the clock that the node runs on.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<std::path::PathBuf>,
}

#[derive(Debug, Args)]
struct Off {
    #[command(flatten)]
    at: At,
    /// The clinician's credential key, 64 hex digits.
    #[arg(long, value_name = "HEX")]
    key: VerifyingKey,
    /// For tests only: the clock that the node runs on.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<std::path::PathBuf>,
}

#[derive(Debug, Args)]
struct List {
    #[command(flatten)]
    at: At,
    /// For tests only: the clock that the node runs on.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<std::path::PathBuf>,
}

impl Duty {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        match self.command {
            What::On(on) => on.execute(),
            What::Off(off) => off.execute(),
            What::List(list) => list.execute(),
        }
    }
}

/// Signs a statement and leaves it for the node. The nonce is the time: later statements replace earlier ones.
fn state(member: &Member, key: VerifyingKey, group: DutyGroup, until_ms: UnixMillis) -> anyhow::Result<()> {
    let nonce = u64::try_from(member.now).context("the clock is before 1970")?;
    let body = DutyBody { credential_pk: key, group, until_ms, nonce };
    let tx = body.sign(&member.genesis.chain_id(), &member.keys.keeper);
    Roster::of(&member.home).say(&tx).context("the duty cannot be kept in data/people")?;
    spool::leave(&member.home, &Tx::Duty(tx).encode()).context("the transaction cannot be left for the node")
}

impl On {
    fn execute(self) -> anyhow::Result<()> {
        let member = Member::load(&self.at, self.insecure_test_clock.as_deref())?;
        let roster = Roster::of(&member.home);
        let attestation = match (self.key, self.attestation) {
            (Some(key), _) => roster.attestation(&key)?.ok_or_else(|| {
                anyhow!(
                    "this member attested nobody with this key here; give --attestation, or `attest` first"
                )
            })?,
            (None, Some(text)) => given(&member, &roster, &text)?,
            (None, None) => bail!("say whom: --key or --attestation"),
        };
        let group = DutyGroup::new(member.index, &self.role)
            .map_err(|_| anyhow!("a role is 1 to 40 characters on one line, without spaces around it"))?;
        let offered = Config::load(&member.home.config())?.keeper.duty_roles;
        ensure!(
            offered.contains(&self.role),
            "patients do not know this role: add it to keeper.duty_roles in config.toml, and start the node again"
        );
        let lasts = self.hours.saturating_mul(HOUR_MS).min(MAX_DUTY_MS - MARGIN_MS);
        let person = &attestation.person;
        state(&member, person.credential_pk, group, member.now.saturating_add(lasts))?;
        println!("on duty: {} as {} for {}", person.name, self.role, written(lasts));
        Ok(())
    }
}

/// Reads an attestation of this member's own and keeps it.
fn given(member: &Member, roster: &Roster, text: &str) -> anyhow::Result<Attestation> {
    let mut read = String::new();
    let text = if text == "-" {
        std::io::stdin().take(MAX_TEXT).read_to_string(&mut read)?;
        read.as_str()
    } else {
        text
    };
    let attestation = Attestation::from_text(text.trim()).context("not an attestation")?;
    let own = attestation.member_index == member.index
        && attestation.verify(&member.genesis.chain_id(), &member.keys.keeper_pk()).is_ok();
    ensure!(own, "this attestation is another member's, or of another chain");
    roster.keep(&attestation).context("the attestation cannot be kept in data/people")?;
    Ok(attestation)
}

impl Off {
    fn execute(self) -> anyhow::Result<()> {
        let member = Member::load(&self.at, self.insecure_test_clock.as_deref())?;
        let everybody = Roster::of(&member.home).everybody()?;
        let known = everybody.into_iter().find(|known| known.attestation.person.credential_pk == self.key);
        let known = known.ok_or_else(|| anyhow!("this member attested nobody with this key here"))?;
        let duty = known.duty.ok_or_else(|| anyhow!("this member never said that they are on duty"))?;
        state(&member, self.key, duty.group, 0)?;
        println!("off duty: {}", known.attestation.person.name);
        Ok(())
    }
}

impl List {
    fn execute(self) -> anyhow::Result<()> {
        let member = Member::load(&self.at, self.insecure_test_clock.as_deref())?;
        for known in Roster::of(&member.home).everybody()? {
            let person = &known.attestation.person;
            let left = |duty: &DutyBody| duty.until_ms.saturating_sub(member.now);
            let duty = match known.duty.as_ref().filter(|duty| left(duty) > 0) {
                Some(duty) => format!("on duty as {} for {}", duty.group.role(), written(left(duty))),
                None => "off duty".to_owned(),
            };
            println!("{} {}, {}: {duty}", person.credential_pk, person.name, person.organisation);
        }
        Ok(())
    }
}

/// Hours and minutes, rounded up to a minute.
fn written(ms: i64) -> String {
    let minutes = ms.saturating_add(MINUTE_MS - 1) / MINUTE_MS;
    format!("{} h {:02} min", minutes / 60, minutes % 60)
}

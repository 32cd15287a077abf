//! `attest` and `suspend`: a member's word about a clinician.

use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use rand::Rng;
use salus_chain::attestation::{Attestation, AttestationRequest, subject};
use salus_chain::codec::Record;
use salus_chain::ids::{Hash32, VerifyingKey};
use salus_chain::time::UnixMillis;
use salus_chain::tx::{CredentialBody, CredentialStatus, Tx};

use super::At;
use crate::home::Home;
use crate::keys::Keys;
use crate::roster::Roster;
use crate::{run, spool};

const DAY_MS: i64 = 86_400_000;
/// A request is below 1 KiB.
const MAX_REQUEST: u64 = 16 * 1024;

#[derive(Debug, Args)]
pub(super) struct Attest {
    #[command(flatten)]
    at: At,
    /// The clinician's request as text; read from standard input when neither this nor --request-file is given.
    #[arg(long, value_name = "TEXT", conflicts_with = "request_file")]
    request: Option<String>,
    /// A file with the clinician's request.
    #[arg(long, value_name = "FILE")]
    request_file: Option<PathBuf>,
    /// Your organisation's own number for this person, where two have the same name, or one has two. Two keys of one person are
    /// told to be one's, so that nobody is their own second clinician in an emergency. Only a keyed hash of it is recorded.
    #[arg(long, value_name = "NUMBER")]
    known_as: Option<String>,
    /// How many days the credential is in force.
    #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(i64).range(1..=3660))]
    valid_days: i64,
    /// For tests only: the clock that the node runs on.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<PathBuf>,
}

pub(super) struct Member {
    pub(super) home: Home,
    pub(super) keys: Keys,
    pub(super) genesis: salus_chain::genesis::Genesis,
    pub(super) index: u16,
    pub(super) now: UnixMillis,
}

impl Member {
    pub(super) fn load(at: &At, clock: Option<&std::path::Path>) -> anyhow::Result<Self> {
        let home = Home::at(&at.home);
        let keys = Keys::load(&home.keys())?;
        let genesis = run::load_genesis(&home)?;
        let index = run::own_index(&genesis, &keys).ok_or_else(|| anyhow!(run::RunError::NotAMember))?;
        let now = salus_light::clock::clock(clock)?.now();
        Ok(Self { home, keys, genesis, index, now })
    }

    /// Signs a statement and leaves it for the node. The nonce is the time: later statements replace earlier ones.
    fn state(
        &self,
        credential_pk: VerifyingKey,
        status: CredentialStatus,
        attestation_hash: Hash32,
        valid_until_ms: UnixMillis,
        subject: Option<Hash32>,
    ) -> anyhow::Result<()> {
        let nonce = u64::try_from(self.now).context("the clock is before 1970")?;
        let member_index = self.index;
        let body = CredentialBody {
            credential_pk,
            member_index,
            status,
            attestation_hash,
            valid_until_ms,
            nonce,
            subject,
        };
        let tx = Tx::Credential(body.sign(&self.genesis.chain_id(), &self.keys.keeper));
        spool::leave(&self.home, &tx.encode()).context("the transaction cannot be left for the node")
    }
}

impl Attest {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let member = Member::load(&self.at, self.insecure_test_clock.as_deref())?;
        let text = match (self.request, self.request_file) {
            (Some(text), _) => text,
            (None, Some(path)) => {
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?
            }
            (None, None) => {
                let mut text = String::new();
                std::io::stdin().take(MAX_REQUEST).read_to_string(&mut text)?;
                text
            }
        };
        let chain = member.genesis.chain_id();
        let request =
            AttestationRequest::from_text(text.trim(), &chain).context("not a request for this chain")?;
        let mut salt = [0; 16];
        crate::entropy::rng().fill_bytes(&mut salt);
        let person = request.person;
        eprintln!("attesting {} of {}", person.name, person.organisation);
        let credential = person.credential_pk;
        let known_as = match &self.known_as {
            Some(number) => vec![number.trim()],
            None => vec![person.name.as_str(), person.organisation.as_str()],
        };
        let subject = subject(&known_as, &chain, &member.keys.keeper);
        let attestation =
            Attestation::sign(person, member.index, member.now, salt, &chain, &member.keys.keeper);
        let until = member.now.saturating_add(self.valid_days.saturating_mul(DAY_MS));
        Roster::of(&member.home)
            .keep(&attestation)
            .context("the attestation cannot be kept in data/people")?;
        member.state(credential, CredentialStatus::Active, attestation.hash(), until, Some(subject))?;
        println!("{}", attestation.to_text()?);
        Ok(())
    }
}

#[derive(Debug, Args)]
pub(super) struct Suspend {
    #[command(flatten)]
    at: At,
    /// The clinician's credential key, 64 hex digits.
    #[arg(long, value_name = "HEX")]
    credential: VerifyingKey,
    /// Withdraw for good instead of suspending.
    #[arg(long)]
    withdraw: bool,
    /// For tests only: the clock that the node runs on.
    #[arg(long, value_name = "FILE")]
    insecure_test_clock: Option<PathBuf>,
}

impl Suspend {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let member = Member::load(&self.at, self.insecure_test_clock.as_deref())?;
        let status = if self.withdraw { CredentialStatus::Withdrawn } else { CredentialStatus::Suspended };
        // Out of force it says nothing of the person; whoever attests the key again says it again.
        member.state(self.credential, status, Hash32::ZERO, member.now.saturating_add(DAY_MS), None)?;
        println!("{} {}", if self.withdraw { "withdrawn" } else { "suspended" }, self.credential);
        Ok(())
    }
}

//! What the clinician's record keeps: the attestation, the codes given out, and the shared records found.

use salus_chain::attestation::Attestation;
use salus_chain::codec::Record;
use salus_chain::sign::SigningKey;
use salus_sharing::invitation::ReaderSecret;
use salus_vault::{Identity, Vault};
use salus_wire::view::{AskedView, PermissionState, SharedView};
use salus_wire::{Category, CodeId, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::failure::{OrFail, bug};
use crate::share::condition;

const CLINICIAN: &str = crate::namespace::CLINICIAN;
const ATTESTATION: &[u8] = b"attestation";
const INVITATIONS: &str = crate::namespace::INVITATIONS;
const SECRETS: &str = crate::namespace::INVITATION_SECRETS;
const SHARED: &str = crate::namespace::SHARED;
const CAPSULES: &str = crate::namespace::CAPSULES;

fn damaged<E>(_: E) -> Failure {
    ErrorCode::Damaged.into()
}

/// The clinician's long-lived key.
pub(crate) fn credential(vault: &Vault) -> SigningKey {
    SigningKey::from_bytes(&vault.derive(Identity::FIRST, "salus/credential", b""))
}

pub(super) async fn attestation(vault: &Vault) -> Result<Option<Attestation>, Failure> {
    let stored = vault.cabinet().get(CLINICIAN, ATTESTATION).await.or_fail()?;
    stored.map(|octets| Attestation::decode(&octets).map_err(damaged)).transpose()
}

pub(super) async fn keep_attestation(vault: &Vault, attestation: &Attestation) -> Result<(), Failure> {
    vault.cabinet().put(CLINICIAN, ATTESTATION, &attestation.encode()).await.or_fail()
}

/// One code given out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Invitation {
    pub(super) note: String,
    pub(super) made: UnixMillis,
    /// Permissions that answered it.
    pub(super) answered: bool,
    /// What it asked for.
    #[serde(default)]
    pub(super) asks: Option<AskedView>,
}

impl Invitation {
    /// What is known of every code given out, also of one whose keys do not open, with its id.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<(CodeId, Self)>, Failure> {
        let stored = vault.cabinet().readable(INVITATIONS).await.or_fail()?;
        let parse = |(name, facts): &(Vec<u8>, Zeroizing<Vec<u8>>)| {
            let signing = name.first_chunk::<32>()?;
            Some((CodeId(*signing), serde_json::from_slice(facts).ok()?))
        };
        Ok(stored.iter().filter_map(parse).collect())
    }

    /// Forgets a code with its keys, which go first: without them nothing that answers it is ever opened.
    pub(super) async fn forget(vault: &Vault, id: &CodeId) -> Result<(), Failure> {
        let stored = vault.cabinet().readable(INVITATIONS).await.or_fail()?;
        for (name, _) in stored.iter().filter(|(name, _)| name.starts_with(&id.0)) {
            vault.cabinet().remove(SECRETS, name).await.or_fail()?;
            vault.cabinet().remove(INVITATIONS, name).await.or_fail()?;
        }
        Ok(())
    }
}

/// An invitation with its keys and the name it is kept under.
pub(super) struct Invited {
    pub(super) name: Vec<u8>,
    pub(super) facts: Invitation,
    pub(super) reader: ReaderSecret,
}

impl Invited {
    pub(super) fn new(reader: ReaderSecret, facts: Invitation) -> Self {
        Self { name: reader.public().as_ref().to_vec(), facts, reader }
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let facts = serde_json::to_vec(&self.facts).map_err(|_| bug("an invitation has no JSON form"))?;
        vault.cabinet().put(SECRETS, &self.name, &*self.reader.to_bytes()).await.or_fail()?;
        vault.cabinet().put(INVITATIONS, &self.name, &facts).await.or_fail()
    }

    pub(super) async fn load(vault: &Vault, name: &[u8]) -> Result<Self, Failure> {
        let facts = vault.cabinet().get(INVITATIONS, name).await.or_fail()?.ok_or(ErrorCode::Damaged)?;
        let octets = vault.cabinet().get(SECRETS, name).await.or_fail()?.ok_or(ErrorCode::Damaged)?;
        let mut secret = Zeroizing::new([0; 64]);
        if octets.len() != secret.len() {
            return Err(ErrorCode::Damaged.into());
        }
        secret.copy_from_slice(&octets);
        Ok(Self {
            name: name.to_vec(),
            facts: serde_json::from_slice(&facts).map_err(damaged)?,
            reader: ReaderSecret::from_bytes(&secret),
        })
    }

    /// Every code given out, newest first.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for (name, _) in vault.cabinet().readable(INVITATIONS).await.or_fail()? {
            match Self::load(vault, &name).await {
                Ok(invitation) => all.push(invitation),
                // Its secret does not open: nothing that answers it could be opened.
                Err(failure) if failure.code == ErrorCode::Damaged => {}
                Err(failure) => return Err(failure),
            }
        }
        all.sort_by_key(|i| std::cmp::Reverse(i.facts.made));
        Ok(all)
    }
}

/// One shared record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shared {
    pub(super) id: GrantId,
    /// The invitation that it answers, as hexadecimal name.
    pub(super) invitation: String,
    pub(super) patient: String,
    pub(super) note: String,
    #[serde(default)]
    pub(super) asks: Option<AskedView>,
    pub(super) categories: Vec<Category>,
    pub(super) data_from: UnixMillis,
    pub(super) data_to: UnixMillis,
    pub(super) starts: UnixMillis,
    pub(super) ends: UnixMillis,
    /// As proven last.
    pub(super) state: PermissionState,
    pub(super) found: UnixMillis,
    pub(super) opened: bool,
    /// The contract's text, as proven; empty without one.
    #[serde(default)]
    pub(super) policy: String,
    /// What a second clinician was asked, newest first: encoded, as hexadecimal.
    #[serde(default)]
    pub(super) asked: Vec<String>,
    /// Whether somebody who helps the patient gave it, as proven; `None` in what was found before that was asked, until it is opened.
    #[serde(default)]
    pub(super) by_helper: Option<bool>,
}

impl Shared {
    pub(super) fn is_over(&self) -> bool {
        matches!(self.state, PermissionState::Ended | PermissionState::Stopped)
    }

    pub(super) fn view(&self, now: UnixMillis) -> SharedView {
        let state = match self.state {
            ended @ (PermissionState::Ended | PermissionState::Stopped) => ended,
            _ if now >= self.ends => PermissionState::Ended,
            _ if now < self.starts => PermissionState::NotYet,
            _ => PermissionState::Active,
        };
        SharedView {
            id: self.id,
            patient: self.patient.clone(),
            note: self.note.clone(),
            asks: self.asks.clone(),
            categories: self.categories.clone(),
            data_from: self.data_from,
            data_to: self.data_to,
            starts: self.starts,
            ends: self.ends,
            condition: condition::view(&self.policy),
            state,
            new: !self.opened,
            on_duty: false,
            by_helper: self.by_helper.unwrap_or(false),
        }
    }

    /// True when another one is the same for the same code: the patient's app gave it again, because the keys of the record are new.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let facts = |one: &Self| (one.data_from, one.data_to, one.starts, one.ends);
        self.id != other.id
            && (&self.invitation, &self.patient, &self.categories, &self.policy)
                == (&other.invitation, &other.patient, &other.categories, &other.policy)
            && facts(self) == facts(other)
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let value = serde_json::to_vec(self).map_err(|_| bug("a shared record has no JSON form"))?;
        vault.cabinet().put(SHARED, &self.id.0, &value).await.or_fail()
    }

    pub(super) async fn keep_capsule(&self, vault: &Vault, capsule: &[u8]) -> Result<(), Failure> {
        vault.cabinet().put(CAPSULES, &self.id.0, capsule).await.or_fail()
    }

    pub(super) async fn capsule(&self, vault: &Vault) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let stored = vault.cabinet().get(CAPSULES, &self.id.0).await.or_fail()?;
        stored.ok_or_else(|| ErrorCode::Damaged.into())
    }

    pub(super) async fn load(vault: &Vault, id: &GrantId) -> Result<Option<Self>, Failure> {
        let stored = vault.cabinet().get(SHARED, &id.0).await.or_fail()?;
        stored.map(|value| serde_json::from_slice(&value).map_err(damaged)).transpose()
    }

    /// Every shared record, newest first.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<Self>, Failure> {
        let stored = vault.cabinet().readable(SHARED).await.or_fail()?;
        let parse = |value: &[u8]| serde_json::from_slice(value).map_err(damaged);
        let mut all: Vec<Self> = stored.iter().map(|(_, value)| parse(value)).collect::<Result<_, _>>()?;
        all.sort_by_key(|s| std::cmp::Reverse(s.found));
        Ok(all)
    }
}

/// True for one in whose place another one is, which is shown instead: it is one record to the clinician. Of those that have ended the
/// last that was found is shown.
pub(super) fn is_followed(all: &[Shared], one: &Shared) -> bool {
    let rank = |shared: &Shared| (!shared.is_over(), shared.found, shared.id.0);
    all.iter().any(|other| other.is_same(one) && rank(other) > rank(one))
}

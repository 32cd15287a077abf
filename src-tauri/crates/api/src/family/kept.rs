//! What the record keeps of families: the own circle with what its helpers were told, the codes given out, and the people
//! whom this record's person helps.

mod guard;
mod helper;
mod keys;
mod own;
mod parts;
mod sent;

use salus_chain::ids::{CircleId, Hash32, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_sharing::circle::{RelativeSecret, Word};
use salus_vault::Vault;
use salus_wire::{CodeId, ErrorCode, Failure, UnixMillis};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub(super) use guard::{Agreed, Guardian, HeldAt, Rehearsal};
pub(super) use helper::{Helper, Known, Told};
pub(super) use keys::Seed;
pub(super) use own::Own;
pub(super) use parts::{Entrustment, HeldPart};
pub(super) use sent::Sent;

use crate::failure::{OrFail, bug};
use crate::namespace::{FAMILY_CODES, FAMILY_SECRETS, FAMILY_WORDS};

fn damaged<E>(_: E) -> Failure {
    ErrorCode::Damaged.into()
}

/// A value kept as JSON.
pub(super) async fn load<T: DeserializeOwned>(
    vault: &Vault,
    namespace: &str,
    name: &[u8],
) -> Result<Option<T>, Failure> {
    let stored = vault.cabinet().get(namespace, name).await.or_fail()?;
    stored.map(|octets| serde_json::from_slice(&octets).map_err(damaged)).transpose()
}

/// Keeps a value as JSON.
pub(super) async fn save<T: Serialize>(
    vault: &Vault,
    namespace: &str,
    name: &[u8],
    value: &T,
) -> Result<(), Failure> {
    let octets = serde_json::to_vec(value).map_err(|_| bug("a fact of a family has no JSON form"))?;
    vault.cabinet().put(namespace, name, &Zeroizing::new(octets)).await.or_fail()
}

/// Keys that were made elsewhere, kept under their public one; `None` where none are.
async fn secret(vault: &Vault, pk: &[u8]) -> Result<Option<RelativeSecret>, Failure> {
    let Some(octets) = vault.cabinet().get(FAMILY_SECRETS, pk).await.or_fail()? else { return Ok(None) };
    let mut secret = Zeroizing::new([0; RelativeSecret::LEN]);
    if octets.len() != secret.len() {
        return Err(ErrorCode::Damaged.into());
    }
    secret.copy_from_slice(&octets);
    Ok(Some(RelativeSecret::from_bytes(&secret)))
}

/// A code given out, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    pub(super) made: UnixMillis,
    /// The circle whose person used it.
    pub(super) circle: Option<CircleId>,
    /// Number of the newest word.
    pub(super) number: i64,
    /// Letters that were read.
    pub(super) read: Vec<Hash32>,
    /// It is a guardian's in that circle. The same relative may help there too, by another code.
    #[serde(default)]
    pub(super) guardian: bool,
    /// The request for a new key that was agreed to as a guardian.
    #[serde(default)]
    pub(super) agreed: Option<Agreed>,
}

impl Facts {
    /// What is known of every code given out, also of one whose keys do not open, with its id.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<(CodeId, Self)>, Failure> {
        let stored = vault.cabinet().readable(FAMILY_CODES).await.or_fail()?;
        let parse = |(name, facts): &(Vec<u8>, Zeroizing<Vec<u8>>)| {
            let pk = name.first_chunk::<32>()?;
            Some((CodeId(*pk), serde_json::from_slice(facts).ok()?))
        };
        Ok(stored.iter().filter_map(parse).collect())
    }

    /// Forgets a code with its keys, which go first: without them nothing is said or read under it ever again.
    pub(super) async fn forget(vault: &Vault, id: &CodeId) -> Result<(), Failure> {
        vault.cabinet().remove(FAMILY_SECRETS, &id.0).await.or_fail()?;
        vault.cabinet().remove(FAMILY_CODES, &id.0).await.or_fail()?;
        Ok(())
    }
}

/// A code given out, with its keys.
#[derive(Debug, Clone)]
pub(super) struct Coded {
    pub(super) facts: Facts,
    pub(super) secret: RelativeSecret,
}

impl Coded {
    pub(super) fn pk(&self) -> VerifyingKey {
        self.secret.signing.verifying_key()
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let name = self.pk();
        vault.cabinet().put(FAMILY_SECRETS, &name.0, &*self.secret.to_bytes()).await.or_fail()?;
        save(vault, FAMILY_CODES, &name.0, &self.facts).await
    }

    /// Every code given out, oldest first.
    pub(super) async fn all(vault: &Vault) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for (name, facts) in vault.cabinet().readable(FAMILY_CODES).await.or_fail()? {
            let facts: Facts = serde_json::from_slice(&facts).map_err(damaged)?;
            // Its secret does not open: nothing can be said or read with it.
            let Ok(Some(secret)) = secret(vault, &name).await else { continue };
            all.push(Self { facts, secret });
        }
        all.sort_by_key(|coded| coded.facts.made);
        Ok(all)
    }

    /// What its holder was told last.
    pub(super) async fn word(&self, vault: &Vault) -> Result<Option<Word>, Failure> {
        let pk = self.pk();
        let stored = vault.cabinet().get(FAMILY_WORDS, &pk.0).await.or_fail()?;
        stored.map(|octets| Word::read_for(&octets, &pk).map_err(damaged)).transpose()
    }

    pub(super) async fn keep_word(&self, vault: &Vault, word: &[u8]) -> Result<(), Failure> {
        vault.cabinet().put(FAMILY_WORDS, &self.pk().0, word).await.or_fail()
    }
}

/// Whose voice this record's person has in a circle.
pub(super) enum Part {
    /// It is their own.
    Person(Box<Own>),
    /// They help.
    Helper(Box<Coded>),
}

impl Part {
    /// The part in a circle.
    pub(super) async fn of(vault: &Vault, circle: &CircleId) -> Result<Self, Failure> {
        if let Some(own) = Own::load(vault).await?.filter(|own| own.circle == *circle) {
            return Ok(Self::Person(Box::new(own)));
        }
        let all = Coded::all(vault).await?.into_iter();
        let mut all: Vec<Coded> = all.filter(|coded| coded.facts.circle == Some(*circle)).collect();
        // A helper's key says all that a guardian's does in the same circle, but for a new key.
        all.sort_by_key(|coded| !coded.facts.guardian);
        all.pop().map(|coded| Self::Helper(Box::new(coded))).ok_or_else(|| ErrorCode::NotYours.into())
    }

    pub(super) fn key(&self, vault: &Vault) -> SigningKey {
        match self {
            Self::Person(own) => own.key(vault),
            Self::Helper(coded) => coded.secret.signing.clone(),
        }
    }
}

//! What the record keeps of families: the own circle with what its helpers were told, the codes given out, and the people
//! whom this record's person helps.

mod guard;
mod parts;
mod sent;

use salus_chain::circle::{CircleRecord, Policy};
use salus_chain::ids::{ChainId, CircleId, Hash32, Nonce16, ReaderKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_sharing::circle::{Relative, RelativeSecret, Salts, Word};
use salus_sharing::invitation::ReaderSecret;
use salus_vault::{Identity, Vault};
use salus_wire::view::{BeforeView, FamilyRules, HelperLimits};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub(super) use guard::{Agreed, Guardian, HeldAt, Rehearsal};
pub(super) use parts::{Entrustment, HeldPart};
pub(super) use sent::Sent;

use super::limits;
use crate::failure::{OrFail, bug};
use crate::namespace::{FAMILY, FAMILY_CODES, FAMILY_SECRETS, FAMILY_WORDS};
use crate::record::renew::About;

const CIRCLE: &[u8] = b"circle";

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

/// A relative's keys and name, as their code gave them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) pk: VerifyingKey,
    pub(super) inbox: ReaderKey,
    pub(super) name: String,
}

impl Known {
    pub(super) fn of(relative: &Relative) -> Self {
        Self { pk: relative.pk, inbox: relative.inbox, name: relative.name.clone() }
    }

    pub(super) fn relative(&self) -> Relative {
        Relative { pk: self.pk, inbox: self.inbox, name: self.name.clone() }
    }
}

/// What a word that was sent was about: another one is due when this is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) revision: u32,
    pub(super) in_force: bool,
    pub(super) at: UnixMillis,
}

/// A helper as the patient keeps them, seated or still waiting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Helper {
    pub(super) relative: Known,
    pub(super) limits: HelperLimits,
    /// What they were told last.
    pub(super) told: Option<Told>,
    /// First instant that no key they were given opens.
    pub(super) keys_until: Option<UnixMillis>,
    /// The newest generation of each category's keys that they were given, also of what they may read no longer; not kept of before
    /// there were several.
    #[serde(default)]
    pub(super) generations: Vec<(Category, u32)>,
    /// What the person leaves of the categories, until the members have it so.
    #[serde(default)]
    pub(super) narrows: Option<Vec<Category>>,
    /// Guardians gave the circle back with this helper in it: what the power is about is not known here, so nothing is
    /// told to them that would take the place of what they were told before.
    #[serde(default)]
    pub(super) from_before: bool,
    /// The emergency cards that they were told of last.
    #[serde(default)]
    pub(super) watches: Option<Vec<GrantId>>,
    /// The person's own permissions that they were told of last, each with its stop.
    #[serde(default)]
    pub(super) stops: Option<Vec<GrantId>>,
}

impl Helper {
    /// Each category whose keys they were given, with the newest generation of them.
    pub(super) fn given(&self) -> Vec<(Category, u32)> {
        match self.keys_until {
            // Of before there were several generations it is not kept: all are the first.
            Some(_) if self.generations.is_empty() => {
                self.limits.categories.iter().map(|category| (*category, 0)).collect()
            }
            Some(_) => self.generations.clone(),
            None => Vec::new(),
        }
    }

    /// True when they were ever given keys of a category.
    pub(super) fn was_given(&self, category: Category) -> bool {
        self.given().iter().any(|(given, _)| *given == category)
    }

    /// The generation of a category's keys that they hold.
    fn generation(&self, category: Category) -> u32 {
        self.generations.iter().find(|(known, _)| *known == category).map_or(0, |(_, generation)| *generation)
    }

    /// True when the record has newer keys of what they may read than they were given, and they were given some.
    pub(super) fn is_behind(&self, vault: &Vault) -> bool {
        let newer = |c: &Category| vault.series(*c).generation != self.generation(*c);
        self.keys_until.is_some() && self.limits.categories.iter().any(newer)
    }

    /// First instant of a category that no key they were given opens.
    pub(super) fn reaches(&self, vault: &Vault, category: Category) -> Option<UnixMillis> {
        let has = self.generation(category);
        let newer = vault.generations(category).into_iter().find(|one| one.number > has);
        self.keys_until.map(|until| newer.map_or(until, |one| until.min(one.from.start())))
    }

    /// The categories of which they hold keys of what is sealed now, and of what is to come.
    pub(super) fn holds(&self, vault: &Vault, now: UnixMillis) -> Vec<Category> {
        if self.keys_until.is_none_or(|until| until <= now) {
            return Vec::new();
        }
        let current = |(c, generation): &(Category, u32)| vault.series(*c).generation == *generation;
        self.given().into_iter().filter(current).map(|(category, _)| category).collect()
    }
}

/// What keys and numbers are derived from: one of the record's identities, and a nonce.
#[derive(Clone, Copy)]
pub(super) struct Seed<'a>(pub(super) Identity, pub(super) &'a [u8; 16]);

impl Seed<'_> {
    fn derive(self, vault: &Vault, label: &str) -> Zeroizing<[u8; 32]> {
        vault.derive(self.0, label, self.1)
    }

    /// The person's key of a circle.
    pub(super) fn key(self, vault: &Vault) -> SigningKey {
        SigningKey::from_bytes(&self.derive(vault, "salus/circle-key"))
    }

    /// Where the person of a circle is told of things.
    pub(super) fn inbox(self, vault: &Vault) -> ReaderSecret {
        let mut octets = Zeroizing::new([0; 64]);
        octets[..32].copy_from_slice(&*self.derive(vault, "salus/circle-inbox-sign"));
        octets[32..].copy_from_slice(&*self.derive(vault, "salus/circle-inbox-open"));
        ReaderSecret::from_bytes(&octets)
    }
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

/// The own circle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Own {
    pub(super) circle: CircleId,
    /// What the circle's keys and salts are derived from, with an identity of the record.
    pub(super) nonce: [u8; 16],
    /// Which identity that is; the first in a circle from before there were several.
    #[serde(default)]
    pub(super) identity: u32,
    pub(super) helpers: Vec<Helper>,
    /// As they are, or were before the next.
    pub(super) rules: FamilyRules,
    /// As they are once the members took them: looser ones wait.
    pub(super) next: Option<FamilyRules>,
    /// Letters that were read.
    pub(super) read: Vec<Hash32>,
    /// Everybody who was named to help to get back; who of them is, the proven circle says.
    #[serde(default)]
    pub(super) guardians: Vec<Guardian>,
    /// The last question whether they still hold their part.
    #[serde(default)]
    pub(super) rehearsal: Option<Rehearsal>,
    /// What guardians answered, also to questions before.
    #[serde(default)]
    pub(super) held: Vec<HeldAt>,
    /// What helpers recalled of the salts of a circle that was given back.
    #[serde(default)]
    pub(super) recalled: Vec<(Category, [u8; 16])>,
    /// When guardians' return of it was taken; `None` for a circle that was made here.
    #[serde(default)]
    pub(super) given_back: Option<UnixMillis>,
    /// The request of the person who came of age, to whom this computer handed it over.
    #[serde(default)]
    pub(super) handed: Option<Agreed>,
    /// What the record itself permitted and a handover was to stop; in one that was handed over, what was told of that.
    #[serde(default)]
    pub(super) before: Vec<BeforeView>,
    /// What the person chose to leave at rest.
    #[serde(default)]
    pub(super) left: Vec<GrantId>,
    /// Whether helpers are told of what the person permits, and can stop it; `None` where they never could.
    #[serde(default)]
    pub(super) lets_stop: Option<bool>,
    /// The person's key, where it is derived from nothing: made in another record, out of which the circle was carried into this one,
    /// or in the place of one that retired.
    #[serde(default)]
    pub(super) carried: Option<VerifyingKey>,
    /// The keys that the present one is to retire for: the last, unless the members know one before it already. Their secret halves
    /// are kept beside.
    #[serde(default)]
    pub(super) successors: Vec<VerifyingKey>,
    /// Its secret half, kept beside.
    #[serde(skip)]
    pub(super) secret: Option<RelativeSecret>,
}

impl Own {
    /// One that nobody helps in yet.
    pub(super) fn new(vault: &Vault, chain: &ChainId, nonce: [u8; 16], rules: FamilyRules) -> Self {
        let circle = CircleId([0; 32]);
        let mut own = Self::of(circle, Seed(vault.identity(), &nonce), rules);
        own.circle = CircleId::derive(chain, &own.key(vault).verifying_key(), &Nonce16(nonce));
        own
    }

    /// One whose person's key is derived from this nonce.
    pub(super) const fn of(circle: CircleId, seed: Seed<'_>, rules: FamilyRules) -> Self {
        let Seed(Identity(identity), nonce) = seed;
        Self {
            circle,
            nonce: *nonce,
            identity,
            helpers: Vec::new(),
            rules,
            next: None,
            read: Vec::new(),
            guardians: Vec::new(),
            rehearsal: None,
            held: Vec::new(),
            recalled: Vec::new(),
            given_back: None,
            handed: None,
            before: Vec::new(),
            left: Vec::new(),
            lets_stop: None,
            carried: None,
            successors: Vec::new(),
            secret: None,
        }
    }

    /// True for one whose key made it: guardians gave it no other, and it did not retire.
    pub(super) const fn is_made_here(&self) -> bool {
        self.given_back.is_none() && self.carried.is_none()
    }

    pub(super) async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        let Some(mut own) = load::<Self>(vault, FAMILY, CIRCLE).await? else { return Ok(None) };
        if let Some(pk) = own.carried {
            own.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        }
        Ok(Some(own))
    }

    const fn seed(&self) -> Seed<'_> {
        Seed(Identity(self.identity), &self.nonce)
    }

    /// What the salt of a helper's paper is derived from.
    pub(super) fn paper(&self, vault: &Vault, helper: &VerifyingKey) -> Zeroizing<[u8; 32]> {
        vault.derive(Identity(self.identity), "salus/circle-paper", &[&self.nonce[..], &helper.0].concat())
    }

    /// The key that this record has for the person whom the members know by another's public half; `None` for a stranger's.
    pub(super) async fn key_of(
        &self,
        vault: &Vault,
        pk: &VerifyingKey,
    ) -> Result<Option<SigningKey>, Failure> {
        let present = self.key(vault);
        if present.verifying_key() == *pk {
            return Ok(Some(present));
        }
        if !self.successors.contains(pk) {
            return Ok(None);
        }
        Ok(secret(vault, &pk.0).await?.map(|secret| secret.signing.clone()))
    }

    /// Speaks with a successor that is not the last, when the members know it; true when it did not before. What is to come after it
    /// stays.
    pub(super) async fn reach(&mut self, vault: &Vault, pk: &VerifyingKey) -> Result<bool, Failure> {
        let at = self.successors.iter().position(|successor| successor == pk);
        let Some(at) = at.filter(|at| at.saturating_add(1) < self.successors.len()) else { return Ok(false) };
        self.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        self.carried = Some(*pk);
        self.successors.drain(..=at);
        self.save(vault).await?;
        Ok(true)
    }

    /// Speaks with the key that the ones before retired for.
    pub(super) async fn succeed(&mut self, vault: &Vault) -> Result<(), Failure> {
        let Some(pk) = self.successors.pop() else { return Ok(()) };
        self.successors.clear();
        self.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        self.carried = Some(pk);
        self.save(vault).await
    }

    /// It with a fresh key that the present one is to retire for, and that key, as they are to be stored together.
    pub(super) fn retiring(mut self, fresh: &RelativeSecret) -> Result<[About; 2], Failure> {
        let pk = fresh.signing.verifying_key();
        self.successors.push(pk);
        let octets = serde_json::to_vec(&self).map_err(|_| bug("a circle has no JSON form"))?;
        Ok([(FAMILY_SECRETS, pk.0.to_vec(), fresh.to_bytes().to_vec()), (FAMILY, CIRCLE.to_vec(), octets)])
    }

    /// Speaks with this key from now on, which is kept beside.
    pub(super) async fn carry(&mut self, vault: &Vault, secret: &RelativeSecret) -> Result<(), Failure> {
        let pk = secret.signing.verifying_key();
        vault.cabinet().put(FAMILY_SECRETS, &pk.0, &*secret.to_bytes()).await.or_fail()?;
        (self.carried, self.secret) = (Some(pk), Some(secret.clone()));
        self.successors.clear();
        self.save(vault).await
    }

    /// Forgets the circle in this record: another one speaks in it.
    pub(super) async fn forget(vault: &Vault) -> Result<(), Failure> {
        vault.cabinet().remove(FAMILY, CIRCLE).await.or_fail().map(|_| ())
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        save(vault, FAMILY, CIRCLE, self).await
    }

    /// The person's key of the circle.
    pub(super) fn key(&self, vault: &Vault) -> SigningKey {
        self.secret.as_ref().map_or_else(|| self.seed().key(vault), |carried| carried.signing.clone())
    }

    pub(super) fn salts(&self, vault: &Vault) -> Salts {
        let salts = Salts::new(self.seed().derive(vault, "salus/circle-salts"));
        salts.recalled(self.recalled.iter().copied().collect())
    }

    /// Where stewards tell what they gave.
    pub(super) fn inbox(&self, vault: &Vault) -> ReaderSecret {
        self.secret.as_ref().map_or_else(|| self.seed().inbox(vault), |carried| carried.inbox.clone())
    }

    /// The rules that hold in the proven circle.
    pub(super) fn current(&self, vault: &Vault, circle: &CircleRecord) -> &FamilyRules {
        let salts = self.salts(vault);
        let holds = |rules: &&FamilyRules| {
            let policy = limits::rules(rules).map(|rules| rules.policy(&salts));
            policy.is_ok_and(|policy| Policy { objector: policy.objector, ..circle.policy } == policy)
        };
        self.next.as_ref().filter(holds).unwrap_or(&self.rules)
    }

    pub(super) fn helper(&self, pk: &VerifyingKey) -> Option<&Helper> {
        self.helpers.iter().find(|helper| helper.relative.pk == *pk)
    }
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

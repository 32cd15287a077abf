//! The own circle.

use salus_chain::circle::{CircleRecord, Policy};
use salus_chain::ids::{ChainId, CircleId, Hash32, Nonce16, VerifyingKey};
use salus_sharing::circle::RelativeSecret;
use salus_vault::{Identity, Vault};
use salus_wire::view::{BeforeView, FamilyRules};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::{Agreed, Guardian, HeldAt, Helper, Rehearsal, Seed, load, save, secret};
use crate::failure::OrFail;
use crate::family::limits;
use crate::namespace::FAMILY;

pub(super) const CIRCLE: &[u8] = b"circle";

/// The own circle.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(in crate::family) struct Own {
    pub(in crate::family) circle: CircleId,
    /// What the circle's keys and salts are derived from, with an identity of the record.
    pub(in crate::family) nonce: [u8; 16],
    /// Which identity that is; the first in a circle from before there were several.
    #[serde(default)]
    pub(in crate::family) identity: u32,
    pub(in crate::family) helpers: Vec<Helper>,
    /// As they are, or were before the next.
    pub(in crate::family) rules: FamilyRules,
    /// As they are once the members took them: looser ones wait.
    pub(in crate::family) next: Option<FamilyRules>,
    /// Letters that were read.
    pub(in crate::family) read: Vec<Hash32>,
    /// Everybody who was named to help to get back; who of them is, the proven circle says.
    #[serde(default)]
    pub(in crate::family) guardians: Vec<Guardian>,
    /// The last question whether they still hold their part.
    #[serde(default)]
    pub(in crate::family) rehearsal: Option<Rehearsal>,
    /// What guardians answered, also to questions before.
    #[serde(default)]
    pub(in crate::family) held: Vec<HeldAt>,
    /// What helpers recalled of the salts of a circle that was given back.
    #[serde(default)]
    pub(in crate::family) recalled: Vec<(Category, [u8; 16])>,
    /// When guardians' return of it was taken; `None` for a circle that was made here.
    #[serde(default)]
    pub(in crate::family) given_back: Option<UnixMillis>,
    /// The request of the person who came of age, to whom this computer handed it over.
    #[serde(default)]
    pub(in crate::family) handed: Option<Agreed>,
    /// What the record itself permitted and a handover was to stop; in one that was handed over, what was told of that.
    #[serde(default)]
    pub(in crate::family) before: Vec<BeforeView>,
    /// What the person chose to leave at rest.
    #[serde(default)]
    pub(in crate::family) left: Vec<GrantId>,
    /// Whether helpers are told of what the person permits, and can stop it; `None` where they never could.
    #[serde(default)]
    pub(in crate::family) lets_stop: Option<bool>,
    /// The person's key, where it is derived from nothing: made in another record, out of which the circle was carried into this one,
    /// or in the place of one that retired.
    #[serde(default)]
    pub(in crate::family) carried: Option<VerifyingKey>,
    /// The keys that the present one is to retire for: the last, unless the members know one before it already. Their secret halves
    /// are kept beside.
    #[serde(default)]
    pub(in crate::family) successors: Vec<VerifyingKey>,
    /// Its secret half, kept beside.
    #[serde(skip)]
    pub(in crate::family) secret: Option<RelativeSecret>,
}

impl Own {
    /// One that nobody helps in yet.
    pub(in crate::family) fn new(
        vault: &Vault,
        chain: &ChainId,
        nonce: [u8; 16],
        rules: FamilyRules,
    ) -> Self {
        let circle = CircleId([0; 32]);
        let mut own = Self::of(circle, Seed(vault.identity(), &nonce), rules);
        own.circle = CircleId::derive(chain, &own.key(vault).verifying_key(), &Nonce16(nonce));
        own
    }

    /// One whose person's key is derived from this nonce.
    pub(in crate::family) const fn of(circle: CircleId, seed: Seed<'_>, rules: FamilyRules) -> Self {
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
    pub(in crate::family) const fn is_made_here(&self) -> bool {
        self.given_back.is_none() && self.carried.is_none()
    }

    pub(in crate::family) async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        let Some(mut own) = load::<Self>(vault, FAMILY, CIRCLE).await? else { return Ok(None) };
        if let Some(pk) = own.carried {
            own.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        }
        Ok(Some(own))
    }

    /// Forgets the circle in this record: another one speaks in it.
    pub(in crate::family) async fn forget(vault: &Vault) -> Result<(), Failure> {
        vault.cabinet().remove(FAMILY, CIRCLE).await.or_fail().map(|_| ())
    }

    pub(in crate::family) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        save(vault, FAMILY, CIRCLE, self).await
    }

    /// The rules that hold in the proven circle.
    pub(in crate::family) fn current(&self, vault: &Vault, circle: &CircleRecord) -> &FamilyRules {
        let salts = self.salts(vault);
        let holds = |rules: &&FamilyRules| {
            let policy = limits::rules(rules).map(|rules| rules.policy(&salts));
            policy.is_ok_and(|policy| Policy { objector: policy.objector, ..circle.policy } == policy)
        };
        self.next.as_ref().filter(holds).unwrap_or(&self.rules)
    }

    pub(in crate::family) fn helper(&self, pk: &VerifyingKey) -> Option<&Helper> {
        self.helpers.iter().find(|helper| helper.relative.pk == *pk)
    }
}

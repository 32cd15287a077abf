//! A permission as the record keeps it: facts for screens, and the sealed messages that are still to be sent.

use std::collections::BTreeMap;

use salus_chain::attestation::Person;
use salus_chain::codec::Record;
use salus_chain::duty::DutyGroup;
use salus_chain::sign::SigningKey;
use salus_sharing::issue::{Permission, Progress};
use salus_vault::{Identity, Vault};
use salus_wire::view::{
    ClinicianView, NewKeys, PermissionState, PermissionView, ProofView, StandingEmergencyView, Unconfirmed,
};
use salus_wire::{Category, ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use super::condition;
use crate::failure::{OrFail, bug};

const FACTS: &str = crate::namespace::PERMISSIONS;
const MESSAGES: &str = crate::namespace::PERMISSION_MESSAGES;

/// What screens show of a permission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub(crate) clinician: ClinicianView,
    pub(crate) categories: Vec<Category>,
    pub(crate) data_from: UnixMillis,
    pub(crate) data_to: UnixMillis,
    pub(crate) starts: UnixMillis,
    pub(crate) ends: UnixMillis,
    /// What it is besides, when it is an emergency card's.
    #[serde(default)]
    pub(crate) card: Option<OnCard>,
    /// As confirmed.
    pub(crate) sentence: String,
    /// The contract's text; empty without one, as in permissions from before there were any.
    #[serde(default)]
    pub(crate) policy: String,
    /// The clinician's attested key; not kept of permissions from before there were contracts.
    #[serde(default)]
    pub(crate) credential: Option<[u8; 32]>,
    /// Why the member does not confirm the clinician any more, as proven last.
    #[serde(default)]
    pub(crate) unconfirmed: Option<Unconfirmed>,
    /// What the grant's key is derived from, with the record's identity; but for a card's, see [`Facts::key_nonce`].
    pub(crate) nonce: [u8; 16],
    /// Which of the record's identities that is; the first in permissions from before there were several.
    #[serde(default)]
    pub(crate) identity: u32,
    /// What was proven last.
    pub(crate) proven: Option<Proven>,
    /// Which sealing of which epoch the depots hold.
    pub(crate) uploaded: Vec<Uploaded>,
    /// The newest generation of each category's keys that it gives; not kept of permissions from before there were several.
    #[serde(default)]
    pub(crate) generations: Vec<(Category, u32)>,
    /// The permission in whose place Salus gave it, because the keys of the record are new; of the same conditions.
    #[serde(default)]
    pub(crate) replaces: Option<GrantId>,
    /// To whose staff on duty it was given, where it was.
    #[serde(default)]
    pub(crate) group: Option<GroupFact>,
    /// Who of them opened it, as the organisation named them; each once.
    #[serde(default)]
    pub(crate) openers: Vec<Opener>,
    /// So many openings there were when all of them were named.
    #[serde(default)]
    pub(crate) named: u32,
    /// It was to be stopped while it was on its way to the members: it is brought no further, and stopped where it comes into force
    /// all the same.
    #[serde(default)]
    pub(crate) void: bool,
}

/// The staff on duty of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GroupFact {
    pub(crate) member: u16,
    pub(crate) role: String,
}

/// Somebody on duty who opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Opener {
    pub(crate) key: [u8; 32],
    pub(crate) name: String,
    pub(crate) organisation: String,
}

impl GroupFact {
    pub(crate) fn of(group: &DutyGroup) -> Self {
        Self { member: group.member(), role: group.role().to_owned() }
    }

    /// The group; none when what is kept is damaged.
    pub(crate) fn group(&self) -> Option<DutyGroup> {
        DutyGroup::new(self.member, &self.role).ok()
    }
}

impl Facts {
    /// Which of the record's identities its key is derived from.
    pub(crate) const fn identity(&self) -> Identity {
        Identity(self.identity)
    }

    /// What its own key is derived from, with that identity. A card names the key of its first permission, so what takes the place of
    /// that one has the same.
    pub(crate) fn key_nonce(&self) -> &[u8; 16] {
        self.card.as_ref().and_then(|card| card.key.as_ref()).unwrap_or(&self.nonce)
    }

    /// The newest generation of a category's keys that it gives.
    pub(super) fn generation(&self, category: Category) -> u32 {
        self.generations.iter().find(|(known, _)| *known == category).map_or(0, |(_, generation)| *generation)
    }

    /// Keeps who has a key that opened.
    pub(crate) fn named_as(&mut self, key: [u8; 32], person: &Person) {
        let (name, organisation) = (person.name.clone(), person.organisation.clone());
        self.openers.push(Opener { key, name, organisation });
    }
}

/// What is kept of a permission that belongs to an emergency card.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct OnCard {
    /// Whom to call, as printed.
    pub(crate) call: String,
    /// When an emergency was announced, as proven last.
    pub(crate) announced: Option<UnixMillis>,
    /// When it was opened first, as proven last.
    pub(crate) opened: Option<UnixMillis>,
    /// What the key is derived from that the card names; nothing for the permission that it was made with, whose own nonce that is.
    #[serde(default)]
    pub(crate) key: Option<[u8; 16]>,
    /// When it was opened, each time, as proven last; the first [`OnCard::MOST_TIMES`].
    #[serde(default)]
    pub(crate) times: Vec<UnixMillis>,
    /// When an emergency was announced, each time, as far as it was proven; the first [`OnCard::MOST_TIMES`].
    #[serde(default)]
    pub(crate) announcements: Vec<UnixMillis>,
}

impl OnCard {
    /// Openings and announcements whose times are kept at most: each is told, and a flood of them would take the place of everything
    /// else.
    pub(crate) const MOST_TIMES: usize = 50;

    /// Takes in the announcements that the members hold. They hold the newest few: what was known before stays known.
    pub(crate) fn hear(&mut self, proven: &[UnixMillis]) {
        for at in proven {
            // Two of one block have one time.
            let times = |all: &[UnixMillis]| all.iter().filter(|one| *one == at).count();
            if times(&self.announcements) < times(proven) {
                self.announcements.push(*at);
            }
        }
        self.announcements.sort_unstable();
        self.announcements.truncate(Self::MOST_TIMES);
    }
}

/// One sealed epoch that enough depots hold; where only daily summaries are given, one day, whose number stands for the epoch's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Uploaded {
    pub(crate) category: Category,
    pub(crate) epoch: u32,
    pub(crate) version: u64,
    /// So often it is to be sent once more, because some depot does not have it.
    #[serde(default)]
    pub(crate) again: u8,
}

/// Where a permission stood at a proven head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proven {
    pub(crate) state: PermissionState,
    pub(crate) erased: u16,
    /// Every member that holds a part confirmed that it deleted it.
    #[serde(default)]
    pub(crate) gone: bool,
    pub(crate) openings: u32,
    pub(crate) proof: ProofView,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) facts: Facts,
    pub(crate) permission: Permission,
}

impl Kept {
    pub(crate) fn id(&self) -> GrantId {
        GrantId(self.permission.id().0)
    }

    /// The key that signed the grant and can stop it.
    pub(crate) fn own_key(&self, vault: &Vault) -> SigningKey {
        Self::key(vault, self.facts.identity(), self.facts.key_nonce())
    }

    /// The key of a grant, of this identity and nonce.
    pub(crate) fn key(vault: &Vault, identity: Identity, nonce: &[u8; 16]) -> SigningKey {
        SigningKey::from_bytes(&vault.derive(identity, "salus/grant-key", nonce))
    }

    /// Where it stands now; the own clock ends it also before a proof does.
    pub(crate) fn state(&self, now: UnixMillis) -> PermissionState {
        let given = !matches!(self.permission.progress(), Progress::Pending);
        match self.facts.proven.as_ref().map(|p| p.state) {
            _ if matches!(self.permission.progress(), Progress::Stopped { .. }) => PermissionState::Stopped,
            Some(ended @ (PermissionState::Ended | PermissionState::Stopped)) => ended,
            None if !given => PermissionState::Pending,
            _ if now >= self.facts.ends => PermissionState::Ended,
            _ if now < self.facts.starts => PermissionState::NotYet,
            _ => PermissionState::Active,
        }
    }

    /// True when nothing more can happen to it.
    pub(crate) fn is_over(&self) -> bool {
        let ended = |p: &Proven| matches!(p.state, PermissionState::Ended | PermissionState::Stopped);
        self.facts.proven.as_ref().is_some_and(|p| ended(p) && p.gone)
    }

    pub(crate) fn view(&self, now: UnixMillis, members: u16) -> PermissionView {
        let (f, state) = (&self.facts, self.state(now));
        let over = matches!(state, PermissionState::Ended | PermissionState::Stopped);
        PermissionView {
            id: self.id(),
            clinician: f.clinician.clone(),
            categories: f.categories.clone(),
            data_from: f.data_from,
            data_to: f.data_to,
            starts: f.starts,
            ends: f.ends,
            condition: condition::view(&f.policy),
            state,
            members_holding: self.permission.holding().len(),
            members_erased: f.proven.as_ref().map_or(0, |p| p.erased),
            members,
            openings: f.proven.as_ref().map_or(0, |p| p.openings),
            proof: f.proven.as_ref().map(|p| p.proof.clone()),
            unconfirmed: f.unconfirmed.filter(|_| !over),
            emergency: f
                .card
                .as_ref()
                .map(|c| StandingEmergencyView { announced: c.announced, opened: c.opened }),
            new_keys: if f.replaces.is_some() { NewKeys::InPlace } else { NewKeys::None },
        }
    }

    pub(crate) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let id = self.permission.id().0;
        let facts = serde_json::to_vec(&self.facts).map_err(|_| bug("a permission has no JSON form"))?;
        vault.cabinet().put(MESSAGES, &id, &self.permission.encode()).await.or_fail()?;
        vault.cabinet().put(FACTS, &id, &facts).await.or_fail()
    }

    /// Saves what changed since `before`.
    pub(crate) async fn save_changes(&self, before: &Self, vault: &Vault) -> Result<bool, Failure> {
        let changed = self != before;
        if changed {
            self.save(vault).await?;
        }
        Ok(changed)
    }

    pub(crate) async fn discard(&self, vault: &Vault) -> Result<(), Failure> {
        let id = self.permission.id().0;
        vault.cabinet().remove(FACTS, &id).await.or_fail()?;
        vault.cabinet().remove(MESSAGES, &id).await.or_fail()?;
        Ok(())
    }
}

/// Every permission, newest start first.
pub(crate) async fn all(vault: &Vault) -> Result<Vec<Kept>, Failure> {
    let damaged = || Failure::from(ErrorCode::Damaged);
    let facts = vault.cabinet().readable(FACTS).await.or_fail()?;
    let messages: BTreeMap<_, _> = vault.cabinet().readable(MESSAGES).await.or_fail()?.into_iter().collect();
    let mut kept = Vec::with_capacity(facts.len());
    for (id, facts) in facts {
        let facts = serde_json::from_slice(&facts).map_err(|_| damaged())?;
        // One whose messages do not open cannot be shown; the others can be, and be stopped.
        let Some(octets) = messages.get(&id) else { continue };
        let permission = Permission::parse(octets).map_err(|_| damaged())?;
        kept.push(Kept { facts, permission });
    }
    kept.sort_by_key(|k| std::cmp::Reverse(k.facts.starts));
    Ok(kept)
}

/// One permission.
pub(crate) async fn one(vault: &Vault, id: &GrantId) -> Result<Kept, Failure> {
    let damaged = || Failure::from(ErrorCode::Damaged);
    let facts = vault.cabinet().get(FACTS, &id.0).await.or_fail()?.ok_or(ErrorCode::UnknownPermission)?;
    let octets = vault.cabinet().get(MESSAGES, &id.0).await.or_fail()?.ok_or_else(damaged)?;
    Ok(Kept {
        facts: serde_json::from_slice(&facts).map_err(|_| damaged())?,
        permission: Permission::parse(&octets).map_err(|_| damaged())?,
    })
}

//! Guardians' parts of what opens the backups: those that the person entrusted, and those that this record's person holds.

use salus_chain::circle::Guardians;
use salus_chain::codec::Record;
use salus_chain::ids::VerifyingKey;
use salus_sharing::circle::{Entrusted, Part};
use salus_vault::keyslot::{Checks, GuardianSlot, SealedShare, Share};
use salus_vault::{Key, Vault};
use salus_wire::{Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::{Coded, damaged, load, save};
use crate::failure::OrFail;
use crate::namespace::{FAMILY, FAMILY_PARTS};

const NAME: &[u8] = b"parts";

/// What one guardian was entrusted with. Not `Debug`: it holds what proves the part.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::family) struct One {
    pub(in crate::family) guardian: VerifyingKey,
    /// The sealed part, hexadecimal.
    part: String,
    /// What an answer to a rehearsal is held against, hexadecimal.
    proof_key: String,
    /// When it was told last.
    pub(in crate::family) told: Option<UnixMillis>,
}

/// What the guardians of now were entrusted with.
#[derive(Clone, Serialize, Deserialize)]
pub(in crate::family) struct Entrustment {
    /// When the parts were made: of several a guardian keeps the one with the highest.
    pub(in crate::family) number: UnixMillis,
    needed: u8,
    /// Which parts fit, hexadecimal.
    checks: String,
    pub(in crate::family) each: Vec<One>,
}

impl Entrustment {
    /// Of a fresh slot, whose parts are in the order of the guardians.
    pub(in crate::family) fn new(
        number: UnixMillis,
        set: &Guardians,
        slot: &GuardianSlot,
        sealed: Vec<SealedShare>,
    ) -> Self {
        let checks = slot.checks();
        let parts = sealed.into_iter().zip(slot.proof_keys());
        let one = |(guardian, (sealed, proof_key)): (&VerifyingKey, (SealedShare, &Key))| One {
            guardian: *guardian,
            part: hex::encode(Part { checks: checks.clone(), sealed }.to_bytes()),
            proof_key: hex::encode(proof_key.expose()),
            told: None,
        };
        let each = set.keys.iter().zip(parts).map(one).collect();
        Self { number, needed: set.threshold, checks: hex::encode(checks.to_bytes()), each }
    }

    /// True when these guardians hold them, and the record's slot is theirs: a crash may have come between the two.
    pub(in crate::family) fn is_of(&self, set: &Guardians, slot: Option<&Checks>) -> bool {
        let same = self.each.iter().map(|one| &one.guardian).eq(&set.keys);
        same && self.needed == set.threshold
            && slot.is_some_and(|slot| hex::encode(slot.to_bytes()) == self.checks)
    }

    pub(in crate::family) async fn load(vault: &Vault) -> Result<Option<Self>, Failure> {
        load(vault, FAMILY, NAME).await
    }

    pub(in crate::family) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        save(vault, FAMILY, NAME, self).await
    }

    pub(in crate::family) async fn forget(vault: &Vault) -> Result<(), Failure> {
        vault.cabinet().remove(FAMILY, NAME).await.or_fail().map(|_| ())
    }

    /// What shows that a guardian holds the part.
    pub(in crate::family) fn proof_key(&self, guardian: &VerifyingKey) -> Option<Key> {
        let one = self.each.iter().find(|one| one.guardian == *guardian)?;
        let octets = hex::decode(&one.proof_key).ok()?;
        <&[u8; 32]>::try_from(octets.as_slice()).ok().map(Key::copied)
    }
}

impl One {
    pub(in crate::family) fn part(&self) -> Result<Part, Failure> {
        let octets = hex::decode(&self.part).map_err(damaged)?;
        Part::from_bytes(&octets).map_err(damaged)
    }
}

/// The part that this record's person holds as somebody's guardian, still sealed to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::family) struct HeldPart {
    /// What the person said, hexadecimal.
    entrusted: String,
    /// The circle's revision when it was taken in.
    pub(in crate::family) revision: u32,
}

impl HeldPart {
    pub(in crate::family) fn new(entrusted: &Entrusted, revision: u32) -> Self {
        Self { entrusted: hex::encode(entrusted.encode()), revision }
    }

    pub(in crate::family) async fn of(vault: &Vault, coded: &Coded) -> Result<Option<Self>, Failure> {
        load(vault, FAMILY_PARTS, &coded.pk().0).await
    }

    pub(in crate::family) async fn save(&self, vault: &Vault, coded: &Coded) -> Result<(), Failure> {
        save(vault, FAMILY_PARTS, &coded.pk().0, self).await
    }

    pub(in crate::family) async fn forget(vault: &Vault, coded: &Coded) -> Result<(), Failure> {
        vault.cabinet().remove(FAMILY_PARTS, &coded.pk().0).await.or_fail().map(|_| ())
    }

    pub(in crate::family) fn entrusted(&self) -> Result<Entrusted, Failure> {
        let octets = hex::decode(&self.entrusted).map_err(damaged)?;
        Entrusted::decode(&octets).map_err(damaged)
    }

    /// The part opened; `None` when it does not.
    pub(in crate::family) fn share(&self, coded: &Coded) -> Result<Option<Share>, Failure> {
        Ok(self.entrusted()?.part.open(&coded.secret.inbox).ok())
    }
}

//! The person's keys of the own circle: what they are derived from, and those that take their place.

use salus_chain::ids::VerifyingKey;
use salus_chain::sign::SigningKey;
use salus_sharing::circle::{RelativeSecret, Salts};
use salus_sharing::invitation::ReaderSecret;
use salus_vault::{Identity, Vault};
use salus_wire::{ErrorCode, Failure};
use zeroize::Zeroizing;

use super::own::CIRCLE;
use super::{Own, secret};
use crate::failure::{OrFail, bug};
use crate::namespace::{FAMILY, FAMILY_SECRETS};
use crate::record::renew::About;

/// What keys and numbers are derived from: one of the record's identities, and a nonce.
#[derive(Clone, Copy)]
pub(in crate::family) struct Seed<'a>(pub(in crate::family) Identity, pub(in crate::family) &'a [u8; 16]);

impl Seed<'_> {
    fn derive(self, vault: &Vault, label: &str) -> Zeroizing<[u8; 32]> {
        vault.derive(self.0, label, self.1)
    }

    /// The person's key of a circle.
    pub(in crate::family) fn key(self, vault: &Vault) -> SigningKey {
        SigningKey::from_bytes(&self.derive(vault, "salus/circle-key"))
    }

    /// Where the person of a circle is told of things.
    pub(in crate::family) fn inbox(self, vault: &Vault) -> ReaderSecret {
        let mut octets = Zeroizing::new([0; 64]);
        octets[..32].copy_from_slice(&*self.derive(vault, "salus/circle-inbox-sign"));
        octets[32..].copy_from_slice(&*self.derive(vault, "salus/circle-inbox-open"));
        ReaderSecret::from_bytes(&octets)
    }
}

impl Own {
    const fn seed(&self) -> Seed<'_> {
        Seed(Identity(self.identity), &self.nonce)
    }

    /// What the salt of a helper's paper is derived from.
    pub(in crate::family) fn paper(&self, vault: &Vault, helper: &VerifyingKey) -> Zeroizing<[u8; 32]> {
        vault.derive(Identity(self.identity), "salus/circle-paper", &[&self.nonce[..], &helper.0].concat())
    }

    /// The key that this record has for the person whom the members know by another's public half; `None` for a stranger's.
    pub(in crate::family) async fn key_of(
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
    pub(in crate::family) async fn reach(
        &mut self,
        vault: &Vault,
        pk: &VerifyingKey,
    ) -> Result<bool, Failure> {
        let at = self.successors.iter().position(|successor| successor == pk);
        let Some(at) = at.filter(|at| at.saturating_add(1) < self.successors.len()) else { return Ok(false) };
        self.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        self.carried = Some(*pk);
        self.successors.drain(..=at);
        self.save(vault).await?;
        Ok(true)
    }

    /// Speaks with the key that the ones before retired for.
    pub(in crate::family) async fn succeed(&mut self, vault: &Vault) -> Result<(), Failure> {
        let Some(pk) = self.successors.pop() else { return Ok(()) };
        self.successors.clear();
        self.secret = Some(secret(vault, &pk.0).await?.ok_or(ErrorCode::Damaged)?);
        self.carried = Some(pk);
        self.save(vault).await
    }

    /// It with a fresh key that the present one is to retire for, and that key, as they are to be stored together.
    pub(in crate::family) fn retiring(mut self, fresh: &RelativeSecret) -> Result<[About; 2], Failure> {
        let pk = fresh.signing.verifying_key();
        self.successors.push(pk);
        let octets = serde_json::to_vec(&self).map_err(|_| bug("a circle has no JSON form"))?;
        Ok([(FAMILY_SECRETS, pk.0.to_vec(), fresh.to_bytes().to_vec()), (FAMILY, CIRCLE.to_vec(), octets)])
    }

    /// Speaks with this key from now on, which is kept beside.
    pub(in crate::family) async fn carry(
        &mut self,
        vault: &Vault,
        secret: &RelativeSecret,
    ) -> Result<(), Failure> {
        let pk = secret.signing.verifying_key();
        vault.cabinet().put(FAMILY_SECRETS, &pk.0, &*secret.to_bytes()).await.or_fail()?;
        (self.carried, self.secret) = (Some(pk), Some(secret.clone()));
        self.successors.clear();
        self.save(vault).await
    }

    /// The person's key of the circle.
    pub(in crate::family) fn key(&self, vault: &Vault) -> SigningKey {
        self.secret.as_ref().map_or_else(|| self.seed().key(vault), |carried| carried.signing.clone())
    }

    pub(in crate::family) fn salts(&self, vault: &Vault) -> Salts {
        let salts = Salts::new(self.seed().derive(vault, "salus/circle-salts"));
        salts.recalled(self.recalled.iter().copied().collect())
    }

    /// Where stewards tell what they gave.
    pub(in crate::family) fn inbox(&self, vault: &Vault) -> ReaderSecret {
        self.secret.as_ref().map_or_else(|| self.seed().inbox(vault), |carried| carried.inbox.clone())
    }
}

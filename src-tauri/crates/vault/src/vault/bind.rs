//! Making this computer's keyring part of the passphrase, without a moment at which nothing opens.
//!
//! ```text
//! passphrase entry n      the keyring has no secret: a fresh one is left there; the slot stays as it is
//! passphrase entry n + 1  the keyring gives a secret back: the slot is wrapped anew with it
//! ```
//!
//! A keyring says "kept" before its own file is on the disk, and nobody can ask it whether it is. So a slot never depends on
//! a secret that was left in the same step: what the keyring lost in a power cut between the two was needed by nothing. A
//! kill anywhere leaves slot A or slot A' whole ([`super::replace`]), each with what it needs. The recovery key or the
//! guardians are there before, or the keyring is left out.

use rand_core::CryptoRng;

use super::{Vault, files};
use crate::keyring::{Keyring, Unavailable};
use crate::keyslot::Keyslots;
use crate::{Key, VaultError};

/// How the keyring stands to a record.
pub(super) enum Settled {
    /// It gave a secret back: a slot may depend on it.
    Kept(Key),
    /// It took a fresh one just now: the next passphrase entry may.
    Left,
    /// There is none to ask, or no other way back in.
    Not,
}

impl Settled {
    /// The secret that a slot may depend on.
    pub(super) const fn to_bind(&self) -> Option<&Key> {
        match self {
            Settled::Kept(secret) => Some(secret),
            Settled::Left | Settled::Not => None,
        }
    }

    /// True when the keyring has a secret of this record.
    pub(super) const fn is_kept(&self) -> bool {
        matches!(self, Settled::Kept(_) | Settled::Left)
    }
}

/// Asks the keyring for the record's secret, and leaves a fresh one when it has none. Blocks.
pub(super) fn settled(
    keyring: &dyn Keyring,
    slots: &Keyslots,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Settled {
    if !slots.has_way_back() {
        return Settled::Not;
    }
    match keyring.read(&slots.record) {
        Ok(Some(secret)) => Settled::Kept(secret),
        Ok(None) => match keyring.write(&slots.record, &Key::random(rng)) {
            Ok(()) => Settled::Left,
            Err(Unavailable) => Settled::Not,
        },
        Err(Unavailable) => Settled::Not,
    }
}

impl Vault {
    /// One step towards a passphrase that opens on this computer only. What fails is tried at the next entry: the record is
    /// open, and stays so.
    pub(super) async fn bind(&self, passphrase: &str) {
        if let Err(error) = self.try_bind(passphrase).await {
            tracing::debug!(%error, "the keyring is not part of the passphrase yet");
        }
    }

    async fn try_bind(&self, passphrase: &str) -> Result<(), VaultError> {
        let mut state = self.ready().await?;
        let Some(cost) = state.slots.unbound() else { return Ok(()) };
        let (slots, settled) = self.wrapped(&mut state, passphrase, cost, false).await?;
        state.in_keyring = settled.is_kept();
        if slots.is_bound() {
            files::write_keyslots(&self.dir, &slots.encode())?;
            state.slots = slots;
        }
        Ok(())
    }
}

//! What the depots hold for stewards.

use salus_vault::Vault;
use salus_wire::{Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::{load, save};
use crate::namespace::FAMILY;
use crate::share::kept::Uploaded;

const UPLOADED: &[u8] = b"uploaded";

/// Which sealed readings the depots hold for stewards, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(in crate::family) struct Sent {
    pub(in crate::family) until: UnixMillis,
    pub(in crate::family) uploaded: Vec<Uploaded>,
}

impl Sent {
    pub(in crate::family) async fn load(vault: &Vault) -> Result<Self, Failure> {
        Ok(load(vault, FAMILY, UPLOADED).await?.unwrap_or_default())
    }

    pub(in crate::family) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        save(vault, FAMILY, UPLOADED, self).await
    }
}

//! What the record remembers of a device, sealed in the cabinet.

use salus_devices::{Description, Found};
use salus_vault::Vault;
use salus_wire::{Category, DeviceId, ErrorCode, Failure, UnixMillis};
use serde::{Deserialize, Serialize};

use super::claim::Claim;
use crate::failure::OrFail;

const NAMESPACE: &str = "devices";

/// A device as kept; one that was removed stays known by name, because its readings stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The identifier that pages use: as first seen.
    pub(super) id: DeviceId,
    /// The final identity, which its readings carry; known after the first connection.
    pub(super) identity: Option<DeviceId>,
    /// How the platform names it.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) model: Option<String>,
    pub(super) measures: Vec<Category>,
    pub(super) link_encrypted: Option<bool>,
    pub(super) added: bool,
    pub(super) stored: u32,
    pub(super) quarantined: u32,
    pub(super) last_reading: Option<UnixMillis>,
    /// Whether the device ever named one of several users.
    #[serde(default)]
    pub(super) several: bool,
    /// What the person said about its users.
    #[serde(default)]
    pub(super) claims: Vec<Claim>,
}

impl Kept {
    pub(super) fn new(found: &Found) -> Self {
        Self {
            id: found.id,
            identity: None,
            key: found.key.as_str().to_owned(),
            name: found.name.clone(),
            model: None,
            measures: found.measures.clone(),
            link_encrypted: None,
            added: true,
            stored: 0,
            quarantined: 0,
            last_reading: None,
            several: false,
            claims: Vec::new(),
        }
    }

    pub(super) fn describe(&mut self, d: &Description) {
        self.identity = Some(d.id);
        let parts: Vec<_> =
            [&d.maker, &d.model, &d.firmware].into_iter().flatten().map(String::as_str).collect();
        self.model = (!parts.is_empty()).then(|| parts.join(", "));
        if !d.measures.is_empty() {
            self.measures.clone_from(&d.measures);
        }
        self.link_encrypted = d.link_encrypted;
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let value = serde_json::to_vec(self).map_err(|_| crate::failure::bug("a device has no JSON form"))?;
        vault.cabinet().put(NAMESPACE, self.id.as_bytes(), &value).await.or_fail()
    }
}

pub(super) async fn load(vault: &Vault) -> Result<Vec<Kept>, Failure> {
    let rows = vault.cabinet().list(NAMESPACE).await.or_fail()?;
    let parse = |value: &[u8]| serde_json::from_slice(value).map_err(|_| Failure::from(ErrorCode::Damaged));
    rows.iter().map(|(_, value)| parse(value)).collect()
}

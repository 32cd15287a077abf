//! What the patient's record keeps of notes: the notes, and which letters were looked at.

use salus_chain::ids::{Hash32, VerifyingKey};
use salus_sharing::invitation::ReaderSecret;
use salus_vault::{Identity, Vault};
use salus_wire::view::{PermissionState, ReplyView, Through, Unconfirmed};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::failure::{OrFail, bug};
use crate::namespace::{REPLIES, REPLY_INBOXES};
use crate::reply::name;

fn damaged<E>(_: E) -> Failure {
    ErrorCode::Damaged.into()
}

/// Where somebody can be written to about a permission: keys of its own for each.
pub(super) fn secret(vault: &Vault, identity: Identity, context: &[u8]) -> ReaderSecret {
    let derived = |label| vault.derive(identity, label, context);
    let mut octets = Zeroizing::new([0; 64]);
    octets[..32].copy_from_slice(&*derived("salus/reply-inbox-sign"));
    octets[32..].copy_from_slice(&*derived("salus/reply-inbox-open"));
    ReaderSecret::from_bytes(&octets)
}

/// How far one permission's inbox is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Inbox {
    /// The clinician was told where it is.
    pub(super) told: bool,
    /// In whose voice: by the person's key of the circle, about what a helper gave. One that is told by another key is another inbox.
    #[serde(default)]
    pub(super) by: Option<VerifyingKey>,
    /// Which of the record's identities its keys are derived from then.
    #[serde(default)]
    pub(super) identity: u32,
    /// Letters that were looked at.
    pub(super) read: Vec<Hash32>,
}

impl Inbox {
    pub(super) async fn load(vault: &Vault, id: &GrantId) -> Result<Self, Failure> {
        match vault.cabinet().get(REPLY_INBOXES, &id.0).await.or_fail()? {
            None => Ok(Self::default()),
            Some(octets) => serde_json::from_slice(&octets).map_err(damaged),
        }
    }

    pub(super) async fn save(&self, vault: &Vault, id: &GrantId) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("an inbox has no JSON form"))?;
        vault.cabinet().put(REPLY_INBOXES, &id.0, &octets).await.or_fail()
    }
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Received {
    pub(super) permission: GrantId,
    #[serde(default)]
    pub(super) through: Option<Through>,
    pub(super) number: u32,
    /// As attested when the permission was given.
    pub(super) name: String,
    pub(super) organisation: String,
    pub(super) attested_by: String,
    /// As proven when it came.
    pub(super) unconfirmed: Option<Unconfirmed>,
    pub(super) proven_at_height: String,
    pub(super) text: String,
    pub(super) written: UnixMillis,
    pub(super) came: UnixMillis,
    pub(super) takes_back: Option<u32>,
    pub(super) after: Option<PermissionState>,
    pub(super) read: bool,
}

impl Received {
    pub(super) async fn load(vault: &Vault, id: &GrantId, number: u32) -> Result<Option<Self>, Failure> {
        let stored = vault.cabinet().get(REPLIES, &name(id, number)).await.or_fail()?;
        stored.map(|octets| serde_json::from_slice(&octets).map_err(damaged)).transpose()
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("a note has no JSON form"))?;
        vault.cabinet().put(REPLIES, &name(&self.permission, self.number), &octets).await.or_fail()
    }

    fn view(self, all: &[(GrantId, u32)]) -> ReplyView {
        ReplyView {
            taken_back: all.contains(&(self.permission, self.number)),
            permission: self.permission,
            through: self.through,
            number: self.number,
            name: self.name,
            organisation: self.organisation,
            attested_by: self.attested_by,
            unconfirmed: self.unconfirmed,
            proven_at_height: self.proven_at_height,
            text: self.text,
            written: self.written,
            came: self.came,
            takes_back: self.takes_back,
            after: self.after,
            read: self.read,
        }
    }
}

/// Every note that can be read, the newest to come first.
pub(super) async fn views(vault: &Vault) -> Result<Vec<ReplyView>, Failure> {
    let stored = vault.cabinet().readable(REPLIES).await.or_fail()?;
    let parse = |octets: &[u8]| serde_json::from_slice(octets).map_err(damaged);
    let all: Vec<Received> = stored.iter().map(|(_, octets)| parse(octets)).collect::<Result<_, _>>()?;
    let taken_back: Vec<(GrantId, u32)> =
        all.iter().filter_map(|note| Some((note.permission, note.takes_back?))).collect();
    let mut views: Vec<ReplyView> = all.into_iter().map(|note| note.view(&taken_back)).collect();
    views.sort_by_key(|view| std::cmp::Reverse((view.came, view.written, view.number)));
    Ok(views)
}

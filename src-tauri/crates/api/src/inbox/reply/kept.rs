//! What the clinician's record keeps of notes: where a patient can be written to, and every note that was signed.

use salus_chain::codec::Record;
use salus_sharing::reply::Address;
use salus_vault::Vault;
use salus_wire::view::SentReplyView;
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};

use crate::failure::{OrFail, bug};
use crate::namespace::{REPLIES_SENT, REPLY_ADDRESSES};
use crate::reply::name;

fn damaged<E>(_: E) -> Failure {
    ErrorCode::Damaged.into()
}

/// What is known of one permission.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Book {
    /// The proven address: encoded, as hexadecimal.
    pub(super) address: Option<String>,
    /// When the patient stopped it, as proven.
    pub(super) stopped: Option<UnixMillis>,
}

impl Book {
    pub(super) async fn load(vault: &Vault, id: &GrantId) -> Result<Self, Failure> {
        match vault.cabinet().get(REPLY_ADDRESSES, &id.0).await.or_fail()? {
            None => Ok(Self::default()),
            Some(octets) => serde_json::from_slice(&octets).map_err(damaged),
        }
    }

    pub(super) async fn save(&self, vault: &Vault, id: &GrantId) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("an address has no JSON form"))?;
        vault.cabinet().put(REPLY_ADDRESSES, &id.0, &octets).await.or_fail()
    }

    pub(super) fn address(&self) -> Result<Option<Address>, Failure> {
        let Some(text) = &self.address else { return Ok(None) };
        let octets = hex::decode(text).map_err(damaged)?;
        Address::decode(&octets).map(Some).map_err(damaged)
    }
}

/// A note that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sent {
    pub(super) number: u32,
    pub(super) text: String,
    pub(super) written: UnixMillis,
    pub(super) takes_back: Option<u32>,
    /// As signed, hexadecimal: what is sent again is the same.
    pub(super) octets: String,
    /// True once enough depots hold it.
    pub(super) sent: bool,
}

impl Sent {
    pub(super) async fn save(&self, vault: &Vault, id: &GrantId) -> Result<(), Failure> {
        let octets = serde_json::to_vec(self).map_err(|_| bug("a note has no JSON form"))?;
        vault.cabinet().put(REPLIES_SENT, &name(id, self.number), &octets).await.or_fail()
    }

    /// Those of one permission, oldest first.
    pub(super) async fn of(vault: &Vault, id: &GrantId) -> Result<Vec<Self>, Failure> {
        let stored = vault.cabinet().readable(REPLIES_SENT).await.or_fail()?;
        let of_it = stored.iter().filter(|(name, _)| name.starts_with(&id.0));
        let parse = |octets: &[u8]| serde_json::from_slice(octets).map_err(damaged);
        let mut all: Vec<Self> = of_it.map(|(_, octets)| parse(octets)).collect::<Result<_, _>>()?;
        all.sort_by_key(|sent| sent.number);
        Ok(all)
    }
}

/// As the page shows them, newest first.
pub(super) async fn views(vault: &Vault, id: &GrantId) -> Result<Vec<SentReplyView>, Failure> {
    let all = Sent::of(vault, id).await?;
    let taken_back: Vec<u32> = all.iter().filter_map(|sent| sent.takes_back).collect();
    let one = |sent: Sent| SentReplyView {
        taken_back: taken_back.contains(&sent.number),
        number: sent.number,
        text: sent.text,
        written: sent.written,
        takes_back: sent.takes_back,
        sent: sent.sent,
    };
    Ok(all.into_iter().rev().map(one).collect())
}

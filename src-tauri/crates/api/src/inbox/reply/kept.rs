//! What the clinician's record keeps of notes: where a patient can be written to, and every note that was signed.

use salus_chain::codec::Record;
use salus_chain::ids::{ReaderKey, VerifyingKey};
use salus_sharing::reply::Address;
use salus_sharing::reply::person::PersonAddress;
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
    /// The proven address of whoever gave it: encoded, as hexadecimal.
    pub(super) address: Option<String>,
    /// Where the person can be written to, where a helper gave it.
    #[serde(default)]
    pub(super) person: Option<Person>,
    /// When the patient stopped it, as proven.
    pub(super) stopped: Option<UnixMillis>,
}

/// Where the person of a circle can be written to, as their key said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    inbox: ReaderKey,
    by: VerifyingKey,
    number: UnixMillis,
}

impl Book {
    /// Takes an address of the person's, which the key `by` is proven to have said; true when it is another than before. One of another
    /// key takes the place of any: only the present key's is proven.
    pub(super) fn learn(&mut self, address: &PersonAddress, by: VerifyingKey) -> bool {
        let newer = |known: &Person| known.by != by || known.number < address.number;
        let takes = self.person.as_ref().is_none_or(newer);
        if takes {
            self.person = Some(Person { inbox: address.inbox, by, number: address.number });
        }
        takes
    }

    /// True where nobody can be written to.
    pub(super) const fn is_empty(&self) -> bool {
        self.address.is_none() && self.person.is_none()
    }

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
    /// True once enough depots hold it for whoever gave the permission.
    pub(super) sent: bool,
    /// The inbox of the person's that enough depots hold it for, where a helper gave the permission.
    #[serde(default)]
    pub(super) to_person: Option<ReaderKey>,
}

impl Sent {
    /// True while whoever gave the permission is still to get it.
    pub(super) const fn lacks_giver(&self, book: &Book) -> bool {
        !self.sent && book.address.is_some()
    }

    /// The person's inbox, while it is still to get there; another one than before gets every note.
    pub(super) fn lacks_person(&self, book: &Book) -> Option<ReaderKey> {
        book.person.as_ref().map(|person| person.inbox).filter(|inbox| self.to_person != Some(*inbox))
    }

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

/// As the page shows them, newest first. With a helper's permission a note is sent once it waits for the person whose readings it is
/// about.
pub(super) async fn views(
    vault: &Vault,
    id: &GrantId,
    by_helper: bool,
) -> Result<Vec<SentReplyView>, Failure> {
    let all = Sent::of(vault, id).await?;
    let taken_back: Vec<u32> = all.iter().filter_map(|sent| sent.takes_back).collect();
    let one = |sent: Sent| SentReplyView {
        taken_back: taken_back.contains(&sent.number),
        number: sent.number,
        text: sent.text,
        written: sent.written,
        takes_back: sent.takes_back,
        sent: if by_helper { sent.to_person.is_some() } else { sent.sent },
        helper: by_helper && sent.sent,
    };
    Ok(all.into_iter().rev().map(one).collect())
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::{ChainId, CircleId};
    use salus_chain::sign::SigningKey;

    use super::*;

    fn address(number: i64, inbox: u8) -> PersonAddress {
        let (grant, circle) = (salus_chain::ids::GrantId([1; 32]), CircleId([2; 32]));
        let inbox = salus_sharing::invitation::ReaderSecret::from_bytes(&[inbox; 64]).public();
        PersonAddress::sign(
            grant,
            circle,
            number,
            inbox,
            &ChainId([3; 32]),
            &SigningKey::from_bytes(&[4; 32]),
        )
    }

    #[test]
    fn the_newest_address_of_the_present_key_counts_and_every_note_goes_there() {
        let (mut book, key) = (Book::default(), |n| SigningKey::from_bytes(&[n; 32]).verifying_key());
        let mut sent = Sent {
            number: 1,
            text: "All is well.".into(),
            written: 1,
            takes_back: None,
            octets: String::new(),
            sent: false,
            to_person: None,
        };
        assert!(book.is_empty() && !sent.lacks_giver(&book) && sent.lacks_person(&book).is_none());
        assert!(book.learn(&address(5, 1), key(1)));
        assert!(!book.learn(&address(5, 2), key(1)) && !book.learn(&address(4, 2), key(1)), "an older one");
        let first = sent.lacks_person(&book);
        assert_eq!(first, Some(address(5, 1).inbox));
        sent.to_person = first;
        assert!(sent.lacks_person(&book).is_none());
        assert!(book.learn(&address(1, 3), key(2)), "the key of before says nothing any more");
        assert_eq!(
            sent.lacks_person(&book),
            Some(address(1, 3).inbox),
            "what was sent before goes there too"
        );
    }
}

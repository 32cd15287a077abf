//! Where things are in the object store, and what the small ones hold.

use object_store::path::Path as Key;
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;
use salus_keeper::depot::MAX_LOCATORS;

/// The content of `keep/<hash>`.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) until: UnixMillis,
    pub(super) locators: Vec<Hash32>,
}

impl Kept {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut octets = self.until.to_be_bytes().to_vec();
        octets.extend(self.locators.iter().flat_map(|locator| locator.0));
        octets
    }

    pub(super) fn decode(octets: &[u8]) -> Option<Self> {
        let (until, locators) = octets.split_first_chunk()?;
        let (locators, []) = locators.as_chunks() else { return None };
        Some(Self {
            until: i64::from_be_bytes(*until),
            locators: locators.iter().take(MAX_LOCATORS).copied().map(Hash32).collect(),
        })
    }
}

pub(super) fn blob_key(hash: &Hash32) -> Key {
    let hash = hash.to_string();
    Key::from(format!("blob/{}/{hash}", &hash[..2]))
}

pub(super) fn keep_key(hash: &Hash32) -> Key {
    Key::from(format!("keep/{hash}"))
}

pub(super) fn inbox_key(inbox: &Hash32) -> Key {
    Key::from(format!("inbox/{inbox}"))
}

pub(super) fn pointer_key(inbox: &Hash32, hash: &Hash32) -> Key {
    Key::from(format!("inbox/{inbox}/{hash}"))
}

/// Keep-until and pointer of a stored pointer.
pub(super) fn pointer_of(octets: &[u8]) -> Option<(UnixMillis, &[u8])> {
    let (until, pointer) = octets.split_first_chunk()?;
    Some((i64::from_be_bytes(*until), pointer))
}

pub(super) fn find_key(locator: &Hash32, hash: &Hash32) -> Key {
    Key::from(format!("find/{locator}/{hash}"))
}

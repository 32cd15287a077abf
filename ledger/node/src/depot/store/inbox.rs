//! Pointers in inboxes.

use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;
use salus_keeper::depot::{MAX_POINTER_BYTES, MAX_POINTERS, blob_hash};

use super::layout::{inbox_key, pointer_key, pointer_of};
use super::{Store, StoreError};

impl Store {
    /// Keeps a pointer in an inbox; again to keep it longer.
    ///
    /// # Errors
    /// [`StoreError::Crowded`] when the inbox is full.
    pub async fn put_pointer(
        &self,
        inbox: &Hash32,
        pointer: &[u8],
        until: UnixMillis,
    ) -> Result<Hash32, StoreError> {
        if pointer.len() > MAX_POINTER_BYTES {
            return Err(StoreError::TooLarge);
        }
        let hash = blob_hash(pointer);
        let mut used = self.used.lock().await;
        let names = self.names(&inbox_key(inbox)).await?;
        let known = names.contains(&hash);
        let size = u64::try_from(pointer.len()).unwrap_or(u64::MAX);
        if !known && names.len() >= MAX_POINTERS {
            return Err(StoreError::Crowded);
        }
        if !known && used.saturating_add(size) > self.max_bytes {
            return Err(StoreError::Full);
        }
        let key = pointer_key(inbox, &hash);
        let before = self.read(&key).await?.and_then(|octets| pointer_of(&octets).map(|(until, _)| until));
        let until = before.map_or(until, |before| before.max(until));
        let octets = [until.to_be_bytes().as_slice(), pointer].concat();
        self.objects.put(&key, octets.into()).await?;
        if !known {
            *used = used.saturating_add(size);
        }
        Ok(hash)
    }

    /// The pointers in an inbox.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn pointers(&self, inbox: &Hash32) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut pointers = Vec::new();
        for hash in self.names(&inbox_key(inbox)).await?.into_iter().take(MAX_POINTERS) {
            let octets = self.read(&pointer_key(inbox, &hash)).await?;
            pointers.extend(octets.as_deref().and_then(pointer_of).map(|(_, pointer)| pointer.to_vec()));
        }
        Ok(pointers)
    }

    pub(super) async fn collect_pointers(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let mut used = self.used.lock().await;
        let mut removed = 0;
        for inbox in self.objects.list_with_delimiter(Some(&Key::from("inbox"))).await?.common_prefixes {
            for object in self.objects.list_with_delimiter(Some(&inbox)).await?.objects {
                let octets = self.read(&object.location).await?;
                if octets.as_deref().and_then(pointer_of).is_none_or(|(until, _)| until <= now) {
                    self.remove(&object.location).await?;
                    *used = used.saturating_sub(object.size.saturating_sub(8));
                    removed += 1;
                }
            }
        }
        Ok(removed)
    }
}

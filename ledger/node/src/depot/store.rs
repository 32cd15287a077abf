//! Blobs by content, found by locators, kept until a day.
//!
//! ```text
//! blob/<2 hex>/<hash>      the sealed octets
//! keep/<hash>              i64 keep-until in ms, then the 32-octet locators it is found under
//! find/<locator>/<hash>    a mark
//! until/<day>/<hash>       a mark: look at the blob on that day
//! inbox/<inbox>/<hash>     i64 keep-until in ms, then a sealed pointer
//! ```
//!
//! A blob is written before its index, so a crash leaves at worst an unreachable blob that its uploader repeats.

mod inbox;
mod layout;

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures::TryStreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};
use salus_chain::ids::Hash32;
use salus_chain::time::UnixMillis;
use salus_keeper::depot::{MAX_HASHES, MAX_LOCATORS, blob_hash};
use tokio::sync::Mutex;

use crate::disk;
use layout::{Kept, blob_key, find_key, keep_key};

const DAY_MS: i64 = 86_400_000;

/// Why the depot does not keep or find a blob.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store's total is reached.
    #[error("the depot is full")]
    Full,
    /// One blob above its limit.
    #[error("the blob is larger than the depot takes")]
    TooLarge,
    /// Too many locators, or too many blobs under one of them.
    #[error("too many blobs under one locator")]
    Crowded,
    /// The disk is full, whatever the configuration allows.
    #[error("the disk that holds data/depot is full: make room on it; everything that was kept stays")]
    DiskFull,
    /// The store failed.
    #[error("the depot's store failed: {0}")]
    Failed(object_store::Error),
}

impl From<object_store::Error> for StoreError {
    fn from(error: object_store::Error) -> Self {
        if disk::is_full(&error) { Self::DiskFull } else { Self::Failed(error) }
    }
}

/// A depot's blobs.
pub struct Store {
    objects: Arc<dyn ObjectStore>,
    max_bytes: u64,
    max_blob_bytes: u64,
    // Octets of all blobs; also serialises every change of the index.
    used: Mutex<u64>,
}

impl Store {
    /// Opens the depot in a local directory, which is made when it is missing.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn open(directory: &Path, max_bytes: u64, max_blob_bytes: u64) -> Result<Self, StoreError> {
        std::fs::create_dir_all(directory)
            .map_err(|source| object_store::Error::Generic { store: "local", source: Box::new(source) })?;
        let objects = LocalFileSystem::new_with_prefix(directory)?.with_fsync(true);
        Self::over(Arc::new(objects), max_bytes, max_blob_bytes).await
    }

    /// Opens the depot over any object store.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn over(
        objects: Arc<dyn ObjectStore>,
        max_bytes: u64,
        max_blob_bytes: u64,
    ) -> Result<Self, StoreError> {
        let add =
            |sum: u64, object: object_store::ObjectMeta| async move { Ok(sum.saturating_add(object.size)) };
        let blobs: u64 = objects.list(Some(&Key::from("blob"))).try_fold(0, add).await?;
        let used = objects.list(Some(&Key::from("inbox"))).try_fold(blobs, add).await?;
        Ok(Self { objects, max_bytes, max_blob_bytes, used: Mutex::new(used) })
    }

    /// Octets of all blobs.
    pub async fn used(&self) -> u64 {
        *self.used.lock().await
    }

    /// Keeps `bytes` at least until `until`, findable under `locators`; again with a later time to keep it longer.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn put(
        &self,
        bytes: Bytes,
        locators: &[Hash32],
        until: UnixMillis,
    ) -> Result<Hash32, StoreError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > self.max_blob_bytes {
            return Err(StoreError::TooLarge);
        }
        let hash = blob_hash(&bytes);
        let mut used = self.used.lock().await;
        let mut kept = self.kept(&hash).await?.unwrap_or_default();
        let known = self.has(&blob_key(&hash)).await?;
        if !known && used.saturating_add(size) > self.max_bytes {
            return Err(StoreError::Full);
        }
        let mut fresh: Vec<Hash32> = locators.to_vec();
        fresh.retain(|locator| !kept.locators.contains(locator));
        fresh.sort_unstable();
        fresh.dedup();
        if kept.locators.len() + fresh.len() > MAX_LOCATORS {
            return Err(StoreError::Crowded);
        }
        for locator in &fresh {
            if self.find(locator).await?.len() >= MAX_HASHES {
                return Err(StoreError::Crowded);
            }
        }
        if !known {
            self.objects.put(&blob_key(&hash), bytes.into()).await?;
            *used = used.saturating_add(size);
        }
        kept.until = kept.until.max(until);
        kept.locators.extend(&fresh);
        let day = kept.until.div_euclid(DAY_MS);
        self.objects.put(&keep_key(&hash), kept.encode().into()).await?;
        self.objects.put(&Key::from(format!("until/{day}/{hash}")), Bytes::new().into()).await?;
        for locator in &fresh {
            self.objects.put(&find_key(locator, &hash), Bytes::new().into()).await?;
        }
        Ok(hash)
    }

    /// The blob, if it is here and undamaged.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn get(&self, hash: &Hash32) -> Result<Option<Bytes>, StoreError> {
        let Some(bytes) = self.read(&blob_key(hash)).await? else { return Ok(None) };
        if blob_hash(&bytes) == *hash {
            return Ok(Some(bytes));
        }
        tracing::error!("a blob is damaged on disk and is removed");
        let mut used = self.used.lock().await;
        self.objects.delete(&blob_key(hash)).await?;
        *used = used.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        Ok(None)
    }

    /// Whether the blob is here.
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn holds(&self, hash: &Hash32) -> Result<bool, StoreError> {
        self.has(&blob_key(hash)).await
    }

    /// The blobs under a locator, by hash, at most [`MAX_HASHES`].
    ///
    /// # Errors
    /// [`StoreError::Failed`].
    pub async fn find(&self, locator: &Hash32) -> Result<Vec<Hash32>, StoreError> {
        let mut found = self.names(&Key::from(format!("find/{locator}"))).await?;
        found.truncate(MAX_HASHES);
        Ok(found)
    }

    /// Removes what is past its time at `now`; how many blobs and pointers went.
    ///
    /// # Errors
    /// [`StoreError::Failed`]; what is left is removed the next time.
    pub async fn collect(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let days = self.objects.list_with_delimiter(Some(&Key::from("until"))).await?.common_prefixes;
        let day_of = |key: &Key| key.filename().and_then(|day| day.parse::<i64>().ok());
        let mut removed = self.collect_pointers(now).await?;
        for day in days.into_iter().filter(|key| day_of(key).is_some_and(|day| day <= now.div_euclid(DAY_MS)))
        {
            for hash in self.names(&day).await? {
                removed += usize::from(self.expire(&day, &hash, now).await?);
            }
        }
        Ok(removed)
    }

    async fn expire(&self, day: &Key, hash: &Hash32, now: UnixMillis) -> Result<bool, StoreError> {
        let mut used = self.used.lock().await;
        let mark = Key::from(format!("{day}/{hash}"));
        let kept = self.kept(hash).await?.unwrap_or_default();
        if kept.until > now {
            // Its own day, later in the day; or an earlier promise that was prolonged.
            let due = day.filename().and_then(|day| day.parse().ok()) == Some(kept.until.div_euclid(DAY_MS));
            if !due {
                self.remove(&mark).await?;
            }
            return Ok(false);
        }
        let size = match self.objects.head(&blob_key(hash)).await {
            Ok(blob) => blob.size,
            Err(object_store::Error::NotFound { .. }) => 0,
            Err(error) => return Err(error.into()),
        };
        for locator in &kept.locators {
            self.remove(&find_key(locator, hash)).await?;
        }
        self.remove(&blob_key(hash)).await?;
        self.remove(&keep_key(hash)).await?;
        self.remove(&mark).await?;
        *used = used.saturating_sub(size);
        Ok(true)
    }

    async fn names(&self, prefix: &Key) -> Result<Vec<Hash32>, StoreError> {
        let list = self.objects.list_with_delimiter(Some(prefix)).await?;
        let name = |object: object_store::ObjectMeta| object.location.filename()?.parse().ok();
        let mut names: Vec<Hash32> = list.objects.into_iter().filter_map(name).collect();
        names.sort_unstable();
        Ok(names)
    }

    async fn kept(&self, hash: &Hash32) -> Result<Option<Kept>, StoreError> {
        Ok(self.read(&keep_key(hash)).await?.and_then(|octets| Kept::decode(&octets)))
    }

    async fn read(&self, key: &Key) -> Result<Option<Bytes>, StoreError> {
        match self.objects.get(key).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn has(&self, key: &Key) -> Result<bool, StoreError> {
        match self.objects.head(key).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn remove(&self, key: &Key) -> Result<(), StoreError> {
        match self.objects.delete(key).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests;

use super::*;
use salus_keeper::depot::MAX_POINTERS;

const NOON: i64 = 20_000 * DAY_MS + DAY_MS / 2;

async fn store(dir: &tempfile::TempDir) -> Store {
    Store::open(dir.path(), 1_000, 600).await.unwrap()
}

fn locator(seed: u8) -> Hash32 {
    Hash32([seed; 32])
}

#[tokio::test]
async fn a_blob_is_found_by_its_hash_and_every_locator_also_after_reopening() {
    let dir = tempfile::tempdir().unwrap();
    let hash = store(&dir).await.put("sealed".into(), &[locator(1), locator(2)], NOON).await.unwrap();
    let store = store(&dir).await;
    assert_eq!(store.get(&hash).await.unwrap().unwrap(), "sealed");
    assert_eq!(store.find(&locator(1)).await.unwrap(), [hash]);
    assert_eq!(store.find(&locator(2)).await.unwrap(), [hash]);
    assert!(store.find(&locator(3)).await.unwrap().is_empty());
    assert_eq!(store.used().await, 6);
    assert!(store.get(&locator(9)).await.unwrap().is_none());
}

#[tokio::test]
async fn uploading_twice_keeps_one_blob_and_the_later_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    let hash = store.put("sealed".into(), &[locator(1)], NOON).await.unwrap();
    assert_eq!(store.put("sealed".into(), &[locator(2)], NOON + 3 * DAY_MS).await.unwrap(), hash);
    assert_eq!(store.used().await, 6);
    assert_eq!(store.collect(NOON + DAY_MS).await.unwrap(), 0);
    assert!(store.holds(&hash).await.unwrap());
    assert_eq!(store.collect(NOON + 3 * DAY_MS - 1).await.unwrap(), 0);
    assert_eq!(store.collect(NOON + 3 * DAY_MS).await.unwrap(), 1);
    assert!(!store.holds(&hash).await.unwrap());
    assert!(store.find(&locator(1)).await.unwrap().is_empty());
    assert_eq!(store.used().await, 0);
}

#[tokio::test]
async fn limits_are_held_and_a_refused_blob_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    assert!(matches!(store.put(vec![0; 601].into(), &[], NOON).await, Err(StoreError::TooLarge)));
    store.put(vec![1; 600].into(), &[], NOON).await.unwrap();
    assert!(matches!(store.put(vec![2; 600].into(), &[locator(1)], NOON).await, Err(StoreError::Full)));
    assert!(store.find(&locator(1)).await.unwrap().is_empty());
    let many: Vec<Hash32> = (0..17).map(locator).collect();
    assert!(matches!(store.put("few".into(), &many, NOON).await, Err(StoreError::Crowded)));
    for seed in 0..u8::try_from(MAX_POINTERS).unwrap() {
        store.put_pointer(&locator(5), &[seed], NOON).await.unwrap();
    }
    store.put_pointer(&locator(5), &[0], NOON).await.unwrap();
    assert!(matches!(store.put_pointer(&locator(5), b"x", NOON).await, Err(StoreError::Crowded)));
    assert!(matches!(store.put_pointer(&locator(6), &[0; 1025], NOON).await, Err(StoreError::TooLarge)));
}

#[tokio::test]
async fn a_damaged_blob_is_not_served() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    let hash = store.put("sealed".into(), &[], NOON).await.unwrap();
    let name = hash.to_string();
    std::fs::write(dir.path().join("blob").join(&name[..2]).join(&name), "seaIed").unwrap();
    assert!(store.get(&hash).await.unwrap().is_none());
    assert_eq!(store.put("sealed".into(), &[], NOON).await.unwrap(), hash);
    assert_eq!(store.get(&hash).await.unwrap().unwrap(), "sealed");
}

#[tokio::test]
async fn pointers_are_found_by_inbox_until_their_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    store.put_pointer(&locator(1), b"here", NOON).await.unwrap();
    store.put_pointer(&locator(1), b"there", NOON + 1).await.unwrap();
    assert_eq!(store.pointers(&locator(1)).await.unwrap().len(), 2);
    assert!(store.pointers(&locator(2)).await.unwrap().is_empty());
    assert_eq!(store.used().await, 9);
    assert_eq!(store.collect(NOON).await.unwrap(), 1);
    assert_eq!(store.pointers(&locator(1)).await.unwrap(), [b"there"]);
    assert_eq!(store.collect(NOON + 1).await.unwrap(), 1);
    assert_eq!(store.used().await, 0);
}

/// A store whose disk is full: it gives what it has and takes nothing.
#[derive(Debug)]
struct FullDisk(LocalFileSystem);

impl std::fmt::Display for FullDisk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[async_trait::async_trait]
impl ObjectStore for FullDisk {
    async fn put_opts(
        &self,
        _: &Key,
        _: object_store::PutPayload,
        _: object_store::PutOptions,
    ) -> object_store::Result<object_store::PutResult> {
        let source = Box::new(std::io::Error::from(std::io::ErrorKind::StorageFull));
        Err(object_store::Error::Generic { store: "local", source })
    }

    async fn put_multipart_opts(
        &self,
        at: &Key,
        options: object_store::PutMultipartOptions,
    ) -> object_store::Result<Box<dyn object_store::MultipartUpload>> {
        self.0.put_multipart_opts(at, options).await
    }

    async fn get_opts(
        &self,
        at: &Key,
        options: object_store::GetOptions,
    ) -> object_store::Result<object_store::GetResult> {
        self.0.get_opts(at, options).await
    }

    fn delete_stream(
        &self,
        at: futures::stream::BoxStream<'static, object_store::Result<Key>>,
    ) -> futures::stream::BoxStream<'static, object_store::Result<Key>> {
        self.0.delete_stream(at)
    }

    fn list(
        &self,
        prefix: Option<&Key>,
    ) -> futures::stream::BoxStream<'static, object_store::Result<object_store::ObjectMeta>> {
        self.0.list(prefix)
    }

    async fn list_with_delimiter(
        &self,
        prefix: Option<&Key>,
    ) -> object_store::Result<object_store::ListResult> {
        self.0.list_with_delimiter(prefix).await
    }

    async fn copy_opts(
        &self,
        from: &Key,
        to: &Key,
        options: object_store::CopyOptions,
    ) -> object_store::Result<()> {
        self.0.copy_opts(from, to, options).await
    }
}

#[tokio::test]
async fn a_full_disk_is_told_as_full_and_what_is_kept_is_given() {
    use salus_keeper::depot::DepotRefused;
    let dir = tempfile::tempdir().unwrap();
    let hash = store(&dir).await.put("sealed".into(), &[locator(1)], NOON).await.unwrap();
    let disk = FullDisk(LocalFileSystem::new_with_prefix(dir.path()).unwrap());
    let store = Store::over(Arc::new(disk), 1_000, 600).await.unwrap();
    for error in [
        store.put("more".into(), &[locator(2)], NOON).await.unwrap_err(),
        store.put_pointer(&locator(3), b"here", NOON).await.unwrap_err(),
    ] {
        assert!(matches!(error, StoreError::DiskFull), "{error}");
        assert!(error.to_string().contains("make room"), "{error}");
        assert_eq!(DepotRefused::from(error), DepotRefused::Full);
    }
    assert_eq!(store.used().await, 6, "nothing is counted that was not kept");
    assert_eq!(store.get(&hash).await.unwrap().unwrap(), "sealed");
    assert_eq!(store.find(&locator(1)).await.unwrap(), [hash]);
}

//! Adversary: reads every file of the directory and looks for anything that was stored.

use salus_vault::Identity;
use salus_wire::{Category, Component, Decimal, DeviceId, Quantity, Reading};

use crate::support::{PASS, T0, create, files, find, heart_rate, open};

const CANARY: i64 = i64::from_be_bytes(*b"CANARY-M");

#[tokio::test]
async fn nothing_that_was_stored_is_readable_in_any_file() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    let component = Component { quantity: Quantity::HeartRate, value: Decimal::whole(CANARY) };
    let readings: Vec<Reading> = (0..50)
        .map(|i| Reading {
            device: DeviceId(*b"CANARY-DEVICE-ID"),
            components: vec![component],
            ..heart_rate(T0 + i, 60)
        })
        .collect();
    vault.record(&readings).await.unwrap();
    vault.cabinet().put("CANARY-SPACE", b"CANARY-NAME", b"CANARY-VALUE").await.unwrap();
    let writer = vault.writer();
    let derived = vault.derive(Identity::FIRST, "CANARY-LABEL", b"");
    let node = vault.node(Category::HeartRate, 20, 0).unwrap();
    let printed = key.to_text();
    let needles: Vec<&[u8]> = vec![
        b"CANARY",
        b"YRANAC",
        b"M-YRANAC",
        PASS.as_bytes(),
        printed.as_bytes(),
        &writer.id.0,
        &*derived,
        node.key().expose(),
    ];
    let mut times = Vec::new();
    for r in &readings {
        times.extend([r.at.to_be_bytes(), r.at.to_le_bytes()]);
    }
    let series = vault.series(Category::HeartRate).id;
    let check = |when: &str| {
        let found = files(dir.path());
        assert!(found.iter().any(|(name, octets)| name.starts_with("vault.db") && octets.len() > 10_000));
        for (name, octets) in found {
            let times = times.iter().map(<[u8; 8]>::as_slice);
            for needle in needles.iter().copied().chain(times).chain([series.as_bytes().as_slice()]) {
                assert!(find(&octets, needle).is_none(), "{when}: {name} holds {needle:02x?}");
            }
        }
    };
    check("in the journal");
    // The write-ahead log was among them, and not empty.
    let log = |(name, octets): &(String, Vec<u8>)| name == "vault.db-wal" && octets.len() > 10_000;
    assert!(files(dir.path()).iter().any(log));
    vault.flush_epoch(Category::HeartRate, crate::support::epoch(0)).await.unwrap();
    check("flushed");
    vault.close_epochs(T0 + 5_000_000).await.unwrap();
    vault.cabinet().remove("CANARY-SPACE", b"CANARY-NAME").await.unwrap();
    check("closed");
    vault.lock().await.unwrap();
    check("locked");
    let vault = open(dir.path(), &key, 2).await.unwrap();
    assert_eq!(vault.readings(Category::HeartRate, 0, i64::MAX).await.unwrap(), readings);
    check("unlocked again");
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("record");
    let (vault, _key) = create(&dir).await;
    vault.record(&[heart_rate(T0, 60)]).await.unwrap();
    assert_eq!(std::fs::metadata(&dir).unwrap().permissions().mode() & 0o777, 0o700);
    for entry in std::fs::read_dir(&dir).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
    }
}

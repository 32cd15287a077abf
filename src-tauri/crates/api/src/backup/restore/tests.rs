//! A restoration that is killed at any moment leaves no record, or one that has everything.

use std::fs;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use salus_wire::command::{CreateProfile, GetApp, MakeBackup, Unlock};
use salus_wire::view::{Role, StandingView};
use salus_wire::{Category, Component, Decimal, DeviceId, Quality, Quantity, Reading};

use super::*;
use crate::testing::{self, Hands, NOON, PASSPHRASE};
use crate::{MemoryHeads, namespace};

const NEW: &str = "a passphrase on the new laptop";
const HOUR: i64 = 3_600_000;

/// Copies what is there in this moment, as a kill would leave it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else if let Err(e) = fs::copy(&path, to) {
            // SQLite's own files come and go.
            assert_eq!(e.kind(), std::io::ErrorKind::NotFound);
        }
    }
}

fn pulse(at: i64) -> Reading {
    let value = Decimal { mantissa: 61, exponent: 0 };
    Reading {
        at,
        arrived: at,
        device: DeviceId([1; 16]),
        category: Category::HeartRate,
        components: vec![Component { quantity: Quantity::HeartRate, value }],
        quality: Quality(0),
        device_time: None,
        user: None,
    }
}

/// A clinician's record in which readings were deleted for ever; it went on after its backup was made. Gives the recovery key.
async fn original(dir: &Path, clock: &Arc<Hands>, heads: &Arc<MemoryHeads>) -> String {
    let app = testing::open(dir, clock, heads.clone()).await;
    let create =
        CreateProfile { name: "Dr Ana".into(), role: Role::Clinician, passphrase: PASSPHRASE.into() };
    let key = app.run(create).await.unwrap().groups.join("-");
    {
        let open = app.open().await.unwrap();
        open.vault.record(&[pulse(NOON - 10 * HOUR)]).await.unwrap();
        open.vault.close_epochs(NOON).await.unwrap();
        let shred =
            open.vault.preview_shred(Category::HeartRate, NOON - 11 * HOUR, NOON - 9 * HOUR, NOON).await;
        open.vault.shred(&shred.unwrap().unwrap(), NOON, &[]).await.unwrap();
    }
    app.run(MakeBackup {}).await.unwrap();
    {
        let open = app.open().await.unwrap();
        for minute in 0..30 {
            open.vault.record(&[pulse(NOON - minute * 60_000)]).await.unwrap();
        }
    }
    app.lock().await.unwrap();
    key
}

#[tokio::test]
async fn killed_at_any_moment_it_can_be_repeated_or_is_complete() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (clock, heads) = (Hands::at(NOON), Arc::new(MemoryHeads::default()));
    let key = original(old.path(), &clock, &heads).await;
    let backup = fs::read_dir(old.path().join("backups")).unwrap().next().unwrap().unwrap().path();
    let restore = || RestoreBackup { key: key.clone(), passphrase: NEW.into() };
    let [dir, before, after] = ["dir", "before", "after"].map(|name| new.path().join(name));

    let app = testing::choosing(&dir, &clock, heads.clone(), &backup).await;
    let (mut cuts, mut with_profile) = (0, 0);
    {
        let mut run = pin!(app.run(restore()));
        std::future::poll_fn(|cx| {
            let polled = run.as_mut().poll(cx);
            if Vault::exists(&dir.join(profile::RECORD)) {
                // The first moment in which it counts: what follows is not waited for.
                copy(&dir, &after);
                return Poll::Ready(());
            }
            assert!(polled.is_pending(), "it is restored");
            assert!(profile::load(&dir).is_none());
            cuts += 1;
            with_profile += u32::from(dir.join(profile::FILE).exists());
            drop(fs::remove_dir_all(&before));
            copy(&dir, &before);
            Poll::Pending
        })
        .await;
    }
    drop(app);
    assert!(
        cuts > 10 && with_profile > 1,
        "{cuts} cuts, {with_profile} of them after the profile was stored"
    );

    let app = testing::open(&after, &clock, heads.clone()).await;
    let profile = app.run(GetApp {}).await.unwrap().profile.unwrap();
    assert_eq!((profile.name.as_str(), profile.role), ("Dr Ana", Role::Clinician));
    let view = app.run(Unlock { passphrase: NEW.into() }).await.unwrap();
    assert_eq!(view.standing, StandingView::Sound, "what the lost one had come to is not held against it");
    {
        let open = app.open().await.unwrap();
        assert_eq!(open.role, Role::Clinician);
        let accepted = open.vault.cabinet().get(namespace::ANCHORS, b"accepted").await.unwrap();
        assert!(accepted.is_some(), "nor what it had recorded with the members");
        let pending = Deletions::of(&open.vault).pending(&open.vault).await.unwrap();
        assert!(!pending, "the next backup leaves the older ones");
    }
    app.lock().await.unwrap();

    let app = testing::choosing(&before, &clock, heads.clone(), &backup).await;
    assert!(app.run(GetApp {}).await.unwrap().profile.is_none());
    let view = app.run(restore()).await.unwrap();
    assert!(view.profile.is_some_and(|p| p.role == Role::Clinician) && view.standing == StandingView::Sound);
    app.lock().await.unwrap();
}

#[tokio::test]
async fn a_profile_that_cannot_be_written_leaves_no_record() {
    let (old, new) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (clock, heads) = (Hands::at(NOON), Arc::new(MemoryHeads::default()));
    let key = original(old.path(), &clock, &heads).await;
    let backup = fs::read_dir(old.path().join("backups")).unwrap().next().unwrap().unwrap().path();
    let app = testing::choosing(new.path(), &clock, heads, &backup).await;
    fs::create_dir(new.path().join("profile.new")).unwrap();
    let restore = RestoreBackup { key, passphrase: NEW.into() };
    app.run(restore.clone()).await.unwrap_err();
    assert!(!Vault::exists(&new.path().join(profile::RECORD)));
    assert!(!new.path().join("record/vault.db").exists(), "nothing of it stays");
    fs::remove_dir(new.path().join("profile.new")).unwrap();
    assert!(app.run(restore).await.unwrap().profile.is_some());
    app.lock().await.unwrap();
}

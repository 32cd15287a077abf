//! Adversary: puts an older copy of the record in its place. It shows, it can be read, and nothing is stored in it.

use std::path::Path;

use salus_vault::log::Checkpoint;
use salus_vault::{RecoveryKey, Standing, Vault, VaultError};
use salus_wire::{Category, ErrorCode};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use crate::support::{T0, create, epoch, open, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;

/// What somebody keeps outside the directory.
async fn kept(vault: &Vault) -> Vec<u8> {
    let head = *vault.heads().borrow();
    vault.seal_head(&head).await.unwrap()
}

/// A copy of a locked record's directory.
fn copy(dir: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.path().join(path.file_name().unwrap())).unwrap();
    }
    to
}

/// A record with two sealed epochs and some readings in the journal, locked.
async fn fill(dir: &Path) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    vault.record(&run(T0, 30)).await.unwrap();
    vault.record(&run(T0 + EPOCH, 30)).await.unwrap();
    vault.close_epochs(T0 + 2 * EPOCH).await.unwrap();
    vault.record(&run(T0 + 2 * EPOCH, 10)).await.unwrap();
    vault.lock().await.unwrap();
    key
}

async fn refuses(vault: &Vault, error: VaultError) {
    let more = run(T0 + 5 * EPOCH, 3);
    assert_eq!(vault.record(&more).await, Err(error));
    assert_eq!(vault.withdraw(&run(T0 + 2 * EPOCH, 1)[0]).await, Err(error));
    assert_eq!(vault.close_epochs(i64::MAX / 2).await, Err(error));
    assert_eq!(vault.flush_epoch(HR, epoch(2)).await, Err(error));
    assert_eq!(vault.cabinet().put("space", b"name", b"value").await, Err(error));
    assert_eq!(vault.cabinet().remove("space", b"name").await, Err(error));
}

#[tokio::test]
async fn an_older_copy_is_told_read_and_not_written_until_it_is_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let older = copy(dir.path());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.record(&run(T0 + 3 * EPOCH, 30)).await.unwrap();
    vault.close_epochs(T0 + 4 * EPOCH).await.unwrap();
    let head = kept(&vault).await;
    vault.lock().await.unwrap();

    let before = std::fs::read(older.path().join("vault.db")).unwrap();
    for seed in 3..5 {
        let vault = open(older.path(), &key, seed).await.unwrap();
        let standing = vault.compare(Some(&head)).await.unwrap();
        let Standing::Older { known, found } = standing else { panic!("{standing:?}") };
        assert!(known.size == 4 && found.size == 2 && known.counter > found.counter);
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len(), 70);
        assert!(vault.flush_epoch(HR, epoch(1)).await.unwrap().is_some(), "what is sealed can be shown");
        refuses(&vault, VaultError::OlderCopy).await;
        assert_eq!(VaultError::OlderCopy.code(), ErrorCode::OlderCopy);
        assert!(verified(&vault).await.is_whole());
        vault.lock().await.unwrap();
        assert!(std::fs::read(older.path().join("vault.db")).unwrap() == before, "it was written to");
    }

    let vault = open(older.path(), &key, 6).await.unwrap();
    vault.compare(Some(&head)).await.unwrap();
    vault.accept(T0).await.unwrap();
    assert_eq!(vault.standing(), Standing::Sound);
    vault.record(&run(T0 + 5 * EPOCH, 3)).await.unwrap();
    let after = kept(&vault).await;
    let report = verified(&vault).await;
    assert!(report.is_whole() && report.leaves == 3 && report.readings == 73, "{report:?}");
    vault.lock().await.unwrap();
    // From now on this is the record: the copy before the acceptance, and the one that was replaced, are older ones.
    let vault = open(older.path(), &key, 7).await.unwrap();
    assert_eq!(vault.compare(Some(&after)).await.unwrap(), Standing::Sound);
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 8).await.unwrap();
    assert!(matches!(vault.compare(Some(&after)).await.unwrap(), Standing::Older { .. }));
}

/// A file that was put back with the record, and a keyring that was not.
#[tokio::test]
async fn of_several_heads_the_furthest_tells() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let older = copy(dir.path());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let then = kept(&vault).await;
    vault.record(&run(T0 + 3 * EPOCH, 30)).await.unwrap();
    let now = kept(&vault).await;
    vault.lock().await.unwrap();
    for (seed, heads) in [[&then, &now], [&now, &then], [&vec![7; 89], &now]].into_iter().enumerate() {
        let vault = open(older.path(), &key, 3 + seed as u64).await.unwrap();
        assert!(matches!(vault.compare(heads).await.unwrap(), Standing::Older { .. }), "{seed}");
        vault.lock().await.unwrap();
        let vault = open(dir.path(), &key, 9 + seed as u64).await.unwrap();
        assert_eq!(vault.compare(heads).await.unwrap(), Standing::Sound, "{seed}");
        vault.lock().await.unwrap();
    }
}

#[tokio::test]
async fn readings_taken_back_between_two_sealings_show() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let older = copy(dir.path());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let size = vault.heads().borrow().size;
    vault.record(&run(T0 + 2 * EPOCH + 10_000, 1)).await.unwrap();
    assert_eq!(vault.heads().borrow().size, size, "nothing was sealed");
    let head = kept(&vault).await;
    vault.lock().await.unwrap();
    let vault = open(older.path(), &key, 3).await.unwrap();
    assert!(matches!(vault.compare(Some(&head)).await.unwrap(), Standing::Older { .. }));
}

#[tokio::test]
async fn so_does_a_value_of_the_cabinet() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let older = copy(dir.path());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.cabinet().put("space", b"name", b"value").await.unwrap();
    let head = kept(&vault).await;
    vault.lock().await.unwrap();
    let vault = open(older.path(), &key, 3).await.unwrap();
    assert!(matches!(vault.compare(Some(&head)).await.unwrap(), Standing::Older { .. }));
}

#[tokio::test]
async fn a_head_that_is_behind_the_record_is_no_alarm() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    // The computer stopped between a commit and the keeping of its head: at every size, also amid a subtree.
    let mut heads = vec![kept(&vault).await];
    for n in 3..14 {
        vault.record(&run(T0 + n * EPOCH, 2)).await.unwrap();
        heads.push(kept(&vault).await);
        vault.close_epochs(T0 + (n + 1) * EPOCH).await.unwrap();
        heads.push(kept(&vault).await);
    }
    drop(vault);
    for (head, seed) in heads.iter().zip(10..) {
        let vault = open(dir.path(), &key, seed).await.unwrap();
        assert_eq!(vault.compare(Some(head)).await.unwrap(), Standing::Sound);
    }
}

#[tokio::test]
async fn nothing_kept_and_what_is_no_head_are_no_roll_back() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = fill(dir.path()).await;
    let (foreign, _) = {
        let (vault, key) = salus_vault::Vault::create_with(
            other.path(),
            crate::support::PASS,
            salus_vault::keyslot::PassphraseCost::FLOOR,
            T0,
            crate::support::rng(77),
        )
        .await
        .unwrap();
        (kept(&vault).await, key)
    };
    for head in [None, Some(&b""[..]), Some(&[7; 89]), Some(&foreign)] {
        let vault = open(dir.path(), &key, 2).await.unwrap();
        assert_eq!(vault.compare(head).await.unwrap(), Standing::Sound);
        vault.record(&run(T0 + 2 * EPOCH, 10)).await.unwrap();
    }
}

#[tokio::test]
async fn a_copy_that_went_another_way_and_further_shows() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let other = copy(dir.path());
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.close_epochs(T0 + 3 * EPOCH).await.unwrap();
    let head = kept(&vault).await;
    vault.lock().await.unwrap();
    // On a computer that knows nothing of the first.
    let vault = open(other.path(), &key, 3).await.unwrap();
    for n in 3..9 {
        vault.record(&run(T0 + n * EPOCH, 2)).await.unwrap();
        vault.close_epochs(T0 + (n + 1) * EPOCH).await.unwrap();
    }
    vault.lock().await.unwrap();
    let vault = open(other.path(), &key, 4).await.unwrap();
    let standing = vault.compare(Some(&head)).await.unwrap();
    let Standing::Older { known, found } = standing else { panic!("{standing:?}") };
    assert!(found.size > known.size && found.counter > known.counter);
}

#[tokio::test]
async fn what_others_know_of_it_closes_it_too_and_is_accepted_in_the_same_way() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let before = kept(&vault).await;
    let told = vault.outdated().await.unwrap();
    refuses(&vault, VaultError::OlderCopy).await;
    vault.lock().await.unwrap();
    // What was told stays told, also where nobody can be asked.
    let vault = open(dir.path(), &key, 4).await.unwrap();
    assert!(matches!(vault.compare([&before, &told]).await.unwrap(), Standing::Older { .. }));
    vault.accept(T0).await.unwrap();
    vault.record(&run(T0 + 5 * EPOCH, 3)).await.unwrap();
    assert!(verified(&vault).await.is_whole());
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!(vault.compare([&before, &told]).await.unwrap(), Standing::Sound, "it goes on from there");
}

#[tokio::test]
async fn a_log_that_somebody_emptied_is_not_begun_in_silence() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let mut db = SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
    for table in ["DELETE FROM log", "DELETE FROM log_state"] {
        sqlx::query(table).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();
    for seed in 2..4 {
        let vault = open(dir.path(), &key, seed).await.unwrap();
        assert_eq!(vault.standing(), Standing::LogDamaged);
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len(), 70);
        vault.lock().await.unwrap();
    }
}

#[tokio::test]
async fn a_log_that_cannot_be_read_is_told_and_begun_anew_when_the_person_says_so() {
    for statement in [
        "UPDATE log_state SET sealed = CAST(x'00' || substr(sealed, 2) AS BLOB) WHERE id = 1",
        "DELETE FROM log_state WHERE id = 1",
        "DELETE FROM log_state",
    ] {
        let dir = tempfile::tempdir().unwrap();
        let key = fill(dir.path()).await;
        let vault = open(dir.path(), &key, 2).await.unwrap();
        let head = kept(&vault).await;
        vault.lock().await.unwrap();
        let mut db =
            SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
        sqlx::query(statement).execute(&mut db).await.unwrap();
        db.close().await.unwrap();

        let vault = open(dir.path(), &key, 3).await.unwrap();
        assert_eq!(vault.compare(Some(&head)).await.unwrap(), Standing::LogDamaged);
        assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len(), 70);
        let refused = vault.record(&run(T0 + 5 * EPOCH, 3)).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::Damaged);
        refuses(&vault, refused).await;
        assert!(!verified(&vault).await.is_whole());
        vault.accept(T0).await.unwrap();
        vault.record(&run(T0 + 5 * EPOCH, 3)).await.unwrap();
        let report = verified(&vault).await;
        assert!(report.is_whole() && report.leaves == 3, "{report:?}");
        assert!(vault.heads().borrow().counter > 1);
        let head = kept(&vault).await;
        vault.lock().await.unwrap();
        let vault = open(dir.path(), &key, 4).await.unwrap();
        assert_eq!(vault.compare(Some(&head)).await.unwrap(), Standing::Sound);
    }
}

#[tokio::test]
async fn the_log_taken_away_whole_shows_against_a_head() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let head = kept(&vault).await;
    vault.lock().await.unwrap();
    let mut db = SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
    for statement in ["DELETE FROM log", "DELETE FROM log_state"] {
        sqlx::query(statement).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();
    // The record knows that it had a log; begun anew, it is behind what the head knows.
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!(vault.compare(Some(&head)).await.unwrap(), Standing::LogDamaged);
    vault.accept(T0).await.unwrap();
    vault.lock().await.unwrap();
    let vault = open(dir.path(), &key, 4).await.unwrap();
    assert_eq!(vault.standing(), Standing::Sound);
}

#[tokio::test]
async fn the_checkpoint_is_signed_by_the_writer_and_names_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    assert_eq!(vault.checkpoint().await.unwrap(), None);
    vault.record(&run(T0, 30)).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    let note = vault.checkpoint().await.unwrap().unwrap();
    let origin = vault.log_origin();
    let checkpoint = Checkpoint::open(&note, &origin, &vault.writer().key).unwrap();
    let head = *vault.heads().borrow();
    assert_eq!((checkpoint.size, checkpoint.root), (1, head.root));
    assert!(origin.strip_prefix("salus.invalid/log/").is_some_and(|tag| tag.len() == 16), "{origin}");
    vault.lock().await.unwrap();
    // It stays the same through journal commits, and goes on with the next sealing.
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.record(&run(T0 + EPOCH, 30)).await.unwrap();
    assert_eq!(vault.checkpoint().await.unwrap(), Some(note));
    vault.close_epochs(T0 + 2 * EPOCH).await.unwrap();
    let note = vault.checkpoint().await.unwrap().unwrap();
    assert_eq!(Checkpoint::open(&note, &origin, &vault.writer().key).unwrap().size, 2);
}

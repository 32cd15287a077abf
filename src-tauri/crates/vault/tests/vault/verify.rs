//! Verifying the whole record: what is whole is said to be, what is damaged is named, and readings go on being stored.

use std::path::Path;

use salus_vault::{Damage, Fault, RecoveryKey, Report};
use salus_wire::Category;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use crate::support::{T0, change, create, epoch, open, run, verified};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;

/// Three sealed epochs, one sealed early with more in the journal, one in the journal; some notes. Locked.
async fn fill(dir: &Path) -> RecoveryKey {
    let (vault, key) = create(dir).await;
    for n in 0..4 {
        vault.record(&run(T0 + n * EPOCH, 30)).await.unwrap();
    }
    vault.close_epochs(T0 + 3 * EPOCH).await.unwrap();
    vault.flush_epoch(HR, epoch(3)).await.unwrap();
    vault.record(&run(T0 + 3 * EPOCH + 30_000, 10)).await.unwrap();
    vault.record(&run(T0 + 4 * EPOCH, 10)).await.unwrap();
    for n in 0..40u8 {
        vault.cabinet().put("notes", &[n], &[n; 100]).await.unwrap();
    }
    vault.lock().await.unwrap();
    key
}

#[tokio::test]
async fn a_whole_record_is_said_to_be_whole_and_everything_is_counted() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let report = verified(&vault).await;
    let values = report.values;
    assert!(values > 40 && report.is_whole(), "{report:?}");
    let expected =
        Report { readings: 140, epochs: 5, segments: 4, waiting: 20, leaves: 4, values, ..Report::default() };
    assert_eq!(report, expected);
}

#[tokio::test]
async fn each_kind_of_damage_is_named() {
    let at = |n, fault| vec![Damage::Epoch { category: HR, epoch: epoch(n), fault }];
    let rot = |column: &str, table: &str, row: &str| -> &'static str {
        let sql = format!(
            "UPDATE {table} SET {column} = CAST(substr({column}, 1, 60) || x'5a' || substr({column}, 62) AS BLOB) WHERE {row}"
        );
        Box::leak(sql.into_boxed_str())
    };
    let second = "id = (SELECT MIN(id) + 1 FROM epoch)";
    let cases: Vec<(&str, Vec<Damage>)> = vec![
        (rot("sealed", "segment", "epoch = (SELECT MIN(id) + 1 FROM epoch)"), at(1, Fault::Segment)),
        ("DELETE FROM segment WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)", at(1, Fault::Segment)),
        (rot("manifest", "epoch", second), at(1, Fault::Manifest)),
        (rot("sealed", "journal", "id = (SELECT MAX(id) FROM journal)"), at(4, Fault::Journal)),
        (rot("sealed", "log", "id = 2"), [vec![Damage::Log { position: 2 }], at(1, Fault::Log)].concat()),
        ("DELETE FROM log WHERE id = 2", [vec![Damage::Log { position: 2 }], at(1, Fault::Log)].concat()),
        ("DELETE FROM log WHERE id = 4", [vec![Damage::Log { position: 4 }], at(3, Fault::Log)].concat()),
        ("DELETE FROM log_state WHERE id = 2", vec![Damage::Checkpoint]),
        (rot("sealed", "log_state", "id = 2"), vec![Damage::Checkpoint]),
        (
            rot(
                "sealed",
                "cabinet",
                "name = (SELECT name FROM cabinet WHERE namespace = (SELECT namespace FROM cabinet GROUP BY namespace ORDER BY COUNT(*) DESC LIMIT 1) LIMIT 1)",
            ),
            vec![Damage::Rows],
        ),
        (
            "INSERT INTO segment (epoch, seq, sealed) SELECT 999, seq, sealed FROM segment LIMIT 1",
            vec![Damage::Rows],
        ),
    ];
    for (statement, expected) in cases {
        let dir = tempfile::tempdir().unwrap();
        let key = fill(dir.path()).await;
        change(dir.path(), statement).await;
        let vault = open(dir.path(), &key, 2).await.unwrap();
        let report = verified(&vault).await;
        assert_eq!(report.damage, expected, "{statement}");
        assert!(report.readings >= 100, "the rest was verified all the same: {statement}");
    }
}

#[tokio::test]
async fn an_epoch_taken_away_whole_is_missed() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    change(dir.path(), "DELETE FROM segment WHERE epoch = (SELECT MIN(id) + 1 FROM epoch)").await;
    change(dir.path(), "DELETE FROM epoch WHERE id = (SELECT MIN(id) + 1 FROM epoch)").await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    // Without the log nothing shows.
    assert_eq!(vault.count(HR).await.unwrap(), 110);
    let gone = Damage::Epoch { category: HR, epoch: epoch(1), fault: Fault::Gone };
    assert_eq!(verified(&vault).await.damage, [gone]);
}

#[tokio::test]
async fn an_epoch_put_back_to_its_earlier_sealing_shows() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, key) = create(dir.path()).await;
    vault.record(&run(T0, 30)).await.unwrap();
    vault.flush_epoch(HR, epoch(0)).await.unwrap();
    vault.lock().await.unwrap();
    let earlier = tempfile::tempdir().unwrap();
    std::fs::copy(dir.path().join("vault.db"), earlier.path().join("vault.db")).unwrap();
    let vault = open(dir.path(), &key, 2).await.unwrap();
    vault.record(&run(T0 + 30_000, 30)).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.lock().await.unwrap();

    let mut db = SqliteConnectOptions::new().filename(dir.path().join("vault.db")).connect().await.unwrap();
    let path = earlier.path().join("vault.db");
    sqlx::query("ATTACH ? AS earlier").bind(path.to_str().unwrap()).execute(&mut db).await.unwrap();
    for statement in [
        "UPDATE epoch SET head = e.head, manifest = e.manifest FROM earlier.epoch e WHERE e.id = epoch.id",
        "DELETE FROM segment",
        "INSERT INTO segment SELECT * FROM earlier.segment",
    ] {
        assert!(sqlx::query(statement).execute(&mut db).await.unwrap().rows_affected() > 0);
    }
    db.close().await.unwrap();
    let vault = open(dir.path(), &key, 3).await.unwrap();
    assert_eq!(vault.readings(HR, 0, i64::MAX).await.unwrap().len(), 30, "it reads like a whole epoch");
    let older = Damage::Epoch { category: HR, epoch: epoch(0), fault: Fault::Log };
    assert_eq!(verified(&vault).await.damage, [older]);
}

#[tokio::test]
async fn keyslots_exchanged_under_an_open_record_show() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    std::fs::write(dir.path().join("keyslots"), b"something else").unwrap();
    assert_eq!(verified(&vault).await.damage, [Damage::Keyslots]);
}

#[tokio::test]
async fn readings_and_sealings_between_any_two_steps_are_no_damage() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let mut verification = vault.verify().await.unwrap();
    let mut at = T0 + 5 * EPOCH;
    let mut before = (0, 0);
    while verification.step().await.unwrap() {
        vault.record(&run(at, 3)).await.unwrap();
        vault.cabinet().put("notes", &at.to_be_bytes(), b"meanwhile").await.unwrap();
        vault.close_epochs(at).await.unwrap();
        vault.flush_epoch(HR, epoch(4)).await.unwrap();
        vault.record(&run(T0 + 4 * EPOCH + at % 1_000_000, 1)).await.unwrap();
        at += EPOCH;
        let progress = verification.progress();
        assert!(progress.0 > before.0 && progress.1 >= before.1 && progress.0 < progress.1 + 1);
        before = progress;
    }
    let report = verification.report();
    assert!(report.is_whole() && report.epochs > 5, "{report:?}");
}

#[tokio::test]
async fn dropped_half_way_it_leaves_the_record_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let head = *vault.heads().borrow();
    for steps in 0..8 {
        let mut verification = vault.verify().await.unwrap();
        for _ in 0..steps {
            verification.step().await.unwrap();
        }
    }
    assert_eq!(*vault.heads().borrow(), head);
    assert_eq!(vault.record(&run(T0 + 4 * EPOCH, 10)).await.unwrap().duplicates, 10);
}

#[tokio::test]
async fn what_the_log_had_come_to_earlier_is_compared_at_every_size() {
    let dir = tempfile::tempdir().unwrap();
    let key = fill(dir.path()).await;
    let vault = open(dir.path(), &key, 2).await.unwrap();
    let mut heads = vec![*vault.heads().borrow()];
    for n in 5..9 {
        vault.record(&run(T0 + n * EPOCH, 2)).await.unwrap();
        vault.close_epochs(T0 + (n + 1) * EPOCH).await.unwrap();
        heads.push(*vault.heads().borrow());
    }
    let damage = async |kept: Vec<salus_vault::Head>| {
        let mut verification = vault.verify().await.unwrap().against(kept);
        while verification.step().await.unwrap() {}
        verification.report().damage
    };
    assert_eq!(damage(heads.clone()).await, []);
    for place in 0..heads.len() {
        let mut kept = heads.clone();
        kept[place].root[31] ^= 1;
        assert_eq!(damage(kept).await, [Damage::Log { position: heads[place].size }]);
    }
    let mut further = heads.clone();
    further[0].size = heads[heads.len() - 1].size + 1;
    assert_eq!(damage(further).await, [Damage::Log { position: 0 }]);
}

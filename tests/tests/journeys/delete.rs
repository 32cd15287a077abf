//! Journey: readings deleted for ever, after what goes was shown; and a journal that is sealed by itself, without any
//! permission.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::network::eventually;
use salus_vault::{Epoch, Unlock, Vault};
use salus_wire::command as c;
use salus_wire::view::{DeletedView, DeletionView, Role, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};

const HOUR: i64 = 3_600_000;
const PRESSURE: Category = Category::BloodPressure;
const PATIENCE: Duration = Duration::from_secs(60);

fn pressure(at: i64, note: Option<&str>) -> c::TypeReading {
    let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
    c::TypeReading {
        category: PRESSURE,
        values: vec![value(Quantity::Systolic, "128"), value(Quantity::Diastolic, "79")],
        at,
        note: note.map(Into::into),
    }
}

async fn rows(desk: &Desk) -> Result<Vec<(i64, Option<String>)>> {
    let record = c::GetRecord { category: PRESSURE, from: START - 48 * HOUR, to: START + HOUR, width: 600 };
    Ok(desk.ok(record).await?.rows.into_iter().map(|r| (r.at, r.note)).collect())
}

fn delete(shown: &DeletionView, passphrase: &str) -> c::DeleteReadings {
    c::DeleteReadings {
        category: shown.category,
        from: shown.from,
        to: shown.to,
        readings: shown.readings,
        passphrase: passphrase.into(),
    }
}

#[tokio::test]
async fn what_was_shown_goes_for_ever_and_nothing_takes_its_place() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    let (old, kept) = (START - 5 * HOUR, START - 60_000);
    desk.ok(pressure(old, Some("a bad morning"))).await?;
    desk.ok(pressure(kept, Some("a good day"))).await?;

    // The running hour cannot be deleted yet, and asked for more only what is over is shown.
    let ask = |from, to| c::PreviewDeletion { category: PRESSURE, from, to };
    assert_eq!(desk.ok(ask(START - 60_000, START)).await?, None);
    let shown = desk.ok(ask(old, START + HOUR)).await?.context("something goes")?;
    assert_eq!((shown.readings, shown.opened, shown.holders.len()), (1, false, 0));
    assert!(shown.from <= old && old < shown.to && shown.to <= kept);

    assert_eq!(desk.refused(delete(&shown, "not the passphrase")).await, ErrorCode::WrongPassphrase);
    let other = DeletionView { readings: 7, ..shown.clone() };
    let DeletedView::Changed(changed) = desk.ok(delete(&other, PASSPHRASE)).await? else { bail!("deleted") };
    assert_eq!((changed, rows(&desk).await?.len()), (shown.clone(), 2));

    // The desktop's own question, after the page's: no is no.
    desk.answers.decline(true);
    assert_eq!(desk.refused(delete(&shown, PASSPHRASE)).await, ErrorCode::Declined);
    assert_eq!(rows(&desk).await?.len(), 2);
    desk.answers.decline(false);

    let done = desk.ok(delete(&shown, PASSPHRASE)).await?;
    assert_eq!(done, DeletedView::Done { from: shown.from, to: shown.to, readings: 1 });
    let left = [(kept, Some("a good day".to_owned()))];
    assert_eq!(rows(&desk).await?, left);
    assert_eq!(desk.refused(pressure(old, None)).await, ErrorCode::Shredded);
    desk.ok(c::Lock {}).await?;
    assert_eq!(desk.refused(c::ListDeletions {}).await, ErrorCode::Locked);
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    assert_eq!(rows(&desk).await?, left);
    let [past] = &desk.ok(c::ListDeletions {}).await?[..] else { bail!("one deletion") };
    assert_eq!((past.from, past.to, past.readings, past.at), (shown.from, shown.to, 1, START));
    Ok(())
}

#[tokio::test]
async fn backups_that_hold_what_was_deleted_make_way_for_one_without_it() -> Result<()> {
    let (dir, disk, elsewhere) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
    let desk = Desk::open(dir.path()).await?;
    let create =
        c::CreateProfile { name: "Maria".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    let paper = desk.ok(create).await?.groups.join("-");
    let (old, kept) = (START - 5 * HOUR, START - 60_000);
    desk.ok(pressure(old, None)).await?;
    desk.ok(pressure(kept, None)).await?;
    // One in the record's own folder and two on a disk, all with both readings.
    desk.ok(c::MakeBackup {}).await?;
    let folder = disk.path().join("backups");
    std::fs::create_dir(&folder)?;
    desk.answers.choose(Some(&folder));
    desk.ok(c::ChooseBackupFolder { own: false }).await?;
    desk.clock.advance(1000);
    let view = desk.ok(c::MakeBackup {}).await?;
    assert_eq!((view.backups.len(), view.rewriting), (1, false), "the newest of a day");

    let ask = c::PreviewDeletion { category: PRESSURE, from: old, to: START - 2 * HOUR };
    let shown = desk.ok(ask).await?.context("something goes")?;
    desk.ok(delete(&shown, PASSPHRASE)).await?;
    assert!(desk.ok(c::GetBackups {}).await?.rewriting);
    // The disk is away: what is there stays, and the page goes on to say it.
    std::fs::rename(&folder, disk.path().join("away"))?;
    desk.clock.advance(1000);
    assert_eq!(desk.refused(c::MakeBackup {}).await, ErrorCode::TargetMissing);
    let own = dir.path().join("backups");
    assert_eq!(std::fs::read_dir(&own)?.count(), 1);
    std::fs::rename(disk.path().join("away"), &folder)?;
    assert!(desk.ok(c::GetBackups {}).await?.rewriting);

    let view = desk.ok(c::MakeBackup {}).await?;
    assert_eq!((view.backups.len(), view.rewriting), (1, false));
    assert_eq!(view.backups[0].at, START + 2000);
    assert_eq!((std::fs::read_dir(&own)?.count(), std::fs::read_dir(&folder)?.count()), (0, 1));
    // Nothing of it comes back on another computer.
    let file = std::fs::read_dir(&folder)?.next().context("a backup")??.path();
    let other = Desk::open(elsewhere.path()).await?;
    other.answers.choose(Some(&file));
    other.ok(c::RestoreBackup { key: paper, passphrase: PASSPHRASE.into() }).await?;
    assert_eq!(rows(&other).await?, [(kept, None)]);
    assert!(!other.ok(c::GetBackups {}).await?.rewriting);
    Ok(())
}

#[tokio::test]
async fn an_hour_that_is_over_is_sealed_by_itself_without_any_permission() -> Result<()> {
    let dir = tempfile::tempdir()?;
    let desk = Desk::patient(dir.path()).await?;
    desk.ok(pressure(START - 60_000, None)).await?;
    desk.ok(c::Lock {}).await?;
    desk.clock.advance(2 * HOUR);
    let epoch = Epoch::at(START).context("an epoch")?;
    let sealed = eventually(PATIENCE, async || {
        desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await.ok()?;
        // A person looks around meanwhile: closing at once would end the task before its first step.
        for _ in 0..20 {
            desk.ok(c::GetOverview {}).await.ok()?;
        }
        desk.ok(c::Lock {}).await.ok()?;
        let rng = ChaCha20Rng::seed_from_u64(1);
        let vault =
            Vault::open(&dir.path().join("record"), Unlock::Passphrase(PASSPHRASE), rng).await.ok()?;
        let heads = vault.epochs(PRESSURE, epoch..=epoch).await.ok()?;
        vault.lock().await.ok()?;
        heads.iter().any(|h| h.closed && h.readings == 1 && h.unsealed == 0).then_some(())
    });
    sealed.await.context("the hour is sealed")
}

//! Journey: the computer goes to sleep in the middle of long work. Before it sleeps nothing half done is left; after the next unlocking
//! it is said what was stopped, until it is begun again or put away.

use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use salus_api::Run;
use salus_tests::bluez::bus::on_private_bus;
use salus_tests::desk::{Desk, PASSPHRASE, START};
use salus_tests::login1::Logind;
use salus_tests::network::eventually;
use salus_tests::story::bare::rng;
use salus_vault::{RecoveryKey, Unlock, Vault};
use salus_wire::command as c;
use salus_wire::event::Event;
use salus_wire::view::{AppView, ExportFormat, Role, StoppedWork, VerificationState};
use salus_wire::{Category, Component, Decimal, DeviceId, ErrorCode, Failure, Quality, Quantity, Reading};

const PATIENCE: Duration = Duration::from_secs(30);
/// Times that work is begun until the computer sleeps in the middle of it, and not after it.
const ATTEMPTS: u32 = 20;
/// Pieces of 4 MiB that make a record heavy: sealing and checking them takes a tenth of a second at least, and the word that the
/// computer goes to sleep comes in a hundredth. Where it comes late all the same, there are the attempts.
const BALLAST: u8 = 6;
const HOUR: i64 = 3_600_000;

/// A record that takes a moment to copy, to read and to write out; and its recovery key.
async fn large(dir: &Path) -> Result<(Desk, String)> {
    let desk = Desk::open(dir).await?;
    let profile =
        c::CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    let key = desk.ok(profile).await?.groups.join("-");
    desk.ok(c::Lock {}).await?;
    let recovery: RecoveryKey = key.parse()?;
    let vault = Vault::open(&dir.join("record"), Unlock::RecoveryKey(&recovery), rng()?).await?;
    let pulse = |n: i64| Reading {
        at: START - 2 * n * HOUR,
        arrived: START - 2 * n * HOUR,
        device: DeviceId([1; 16]),
        category: Category::HeartRate,
        components: vec![Component {
            quantity: Quantity::HeartRate,
            value: Decimal { mantissa: 61, exponent: 0 },
        }],
        quality: Quality(0),
        device_time: None,
        user: None,
    };
    // In an hour of its own each.
    vault.record(&(1..=120).map(pulse).collect::<Vec<_>>()).await?;
    vault.close_epochs(START).await?;
    for n in 0..BALLAST {
        vault.cabinet().put("ballast", &[n], &vec![n; 4 << 20]).await?;
    }
    vault.lock().await?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
    Ok((desk, key))
}

/// The computer goes to sleep at the first word of how far work of this name is; gives what became of the work, and whether the
/// computer slept: work may end, or be refused, without a word.
async fn slept_during<T>(
    desk: &Desk,
    logind: &Logind,
    name: &str,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<(Result<T, Failure>, bool)> {
    let mut events = desk.app.subscribe();
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            event = events.recv() => match event? {
                Event::Progress { work: named, total: 1.., .. } if named == name => break,
                _ => {}
            },
            done = &mut work => return Ok((done, false)),
        }
    }
    let (done, slept) = tokio::join!(work, logind.sleep());
    slept?;
    Ok((done, true))
}

/// The computer wakes up, and the person unlocks.
async fn wake(desk: &Desk, logind: &Logind) -> Result<AppView> {
    ensure!(desk.ok(c::GetApp {}).await?.locked, "it was locked before the computer slept");
    logind.wake().await?;
    let held = eventually(PATIENCE, async || (logind.delays() == 1).then_some(()));
    held.await.context("the next sleep is delayed too")?;
    desk.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await
}

/// Begins work until the computer sleeps in the middle of it: then it answers that the record is locked. What was finished before is
/// no failure, and is begun once more. `asleep` looks at what is on the disk while the computer sleeps.
async fn cut_off<C: Run + Clone>(
    desk: &Desk,
    logind: &Logind,
    command: C,
    asleep: impl AsyncFn() -> Result<()>,
) -> Result<AppView>
where
    C::Answer: Send,
{
    for _ in 0..ATTEMPTS {
        // A backup is named by its second.
        desk.clock.advance(2_000);
        let (done, slept) = slept_during(desk, logind, C::NAME, desk.app.run(command.clone())).await?;
        match done.err().map(|f| f.code) {
            Some(ErrorCode::Locked) if slept => {
                asleep().await.with_context(|| format!("asleep during {}", C::NAME))?;
                return wake(desk, logind).await;
            }
            // What was cut off before is being made up for.
            Some(ErrorCode::Busy) if !slept => tokio::task::yield_now().await,
            Some(code) => bail!("{}: {code}", C::NAME),
            None if slept => drop(wake(desk, logind).await?),
            None => {}
        }
    }
    bail!("{} was done before the computer slept, each time", C::NAME)
}

fn names(dir: &Path) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        all.push(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(all)
}

async fn stopped(desk: &Desk) -> Result<Vec<StoppedWork>> {
    Ok(desk.ok(c::GetApp {}).await?.stopped)
}

#[test]
fn a_suspend_leaves_nothing_half_done_and_says_what_it_stopped() -> Result<()> {
    on_private_bus("a_suspend_leaves_nothing_half_done_and_says_what_it_stopped", async |bus| {
        let logind = Logind::attach(&bus, true).await?;
        let (dir, disk, out) = (tempfile::tempdir()?, tempfile::tempdir()?, tempfile::tempdir()?);
        let (desk, key) = large(dir.path()).await?;
        let held = eventually(PATIENCE, async || (logind.delays() == 1).then_some(()));
        held.await.context("a delay is held")?;
        desk.answers.choose(Some(disk.path()));
        desk.ok(c::ChooseBackupFolder { own: false }).await?;

        let record = dir.path().join("record");
        let whole = async || {
            let kept = names(disk.path())?;
            ensure!(kept.iter().all(|name| name.ends_with(".age")), "a half of a backup is left: {kept:?}");
            let record = names(&record)?;
            ensure!(record.iter().all(|name| !name.contains("snapshot")), "a copy is left: {record:?}");
            Ok(())
        };
        let view = cut_off(&desk, &logind, c::MakeBackup {}, whole).await?;
        ensure!(view.stopped == [StoppedWork::Backup], "{view:?}");
        // Of one day the newest is kept.
        let before = desk.ok(c::GetBackups {}).await?;
        ensure!(before.failure.is_none() && !before.backups.is_empty(), "{before:?}");
        desk.clock.advance(2_000);
        let after = desk.ok(c::MakeBackup {}).await?;
        ensure!(after.backups.len() == 1 && after.backups[0].at > before.backups[0].at, "{after:?}");
        ensure!(stopped(&desk).await?.is_empty(), "it was begun again");

        let rehearsal = dir.path().join("rehearsal");
        let removed = async || {
            // Writing over a large copy may take longer than the computer waits.
            let gone = eventually(PATIENCE, async || (!rehearsal.exists()).then_some(()));
            gone.await.context("what was taken out of the backup is left")
        };
        let rehearse = c::RehearseBackup { key: key.clone() };
        let view = cut_off(&desk, &logind, rehearse.clone(), removed).await?;
        ensure!(view.stopped == [StoppedWork::Rehearsal], "{view:?}");
        ensure!(desk.ok(rehearse).await?.readings == 120, "the next test goes through");
        ensure!(stopped(&desk).await?.is_empty());

        let table = out.path().join("mine.csv");
        desk.answers.choose(Some(&table));
        let export = c::ExportRecord { format: ExportFormat::Csv };
        let nothing = async || {
            let left = names(out.path())?;
            // That of an attempt which was finished stays.
            ensure!(left.iter().all(|name| name == "mine.csv"), "a part of a file is left: {left:?}");
            Ok(())
        };
        let view = cut_off(&desk, &logind, export, nothing).await?;
        ensure!(view.stopped == [StoppedWork::Export], "{view:?}");
        ensure!(desk.ok(c::ForgetStopped {}).await?.stopped.is_empty(), "put away");

        verifying_is_told_too(&desk, &logind).await?;
        desk.app.close().await.map_err(|f| anyhow::anyhow!("{f}"))
    })
}

/// Verifying goes on by itself and answers nothing at the end.
async fn verifying_is_told_too(desk: &Desk, logind: &Logind) -> Result<()> {
    for _ in 0..ATTEMPTS {
        let mut events = desk.app.subscribe();
        desk.ok(c::VerifyRecord {}).await?;
        let begun = async {
            loop {
                match events.recv().await? {
                    Event::Progress { work, total: 1.., .. } if work == "verify_record" => {
                        return anyhow::Ok(());
                    }
                    _ => {}
                }
            }
        };
        let over = eventually(PATIENCE, async || {
            let view = desk.ok(c::GetVerification {}).await.ok()?;
            (view.state != VerificationState::Running).then_some(())
        });
        tokio::select! {
            biased;
            begun = begun => begun?,
            _ = over => continue,
        }
        logind.sleep().await?;
        let said = wake(desk, logind).await?.stopped;
        ensure!(desk.ok(c::GetVerification {}).await?.state == VerificationState::Never, "nothing was found");
        if said == [StoppedWork::Verification] {
            desk.ok(c::VerifyRecord {}).await?;
            ensure!(stopped(desk).await?.is_empty(), "it was begun again");
            return Ok(());
        }
        ensure!(said.is_empty(), "{said:?}");
    }
    bail!("it was done before the computer slept, each time")
}

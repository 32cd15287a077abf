//! A disk that fails: parts of the record rot, or the folder that it is in cannot be written. Both are told on every screen,
//! and everything else is still there.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_tests::small_disk::skipped;
use salus_tests::stage::Dress;
use salus_vault::{RecoveryKey, Spoilt, Unlock, Vault};

use super::Acts;

pub(super) async fn parts_of_it_rot(acts: &Acts, dresses: &[Dress], now: i64) -> Result<()> {
    acts.lock().await?;
    let key: RecoveryKey = acts.key.parse()?;
    let rng = ChaCha20Rng::seed_from_u64(1);
    let vault = Vault::open(&acts.stage.record().join("record"), Unlock::RecoveryKey(&key), rng).await?;
    vault.close_epochs(now).await?;
    vault.spoil(Spoilt::Segment).await?;
    vault.spoil(Spoilt::Cabinet("notes")).await?;
    vault.lock().await?;
    acts.unlock().await?;
    for dress in dresses {
        acts.stage.dress(*dress).await?;
        acts.go("", ".series").await?;
        acts.stage.see("#damaged-record").await?;
        acts.look(&format!("damaged-{}", dress.name)).await?;
        acts.stage.window.execute("document.querySelector('.series').scrollIntoView();", vec![]).await?;
        acts.stage.photograph(&format!("record-damaged-series-{}.png", dress.name)).await?;
    }
    acts.go("settings", "#verify-start").await?;
    acts.press_button("verify-start").await?;
    acts.stage.see("[data-verified=damaged]").await?;
    acts.look("verified-damaged").await
}

pub(super) async fn its_folder_cannot_be_written(acts: &Acts, dresses: &[Dress]) -> Result<()> {
    acts.lock().await?;
    let folder = acts.stage.record().join("record");
    let Some(frozen) = Frozen::new(&folder)? else {
        let why = "this machine makes no folder read-only: one that cannot be written is not looked at";
        skipped("window_record", why);
        return acts.unlock().await;
    };
    acts.unlock().await?;
    for dress in dresses {
        acts.stage.dress(*dress).await?;
        acts.go("", ".series").await?;
        acts.stage.see("#read-only-record").await?;
        acts.look(&format!("read-only-{}", dress.name)).await?;
    }
    acts.lock().await?;
    drop(frozen);
    acts.unlock().await?;
    acts.stage.reads_no_more("main", "can only be read").await
}

/// A folder in which nobody can write, until this is dropped.
struct Frozen<'a>(&'a Path);

impl<'a> Frozen<'a> {
    /// `None` where mounting is not allowed, or has not that effect.
    fn new(folder: &'a Path) -> Result<Option<Self>> {
        let mount = |options: &[&str]| Command::new("mount").args(options).arg(folder).output();
        let bound = Command::new("mount").arg("--bind").args([folder, folder]).output();
        if !bound.context("there is no mount")?.status.success() {
            return Ok(None);
        }
        let frozen = Self(folder);
        let done = mount(&["-o", "remount,bind,ro"])?.status.success();
        let probe = folder.join("probe");
        let writable = std::fs::write(&probe, b"").is_ok();
        if writable {
            std::fs::remove_file(&probe)?;
        }
        Ok((done && !writable).then_some(frozen))
    }
}

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).output();
    }
}

//! An overview that charts are drawn from is wrong, and every reading is whole: verifying says so calmly, with the day, and it is made
//! anew.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use rand::SeedableRng;
use rand::rngs::ChaCha20Rng;
use salus_tests::network::{PATIENCE, eventually};
use salus_tests::stage::Dress;
use salus_vault::{Compacted, RecoveryKey, Unlock, Vault};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::Acts;

const SAID: &str = "[data-verified=overviews]";

pub(super) async fn one_is_wrong_and_made_anew(acts: &Acts, dresses: &[Dress], now: i64) -> Result<()> {
    acts.lock().await?;
    spoil(&acts.stage.record().join("record"), &acts.key, now).await?;
    acts.unlock().await?;
    acts.go("settings", "#verify-start").await?;
    acts.press_button("verify-start").await?;
    acts.stage.see(SAID).await?;
    for words in [
        "readings are as they were written, verified",
        "1 overview that Salus keeps of them was wrong. No reading was lost, and nothing was changed.",
        "the overview was wrong. The readings are whole, and Salus makes it anew from them.",
    ] {
        acts.stage.reads(SAID, words).await?;
    }
    for dress in dresses {
        // What was found stays until it is verified again.
        acts.stage.dress(*dress).await?;
        acts.go("settings", SAID).await?;
        acts.look(&format!("verified-overviews-{}", dress.name)).await?;
    }
    let whole = eventually(PATIENCE, async || {
        let view = acts.stage.ask("get_verification", json!({})).await.ok()?;
        match view["state"].as_str()? {
            "done" if view["found"]["damage"].as_array()?.is_empty() => Some(()),
            "running" => None,
            _ => {
                acts.stage.ask("verify_record", json!({})).await.ok()?;
                None
            }
        }
    });
    whole.await.context("the overview is not made anew")?;
    acts.go("", ".series").await?;
    acts.go("settings", "[data-verified=whole]").await
}

/// Everything that is over is summed up; then the disk mixes up the parts of one day.
async fn spoil(record: &Path, key: &str, now: i64) -> Result<()> {
    let key: RecoveryKey = key.parse()?;
    let vault = Vault::open(record, Unlock::RecoveryKey(&key), ChaCha20Rng::seed_from_u64(3)).await?;
    while vault.compact(now, 0).await? != Compacted::Nothing {}
    vault.lock().await?;
    let mut db = SqliteConnectOptions::new().filename(record.join("vault.db")).connect().await?;
    let mixed = "UPDATE summary SET day = hour, hour = day WHERE id = (SELECT MIN(id) FROM summary)";
    let done = sqlx::query(mixed).execute(&mut db).await?;
    ensure!(done.rows_affected() == 1, "no day is summed up");
    db.close().await?;
    Ok(())
}

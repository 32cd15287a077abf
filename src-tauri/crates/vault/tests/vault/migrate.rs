//! Records of every schema version open, whole; see `tests/fixtures`.
//!
//! A fixture is made by the code of its day and never again: `cargo nextest run -p salus-vault --run-ignored only
//! make_fixture`, with `SALUS_FIXTURE` naming a new directory.

use std::path::PathBuf;

use salus_wire::{Category, Reading};

use crate::support::{T0, create, epoch, run};

const HR: Category = Category::HeartRate;
const EPOCH: i64 = 4_096_000;

/// What every fixture holds: a closed epoch, one sealed early with more in the journal, one in the journal only.
fn readings() -> Vec<Reading> {
    [run(T0, 120), run(T0 + EPOCH, 90), run(T0 + EPOCH + 90_000, 10), run(T0 + 2 * EPOCH, 15)].concat()
}

#[tokio::test]
#[ignore = "makes a fixture with the code of today"]
async fn make_fixture() {
    let dir = PathBuf::from(std::env::var_os("SALUS_FIXTURE").expect("SALUS_FIXTURE is a directory to make"));
    let (vault, key) = create(&dir).await;
    let all = readings();
    vault.record(&all[..210]).await.unwrap();
    vault.close_epochs(T0 + EPOCH).await.unwrap();
    vault.flush_epoch(HR, epoch(1)).await.unwrap();
    vault.record(&all[210..]).await.unwrap();
    for n in 0..3 {
        vault.cabinet().put("notes", &[n], &[n; 40]).await.unwrap();
    }
    vault.lock().await.unwrap();
    std::fs::write(dir.join("recovery-key"), key.to_text().as_bytes()).unwrap();
    std::fs::remove_file(dir.join("vault.lock")).unwrap();
}

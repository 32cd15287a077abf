//! Transactions that the command line signed: files that the running node hands to its own mempool.
//!
//! A command and the daemon are two processes; a directory between them works whether the daemon runs or not, and adds no
//! way in over the network.

use std::path::{Path, PathBuf};
use std::time::Duration;

use salus_chain::tx::MAX_TX_BYTES;

use crate::NodeState;
use crate::home::Home;
use crate::mempool::TxRefused;

/// Files looked at in one turn.
const BATCH: usize = 64;
const PERIOD: Duration = Duration::from_millis(500);

fn directory(home: &Home) -> PathBuf {
    home.data().join("spool")
}

/// Leaves a signed transaction for the node of `home`.
///
/// # Errors
/// If the file cannot be written.
pub fn leave(home: &Home, octets: &[u8]) -> std::io::Result<()> {
    let directory = directory(home);
    std::fs::create_dir_all(&directory)?;
    let name = salus_chain::tx::tx_hash(octets).to_string();
    let part = directory.join(format!("{name}.part"));
    // A part left by a command that was interrupted is in the way of the next attempt.
    let _ = std::fs::remove_file(&part);
    crate::keys::create_private(&part, octets)?;
    std::fs::rename(part, directory.join(format!("{name}.tx")))
}

/// Hands in what was left, until each is recorded or refused.
pub(crate) async fn submit(state: NodeState) {
    let directory = directory(state.home());
    let mut ticks = tokio::time::interval(PERIOD);
    loop {
        ticks.tick().await;
        let Ok(entries) = std::fs::read_dir(&directory) else { continue };
        let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        for path in paths.filter(|path| path.extension().is_some_and(|e| e == "tx")).take(BATCH) {
            hand_in(&state, &path);
        }
    }
}

fn hand_in(state: &NodeState, path: &Path) {
    let length = std::fs::metadata(path).map_or(u64::MAX, |file| file.len());
    let octets = if length <= MAX_TX_BYTES as u64 { std::fs::read(path).ok() } else { None };
    let refused = match octets.map(|octets| state.mempool().submit(&octets)) {
        Some(Ok(_) | Err(TxRefused::Full | TxRefused::Unavailable)) => return,
        Some(Err(TxRefused::Recorded(_))) => {
            return tidied(std::fs::remove_file(path));
        }
        Some(Err(refused)) => refused.to_string(),
        None => "unreadable".into(),
    };
    tracing::warn!(%refused, "a transaction that was left for the node is refused");
    tidied(std::fs::rename(path, path.with_extension("refused")));
}

/// What cannot be tidied is handed in again, which is harmless, until somebody mends the folder.
fn tidied(outcome: std::io::Result<()>) {
    if let Err(error) = outcome {
        tracing::warn!(kind = ?error.kind(), "the spool cannot be tidied; check that its folder is writable");
    }
}

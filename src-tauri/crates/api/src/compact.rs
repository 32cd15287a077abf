//! In the background, while a patient's record is open: what lies in the journal of an hour that is over becomes sealed
//! segments, and days that changed are summed up. At unlocking, and as time goes on; with or without any permission.
//!
//! The vault is held for one step at a time, so that a reading that arrives, or a screen that opens, waits for one epoch at
//! most.

use std::time::Duration;

use salus_vault::Compacted;
use salus_wire::{ErrorCode, Failure};

use crate::failure::OrFail;
use crate::{App, background};

/// How often it is looked whether there is something to do.
const EACH: Duration = Duration::from_secs(3);

/// How long an epoch stays in the journal after its end: what a device sends late after a short loss of its link makes no
/// second sealing. 2 minutes.
const GRACE_MS: i64 = 2 * 60_000;

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app).await {
            tracing::warn!(code = %failure.code, "sealing goes on later");
        }
    }
}

/// Steps until nothing is left to do now.
async fn round(app: &App) -> Result<(), Failure> {
    loop {
        let step = {
            // Given free after each step: closing the record waits for it.
            let open = app.open().await?;
            open.vault.compact(app.now(), GRACE_MS).await.or_fail()
        };
        match step {
            Ok(Compacted::Nothing) => return Ok(()),
            Ok(_) => {}
            // The vault leaves it as it is and goes on behind it; it is told where it is read.
            Err(failure) if failure.code == ErrorCode::Damaged => {
                tracing::warn!("a damaged hour is not sealed");
            }
            Err(failure) => return Err(failure),
        }
        tokio::task::yield_now().await;
    }
}

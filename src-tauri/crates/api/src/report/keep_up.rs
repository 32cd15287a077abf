//! Asks the members, in the background, to record the codes of reports that they have not recorded yet.

use std::time::Duration;

use salus_sharing::report::{ReportSeal, record};
use salus_vault::Standing;
use salus_wire::{ErrorCode, Failure};

use super::kept;
use crate::failure::OrFail;
use crate::{App, background};

/// How often it is looked whether one waits, or whether members answer by now.
const EACH: Duration = Duration::from_secs(10);
/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        match tokio::time::timeout(PATIENCE, round(&app)).await {
            Ok(Ok(())) => {}
            Ok(Err(failure)) => tracing::debug!(code = %failure.code, "a report is recorded later"),
            Err(_) => tracing::debug!("recording a report takes too long and is tried again"),
        }
    }
}

/// Records what waits, the newest first.
async fn round(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    if open.vault.standing() != Standing::Sound {
        return Ok(());
    }
    let waiting = kept::all(&open.vault).await?.into_iter().filter(|(_, kept)| kept.recorded().is_none());
    for (code, kept) in waiting {
        let client = app.0.network.client()?;
        let chain = client.genesis().chain_id();
        let seal = ReportSeal::of(&open.vault, kept.identity(), &chain, code.name());
        let recorded = record(&client, &seal, code.name()).await.or_fail()?;
        if !recorded.same {
            // Only this record has the key.
            tracing::error!("members have another content under a report's key");
            return Err(ErrorCode::ProofFailed.into());
        }
        kept.prove(&open.vault, &code, &recorded).await?;
    }
    Ok(())
}

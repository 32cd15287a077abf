//! In the background, while a patient's record is open: two laptops that get to know each other, and those that know each other.

use std::time::Duration;

use salus_wire::Failure;
use salus_wire::event::Event;

use super::{pair, sync};
use crate::{App, background};

/// How often.
const EACH: Duration = Duration::from_secs(3);
/// How long a round may take, so that one dead member does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(30);

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app).await {
            tracing::debug!(code = %failure.code, "other laptops are looked for later");
        }
    }
}

async fn round(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    // Not as background work: joining takes a person's turn.
    match tokio::time::timeout(PATIENCE, pair::go_on(app, &open, &client)).await {
        Ok(Ok(true)) => app.tell(Event::MembersChanged),
        Ok(Ok(false)) => {}
        Ok(Err(failure)) => tracing::debug!(code = %failure.code, "the other laptop is looked for later"),
        Err(_) => tracing::debug!("looking for the other laptop takes too long and is tried again"),
    }
    let work = async {
        match tokio::time::timeout(PATIENCE, sync::round(app, &open, &client, false)).await {
            Ok(Ok(_)) => {}
            Ok(Err(failure)) => tracing::debug!(code = %failure.code, "other laptops are written to later"),
            Err(_) => tracing::debug!("writing to other laptops takes too long and is tried again"),
        }
    };
    open.sharing.background(work).await;
    Ok(())
}

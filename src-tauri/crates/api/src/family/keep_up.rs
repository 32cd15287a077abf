//! In the background, while the record is open: what helpers are told and sent, what waits for this record's person, and
//! where everything stands.

use std::time::Duration;

use futures::future::{BoxFuture, FutureExt, TryFutureExt};
use salus_wire::Failure;
use salus_wire::event::Event;

use super::{
    again, emergency, entrust, gone, greet, handover, hold, letters, look, lower, mine, recover, retire,
    stops, taken, tell,
};
use crate::lock::Open;
use crate::{App, background};

/// How often.
const EACH: Duration = Duration::from_secs(5);
/// How long one part may take, so that one dead member does not hold up the others.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let mut tick = background::every(EACH);
    loop {
        tick.tick().await;
        if let Err(failure) = round(&app).await {
            tracing::debug!(code = %failure.code, "families are looked at later");
        }
    }
}

async fn round(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    let client = app.0.network.client()?;
    // First: from then on nobody who has the key of before says anything more.
    part(app, &open, retire::go_on(&open, &client).boxed()).await;
    part(app, &open, letters::take(app, &open, &client).boxed()).await;
    part(app, &open, look::all(app, &open, &client).boxed()).await;
    part(app, &open, lower::go_on(&open, &client).boxed()).await;
    part(app, &open, gone::shut_out(app, &open).boxed()).await;
    part(app, &open, again::go_on(app, &open, &client).boxed()).await;
    part(app, &open, taken::go_on(app, &open, &client).boxed()).await;
    part(app, &open, emergency::look(app, &open, &client).boxed()).await;
    part(app, &open, stops::look(app, &open, &client).boxed()).await;
    part(app, &open, mine::go_on(app, &open, &client).boxed()).await;
    part(app, &open, tell::helpers(app, &open, &client).boxed()).await;
    part(app, &open, emergency::tell(app, &open, &client).boxed()).await;
    part(app, &open, stops::tell(app, &open, &client).boxed()).await;
    part(app, &open, tell::guardians(app, &open, &client).boxed()).await;
    part(app, &open, entrust::parts(app, &open, &client).boxed()).await;
    part(app, &open, hold::forget(&open.vault, app.now()).map_ok(|()| false).boxed()).await;
    part(app, &open, recover::give_back(app, &open, &client).boxed()).await;
    part(app, &open, handover::hand(app, &open, &client).boxed()).await;
    part(app, &open, greet::hello(app, &open, &client).boxed()).await;
    part(app, &open, tell::readings(app, &open, &client).map_ok(|()| false).boxed()).await;
    Ok(())
}

async fn part(app: &App, open: &Open, work: BoxFuture<'_, Result<bool, Failure>>) {
    background::part(app, open, PATIENCE, Event::PermissionsChanged, "families", work).await;
}

//! Bringing the laptops to the same state: a round, by itself every few seconds, or at once because a person wants it.

use futures::FutureExt;
use salus_light::LightClient;
use salus_wire::command::{Command, SyncLaptops};
use salus_wire::event::Event;
use salus_wire::view::LaptopsView;
use salus_wire::{ErrorCode, Failure};

use super::kept::Own;
use super::{beside, hear, power, remove, say, send, told, view};
use crate::App;
use crate::Run;
use crate::lock::Open;

/// What one round did.
#[derive(Clone, Copy)]
pub(super) enum Round {
    /// There is more of it at once.
    More,
    /// There is nothing more for now.
    Done,
}

/// One round. The caller has the turn of [`Open::sharing`].
pub(super) async fn round(
    app: &App,
    open: &Open,
    client: &LightClient,
    at_once: bool,
) -> Result<Round, Failure> {
    if Own::load(&open.vault).await?.peers.is_empty() {
        return Ok(Round::Done);
    }
    // Before anything is heard: what the line of an identity of before says does not count once that gave way.
    let removed = remove::notice(app, open, client).boxed().await?;
    // What comes first: what is stored here afterwards is known as theirs, and not sent back to them.
    let mut more = hear::next(app, open, client).boxed().await?;
    remove::go_on(app, open, client).boxed().await?;
    power::draw(app, open, client).boxed().await?;
    more |= send::some(app, open, client, at_once).boxed().await?;
    more |= say::all(app, open, client).boxed().await?;
    let looked = told::look(app, open, client).boxed().await?;
    let happened = beside::look(app, open, client).boxed().await?;
    if removed || looked || happened {
        app.tell(Event::PermissionsChanged);
    }
    Ok(if more { Round::More } else { Round::Done })
}

impl Run for SyncLaptops {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let running = app.begin(Self::NAME)?;
        pause(&open, false).await?;
        let mut at_once = true;
        loop {
            let round = {
                let _turn = open.sharing.take().await;
                round(app, &open, &client, at_once).await?
            };
            at_once = false;
            let (taken, left) = progress(&open).await?;
            // Stopped by the person: what is still to come waits until they go on.
            if running.watch.step(u64::from(taken), u64::from(taken) + u64::from(left)).is_err() {
                pause(&open, true).await?;
                return Err(ErrorCode::Cancelled.into());
            }
            if matches!(round, Round::Done) {
                return view::of(app, &open).await;
            }
        }
    }
}

/// Lets the history wait, or go on.
async fn pause(open: &Open, paused: bool) -> Result<(), Failure> {
    let _turn = open.sharing.take().await;
    let mut own = Own::load(&open.vault).await?;
    if let Some(joined) = own.joined.as_mut().filter(|joined| joined.paused != paused) {
        joined.paused = paused;
        own.save(&open.vault).await?;
    }
    Ok(())
}

/// Parts that were taken from the others, and that are still to come.
async fn progress(open: &Open) -> Result<(u32, u32), Failure> {
    let own = Own::load(&open.vault).await?;
    let sum = |of: fn(&super::kept::Peer) -> u32| own.peers.iter().map(of).fold(0, u32::saturating_add);
    Ok((sum(|peer| peer.taken), sum(|peer| peer.left)))
}

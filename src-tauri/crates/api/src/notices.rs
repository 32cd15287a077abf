//! What happened, for the person: one list that holds everything, sealed in the record; the desktop's notifications only point to it.
//!
//! ```text
//! permissions, families, devices, backups, the record itself
//!     -> facts      what holds now, each under a key of its own; nothing is asked of anybody
//!     -> book       what did not hold the last time becomes a notice; bounded; sealed in the cabinet
//!     -> Event::NoticesChanged, and outside quiet hours (what is urgent: always) one notification without names
//! ```
//!
//! A fact that ends and holds again is a notice again: a battery that was changed and is low once more. Nothing runs in a record that is
//! locked or can only be read; what came meanwhile is told once it is open.

mod book;
mod facts;
mod words;

use std::time::Duration;

use salus_wire::command::{ListNotices, ReadNotices};
use salus_wire::event::Event;
use salus_wire::view::NoticesView;
use salus_wire::{ErrorCode, Failure};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::app::utc_offset_minutes;
use crate::desktop::is_quiet;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::NOTICES;
use crate::{App, Run, background};
use book::{Book, Taken};

/// The one entry.
const BOOK: &[u8] = b"book";
/// How often is looked although nothing was told: what ends by time tells nobody.
const EACH: Duration = Duration::from_secs(30);
/// At least so long between two looks.
const PAUSE: Duration = Duration::from_secs(2);

impl Run for ListNotices {
    async fn run(self, app: &App) -> Result<NoticesView, Failure> {
        let open = app.open().await?;
        Ok(load(&open).await?.view())
    }
}

impl Run for ReadNotices {
    async fn run(self, app: &App) -> Result<NoticesView, Failure> {
        let open = app.open().await?;
        let _turn = app.0.notices.lock().await;
        let mut book = load(&open).await?;
        if book.read(self.up_to) {
            save(&open, &book).await?;
            app.tell(Event::NoticesChanged);
        }
        Ok(book.view())
    }
}

/// Starts the task; it ends when the record is closed.
pub(crate) async fn start(app: &App) {
    background::spawn(app, run).await;
}

async fn run(app: App) {
    let (mut tick, mut events) = (background::every(EACH), app.subscribe());
    loop {
        if let Err(failure) = look(&app).await {
            tracing::debug!(code = %failure.code, "what happened is looked at later");
        }
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            _ = tick.tick() => {}
            goes_on = concerns(&mut events) => if !goes_on { return },
        }
    }
}

/// Waits until something is told that may be a notice, and for no more of it; false when nothing will be told any more.
async fn concerns(events: &mut Receiver<Event>) -> bool {
    loop {
        match events.recv().await {
            Ok(Event::PermissionsChanged | Event::DevicesChanged | Event::BackupsChanged)
            | Err(RecvError::Lagged(_)) => break,
            Ok(_) => {}
            Err(RecvError::Closed) => return false,
        }
    }
    while events.try_recv().is_ok() {}
    true
}

/// One look: what is new is written down, told to the page, and pointed to by the desktop.
async fn look(app: &App) -> Result<(), Failure> {
    let open = app.open().await?;
    let held = facts::of(app, &open).await;
    let now = app.now();
    let choices = *app.desktop();
    let quiet = is_quiet(&choices, now, utc_offset_minutes(now));
    let note = {
        let _turn = app.0.notices.lock().await;
        let mut book = load(&open).await?;
        let taken = book.take_in(held, now);
        let note = book.point(quiet);
        if taken != Taken::Nothing || note.is_some() {
            save(&open, &book).await?;
        }
        if taken == Taken::News {
            app.tell(Event::NoticesChanged);
        }
        note
    };
    if let Some(is_urgent) = note.filter(|_| choices.notify) {
        app.0.config.desktop.show(words::note(app.tongue(), is_urgent)).await;
    }
    Ok(())
}

async fn load(open: &Open) -> Result<Book, Failure> {
    let stored = open.vault.cabinet().get(NOTICES, BOOK).await.or_fail()?;
    match stored {
        None => Ok(Book::default()),
        Some(octets) => serde_json::from_slice(&octets).map_err(|_| ErrorCode::Damaged.into()),
    }
}

async fn save(open: &Open, book: &Book) -> Result<(), Failure> {
    let octets = serde_json::to_vec(book).map_err(|_| bug("what happened has no JSON form"))?;
    open.vault.cabinet().put(NOTICES, BOOK, &octets).await.or_fail()
}

#[cfg(test)]
mod tests;

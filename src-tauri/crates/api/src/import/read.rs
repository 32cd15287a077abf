//! A file's octets, and what they say; in a thread of its own, because 64 MiB take a while.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use chrono::{Local, TimeZone};
use salus_insight::import::{Found, MAX_FILE, Unreadable, read};
use salus_vault::backup::Watch;
use salus_wire::{ErrorCode, Failure};

/// Reads a file as far as it is one of readings.
pub(super) async fn file(path: PathBuf, watch: &Watch) -> Result<Found, Failure> {
    let (watch, at_work) = (watch.clone(), watch.at_work());
    let thread = tokio::task::spawn_blocking(move || {
        let _at_work = at_work;
        found(path, &watch)
    });
    thread.await.map_err(|_| ErrorCode::Internal)?
}

fn found(path: PathBuf, watch: &Watch) -> Result<Found, Failure> {
    let octets = octets(path)?;
    // The second half is looking for what the record holds already.
    let total = (octets.len() as u64).saturating_mul(2);
    let local =
        |at: chrono::NaiveDateTime| Some(Local.from_local_datetime(&at).earliest()?.timestamp_millis());
    let found = read(&octets, &local, &mut |done| watch.step(done, total).is_ok());
    found.map_err(|why| match why {
        Unreadable::Unknown => ErrorCode::NotAnImport.into(),
        Unreadable::TooLarge => Failure::with(ErrorCode::TooLarge, "file"),
        Unreadable::Stopped => ErrorCode::Cancelled.into(),
    })
}

/// A file that is none, or cannot be read, holds nothing that can be taken.
fn octets(path: PathBuf) -> Result<Vec<u8>, Failure> {
    let none = |error: std::io::Error| {
        tracing::debug!(kind = ?error.kind(), "a file with readings cannot be read");
        Failure::from(ErrorCode::NotAnImport)
    };
    let file = File::open(path).map_err(none)?;
    if !file.metadata().map_err(none)?.is_file() {
        return Err(ErrorCode::NotAnImport.into());
    }
    let mut octets = Vec::new();
    file.take(MAX_FILE + 1).read_to_end(&mut octets).map_err(none)?;
    if octets.len() as u64 > MAX_FILE {
        return Err(Failure::with(ErrorCode::TooLarge, "file"));
    }
    Ok(octets)
}

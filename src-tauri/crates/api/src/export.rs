//! Everything in one file in an open format, streamed: an epoch at a time, so that memory does not grow with the record.
//!
//! Readings as a table or as lines; permissions, openings and sources of readings as FHIR. docs/EXPORT.md is the schema, and says
//! what is not in it. The file is not encrypted: it is the person's own copy, and the page says so.

mod csv;
mod facts;
mod fhir;
#[cfg(test)]
mod flat;
mod json;
mod sink;
#[cfg(test)]
mod tests;
mod unfinished;

use std::path::Path;

use futures::FutureExt;
use salus_vault::Epoch;
use salus_wire::command::{Command, ExportRecord};
use salus_wire::view::{ExportFormat, ExportView};
use salus_wire::{Category, ErrorCode, Failure, Reading};

use crate::entry::notes;
use crate::failure::OrFail;
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Choice, Run};
use facts::Facts;
use sink::Sink;
pub(crate) use unfinished::forget as forget_unfinished;

impl Run for ExportRecord {
    async fn run(self, app: &App) -> Result<ExportView, Failure> {
        let running = app.begin(ExportRecord::NAME)?;
        let day = facts::instant(app.now());
        let day = day.split('T').next().unwrap_or_default();
        let name = match self.format {
            ExportFormat::Csv => format!("salus-{day}.csv"),
            ExportFormat::JsonLines => format!("salus-{day}.jsonl"),
            ExportFormat::Fhir => format!("salus-{day}.fhir.json"),
        };
        let chosen = app.0.config.confirm.choose(Choice::NewFile(&name)).await.ok_or(ErrorCode::Cancelled)?;
        let open = app.open().await?;
        write(app, &open, self.format, &chosen, &running).await
    }
}

/// Writes readings as one format's text.
enum Pen {
    Csv(csv::Pen),
    Json,
}

impl Pen {
    fn write(&mut self, facts: &Facts<'_>, out: &mut Vec<u8>) -> Result<(), Failure> {
        match self {
            Self::Csv(pen) => pen.write(facts, out),
            Self::Json => json::write(facts, out),
        }
    }
}

/// Writes everything; a file under the final name is complete. What is damaged is left out, and its epochs are counted.
async fn write(
    app: &App,
    open: &Open,
    format: ExportFormat,
    to: &Path,
    running: &Running,
) -> Result<ExportView, Failure> {
    let all = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
    let mut work = Vec::new();
    for category in Category::ALL {
        let heads = open.vault.epochs(*category, all.clone()).await.or_fail()?;
        work.extend(heads.iter().map(|head| (*category, head.epoch)));
    }
    // Before the file is there: killed from here on, it is removed when the record is next opened.
    let beside = sink::beside(to);
    let remembered = unfinished::remember(&open.vault, &beside).await;
    let written = async {
        let mut sink = Sink::open(to, beside, running.watch.at_work())?;
        match fill(app, open, format, &mut sink, &work, running).await {
            Ok(view) => sink.finish().await.map(|()| view),
            Err(failure) => {
                sink.abandon().await;
                Err(failure)
            }
        }
    };
    let written = written.await;
    if let Some(name) = remembered {
        unfinished::let_go(&open.vault, &name).await;
    }
    written
}

/// Writes one whole file with the same care: for its owner only, synced, and nothing left of one that is cut off.
pub(crate) async fn whole(open: &Open, to: &Path, octets: Vec<u8>, running: &Running) -> Result<(), Failure> {
    let beside = sink::beside(to);
    let remembered = unfinished::remember(&open.vault, &beside).await;
    let written = async {
        let mut sink = Sink::open(to, beside, running.watch.at_work())?;
        match sink.write(octets).await {
            Ok(()) => sink.finish().await,
            Err(failure) => {
                sink.abandon().await;
                Err(failure)
            }
        }
    };
    let written = written.await;
    if let Some(name) = remembered {
        unfinished::let_go(&open.vault, &name).await;
    }
    written
}

async fn fill(
    app: &App,
    open: &Open,
    format: ExportFormat,
    sink: &mut Sink,
    work: &[(Category, Epoch)],
    running: &Running,
) -> Result<ExportView, Failure> {
    let pen = match format {
        ExportFormat::Csv => Pen::Csv(csv::Pen::default()),
        ExportFormat::JsonLines => Pen::Json,
        // It asks the members, which nests deep.
        ExportFormat::Fhir => return fhir::fill(app, open, sink, work, running).boxed().await,
    };
    all_readings(open, pen, sink, work, running).await
}

/// Every reading, and then those that wait for somebody to say whose they are.
async fn all_readings(
    open: &Open,
    mut pen: Pen,
    sink: &mut Sink,
    work: &[(Category, Epoch)],
    running: &Running,
) -> Result<ExportView, Failure> {
    let notes = notes::all(&open.vault).await?;
    if let Pen::Csv(_) = pen {
        sink.write(csv::head()?).await?;
    }
    let mut view = ExportView { readings: 0, unclaimed: 0, damaged: 0, sharing: None };
    for (done, (category, epoch)) in work.iter().enumerate() {
        running.watch.step(done as u64, work.len() as u64).or_fail()?;
        let (readings, damaged) =
            open.vault.readable(*category, epoch.start(), epoch.end()).await.or_fail()?;
        let mut text = Vec::new();
        for reading in &readings {
            pen.write(&facts(open, reading, &notes), &mut text)?;
        }
        view.readings += readings.len() as u64;
        view.damaged += damaged;
        sink.write(text).await?;
    }
    let waiting = open.devices.waiting().await;
    let mut text = Vec::new();
    for reading in &waiting {
        let origin = open.devices.origin_of(reading);
        pen.write(&Facts { reading, origin, note: None, unclaimed: true }, &mut text)?;
    }
    view.unclaimed = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
    sink.write(text).await?;
    Ok(view)
}

fn facts<'a>(open: &Open, reading: &'a Reading, notes: &'a notes::Notes) -> Facts<'a> {
    let note = notes.get(reading.category, reading.at);
    Facts { reading, origin: open.devices.origin_of(reading), note, unclaimed: false }
}

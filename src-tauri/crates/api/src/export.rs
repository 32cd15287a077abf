//! Everything in one file in an open format, streamed: an epoch at a time, so that memory does not grow with the record.
//!
//! docs/EXPORT.md is the schema. The file is not encrypted: it is the person's own copy, and the page says so.

mod csv;
mod facts;
mod json;
mod sink;
#[cfg(test)]
mod tests;

use std::path::Path;

use salus_vault::{Epoch, VaultError};
use salus_wire::command::{Command, ExportRecord};
use salus_wire::view::{ExportFormat, ExportView};
use salus_wire::{Category, ErrorCode, Failure, Reading};

use crate::entry::notes;
use crate::failure::{Fail, OrFail};
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Choice, Run};
use facts::Facts;
use sink::Sink;

impl Run for ExportRecord {
    async fn run(self, app: &App) -> Result<ExportView, Failure> {
        let running = app.begin(ExportRecord::NAME)?;
        let day = facts::instant(app.now());
        let day = day.split('T').next().unwrap_or_default();
        let name = match self.format {
            ExportFormat::Csv => format!("salus-{day}.csv"),
            ExportFormat::JsonLines => format!("salus-{day}.jsonl"),
        };
        let chosen = app.0.config.confirm.choose(Choice::NewFile(&name)).await.ok_or(ErrorCode::Cancelled)?;
        let open = app.open().await?;
        write(&open, self.format, &chosen, &running).await
    }
}

/// One epoch of a format's text.
enum Pen {
    Csv(csv::Pen),
    Json,
}

/// Writes everything; a file under the final name is complete. Epochs that are damaged are left out and counted.
async fn write(
    open: &Open,
    format: ExportFormat,
    to: &Path,
    running: &Running,
) -> Result<ExportView, Failure> {
    let notes = notes::all(&open.vault).await?;
    let all = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
    let mut work = Vec::new();
    for category in Category::ALL {
        let heads = open.vault.epochs(*category, all.clone()).await.or_fail()?;
        work.extend(heads.iter().map(|head| (*category, head.epoch)));
    }
    let mut sink = Sink::open(to)?;
    match fill(open, format, &mut sink, &work, &notes, running).await {
        Ok(view) => sink.finish().await.map(|()| view),
        Err(failure) => {
            sink.abandon().await;
            Err(failure)
        }
    }
}

async fn fill(
    open: &Open,
    format: ExportFormat,
    sink: &mut Sink,
    work: &[(Category, Epoch)],
    notes: &notes::Notes,
    running: &Running,
) -> Result<ExportView, Failure> {
    let mut pen = match format {
        ExportFormat::Csv => Pen::Csv(csv::Pen::default()),
        ExportFormat::JsonLines => Pen::Json,
    };
    if let Pen::Csv(_) = pen {
        sink.write(csv::head()?).await?;
    }
    let mut view = ExportView { readings: 0, damaged: 0 };
    for (done, (category, epoch)) in work.iter().enumerate() {
        running.watch.step(done as u64, work.len() as u64).or_fail()?;
        let readings = match open.vault.readings(*category, epoch.start(), epoch.end()).await {
            Ok(readings) => readings,
            Err(VaultError::Damaged { .. }) => {
                view.damaged += 1;
                continue;
            }
            Err(e) => return Err(e.fail()),
        };
        let mut text = Vec::new();
        for reading in &readings {
            let facts = facts(open, reading, notes);
            match &mut pen {
                Pen::Csv(pen) => pen.write(&facts, &mut text)?,
                Pen::Json => json::write(&facts, &mut text)?,
            }
        }
        view.readings += readings.len() as u64;
        sink.write(text).await?;
    }
    Ok(view)
}

fn facts<'a>(open: &Open, reading: &'a Reading, notes: &'a notes::Notes) -> Facts<'a> {
    let note =
        notes.get(reading.category, reading.at).filter(|_| reading.quality.has(salus_wire::Quality::TYPED));
    Facts { reading, origin: open.devices.origin_of(reading), note }
}

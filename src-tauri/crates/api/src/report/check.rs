//! Checking a report: what its content says, and whether this record or the members know it. Nothing is believed because of how a page
//! looks.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

use salus_chain::ids::{ChainId, VerifyingKey};
use salus_light::LightClient;
use salus_report::attached::{self, Attached, MOST_FILE};
use salus_report::{Code, Seal};
use salus_sharing::anchor::Recorded;
use salus_sharing::report::{ReportSeal, Told, find};
use salus_wire::command::CheckReport;
use salus_wire::view::{CheckedReportView, MOST_CODE, ReportStanding};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use super::kept::{self, Kept};
use crate::failure::bug;
use crate::lock::Open;
use crate::{App, Choice, Run};

/// How long the members are waited for.
const PATIENCE: Duration = Duration::from_secs(20);

impl Run for CheckReport {
    async fn run(self, app: &App) -> Result<CheckedReportView, Failure> {
        match &self.code {
            Some(typed) => {
                let code = typed_code(typed)?;
                let open = app.open().await?;
                let known = look(app, &open, &code, None).await?;
                if known.standing == ReportStanding::Nobody {
                    return Err(ErrorCode::UnknownReport.into());
                }
                Ok(known.view(&code, Vec::new()))
            }
            None => {
                let chosen = app.0.config.confirm.choose(Choice::Report).await.ok_or(ErrorCode::Cancelled)?;
                let Attached { report, code, seal } = read(chosen).await?;
                let open = app.open().await?;
                let known = look(app, &open, &code, seal.as_ref()).await?;
                Ok(known.view(&code, salus_report::lines(&report, self.language)))
            }
        }
    }
}

fn typed_code(typed: &str) -> Result<Code, Failure> {
    if typed.chars().count() > MOST_CODE {
        return Err(ErrorCode::BadReportCode.into());
    }
    typed.parse::<Code>().map_err(|_| ErrorCode::BadReportCode.into())
}

/// What is attached to a file, however large or strange it is.
async fn read(path: std::path::PathBuf) -> Result<Attached, Failure> {
    let read = tokio::task::spawn_blocking(move || octets(&path).map(|octets| attached::find(&octets)));
    // What cannot be read is no report either.
    let found = read.await.map_err(|_| bug("a file is read"))?.ok().flatten();
    found.ok_or_else(|| ErrorCode::NotAReport.into())
}

/// The octets of a file; of one that is too large so many that it is seen to be.
fn octets(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    File::open(path)?.take(MOST_FILE as u64 + 1).read_to_end(&mut octets)?;
    Ok(octets)
}

/// What is known of a code.
struct Known {
    standing: ReportStanding,
    recorded: Option<UnixMillis>,
    kept: Option<Kept>,
}

impl Known {
    fn view(self, code: &Code, lines: Vec<String>) -> CheckedReportView {
        CheckedReportView {
            code: code.to_string(),
            standing: self.standing,
            recorded: self.recorded,
            made: self.kept.map(|kept| kept.view(code)),
            lines,
        }
    }
}

/// First what this record knows, then what the members prove: under the key that this record has for the code, and under the one
/// that the file names.
async fn look(app: &App, open: &Open, code: &Code, seal: Option<&Seal>) -> Result<Known, Failure> {
    let kept = kept::one(&open.vault, code).await?;
    let known = |standing, recorded, kept| Ok(Known { standing, recorded, kept });
    if let Some(recorded) = kept.as_ref().and_then(Kept::recorded) {
        return known(ReportStanding::Proven, Some(recorded), kept);
    }
    let unproven = if kept.is_some() { ReportStanding::Waiting } else { ReportStanding::Unasked };
    let Ok(client) = app.0.network.client() else { return known(unproven, None, kept) };
    let chain = client.genesis().chain_id();
    let identity = kept.as_ref().map_or_else(|| open.vault.identity(), Kept::identity);
    let own = *ReportSeal::of(&open.vault, identity, &chain, code.name()).told();
    match asked(&client, &own, code).await {
        None => return known(unproven, None, kept),
        Some(Some(recorded)) if recorded.same => {
            if let Some(kept) = &kept {
                prove(open, code, kept, &recorded).await;
            }
            // Also where the list was lost with an older copy: nobody else has this key. One of an identity that gave way, and
            // not listed, a thief may have made: of that is said only that the members have it.
            return known(ReportStanding::Proven, Some(recorded.time_ms), kept);
        }
        Some(_) if kept.is_some() => return known(ReportStanding::Waiting, None, kept),
        Some(_) => {}
    }
    let Some(told) = seal.and_then(told) else { return known(ReportStanding::Nobody, None, None) };
    if told.chain != chain {
        // Other members than those that this computer knows.
        return known(ReportStanding::Unasked, None, None);
    }
    match asked(&client, &told, code).await {
        None => known(ReportStanding::Unasked, None, None),
        Some(None) => known(ReportStanding::Nobody, None, None),
        Some(Some(recorded)) if recorded.same => {
            known(ReportStanding::Elsewhere, Some(recorded.time_ms), None)
        }
        Some(Some(_)) => Err(ErrorCode::ReportAltered.into()),
    }
}

/// What the members prove under a key; `None` when they do not answer.
async fn asked(client: &LightClient, told: &Told, code: &Code) -> Option<Option<Recorded>> {
    match tokio::time::timeout(PATIENCE, Box::pin(find(client, told, code.name()))).await {
        Ok(Ok(found)) => Some(found),
        Ok(Err(error)) => {
            tracing::debug!(%error, "the members prove nothing of a report now");
            None
        }
        Err(_) => None,
    }
}

/// Notes what was proven on the way; a record that cannot be written is told all the same.
async fn prove(open: &Open, code: &Code, kept: &Kept, recorded: &Recorded) {
    if let Err(failure) = kept.prove(&open.vault, code, recorded).await {
        tracing::debug!(code = %failure.code, "that a report was recorded is noted later");
    }
}

fn told(seal: &Seal) -> Option<Told> {
    let [chain, key, salt] = seal.parts()?;
    Some(Told { chain: ChainId(chain), key: VerifyingKey(key), salt })
}

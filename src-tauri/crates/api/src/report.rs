//! Reports on paper: made of the own record or of what was opened, recorded with the members, and checked.
//!
//! ```text
//! make_report          own record --> content --> code, kept (cabinet) --> page --> a file that the person chose
//! make_opened_report   what was shown of an opened record, in memory --> the same
//! make_relative_report what a steward was shown of a relative's record, in memory --> the same, with what they can read
//!                      kept, and not recorded yet --> members, salted, in the background (keep_up)
//! check_report         a file's attached content, or a typed code --> kept? recorded with the members? --> what is known
//! kept, under code 19  = JSON of kept::Kept
//! ```
//!
//! Guarantees: what a page says is its content, and the content's code is kept before the file is there, so that no page of this
//! record is unknown to it; of an opened record only what was shown is in a report, while the permission is in force, and of a
//! relative's while the power is; a file that is checked is bounded and read without interpreting the page.
//!
//! Non-guarantees: a file is not encrypted, and the page says so. Whoever prints a page that only looks like one gets no further than
//! the check: it shows what the code stands for, and the person compares.

mod check;
mod helped;
pub(crate) mod keep_up;
mod kept;
mod material;
mod opened;
mod own;
#[cfg(test)]
mod tests;

use std::path::Path;

use salus_report::content::Report;
use salus_report::{Card, Code, ReportError, Seal};
use salus_sharing::report::ReportSeal;
use salus_vault::Identity;
use salus_wire::command::{Command, ListReports, MakeOpenedReport, MakeReport, PrintCard, ShowCard};
use salus_wire::view::{MadeReportView, ReportKind, ReportLanguage};
use salus_wire::{ErrorCode, Failure, UnixMillis};

use crate::app::utc_offset_minutes;
use crate::export::whole;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::work::Running;
use crate::{App, Choice, Run};
use kept::Kept;
use material::moment;
use opened::Maker;

/// Steps of making a report after its content: the page, the file.
const STEPS: u64 = 2;

impl Run for MakeReport {
    async fn run(self, app: &App) -> Result<MadeReportView, Failure> {
        let asked = own::Asked::check(&self, app.now())?;
        let running = app.begin(Self::NAME)?;
        let chosen = choose(app, self.report).await?;
        let open = app.open().await?;
        let report = own::report(app, &open, &asked, &running).await?;
        make(app, &open, report, self.language, &chosen, &running).await
    }
}

impl Run for MakeOpenedReport {
    async fn run(self, app: &App) -> Result<MadeReportView, Failure> {
        let running = app.begin(Self::NAME)?;
        {
            // Refused before anything is chosen.
            let open = app.open().await?;
            crate::clinical::of_opened(&open, &self.id, app.now()).await?;
        }
        let chosen = choose(app, self.report).await?;
        let open = app.open().await?;
        let held = crate::clinical::of_opened(&open, &self.id, app.now()).await?;
        let maker = Maker { name: own_name(app), helps: None };
        let report = opened::report(&held, self.report, maker, app.now())?;
        make(app, &open, report, self.language, &chosen, &running).await
    }
}

impl Run for PrintCard {
    async fn run(self, app: &App) -> Result<(), Failure> {
        let running = app.begin(Self::NAME)?;
        let view = ShowCard {}.run(app).await?;
        let name = format!("salus-card-{}.pdf", day(app.now()));
        let chosen = app.0.config.confirm.choose(Choice::NewFile(&name)).await.ok_or(ErrorCode::Cancelled)?;
        let made = moment(app.now())?;
        let until = moment(view.ends.saturating_sub(1))?.date;
        let card = Card { name: view.name, call: view.call, until, text: view.text };
        let language = self.language;
        let file = page(move || salus_report::card(&card, made, language)).await?;
        let open = app.open().await?;
        whole(&open, &chosen, file, &running).await
    }
}

impl Run for ListReports {
    async fn run(self, app: &App) -> Result<Vec<MadeReportView>, Failure> {
        let open = app.open().await?;
        let all = kept::all(&open.vault).await?;
        Ok(all.into_iter().map(|(code, kept)| kept.view(&code)).collect())
    }
}

/// The name of whoever works here.
fn own_name(app: &App) -> String {
    app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default()
}

/// Where the page goes.
async fn choose(app: &App, kind: ReportKind) -> Result<std::path::PathBuf, Failure> {
    let name = match kind {
        ReportKind::Visit => "salus-report",
        ReportKind::Diary => "salus-diary",
        ReportKind::Glucose => "salus-glucose",
    };
    let name = format!("{name}-{}.pdf", day(app.now()));
    app.0.config.confirm.choose(Choice::NewFile(&name)).await.ok_or_else(|| ErrorCode::Cancelled.into())
}

/// Today's date in a file's name.
fn day(now: UnixMillis) -> String {
    let date = moment(now).map(|moment| moment.date);
    date.map_or_else(|_| "today".to_owned(), |d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day))
}

/// Keeps the code, lays out the page and writes it. What is not written is forgotten again.
async fn make(
    app: &App,
    open: &Open,
    report: Report,
    language: ReportLanguage,
    to: &Path,
    running: &Running,
) -> Result<MadeReportView, Failure> {
    let code = Code::of(&report.octets().map_err(failure)?);
    let identity = open.vault.identity();
    let seal = seal(app, open, identity, &code);
    let kept = Kept::of(&report, identity);
    running.watch.step(0, STEPS).or_fail()?;
    let (made, file) = page(move || salus_report::report(&report, language, seal.as_ref())).await?;
    if made != code {
        return Err(bug("a page has the code of its content"));
    }
    running.watch.step(1, STEPS).or_fail()?;
    kept.put(&open.vault, &code).await?;
    if let Err(failure) = whole(open, to, file, running).await {
        kept::forget(&open.vault, &code).await;
        return Err(failure);
    }
    Ok(kept.view(&code))
}

/// Where the members' record will be; `None` without members.
fn seal(app: &App, open: &Open, identity: Identity, code: &Code) -> Option<Seal> {
    let chain = app.0.network.genesis().ok()?.chain_id();
    let seal = ReportSeal::of(&open.vault, identity, &chain, code.name());
    let told = seal.told();
    Some(Seal::new(&told.chain.0, &told.key.0, &told.salt))
}

/// Lays a page out on a thread of its own: it takes a tenth of a second.
async fn page<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ReportError> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| bug("a page is laid out"))?;
    done.map_err(failure)
}

fn failure(error: ReportError) -> Failure {
    tracing::warn!(%error, "no page was made");
    match error {
        ReportError::Limits | ReportError::DoesNotFit => ErrorCode::TooLarge.into(),
        ReportError::Font | ReportError::Format(_) | ReportError::Square => ErrorCode::Internal.into(),
    }
}

/// Minutes east of UTC as a report has them.
fn offset(at: UnixMillis) -> i16 {
    i16::try_from(utc_offset_minutes(at)).unwrap_or(0)
}

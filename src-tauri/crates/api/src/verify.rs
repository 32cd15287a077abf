//! "Verify my record": everything in it, in the background, with progress and cancel.

use std::sync::{Mutex, MutexGuard, PoisonError};

use salus_vault::summary::day_start;
use salus_vault::{Damage, Fault, Report, VaultError};
use salus_wire::command::{CancelVerification, Command, GetVerification, VerifyRecord};
use salus_wire::event::Event;
use salus_wire::view::{DamageView, FoundView, StoppedWork, VerificationState, VerificationView};
use salus_wire::{Failure, UnixMillis};
use tokio::sync::watch;

use crate::{App, Run, anchor};

/// Most damage that a page lists.
const MOST: usize = 100;
/// A page is told of every hundredth part.
const PARTS: u64 = 100;

/// How verifying an open record goes.
pub(crate) struct Verifying {
    view: Mutex<VerificationView>,
    /// Changes when the person cancels.
    cancel: watch::Sender<()>,
}

impl Default for Verifying {
    fn default() -> Self {
        let view = VerificationView { state: VerificationState::Never, done: 0, total: 0, found: None };
        Self { view: Mutex::new(view), cancel: watch::Sender::new(()) }
    }
}

impl Verifying {
    fn view(&self) -> MutexGuard<'_, VerificationView> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self) -> bool {
        let mut view = self.view();
        let idle = view.state != VerificationState::Running;
        if idle {
            *view = VerificationView { state: VerificationState::Running, done: 0, total: 0, found: None };
        }
        idle
    }

    /// True while it goes on.
    pub(crate) fn runs(&self) -> bool {
        self.view().state == VerificationState::Running
    }

    fn end(&self, state: VerificationState, found: Option<FoundView>) {
        let mut view = self.view();
        (view.state, view.found) = (state, found);
    }
}

impl Run for VerifyRecord {
    async fn run(self, app: &App) -> Result<VerificationView, Failure> {
        let open = app.open().await?;
        // A second start finds the first one running, and is answered how it goes.
        if open.verifying.begin() {
            app.begins_again(StoppedWork::Verification);
            let (closing, cancel) = (open.closing.subscribe(), open.verifying.cancel.subscribe());
            let task = run(app.clone(), closing, cancel);
            app.0.tasks.lock().await.spawn(task);
        }
        Ok(open.verifying.view().clone())
    }
}

impl Run for CancelVerification {
    async fn run(self, app: &App) -> Result<VerificationView, Failure> {
        let open = app.open().await?;
        let running = open.verifying.view().state == VerificationState::Running;
        if running {
            open.verifying.cancel.send_replace(());
            open.verifying.end(VerificationState::Cancelled, None);
        }
        Ok(open.verifying.view().clone())
    }
}

impl Run for GetVerification {
    async fn run(self, app: &App) -> Result<VerificationView, Failure> {
        Ok(app.open().await?.verifying.view().clone())
    }
}

async fn run(app: App, mut closing: watch::Receiver<bool>, mut cancel: watch::Receiver<()>) {
    let outcome = tokio::select! {
        biased;
        _ = closing.wait_for(|c| *c) => return,
        // Its answer tells the page.
        _ = cancel.changed() => return,
        outcome = walk(&app) => outcome,
    };
    let Ok(open) = app.open().await else { return };
    match outcome {
        Ok(Some(report)) => {
            let found = found(&report, app.now());
            open.verifying.end(VerificationState::Done, Some(found));
        }
        Ok(None) => return,
        Err(error) => {
            tracing::warn!(%error, "the record cannot be verified to its end");
            open.verifying.end(VerificationState::Failed, None);
        }
    }
    // The page asks again how it went.
    app.tell(Event::Progress { work: VerifyRecord::NAME.to_owned(), done: 0, total: 0 });
}

/// `None` when the record was closed.
async fn walk(app: &App) -> Result<Option<Report>, VaultError> {
    let Ok(open) = app.open().await else { return Ok(None) };
    let earlier = anchor::heads(&open.vault).await?;
    let mut verification = open.vault.verify().await?.against(earlier);
    let mut told = 0;
    loop {
        let more = verification.step().await?;
        let (done, total) = verification.progress();
        if done - told >= (total / PARTS).max(1) {
            told = done;
            let (done, total) = (saturated(done), saturated(total));
            {
                let mut view = open.verifying.view();
                (view.done, view.total) = (done, total);
            }
            app.tell(Event::Progress { work: VerifyRecord::NAME.to_owned(), done, total });
        }
        if !more {
            return Ok(Some(verification.report()));
        }
        // Readings and pages come between the steps.
        tokio::task::yield_now().await;
    }
}

fn found(report: &Report, at: UnixMillis) -> FoundView {
    let mut damage: Vec<DamageView> = report.damage.iter().map(shown).collect();
    let cut = damage.len().saturating_sub(MOST);
    damage.truncate(MOST);
    FoundView {
        at,
        readings: saturated(report.readings),
        entries: saturated(report.leaves),
        values: saturated(report.values),
        waiting: saturated(report.inbox),
        damage,
        unlisted: saturated(report.unlisted + cut as u64),
    }
}

fn shown(damage: &Damage) -> DamageView {
    match *damage {
        Damage::Keyslots => DamageView::Keys,
        Damage::Log { .. } | Damage::Checkpoint => DamageView::History,
        Damage::Rows => DamageView::Value,
        Damage::Epoch { category, epoch, fault } => DamageView::Readings {
            category,
            from: epoch.start(),
            to: epoch.end(),
            other: matches!(fault, Fault::Log | Fault::Gone),
        },
        Damage::Inbox { entries } => DamageView::Waiting { entries: saturated(entries) },
        Damage::Print { category, epoch } => {
            DamageView::Copies { category, from: epoch.start(), to: epoch.end() }
        }
        Damage::Prints => DamageView::StrayCopies,
        Damage::Summary { category, day } => {
            DamageView::Overview { category, from: day_start(day), to: day_start(day + 1) }
        }
        Damage::Summaries { removed } => DamageView::Overviews { removed },
    }
}

fn saturated(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;

//! Long work that a person can stop, and that the lock cuts off: one at a time, with its progress in percent.

mod cut_off;
mod opening;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, MutexGuard, PoisonError, Weak};

use salus_vault::backup::Watch;
use salus_wire::command::StopWork;
use salus_wire::event::Event;
use salus_wire::{ErrorCode, Failure};

use crate::app::Inner;
use crate::{App, Run};
pub(crate) use cut_off::CutOff;

impl Run for StopWork {
    async fn run(self, app: &App) -> Result<(), Failure> {
        if let Some(work) = &*app.work() {
            work.watch.stop();
        }
        Ok(())
    }
}

/// What runs.
pub(crate) struct Work {
    name: &'static str,
    watch: Watch,
    /// A person started it and may be waiting for it.
    asked: bool,
}

/// Work that is running; it ends when this is dropped.
pub(crate) struct Running {
    pub(crate) watch: Watch,
    inner: Weak<Inner>,
}

impl App {
    /// Begins work of this name that a person asked for; [`ErrorCode::Busy`] while another runs.
    pub(crate) fn begin(&self, name: &'static str) -> Result<Running, Failure> {
        self.begin_work(name, true)
    }

    /// Begins work of this name that nobody waits for; [`ErrorCode::Busy`] while another runs.
    pub(crate) fn begin_by_itself(&self, name: &'static str) -> Result<Running, Failure> {
        self.begin_work(name, false)
    }

    /// True while work runs that a person asked for.
    pub(crate) fn works_for_person(&self) -> bool {
        self.work().as_ref().is_some_and(|w| w.asked)
    }

    fn work(&self) -> MutexGuard<'_, Option<Work>> {
        self.0.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_work(&self, name: &'static str, asked: bool) -> Result<Running, Failure> {
        let inner = Arc::downgrade(&self.0);
        let watch = {
            let (inner, told) = (inner.clone(), AtomicU64::new(u64::MAX));
            Watch::new(move |done, total| {
                let percent = done.saturating_mul(100).checked_div(total).unwrap_or(0).min(100);
                if told.swap(percent, Ordering::Relaxed) != percent
                    && total > 0
                    && let Some(inner) = inner.upgrade()
                {
                    let done = u32::try_from(percent).unwrap_or(100);
                    App(inner).tell(Event::Progress { work: name.to_owned(), done, total: 100 });
                }
            })
        };
        let mut work = self.work();
        if work.is_some() {
            return Err(ErrorCode::Busy.into());
        }
        *work = Some(Work { name, watch: watch.clone(), asked });
        drop(work);
        if asked {
            self.begun(name);
        }
        Ok(Running { watch, inner })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.watch.stop();
        if let Some(inner) = self.inner.upgrade() {
            *inner.work.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

//! Somebody whose screen nobody looks at: the application without its window.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use salus_api::{App, Run};
use salus_wire::command as c;
use salus_wire::view::{CodeView, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};

use super::PASSPHRASE;
use super::town::{HOUR, PRESSURES, RATES};
use crate::desk::Answers;
use crate::network::eventually;

/// How long whatever several computers do together may take, beside two windows.
const PATIENCE: Duration = Duration::from_secs(90);

/// Somebody, as an application in this process.
pub struct Somebody {
    app: App,
    /// Says yes, and chooses the file that was put there.
    pub answers: Arc<Answers>,
    home: PathBuf,
}

impl Somebody {
    /// This application, on the record in `home`.
    pub(super) const fn at(app: App, answers: Arc<Answers>, home: PathBuf) -> Self {
        Self { app, answers, home }
    }

    /// Runs a command that must be answered.
    ///
    /// # Errors
    /// It is refused.
    pub async fn ok<C: Run>(&self, command: C) -> Result<C::Answer>
    where
        C::Answer: Send,
    {
        let answer = Box::pin(self.app.run(command)).await;
        answer.map_err(|failure| anyhow!("{} was refused: {failure}", C::NAME))
    }

    /// Runs a command until it is answered, and the answer is as asked: blocks and letters are on their way, and a record that
    /// nobody touched meanwhile has closed itself.
    ///
    /// # Errors
    /// It is not, for a minute and a half; how it is refused, if it is.
    pub async fn until<C: Run + Clone, T>(
        &self,
        what: &str,
        command: C,
        as_asked: impl Fn(C::Answer) -> Option<T>,
    ) -> Result<T>
    where
        C::Answer: Send,
    {
        let last = Cell::new(None);
        let found = async || match Box::pin(self.app.run(command.clone())).await {
            Ok(answer) => {
                last.set(None);
                as_asked(answer)
            }
            Err(failure) => {
                last.set(Some(failure.code));
                if failure.code == ErrorCode::Locked {
                    let _ = Box::pin(self.app.run(c::Unlock { passphrase: PASSPHRASE.into() })).await;
                }
                None
            }
        };
        let found = eventually(PATIENCE, found).await;
        found.with_context(|| match last.get() {
            Some(code) => format!("{what}: {} is refused with {code:?}", C::NAME),
            None => format!("{what}: {} answers, but not that", C::NAME),
        })
    }

    /// Runs a command until it is answered.
    ///
    /// # Errors
    /// As [`Somebody::until`].
    pub async fn soon<C: Run + Clone>(&self, command: C) -> Result<C::Answer>
    where
        C::Answer: Send,
    {
        self.until("an answer", command, Some).await
    }

    /// Opens the record, if it closed itself, and waits until the members are up to date in it.
    ///
    /// # Errors
    /// As [`Somebody::until`].
    pub async fn wakes(&self) -> Result<()> {
        self.until("the members go on", c::GetMembers {}, |view| (!view.out_of_date).then_some(())).await
    }

    /// A fresh code of a confirmed clinician.
    ///
    /// # Errors
    /// As [`Somebody::until`]; or nobody confirmed them.
    pub async fn code(&self, note: &str) -> Result<String> {
        match self.soon(c::MakeCode { note: note.into() }).await? {
            CodeView::Code { code, .. } => Ok(code),
            CodeView::Request { .. } => bail!("nobody confirmed this clinician"),
        }
    }

    /// Types blood pressures and heart rates, as many hours ago as they are listed.
    ///
    /// # Errors
    /// As [`Somebody::until`].
    pub async fn measures(&self, now: i64) -> Result<()> {
        let value = |quantity, value: &str| ValueView { quantity, value: value.into() };
        for (ago, upper, lower) in PRESSURES {
            let values = vec![value(Quantity::Systolic, upper), value(Quantity::Diastolic, lower)];
            self.types(Category::BloodPressure, values, now - ago * HOUR).await?;
        }
        for (ago, rate) in RATES {
            self.types(Category::HeartRate, vec![value(Quantity::HeartRate, rate)], now - ago * HOUR).await?;
        }
        Ok(())
    }

    async fn types(&self, category: Category, values: Vec<ValueView>, at: i64) -> Result<()> {
        let note = Some("at home, sitting".to_owned());
        self.soon(c::TypeReading { category, values, at, note }).await.map(drop)
    }

    /// Runs a command until it is refused with this: before the newest block is there it may be answered, or refused otherwise.
    ///
    /// # Errors
    /// It is not, for a minute and a half.
    pub async fn is_refused<C: Run + Clone>(&self, command: C, expected: ErrorCode) -> Result<()>
    where
        C::Answer: Send,
    {
        let refused = async || {
            let said = Box::pin(self.app.run(command.clone())).await.err().map(|failure| failure.code);
            (said == Some(expected)).then_some(())
        };
        eventually(PATIENCE, refused)
            .await
            .with_context(|| format!("{} is not refused with {expected:?}", C::NAME))
    }

    /// Closes the record and ends; the folder is free for another process.
    ///
    /// # Errors
    /// It does not close, or its folder stays in use.
    pub async fn leaves(self) -> Result<PathBuf> {
        let Self { app, home, .. } = self;
        app.close().await.map_err(|failure| anyhow!("the record is not closed: {failure}"))?;
        drop(app);
        let free = eventually(PATIENCE, async || is_free(&home).ok().filter(|free| *free)).await;
        ensure!(free.is_some(), "{} is still in use by this process", home.display());
        Ok(home)
    }
}

/// Nobody holds the folder: what holds it lets its lock go with the last task.
fn is_free(home: &Path) -> Result<bool> {
    let lock = std::fs::File::open(home.join("instance.lock"))?;
    Ok(lock.try_lock().is_ok())
}

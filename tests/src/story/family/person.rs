//! Somebody with an application of their own, in this process, on the story's clock.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use salus_api::{App, Config, Run};
use salus_chain::time::Clock;
use salus_wire::ErrorCode;
use salus_wire::command as c;
use salus_wire::view::{CodeView, HelpedView, Role};

use super::super::app::PASSPHRASE;
use crate::desk::Answers;
use crate::network::{Network, PATIENCE, eventually};

/// An application and whose it is.
pub(super) struct Person {
    pub(super) app: App,
    /// Says yes, and chooses the file that was put there.
    pub(super) answers: Arc<Answers>,
    /// The profile's directory.
    pub(super) home: PathBuf,
}

/// Looks until there is something to see.
pub(super) async fn soon<T, F: Future<Output = Option<T>>>(
    what: &str,
    look: impl FnMut() -> F,
) -> anyhow::Result<T> {
    eventually(PATIENCE, look).await.with_context(|| format!("{what}: not within {PATIENCE:?}"))
}

impl Person {
    /// Makes a profile; `place` is the name of its directory.
    pub(super) async fn new(
        place: &Path,
        genesis: &Path,
        clock: Arc<dyn Clock>,
        name: &str,
        role: Role,
    ) -> anyhow::Result<Self> {
        let answers = Arc::new(Answers::default());
        let alone = Config::new(place.to_owned(), clock, answers.clone());
        let config = Config { genesis: Some(genesis.to_owned()), test_clock: true, ..alone };
        let app = App::new(config).await.map_err(|failure| anyhow!("{name}: {failure}"))?;
        let person = Self { app, answers, home: place.to_owned() };
        person.ok(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await?;
        Ok(person)
    }

    /// Runs a command that must be answered.
    pub(super) async fn ok<C: Run>(&self, command: C) -> anyhow::Result<C::Answer>
    where
        C::Answer: Send,
    {
        self.app.run(command).await.map_err(|failure| anyhow!("{} was refused: {failure}", C::NAME))
    }

    /// Runs a command that must be answered, at the latest when the members have a fresh block.
    pub(super) async fn ok_soon<C: Run + Clone>(&self, command: C) -> anyhow::Result<C::Answer>
    where
        C::Answer: Send,
    {
        let last = Cell::new(None);
        let answered = async || match self.app.run(command.clone()).await {
            Ok(answer) => Some(answer),
            Err(failure) => {
                last.set(Some(failure.code));
                None
            }
        };
        let answer = soon(C::NAME, answered).await;
        answer.with_context(|| format!("refused with {:?}", last.get()))
    }

    /// Runs a command that must be refused with this; before the members have a fresh block there may be other reasons.
    pub(super) async fn refused<C: Run + Clone>(
        &self,
        command: C,
        expected: ErrorCode,
    ) -> anyhow::Result<ErrorCode>
    where
        C::Answer: Send,
    {
        let last = Cell::new(None);
        let refused = async || match self.app.run(command.clone()).await {
            Ok(_) => Some(Err(anyhow!("{} was answered", C::NAME))),
            Err(failure) if failure.code == expected => Some(Ok(expected)),
            Err(failure) => {
                last.set(Some(failure.code));
                None
            }
        };
        let answer = soon(C::NAME, refused).await;
        answer.with_context(|| format!("refused with {:?}, not {expected}", last.get()))?
    }

    /// Opens the record that closed itself while time moved, and waits until the members are up to date in it.
    pub(super) async fn wake(&self) -> anyhow::Result<()> {
        self.ok(c::Unlock { passphrase: PASSPHRASE.into() }).await?;
        let fresh = async || {
            let view = self.app.run(c::GetMembers {}).await.ok()?;
            (!view.out_of_date).then_some(())
        };
        soon("the members go on after the clock moved", fresh).await
    }

    /// Has a member attest this clinician.
    pub(super) async fn attested(&self, network: &Network, member: usize) -> anyhow::Result<()> {
        let CodeView::Request { request } = self.ok(c::MakeCode { note: String::new() }).await? else {
            bail!("a code before anybody attested")
        };
        let attestation = network.attest(member, &request)?;
        self.ok(c::AddAttestation { attestation }).await.map(drop)
    }

    /// A fresh code of this attested clinician.
    pub(super) async fn code(&self, note: &str) -> anyhow::Result<String> {
        match self.ok(c::MakeCode { note: note.into() }).await? {
            CodeView::Code { code, .. } => Ok(code),
            CodeView::Request { .. } => bail!("the clinician is not attested"),
        }
    }

    /// The one whom this person helps, once that is as asked.
    pub(super) async fn helped(
        &self,
        what: &str,
        as_asked: impl Fn(&HelpedView) -> bool,
    ) -> anyhow::Result<HelpedView> {
        let found = async || {
            let view = self.app.run(c::GetFamily {}).await.ok()?;
            view.helped.into_iter().find(|helped| as_asked(helped))
        };
        soon(what, found).await
    }
}

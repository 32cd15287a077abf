//! A patient's application in this process, on a clock that a test moves: what the journeys without members share.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow};
use salus_api::keyring::{Keyring, NoKeyring};
use salus_api::{App, Choice, Config, Confirm, HeadStore, MemoryHeads, Question, Run};
use salus_chain::time::Clock;
use salus_wire::command::{CreateProfile, StopWork};
use salus_wire::view::Role;
use salus_wire::{ErrorCode, Failure};

/// Where the clock stands at first: 2026-11-18.
pub const START: i64 = 1_795_000_000_000;

/// Every desk's passphrase.
pub const PASSPHRASE: &str = "correct horse battery";

/// Says yes until it is told not to, and chooses what the test put there.
#[derive(Debug, Default)]
pub struct Answers(Mutex<Option<PathBuf>>, AtomicBool);

impl Answers {
    /// Whether every question from now on is answered with no.
    pub fn decline(&self, declines: bool) {
        self.1.store(declines, Ordering::Relaxed);
    }

    /// Every file or folder that is asked for from now on.
    pub fn choose(&self, path: Option<&Path>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = path.map(Path::to_owned);
    }
}

#[async_trait::async_trait]
impl Confirm for Answers {
    async fn confirm(&self, _: Question<'_>) -> bool {
        !self.1.load(Ordering::Relaxed)
    }

    async fn choose(&self, _: Choice<'_>) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct Hands(AtomicI64);

impl Hands {
    /// Moves it.
    pub fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

impl Clock for Hands {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The application and its clock.
#[derive(Debug)]
pub struct Desk {
    /// The application.
    pub app: App,
    /// The clock.
    pub clock: Arc<Hands>,
    /// What is chosen when the application asks for a file or a folder.
    pub answers: Arc<Answers>,
}

impl Desk {
    /// Opens the directory; a profile may be there already.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn open(dir: &Path) -> Result<Self> {
        Self::open_with(dir, Arc::new(NoKeyring)).await
    }

    /// [`Desk::open`] on a computer with this keyring.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn open_with(dir: &Path, keyring: Arc<dyn Keyring>) -> Result<Self> {
        Self::open_on(dir, keyring, Arc::new(MemoryHeads::default())).await
    }

    /// [`Desk::open`] on a computer with this keyring, which keeps here what records have come to.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn open_on(dir: &Path, keyring: Arc<dyn Keyring>, heads: Arc<dyn HeadStore>) -> Result<Self> {
        let clock = Arc::new(Hands(AtomicI64::new(START)));
        let answers = Arc::new(Answers::default());
        let alone = Config::new(dir.to_owned(), clock.clone(), answers.clone());
        let config = Config { test_clock: true, keyring, heads, ..alone };
        Ok(Self { app: App::new(config).await.map_err(said)?, clock, answers })
    }

    /// Opens the directory and makes a patient's profile, unlocked.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn patient(dir: &Path) -> Result<Self> {
        Self::open(dir).await?.made().await
    }

    /// Makes a patient's profile, unlocked.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn made(self) -> Result<Self> {
        let desk = self;
        let name = "Maria Example".to_owned();
        desk.ok(CreateProfile { name, role: Role::Patient, passphrase: PASSPHRASE.into() }).await?;
        Ok(desk)
    }

    /// Runs a command that must be answered.
    ///
    /// # Errors
    /// The failure's code.
    pub async fn ok<C: Run>(&self, command: C) -> Result<C::Answer>
    where
        C::Answer: Send,
    {
        self.app.run(command).await.map_err(said)
    }

    /// Runs a command that must be refused.
    ///
    /// # Panics
    /// When it is answered.
    pub async fn refused<C: Run>(&self, command: C) -> ErrorCode
    where
        C::Answer: Send,
    {
        match self.app.run(command).await {
            Ok(_) => panic!("{} was answered", C::NAME),
            Err(failure) => failure.code,
        }
    }
}

/// Starts long work and presses Stop as soon as it runs: how it ended, `None` when it was done before it could be stopped.
///
/// # Panics
/// When Stop is refused.
pub async fn stopped<C: Run>(app: &App, command: C) -> Option<ErrorCode>
where
    C::Answer: Send,
{
    let mut work = pin!(app.run(command));
    loop {
        tokio::select! {
            biased;
            ended = &mut work => return ended.err().map(|failure| failure.code),
            // Again and again: what has not begun yet is not stopped by it.
            () = tokio::task::yield_now() => {
                if let Err(failure) = app.run(StopWork {}).await {
                    panic!("Stop is refused: {}", failure.code);
                }
            }
        }
    }
}

fn said(failure: Failure) -> anyhow::Error {
    anyhow!("{} {}", failure.code, failure.detail.unwrap_or_default())
}

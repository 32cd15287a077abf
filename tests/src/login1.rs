//! A simulated systemd-logind on a private bus: one session, delays before sleep, and the hand that locks and sleeps.

#![allow(missing_docs, reason = "the macro makes public methods of what only the bus sees")]

use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use zbus::Connection;
use zbus::object_server::SignalEmitter;
use zbus::zvariant::{OwnedFd as BusFd, OwnedObjectPath};

const MANAGER: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/_31";
/// logind waits no longer for those who asked for a delay (`InhibitDelayMaxSec=`).
const MOST: Duration = Duration::from_secs(5);

/// The delays that are held: what was asked for, and our end of each.
#[derive(Debug, Default)]
struct Delays(Mutex<Vec<(String, UnixStream)>>);

struct Manager {
    delays: Arc<Delays>,
    /// Whether a process belongs to a session by its number; programs that systemd starts for a user do not.
    by_pid: bool,
}

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(&self, what: String, who: String, why: String, mode: String) -> zbus::fdo::Result<BusFd> {
        if who.is_empty() || why.is_empty() {
            return Err(zbus::fdo::Error::InvalidArgs("who and why".into()));
        }
        let (ours, theirs) = UnixStream::pair().map_err(|e| zbus::fdo::Error::IOError(e.to_string()))?;
        let mut held = self.delays.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push((format!("{what} {mode}"), ours));
        Ok(OwnedFd::from(theirs).into())
    }

    #[zbus(name = "GetSessionByPID")]
    fn get_session_by_pid(&self, pid: u32) -> zbus::fdo::Result<OwnedObjectPath> {
        if self.by_pid && pid == std::process::id() { session() } else { Err(none()) }
    }

    fn get_session(&self, id: &str) -> zbus::fdo::Result<OwnedObjectPath> {
        if id == "auto" { session() } else { Err(none()) }
    }

    /// The computer goes to sleep, or is awake again.
    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, start: bool) -> zbus::Result<()>;
}

fn session() -> zbus::fdo::Result<OwnedObjectPath> {
    OwnedObjectPath::try_from(SESSION).map_err(|e| zbus::fdo::Error::Failed(e.to_string()))
}

fn none() -> zbus::fdo::Error {
    zbus::fdo::Error::Failed("no such session".into())
}

struct Session {
    hint: bool,
}

#[zbus::interface(name = "org.freedesktop.login1.Session")]
impl Session {
    #[zbus(property)]
    fn locked_hint(&self) -> bool {
        self.hint
    }

    /// Whoever belongs to the session is to lock.
    #[zbus(signal)]
    async fn lock(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}

/// A running logind.
#[derive(Debug)]
pub struct Logind {
    connection: Connection,
    delays: Arc<Delays>,
}

impl Logind {
    /// On a bus that runs already; `by_pid` says whether the test's own process is in the session.
    ///
    /// # Errors
    /// The bus does not answer, or has a logind.
    pub async fn attach(address: &str, by_pid: bool) -> Result<Self> {
        let delays = Arc::<Delays>::default();
        let manager = Manager { delays: delays.clone(), by_pid };
        let connection = zbus::connection::Builder::address(address)?
            .serve_at(MANAGER, manager)?
            .serve_at(SESSION, Session { hint: false })?
            .name("org.freedesktop.login1")?
            .build()
            .await
            .context("serving org.freedesktop.login1")?;
        Ok(Self { connection, delays })
    }

    /// How many delays before sleep are held.
    #[must_use]
    pub fn delays(&self) -> usize {
        let held = self.delays.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().filter(|(what, _)| what == "sleep delay").count()
    }

    /// Says that the computer goes to sleep, and returns once everybody who asked for a delay let go.
    ///
    /// # Errors
    /// Somebody does not let go within five seconds: a real logind would put the computer to sleep all the same.
    pub async fn sleep(&self) -> Result<()> {
        let emitter = SignalEmitter::new(&self.connection, MANAGER)?;
        Manager::prepare_for_sleep(&emitter, true).await?;
        let held = core::mem::take(&mut *self.delays.0.lock().unwrap_or_else(PoisonError::into_inner));
        let gone = tokio::task::spawn_blocking(move || {
            held.into_iter().all(|(_, mut end)| {
                let patience = end.set_read_timeout(Some(MOST));
                // The end of the stream: the other side was closed.
                patience.is_ok() && matches!(end.read(&mut [0]), Ok(0))
            })
        });
        ensure!(gone.await?, "a delay was still held after five seconds");
        Ok(())
    }

    /// Says that the computer is awake again.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn wake(&self) -> Result<()> {
        let emitter = SignalEmitter::new(&self.connection, MANAGER)?;
        Ok(Manager::prepare_for_sleep(&emitter, false).await?)
    }

    /// Asks the session to lock, as `loginctl lock-session` does.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn lock(&self) -> Result<()> {
        Ok(Session::lock(&SignalEmitter::new(&self.connection, SESSION)?).await?)
    }

    /// Sets the session's hint, as a screen locker does.
    ///
    /// # Errors
    /// The bus is gone.
    pub async fn hint(&self, locked: bool) -> Result<()> {
        let session = self.connection.object_server().interface::<_, Session>(SESSION).await?;
        session.get_mut().await.hint = locked;
        Ok(session.get().await.locked_hint_changed(session.signal_emitter()).await?)
    }
}

//! What systemd-logind says.

use std::sync::Weak;
use std::time::Duration;

use futures::StreamExt;
use zbus::Connection;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};

use crate::App;
use crate::app::Inner;

/// How soon logind is looked for again.
const AGAIN: Duration = Duration::from_secs(30);

#[zbus::proxy(
    interface = "org.freedesktop.login1.Manager",
    default_service = "org.freedesktop.login1",
    default_path = "/org/freedesktop/login1",
    gen_blocking = false
)]
trait Manager {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::Result<OwnedFd>;
    #[zbus(name = "GetSessionByPID")]
    fn get_session_by_pid(&self, pid: u32) -> zbus::Result<OwnedObjectPath>;
    fn get_session(&self, id: &str) -> zbus::Result<OwnedObjectPath>;
    #[zbus(signal)]
    fn prepare_for_sleep(&self, start: bool) -> zbus::Result<()>;
}

#[zbus::proxy(
    interface = "org.freedesktop.login1.Session",
    default_service = "org.freedesktop.login1",
    gen_blocking = false
)]
trait Session {
    #[zbus(signal)]
    fn lock(&self) -> zbus::Result<()>;
    #[zbus(property)]
    fn locked_hint(&self) -> zbus::Result<bool>;
}

/// Follows logind until the application ends; one that is gone is looked for again.
pub(super) async fn watch(app: Weak<Inner>) {
    while app.strong_count() > 0 {
        if let Err(error) = follow(&app).await {
            tracing::debug!(%error, "the desktop says nothing of sleep and locking");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn follow(app: &Weak<Inner>) -> zbus::Result<()> {
    let bus = Connection::system().await?;
    let manager = ManagerProxy::new(&bus).await?;
    let mut owners = manager.inner().receive_owner_changed().await?;
    let mut sleeps = manager.receive_prepare_for_sleep().await?;
    let session = session(&bus, &manager).await?;
    let mut locks = session.receive_lock().await?;
    // Screen lockers that do not wait for the signal set the hint.
    let mut hints = session.receive_locked_hint_changed().await;
    // Held while awake; letting it go lets the computer sleep.
    let mut delay = delay(&manager).await;
    loop {
        tokio::select! {
            biased;
            said = sleeps.next() => {
                let Some(said) = said else { return Ok(()) };
                if said.args()?.start {
                    lock(app, "the computer goes to sleep").await;
                    delay = None;
                } else {
                    delay = self::delay(&manager).await;
                }
            }
            said = locks.next() => {
                if said.is_none() {
                    return Ok(());
                }
                lock(app, "the session is locked").await;
            }
            hint = hints.next() => {
                let Some(hint) = hint else { return Ok(()) };
                if hint.get().await.unwrap_or(false) {
                    lock(app, "the session is locked").await;
                }
            }
            owner = owners.next() => {
                // The delay ended with the one who gave it.
                if !matches!(owner, Some(Some(_))) {
                    drop(delay);
                    return Ok(());
                }
            }
        }
    }
}

async fn lock(app: &Weak<Inner>, why: &'static str) {
    if let Some(inner) = app.upgrade() {
        App(inner).lock_with(why).await;
    }
}

/// Asks for time before the computer sleeps; without it the record is locked a little late.
async fn delay(manager: &ManagerProxy<'_>) -> Option<OwnedFd> {
    let asked = manager.inhibit("sleep", "Salus", "Locks the health record first", "delay").await;
    if let Err(error) = &asked {
        tracing::debug!(%error, "no time to lock before sleep");
    }
    asked.ok()
}

/// The session of this process, or the one that its user sees, when it was started outside of any.
async fn session(bus: &Connection, manager: &ManagerProxy<'_>) -> zbus::Result<SessionProxy<'static>> {
    let path = match manager.get_session_by_pid(std::process::id()).await {
        Ok(path) => path,
        Err(_) => manager.get_session("auto").await?,
    };
    SessionProxy::builder(bus).path(path)?.build().await
}

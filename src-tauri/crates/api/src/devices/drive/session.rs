//! A device's session: what it is begun with, and what becomes of the count of one that another follows.

use salus_devices::{Options, Session};
use salus_wire::Failure;
use salus_wire::view::DeviceState;
use tokio::sync::mpsc;

use super::super::pair::Order;
use super::super::person;
use super::{ADAPTER_AGAIN, Drive};
use crate::failure::OrFail;

/// Readings of the last two hours are known as seen when a session begins.
const SEEN_MS: i64 = 2 * 3_600_000;

impl Drive {
    /// Ends a session that another one follows, which counts from nothing.
    pub(super) async fn end(&mut self, session: Session) {
        self.tick(session.counts()).await;
        session.close().await;
        self.set(|k| k.aside_before.clone_from(&k.kept.set_aside));
    }

    /// A session; without an adapter it is tried again. Nothing can be paired then.
    pub(super) async fn session(&self, orders: &mut mpsc::Receiver<Order>) -> Session {
        loop {
            match self.try_session().await {
                Ok(session) => return session,
                Err(failure) => tracing::debug!(code = %failure.code, "no session yet"),
            }
            while orders.try_recv().is_ok() {}
            self.set(|k| {
                k.state = DeviceState::Waiting;
                k.pairing = None;
            });
            self.devices.forget_central().await;
            tokio::time::sleep(ADAPTER_AGAIN).await;
        }
    }

    pub(super) async fn try_session(&self) -> Result<Session, Failure> {
        let (kept, hold_memory) = {
            let book = self.devices.book();
            let known = book.known.get(&self.id).ok_or(salus_wire::ErrorCode::UnknownDevice)?;
            (known.kept.clone(), known.memory.is_held())
        };
        let key = kept.key.parse().map_err(|_| salus_wire::ErrorCode::Damaged)?;
        let app = self.app().ok_or(salus_wire::ErrorCode::Locked)?;
        let now = app.now();
        let mut seen = Vec::new();
        // While it is locked nobody knows; the journal leaves out what it has already.
        if let Ok(open) = app.open().await {
            for category in kept.measures {
                let (readings, _) =
                    open.vault.readable(category, now - SEEN_MS, now.saturating_add(1)).await.or_fail()?;
                seen.extend(readings.into_iter().filter(|r| Some(r.device) == kept.identity));
            }
        }
        drop(app);
        let central = self.devices.central().await?;
        let others = self.devices.book().identities_but(self.id);
        let options = Options {
            known: kept.identity.filter(|id| !others.contains(id)),
            others,
            bonded: kept.link_encrypted == Some(true),
            seen,
            history: kept.history.iter().map(|f| (*f).into()).collect(),
            set_clock: kept.sets_clock,
            person: person::of(&self.devices, self.id),
            hold_memory,
            overhear: kept.overheard,
            wheel_mm: kept.wheel_mm,
        };
        central.session(&key, options).await.or_fail()
    }
}

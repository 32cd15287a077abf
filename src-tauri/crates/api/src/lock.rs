//! Opening and closing the record; closing by itself after five minutes without a person, and with the desktop
//! ([`crate::desktop`]).
//!
//! Locking wipes the keys and closes the files; long work is cut off, leaves nothing half done, and is told of at the next unlocking
//! ([`crate::work`]). A patient's devices go on sending, into the sealed inbox
//! ([`crate::devices::inbox`]), until the record is unlocked or the application is closed.

pub(crate) mod idle;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use salus_chain::ids::TxHash;
use salus_vault::backup::Watch;
use salus_vault::{RecoveryKey, Standing, Unlock as Key, Vault};
use salus_wire::command::{KeepOpen, Lock, Unlock, UnlockWithRecoveryKey};
use salus_wire::event::Event;
use salus_wire::view::{AppView, ProofView, Role, SecondView};
use salus_wire::{Category, ErrorCode, Failure};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::clinical::{Helped, Opened};
use crate::devices::Devices;
use crate::devices::inbox::Receiving;
use crate::doors::{self, Shown};
use crate::failure::OrFail;
use crate::profile::RECORD;
use crate::repeat::Repeated;
use crate::share::Turn;
use crate::verify::Verifying;
use crate::work::CutOff;
use crate::{App, Run, anchor, heads, import, inbox, namespace, profile};

/// How long background work may take to stop before it is cut off.
const PATIENCE: Duration = Duration::from_secs(2);

/// Everything that exists only while the record is unlocked.
pub(crate) struct Open {
    /// The record.
    pub(crate) vault: Vault,
    /// What the profile is for.
    pub(crate) role: Role,
    /// Some row of it did not open when it was opened.
    pub(crate) damaged: bool,
    /// Devices (a patient's).
    pub(crate) devices: Arc<Devices>,
    /// Whose turn it is to change permissions.
    pub(crate) sharing: Turn,
    /// When each category's running epoch was sealed last.
    pub(crate) flushed: Mutex<BTreeMap<Category, Instant>>,
    /// When something was sent once more to depots that did not have it.
    pub(crate) repeated: Repeated,
    /// Proofs of heights.
    pub(crate) proofs: Mutex<BTreeMap<u64, ProofView>>,
    /// Who agreed to an opening as the second clinician, by its receipt.
    pub(crate) seconds: Mutex<BTreeMap<TxHash, Option<SecondView>>>,
    /// True once what runs while the record is open was started.
    pub(crate) started: AtomicBool,
    /// How verifying the record goes.
    pub(crate) verifying: Verifying,
    /// The recovery key that was shown last, until groups of it were typed back.
    pub(crate) shown_key: Mutex<Option<Shown>>,
    /// What was given to those on duty, while this clinician is one of them; of this session only.
    pub(crate) duty: Mutex<inbox::Duty>,
    /// An opening in an emergency that waits for another clinician's word.
    pub(crate) asked: Mutex<Option<inbox::AskedSecond>>,
    /// Another laptop that this one gets to know.
    pub(crate) laptops: crate::laptops::Pairing,
    /// What a clinician opened, for summaries of it.
    pub(crate) opened: Mutex<Opened>,
    /// What a steward read of relatives' records, for reports of it.
    pub(crate) helped: Mutex<Helped>,
    /// What a clinician opened, for the list of patients and for comparisons.
    pub(crate) desk: Mutex<inbox::Desk>,
    /// What a file held that was read last, until it is stored or left.
    pub(crate) import: Mutex<Option<import::Pending>>,
    /// What is kept in it of work that the lock cut off.
    pub(crate) cut_off: CutOff,
    /// Entries of the inbox that were refused.
    pub(crate) refused: AtomicU32,
    /// True once the record is being closed.
    pub(crate) closing: watch::Sender<bool>,
}

/// What becomes of the devices' links.
#[derive(Clone, Copy)]
pub(crate) enum Links {
    Live,
    End,
}

impl Run for Unlock {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        app.unlock(Key::Passphrase(&self.passphrase)).await
    }
}

impl Run for UnlockWithRecoveryKey {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        let key: RecoveryKey = self.key.parse().map_err(|_| ErrorCode::WrongPassphrase)?;
        let view = app.unlock(Key::RecoveryKey(&key)).await?;
        if let Ok(open) = app.open().await {
            doors::keep_written(&open.vault, app.now()).await;
        }
        Ok(view)
    }
}

impl Run for KeepOpen {
    async fn run(self, _: &App) -> Result<(), Failure> {
        // Whatever a person asks for counts; this one asks for nothing else.
        Ok(())
    }
}

impl Run for Lock {
    async fn run(self, app: &App) -> Result<AppView, Failure> {
        app.lock().await?;
        Ok(app.view().await)
    }
}

impl App {
    /// Opens the record. A record that is open already is closed first, so that the key is checked in any case.
    async fn unlock(&self, key: Key<'_>) -> Result<AppView, Failure> {
        let _door = self.door().await;
        if self.profile().is_none() {
            return Err(ErrorCode::NoProfile.into());
        }
        if self.is_open().await {
            self.leave(Links::Live).await?;
        }
        let keyring = self.0.config.keyring.clone();
        let vault = Vault::open_on(&self.path(RECORD), key, keyring, crate::app::rng()).await.or_fail()?;
        heads::compare(self, &vault).await?;
        self.enter(vault).await?;
        Ok(self.view().await)
    }

    /// Takes an opened vault into use and starts what runs while it is open. The caller holds the door.
    pub(crate) async fn enter(&self, vault: Vault) -> Result<(), Failure> {
        self.touch();
        crate::backup::forget_rehearsal(self);
        let damaged = vault.know(namespace::ALL).await.or_fail()?;
        let role = profile::recall(self, &vault).await;
        crate::export::forget_unfinished(&vault).await;
        let (closing, _) = watch::channel(false);
        // The session's keys go before anything is read: from here on readings wait for the record.
        let before = self.receiving().take().map(Receiving::end);
        let (devices, fresh) = match before {
            Some(devices) => match devices.wake(&vault).await {
                Ok(()) => (devices, false),
                Err(failure) => {
                    // Nobody would hear them: the next unlocking begins with fresh links.
                    devices.end();
                    stopped(&self.0.links).await;
                    return Err(failure);
                }
            },
            None => (Arc::new(Devices::load(&vault).await?), true),
        };
        let cut_off = CutOff::of(&vault).await;
        *self.cut_off() = cut_off.clone();
        let open = Open {
            vault,
            role,
            damaged,
            devices,
            sharing: Turn::default(),
            flushed: Mutex::default(),
            repeated: Repeated::default(),
            proofs: Mutex::default(),
            seconds: Mutex::default(),
            started: AtomicBool::new(false),
            verifying: Verifying::default(),
            shown_key: Mutex::default(),
            duty: Mutex::default(),
            asked: Mutex::default(),
            laptops: crate::laptops::Pairing::default(),
            opened: Mutex::default(),
            helped: Mutex::default(),
            desk: Mutex::default(),
            import: Mutex::default(),
            cut_off,
            refused: AtomicU32::new(0),
            closing,
        };
        *self.0.open.write().await = Some(open);
        self.start(role, fresh).await?;
        self.tell(Event::LockChanged { locked: false });
        Ok(())
    }

    /// Starts what runs while the record is open; in a record that can only be read, nothing does. `fresh` when no device
    /// went on sending while it was locked.
    pub(crate) async fn start(&self, role: Role, fresh: bool) -> Result<(), Failure> {
        {
            let open = self.open().await?;
            if open.vault.standing() != Standing::Sound {
                return Ok(());
            }
            open.started.store(true, Ordering::Relaxed);
            // The person's own record is open with or without members; the members' page says that they are not asked.
            if let Err(failure) = self.connect_unlocked(&open).await {
                tracing::warn!(code = %failure.code, "the members are not asked");
            }
        }
        heads::start(self).await;
        crate::backup::keep_up::start(self).await;
        match role {
            Role::Patient => {
                crate::devices::inbox::start(self).await;
                if fresh {
                    crate::devices::start(self).await;
                }
                crate::compact::start(self).await;
                crate::share::keep_up::start(self).await;
                crate::laptops::start(self).await;
                anchor::start(self).await;
            }
            Role::Clinician => crate::inbox::start(self).await,
            // What a helper does for relatives runs with every record, below.
            Role::Family => {}
        }
        crate::family::keep_up::start(self).await;
        crate::outbox::start(self).await;
        // Also notes about what was given as somebody's helper.
        crate::share::reply::start(self).await;
        crate::report::keep_up::start(self).await;
        crate::notices::start(self).await;
        Ok(())
    }

    /// Closes the record and forgets its keys; running commands end with [`ErrorCode::Locked`]. Devices go on sending.
    ///
    /// # Errors
    /// What the vault says about writing back; the keys are gone in any case.
    pub async fn lock(&self) -> Result<(), Failure> {
        let _door = self.door().await;
        self.leave(Links::Live).await
    }

    /// Closes the record and lets every device go: the application ends.
    ///
    /// # Errors
    /// As [`App::lock`].
    pub async fn close(&self) -> Result<(), Failure> {
        let _door = self.door().await;
        self.leave(Links::End).await
    }

    /// Closes the record. The caller holds the door.
    pub(crate) async fn leave(&self, links: Links) -> Result<(), Failure> {
        let (cut_off, watch) = match &*self.0.open.read().await {
            Some(open) => {
                let now = self.cut_off_now(open);
                open.closing.send_replace(true);
                now
            }
            None => (CutOff::default(), None),
        };
        stopped(&self.0.tasks).await;
        let receiving = match (&*self.0.open.read().await, links) {
            (Some(open), Links::Live) if open.role == Role::Patient => Receiving::begin(open).await,
            _ => None,
        };
        if receiving.is_none()
            && let Some(devices) = self.let_go(links).await
        {
            devices.end();
            stopped(&self.0.links).await;
        }
        let Some(open) = self.0.open.write().await.take() else { return Ok(()) };
        if let Some(receiving) = receiving {
            receiving.rest().await;
            *self.receiving() = Some(receiving);
        }
        if let Some(watch) = watch {
            rested(&watch).await;
        }
        *self.cut_off() = CutOff::default();
        cut_off.keep(&open).await;
        self.connect_locked().await;
        let head = heads::last(self, &open.vault).await;
        let written = open.vault.lock().await.or_fail();
        self.tell(Event::LockChanged { locked: true });
        if let Some(head) = head {
            heads::put_last(self, head).await;
        }
        written
    }

    /// The devices that are not received from any longer: those of the open record, or of the locked one.
    async fn let_go(&self, links: Links) -> Option<Arc<Devices>> {
        if let Some(open) = &*self.0.open.read().await {
            return Some(open.devices.clone());
        }
        match links {
            // Locked already, and it stays as it is.
            Links::Live => None,
            Links::End => self.receiving().take().map(Receiving::end),
        }
    }
}

/// Waits for the threads of long work that was cut off: they remove what they did not finish, before the computer sleeps.
async fn rested(watch: &Watch) {
    if tokio::time::timeout(PATIENCE, watch.at_rest()).await.is_err() {
        tracing::info!("a thread is still at the work that was cut off; it ends with its next step");
    }
}

/// Waits until every task has ended, and cuts off what does not end.
async fn stopped(tasks: &tokio::sync::Mutex<JoinSet<()>>) {
    let mut tasks = tasks.lock().await;
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        tasks.shutdown().await;
    }
    *tasks = JoinSet::new();
}

//! What this crate's tests build an application from.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use salus_chain::time::Clock;
use salus_wire::Failure;
use salus_wire::command::{CreateProfile, TypeReading, Unlock};
use salus_wire::view::{AppView, EmergencyAct, EmergencyUseView, ProofView, Role, ValueView};
use salus_wire::{Category, GrantId, Quantity, UnixMillis};

use crate::{App, Choice, Config, Confirm, Desktop, HeadStore, MemoryHeads, Question};

/// 2026-11-18, noon.
pub(crate) const NOON: i64 = 1_795_000_000_000;
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// A clock that stands until it is moved.
pub(crate) struct Hands(AtomicI64);

impl Hands {
    pub(crate) fn at(instant: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(instant)))
    }

    pub(crate) fn set(&self, instant: i64) {
        self.0.store(instant, Ordering::Relaxed);
    }
}

impl Clock for Hands {
    fn now(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct No(Option<PathBuf>);

#[async_trait::async_trait]
impl Confirm for No {
    async fn confirm(&self, _: Question<'_>) -> bool {
        false
    }

    async fn choose(&self, _: Choice<'_>) -> Option<PathBuf> {
        self.0.clone()
    }
}

/// An application on a directory, without members and without Bluetooth; whoever is asked says no.
pub(crate) async fn open(dir: &Path, clock: &Arc<Hands>, heads: Arc<dyn HeadStore>) -> App {
    of(dir, clock, heads, None).await
}

/// [`open`], with this file or folder chosen whenever one is asked for.
pub(crate) async fn choosing(
    dir: &Path,
    clock: &Arc<Hands>,
    heads: Arc<dyn HeadStore>,
    chosen: &Path,
) -> App {
    of(dir, clock, heads, Some(chosen.to_owned())).await
}

async fn of(dir: &Path, clock: &Arc<Hands>, heads: Arc<dyn HeadStore>, chosen: Option<PathBuf>) -> App {
    let alone = Config::new(dir.to_owned(), clock.clone(), Arc::new(No(chosen)));
    App::new(Config { test_clock: true, heads, ..alone }).await.unwrap()
}

/// [`open`], with a patient's record made and unlocked.
pub(crate) async fn patient(dir: &Path, clock: &Arc<Hands>) -> App {
    let app = open(dir, clock, Arc::new(MemoryHeads::default())).await;
    make(&app).await;
    app
}

/// [`patient`] on this desktop.
pub(crate) async fn on_desktop(dir: &Path, clock: &Arc<Hands>, desktop: Arc<dyn Desktop>) -> App {
    let alone = Config::new(dir.to_owned(), clock.clone(), Arc::new(No(None)));
    let app = App::new(Config { test_clock: true, desktop, ..alone }).await.unwrap();
    make(&app).await;
    app
}

async fn make(app: &App) {
    let profile =
        CreateProfile { name: "Maria Example".into(), role: Role::Patient, passphrase: PASSPHRASE.into() };
    app.run(profile).await.unwrap();
}

pub(crate) async fn unlock(app: &App) -> AppView {
    app.run(Unlock { passphrase: PASSPHRASE.into() }).await.unwrap()
}

/// Types a body weight.
pub(crate) async fn weigh(app: &App, at: i64) -> Result<(), Failure> {
    let values = vec![ValueView { quantity: Quantity::BodyWeight, value: "70.5".into() }];
    app.run(TypeReading { category: Category::BodyWeight, values, at, note: None }).await.map(drop)
}

/// What somebody did with an emergency card, of which nobody said anything yet.
pub(crate) fn happened(permission: GrantId, id: &str, act: EmergencyAct, at: UnixMillis) -> EmergencyUseView {
    EmergencyUseView {
        permission,
        id: id.to_owned(),
        act,
        at,
        reason: None,
        attested_by: None,
        clinician_key: None,
        second_by: None,
        verdict: None,
        helpers: Vec::new(),
        proof: ProofView { height: "1".into(), block: String::new(), time: at, signed_by: Vec::new() },
    }
}

//! The application: state, clock, events. Use cases are in the other modules, one `Run` per command.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rand::rngs::{StdRng, SysRng};
use rand::{SeedableRng, TryRng};
use salus_wire::event::Event;
use salus_wire::view::{AppView, DesktopView, ProfileView, SettingsView, Theme};
use salus_wire::{ErrorCode, Failure, UnixMillis};
use tokio::sync::{Notify, OwnedRwLockReadGuard, RwLock, broadcast, watch};
use tokio::task::JoinSet;

use crate::desktop::Surroundings;
use crate::devices::inbox::Receiving;
use crate::failure::{Fail, OrFail};
use crate::lock::Open;
use crate::network::Network;
use crate::work::{CutOff, Work};
use crate::{Config, desktop, first_run, heads, link, people, profile, settings};

/// Events kept for a page that is slow to read; a page that misses some asks for everything again.
const EVENTS: usize = 256;

/// The application. Cheap to clone; clones share it.
///
/// Call [`App::close`] before dropping the last clone: what runs while the record is open keeps the application alive.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

impl core::fmt::Debug for App {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("App").field(&self.0.config).finish()
    }
}

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) network: Network,
    /// The directory of the record that is shown: one of several people's.
    pub(crate) home: Mutex<PathBuf>,
    /// The long work that is running.
    pub(crate) work: Mutex<Option<Work>>,
    /// Tells whatever is being opened that the person wants it no more.
    pub(crate) stop_opening: Notify,
    /// What the lock cut off before the record was opened, as far as it was not begun again.
    cut_off: Mutex<CutOff>,
    /// Holds the directory against a second process until the application is dropped.
    _instance: Option<File>,
    events: broadcast::Sender<Event>,
    settings: Mutex<SettingsView>,
    /// What the person lets the desktop do.
    desktop: Mutex<DesktopView>,
    /// The colours that the desktop asks for, where it says so.
    pub(crate) colours: Mutex<Option<Theme>>,
    /// What is shown around the page.
    pub(crate) around: watch::Sender<Surroundings>,
    /// True while the window is hidden, and nobody is there.
    pub(crate) hidden: AtomicBool,
    /// A link that was opened, until the person looks at it.
    pub(crate) link: Mutex<Option<link::Waiting>>,
    /// Held while what happened is read and written.
    pub(crate) notices: tokio::sync::Mutex<()>,
    profile: Mutex<Option<ProfileView>>,
    /// Held while a record is made, opened or closed.
    door: tokio::sync::Mutex<()>,
    pub(crate) open: Arc<RwLock<Option<Open>>>,
    /// What runs while the record is open.
    pub(crate) tasks: tokio::sync::Mutex<JoinSet<()>>,
    /// What runs as long as there are devices to receive from, also while the record is locked.
    pub(crate) links: tokio::sync::Mutex<JoinSet<()>>,
    /// Set while the record is locked and readings are received.
    receiving: Mutex<Option<Receiving>>,
    /// When a person last did something.
    pub(crate) active: AtomicI64,
    /// Held while a head is read and gets its number.
    pub(crate) heads: tokio::sync::Mutex<()>,
}

/// The open record, for as long as a use case needs it.
pub(crate) type OpenGuard = OwnedRwLockReadGuard<Option<Open>, Open>;

impl App {
    /// Opens the profile's directory, locked. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// [`ErrorCode::InUse`] when another process uses the directory; [`ErrorCode::BadRequest`] when the members' list is
    /// not one; [`ErrorCode::Storage`], [`ErrorCode::Damaged`].
    pub async fn new(config: Config) -> Result<Self, Failure> {
        fs::create_dir_all(&config.data_dir).or_fail()?;
        let instance = hold(&config.data_dir.join("instance.lock"))?;
        let settings = settings::load(&config.data_dir.join(settings::FILE));
        let choices = desktop::load(&config.data_dir);
        let around = watch::Sender::new(Surroundings::of(&settings, &choices));
        let home = people::start(&config.data_dir);
        let profile = profile::load(&home);
        let network = Network::load(config.genesis.as_deref())?;
        let now = config.clock.now();
        let app = Self(Arc::new(Inner {
            config,
            network,
            home: Mutex::new(home),
            work: Mutex::new(None),
            stop_opening: Notify::new(),
            cut_off: Mutex::default(),
            _instance: instance,
            events: broadcast::Sender::new(EVENTS),
            settings: Mutex::new(settings),
            desktop: Mutex::new(choices),
            colours: Mutex::default(),
            around,
            hidden: AtomicBool::new(false),
            link: Mutex::default(),
            notices: tokio::sync::Mutex::default(),
            profile: Mutex::new(profile),
            door: tokio::sync::Mutex::new(()),
            open: Arc::new(RwLock::new(None)),
            tasks: tokio::sync::Mutex::new(JoinSet::new()),
            links: tokio::sync::Mutex::new(JoinSet::new()),
            receiving: Mutex::new(None),
            active: AtomicI64::new(now),
            heads: tokio::sync::Mutex::default(),
        }));
        app.connect_locked().await;
        app.watch_idleness();
        app.watch_members();
        app.watch_desktop();
        Ok(app)
    }

    /// Everything that the application tells unasked from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.0.events.subscribe()
    }

    pub(crate) fn tell(&self, event: Event) {
        if let Event::LockChanged { locked } = &event {
            self.0.around.send_modify(|around| around.locked = *locked);
        }
        // An error means that nobody listens.
        let _ = self.0.events.send(event);
    }

    pub(crate) fn now(&self) -> UnixMillis {
        self.0.config.clock.now()
    }

    /// A file of the record that is shown.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    pub(crate) fn settings(&self) -> MutexGuard<'_, SettingsView> {
        self.0.settings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn desktop(&self) -> MutexGuard<'_, DesktopView> {
        self.0.desktop.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn profile(&self) -> MutexGuard<'_, Option<ProfileView>> {
        self.0.profile.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn receiving(&self) -> MutexGuard<'_, Option<Receiving>> {
        self.0.receiving.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn cut_off(&self) -> MutexGuard<'_, CutOff> {
        self.0.cut_off.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn door(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.door.lock().await
    }

    pub(crate) async fn is_open(&self) -> bool {
        self.0.open.read().await.is_some()
    }

    /// The open record, or [`ErrorCode::Locked`]. Never ask twice in one use case: closing waits between the two.
    pub(crate) async fn open(&self) -> Result<OpenGuard, Failure> {
        let guard = self.0.open.clone().read_owned().await;
        OwnedRwLockReadGuard::try_map(guard, Option::as_ref).map_err(|_| {
            let code = if self.profile().is_some() { ErrorCode::Locked } else { ErrorCode::NoProfile };
            code.into()
        })
    }

    pub(crate) async fn view(&self) -> AppView {
        let now = self.now();
        let open = self.0.open.read().await;
        let standing = open.as_ref().map(|open| heads::view(open.vault.standing()));
        let damaged = open.as_ref().is_some_and(|open| open.damaged);
        drop(open);
        let first_run = first_run::load(self);
        let locked = standing.is_none();
        AppView {
            profile: self.profile().clone(),
            locked,
            settings: self.settings().clone(),
            now,
            utc_offset_minutes: utc_offset_minutes(now),
            test_clock: self.0.config.test_clock,
            standing: standing.unwrap_or_default(),
            damaged,
            receiving: locked && self.receiving().is_some(),
            stopped: self.stopped(),
            first_run,
            desktop_colours: *self.0.colours.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

/// Minutes east of UTC at an instant, by the computer's time zone.
pub(crate) fn utc_offset_minutes(at: UnixMillis) -> i32 {
    use chrono::{Local, Offset, TimeZone};
    match Local.timestamp_millis_opt(at) {
        chrono::LocalResult::Single(t) => t.offset().fix().local_minus_utc() / 60,
        _ => 0,
    }
}

/// A random generator of its own, seeded by the operating system.
///
/// # Panics
/// When the operating system gives no randomness: nothing may be sealed then.
pub(crate) fn rng() -> StdRng {
    let mut seed = [0; 32];
    SysRng.try_fill_bytes(&mut seed).expect("the operating system gives random octets");
    StdRng::from_seed(seed)
}

fn hold(path: &std::path::Path) -> Result<Option<File>, Failure> {
    let file = match File::create(path) {
        // A folder that cannot be written can still be read, by as many as like.
        Err(e) if matches!(e.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) => {
            return Ok(None);
        }
        file => file.or_fail()?,
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ErrorCode::InUse.into()),
        Err(TryLockError::Error(e)) => Err(e.fail()),
    }
}

//! The member, its clock, the people whose screens nobody looks at, and the windows of those whose screens are looked at.
//!
//! Everybody begins as an application in this process. Whose screen is looked at leaves it, and goes on with the same record in a
//! window of their own; so no more than two windows are open at a time.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail, ensure};
use salus_api::{App, Config, Run};
use salus_tests::desk::Answers;
use salus_tests::network::{Network, Options, eventually};
use salus_tests::stage::{Dress, PASSPHRASE, PICTURES, Person, Stage};
use salus_tests::story::hands::Hands;
use salus_wire::command as c;
use salus_wire::view::{CodeView, Role, ValueView};
use salus_wire::{Category, ErrorCode, Quantity};
use tempfile::TempDir;

pub(crate) const MEMBER: &str = "St Anne's Hospital";
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// Members release twice a minute at most; each opening gets a minute of its own.
pub(crate) const RELEASE: i64 = MINUTE + 1_000;

/// How long whatever several computers do together may take, beside two windows.
const PATIENCE: Duration = Duration::from_secs(90);

/// Hours ago, upper and lower value: newest last.
pub(crate) const PRESSURES: [(i64, &str, &str); 4] =
    [(77, "139", "81"), (52, "147", "86"), (29, "143", "84"), (3, "151", "88")];
/// Hours ago, heart rate: newest last.
pub(crate) const RATES: [(i64, &str); 3] = [(76, "68"), (28, "71"), (2, "74")];

pub(crate) struct Town {
    pub(crate) network: Network,
    hands: Hands,
    pub(crate) dir: TempDir,
}

/// Somebody whose screen nobody looks at: the application without its window.
pub(crate) struct Somebody {
    app: App,
    /// Says yes, and chooses the file that was put there.
    pub(crate) answers: Arc<Answers>,
    home: PathBuf,
}

impl Town {
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let options = Options { names: vec![MEMBER.to_owned()], ..Options::default() };
        let network = Network::start_with(1, &dir.path().join("members"), &options).await?;
        let hands = Hands::of(&network)?;
        Ok(Self { network, hands, dir })
    }

    /// The time that every process sees.
    pub(crate) fn now(&self) -> i64 {
        self.hands.now()
    }

    /// Every clock is moved on. What nobody touched for five minutes closes itself.
    pub(crate) fn later(&mut self, ms: i64) -> Result<()> {
        self.hands.advance(&self.network, ms)
    }

    /// Somebody with a new record; `place` names its folder.
    pub(crate) async fn comes(&self, place: &str, name: &str, role: Role) -> Result<Somebody> {
        let home = self.dir.path().join(place);
        let answers = Arc::new(Answers::default());
        let alone = Config::new(home.clone(), self.hands.clock(), answers.clone());
        let config = Config { genesis: Some(self.network.genesis_path()), test_clock: true, ..alone };
        let app = App::new(config).await.map_err(|failure| anyhow!("{name}: {failure}"))?;
        let somebody = Somebody { app, answers, home };
        somebody.ok(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await?;
        Ok(somebody)
    }

    /// A clinician whom the member confirms, and its word about them.
    pub(crate) async fn clinician(&self, place: &str, name: &str) -> Result<(Somebody, String)> {
        let somebody = self.comes(place, name, Role::Clinician).await?;
        let CodeView::Request { request } = somebody.ok(c::MakeCode { note: String::new() }).await? else {
            bail!("{name} has a code before anybody confirmed them")
        };
        let attestation = self.network.attest(0, &request)?;
        somebody.ok(c::AddAttestation { attestation: attestation.clone() }).await?;
        Ok((somebody, attestation))
    }

    /// The window of somebody, who is nowhere else from now on; unlocked, and in the plain dress. `who` begins its pictures' names.
    pub(crate) async fn window(&self, who: &'static str, somebody: Somebody) -> Result<Person> {
        let home = somebody.leaves().await?;
        let (genesis, clock) = (self.network.genesis_path(), self.network.clock_path());
        let (genesis, clock) = (genesis.display().to_string(), clock.display().to_string());
        let more = ["--genesis", genesis.as_str(), "--insecure-test-clock", clock.as_str()];
        let person = Person::at(Stage::set_on(&home, &more).await?, who, dresses());
        person.stage.see("#unlock").await.with_context(|| format!("the lock screen of the {who}"))?;
        person.stage.dress(Dress::PLAIN).await?;
        person.is_fresh().await?;
        Ok(person)
    }
}

/// Every dress, with pictures, the plain one last; the plain one without. Each is looked at with letters twice as large in any case.
fn dresses() -> Vec<Dress> {
    let others: &[Dress] = if std::env::var_os(PICTURES).is_some() { &Dress::OTHERS } else { &[] };
    others.iter().copied().chain([Dress::PLAIN]).collect()
}

impl Somebody {
    /// Runs a command that must be answered.
    pub(crate) async fn ok<C: Run>(&self, command: C) -> Result<C::Answer>
    where
        C::Answer: Send,
    {
        let answer = Box::pin(self.app.run(command)).await;
        answer.map_err(|failure| anyhow!("{} was refused: {failure}", C::NAME))
    }

    /// Runs a command until it is answered, and the answer is as asked: blocks and letters are on their way, and a record that
    /// nobody touched meanwhile has closed itself.
    pub(crate) async fn until<C: Run + Clone, T>(
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
    pub(crate) async fn soon<C: Run + Clone>(&self, command: C) -> Result<C::Answer>
    where
        C::Answer: Send,
    {
        self.until("an answer", command, Some).await
    }

    /// Opens the record, if it closed itself, and waits until the members are up to date in it.
    pub(crate) async fn wakes(&self) -> Result<()> {
        self.until("the members go on", c::GetMembers {}, |view| (!view.out_of_date).then_some(())).await
    }

    /// A fresh code of a confirmed clinician.
    pub(crate) async fn code(&self, note: &str) -> Result<String> {
        match self.soon(c::MakeCode { note: note.into() }).await? {
            CodeView::Code { code, .. } => Ok(code),
            CodeView::Request { .. } => bail!("nobody confirmed this clinician"),
        }
    }

    /// Types blood pressures and heart rates, as many hours ago as they are listed.
    pub(crate) async fn measures(&self, now: i64) -> Result<()> {
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
    pub(crate) async fn is_refused<C: Run + Clone>(&self, command: C, expected: ErrorCode) -> Result<()>
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
    pub(crate) async fn leaves(self) -> Result<PathBuf> {
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

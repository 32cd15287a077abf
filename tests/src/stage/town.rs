//! The member, its clock, the people whose screens nobody looks at, and the windows of those whose screens are looked at.
//!
//! Everybody begins as an application in this process. Whose screen is looked at leaves it, and goes on with the same record in a
//! window of their own; so no more than two windows are open at a time.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use salus_api::{App, Config};
use salus_wire::Category;
use salus_wire::command as c;
use salus_wire::view::{CodeView, Role, SettingsView, Theme};
use tempfile::TempDir;

pub use super::somebody::Somebody;

use super::{Dress, PASSPHRASE, PICTURES, Person, Stage};
use crate::desk::Answers;
use crate::draft::draft;
use crate::network::{Network, Options};
use crate::story::hands::Hands;

/// The only member.
pub const MEMBER: &str = "St Anne's Hospital";
/// Milliseconds.
pub const MINUTE: i64 = 60_000;
/// Milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// Members release twice a minute at most; each opening gets a minute of its own.
pub const RELEASE: i64 = MINUTE + 1_000;

/// Hours ago, upper and lower value: newest last.
pub const PRESSURES: [(i64, &str, &str); 4] =
    [(77, "139", "81"), (52, "147", "86"), (29, "143", "84"), (3, "151", "88")];
/// Hours ago, heart rate: newest last.
pub const RATES: [(i64, &str); 3] = [(76, "68"), (28, "71"), (2, "74")];

/// The member, everybody's clock, and the folder that everything is in.
pub struct Town {
    /// The member.
    pub network: Network,
    hands: Hands,
    /// The folder.
    pub dir: TempDir,
}

impl Town {
    /// A member that has nobody on duty.
    ///
    /// # Errors
    /// It does not start.
    pub async fn begin() -> Result<Self> {
        Self::begin_with(&[]).await
    }

    /// A member that has people on duty as these.
    ///
    /// # Errors
    /// It does not start.
    pub async fn begin_with(roles: &[&str]) -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        let options = Options { names: vec![MEMBER.to_owned()], roles, ..Options::default() };
        let network = Network::start_with(1, &dir.path().join("members"), &options).await?;
        let hands = Hands::of(&network)?;
        Ok(Self { network, hands, dir })
    }

    /// The time that every process sees.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.hands.now()
    }

    /// Every clock is moved on. What nobody touched for five minutes closes itself.
    ///
    /// # Errors
    /// The clock's file cannot be written.
    pub fn later(&mut self, ms: i64) -> Result<()> {
        self.hands.advance(&self.network, ms)
    }

    /// Somebody with a new record; `place` names its folder.
    ///
    /// # Errors
    /// What the application refuses.
    pub async fn comes(&self, place: &str, name: &str, role: Role) -> Result<Somebody> {
        let home = self.dir.path().join(place);
        let answers = Arc::new(Answers::default());
        let alone = Config::new(home.clone(), self.hands.clock(), answers.clone());
        let config = Config { genesis: Some(self.network.genesis_path()), test_clock: true, ..alone };
        let app = App::new(config).await.map_err(|failure| anyhow!("{name}: {failure}"))?;
        let somebody = Somebody::at(app, answers, home);
        somebody.ok(c::CreateProfile { name: name.into(), role, passphrase: PASSPHRASE.into() }).await?;
        Ok(somebody)
    }

    /// A clinician whom the member confirms, and its word about them.
    ///
    /// # Errors
    /// As [`Town::comes`]; or the member refuses.
    pub async fn clinician(&self, place: &str, name: &str) -> Result<(Somebody, String)> {
        let somebody = self.comes(place, name, Role::Clinician).await?;
        let CodeView::Request { request } = somebody.ok(c::MakeCode { note: String::new() }).await? else {
            bail!("{name} has a code before anybody confirmed them")
        };
        let attestation = self.network.attest(0, &request)?;
        somebody.ok(c::AddAttestation { attestation: attestation.clone() }).await?;
        Ok((somebody, attestation))
    }

    /// A patient lets whoever gave out this code see heart rates: those of four days, from now on for four more.
    ///
    /// # Errors
    /// As [`Somebody::until`]; or the permission is refused.
    pub async fn permits(&self, patient: &Somebody, code: String) -> Result<()> {
        patient.soon(c::CheckCode { code: code.clone() }).await?;
        let draft = draft(code, Category::HeartRate, self.now(), (4 * DAY, 4 * DAY));
        patient.ok(c::IssuePermission { draft, passphrase: PASSPHRASE.into() }).await.map(drop)
    }

    /// The window of somebody, who is nowhere else from now on; unlocked, and in the plain dress. `who` begins its pictures' names.
    ///
    /// # Errors
    /// As [`Stage::set`]; or the record does not open.
    pub async fn window(&self, who: &'static str, somebody: Somebody) -> Result<Person> {
        // Before its window is there: in it, another page would have to begin.
        let plain = SettingsView { theme: Theme::Light, ..SettingsView::default() };
        somebody.ok(c::SetSettings { settings: plain }).await?;
        let home = somebody.leaves().await?;
        let (genesis, clock) = (self.network.genesis_path(), self.network.clock_path());
        let (genesis, clock) = (genesis.display().to_string(), clock.display().to_string());
        let more = ["--genesis", genesis.as_str(), "--insecure-test-clock", clock.as_str()];
        let person = Person::at(Stage::set_on(&home, &more).await?, who, dresses());
        person.stage.see("#unlock").await.with_context(|| format!("the lock screen of the {who}"))?;
        person.stage.wears(Dress::PLAIN).await?;
        person.is_fresh().await?;
        Ok(person)
    }
}

/// Every dress, with pictures, the plain one last; the plain one without. Each is looked at with letters twice as large in any case.
fn dresses() -> Vec<Dress> {
    let others: &[Dress] = if std::env::var_os(PICTURES).is_some() { &Dress::OTHERS } else { &[] };
    others.iter().copied().chain([Dress::PLAIN]).collect()
}

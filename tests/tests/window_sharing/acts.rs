//! Two people at their windows, the member between them, and how a screen is looked at.

use anyhow::Result;
use salus_tests::network::{Network, Options};
use salus_tests::stage::{Dress, PICTURES, Stage};
use salus_tests::story::hands::Hands;
use tempfile::TempDir;

pub(crate) use salus_tests::stage::{PASSPHRASE, Person};

pub(crate) const MEMBER: &str = "St Anne's Hospital";
pub(crate) const HOUR: i64 = 3_600_000;

pub(crate) struct Acts {
    pub(crate) patient: Person,
    pub(crate) clinician: Person,
    pub(crate) network: Network,
    hands: Hands,
    pub(crate) dir: TempDir,
}

impl Acts {
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let options = Options { names: vec![MEMBER.to_owned()], ..Options::default() };
        let network = Network::start_with(1, &dir.path().join("members"), &options).await?;
        let hands = Hands::of(&network)?;
        let patient = window("patient", &network).await?;
        let clinician = window("clinician", &network).await?;
        Ok(Self { patient, clinician, network, hands, dir })
    }

    /// Closes both windows; of a failure both tell what they know.
    pub(crate) async fn end(mut self, outcome: Result<()>) -> Result<()> {
        let outcome = self.patient.stage.end(outcome, "patient-failed.png").await;
        self.clinician.stage.end(outcome, "clinician-failed.png").await?;
        self.network.stop().await
    }

    /// The time that every process sees.
    pub(crate) fn now(&self) -> i64 {
        self.hands.now()
    }

    /// Every clock is moved on.
    pub(crate) fn later(&mut self, ms: i64) -> Result<()> {
        self.hands.advance(&self.network, ms)
    }

    /// Every clock is moved past the end of the running hour, and so far that open records close themselves.
    pub(crate) fn next_hour(&mut self) -> Result<()> {
        self.hands.next_epoch(&self.network)?;
        self.later(HOUR / 6)
    }
}

/// Every dress in which screens are looked at, the plain one last: all with pictures, without them the plain one, in which each look
/// is one in the dark as well.
pub(crate) fn dresses() -> impl Iterator<Item = Dress> {
    let others: &[Dress] = if std::env::var_os(PICTURES).is_some() { &Dress::OTHERS } else { &[] };
    others.iter().copied().chain([Dress::PLAIN])
}

/// A new window of somebody, on the network and its clock.
async fn window(who: &'static str, network: &Network) -> Result<Person> {
    let (genesis, clock) = (network.genesis_path(), network.clock_path());
    let (genesis, clock) = (genesis.display().to_string(), clock.display().to_string());
    let stage = Stage::set_with(None, &["--genesis", &genesis, "--insecure-test-clock", &clock]).await?;
    stage.see("input[name=theme]").await?;
    stage.dress(Dress::PLAIN).await?;
    Ok(Person::at(stage, who, dresses().collect()).also_in_the_dark())
}

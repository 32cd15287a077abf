//! The member, a strap in range, the clock, and windows for whoever comes.

use anyhow::Result;
use salus_tests::bluez::{PairMethod, Peripheral, SimulatedBluez};
use salus_tests::keyboard::Keys;
use salus_tests::network::{Network, Options};
use salus_tests::stage::Stage;
use salus_tests::story::hands::Hands;
use tempfile::TempDir;

use crate::devices;

/// How many members there are. What they do together is in the tests of networks; here it is the screens that matter.
const MEMBERS: usize = 1;
pub(crate) const MEMBER: &str = "St Anne's Hospital";

pub(crate) struct Town {
    pub(crate) network: Network,
    pub(crate) bluez: SimulatedBluez,
    hands: Hands,
    dir: TempDir,
}

impl Town {
    pub(crate) async fn begin() -> Result<Self> {
        let dir = tempfile::tempdir()?;
        let options = Options { names: vec![MEMBER.to_owned()], ..Options::default() };
        let network = Network::start_with(MEMBERS, &dir.path().join("members"), &options).await?;
        let mut hands = Hands::of(&network)?;
        // No hour of the members ends in the middle of the walk.
        hands.next_epoch(&network)?;
        let bus = dir.path().join("bus");
        std::fs::create_dir_all(&bus)?;
        let mut strap = Peripheral::heart_rate_strap(1)
            .protecting(devices::HEART_RATE)
            .pairing_by(PairMethod::Shows(devices::PASSKEY));
        devices::STRAP_NAME.clone_into(&mut strap.name);
        let bluez = SimulatedBluez::start(&bus, vec![strap]).await?;
        Ok(Self { network, bluez, hands, dir })
    }

    /// The time that every process sees.
    pub(crate) fn now(&self) -> i64 {
        self.hands.now()
    }

    /// Every clock is moved on.
    pub(crate) fn later(&mut self, ms: i64) -> Result<()> {
        self.hands.advance(&self.network, ms)
    }

    /// A window in which nobody has been yet, with the keyboard in it; with Bluetooth, where a bus is given.
    pub(crate) async fn window(&self, who: &'static str, bus: Option<&str>) -> Result<Keys> {
        let stage = match bus {
            Some(_) => {
                let [genesis, clock] = self.places();
                Stage::set_with(bus, &["--genesis", &genesis, "--insecure-test-clock", &clock]).await?
            }
            None => self.stage(who).await?,
        };
        stage.see("input[name=theme]").await?;
        stage.takes_keyboard().await?;
        Ok(Keys::at(stage, who))
    }

    /// Somebody's computer loses its power, and they start Salus again on what is there: as far as the lock screen.
    pub(crate) async fn loses_power(&self, keys: Keys, who: &'static str) -> Result<Keys> {
        keys.stage.dies().await?;
        drop(keys);
        let stage = self.stage(who).await?;
        stage.see("#unlock").await?;
        stage.takes_keyboard().await?;
        Ok(Keys::at(stage, who))
    }

    /// On a directory that outlives the window.
    async fn stage(&self, who: &str) -> Result<Stage> {
        let [genesis, clock] = self.places();
        let record = self.dir.path().join(who);
        Stage::set_on(&record, &["--genesis", &genesis, "--insecure-test-clock", &clock]).await
    }

    fn places(&self) -> [String; 2] {
        [self.network.genesis_path(), self.network.clock_path()].map(|path| path.display().to_string())
    }
}

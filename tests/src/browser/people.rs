//! The members, and everybody with a profile of their own.

use std::ffi::OsString;
use std::path::Path;

use anyhow::Result;
use salus_chain::time::Clock;
use salus_light::clock::SystemClock;
use salus_wire::command::CreateProfile;
use salus_wire::view::Role;

use super::START;
use super::walk::Arguments;
use crate::bluez::wave::Wave;
use crate::demo::{NAMES, measured};
use crate::network::{Network, Options};
use crate::story::app::{Host, PASSPHRASE};
use crate::story::hands::Hands;
use crate::story::sim::Sim;

/// How many members there are.
const MEMBERS: usize = 4;
/// Blocks come with transactions; in between fewer than in other tests, because a browser needs both cores.
const HEARTBEAT_MS: u64 = 4_000;
/// Readings of before the wearables, as another program has them.
const EARLIER: &str = "time,Systolic (mmHg),Diastolic (mmHg)
2026-10-02T07:05:00Z,131,82
2026-10-03T07:10:00Z,128,80
2026-10-04T07:01:00Z,soon,80
";
/// The same values in every run.
const SEED: u64 = 20_261_118;

/// Everybody, and what they need. Every process ends when this is dropped.
pub(super) struct People {
    pub(super) network: Network,
    pub(super) hands: Hands,
    /// The wearables, which would be gone with it.
    _sim: Sim,
    /// A patient with six wearables.
    pub(super) maria: Host,
    /// Her daughter, with a record of her own.
    pub(super) leila: Host,
    /// Her son, whom nobody looks at.
    pub(super) karim: Host,
    /// An attested clinician, once asked for.
    pub(super) clinician: Host,
    /// A patient without anything.
    pub(super) nadia: Host,
    /// A clinician whom no member attested.
    pub(super) doctor: Host,
    /// A patient with two laptops.
    pub(super) omar: Host,
    /// The second of them.
    pub(super) kitchen: Host,
    /// Nobody yet.
    pub(super) first: Host,
    /// The design page.
    pub(super) design: Host,
}

/// Starts four members whose clocks stand at [`START`].
async fn members(dir: &Path) -> Result<Network> {
    let names = NAMES.map(str::to_owned).to_vec();
    let options = Options {
        heartbeat_ms: HEARTBEAT_MS,
        names,
        roles: vec!["Night".to_owned()],
        begins: Some(START),
        ..Options::default()
    };
    let mut network = Network::make(MEMBERS, dir, &options)?;
    network.set_clock_offset(START - SystemClock.now())?;
    for member in 0..MEMBERS {
        network.restart(member)?;
    }
    network.reach(1).await?;
    Ok(network)
}

impl People {
    /// Starts everybody; the patient's wearables have sent a day and two weeks.
    pub(super) async fn come(arguments: &Arguments, dir: &Path) -> Result<Self> {
        let network = members(&dir.join("members")).await?;
        let hands = Hands::of(&network)?;
        let mut sim = Sim::start_day(&network.clock_path()).await?;
        let papers = dir.join("papers");
        std::fs::create_dir_all(&papers)?;
        std::fs::write(papers.join("power-of-attorney.pdf"), b"a power of attorney")?;
        std::fs::write(papers.join("earlier.csv"), EARLIER)?;

        let page: Vec<OsString> = vec!["--ui".into(), arguments.ui.clone().into()];
        let mut with_members = page.clone();
        with_members.extend([OsString::from("--genesis"), network.genesis_path().into()]);
        with_members.extend([OsString::from("--insecure-test-clock"), network.clock_path().into()]);
        let mut with_bus = with_members.clone();
        with_bus.extend([OsString::from("--bus"), sim.address().into(), "--chosen".into(), papers.into()]);
        let shown: Vec<OsString> = vec!["--ui".into(), arguments.design.clone().into()];

        let person = |name: &'static str, called: &'static str, role: Role, with: Vec<OsString>| async move {
            let host = Host::start_with(name, dir, &with).await?;
            let profile = CreateProfile { name: called.into(), role, passphrase: PASSPHRASE.into() };
            host.ok(profile).await?;
            anyhow::Ok(host)
        };
        let (maria, leila, karim) = tokio::try_join!(
            person("maria", "Maria Example", Role::Patient, with_bus),
            person("leila", "Leila Example", Role::Patient, with_members.clone()),
            person("karim", "Karim Example", Role::Patient, with_members.clone()),
        )?;
        let (clinician, nadia, doctor) = tokio::try_join!(
            person("clinician", "Dr Ines Clarke, Heart Clinic", Role::Clinician, with_members.clone()),
            person("nadia", "Nadia Example", Role::Patient, with_members.clone()),
            person("doctor", "Dr Bo Lind, Emergency Room", Role::Clinician, with_members.clone()),
        )?;
        let (omar, kitchen) = tokio::try_join!(
            person("omar", "Omar Example", Role::Patient, with_members.clone()),
            person("kitchen", "Omar Example", Role::Patient, with_members),
        )?;
        let first = Host::start_with("first", dir, &page).await?;
        let design = Host::start_with("design", dir, &shown).await?;
        measured(&maria, &mut sim, &mut Wave::new(SEED), &hands).await?;
        Ok(Self {
            network,
            hands,
            _sim: sim,
            maria,
            leila,
            karim,
            clinician,
            nadia,
            doctor,
            omar,
            kitchen,
            first,
            design,
        })
    }
}
